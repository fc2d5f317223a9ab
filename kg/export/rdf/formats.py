"""Which format a file name asks for, and how each is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

from kg.errors import ExportError
from kg.export.rdf.jsonld import jsonld_lines
from kg.export.rdf.nodes import Node
from kg.export.rdf.ntriples import nquads_lines, ntriples_lines
from kg.export.rdf.rdfxml import rdfxml_lines
from kg.export.rdf.turtle import trig_lines, turtle_lines

Graphs = Iterable[tuple[str, Iterable[Node]]]
"""Named graphs, one after the other: IRI and nodes."""


@dataclass(frozen=True, slots=True)
class Format:
    """An RDF format.

    Parameters
    ----------
    name : str
        As in ``kg export --format``; also the name of rdflib's parser.
    suffixes : tuple of str
        What a file name may end in.
    lines : callable
        From named graphs and the base IRI to the text, piece by piece.
    parser : RdfFormat
        What pyoxigraph calls it.
    media_type : str
        For HTTP and VoID.
    """

    name: str
    suffixes: tuple[str, ...]
    lines: Callable[[Graphs, str], Iterator[str]]
    parser: RdfFormat
    media_type: str


def _merged(graphs: Graphs) -> Iterator[Node]:
    for _, nodes in graphs:
        yield from nodes


FORMATS = (
    Format(
        "turtle", (".ttl",), lambda g, base: turtle_lines(_merged(g), base), RdfFormat.TURTLE, "text/turtle"
    ),
    Format(
        "nt", (".nt",), lambda g, _: ntriples_lines(_merged(g)), RdfFormat.N_TRIPLES, "application/n-triples"
    ),
    Format("nquads", (".nq",), lambda g, _: nquads_lines(g), RdfFormat.N_QUADS, "application/n-quads"),
    Format("trig", (".trig",), trig_lines, RdfFormat.TRIG, "application/trig"),
    Format(
        "xml",
        (".rdf", ".xml", ".owl"),
        lambda g, _: rdfxml_lines(_merged(g)),
        RdfFormat.RDF_XML,
        "application/rdf+xml",
    ),
    Format(
        "json-ld",
        (".jsonld",),
        lambda g, base: jsonld_lines(_merged(g), base),
        RdfFormat.JSON_LD,
        "application/ld+json",
    ),
)
"""Every format that can be written."""

SUFFIXES = tuple(suffix for form in FORMATS for suffix in form.suffixes)
"""Every suffix, without ``.gz``, which may follow any."""


def format_of(path: str | os.PathLike[str], name: str | None = None) -> Format:
    """Format by name, else by the file name's suffix (before ``.gz``).

    Raises
    ------
    ExportError
        If neither says which.

    Examples
    --------
    >>> format_of("papers.nt.gz").name, format_of("papers.out", "turtle").name
    ('nt', 'turtle')
    """
    file = Path(path)
    suffix = Path(file.stem).suffix if file.suffix.lower() == ".gz" else file.suffix
    wanted = (name or suffix).lower()
    for form in FORMATS:
        if wanted == form.name or "." + wanted.removeprefix(".") in form.suffixes:
            return form
    raise ExportError(
        f"{wanted or file.name!r} is no RDF format; name the file *{', *'.join(SUFFIXES)}"
        " (and .gz after it, if you like)"
    )
