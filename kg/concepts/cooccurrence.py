"""Concepts that occur together more often than chance: normalised pointwise mutual information."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kg.model import Relation, RelationType

_CHUNK = 4_000_000


class PairCounts:
    """How many papers mention both of two concepts, counted in sorted chunks."""

    def __init__(self) -> None:
        self._keys: NDArray[np.int64] = np.empty(0, np.int64)
        self._counts: NDArray[np.int64] = np.empty(0, np.int64)
        self._pending: list[NDArray[np.int64]] = []
        self._size = 0

    def add(self, concepts: NDArray[np.int64]) -> None:
        """Count the pairs of one paper's concepts (distinct numbers, sorted)."""
        first, second = np.triu_indices(len(concepts), 1)
        self._pending.append((concepts[first] << 32) | concepts[second])
        self._size += len(first)
        if self._size >= _CHUNK:
            self._merge()

    def _merge(self) -> None:
        if not self._pending:
            return
        keys, counts = np.unique(np.concatenate(self._pending), return_counts=True)
        merged, inverse = np.unique(np.concatenate([self._keys, keys]), return_inverse=True)
        self._counts = np.bincount(
            inverse, weights=np.concatenate([self._counts, counts]), minlength=len(merged)
        ).astype(np.int64)
        self._keys, self._pending, self._size = merged, [], 0

    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """First and second concept of each pair (first < second), and the number of papers."""
        self._merge()
        return self._keys >> 32, self._keys & 0xFFFFFFFF, self._counts


def co_occurrences(
    pairs: PairCounts,
    ids: Iterable[str],
    papers: NDArray[np.int64],
    total: int,
    *,
    min_papers: int = 2,
    min_npmi: float = 0.3,
    neighbours: int = 10,
) -> list[Relation]:
    """Relations ``co_occurs_with`` between the concepts that belong together most.

    Parameters
    ----------
    pairs : PairCounts
        Joint counts, by number of the concept.
    ids : iterable of str
        Id of each concept.
    papers : ndarray of int, shape (concepts,)
        Papers that mention it.
    total : int
        All papers.
    min_papers : int
        Papers that must mention both.
    min_npmi : float
        Least normalised pointwise mutual information (-1 to 1; Bouma, 2009).
    neighbours : int
        A pair stays where it is among so many strongest of both its concepts: the number of
        relations grows with that of concepts.

    Returns
    -------
    list of Relation
        With head < tail, sorted.
    """
    names = list(ids)
    first, second, both = pairs.pairs()
    keep = both >= min_papers
    first, second, both = first[keep], second[keep], both[keep]
    if not len(both) or total < 2:
        return []
    joint = both / total
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(joint * total * total / (papers[first] * papers[second])) / -np.log(joint)
    npmi = np.where(joint >= 1.0, 0.0, npmi)
    strong = npmi >= min_npmi
    found = [
        (round(float(value), 3), int(count), *sorted((names[a], names[b])))
        for a, b, count, value in zip(first[strong], second[strong], both[strong], npmi[strong], strict=True)
    ]
    found.sort(key=lambda f: (-f[0], -f[1], f[2], f[3]))
    degree: dict[str, int] = {}
    relations = []
    for value, count, head, tail in found:
        if degree.get(head, 0) < neighbours and degree.get(tail, 0) < neighbours and math.isfinite(value):
            degree[head] = degree.get(head, 0) + 1
            degree[tail] = degree.get(tail, 0) + 1
            relations.append(Relation(head, RelationType.CO_OCCURS_WITH, tail, min(value, 1.0), count))
    return sorted(relations, key=lambda r: (r.head, r.tail))
