"""Look-ups by condition: each condition alone and together, and the order of what is found."""

from __future__ import annotations

import pytest

from kg.errors import ConceptNotFound, PaperNotFound
from kg.graph import KnowledgeGraph
from kg.model import (
    Concept,
    ConceptType,
    Link,
    Mention,
    Paper,
    Relation,
    RelationType,
    Role,
    Span,
    Statement,
)
from tests.graph import small


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return small.graph()


def test_papers_come_by_date_the_undated_first(graph: KnowledgeGraph) -> None:
    assert [p.id for p in graph.papers()] == ["p4", "p1", "p2", "p5", "p3"]
    assert [p.id for p in graph.papers(since=2021)] == ["p2", "p5", "p3"]
    assert [p.id for p in graph.papers(until=2021)] == ["p1", "p2"]
    assert [p.id for p in graph.papers(since=2021, until=2021)] == ["p2"]
    assert [p.id for p in graph.papers(year=2023)] == ["p5", "p3"]
    assert [p.id for p in graph.papers(year=2023, concept="tree height")] == ["p5"]


def test_papers_by_the_words_in_them(graph: KnowledgeGraph) -> None:
    assert [p.id for p in graph.papers(text="songs")] == ["p3"]
    assert [p.id for p in graph.papers(text="sparrow birdsong")] == ["p2"]
    assert [p.id for p in graph.papers(text="sparrow", since=2021)] == ["p2"]
    assert graph.papers(text="…") == []


def test_the_least_confidence_is_inclusive(graph: KnowledgeGraph) -> None:
    assert [p.id for p in graph.papers(concept="Sparrow", min_confidence=0.8)] == ["p1", "p2"]
    assert [p.id for p in graph.papers(role="uses", min_confidence=0.75)] == ["p2"]
    assert [p.id for p in graph.papers(role="uses", concept="Sparrow", min_confidence=0.85)] == []
    assert [x.paper for x in graph.links(concept="Sparrow", min_confidence=0.9)] == ["p1"]
    assert len(graph.relations(min_confidence=0.6)) == 2
    assert {n.id for n in graph.neighbors("Sparrow", min_confidence=0.8)} == {
        "p1",
        "p2",
        "birdsong-recognition",
    }


def test_concepts_come_by_frequency_or_by_salience(graph: KnowledgeGraph) -> None:
    assert [c.id for c in graph.concepts()] == [
        "big-model",
        "birdsong-recognition",
        "sparrow",
        "nest",
        "tree-height",
        "boltzmann-machine",
    ]
    assert [c.id for c in graph.concepts(type="Method", min_papers=1)] == ["big-model", "sparrow"]
    assert [c.id for c in graph.concepts(type=ConceptType.METHOD, min_papers=2, paper="p2")] == [
        "sparrow",
        "big-model",
    ]
    assert graph.concepts(paper="p4") == []


def test_links_by_condition(graph: KnowledgeGraph) -> None:
    def found(**conditions: str) -> list[tuple[str, str]]:
        return [(x.paper, x.concept) for x in graph.links(**conditions)]  # type: ignore[arg-type]

    assert found(paper="p2") == [("p2", "big-model"), ("p2", "birdsong-recognition"), ("p2", "sparrow")]
    assert found(concept="big model") == [("p1", "big-model"), ("p2", "big-model")]
    assert found(concept="big model", role="mentions") == [("p2", "big-model")]
    assert found(paper="p1", concept="Nest", role=Role.EVALUATES_ON) == [("p1", "nest")]
    assert len(found()) == len(small.LINKS)


def test_relations_by_condition(graph: KnowledgeGraph) -> None:
    def found(**conditions: object) -> list[tuple[str, str, str]]:
        return [(r.head, r.relation, r.tail) for r in graph.relations(**conditions)]  # type: ignore[arg-type]

    together = ("big-model", "co_occurs_with", "sparrow")
    kind, use = ("sparrow", "is_a", "big-model"), ("sparrow", "used_for", "birdsong-recognition")
    assert found() == [together, kind, use]
    assert found(head="Sparrow") == [kind, use]
    assert found(tail="Sparrow") == [together]
    assert found(head="Sparrow", tail="big model") == [kind]
    assert found(relation=RelationType.USED_FOR) == [use]
    assert found(concept="big model") == [together, kind]
    assert found(concept="birdsong recognition") == [use]
    assert found(min_support=2) == [together]
    assert found(concept="Sparrow", relation="is_a", min_confidence=0.5, min_support=1) == [kind]
    assert found(relation="is_a", min_confidence=0.7) == []


def test_mentions_by_condition(graph: KnowledgeGraph) -> None:
    assert len(graph.mentions()) == 11
    assert {m.paper for m in graph.mentions(paper="p1")} == {"p1"}
    assert len(graph.mentions(paper="p1")) == 5
    assert {m.concept for m in graph.mentions(concept="big model")} == {"big-model"}
    assert [m.paper for m in graph.mentions(concept="big model")] == ["p1", "p1", "p2"]
    assert [m.start for m in graph.mentions(paper="p2", concept="Sparrow")] == [6, 7]
    assert [m.field for m in graph.mentions(paper="p2", concept="Sparrow")] == ["title", "abstract"]


