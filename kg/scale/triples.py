"""The plain profile of RDF from rows of the tables, one paper or concept at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.export.rdf.iris import Iris
from kg.export.rdf.nodes import Node
from kg.export.rdf.ntriples import ntriples_lines
from kg.export.rdf.plain import concept_node, paper_nodes, scheme_node
from kg.graph import codec
from kg.model import Alias, Concept, ConceptType, Link, Relation, RelationType, Role, Rule

Row = Mapping[str, Any]
_PAPER = codec.PAPER_COLUMNS.replace(" ", "").split(",")


def paper_triples(rows: Iterable[Row], base_iri: str) -> Iterator[dict[str, str]]:
    """From rows of ``told_papers``, ids together, to rows of ``TRIPLES``."""
    iris = Iris(base_iri)
    for identifier, group in groupby(rows, key=itemgetter("id")):
        papers, links = [], []
        for row in group:
            if row["kind"] == "paper":
                papers.append(codec.paper_from_row(tuple(row[name] for name in _PAPER)))
            else:
                links.append(Link(identifier, row["concept"], Role(row["role"]), 1.0, 0.0, 1))
        for paper in papers:
            yield _lines(paper_nodes(paper, links, iris, abstracts=True))


def concept_triples(rows: Iterable[Row], base_iri: str) -> Iterator[dict[str, str]]:
    """From rows of ``told_concepts``, ids together, to rows of ``TRIPLES``."""
    iris = Iris(base_iri)
    for identifier, group in groupby(rows, key=itemgetter("id")):
        kinds: dict[str, list[Row]] = {}
        for row in group:
            kinds.setdefault(row["kind"], []).append(row)
        if "scheme" in kinds:
            yield _lines([scheme_node(iris)])
        relations = sorted(
            (RelationType(row["relation"]), row["tail"], bool(row["connected"]))
            for row in kinds.get("relation", ())
        )
        place = _Place(relations, below="below" in kinds)
        names = sorted(row["name"] for row in kinds.get("alias", ()))
        for row in kinds.get("concept", ()):
            concept = Concept(
                identifier,
                row["label"],
                ConceptType(row["type"]),
                tuple(Alias(name, Rule.LABEL) for name in names),
                papers=row["papers"],
            )
            said = [Relation(identifier, kind, tail, 1.0, 1) for kind, tail, _ in relations]
            yield _lines([concept_node(concept, said, place, iris)])


class _Place:
    """One concept's place in the hierarchy, as the SQL found it; cycles are gone already."""

    def __init__(self, relations: Iterable[tuple[RelationType, str, bool]], below: bool) -> None:
        relations = list(relations)
        self._below = below
        self._above = {tail for kind, tail, _ in relations if kind == RelationType.IS_A}
        self._connected = {tail for _, tail, connected in relations if connected}

    def holds(self, head: str, tail: str) -> bool:
        """Whether ``head is_a tail`` stands."""
        return tail in self._above

    def is_top(self, concept: str) -> bool:
        """Whether the concept has narrower ones and no broader one."""
        return self._below and not self._above

    def connected(self, one: str, other: str) -> bool:
        """Whether one of two concepts may be, by any number of steps, broader than the other."""
        return other in self._connected


def _lines(nodes: Iterable[Node]) -> dict[str, str]:
    return {"triples": "".join(ntriples_lines(nodes)).removesuffix("\n")}
