"""The parsers and stores that people use, each with every query of the bundle."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph

import kg
from kg.export.rdf import Endpoint, write
from kg.export.rdf.queries import QUERIES, needs_evidence, query_text
from kg.graph import KnowledgeGraph

from . import virtuoso
from .answers import Rows, rows


def required(reason: str) -> None:
    """Skip for this reason, if there is one; in CI fail."""
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="module")
def sample() -> Iterator[KnowledgeGraph]:
    with kg.build([kg.sample()]) as graph:
        yield graph


@pytest.fixture(scope="module")
def listings(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    store = tmp_path_factory.mktemp("listings") / "papers.kg"
    with kg.build(sorted((shared / "seeds").glob("*.txt")), store=store) as graph:
        yield graph


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[virtuoso.Virtuoso]:
    required(virtuoso.missing())
    with virtuoso.running(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


PARSERS = {
    "rapper": ("apt-get install raptor2-utils", ["-c", "-i"], "rdfxml turtle ntriples nquads trig"),
    "serdi": ("apt-get install serdi", ["-o", "nquads", "-i"], "turtle ntriples nquads trig"),
}
SUFFIX = {"rdfxml": "rdf", "turtle": "ttl", "ntriples": "nt", "nquads": "nq", "trig": "trig"}


def strict_count(program: str, syntax: str, path: Path) -> int:
    """Number of statements that a strict parser reads; fails on any warning."""
    hint, options, _ = PARSERS[program]
    required("" if shutil.which(program) else f"{program} is not installed ({hint})")
    done = subprocess.run([program, *options, syntax, str(path)], capture_output=True, check=False)
    told = done.stderr.decode()
    assert done.returncode == 0, told
    assert "rror" not in told, told
    assert "arning" not in told, told
    if program == "rapper":
        return int(told.rpartition("returned ")[2].split()[0])
    assert told == ""
    return done.stdout.count(b"\n")


@pytest.mark.store
@pytest.mark.parametrize("profile", ["plain", "evidence"])
@pytest.mark.parametrize("name", ["small", "hostile"])
@pytest.mark.parametrize("program", PARSERS)
def test_strict_parsers(
    program: str, name: str, profile: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    graph = request.getfixturevalue(name)
    for syntax in PARSERS[program][2].split():
        path = tmp_path / f"out.{SUFFIX[syntax]}"
        assert write(graph, path, profile=profile) == strict_count(program, syntax, path), syntax


@pytest.mark.store
@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("program", PARSERS)
def test_strict_parsers_on_the_listings(program: str, listings: KnowledgeGraph, tmp_path: Path) -> None:
    for syntax in PARSERS[program][2].split():
        path = tmp_path / f"out.{SUFFIX[syntax]}"
        assert write(listings, path, profile="evidence") == strict_count(program, syntax, path), syntax


@pytest.mark.parametrize("name", ["small", "hostile", "sample"])
def test_rdflib_and_pyoxigraph_agree(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    graph = request.getfixturevalue(name)
    found = 0
    for profile in ("plain", "evidence"):
        write(graph, tmp_path / "out.nt", profile=profile)
        other = Graph().parse(tmp_path / "out.nt", format="nt")
        endpoint = Endpoint(graph, profile=profile)
        assert len(endpoint) == len(other)
        for query in QUERIES:
            if profile == "plain" and needs_evidence(query):
                continue
            text = query_text(query)
            answer = rows(endpoint.query(text).json)
            assert answer == rows(other.query(text).serialize(format="json").decode()), query  # type: ignore[union-attr]
            found += bool(answer)
    assert found >= (20 if name == "sample" else 5), "most queries should find something"


def ask(endpoint: str, graph: str, query: str) -> Rows:
    """Ask as a client would, with SPARQLWrapper."""
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(endpoint)
    client.setReturnFormat(wrapper.JSON)
    client.setMethod(wrapper.POST)
    client.addDefaultGraph(graph)
    client.setQuery(query)
    return rows(client.queryAndConvert())


def load_and_compare(
    server: virtuoso.Virtuoso, graph: KnowledgeGraph, name: str, suffixes: tuple[str, ...]
) -> None:
    for profile in ("plain", "evidence"):
        endpoint = Endpoint(graph, profile=profile)
        for suffix in suffixes:
            loaded = f"urn:{name}:{profile}:{suffix}"
            file = server.folder / f"{name}-{profile}.{suffix}"
            total = write(graph, file, profile=profile)
            server.load(file, loaded)
            assert ask(server.endpoint, loaded, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") == [
                (str(total),)
            ]
        for query in QUERIES:
            if profile == "evidence" or not needs_evidence(query):
                expected = rows(endpoint.query(query_text(query)).json)
                assert ask(server.endpoint, loaded, query_text(query)) == expected, query


@pytest.mark.store
@pytest.mark.slow
@pytest.mark.parametrize("name", ["small", "hostile", "sample"])
def test_virtuoso(server: virtuoso.Virtuoso, name: str, request: pytest.FixtureRequest) -> None:
    suffixes = ("ttl", "nt", "rdf", "ttl.gz") if name != "sample" else ("ttl",)
    load_and_compare(server, request.getfixturevalue(name), name, suffixes)


@pytest.mark.store
@pytest.mark.shared
@pytest.mark.slow
def test_virtuoso_with_the_listings(server: virtuoso.Virtuoso, listings: KnowledgeGraph) -> None:
    load_and_compare(server, listings, "listings", ("ttl",))


@pytest.mark.store
@pytest.mark.slow
def test_virtuoso_holds_every_hostile_title(server: virtuoso.Virtuoso, hostile: KnowledgeGraph) -> None:
    file = server.folder / "titles.ttl"
    write(hostile, file)
    server.load(file, "urn:titles")
    query = "SELECT ?t WHERE { ?p <http://purl.org/dc/terms/title> ?t }"
    assert ask(server.endpoint, "urn:titles", query) == rows(Endpoint(hostile).query(query).json)