def test_neighbors_of_a_concept_and_of_a_paper(graph: KnowledgeGraph) -> None:
    assert [
        (n.kind, n.id, n.label, n.relation, n.direction, n.confidence, n.support)
        for n in graph.neighbors("big model")
    ] == [
        ("concept", "sparrow", "Sparrow", "co_occurs_with", "out", 0.5, 2),
        ("concept", "sparrow", "Sparrow", "is_a", "in", 0.6, 1),
        ("paper", "p2", "Using Sparrow", "mentions", "in", 0.3, 1),
        ("paper", "p1", "Sparrow: gentle tuning", "uses", "in", 0.7, 2),
    ]
    assert [
        (n.kind, n.id, n.label, n.relation, n.direction, n.confidence, n.support)
        for n in graph.neighbors("p1")
    ] == [
        ("concept", "nest", "Nest", "evaluates_on", "out", 0.6, 1),
        ("concept", "sparrow", "Sparrow", "proposes", "out", 0.9, 3),
        ("concept", "big-model", "big model", "uses", "out", 0.7, 2),
    ]


def test_neighbors_of_one_relation_by_support_then_confidence_then_id() -> None:
    graph = KnowledgeGraph.from_parts(
        papers=[Paper("p", "P")],
        concepts=[Concept(c, c.upper(), ConceptType.METHOD) for c in "abcde"],
        relations=[
            Relation("a", RelationType.USED_FOR, tail, sure, support)
            for tail, sure, support in (("b", 0.5, 1), ("c", 0.5, 3), ("d", 0.9, 1), ("e", 0.5, 1))
        ],
    )
    assert [n.id for n in graph.neighbors("a")] == ["c", "d", "b", "e"]
    assert graph.neighbors("p") == []


def test_a_record_or_its_name_asks_for_the_same(graph: KnowledgeGraph) -> None:
    sparrow, paper = graph.concept("Sparrow"), graph.paper("p1")
    assert graph.links(paper=paper) == graph.links(paper="p1")
    assert graph.neighbors(sparrow) == graph.neighbors("concept:sparrow") == graph.neighbors("SPW")
    assert graph.neighbors(paper) == graph.neighbors("paper:p1") == graph.neighbors("Sparrow: gentle tuning")
    assert graph.path(paper, "Nest") == graph.path("p1", "concept:nest")
    assert graph.evidence(paper, sparrow) == graph.evidence("p1", "Sparrow")
    assert graph.evidence(sparrow, "is_a", "big model") == graph.evidence("Sparrow", "is_a", "big-model")
    assert graph.papers(concept=sparrow) == graph.papers(concept="Sparrow")
    assert graph.relations(head=sparrow) == graph.relations(head="Sparrow")
    assert graph.mentions(concept=sparrow, paper=paper) == graph.mentions(concept="SPW", paper="p1")
    assert graph.concepts(paper=paper) == graph.concepts(paper="p1")
    assert graph.trend(sparrow) == graph.trend("Sparrow")
    assert graph.similar_papers(paper) == graph.similar_papers("p1")
    assert graph.explain(sparrow) == graph.explain("Sparrow")
    assert graph.sentences(paper) == graph.sentences("p1") == small.SENTENCES["p1"]


def test_what_is_neither_concept_nor_paper_is_missed_as_a_concept(graph: KnowledgeGraph) -> None:
    with pytest.raises(ConceptNotFound):
        graph.neighbors("no such thing")
    with pytest.raises(PaperNotFound):
        graph.neighbors("paper:no such thing")


def test_evidence_names_only_what_is_inside_the_sentence() -> None:
    text = "Owl hoots. Owl and wren. Owl"
    spans = (Span("abstract", 0, 10), Span("abstract", 11, 24), Span("abstract", 25, 28), Span("title", 0, 3))
    places = [(0, 3, "owl"), (11, 14, "owl"), (19, 23, "wren"), (25, 28, "owl")]
    graph = KnowledgeGraph.from_parts(
        papers=[Paper("p", "Owl", text), Paper("q", "Owl")],
        concepts=[Concept(c, c, ConceptType.METHOD) for c in ("owl", "wren")],
        links=[
            Link("p", "owl", Role.USES, 0.5, 0.5, 3, spans[1], Span("abstract", 15, 18)),
            Link("p", "wren", Role.USES, 0.5, 0.5, 1),
            Link("q", "owl", Role.USES, 0.5, 0.5, 1),
        ],
        mentions=[
            *(Mention("p", "abstract", a, b, ConceptType.METHOD, c, 0.5) for a, b, c in places),
            Mention("p", "title", 0, 3, ConceptType.METHOD, "owl", 0.5),
        ],
        relations=[
            Relation(
                "owl",
                RelationType.COMPARED_WITH,
                "wren",
                0.5,
                1,
                (Statement("p", spans[1], 0.5, Span("abstract", 15, 18)), Statement("p", spans[0], 0.4)),
            ),
            Relation("owl", RelationType.CO_OCCURS_WITH, "wren", 0.5, 1),
        ],
        sentences={"p": spans},
    )
    of_link = graph.evidence("p", "owl")
    assert [(e.text, len(e.mentions), e.cue) for e in of_link] == [
        ("Owl hoots.", 1, None),
        ("Owl and wren.", 1, Span("abstract", 15, 18)),
        ("Owl", 1, None),
        ("Owl", 1, None),
    ]
    assert [m.start for e in of_link for m in e.mentions] == [0, 11, 25, 0]
    of_relation = graph.evidence("owl", "compared_with", "wren")
    assert [(e.text, [m.start for m in e.mentions]) for e in of_relation] == [
        ("Owl hoots.", [0]),
        ("Owl and wren.", [11, 19]),
    ]
    assert [e.text for e in graph.evidence("owl", "co_occurs_with", "wren")] == ["Owl and wren."]
    assert graph.evidence("wren", "compared_with", "owl") == []
    assert graph.evidence("q", "owl") == []
