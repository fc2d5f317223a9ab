"""The checked-in exports are what the script makes today, and each loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
import rdflib

import kg
from kg.errors import ExportError

ROOT = Path(__file__).resolve().parents[2]


def test_exports_are_current() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "make_exports"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "syntax", "oxigraph"),
    [
        ("sample.ttl", "turtle", pyoxigraph.RdfFormat.TURTLE),
        ("sample-evidence.ttl", "turtle", pyoxigraph.RdfFormat.TURTLE),
        ("sample.nt", "nt", pyoxigraph.RdfFormat.N_TRIPLES),
        ("sample.jsonld", "json-ld", pyoxigraph.RdfFormat.JSON_LD),
    ],
)
def test_two_parsers_read_the_same_number_of_triples(
    name: str, syntax: str, oxigraph: pyoxigraph.RdfFormat
) -> None:
    path = ROOT / "exports" / name
    one = len(rdflib.Graph().parse(path, format=syntax))
    two = len({q.triple for q in pyoxigraph.parse(path=str(path), format=oxigraph)})
    assert one == two > 5000


def test_network_formats_hold_the_same_graph(tmp_path: Path) -> None:
    with kg.load(_sample(tmp_path)) as graph:
        nodes, edges = set(graph.nx), graph.nx.number_of_edges()
    for read in (
        nx.read_graphml(ROOT / "exports" / "sample.graphml", force_multigraph=True),
        nx.read_gexf(ROOT / "exports" / "sample.gexf"),
        nx.node_link_graph(
            json.loads((ROOT / "exports" / "sample.json").read_text(encoding="utf-8")), edges="edges"
        ),
    ):
        assert set(read) == nodes
        assert read.number_of_edges() == edges


def test_edges_of_graphml_name_role_and_relation() -> None:
    read = nx.read_graphml(ROOT / "exports" / "sample.graphml", force_multigraph=True)
    labels = {data["label"] for _, _, data in read.edges(data=True)}
    assert {"proposes", "uses", "used_for"} <= labels


def test_text_that_xml_forbids_does_not_break_xml(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps({"title": "Bell \x07 & <BERT> \ufffe", "abstract": "We use BERT."}) + "\n")
    with kg.build([bad]) as graph:
        for name in ("x.graphml", "x.gexf", "x.json"):
            graph.export(tmp_path / name)
    assert len(nx.read_graphml(tmp_path / "x.graphml")) == len(nx.read_gexf(tmp_path / "x.gexf")) > 1


def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "x.ttl"
    out.write_text("before", encoding="utf-8")
    with kg.load(_sample(tmp_path)) as graph, pytest.raises((ExportError, ValueError)):
        graph.export(out, profile="no such profile")
    assert out.read_text(encoding="utf-8") == "before"
    assert {p.name for p in tmp_path.iterdir()} == {"x.ttl", "sample.kg"}


def test_exporting_changes_nothing_in_the_graph(tmp_path: Path) -> None:
    with kg.load(_sample(tmp_path)) as graph:
        before = nx.node_link_data(graph.nx, edges="edges")
        for suffix in ("html", "ttl", "graphml", "gexf", "json"):
            graph.export(tmp_path / f"x.{suffix}")
        assert nx.node_link_data(graph.nx, edges="edges") == before


def _sample(folder: Path) -> Path:
    path = folder / "sample.kg"
    kg.build([kg.sample()], store=path).close()
    (folder / ".sample.kg.lock").unlink(missing_ok=True)
    return path
