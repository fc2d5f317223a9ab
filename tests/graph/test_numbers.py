"""Numbers of the analyses, each held against one worked out by hand."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.graph.answers import Bridge, Community
from kg.graph.community_names import Candidate, name
from kg.graph.likeness import npmi
from kg.graph.structure import bridges, central, communities, concept_network
from kg.model import Alias, Concept, ConceptType, Link, Paper, Relation, RelationType, Role, Rule, Source
from tests.graph import small

METHOD, TASK, DATASET = ConceptType.METHOD, ConceptType.TASK, ConceptType.DATASET


def made(
    papers: dict[str, str],
    kinds: dict[str, ConceptType] | None = None,
    dates: dict[str, str] | None = None,
    relations: tuple[Relation, ...] = (),
) -> KnowledgeGraph:
    """A graph of papers by id, each with the letters that are its concepts."""
    letters = sorted({c for held in papers.values() for c in held} | set(kinds or ()))
    return KnowledgeGraph.from_parts(
        papers=[Paper(p, f"Title {p}", date=(dates or {}).get(p)) for p in papers],
        concepts=[
            Concept(
                c,
                c.upper(),
                (kinds or {}).get(c, METHOD),
                papers=sum(c in held for held in papers.values()),
            )
            for c in letters
        ],
        links=[Link(p, c, Role.USES, 0.5, 0.5, 1) for p, held in papers.items() for c in held],
        relations=relations,
    )


# What goes with what.


def test_npmi_by_hand() -> None:
    assert npmi(2, 4, 5, 20) == round(math.log((2 / 20) / (4 / 20 * 5 / 20)) / -math.log(2 / 20), 3) == 0.301
    assert npmi(0, 4, 5, 20) == -1.0
    assert npmi(20, 20, 20, 20) == npmi(1, 1, 1, 1) == 1.0
    assert str(npmi(4, 10, 8, 20)) == "0.0"


SHARED = {"1": "abd", "2": "abd", "3": "ac", "4": "bcd", "5": "e", "6": "e", "7": "d", "8": "ac"}


def test_related_are_ordered_by_npmi_then_support() -> None:
    graph = made(SHARED)
    found = graph.related("a", min_support=1)
    assert [(r.concept, r.label, r.type, r.npmi, r.support) for r in found] == [
        ("b", "B", METHOD, npmi(2, 4, 3, 8), 2),
        ("c", "C", METHOD, npmi(2, 4, 3, 8), 2),
    ]
    assert [r.concept for r in graph.related("b")] == ["d", "a"]
    assert [r.concept for r in graph.related("b", limit=1)] == ["d"]
    assert graph.related("b", min_support=4) == []
    assert [r.concept for r in graph.related("b", min_support=3)] == ["d"]


def test_similar_papers_by_hand() -> None:
    graph = made({"1": "ab", "2": "ab", "3": "ac", "4": "d", "5": "d"})
    rarity = {c: math.log(6 / (1 + n)) for c, n in {"a": 3, "b": 2, "c": 1}.items()}
    length = {p: math.sqrt(sum(rarity[c] ** 2 for c in held)) for p, held in (("1", "ab"), ("3", "ac"))}
    found = graph.similar_papers("1")
    assert [(s.paper, s.title, s.shared) for s in found] == [
        ("2", "Title 2", ("B", "A")),
        ("3", "Title 3", ("A",)),
    ]
    assert found[0].score == 1.0
    assert found[1].score == round(rarity["a"] ** 2 / (length["1"] * length["3"]), 3)
    assert [s.paper for s in graph.similar_papers("1", limit=1)] == ["2"]
    assert graph.similar_papers("5")[0].paper == "4"


# Over time.


@pytest.mark.parametrize(
    ("own", "growth"),
    [
        ({2020: 1, 2021: 1, 2022: 2, 2023: 2}, 1.0),
        ({2020: 2, 2021: 1, 2022: 1, 2023: 0}, -0.667),
        ({2022: 1, 2023: 1}, None),
        ({2021: 1}, -1.0),
        ({2018: 1, 2020: 1, 2023: 1}, 0.0),
    ],
)
def test_growth_compares_two_years_with_two(own: dict[int, int], growth: float | None) -> None:
    papers, dates = {}, {}
    for year in range(2018, 2024):
        for number in range(3):
            papers[f"{year}-{number}"] = "x" if number < own.get(year, 0) else "y"
            dates[f"{year}-{number}"] = f"{year}-0{number + 1}"
    trend = made(papers, dates=dates).trend("x")
    assert trend.growth == growth
    assert trend.papers == tuple((y, own.get(y, 0)) for y in range(min(own), 2024))
    assert trend.share == tuple((y, round(own.get(y, 0) / 3, 4)) for y in range(min(own), 2024))
    assert trend.first_paper == f"{min(own)}-0"


def test_growth_is_of_the_share_of_all_papers() -> None:
    # One of two papers, then one of eight.
    years = ["2020", "2021", *["2022"] * 3, *["2023"] * 5]
    dates = {f"{n:02}": year for n, year in enumerate(years)}
    held = {p: "x" if p in ("00", "02") else "y" for p in dates}
    assert made(held, dates=dates).trend("x").growth == -0.75


def test_a_trend_of_few_years_and_undated_papers() -> None:
    graph = made({"1": "x", "2": "x", "3": "y", "4": "z"}, dates={"1": "2020", "3": "2021"})
    trend = graph.trend("x")
    assert (trend.concept, trend.label) == ("x", "X")
    assert trend.papers == ((2020, 1), (2021, 0))
    assert trend.undated == 1
    assert trend.growth is None
    never = graph.trend("z")
    assert (never.papers, never.share, never.first_paper, never.undated) == ((), (), None, 1)
    assert made({"1": "x"}).trend("x").growth is None


def test_introductions_come_by_date_with_the_deciding_sentence() -> None:
    graph = KnowledgeGraph.from_parts(
        papers=[Paper("a", "A"), Paper("b", "B", date="2021"), Paper("c", "C", date="2020")],
        concepts=[Concept("x", "x", METHOD)],
        links=[Link(p, "x", Role.PROPOSES, n / 10, 0.5, 1) for n, p in enumerate("abc", 1)],
    )
    assert [(i.paper, i.title, i.date, i.confidence, i.evidence) for i in graph.introduced_by("x")] == [
        ("c", "C", "2020", 0.3, None),
        ("b", "B", "2021", 0.2, None),
        ("a", "A", None, 0.1, None),
    ]


# Projections.


def test_papers_are_joined_by_the_rarity_of_what_they_share() -> None:
    view = made({"1": "abz", "2": "abz", "3": "az", "4": "z"}, dates={"1": "2020"}).to_networkx("papers")
    edges = {(a, b): w for a, b, w in view.edges(data="weight")}
    assert edges == {
        ("paper:1", "paper:2"): round(round(math.log(4 / 3), 3) + math.log(2), 3),
        ("paper:1", "paper:3"): round(math.log(4 / 3), 3),
        ("paper:2", "paper:3"): round(math.log(4 / 3), 3),
    }
    assert view.nodes["paper:1"] == {"kind": "paper", "label": "Title 1", "bipartite": 0, "year": 2020}
    assert view.nodes["paper:4"] == {"kind": "paper", "label": "Title 4", "bipartite": 0}
    assert list(view) == [f"paper:{n}" for n in "1234"]


def test_a_concept_of_no_counted_paper_joins_none() -> None:
    graph = KnowledgeGraph.from_parts(
        papers=[Paper(p, p) for p in "pq"],
        concepts=[Concept("x", "x", METHOD, papers=0)],
        links=[Link(p, "x", Role.USES, 0.5, 0.5, 1) for p in "pq"],
    )
    assert graph.to_networkx("papers").number_of_edges() == 0


def test_views_of_concepts_have_a_least_support() -> None:
    relations = (
        Relation("a", RelationType.IS_A, "b", 0.5, 1),
        Relation("a", RelationType.USED_FOR, "b", 0.5, 2),
        Relation("b", RelationType.USED_FOR, "a", 0.5, 1),
        Relation("a", RelationType.CO_OCCURS_WITH, "c", 0.5, 9),
    )
    graph = made({"1": "abc", "2": "ab", "3": "b"}, relations=relations)
    stated = graph.to_networkx("concepts")
    assert dict(stated.edges) == {
        ("concept:a", "concept:b"): {"weight": 3},
        ("concept:b", "concept:a"): {"weight": 1},
    }
    assert list(graph.to_networkx("concepts", min_support=2).edges) == [("concept:a", "concept:b")]
    assert list(graph.to_networkx("concepts", min_support=3).edges) == [("concept:a", "concept:b")]
    together = graph.to_networkx("cooccurrence")
    assert {(a, b): w for a, b, w in together.edges(data="weight")} == {
        ("concept:a", "concept:b"): 2,
        ("concept:a", "concept:c"): 1,
        ("concept:b", "concept:c"): 1,
    }
    assert list(graph.to_networkx("cooccurrence", min_support=2).edges) == [("concept:a", "concept:b")]
    for view in (stated, together):
        assert list(view) == ["concept:a", "concept:b", "concept:c"]
        assert view.nodes["concept:b"] == {
            "kind": "concept",
            "label": "B",
            "type": "Method",
            "papers": 3,
            "bipartite": 1,
        }
    both = graph.to_networkx("bipartite")
    assert len(both) == 6
    assert both.number_of_edges() == 6
    assert {data["bipartite"] for _, data in both.nodes(data=True)} == {0, 1}
    assert not both.is_directed()
    assert graph.to_networkx().is_multigraph()


# The shape of the whole.


def test_the_network_of_concepts_adds_weights() -> None:
    relations = (
        Relation("a", RelationType.IS_A, "b", 0.5, 2),
        Relation("b", RelationType.USED_FOR, "a", 0.1, 1),
        Relation("a", RelationType.CO_OCCURS_WITH, "b", 0.25, 3),
        Relation("b", RelationType.CO_OCCURS_WITH, "c", 0.3333, 2),
    )
    found = concept_network(made({"1": "abc"}, relations=relations).store)
    assert {(a, b): w for a, b, w in found.edges(data="weight")} == {("a", "b"): 3.75, ("b", "c"): 0.667}
    assert found.nodes["a"] == {"label": "A", "type": "Method", "papers": 1}


def triangles() -> nx.Graph:
    """Two triangles joined by one edge, and a node by itself."""
    graph = nx.Graph()
    for number, letter in enumerate("abcdefg"):
        graph.add_node(letter, label=letter.upper(), type="Method", papers=number + 2)
    for one, other in ("ab", "bc", "ca", "de", "ef", "fd"):
        graph.add_edge(one, other, weight=2.0)
    graph.add_edge("c", "d", weight=1.0)
    return graph


def test_communities_of_two_triangles() -> None:
    store = KnowledgeGraph.from_parts(
        papers=[Paper(p, p) for p in "pqrst"],
        links=[
            Link("p", "a", Role.USES, 0.5, 0.4, 1),
            Link("p", "d", Role.USES, 0.5, 0.3, 1),
            Link("p", "b", Role.USES, 0.5, 0.1, 1),
            Link("q", "d", Role.USES, 0.5, 0.2, 1),
            Link("r", "a", Role.USES, 0.5, 0.5, 1),
            Link("r", "e", Role.USES, 0.5, 0.5, 1),
            Link("s", "g", Role.USES, 0.5, 0.9, 1),
            Link("t", "a", Role.USES, 0.5, 0.1, 1),
            Link("t", "f", Role.USES, 0.5, 0.2, 1),
        ],
    ).store
    first, second = communities(store, triangles())
    assert (first.number, first.concepts, first.papers) == (0, ("a", "b", "c"), ("p", "r"))
    assert (second.number, second.concepts, second.papers) == (1, ("d", "e", "f"), ("q", "t"))
    assert first.name.split(" · ")[0] in {"A", "B", "C"}
    assert len(first.name.split(" · ")) == 3
    (whole,) = communities(store, triangles(), resolution=0.01)
    assert len(whole.concepts) == 6
    assert len(communities(store, triangles(), resolution=20.0)) == 6


def test_bridges_by_hand() -> None:
    graph = triangles()
    parts = [
        Community(number, called, tuple(concepts), ())
        for number, called, concepts in ((0, "left", "abc"), (1, "right", "def"))
    ]
    found = bridges(graph, parts)
    share = round(1 - (4 / 5) ** 2 - (1 / 5) ** 2, 3)
    assert found == [
        Bridge("c", "C", share, ("left", "right")),
        Bridge("d", "D", share, ("right", "left")),
    ]
    assert bridges(graph, parts, limit=1) == found[:1]
    graph.add_edge("f", "a", weight=3.0)
    weighty = [b.concept for b in bridges(graph, parts)]
    assert weighty == ["a", "f", "c", "d"]


def test_rank_flows_along_weights_and_nothing_is_lost() -> None:
    graph = triangles()
    found = central(graph)
    assert sum(r.rank for r in found) == pytest.approx(1, abs=1e-5)
    # rank = 0.15 / n + 0.85 flow, where the node by itself gives to all alike
    flow = np.array([[graph.get_edge_data(a, b, {"weight": 0.0})["weight"] for a in graph] for b in graph])
    flow[:, -1] = 1.0
    expected = np.linalg.solve(np.eye(7) - 0.85 * flow / flow.sum(axis=0), np.full(7, 0.15 / 7))
    assert {r.concept: r.rank for r in found} == pytest.approx(
        dict(zip(graph, expected, strict=True)), abs=2e-6
    )
    assert [r.concept for r in found] == ["c", "d", "a", "b", "e", "f", "g"]
    assert [(r.label, r.type, r.papers) for r in found[:2]] == [("C", METHOD, 4), ("D", METHOD, 5)]
    assert central(graph, limit=3) == found[:3]
    assert all(r.rank == round(r.rank, 6) for r in found)
    assert central(nx.Graph()) == []
    lonely = nx.Graph()
    lonely.add_node("a", label="A", type="Task", papers=1)
    assert [(r.rank, r.type) for r in central(lonely)] == [(1.0, TASK)]


def test_the_largest_community_comes_first_and_of_equals_the_first_by_name() -> None:
    graph = nx.Graph()
    for node in "abcdwxyz":
        graph.add_node(node, label=node, type="Method", papers=2)
    for pair in ("ab", "cd", "wx", "xy", "yw"):
        graph.add_edge(*pair, weight=1.0)
    found = communities(KnowledgeGraph.from_parts().store, graph)
    assert [c.concepts for c in found] == [("w", "x", "y"), ("a", "b"), ("c", "d")]
    assert [c.number for c in found] == [0, 1, 2]


def test_the_seed_is_the_one_asked_for() -> None:
    ring = [f"{n:02}" for n in range(24)]
    graph = KnowledgeGraph.from_parts(
        concepts=[Concept(c, c, METHOD, papers=2) for c in ring],
        relations=[Relation(ring[n - 1], RelationType.USED_FOR, c, 0.5, 1) for n, c in enumerate(ring)],
    )
    network = concept_network(graph.store)
    several = [communities(graph.store, network, seed=seed) for seed in range(8)]
    assert len({repr(parts) for parts in several}) > 1
    for seed, parts in enumerate(several):
        assert graph.communities(seed=seed) == parts
        assert graph.bridges(seed=seed) == bridges(network, parts)
        assert graph.bridges(seed=seed, limit=1) == bridges(network, parts)[:1]


def test_twenty_rows_are_shown_unless_asked_otherwise() -> None:
    letters = [chr(ord("a") + n) for n in range(23)]
    graph = made(
        {**{f"{n:02}": "Z" + c for n, c in enumerate(letters)}, "x": "Y", "y": "Y", "z": "X"},
        {"Z": TASK},
        relations=tuple(Relation("Z", RelationType.USED_FOR, c, 0.5, 1) for c in letters),
    )
    assert len(graph.central()) == len(central(concept_network(graph.store))) == 20
    assert len(graph.central(limit=21)) == 21
    assert len(graph.related("concept:Z", min_support=1)) == 20
    assert len(graph.similar_papers("00")) == 10
    assert len(graph.compare("concept:Z", "concept:Y").only_first) == 20
    assert len(graph.gaps("Method", "Method", min_papers=1)) == 20
    papers = [Paper(f"p{n:02}", "Wren") for n in range(23)]
    assert len(KnowledgeGraph.from_parts(papers=papers).search("wren")) == 20


def test_the_graph_tells_the_shape_of_its_own_network() -> None:
    graph = small.graph()
    network = concept_network(graph.store)
    assert graph.central() == central(network)
    assert graph.central(limit=2) == central(network)[:2]
    assert [r.concept for r in graph.central(limit=2)] == ["sparrow", "big-model"]
    parts = communities(graph.store, network)
    assert graph.communities() == parts
    assert len(graph.communities(resolution=20.0)) == 3
    apart = communities(graph.store, network, resolution=20.0)
    assert graph.bridges() == bridges(network, parts)
    assert bridges(network, apart) != bridges(network, parts)


PAPERS_OF_GAPS = {
    "1": "mx",
    "2": "mx",
    "3": "tx",
    "4": "tx",
    "5": "my",
    "6": "ty",
    "7": "nt",
    "8": "nz",
    "9": "z",
}


def test_gaps_by_hand() -> None:
    graph = made(PAPERS_OF_GAPS, {"t": TASK})
    found = {(g.first, g.second): g for g in graph.gaps(min_papers=2)}
    assert set(found) == {("M", "T"), ("Z", "T")}
    gap = found["M", "T"]
    # m goes with x twice and with y once, t too, and with n once.
    likeness = round(1.333 * (1 + 5 / math.sqrt(5 * 6)), 2)
    assert (gap.first_papers, gap.second_papers, gap.between) == (3, 4, ("X", "Y"))
    assert gap.expected == round(3 * 4 / 9, 3)
    assert gap.surprise == pytest.approx(likeness, abs=0.01)
    assert found["Z", "T"].between == ("N",)
    assert [g.first for g in graph.gaps(min_papers=2)] == ["M", "Z"]
    assert [g.first for g in graph.gaps(min_papers=3)] == ["M"]
    assert [g.first for g in graph.gaps(min_papers=2, limit=1)] == ["M"]
    assert graph.gaps(min_papers=5) == []
    pairs = {(g.first, g.second) for g in graph.gaps("Method", "Method", min_papers=2)}
    assert pairs == {("M", "N"), ("M", "Z"), ("N", "X"), ("N", "Y"), ("X", "Y"), ("X", "Z"), ("Y", "Z")}


def test_what_goes_with_nothing_is_no_more_surprising() -> None:
    (gap,) = made({"1": "m", "2": "m", "3": "tx", "4": "tx"}, {"t": TASK, "x": DATASET}).gaps(min_papers=2)
    assert (gap.expected, gap.surprise, gap.between) == (1.0, 1.0, ())


def test_a_gap_names_five_between_the_commonest_first() -> None:
    papers = {f"{side}{n}": side + c for side in "mt" for n, c in enumerate("abcdefg")}
    papers |= {f"{side}x": side + "g" for side in "mt"}
    (gap,) = made(papers, {"t": TASK, **dict.fromkeys("abcdefg", DATASET)}).gaps(min_papers=2)
    assert gap.between == ("G", "A", "B", "C", "D")
    assert gap.surprise == round(2 * 8 * 8 / 16, 3)


# What a community is called.


def candidate(
    label: str, papers: int = 4, inside: float = 2.0, total: float = 2.0, kind: ConceptType = METHOD
) -> Candidate:
    return Candidate(label, label, kind, papers, inside, total)


def test_a_community_is_called_by_three_with_no_word_in_common() -> None:
    many = [candidate("tree net", 9), candidate("Tree map", 8), candidate("bush", 7), candidate("fern", 6)]
    assert name(many) == ("tree net", "bush", "fern")
    assert name([*many, candidate("moss", 5)]) == ("tree net", "bush", "fern")
    assert name([candidate("alone", inside=0.0)]) == ()


def test_what_stands_for_a_community() -> None:
    assert name([candidate("a"), candidate("b", kind=TASK)]) == ("b", "a")
    assert name([candidate("b"), candidate("a", kind=DATASET)]) == ("b", "a")
    assert name([candidate("b", kind=DATASET), candidate("a", kind=ConceptType.METRIC)]) == ("b", "a")
    assert name([candidate("b", inside=3.0, total=3.0), candidate("a", inside=3.0, total=9.0)]) == ("b", "a")
    assert name([candidate("b", papers=5), candidate("a")]) == ("b", "a")
    assert name([candidate("b", papers=2), candidate("a", papers=1, inside=9.0, total=9.0)]) == ("b", "a")
    assert name([candidate("b"), candidate("a")]) == ("a", "b")
    assert name([candidate("b", papers=1), candidate("a", papers=0)]) == ("a", "b")


def test_only_the_first_dozen_are_looked_at() -> None:
    crowd = [candidate(f"tree {n:02}", 9) for n in range(11)]
    assert name([*crowd, candidate("wren", 8), candidate("owl", 7)]) == ("tree 00", "wren")


# Side by side.


def test_a_comparison_ranks_what_is_shared() -> None:
    relations = (
        Relation("a", RelationType.CO_OCCURS_WITH, "b", 0.5, 1),
        Relation("b", RelationType.USED_FOR, "a", 0.5, 1),
        Relation("a", RelationType.USED_FOR, "c", 0.5, 1),
    )
    held = {"1": "abx", "2": "ay", "3": "ay", "4": "by", "5": "byz", "6": "aw", "7": "aw", "8": "av"}
    graph = made(held, relations=relations)
    found = graph.compare("a", "b")
    assert (found.first, found.second) == ("A", "B")
    assert (found.papers_both, found.papers_first, found.papers_second) == (("1",), 6, 3)
    assert (found.shared, found.only_first, found.only_second) == (("Y", "X"), ("W", "V"), ("Z",))
    assert found.relations == ("A co_occurs_with B", "B used_for A")
    least = graph.compare("a", "b", limit=1)
    assert (least.shared, least.only_first, least.only_second) == (("Y",), ("W",), ("Z",))


def test_a_family_the_nearest_first() -> None:
    kind, part = RelationType.IS_A, RelationType.PART_OF
    graph = made(
        {"1": "abcdefgh"},
        relations=(
            Relation("a", kind, "b", 0.5, 1),
            Relation("a", kind, "c", 0.5, 2),
            Relation("a", kind, "d", 0.9, 1),
            Relation("c", kind, "e", 0.5, 1),
            Relation("e", kind, "a", 0.5, 1),
            Relation("f", kind, "a", 0.5, 1),
            Relation("a", part, "g", 0.5, 1),
            Relation("g", part, "h", 0.5, 1),
            Relation("h", part, "a", 0.5, 1),
        ),
    )
    found = graph.lineage("a")
    assert (found.concept, found.label) == ("a", "A")
    assert found.kinds == ("C", "D", "B", "E")
    assert found.variants == ("E", "F", "C")
    assert (found.parts, found.wholes) == (("H",), ("G",))
    assert graph.lineage("d").variants[0] == "A"


def test_built_on_are_the_proposals_of_papers_that_use_it() -> None:
    papers = [
        Paper("p", "P"),
        Paper("q", "Q", date="2021"),
        Paper("r", "R", date="2020"),
        Paper("s", "S", date="2019"),
    ]
    links = [
        *(Link(p.id, "a", Role.USES, 0.5, 0.5, 1) for p in papers[:3]),
        Link("s", "a", Role.MENTIONS, 0.5, 0.5, 1),
        *(Link(p.id, c, Role.PROPOSES, 0.5, 0.5, 1) for p, c in zip(papers, "bcdb", strict=True)),
        Link("q", "b", Role.PROPOSES, 0.5, 0.5, 1),
        Link("r", "c", Role.STUDIES, 0.5, 0.5, 1),
    ]
    graph = KnowledgeGraph.from_parts(
        papers=papers, concepts=[Concept(c, c.upper(), METHOD) for c in "abcd"], links=links
    )
    assert graph.lineage("a").built_on == (("D", "r"), ("B", "q"), ("C", "q"), ("B", "p"))


# Ways.


def test_of_two_short_ways_the_surer_and_the_more_telling_goes_first() -> None:
    def relation(head: str, tail: str, sure: float, kind: RelationType = RelationType.USED_FOR) -> Relation:
        return Relation(head, kind, tail, sure, 1)

    together = RelationType.CO_OCCURS_WITH
    graph = made(
        {},
        dict.fromkeys("abcdefxyz", METHOD),
        relations=(
            relation("a", "b", 0.9),
            relation("b", "z", 0.9),
            relation("a", "c", 0.5),
            relation("c", "z", 0.9),
            relation("a", "d", 1.0, together),
            relation("d", "z", 1.0, together),
            relation("a", "a", 1.0),
        ),
    )
    ways = graph.path("a", "z", k=9)
    assert [way.nodes[1] for way in ways] == ["concept:b", "concept:c", "concept:d"]
    assert [len(way.steps) for way in ways] == [2, 2, 2]
    assert [(s.head, s.relation, s.tail, s.forward) for s in ways[0].steps] == [
        ("concept:a", "used_for", "concept:b", True),
        ("concept:b", "used_for", "concept:z", True),
    ]
    assert [s.forward for s in graph.path("z", "a")[0].steps] == [False, False]
    assert len(graph.path("a", "z", k=2)) == 2
    (stay,) = graph.path("a", "a")
    assert (stay.nodes, stay.labels, stay.steps) == (("concept:a",), ("A",), ())
    assert str(stay) == "A"
    assert graph.path("a", "x") == []


def test_the_surest_of_parallel_edges_is_shown_and_hubs_are_avoided() -> None:
    relations = (
        Relation("a", RelationType.CO_OCCURS_WITH, "b", 0.9, 1),
        Relation("a", RelationType.IS_A, "b", 0.6, 1),
        Relation("a", RelationType.USED_FOR, "b", 0.7, 1),
        Relation("b", RelationType.PART_OF, "a", 0.65, 1),
        Relation("a", RelationType.USED_FOR, "c", 0.7, 1),
        Relation("c", RelationType.USED_FOR, "z", 0.7, 1),
        Relation("b", RelationType.USED_FOR, "z", 0.7, 1),
    )
    graph = made({}, dict.fromkeys("abcz", METHOD), relations=relations)
    assert [s.relation for s in graph.path("a", "b")[0].steps] == ["used_for"]
    assert [way.nodes[1] for way in graph.path("a", "z", k=2)] == ["concept:c", "concept:b"]


# Counts.


def test_counts_of_everything() -> None:
    counts = small.graph().stats()
    assert counts == {
        "records": 3,
        "papers": 5,
        "concepts": 6,
        "links": 8,
        "relations": 3,
        "mentions": 11,
        "concepts_by_type": {"Concept": 1, "Dataset": 1, "Method": 3, "Task": 1},
        "links_by_role": {
            "addresses": 2,
            "evaluates_on": 1,
            "mentions": 1,
            "proposes": 1,
            "studies": 1,
            "uses": 2,
        },
        "relations_by_kind": {"co_occurs_with": 1, "is_a": 1, "used_for": 1},
        "papers_by_year": {"2020": 1, "2021": 1, "2023": 2},
        "papers_without_concepts": 1,
    }
    assert list(counts["links_by_role"]) == sorted(counts["links_by_role"])
    assert KnowledgeGraph.from_parts().stats()["records"] == 0
    twice = Paper("p", "P", sources=(Source("a", 1), Source("a", 2)))
    assert KnowledgeGraph.from_parts(papers=[twice]).stats()["records"] == 2
    assert "5 papers, 6 concepts, 8 links, 3 relations" in repr(small.graph())


# Why names are one.


@pytest.mark.parametrize("rule", list(Rule))
def test_each_rule_has_its_sentence(rule: Rule) -> None:
    names = (Alias("x", rule, 1, "p", "as it were"), Alias("y", Rule.LABEL, 2), Alias("z", Rule.LABEL, 0))
    graph = KnowledgeGraph.from_parts(concepts=[Concept("c", "y", METHOD, names)], papers=[Paper("p", "P")])
    reasons = graph.explain("x").reasons
    assert [r.name for r in reasons] == ["x", "y", "z"]
    assert reasons[0].rule is rule
    assert reasons[0].text.startswith("'x' ")
    assert reasons[0].text.endswith("(as it were; written in 1 paper)")
    assert reasons[1].text.endswith("(written in 2 papers)")
    assert reasons[2].text.endswith("(in no paper)")


def test_the_sentence_of_each_rule_is_its_own() -> None:
    names = tuple(Alias(f"n{n}", rule) for n, rule in enumerate(Rule))
    graph = KnowledgeGraph.from_parts(concepts=[Concept("c", "label", METHOD, names)])
    texts = {r.text.partition(" ")[2] for r in graph.explain("concept:c").reasons}
    assert len(texts) == len(Rule)


def test_reasons_come_asked_first_then_label_then_commonest() -> None:
    names = (
        Alias("a", Rule.CASE, 1),
        Alias("b", Rule.CASE, 3),
        Alias("c", Rule.CASE, 3),
        Alias("d", Rule.LABEL, 1),
        Alias("e", Rule.NUMBER, 0),
    )
    graph = KnowledgeGraph.from_parts(
        concepts=[Concept("x", "d", METHOD, names), Concept("y", "y", METHOD, names[:1])]
    )
    assert [r.name for r in graph.explain("e").reasons] == ["e", "d", "b", "c", "a"]
    found = graph.explain("e")
    assert (found.concept, found.label, found.asked) == ("x", "d", "e")
    assert str(found).splitlines()[0] == "'e' is the concept 'd':"
    assert [line[:3] for line in str(found).splitlines()[1:]] == ["  '"] * 5


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_npmi_does_not_mind_which_is_first(first: int, second: int, together: int) -> None:
    together = min(first, second, together)
    assert npmi(together, first, second, 60) == npmi(together, second, first, 60)
