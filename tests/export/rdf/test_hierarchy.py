from __future__ import annotations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.rdf.hierarchy import Hierarchy
from kg.model import Relation, RelationType

NAMES = st.sampled_from("abcdef")
EDGES = st.lists(
    st.tuples(NAMES, NAMES, st.sampled_from([0.2, 0.5, 0.9])), max_size=25, unique_by=lambda e: e[:2]
)


def relations(edges: list[tuple[str, str, float]]) -> list[Relation]:
    return [Relation(head, RelationType.IS_A, tail, confidence, 1) for head, tail, confidence in edges]


@settings(deadline=None)
@given(EDGES, st.randoms())
def test_no_cycle_whatever_the_order(edges: list[tuple[str, str, float]], random) -> None:  # type: ignore[no-untyped-def]
    one = Hierarchy(relations(edges))
    kept = {(h, t) for h, t, _ in edges if one.holds(h, t)}
    graph = nx.DiGraph(kept)
    assert nx.is_directed_acyclic_graph(graph)
    random.shuffle(edges)
    other = Hierarchy(relations(edges))
    assert kept == {(h, t) for h, t, _ in edges if other.holds(h, t)}
    for head, tail, _ in edges:
        if (head, tail) not in kept:
            assert head == tail or nx.has_path(graph, tail, head), "left out without need"


@settings(deadline=None)
@given(EDGES)
def test_connected_and_top(edges: list[tuple[str, str, float]]) -> None:
    hierarchy = Hierarchy(relations(edges))
    graph = nx.DiGraph((h, t) for h, t, _ in edges if hierarchy.holds(h, t))
    for one in graph:
        assert hierarchy.is_top(one) == (graph.out_degree(one) == 0)
        for other in graph:
            expected = one != other and (nx.has_path(graph, one, other) or nx.has_path(graph, other, one))
            assert hierarchy.connected(one, other) == expected


def test_the_better_supported_statement_stands() -> None:
    weak = Relation("a", RelationType.IS_A, "b", 0.5, 1)
    strong = Relation("b", RelationType.IS_A, "a", 0.5, 3)
    hierarchy = Hierarchy([weak, strong])
    assert hierarchy.holds("b", "a")
    assert not hierarchy.holds("a", "b")
