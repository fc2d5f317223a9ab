"""Salience, co-occurrence and statements, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.concepts.cooccurrence import PairCounts, co_occurrences
from kg.concepts.salience import salience
from kg.concepts.statements import acyclic, relations
from kg.model import Relation, RelationType, Span, Statement

IS_A, USED_FOR = RelationType.IS_A, RelationType.USED_FOR


@pytest.mark.parametrize(
    ("in_title", "mentions", "position", "papers", "total", "expected"),
    [
        (True, 1, 1.0, 100, 100, 0.4),
        (False, 3, 1.0, 100, 100, 0.125),
        (False, 5, 1.0, 100, 100, 0.25),
        (False, 9, 1.0, 100, 100, 0.25),
        (False, 1, 0.4, 100, 100, 0.09),
        (False, 1, 1.0, 10, 100, 0.1),
        (False, 1, 1.0, 1, 1, 0.2),
        (False, 1, 1.0, 2, 2, 0.0),
        (False, 1, 1.0, 0, 2, 0.2),
        (False, 2, 0.5, 3, 7, 0.225),
        (False, 1, 2.0, 100, 100, 0.0),
        (True, 9, -1.0, 1, 100, 1.0),
    ],
)
def test_salience_by_hand(
    in_title: bool, mentions: int, position: float, papers: int, total: int, expected: float
) -> None:
    assert (
        salience(in_title=in_title, mentions=mentions, position=position, papers=papers, total=total)
        == expected
    )


def counted(*papers: list[int]) -> PairCounts:
    pairs = PairCounts()
    for held in papers:
        pairs.add(np.array(held, np.int64))
    return pairs


@given(st.lists(st.sets(st.integers(0, 2**31 - 1), max_size=5).map(sorted), max_size=8), st.booleans())
def test_pairs_are_those_of_each_paper(papers: list[list[int]], early: bool) -> None:
    pairs = counted(*papers[:3])
    if early:
        pairs.pairs()
    for held in papers[3:]:
        pairs.add(np.array(held, np.int64))
    expected: dict[tuple[int, int], int] = {}
    for held in papers:
        for i, a in enumerate(held):
            for b in held[i + 1 :]:
                expected[a, b] = expected.get((a, b), 0) + 1
    first, second, both = pairs.pairs()
    found = dict(zip(zip(first.tolist(), second.tolist(), strict=True), both.tolist(), strict=True))
    assert found == expected
    assert list(found) == sorted(found)


def test_ties_go_to_support_then_to_names() -> None:
    # Every pair is as close as can be; the first of the neighbours allowed is the better supported.
    pairs = counted(*[[0, 1]] * 2, *[[0, 2]] * 3, *[[0, 3]] * 2)
    papers = np.array([9, 9, 9, 9])
    found = co_occurrences(pairs, "zyxw", papers, 9, min_npmi=-1.0)
    assert [(r.head, r.tail, r.support) for r in found] == [("w", "z", 2), ("x", "z", 3), ("y", "z", 2)]
    tied = co_occurrences(counted(*[[0, 1]] * 2, *[[0, 2]] * 2), "bca", np.array([4, 2, 2]), 9, neighbours=1)
    assert [(r.head, r.tail) for r in tied] == [("a", "b")]
    tied = co_occurrences(
        counted(*[[0, 1]] * 2, *[[0, 2]] * 3), "bac", np.array([6, 2, 3]), 12, neighbours=1, min_npmi=0.2
    )
    assert [(r.head, r.tail) for r in tied] == [("b", "c")]


def test_of_equally_close_pairs_the_better_supported_stays() -> None:
    # Both pairs are as frequent as chance would have them.
    pairs = counted(*[[0, 1]] * 2, *[[0, 2]] * 3)
    found = co_occurrences(pairs, "abc", np.array([6, 4, 6]), 12, min_npmi=0.0, neighbours=1)
    assert [(r.head, r.tail, r.confidence, r.support) for r in found] == [("a", "c", 0.0, 3)]


def test_the_closer_pair_stays_though_worse_supported() -> None:
    pairs = counted(*[[0, 1]] * 2, *[[0, 2]] * 3)
    found = co_occurrences(pairs, "abc", np.array([6, 2, 6]), 12, min_npmi=0.0, neighbours=1)
    assert [(r.head, r.tail, r.confidence) for r in found] == [("a", "b", 0.387)]


@pytest.mark.parametrize("names", ["abcdefgh", "zabcdefg"])
def test_few_neighbours_on_either_side(names: str) -> None:
    pairs = counted(*([0, other] for other in range(1, 8) for _ in range(2)))
    papers = np.array([14, *[2] * 7])
    found = co_occurrences(pairs, names, papers, 20, min_npmi=0.0, neighbours=3)
    assert [names[0] in (r.head, r.tail) for r in found] == [True] * 3


def test_what_is_in_every_paper_goes_with_nothing() -> None:
    pairs = counted(*[[0, 1]] * 4)
    assert co_occurrences(pairs, "ab", np.array([4, 4]), 4, min_npmi=0.1) == []
    (kept,) = co_occurrences(pairs, "ab", np.array([4, 4]), 4, min_npmi=0.0)
    assert kept.confidence == 0.0
    assert co_occurrences(counted([0, 1]), "ab", np.array([1, 1]), 1, min_papers=1, min_npmi=-1.0) == []
    (always,) = co_occurrences(pairs, "ab", np.array([4, 4]), 8)
    assert always.confidence == 1.0


def test_the_least_numbers_are_inclusive() -> None:
    pairs = counted([0, 1], [0, 1], [0, 1])
    papers = np.array([6, 6])
    value = math.log((3 / 20) / (6 / 20 * 6 / 20)) / -math.log(3 / 20)
    assert [r.confidence for r in co_occurrences(pairs, "ab", papers, 20, min_npmi=0.25)] == [round(value, 3)]
    assert co_occurrences(pairs, "ab", papers, 20) == []
    assert len(co_occurrences(pairs, "ab", papers, 20, min_npmi=0.25, min_papers=3)) == 1
    assert co_occurrences(pairs, "ab", papers, 20, min_npmi=0.25, min_papers=4) == []
    assert co_occurrences(counted(), "ab", papers, 20) == []
    assert co_occurrences(counted([0, 1]), "ab", papers, 20, min_npmi=-1.0) == []


def said(paper: str, start: int, sure: float, field: str = "abstract") -> Statement:
    return Statement(paper, Span(field, start, start + 5), sure)


def test_papers_add_up_by_noisy_or_with_one_statement_each() -> None:
    found = relations(
        [
            ("b", USED_FOR, "a", said("q", 0, 0.5)),
            ("b", USED_FOR, "a", said("p", 9, 0.25)),
            ("b", USED_FOR, "a", said("p", 0, 0.3333)),
            ("b", USED_FOR, "a", said("p", 0, 0.1, "title")),
            ("a", USED_FOR, "a", said("p", 0, 0.9)),
        ]
    )
    (one,) = found
    assert (one.head, one.tail, one.support, one.confidence) == ("b", "a", 2, 0.667)
    assert [(s.paper, s.sentence.field, s.sentence.start) for s in one.statements] == [
        ("p", "title", 0),
        ("p", "abstract", 0),
        ("p", "abstract", 9),
        ("q", "abstract", 0),
    ]


def test_only_comparison_has_no_direction() -> None:
    statements = [
        (head, kind, tail, said("p", 0, 0.5))
        for kind in RelationType
        for head, tail in (("a", "b"), ("b", "a"))
        if kind is not IS_A
    ]
    found = {(r.head, r.relation, r.tail) for r in relations(statements)}
    assert {kind for head, kind, _ in found if head == "b"} == set(RelationType) - {
        IS_A,
        RelationType.COMPARED_WITH,
    }
    assert {kind for head, kind, _ in found if head == "a"} == set(RelationType) - {IS_A}


def test_what_a_person_decides_is_certain_and_keeps_its_statements() -> None:
    statements = [
        ("a", IS_A, "b", said("p", 0, 0.5)),
        ("a", USED_FOR, "b", said("p", 0, 0.5)),
        ("c", IS_A, "d", said("p", 0, 0.5)),
    ]
    found = relations(statements, [("a", "b"), ("b", "e"), ("f", "f"), ("d", "c")])
    assert [(r.head, r.relation, r.tail, r.confidence, r.support, len(r.statements)) for r in found] == [
        ("a", IS_A, "b", 1.0, 1, 1),
        ("a", USED_FOR, "b", 0.5, 1, 1),
        ("b", IS_A, "e", 1.0, 0, 0),
        ("d", IS_A, "c", 1.0, 0, 0),
    ]


def test_of_equal_edges_of_a_cycle_the_worse_supported_goes_then_the_last() -> None:
    def edge(head: str, tail: str, sure: float, support: int) -> Relation:
        return Relation(head, IS_A, tail, sure, support)

    kept = acyclic([edge("a", "b", 0.5, 1), edge("b", "a", 0.5, 2), Relation("x", USED_FOR, "a", 0.5, 1)])
    assert [(r.head, r.tail) for r in kept] == [("b", "a"), ("x", "a")]
    kept = acyclic([edge("a", "b", 0.6, 1), edge("b", "a", 0.5, 9)])
    assert [(r.head, r.tail) for r in kept] == [("a", "b")]
    kept = acyclic([edge("b", "a", 0.5, 1), edge("a", "b", 0.5, 1)])
    assert [(r.head, r.tail) for r in kept] == [("a", "b")]
    stays = [*(edge(a, b, 0.5, 1) for a, b in ("ab", "ba")), Relation("b", USED_FOR, "a", 0.1, 1)]
    assert [(r.head, r.relation, r.tail) for r in acyclic(stays)] == [("a", IS_A, "b"), ("b", USED_FOR, "a")]
