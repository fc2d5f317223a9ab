from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.concepts.cooccurrence import PairCounts, co_occurrences
from kg.concepts.labels import concept_id
from kg.concepts.salience import salience
from kg.concepts.statements import acyclic, relations
from kg.graph import KnowledgeGraph
from kg.model import Relation, RelationType, Span, Statement

EDGES = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.integers(1, 9)).filter(
        lambda e: e[0] != e[1]
    ),
    unique_by=lambda e: e[:2],
    max_size=15,
)


def is_a(edges: list[tuple[str, str, int]]) -> list[Relation]:
    return [Relation(h, RelationType.IS_A, t, c / 10, 1) for h, t, c in sorted(edges)]


@given(EDGES)
def test_no_cycle_is_left_and_every_dropped_edge_would_close_one(edges: list[tuple[str, str, int]]) -> None:
    kept = acyclic(is_a(edges))
    upwards: dict[str, set[str]] = {}
    for r in kept:
        upwards.setdefault(r.head, set()).add(r.tail)

    def above(node: str, seen: frozenset[str] = frozenset()) -> set[str]:
        found: set[str] = set()
        for tail in upwards.get(node, ()):
            assert tail not in seen
            found |= {tail} | above(tail, seen | {node})
        return found

    reach = {node: above(node) for node in "abcde"}
    assert all(node not in reach[node] for node in reach)
    for head, tail, _ in edges:
        if (head, tail) not in {(r.head, r.tail) for r in kept}:
            assert head in reach[tail]


def test_the_weakest_edge_of_a_cycle_goes() -> None:
    kept = acyclic(is_a([("a", "b", 9), ("b", "c", 2), ("c", "a", 5)]))
    assert [(r.head, r.tail) for r in kept] == [("a", "b"), ("c", "a")]


def test_co_occurrence_by_hand() -> None:
    pairs = PairCounts()
    for found in ([0, 1], [0, 1], [0, 2], [2], [1, 2]):
        pairs.add(np.array(found, np.int64))
    relations = co_occurrences(pairs, "abc", np.array([3, 3, 3]), 5, min_npmi=-1.0)
    assert [(r.head, r.tail, r.support) for r in relations] == [("a", "b", 2)]
    expected = np.log((2 / 5) / (3 / 5 * 3 / 5)) / -np.log(2 / 5)
    assert relations[0].confidence == pytest.approx(expected, abs=5e-4)


def test_co_occurrence_keeps_few_neighbours() -> None:
    pairs = PairCounts()
    for other in range(1, 8):
        for _ in range(2):
            pairs.add(np.array([0, other], np.int64))
    papers = np.array([14, *[2] * 7])
    relations = co_occurrences(pairs, "abcdefgh", papers, 20, min_npmi=0.0, neighbours=3)
    assert len(relations) == 3


@given(st.text(min_size=1, max_size=120), st.text(min_size=1, max_size=120))
def test_different_keys_have_different_ids(a: str, b: str) -> None:
    assert (concept_id(a) == concept_id(b)) == (a == b)


@given(st.booleans(), st.integers(1, 50), st.floats(0, 1), st.integers(1, 100))
def test_salience_is_a_share(in_title: bool, mentions: int, position: float, papers: int) -> None:
    value = salience(in_title=in_title, mentions=mentions, position=position, papers=papers, total=100)
    assert 0.0 <= value <= 1.0
    assert value <= salience(in_title=True, mentions=mentions, position=position, papers=papers, total=100)


@given(st.permutations([(0.4, None), (0.9, 30), (0.9, 12), (0.7, 3)]))
def test_of_what_one_sentence_says_twice_the_surest_stays(said: list[tuple[float, int | None]]) -> None:
    sentence = Span("abstract", 0, 50)
    statements = [
        Statement("p", sentence, sure, None if cue is None else Span("abstract", cue, cue + 4))
        for sure, cue in said
    ]
    (one,) = relations([("a", RelationType.USED_FOR, "b", s) for s in statements])
    assert one.statements == (Statement("p", sentence, 0.9, Span("abstract", 12, 16)),)
    assert (one.confidence, one.support) == (0.9, 1)
    graph = KnowledgeGraph.from_parts(relations=[Relation("a", one.relation, "b", 0.9, 1, tuple(statements))])
    assert [s.confidence for s in next(graph.iter_relations()).statements] == [0.9]
