"""Turtle and TriG: one block a subject, prefixes and base at the head, in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kg.export.rdf.namespaces import PREFIXES, STRING, TYPE
from kg.export.rdf.nodes import Node
from kg.export.rdf.ntriples import escape

_FOLDER = re.compile("https?://[^?#]+/")
_BELOW = re.compile("[a-z]+(?:/[^?#]*)?")


def turtle_lines(nodes: Iterable[Node], base: str, prefixes: Mapping[str, str] = PREFIXES) -> Iterator[str]:
    r"""Turtle, piece by piece.

    Parameters
    ----------
    nodes : iterable of Node
        Statements with the same predicate stand side by side.
    base : str
        Base IRI of the data; what lies below it is written relative to it.
    prefixes : mapping
        Prefixes and namespaces to declare.

    Yields
    ------
    str
        The head, then one block a node.

    Examples
    --------
    >>> node = Node("urn:a", [(TYPE, "https://schema.org/Thing", None)])
    >>> list(turtle_lines([node], "https://example.org/kg/"))[-1]
    '\n<urn:a> a schema:Thing .\n'
    """
    yield head(base, prefixes)
    writer = _TurtleWriter(base, prefixes)
    for node in nodes:
        yield "\n" + writer.block(node)


def trig_lines(graphs: Iterable[tuple[str, Iterable[Node]]], base: str) -> Iterator[str]:
    """TriG, piece by piece: the nodes of each named graph (IRI, nodes) in its braces."""
    yield head(base)
    writer = _TurtleWriter(base)
    for name, nodes in graphs:
        yield f"\n{writer.iri(name)} {{\n"
        for node in nodes:
            yield "\n" + writer.block(node)
        yield "\n}\n"


def head(base: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """The ``@base`` and ``@prefix`` lines of a data file."""
    lines = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items()]
    return "".join([f"@base <{base}> .\n", *lines])


class _TurtleWriter:
    """Spells terms; remembers the spelling of predicates, classes and datatypes, which are few."""

    def __init__(self, base: str, prefixes: Mapping[str, str] = PREFIXES) -> None:
        self._prefixes = prefixes
        self._base = base if _FOLDER.fullmatch(base) and "/." not in base else None
        self._names: dict[str, str] = {}
        self._predicates: dict[str, str] = {TYPE: "a"}
        # The same concepts and sentences come again within a few nodes.
        self.iri = lru_cache(maxsize=8192)(self._iri)

    def block(self, node: Node) -> str:
        parts = [self.iri(node.subject)]
        last = ""
        for predicate, value, datatype in node.statements:
            if datatype is None:
                term = self.iri(value)
            elif datatype == STRING:
                term = f'"{escape(value)}"'
            else:
                term = f'"{value}"^^{self._name(datatype)}'
            if predicate == last:
                parts.append(f",\n        {term}")
            else:
                joint = " " if not last else " ;\n    "
                parts.append(f"{joint}{self._predicate(predicate)} {term}")
                last = predicate
        parts.append(" .\n")
        return "".join(parts)

    def _iri(self, iri: str) -> str:
        base = self._base
        if base and iri.startswith(base):
            rest = iri[len(base) :]
            # Only what a parser surely puts together again, whoever minted it.
            if "/." not in rest and _BELOW.fullmatch(rest):
                return f"<{rest}>"
        return self._name(iri)

    def _predicate(self, iri: str) -> str:
        found = self._predicates.get(iri)
        if found is None:
            found = self._predicates[iri] = self._name(iri)
        return found

    def _name(self, iri: str) -> str:
        found = self._names.get(iri)
        if found is not None:
            return found
        for prefix, namespace in self._prefixes.items():
            local = iri[len(namespace) :]
            # Only names of the vocabularies: plain ASCII words, which need no escape.
            if iri.startswith(namespace) and local.isascii() and local.isidentifier():
                spelled = self._names[iri] = f"{prefix}:{local}"
                return spelled
        return f"<{iri}>"
