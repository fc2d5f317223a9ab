"""A small graph with everything in it, made of records written by hand."""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from kg.model import (
    Alias,
    Concept,
    ConceptType,
    Link,
    Mention,
    Paper,
    Relation,
    RelationType,
    Role,
    Rule,
    Source,
    Span,
    Statement,
)

PAPERS = [
    Paper(
        "p1",
        "Sparrow: gentle tuning",
        "We propose Sparrow. Sparrow tunes a big model (BM) on Nest.",
        date="2020-05",
        doi="10.1/ABC",
        sources=(Source("a.txt", 1, 1, "listing"), Source("b.txt", 2, 9, "listing")),
    ),
    Paper(
        "p2",
        "Using Sparrow",
        "We use Sparrow for birdsong recognition. A BM helps.",
        date="2021",
        sources=(Source("a.txt", 2, 5, "listing"),),
    ),
    Paper("p3", "Songs", "Birdsong recognition is hard.", date="2023-01-02", arxiv="2301.00001"),
    Paper("p4", "Nothing here", "", date=None),
    Paper("p5", "Tall trees", "Tree height matters.", date="2023"),
]
CONCEPTS = [
    Concept(
        "sparrow",
        "Sparrow",
        ConceptType.METHOD,
        (
            Alias("Sparrow", Rule.LABEL, 2, "p1"),
            Alias("Sparrows", Rule.NUMBER, 1, "p2"),
            Alias("SPW", Rule.ABBREVIATION, 1, "p1", "defined in p1"),
        ),
        ("http://example.org/v/sparrow",),
        papers=2,
    ),
    Concept(
        "big-model",
        "big model",
        ConceptType.METHOD,
        (Alias("BM", Rule.ABBREVIATION, 2, "p1"), Alias("big model", Rule.LABEL, 1, "p1")),
        papers=2,
    ),
    Concept(
        "birdsong-recognition",
        "birdsong recognition",
        ConceptType.TASK,
        (
            Alias("birdsong recognition", Rule.LABEL, 1, "p2"),
            Alias("Birdsong recognition", Rule.CASE, 1, "p3"),
        ),
        papers=2,
    ),
    Concept("nest", "Nest", ConceptType.DATASET, (Alias("Nest", Rule.LABEL, 1, "p1"),), papers=1),
    Concept(
        "boltzmann-machine",
        "Boltzmann machine",
        ConceptType.METHOD,
        (Alias("BM", Rule.ABBREVIATION, 0), Alias("Boltzmann machine", Rule.LABEL, 0)),
    ),
    Concept(
        "tree-height",
        "tree height",
        ConceptType.CONCEPT,
        (Alias("Tree height", Rule.CASE, 1, "p5"),),
        papers=1,
    ),
]
SENTENCES = {
    "p1": (Span("title", 0, 22), Span("abstract", 0, 19), Span("abstract", 20, 59)),
    "p2": (Span("title", 0, 13), Span("abstract", 0, 40), Span("abstract", 41, 52)),
    "p3": (Span("title", 0, 5), Span("abstract", 0, 29)),
    "p5": (Span("title", 0, 10), Span("abstract", 0, 20)),
}
PLACES = {
    "p1": [
        ("title", "Sparrow", "sparrow"),
        ("abstract", "Sparrow", "sparrow"),
        ("abstract", "big model", "big-model"),
        ("abstract", "BM", "big-model"),
        ("abstract", "Nest", "nest"),
    ],
    "p2": [
        ("title", "Sparrow", "sparrow"),
        ("abstract", "Sparrow", "sparrow"),
        ("abstract", "birdsong recognition", "birdsong-recognition"),
        ("abstract", "BM", "big-model"),
    ],
    "p3": [("abstract", "Birdsong recognition", "birdsong-recognition")],
    "p5": [("abstract", "Tree height", "tree-height")],
}
LINKS = [
    Link("p1", "sparrow", Role.PROPOSES, 0.9, 1.0, 3, Span("abstract", 0, 19), Span("abstract", 0, 10)),
    Link("p1", "big-model", Role.USES, 0.7, 0.5, 2),
    Link("p1", "nest", Role.EVALUATES_ON, 0.6, 0.4, 1),
    Link("p2", "sparrow", Role.USES, 0.8, 0.9, 2, Span("abstract", 0, 40), Span("abstract", 0, 6)),
    Link("p2", "birdsong-recognition", Role.ADDRESSES, 0.7, 0.8, 1),
    Link("p2", "big-model", Role.MENTIONS, 0.3, 0.2, 1),
    Link("p3", "birdsong-recognition", Role.ADDRESSES, 0.5, 0.8, 1),
    Link("p5", "tree-height", Role.STUDIES, 0.5, 0.8, 1),
]
RELATIONS = [
    Relation(
        "sparrow",
        RelationType.USED_FOR,
        "birdsong-recognition",
        0.8,
        1,
        (Statement("p2", Span("abstract", 0, 40), 0.8, Span("abstract", 15, 18)),),
    ),
    Relation(
        "sparrow",
        RelationType.IS_A,
        "big-model",
        0.6,
        1,
        (Statement("p1", Span("abstract", 20, 59), 0.6, None),),
    ),
    Relation("big-model", RelationType.CO_OCCURS_WITH, "sparrow", 0.5, 2),
]


def mentions() -> list[Mention]:
    """Every place of `PLACES`, at its first occurrence that is not taken."""
    papers = {p.id: p for p in PAPERS}
    kinds = {c.id: c.type for c in CONCEPTS}
    out = []
    for paper, places in PLACES.items():
        for field, words, concept in places:
            start = papers[paper].text(field).index(words)
            out.append(Mention(paper, field, start, start + len(words), kinds[concept], concept, 0.9))
    return out


def graph() -> KnowledgeGraph:
    """The whole, in memory."""
    return KnowledgeGraph.from_parts(
        papers=PAPERS,
        concepts=CONCEPTS,
        links=LINKS,
        relations=RELATIONS,
        mentions=mentions(),
        sentences=SENTENCES,
    )
