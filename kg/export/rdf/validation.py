"""Holding an RDF file against the shapes of ``schemas/shapes.ttl``."""

from __future__ import annotations

import gzip
import logging
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.contract import schema
from kg.errors import InputError
from kg.export.rdf.formats import format_of
from kg.export.rdf.namespaces import QUERY_PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

log = logging.getLogger(__name__)

_SH = QUERY_PREFIXES["sh"]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that an export must satisfy, and does not.

    Parameters
    ----------
    node : str
        IRI of the node at fault, or its text where it is none.
    message : str
        What it must satisfy.
    path : str
        The property concerned, with its prefix; empty where it is the node as a whole.
    value : str
        The value at fault, where there is one.
    """

    node: str
    message: str
    path: str = ""
    value: str = ""

    def __str__(self) -> str:
        value = self.value if len(self.value) <= 80 else self.value[:77] + "…"
        found = f" (found {value!r})" if value else ""
        path = f", {self.path}" if self.path else ""
        return f"{self.node}{path}: {self.message}{found}"


def validate(path: str | os.PathLike[str], *, format: str | None = None) -> list[Violation]:
    """Check an RDF file: its syntax by two parsers, its content by the shapes (SHACL, pyshacl).

    Parameters
    ----------
    path : path
        A file in any format that :func:`~kg.export.rdf.write` writes.
    format : str, optional
        Name of the format, where the suffix does not say it.

    Returns
    -------
    list of Violation
        Sorted; empty if the file conforms. ``str()`` of each is a sentence for the user.

    Raises
    ------
    InputError
        If the file is missing or no RDF; with the line where a parser says it.
    ExportError
        If the format is unknown.
    """
    graph = _parsed(Path(path), format)
    return validate_graph(graph)


def validate_graph(graph: Graph) -> list[Violation]:
    """Check an ``rdflib.Graph`` by the shapes; see :func:`validate`."""
    from pyshacl import validate as pyshacl_validate
    from rdflib import Graph

    shapes = Graph().parse(data=schema("shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    conforms, report, _ = pyshacl_validate(graph, shacl_graph=shapes, inplace=True)
    if conforms:
        if not _has_content(graph):
            return [Violation("the file", "there is neither a paper nor a concept scheme in it")]
        return []
    return sorted(_violations(report, graph))


def _has_content(graph: Graph) -> bool:
    from rdflib import RDF, URIRef

    kinds = (QUERY_PREFIXES["fabio"] + "ResearchPaper", QUERY_PREFIXES["skos"] + "ConceptScheme")
    return any((None, RDF.type, URIRef(kind)) in graph for kind in kinds)


def _violations(report: Graph, graph: Graph) -> Iterator[Violation]:
    from rdflib import RDF, URIRef

    def value(node: Node, name: str) -> str:
        found = report.value(node, URIRef(_SH + name))
        return "" if found is None else _short(str(found)) if isinstance(found, URIRef) else str(found)

    for result in report.subjects(RDF.type, URIRef(_SH + "ValidationResult")):
        node = report.value(result, URIRef(_SH + "focusNode"))
        path = report.value(result, URIRef(_SH + "resultPath"))
        yield Violation(
            str(node),
            value(result, "resultMessage"),
            _short(str(path)) if isinstance(path, URIRef) else "",
            value(result, "value"),
        )


def _short(iri: str) -> str:
    for prefix, namespace in QUERY_PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _parsed(path: Path, format: str | None) -> Graph:
    """Parse with pyoxigraph, then with rdflib; both must find the same number of triples."""
    import pyoxigraph
    from rdflib import Dataset, Graph

    form = format_of(path, format)
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix.lower() == ".gz" else path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        words = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read: {words}", file=str(path)) from error
    try:
        first = {quad.triple for quad in pyoxigraph.parse(data, format=form.parser)}
    except (SyntaxError, ValueError) as error:
        raise InputError(f"is no valid {form.name}: {error}", file=str(path), line=_line(error)) from error
    graph = Graph(bind_namespaces="none")
    try:
        if form.parser.supports_datasets:
            dataset = Dataset()
            dataset.parse(data=data, format=form.name)
            for subject, predicate, value, _ in dataset.quads():
                graph.add((subject, predicate, value))
        else:
            graph.parse(data=data, format=form.name)
    except Exception as error:  # rdflib's parsers raise whatever they stumble over
        raise InputError(f"is no valid {form.name}: {error}", file=str(path)) from error
    if len(first) != len(graph):
        raise InputError(
            f"two parsers disagree about it: pyoxigraph reads {len(first)} triples, rdflib {len(graph)}; "
            "look for literals or IRIs that are not well formed",
            file=str(path),
        )
    return graph


def _line(error: Exception) -> int | None:
    line = getattr(error, "lineno", None)
    return line if isinstance(line, int) else None
