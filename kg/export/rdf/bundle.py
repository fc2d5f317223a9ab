"""The bundle: everything that somebody who runs a triple store wants, in one folder, checked."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kg import __version__, contract
from kg.errors import ExportError
from kg.export.rdf.bundle_readme import readme
from kg.export.rdf.checking import count_with_pyoxigraph, count_with_rdflib
from kg.export.rdf.formats import format_of
from kg.export.rdf.iris import DEFAULT_BASE, Iris
from kg.export.rdf.namespaces import QUERY_PREFIXES
from kg.export.rdf.nodes import Node
from kg.export.rdf.queries import QUERIES, query_text
from kg.export.rdf.turtle import turtle_lines
from kg.export.rdf.void import UNKNOWN_LICENCE, VOID_PREFIXES, Counts, void_nodes
from kg.export.rdf.writing import named_graphs, pieces, replacing
from kg.graph import KnowledgeGraph

_CONTRACT = ("ontology.ttl", "shapes.ttl", "context.jsonld")
_MARK = "void.ttl"
_PROFILES = ("plain", "evidence")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was written and checked.

    Parameters
    ----------
    path : Path
        The folder.
    files : tuple of str
        Its files, sorted, relative to it.
    triples : dict
        Number of triples by profile, as two parsers read them.
    """

    path: Path
    files: tuple[str, ...]
    triples: dict[str, int]


def write_bundle(
    graph: KnowledgeGraph,
    directory: str | os.PathLike[str],
    *,
    base_iri: str = DEFAULT_BASE,
    abstracts: bool = True,
    licence: str = UNKNOWN_LICENCE,
    suffix: str = ".ttl.gz",
) -> Bundle:
    """Write data in both profiles, ontology, shapes, VoID, context, prefixes, queries and a README.

    Every RDF file is read back by pyoxigraph and by rdflib, and both must find the triples that
    were written, before the folder appears under its name.

    Parameters
    ----------
    graph : KnowledgeGraph
        What to write.
    directory : path
        A new or empty folder, or an older bundle, which is replaced.
    base_iri, abstracts
        As in :func:`~kg.export.rdf.write`.
    licence : str
        IRI of the data's licence, for VoID.
    suffix : {".ttl.gz", ".ttl", ".nt.gz", ".nt"}
        Format of the data.

    Returns
    -------
    Bundle
        What was written.

    Raises
    ------
    ExportError
        If the folder holds something else, cannot be written, or a check fails.
    """
    iris, target = Iris(base_iri), Path(directory)
    if format_of("data" + suffix).name not in ("turtle", "nt"):
        raise ExportError(f"a bundle holds Turtle or N-Triples, not {suffix}; give .ttl.gz or .nt.gz")
    _must_be_free(target)
    parent = target.absolute().parent
    try:
        work = Path(tempfile.mkdtemp(dir=parent, prefix=f".{target.name}."))
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {error.strerror}") from error
    try:
        triples = _write_into(work, graph, iris, abstracts=abstracts, licence=licence, suffix=suffix)
        work.chmod(0o755)
        files = tuple(sorted(p.relative_to(work).as_posix() for p in work.rglob("*") if p.is_file()))
        _must_be_free(target)
        if target.exists():
            shutil.rmtree(target)
        work.rename(target)
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Bundle(target, files, triples)


def _write_into(
    work: Path, graph: KnowledgeGraph, iris: Iris, *, abstracts: bool, licence: str, suffix: str
) -> dict[str, int]:
    dumps = {profile: f"data/{profile}{suffix}" for profile in _PROFILES}
    counts = {profile: Counts() for profile in _PROFILES}
    (work / "data").mkdir()
    (work / "queries").mkdir()
    for profile in _PROFILES:
        tally = counts[profile]
        graphs = (
            (name, tally.counted(nodes))
            for name, nodes in named_graphs(graph, iris, profile, abstracts=abstracts)
        )
        with replacing(work / dumps[profile]) as file:
            pieces(format_of(dumps[profile]).lines(graphs, iris.base), file)
    for name in _CONTRACT:
        _put(work / name, [contract.schema(name).read_text(encoding="utf-8")])
    for query in QUERIES:
        _put(work / "queries" / f"{query}.rq", [query_text(query)])
    _put(work / "prefixes.ttl", [f"@prefix {p}: <{n}> .\n" for p, n in _prefixes(iris).items()])
    described: list[Node] = list(
        void_nodes(
            counts["plain"],
            counts["evidence"],
            iris,
            dumps=dumps,
            licence=licence,
            version=__version__,
        )
    )
    _put(work / _MARK, turtle_lines(described, iris.base, VOID_PREFIXES))
    _put(work / "README.md", [readme(iris, dumps, {p: c.triples for p, c in counts.items()})])
    expected = {dumps[profile]: counts[profile].triples for profile in _PROFILES}
    expected[_MARK] = sum(len(node.statements) for node in described)
    for name in (*expected, "ontology.ttl", "shapes.ttl"):
        _check(work / name, name, expected.get(name))
    for query in QUERIES:
        pyoxigraph.Store().query(query_text(query))
    return {profile: counts[profile].triples for profile in _PROFILES}


def _check(path: Path, name: str, expected: int | None) -> None:
    one, other = count_with_pyoxigraph(path), count_with_rdflib(path)
    if one != other or (expected is not None and one != expected):
        written = one if expected is None else expected
        raise ExportError(
            f"{name}: {written} triples were written, pyoxigraph reads {one} and rdflib {other}; "
            "this is a mistake in kg: please report it with the input"
        )


def _prefixes(iris: Iris) -> dict[str, str]:
    return dict(sorted({**QUERY_PREFIXES, **iris.prefixes()}.items()))


def _put(path: Path, lines: Iterable[str]) -> None:
    with path.open("wb") as file:
        pieces(lines, file)


def _must_be_free(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise ExportError(f"{target} is a file; a bundle is a folder, so give another name")
    if any(target.iterdir()) and not ((target / _MARK).is_file() and (target / "queries").is_dir()):
        raise ExportError(f"{target} is not empty and no bundle; give a new folder")
