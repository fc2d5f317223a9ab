"""RDF/XML: one ``rdf:Description`` a subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from kg.errors import ExportError
from kg.export.rdf.namespaces import PREFIXES, STRING
from kg.export.rdf.nodes import Node

# A carriage return that is not escaped is read back as a line feed.
_RETURN = {"\r": "&#13;"}


def rdfxml_lines(nodes: Iterable[Node]) -> Iterator[str]:
    """RDF/XML, piece by piece.

    Raises
    ------
    ExportError
        If a predicate is in none of the declared namespaces, so that no element can bear its name.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, namespace in PREFIXES.items():
        yield f"\n    xmlns:{prefix}={quoteattr(namespace)}"
    yield ">\n"
    names: dict[str, str] = {}
    for node in nodes:
        parts = [f"<rdf:Description rdf:about={quoteattr(node.subject)}>\n"]
        for predicate, value, datatype in node.statements:
            name = names.get(predicate)
            if name is None:
                name = names[predicate] = _element(predicate)
            if datatype is None:
                parts.append(f"  <{name} rdf:resource={quoteattr(value)}/>\n")
            elif datatype == STRING:
                parts.append(f"  <{name}>{escape(value, _RETURN)}</{name}>\n")
            else:
                parts.append(f'  <{name} rdf:datatype="{datatype}">{escape(value, _RETURN)}</{name}>\n')
        parts.append("</rdf:Description>\n")
        yield "".join(parts)
    yield "</rdf:RDF>\n"


def _element(predicate: str) -> str:
    for prefix, namespace in PREFIXES.items():
        local = predicate[len(namespace) :]
        if predicate.startswith(namespace) and local.isascii() and local.isidentifier():
            return f"{prefix}:{local}"
    raise ExportError(
        f"RDF/XML cannot name the property {predicate}; declare its namespace in namespaces.py, "
        "or write another format"
    )
