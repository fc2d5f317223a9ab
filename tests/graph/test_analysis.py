"""Search, ways, likeness, time, structure, comparison, explanation and health on a small graph."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.graph import KnowledgeGraph
from kg.graph.likeness import npmi
from kg.graph.search import match_expression
from tests.graph import small


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return small.graph()


def test_search_finds_papers_and_concepts(graph: KnowledgeGraph) -> None:
    hits = graph.search("birdsong recog")
    assert {(h.kind, h.id) for h in hits} == {
        ("concept", "birdsong-recognition"),
        ("paper", "p2"),
        ("paper", "p3"),
    }
    assert [h.id for h in graph.search("SPW")] == ["sparrow"]


@given(st.text())
def test_any_text_is_safe_to_search(words: str) -> None:
    GRAPH.search(words)


GRAPH = small.graph()


def test_no_syntax_of_the_index_is_left() -> None:
    assert match_expression("title:x OR (y* NEAR z)") == '"title" "x" "OR" "y" "NEAR" "z"*'


def test_neighbors(graph: KnowledgeGraph) -> None:
    found = {(n.kind, n.id, n.relation, n.direction) for n in graph.neighbors("Sparrow")}
    assert ("concept", "birdsong-recognition", "used_for", "out") in found
    assert ("paper", "p1", "proposes", "in") in found
    assert [n.id for n in graph.neighbors("Sparrow", relation="is_a")] == ["big-model"]


def test_path_says_through_what(graph: KnowledgeGraph) -> None:
    (path,) = graph.path("Nest", "birdsong recognition")
    assert str(path) == (
        "Nest ←evaluates_on— Sparrow: gentle tuning —proposes→ Sparrow —used_for→ birdsong recognition"
    )
    assert len(graph.path("Nest", "birdsong recognition", k=3)) == 3
    assert graph.path("Nest", "tree height") == []


def test_related_has_a_support_floor(graph: KnowledgeGraph) -> None:
    assert [r.concept for r in graph.related("Sparrow")] == ["big-model"]
    assert {r.concept for r in graph.related("Sparrow", min_support=1)} >= {"big-model", "nest"}


@given(st.data())
def test_npmi_stays_within_bounds(data: st.DataObject) -> None:
    total = data.draw(st.integers(1, 1000))
    first = data.draw(st.integers(1, total))
    second = data.draw(st.integers(1, total))
    together = data.draw(st.integers(max(0, first + second - total), min(first, second)))
    assert -1 <= npmi(together, first, second, total) <= 1


def test_similar_papers_give_their_reasons(graph: KnowledgeGraph) -> None:
    best = graph.similar_papers("p1")[0]
    assert best.paper == "p2"
    assert set(best.shared) == {"Sparrow", "big model"}


def test_trend_and_introduction(graph: KnowledgeGraph) -> None:
    trend = graph.trend("Sparrow")
    assert trend.papers == ((2020, 1), (2021, 1), (2022, 0), (2023, 0))
    assert trend.first_paper == "p1"
    assert trend.growth == -1.0
    (first,) = graph.introduced_by("Sparrow")
    assert first.paper == "p1"
    assert first.evidence is not None
    assert first.evidence.text == "We propose Sparrow."


def test_communities_hold_each_connected_concept_once(graph: KnowledgeGraph) -> None:
    found = graph.communities(seed=0)
    members = [c for community in found for c in community.concepts]
    assert sorted(members) == ["big-model", "birdsong-recognition", "sparrow"]
    assert found == graph.communities(seed=0)
    assert all(c.name for c in found)


RANDOM = """
import random
import networkx as nx
from kg.graph import KnowledgeGraph
from kg.graph.structure import bridges, central, communities
from tests.graph import small

chance = random.Random(0)
graph = nx.Graph()
for n in range(1500):
    graph.add_node(f"c{n}", label=f"c{n}", type="Method", papers=chance.randrange(9))
for _ in range(1500):
    a, b = chance.sample(range(600), 2)
    graph.add_edge(f"c{a}", f"c{b}", weight=chance.choice((0.3, 1.0, 1.7)))
