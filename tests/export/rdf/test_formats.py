from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Dataset

from kg.errors import ExportError
from kg.export.rdf import to_rdflib, write
from kg.export.rdf.formats import format_of
from kg.graph import KnowledgeGraph

SUFFIXES = ("ttl", "nt", "nq", "trig", "rdf", "xml", "jsonld")


@pytest.fixture(params=["small", "hostile"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    found: KnowledgeGraph = request.getfixturevalue(request.param)
    return found


def oxigraph_triples(path: Path) -> Counter[pyoxigraph.Triple]:
    """Every triple that pyoxigraph reads, with how often it is written."""
    quads = pyoxigraph.parse(path=str(path), format=format_of(path).parser)
    return Counter(quad.triple for quad in quads)


def rdflib_triples(path: Path) -> set[tuple[str, str, str]]:
    """Every triple that rdflib reads, in N-Triples."""
    dataset = Dataset()
    dataset.parse(path, format=format_of(path).name)
    return {(s.n3(), p.n3(), o.n3()) for s, p, o, _ in dataset.quads()}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("profile", ["plain", "evidence"])
def test_two_parsers_read_what_was_written(
    graph: KnowledgeGraph, tmp_path: Path, suffix: str, profile: str
) -> None:
    path = tmp_path / f"out.{suffix}"
    written = write(graph, path, profile=profile)
    direct = to_rdflib(graph, profile=profile)
    read = oxigraph_triples(path)
    assert max(read.values()) == 1, "a triple is written twice"
    assert written == len(read) == len(direct)
    assert rdflib_triples(path) == {(s.n3(), p.n3(), o.n3()) for s, p, o in direct}


@pytest.mark.parametrize("suffix", [s for s in SUFFIXES if s != "nt"])
def test_every_format_holds_the_same_triples(graph: KnowledgeGraph, tmp_path: Path, suffix: str) -> None:
    write(graph, tmp_path / "out.nt", profile="evidence")
    write(graph, tmp_path / f"out.{suffix}", profile="evidence")
    assert oxigraph_triples(tmp_path / f"out.{suffix}") == oxigraph_triples(tmp_path / "out.nt")


@pytest.mark.parametrize(
    "base", ["https://my.org/a/b/", "https://my.org/kg#", "urn:kg:", "https://my.org/?graph=1/"]
)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_any_base(small: KnowledgeGraph, tmp_path: Path, suffix: str, base: str) -> None:
    path = tmp_path / f"out.{suffix}"
    write(small, path, profile="evidence", base_iri=base)
    assert set(oxigraph_triples(path)) == {
        pyoxigraph.Triple(*map(_oxigraph, triple))
        for triple in to_rdflib(small, profile="evidence", base_iri=base)
    }


def _oxigraph(term: object) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    from rdflib import Literal

    if isinstance(term, Literal):
        kind = pyoxigraph.NamedNode(str(term.datatype)) if term.datatype else None
        return pyoxigraph.Literal(str(term), datatype=kind)
    return pyoxigraph.NamedNode(str(term))


def test_an_outside_iri_below_the_base_is_not_bent(tmp_path: Path) -> None:
    from kg.model import Concept, ConceptType

    # Relative to the base, "Category:X" would be read as an IRI of its own.
    match = "https://example.org/kg/Category:X"
    concept = Concept("x", "X", ConceptType.CONCEPT, exact_matches=(match, match + "/../y"))
    write(KnowledgeGraph.from_parts(concepts=[concept]), tmp_path / "out.ttl")
    read = {t.object.value for t in oxigraph_triples(tmp_path / "out.ttl")}
    assert {match, match + "/../y"} <= read


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_gzip_holds_the_same(small: KnowledgeGraph, tmp_path: Path, suffix: str) -> None:
    write(small, tmp_path / f"a.{suffix}")
    write(small, tmp_path / f"b.{suffix}.gz")
    write(small, tmp_path / f"c.{suffix}.gz")
    packed = (tmp_path / f"b.{suffix}.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / f"a.{suffix}").read_bytes()
    assert packed == (tmp_path / f"c.{suffix}.gz").read_bytes()


def test_named_graphs_are_the_profiles(small: KnowledgeGraph, tmp_path: Path) -> None:
    plain = write(small, tmp_path / "plain.nq")
    both = write(small, tmp_path / "both.nq", profile="evidence")
    graphs = Counter(
        quad.graph_name.value
        for quad in pyoxigraph.parse(path=str(tmp_path / "both.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    )
    assert graphs == {
        "https://example.org/kg/graph/plain": plain,
        "https://example.org/kg/graph/evidence": both - plain,
    }


def test_evidence_begins_with_the_plain_file(small: KnowledgeGraph, tmp_path: Path) -> None:
    write(small, tmp_path / "plain.nt")
    write(small, tmp_path / "evidence.nt", profile="evidence")
    plain, evidence = (tmp_path / "plain.nt").read_bytes(), (tmp_path / "evidence.nt").read_bytes()
    assert evidence.startswith(plain)
    assert len(evidence) > len(plain)


def test_an_empty_graph(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        path = tmp_path / f"out.{suffix}"
        assert write(KnowledgeGraph.from_parts(), path, profile="evidence") == 2
        assert len(oxigraph_triples(path)) == 2


def test_prefixes_have_real_names(small: KnowledgeGraph, tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        write(small, tmp_path / f"out.{suffix}", profile="evidence")
        assert "ns1" not in (tmp_path / f"out.{suffix}").read_text(encoding="utf-8")


def test_to_rdflib_has_the_prefixes(small: KnowledgeGraph) -> None:
    text = to_rdflib(small).serialize(format="turtle")
    assert "concept:lora a" in text
    assert "kg:proposes concept:lora" in text
    assert "ns1" not in text


def test_what_cannot_be_written_is_said(small: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"no RDF format.*\.ttl"):
        write(small, tmp_path / "out.docx")
    with pytest.raises(ExportError, match="plain or evidence"):
        write(small, tmp_path / "out.ttl", profile="full")  # type: ignore[arg-type]
    with pytest.raises(ExportError, match="base IRI"):
        write(small, tmp_path / "out.ttl", base_iri="my graph")
    with pytest.raises(ExportError, match="cannot be written"):
        write(small, tmp_path / "no" / "such" / "folder.ttl")
    assert list(tmp_path.iterdir()) == []


def test_a_failing_export_leaves_the_old_file(small: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "out.ttl"
    path.write_text("old")

    class Broken(KnowledgeGraph):
        def iter_concepts(self):  # type: ignore[no-untyped-def]
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        write(Broken(small.store), path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.ttl"]
