"""What came, went and changed, each by its id."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.graph.answers import Change
from kg.graph.difference import difference
from kg.model import Alias, Concept, ConceptType, Link, Paper, Relation, RelationType, Role, Rule

NAMES = st.sets(st.sampled_from("abcdef"))


def changes(old: KnowledgeGraph, new: KnowledgeGraph) -> list[Change]:
    return list(difference(old.store, new.store))


@given(NAMES, NAMES)
def test_what_only_one_has_came_or_went(before: set[str], after: set[str]) -> None:
    old, new = (
        KnowledgeGraph.from_parts(papers=[Paper(n, n.upper()) for n in side]) for side in (before, after)
    )
    assert changes(old, new) == [
        Change("paper", "went" if n in before else "came", n, n.upper()) for n in sorted(before ^ after)
    ]
    assert changes(new, new) == []


def test_every_field_of_a_paper_says_from_and_to() -> None:
    old = KnowledgeGraph.from_parts(papers=[Paper("p", "Old", "A", "2020", doi="10.1/a", venue="V")])
    new = KnowledgeGraph.from_parts(papers=[Paper("p", "New", "B", "2021-02", arxiv="2101.1", venue="W")])
    assert changes(old, new) == [
        Change(
            "paper",
            "changed",
            "p",
            "New",
            "title: Old → New; date: 2020 → 2021-02; abstract: A → B; doi: 10.1/a → nothing;"
            " arxiv: nothing → 2101.1; venue: V → W",
        )
    ]


def test_a_long_text_is_cut() -> None:
    old, new = (
        KnowledgeGraph.from_parts(papers=[Paper("p", "T", abstract)]) for abstract in ("x" * 60, "y" * 61)
    )
    (change,) = changes(old, new)
    assert change.detail == f"abstract: {'x' * 60} → {'y' * 59}…"


def test_concepts_links_and_relations() -> None:
    wren = Alias("wren", Rule.LABEL, 1, "p")
    old = KnowledgeGraph.from_parts(
        concepts=[
            Concept("owl", "owl", ConceptType.METHOD, papers=1),
            Concept("wren", "wren", ConceptType.METHOD, (wren,), papers=1),
        ],
        links=[Link("p", "owl", Role.USES, 0.5, 1.0, 1), Link("p", "wren", Role.USES, 0.5, 1.0, 1)],
        relations=[Relation("owl", RelationType.IS_A, "wren", 0.5, 1)],
    )
    new = KnowledgeGraph.from_parts(
        concepts=[
            Concept("wren", "Wren", ConceptType.TASK, (Alias("Jenny", Rule.CURATION), wren), papers=2),
        ],
        links=[Link("p", "wren", Role.PROPOSES, 0.75, 0.1, 3), Link("q", "wren", Role.USES, 0.5, 1.0, 1)],
        relations=[
            Relation("owl", RelationType.IS_A, "wren", 0.75, 2),
            Relation("owl", RelationType.PART_OF, "wren", 0.5, 1),
        ],
    )
    assert changes(old, new) == [
        Change("concept", "went", "owl", "owl"),
        Change(
            "concept",
            "changed",
            "wren",
            "Wren",
            "label: wren → Wren; type: Method → Task; papers: 1 → 2; aliases: wren → Jenny | wren",
        ),
        Change("link", "went", "p owl", "owl"),
        Change("link", "changed", "p wren", "wren", "role: uses → proposes; confidence: 0.5 → 0.75"),
        Change("link", "came", "q wren", "wren"),
        Change("relation", "changed", "owl is_a wren", "wren", "confidence: 0.5 → 0.75; support: 1 → 2"),
        Change("relation", "came", "owl part_of wren", "wren"),
    ]
