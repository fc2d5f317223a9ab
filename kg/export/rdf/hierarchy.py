"""The hierarchy of concepts: ``is_a`` made free of cycles, so that it may be called ``skos:broader``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.model import Relation, RelationType


class Standing(Protocol):
    """What a concept's description asks of a hierarchy."""

    def holds(self, head: str, tail: str) -> bool:
        """Whether ``head is_a tail`` stands."""

    def is_top(self, concept: str) -> bool:
        """Whether the concept has narrower ones and no broader one."""

    def connected(self, one: str, other: str) -> bool:
        """Whether one of two concepts is, by any number of steps, broader than the other."""


class Hierarchy:
    """Which ``is_a`` relations stand, and what follows from them.

    Papers may contradict each other (A is a B, B is an A). Relations are taken by falling
    confidence and support, ties by id, and one that would close a cycle is left out.

    Parameters
    ----------
    relations : iterable of Relation
        Those of another kind are passed over. Only the ``is_a`` edges are held in memory.

    Examples
    --------
    >>> a_b = Relation("a", RelationType.IS_A, "b", 0.9, 2)
    >>> b_a = Relation("b", RelationType.IS_A, "a", 0.8, 1)
    >>> hierarchy = Hierarchy([b_a, a_b])
    >>> hierarchy.holds("a", "b"), hierarchy.holds("b", "a")
    (True, False)
    """

    def __init__(self, relations: Iterable[Relation]) -> None:
        self._above: dict[str, list[str]] = {}
        edges = [
            (-relation.confidence, -relation.support, relation.head, relation.tail)
            for relation in relations
            if relation.relation is RelationType.IS_A
        ]
        for _, _, head, tail in sorted(edges):
            if head != tail and head not in self._ancestors(tail):
                self._above.setdefault(head, []).append(tail)
        self._below = {tail for tails in self._above.values() for tail in tails}

    def holds(self, head: str, tail: str) -> bool:
        """Whether ``head is_a tail`` stands."""
        return tail in self._above.get(head, ())

    def is_top(self, concept: str) -> bool:
        """Whether the concept has narrower ones and no broader one."""
        return concept in self._below and concept not in self._above

    def connected(self, one: str, other: str) -> bool:
        """Whether one of two concepts is, by any number of steps, broader than the other."""
        return one in self._ancestors(other) or other in self._ancestors(one)

    def _ancestors(self, concept: str) -> Iterator[str]:
        seen = set()
        waiting = list(self._above.get(concept, ()))
        while waiting:
            above = waiting.pop()
            if above not in seen:
                seen.add(above)
                yield above
                waiting.extend(self._above.get(above, ()))
