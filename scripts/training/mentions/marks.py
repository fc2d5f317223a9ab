"""The terms of a paper and pairs of them, by the words of their mentions: what networks learn to judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from common import ROLES, TYPES
from numpy.typing import NDArray

from kg.extraction.decider import BACKWARDS, CLASSES, FORWARDS, NONE, step
from kg.extraction.pairs import FAR

OF_MENTIONS = ("m0", "m1", "term_of")  # the first row, the one after the last, the term
OF_TERMS = (
    "first_of",
    "many",
    "type",
    "p0",
    "p1",
    "paper",
)  # the first mention, how many, the paper and its rows
OF_PAIRS = (
    "one",
    "other",
    "l0",
    "l1",
    "r0",
    "r1",
    "b0",
    "b1",
    "gap",
    "of",
)  # terms, mentions, between, paper
Words = tuple[int, int]  # the first word, and the one after the last


@dataclass
class Pair:
    """Two terms, by their numbers, and their nearest mentions; the first stands first."""

    first: int
    second: int
    left: Words
    right: Words


@dataclass
class Marks:
    """What is to be judged in a paper, and where it is known, the probabilities of each role and of each relation."""

    mentions: list[list[Words]]
    types: list[str]
    pairs: list[Pair]
    roles: NDArray[Any] = field(default_factory=lambda: np.zeros((0, len(ROLES))))
    relations: NDArray[Any] = field(default_factory=lambda: np.zeros((0, len(CLASSES))))
    stated: int = 0  # relations that annotators marked, between pairs that are too far apart among them


def annotated(
    mentions: list[list[Words]],
    types: list[str],
    roles: list[str],
    told: dict[tuple[int, int], str],
    stated: int,
) -> Marks:
    """The terms that annotators marked, each pair of them that is near or holds what is proposed, and the truth."""
    pairs = near(mentions, roles)
    relations = []
    for pair in pairs:
        forwards, backwards = told.get((pair.first, pair.second)), told.get((pair.second, pair.first))
        name = forwards + FORWARDS if forwards else backwards + BACKWARDS if backwards else NONE
        relations.append(CLASSES.index(name))
    truth = np.eye(len(ROLES))[[ROLES.index(r) for r in roles]], np.eye(len(CLASSES))[relations]
    return Marks(mentions, types, pairs, *truth, stated)


def marks_of(paper):
    """The annotated terms of a paper, its pairs, roles and relations."""
    terms, places = {t["c"]: t for t in paper.gold["terms"]}, paper.places
    names = sorted(places, key=lambda c: places[c])
    told = {
        (names.index(h), names.index(t)): r
        for h, r, t in sorted(paper.gold["relations"])
        if h in places and t in places
    }
    types, roles = ([terms[c][part] for c in names] for part in ("t", "r"))
    return annotated([sorted(places[c]) for c in names], types, roles, told, len(paper.gold["relations"]))


def near(mentions: list[list[Words]], roles: list[str]) -> list[Pair]:
    """Each pair of terms that is near or holds what the paper proposes."""
    pairs = []
    for i in range(len(mentions)):
        for j in range(i + 1, len(mentions)):
            gap, one, other = min((_gap(a, b), a, b) for a in mentions[i] for b in mentions[j])
            if gap > FAR and "proposes" not in (roles[i], roles[j]):
                continue
            pairs.append(Pair(i, j, one, other) if one <= other else Pair(j, i, other, one))
    return pairs


def _gap(a: Words, b: Words) -> int:
    return max(b[0] - a[1], a[0] - b[1], 0)


def collate(papers: Sequence[tuple[Marks, NDArray[Any], NDArray[Any]]]) -> dict[str, Any]:
    """The places of all terms and pairs of a batch in its rows.

    With each paper's marks come the first and the last row of each of its words. What an encoder's limit cut
    off counts as the last word that it has read.
    """
    out: dict[str, list[int]] = {name: [] for name in OF_MENTIONS + OF_TERMS + OF_PAIRS}
    terms = 0
    for paper, (marks, first, last) in enumerate(papers):

        def rows(words: Words, first=first, last=last) -> Words:
            n = len(first)
            return int(first[min(words[0], n - 1)]), int(last[min(words[1], n) - 1]) + 1

        for term, (mentions, kind) in enumerate(zip(marks.mentions, marks.types, strict=True)):
            out["first_of"].append(len(out["m0"]))
            out["many"].append(len(mentions))
            out["type"].append(TYPES.index(kind))
            out["p0"].append(int(first[0])), out["p1"].append(int(last[-1]) + 1)
            out["paper"].append(paper)
            for begin, end in map(rows, mentions):
                out["m0"].append(begin), out["m1"].append(end), out["term_of"].append(terms + term)
        for pair in marks.pairs:
            left, right = rows(pair.left), rows(pair.right)
            out["one"].append(terms + pair.first), out["other"].append(terms + pair.second)
            out["l0"].append(left[0]), out["l1"].append(left[1])
            out["r0"].append(right[0]), out["r1"].append(right[1])
            out["b0"].append(left[1]), out["b1"].append(max(left[1], right[0]))
            out["of"].append(paper)
            out["gap"].append(step(_gap(pair.left, pair.right)))
        terms += len(marks.mentions)
    return {name: torch.tensor(values, dtype=torch.long) for name, values in out.items()}


def packed(marks: Marks) -> dict[str, Any]:
    """Marks as a DocBin can keep them."""
    places = [(k, *words) for k, mentions in enumerate(marks.mentions) for words in mentions]
    pairs = [(p.first, p.second, *p.left, *p.right) for p in marks.pairs]
    return {
        "mentions": np.array(places, np.int16).reshape(-1, 3),
        "types": np.array([TYPES.index(t) for t in marks.types], np.int8),
        "pairs": np.array(pairs, np.int16).reshape(-1, 6),
        "roles": marks.roles.astype(np.float16),
        "relations": marks.relations.astype(np.float16),
        "stated": marks.stated,
    }


def unpacked(kept: dict[str, Any]) -> Marks:
    """What :func:`packed` made of them."""
    mentions: list[list[Words]] = [[] for _ in kept["types"]]
    for k, start, end in kept["mentions"].tolist():
        mentions[k].append((start, end))
    pairs = [Pair(i, j, (a, b), (c, d)) for i, j, a, b, c, d in kept["pairs"].tolist()]
    return Marks(
        mentions, [TYPES[k] for k in kept["types"]], pairs, kept["roles"], kept["relations"], kept["stated"]
    )
