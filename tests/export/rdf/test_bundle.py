from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import ExportError
from kg.export.rdf import bundle as bundle_module
from kg.export.rdf import validate, write, write_bundle
from kg.export.rdf.checking import count_with_pyoxigraph, count_with_rdflib
from kg.export.rdf.namespaces import PREFIXES, VOID
from kg.export.rdf.queries import QUERIES, needs_evidence, query_text, question
from kg.graph import KnowledgeGraph

RDF_TYPE = PREFIXES["rdf"] + "type"


def test_a_bundle_is_whole(small: KnowledgeGraph, tmp_path: Path) -> None:
    made = write_bundle(small, tmp_path / "out")
    assert made.triples == {"plain": 101, "evidence": 312}
    assert len([f for f in made.files if f.startswith("queries/")]) == 12
    assert {"README.md", "ontology.ttl", "shapes.ttl", "void.ttl", "context.jsonld", "prefixes.ttl"} <= set(
        made.files
    )
    for file in made.files:
        assert (made.path / file).stat().st_size > 0
    text = (made.path / "README.md").read_text()
    assert all(
        store in text for store in ("Virtuoso", "Oxigraph", "Fuseki", "GraphDB", "Blazegraph", "RDF4J")
    )
    assert "{" not in text
    assert validate(made.path / "data" / "evidence.ttl.gz") == []
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_the_same_graph_gives_the_same_bundle(small: KnowledgeGraph, tmp_path: Path) -> None:
    one, two = write_bundle(small, tmp_path / "one"), write_bundle(small, tmp_path / "two")
    assert one.files == two.files
    for file in one.files:
        assert (one.path / file).read_bytes() == (two.path / file).read_bytes()


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_the_counts_of_void_are_true(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    made = write_bundle(request.getfixturevalue(name), tmp_path / "out", suffix=".nt")
    void = pyoxigraph.Store()
    void.load(path=str(made.path / "void.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    for profile in ("plain", "evidence"):
        data = [
            q.triple
            for q in pyoxigraph.parse(
                path=str(made.path / f"data/{profile}.nt"), format=pyoxigraph.RdfFormat.N_TRIPLES
            )
        ]
        classes = Counter(t.object.value for t in data if t.predicate.value == RDF_TYPE)
        properties = Counter(t.predicate.value for t in data)
        subject = f"<https://example.org/kg/dataset/{profile}>"

        def numbers(query: str) -> dict[str, int]:
            found = void.query(f"PREFIX void: <{VOID}> SELECT ?k ?n WHERE {{ {query} }}")
            return {s["k"].value: int(s["n"].value) for s in found}

        assert numbers(f"{subject} void:classPartition [ void:class ?k ; void:entities ?n ]") == classes
        assert (
            numbers(f"{subject} void:propertyPartition [ void:property ?k ; void:triples ?n ]") == properties
        )
        assert numbers(f"{subject} ?k ?n . FILTER(ISNUMERIC(?n))") == {
            VOID + "triples": len(data),
            VOID + "entities": len({t.subject for t in data if t.predicate.value == RDF_TYPE}),
            VOID + "distinctSubjects": len({t.subject for t in data}),
            VOID + "classes": len(classes),
            VOID + "properties": len(properties),
        }


def test_licence_and_base(small: KnowledgeGraph, tmp_path: Path) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    made = write_bundle(small, tmp_path / "out", base_iri="https://my.org/", licence=licence)
    void = (made.path / "void.ttl").read_text()
    assert f"dcterms:license <{licence}>" in void
    assert "@base <https://my.org/>" in void
    assert "<data/plain.ttl.gz>" in void


def test_an_older_bundle_is_replaced_and_nothing_else(small: KnowledgeGraph, tmp_path: Path) -> None:
    write_bundle(small, tmp_path / "out")
    (tmp_path / "out" / "left over").write_text("x")
    write_bundle(small, tmp_path / "out")
    assert not (tmp_path / "out" / "left over").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("x")
    with pytest.raises(ExportError, match="not empty"):
        write_bundle(small, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.tex").exists()
    with pytest.raises(ExportError, match="is a file"):
        write_bundle(small, tmp_path / "mine" / "thesis.tex")
    with pytest.raises(ExportError, match="Turtle or N-Triples"):
        write_bundle(small, tmp_path / "new", suffix=".jsonld")


def test_a_failed_check_leaves_nothing(
    small: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_module, "count_with_rdflib", lambda path: 7)
    with pytest.raises(ExportError, match="rdflib 7"):
        write_bundle(small, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_the_counters_see_mistakes(small: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "out.ttl"
    total = write(small, path)
    assert count_with_pyoxigraph(path) == count_with_rdflib(path) == total
    path.write_text(path.read_text()[:-10])
    for count in (count_with_pyoxigraph, count_with_rdflib):
        with pytest.raises(ExportError, match="not well formed"):
            count(path)


def test_every_query_says_what_it_answers() -> None:
    assert len(QUERIES) == 12
    for name in QUERIES:
        assert question(name).endswith("?")
        assert query_text(name).startswith("# ")
    assert [needs_evidence(name) for name in QUERIES].count(True) == 4


def test_the_context_of_the_bundle_is_the_one_in_the_data(small: KnowledgeGraph, tmp_path: Path) -> None:
    made = write_bundle(small, tmp_path / "out")
    write(small, tmp_path / "out.jsonld")
    published = json.loads((made.path / "context.jsonld").read_text())["@context"]
    used = json.loads((tmp_path / "out.jsonld").read_text())["@context"]
    assert used.pop("@base") == "https://example.org/kg/"
    assert used == published
