"""N-Triples and N-Quads: one statement a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.export.rdf.namespaces import STRING
from kg.export.rdf.nodes import Node

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def escape(value: str) -> str:
    r"""Write a string as it stands between quotes in N-Triples and Turtle.

    Examples
    --------
    >>> print(escape('a "b"\n'))
    a \"b\"\n
    """
    if value.isprintable() and '"' not in value and "\\" not in value:
        return value
    value = value.replace("\\", "\\\\").replace('"', '\\"')
    value = value.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04X}", value)


def ntriples_lines(nodes: Iterable[Node]) -> Iterator[str]:
    r"""N-Triples, the lines of one node at a time.

    Examples
    --------
    >>> list(ntriples_lines([Node("urn:a", [("urn:p", "b", STRING)])]))
    ['<urn:a> <urn:p> "b" .\n']
    """
    return _lines(nodes, "")


def nquads_lines(graphs: Iterable[tuple[str, Iterable[Node]]]) -> Iterator[str]:
    """N-Quads of named graphs (IRI, nodes), the lines of one node at a time."""
    for name, nodes in graphs:
        yield from _lines(nodes, f"<{name}> ")


def _lines(nodes: Iterable[Node], graph: str) -> Iterator[str]:
    end = f" {graph}.\n"
    for subject, statements in nodes:
        start = f"<{subject}> <"
        parts = []
        for predicate, value, datatype in statements:
            if datatype is None:
                parts.append(f"{start}{predicate}> <{value}>{end}")
            elif datatype == STRING:
                parts.append(f'{start}{predicate}> "{escape(value)}"{end}')
            else:
                parts.append(f'{start}{predicate}> "{value}"^^<{datatype}>{end}')
        yield "".join(parts)