found = communities(small.graph().store, graph)
print([(one.name, one.concepts) for one in found], central(graph), bridges(graph, found))
"""


def test_the_same_seed_gives_the_same_communities_in_every_process() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", RANDOM],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in "012"
    }
    assert len(said) == 1


def test_pagerank_agrees_with_a_chain_worked_by_hand() -> None:
    import networkx as nx

    from kg.graph.structure import central

    chain = nx.Graph()
    for name in "abc":
        chain.add_node(name, label=name, type="Concept", papers=1)
    chain.add_edge("a", "b", weight=1.0)
    chain.add_edge("b", "c", weight=1.0)
    ranks = {r.concept: r.rank for r in central(chain)}
    # a = 0.05 + 0.85 b/2, b = 0.05 + 0.85 (a + c), a = c
    assert ranks["b"] == pytest.approx(0.135 / 0.2775, abs=1e-5)
    assert ranks["a"] == ranks["c"] == pytest.approx(0.05 + 0.425 * ranks["b"], abs=1e-5)


def test_gaps_are_pairs_that_never_met(graph: KnowledgeGraph) -> None:
    found = graph.gaps(type_a="Dataset", type_b="Task", min_papers=1)
    assert [(g.first, g.second) for g in found] == [("Nest", "birdsong recognition")]
    assert set(found[0].between) == {"Sparrow", "big model"}


def test_compare(graph: KnowledgeGraph) -> None:
    found = graph.compare("Sparrow", "big model")
    assert found.papers_both == ("p1", "p2")
    assert found.relations == ("big model co_occurs_with Sparrow", "Sparrow is_a big model")
    assert set(found.shared) == {"Nest", "birdsong recognition"}


def test_lineage(graph: KnowledgeGraph) -> None:
    assert graph.lineage("Sparrow").kinds == ("big model",)
    assert graph.lineage("big model").variants == ("Sparrow",)
    assert graph.lineage("big model").built_on == (("Sparrow", "p1"),)


def test_explain_covers_every_alias(graph: KnowledgeGraph) -> None:
    for concept in graph.iter_concepts():
        names = {r.name for r in graph.explain(concept).reasons}
        assert names == {a.name for a in concept.aliases}
    told = str(graph.explain("SPW"))
    assert told.splitlines()[1].strip().startswith("'SPW' is an abbreviation")


def test_explain_shows_where_it_is_written(graph: KnowledgeGraph) -> None:
    reason = next(r for r in graph.explain("big-model").reasons if r.name == "BM")
    assert reason.evidence is not None
    assert "(BM)" in reason.evidence.text


def test_findings_name_what_is_wrong_and_what_settles_it(graph: KnowledgeGraph) -> None:
    found = {(f.kind, f.subject) for f in graph.findings()}
    assert ("paper without concepts", "p4") in found
    assert ("abbreviation in conflict", "BM") in found
    assert ("island", "p5") in found
    assert all(f.remedy for f in graph.findings())


def test_views(graph: KnowledgeGraph) -> None:
    assert graph.to_networkx("cooccurrence")["concept:big-model"]["concept:sparrow"]["weight"] == 2
    assert graph.to_networkx("concepts").is_directed()
    assert graph.to_networkx("papers").has_edge("paper:p1", "paper:p2")
    assert graph.to_networkx("bipartite")["paper:p1"]["concept:nest"]["weight"] == 0.4
    with pytest.raises(ValueError, match="no view is called 'x'"):
        graph.to_networkx("x")
    copy = graph.to_networkx()
    copy.clear()
    assert len(graph.nx)


def test_cypher(graph: KnowledgeGraph) -> None:
    found = graph.cypher('MATCH (p)-[r]->(c) WHERE r.role = "proposes" RETURN p.title, c.label')
    assert found == [{"p.title": "Sparrow: gentle tuning", "c.label": "Sparrow"}]
    assert graph.cypher("MATCH (p:Paper)-[:proposes]->(c:Method) RETURN p.title, c.label") == found
    with pytest.raises(QueryError, match="mistake"):
        graph.cypher("MATCH (p RETURN p")


@pytest.mark.parametrize("text", ["'Sparrow'", '"Sparrow"'])
def test_cypher_takes_both_quotes_and_gives_plain_values(graph: KnowledgeGraph, text: str) -> None:
    found = graph.cypher(f"MATCH (p)-[r:proposes]->(c) WHERE c.label = {text} RETURN p.title, c, r")
    assert [row["p.title"] for row in found] == ["Sparrow: gentle tuning"]
    assert "__labels__" not in repr(found)
    assert found[0]["c"] == graph.nx.nodes["concept:sparrow"]
    assert not any("__labels__" in data for _, data in graph.nx.nodes(data=True))


@given(words=st.text())
def test_a_quoted_word_is_only_a_word(graph: KnowledgeGraph, words: str) -> None:
    escaped = words.replace("\\", "\\\\").replace("'", "\\'")
    try:
        found = graph.cypher(f"MATCH (p:Paper) WHERE p.title = '{escaped}' RETURN p.title")
    except QueryError:
        return  # a line's end inside a string
    assert len(found) == sum(p.title == words for p in graph.papers())
