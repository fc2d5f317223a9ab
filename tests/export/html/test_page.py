"""The page before a browser sees it: what is chosen, placed, packed and written."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import zlib
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ConceptNotFound, ExportError
from kg.export import html
from kg.export.html import assets, payload
from kg.export.html.communities import edges, find
from kg.export.html.content import collect
from kg.export.html.layout import lay_out, place_in_disc
from kg.export.html.ranking import rank
from kg.graph import KnowledgeGraph
from kg.model import Concept, ConceptType, Paper
from tests.export.html.made import made_up


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return made_up()


def unpacked(text: str, name: str) -> Any:
    block = re.search(rf'<script type="text/plain" {name}>(.*?)</script>', text)
    assert block
    return json.loads(zlib.decompress(base64.b64decode(block[1])))


def test_payload_equals_the_graph_and_the_graph_stays_as_it_is(graph: KnowledgeGraph) -> None:
    before = nx.node_link_data(graph.nx)
    text = html.page(graph)
    assert nx.node_link_data(graph.nx) == before
    block = unpacked(text, 'id="kg-graph"')
    papers = ["paper:" + i for i in block["papers"]["id"]]
    nodes = papers + ["concept:" + i for i in block["concepts"]["id"]]
    assert set(nodes) == set(graph.nx.nodes)
    links, relations = block["links"], block["relations"]
    seen = {
        (nodes[a], nodes[b], block["roles"][role], confidence, salience)
        for a, b, role, confidence, salience in zip(
            np.cumsum(links["paper"]),
            *(links[k] for k in ("concept", "role", "confidence", "salience")),
            strict=True,
        )
    } | {
        (nodes[a], nodes[b], block["kinds"][kind], confidence, support)
        for a, b, kind, confidence, support in zip(
            np.cumsum(relations["head"]),
            *(relations[k] for k in ("tail", "kind", "confidence", "support")),
            strict=True,
        )
    }
    expected = {
        (
            a,
            b,
            key,
            round(d["confidence"] * 100),
            round(d["salience"] * 100) if "salience" in d else d["support"],
        )
        for a, b, key, d in graph.nx.edges(keys=True, data=True)
    }
    assert seen == expected


def test_same_graph_same_bytes(graph: KnowledgeGraph) -> None:
    assert html.page(graph) == html.page(made_up())


def test_pyvis_wrote_the_network_of_the_first_view(graph: KnowledgeGraph) -> None:
    view = unpacked(html.page(graph, first=20), 'id="kg-view"')
    assert len(view["nodes"]) == 20
    inside = {n["id"] for n in view["nodes"]}
    assert all({e["from"], e["to"]} <= inside for e in view["edges"])
    assert json.loads(view["options"])["physics"]["enabled"] is False


def test_nothing_in_the_page_points_outside(graph: KnowledgeGraph) -> None:
    text = re.sub(r">[^<]*</script>", "></script>", html.page(graph))
    assert not re.search(r'(?:src|href)="(?!data:,|#)', text)
    assert "@import" not in text
    assert "url(" not in text


def test_focus_keeps_what_is_near(graph: KnowledgeGraph) -> None:
    content = collect(graph, "weaving", 1)
    assert {p.id for p in content.papers} == {p.id for p in graph.papers(concept="weaving")}
    assert content.focus is not None
    assert content.concepts[content.focus - len(content.papers)].id == "weaving"
    wider = collect(graph, "weaving", 2)
    assert {c.id for c in content.concepts} < {c.id for c in wider.concepts}
    about = collect(graph, "p003", 1)
    assert [p.id for p in about.papers] == ["p003"]
    with pytest.raises(ConceptNotFound):
        collect(graph, "nothing of the kind")


@pytest.mark.parametrize("count", [0, 1, 2, 60])
def test_discs_do_not_touch_and_hold_their_nodes(count: int) -> None:
    content = collect(made_up(count))
    weighted = edges(content)
    groups = find(content, weighted)
    assert sorted(n for g in groups for n in g.members) == list(range(content.size))
    nodes, discs = lay_out(content.size, groups, weighted)
    for g, (x, y, r) in zip(groups, discs, strict=True):
        for n in g.members:
            assert np.hypot(nodes[n, 0] - x, nodes[n, 1] - y) <= r + 1
    for i, a in enumerate(discs):
        for b in discs[i + 1 :]:
            assert np.hypot(*(a[:2] - b[:2])) >= a[2] + b[2] - 2
    assert sorted(rank(content, groups, weighted)) == list(range(content.size))


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 60), st.data())
def test_places_stay_in_the_disc(count: int, data: st.DataObject) -> None:
    ends = st.integers(0, count - 1)
    pairs = np.array(data.draw(st.lists(st.tuples(ends, ends), max_size=80)), dtype=np.int64).reshape(-1, 2)
    weights = np.ones(len(pairs), dtype=np.float32)
    places = place_in_disc(count, pairs, weights, np.random.default_rng(0))
    assert np.isfinite(places).all()
    assert (np.hypot(*places.T) <= 1 + 1e-5).all()


@given(st.text(max_size=40), st.data())
def test_spans_are_counted_as_scripts_count(text: str, data: st.DataObject) -> None:
    from kg.model import Span

    text = text.encode("utf-8", "replace").decode()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = payload._Units(Paper("p", "", text))
    _, a, b = units.span(Span("abstract", start, end))
    assert text.encode("utf-16-le")[2 * a : 2 * b].decode("utf-16-le") == text[start:end]


def test_half_a_character_is_packed() -> None:
    packed = payload.pack(["\ud83e x"])
    assert json.loads(zlib.decompress(base64.b64decode(packed))) == ["\ud83e x"]


def test_heading_is_text() -> None:
    graph = KnowledgeGraph.from_parts(concepts=[Concept("a", "A", ConceptType.METHOD)])
    text = html.page(graph, title="<script>alert(1)</script>")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_changed_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assets.library.cache_clear()
    monkeypatch.setattr(assets, "VIS_SHA256", "0" * 64)
    with pytest.raises(ExportError):
        assets.library()
    assets.library.cache_clear()


def test_place_that_cannot_be_written_is_named(tmp_path: Path, graph: KnowledgeGraph) -> None:
    with pytest.raises(ExportError, match="missing"):
        html.write(graph, tmp_path / "missing" / "page.html")


def test_script_is_one_module_without_clashes(tmp_path: Path) -> None:
    import shutil

    source = assets.script()
    assert "import " not in re.sub(r"import\(", "", re.sub(r"//.*|/\*.*?\*/", "", source, flags=re.DOTALL))
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    (tmp_path / "page.mjs").write_text(source, encoding="utf-8")
    done = subprocess.run([node, "--check", tmp_path / "page.mjs"], capture_output=True, text=True)
    assert done.stderr == ""


def test_frame_of_a_notebook_is_shut_in(graph: KnowledgeGraph) -> None:
    text = html.frame(graph, height=300)
    assert text.startswith("<iframe srcdoc=")
    assert "allow-same-origin" not in text
    assert text.count("<iframe") == 1
