"""Look-ups: papers, concepts, links, relations, mentions and their evidence."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self, overload

from kg.errors import ConceptNotFound, PaperNotFound
from kg.graph import evidence as evidence_of
from kg.graph import names, reading, statistics, writing
from kg.graph.results import Results
from kg.graph.search import match_expression
from kg.graph.store import Store, connect_for_writing
from kg.model import Concept, Evidence, Link, Mention, Paper, Relation, Span


class Lookups:
    """What is in a store, by name, by condition, and in a fixed order.

    Parameters
    ----------
    store : Store
        An open store.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Open the store at `path`; raises :class:`kg.errors.StoreError`."""
        return cls(Store.open(path))

    @classmethod
    def from_parts(
        cls,
        *,
        papers: Iterable[Paper] = (),
        concepts: Iterable[Concept] = (),
        links: Iterable[Link] = (),
        relations: Iterable[Relation] = (),
        mentions: Iterable[Mention] = (),
        sentences: Mapping[str, tuple[Span, ...]] | None = None,
    ) -> Self:
        """Make a graph in memory from records that are at hand, in any order."""
        connection = connect_for_writing(None)
        spans = sentences or {}
        ordered = sorted(papers, key=lambda p: p.id)
        writing.write_papers(connection, ((paper, spans.get(paper.id, ())) for paper in ordered))
        writing.index_papers(connection)
        writing.write_concepts(connection, sorted(concepts, key=lambda c: c.id))
        writing.write_links(connection, links)
        writing.write_relations(connection, relations)
        writing.write_mentions(connection, mentions)
        return cls(Store(connection))

    @property
    def path_of_store(self) -> Path | None:
        """File of the store, or None in memory."""
        return self.store.path

    # Streams, in a fixed order.

    def iter_papers(self) -> Iterator[Paper]:
        """All papers by id."""
        return reading.papers(self.store)

    def iter_concepts(self) -> Iterator[Concept]:
        """All concepts by id."""
        return reading.concepts(self.store)

    def iter_links(self) -> Iterator[Link]:
        """All links by paper and concept."""
        return reading.links(self.store)

    def iter_relations(self) -> Iterator[Relation]:
        """All relations by head, kind and tail, with their statements."""
        return reading.relations(self.store)

    def iter_mentions(self) -> Iterator[Mention]:
        """All mentions by paper, title before abstract, and place."""
        return reading.mentions(self.store)

    def sentences(self, paper: str | Paper) -> tuple[Span, ...]:
        """Sentences of a paper, in reading order."""
        return reading.sentences(self.store, self._paper_id(paper))

    # Look-ups.

    def paper(self, name: str | Paper) -> Paper:
        """One paper by id, DOI, arXiv id, URL or title.

        Raises
        ------
        PaperNotFound
            If there is none; the error offers the nearest titles.
        """
        return names.paper(self.store, self._paper_id(name))

    def concept(self, name: str | Concept) -> Concept:
        """One concept by label, alias, abbreviation, plural, any case, id or IRI.

        Raises
        ------
        ConceptNotFound
            If there is none; the error offers the nearest names.
        AmbiguousConcept
            If the name means several; the error holds the candidates.
        """
        return names.concept(self.store, name if isinstance(name, str) else f"concept:{name.id}")

    def papers(
        self,
        *,
        concept: str | Concept | None = None,
        role: str | None = None,
        year: int | None = None,
        since: int | None = None,
        until: int | None = None,
        text: str | None = None,
        min_confidence: float = 0.0,
    ) -> Results[Paper]:
        """Papers that fit every condition given, by date and id.

        Parameters
        ----------
        concept : str or Concept, optional
            Only papers linked to it, with `role` if that is given.
        role : str, optional
            A value of :class:`kg.model.Role`.
        year, since, until : int, optional
            Year of publication, first and last year (inclusive).
        text : str, optional
            Words that the title or the abstract holds, all of them.
        min_confidence : float
            Least confidence of the link.
        """
        conditions: list[str] = []
        values: list[Any] = []
        if concept is not None or role is not None:
            inner = ["confidence >= ?"]
            values.append(min_confidence)
            if concept is not None:
                inner.append("concept = ?")
                values.append(self._concept_id(concept))
            if role is not None:
                inner.append("role = ?")
                values.append(str(role))
            conditions.append(f"id IN (SELECT paper FROM links WHERE {' AND '.join(inner)})")
        for test, value in (("year = ?", year), ("year >= ?", since), ("year <= ?", until)):
            if value is not None:
                conditions.append(test)
                values.append(value)
        if text is not None:
            conditions.append("number IN (SELECT rowid FROM paper_search WHERE paper_search MATCH ?)")
            values.append(match_expression(text) or '""')
        found = reading.papers(self.store, " AND ".join(conditions), values)
        return Results(sorted(found, key=lambda p: (p.date or "", p.id)))

    def concepts(
        self, *, paper: str | Paper | None = None, type: str | None = None, min_papers: int = 0
    ) -> Results[Concept]:
        """Concepts that fit every condition given; of a paper the most salient, else the commonest first."""
        conditions, values = ["papers >= ?"], [min_papers]
        parameters: list[Any] = list(values)
        salience: dict[str, float] = {}
        if paper is not None:
            found = reading.links(self.store, "paper = ?", (self._paper_id(paper),))
            salience = {link.concept: link.salience for link in found}
            conditions.append("id IN (SELECT concept FROM links WHERE paper = ?)")
            parameters.append(self._paper_id(paper))
        if type is not None:
            conditions.append("type = ?")
            parameters.append(str(type))
        concepts = reading.concepts(self.store, " AND ".join(conditions), parameters)
        return Results(sorted(concepts, key=lambda c: (-salience.get(c.id, 0.0), -c.papers, c.id)))

    def links(
        self,
        *,
        paper: str | Paper | None = None,
        concept: str | Concept | None = None,
        role: str | None = None,
        min_confidence: float = 0.0,
    ) -> Results[Link]:
        """Links that fit every condition given, by paper and concept."""
        conditions, values = ["confidence >= ?"], [min_confidence]
        parameters: list[Any] = list(values)
        if paper is not None:
            conditions.append("paper = ?")
            parameters.append(self._paper_id(paper))
        if concept is not None:
            conditions.append("concept = ?")
            parameters.append(self._concept_id(concept))
        if role is not None:
            conditions.append("role = ?")
            parameters.append(str(role))
        return Results(reading.links(self.store, " AND ".join(conditions), parameters))

    def relations(
        self,
        *,
        head: str | Concept | None = None,
        relation: str | None = None,
        tail: str | Concept | None = None,
        concept: str | Concept | None = None,
        min_confidence: float = 0.0,
        min_support: int = 1,
    ) -> Results[Relation]:
        """Relations that fit every condition given; `concept` stands on either side."""
        conditions = ["confidence >= ?", "support >= ?"]
        parameters: list[Any] = [min_confidence, min_support]
        for column, value in (("head", head), ("tail", tail)):
            if value is not None:
                conditions.append(f"{column} = ?")
                parameters.append(self._concept_id(value))
        if relation is not None:
            conditions.append("relation = ?")
            parameters.append(str(relation))
        if concept is not None:
            conditions.append("(head = ? OR tail = ?)")
            parameters += [self._concept_id(concept)] * 2
        return Results(reading.relations(self.store, " AND ".join(conditions), parameters))

    def mentions(
        self, *, paper: str | Paper | None = None, concept: str | Concept | None = None
    ) -> Results[Mention]:
        """Mentions in a paper, of a concept, or both."""
        conditions: list[str] = []
        parameters: list[Any] = []
        if paper is not None:
            conditions.append("paper = ?")
            parameters.append(self._paper_id(paper))
        if concept is not None:
            conditions.append("concept = ?")
            parameters.append(self._concept_id(concept))
        return Results(reading.mentions(self.store, " AND ".join(conditions), parameters))

    @overload
    def evidence(self, first: str | Paper, second: str | Concept, /) -> Results[Evidence]: ...

    @overload
    def evidence(self, first: str | Concept, second: str, third: str | Concept, /) -> Results[Evidence]: ...

    def evidence(
        self, first: str | Paper | Concept, second: str | Concept, third: str | Concept | None = None, /
    ) -> Results[Evidence]:
        """Sentences that say it: ``evidence(paper, concept)`` or ``evidence(head, relation, tail)``.

        Each names the words that are the mention, and the cue the decision rests on.
        """
        if third is None:
            assert not isinstance(first, Concept)
            return Results(evidence_of.of_link(self.store, self._paper_id(first), self._concept_id(second)))
        assert not isinstance(first, Paper)
        return Results(
            evidence_of.of_relation(self.store, self._concept_id(first), str(second), self._concept_id(third))
        )

    def stats(self) -> dict[str, Any]:
        """Counts: records, papers, concepts, links, relations, mentions, by type, role and kind."""
        return statistics.counts(self.store)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def _concept_id(self, concept: str | Concept) -> str:
        return concept.id if isinstance(concept, Concept) else names.concept_id(self.store, concept)

    def _paper_id(self, paper: str | Paper) -> str:
        return paper.id if isinstance(paper, Paper) else names.paper_id(self.store, paper)

    def _named(self, name: str) -> tuple[str, str]:
        """Kind and id of what is called `name`: a concept, else a paper."""
        if name.startswith(names.NODE_PREFIX["paper"]):
            return "paper", names.paper_id(self.store, name)
        try:
            return "concept", names.concept_id(self.store, name)
        except ConceptNotFound as missing:
            try:
                return "paper", names.paper_id(self.store, name)
            except PaperNotFound:
                raise missing from None
