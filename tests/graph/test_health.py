"""Findings: what is doubtful, from which number on, and a remedy that can be pasted."""

from __future__ import annotations

import pytest

from kg.concepts import Curation, parse_curation
from kg.graph import KnowledgeGraph
from kg.model import Alias, Concept, ConceptType, Link, Mention, Paper, Role, Rule


def concept(identifier: str, label: str = "", papers: int = 1, sure: float = 1.0, *names: str) -> Concept:
    aliases = tuple(Alias(name, Rule.ABBREVIATION, 1, "p00") for name in names)
    return Concept(identifier, label or identifier, ConceptType.METHOD, aliases, (), (), papers, sure)


def link(paper: str, to: str) -> Link:
    return Link(paper, to, Role.USES, 0.5, 0.5, 1)


def papers(number: int) -> list[Paper]:
    return [Paper(f"p{n:02}", f"Title {n}") for n in range(number)]


def settled(remedy: str) -> Curation:
    """What a remedy says, as the text of a curation file."""
    return parse_curation(remedy)


def subjects(graph: KnowledgeGraph, kind: str) -> list[str]:
    return [f.subject for f in graph.findings() if f.kind == kind]


@pytest.mark.parametrize(
    ("total", "broad"), [(19, []), (20, ["everywhere", "often", "oftener"]), (25, ["everywhere", "oftener"])]
)
def test_broad_is_more_than_a_fifth_of_many_papers(total: int, broad: list[str]) -> None:
    concepts = [concept("seldom", papers=4), concept("often", papers=5), concept("oftener", papers=6)]
    graph = KnowledgeGraph.from_parts(
        papers=papers(total), concepts=[*concepts, concept("everywhere", papers=9), concept("all", papers=1)]
    )
    found = subjects(graph, "broad concept")
    assert sorted(found) == broad
    assert found == sorted(found, key=lambda c: -{"everywhere": 9, "often": 5, "oftener": 6}[c])
    for finding in graph.findings():
        if finding.kind == "broad concept":
            assert settled(finding.remedy).block == (finding.subject,)


def test_vague_is_one_common_word_that_no_title_has() -> None:
    graph = KnowledgeGraph.from_parts(
        concepts=[
            concept("vague", papers=3, sure=0.59),
            concept("vaguer", papers=9, sure=0.1),
            concept("sure", papers=3, sure=0.6),
            concept("rare", papers=2, sure=0.1),
            concept("named", "Named", papers=3, sure=0.1),
            concept("two-words", "two words", papers=3, sure=0.1),
            concept("titled", papers=3, sure=0.1),
        ],
        mentions=[
            Mention("p", "title", 0, 6, ConceptType.METHOD, "titled", 0.5),
            Mention("p", "abstract", 0, 5, ConceptType.METHOD, "vague", 0.5),
        ],
    )
    assert subjects(graph, "vague concept") == ["vaguer", "vague"]
    remedies = [f.remedy for f in graph.findings() if f.kind == "vague concept"]
    assert [settled(r).block for r in remedies] == [("vaguer",), ("vague",)]


def test_a_conflict_names_the_concepts() -> None:
    graph = KnowledgeGraph.from_parts(
        concepts=[
            concept("a", "first", 1, 1.0, "XY"),
            concept("b", "second", 1, 1.0, "XY", "YZ"),
            Concept("c", "third", ConceptType.METHOD, (Alias("same", Rule.CASE),)),
            Concept("d", "fourth", ConceptType.METHOD, (Alias("same", Rule.CASE),)),
        ]
    )
    (finding,) = (f for f in graph.findings() if f.kind == "abbreviation in conflict")
    assert finding.subject == "XY"
    assert "a, b" in finding.message


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("tree height", "tree heigth", False),
        ("tall tree height", "tall tree heights x", False),
        ("tree height estimation", "tree height estimaton", True),
        ("Tree height estimation", "tree HEIGHT estimaton", True),
        ("treek height estimation", "treem height estimation", True),
        ("trek height estimation", "trem height estimation", False),
        ("estimate", "estimates", True),
        ("estimat", "estimats", False),
        ("estimation of trees 1", "estimation of trees 2", False),
        ("bee height estimation", "tree height estimation", False),
    ],
)
def test_a_likely_alias_differs_by_a_letter_or_two(one: str, other: str, alike: bool) -> None:
    graph = KnowledgeGraph.from_parts(concepts=[concept("a", one, 1), concept("b", other, 2)])
    found = [f for f in graph.findings() if f.kind == "likely alias"]
    assert [f.subject for f in found] == ([one] if alike else [])
    assert all(dict(settled(f.remedy).merge) == {other: (one,)} for f in found)


@pytest.mark.parametrize(
    ("papers", "merges"),
    [
        ((1, 1), {"height estimation": ("height estimaton",)}),
        ((2, 1), {"height estimation": ("height estimaton",)}),
        ((1, 2), {"height estimaton": ("height estimation",)}),
    ],
)
def test_the_rarer_name_is_the_alias_and_of_equals_the_later(
    papers: tuple[int, int], merges: dict[str, tuple[str, ...]]
) -> None:
    graph = KnowledgeGraph.from_parts(
        concepts=[
            concept("a", "height", 9),
            concept("b", "height estimaton", papers[1]),
            concept("c", "height estimation", papers[0]),
            concept("d", "height invention of a kind", 9),
        ]
    )
    (finding,) = (f for f in graph.findings() if f.kind == "likely alias")
    assert settled(finding.remedy).merge == merges
    assert [(finding.subject,)] == list(merges.values())


def test_remedies_quote_what_a_name_holds() -> None:
    one, other = 'the "height" estimation', 'the "height" estimaton'
    graph = KnowledgeGraph.from_parts(concepts=[concept("a", one, 2), concept("b", other, 1)])
    assert [dict(settled(f.remedy).merge) for f in graph.findings() if f.kind == "likely alias"] == [
        {one: (other,)}
    ]


def test_every_pair_of_three_alike_is_told() -> None:
    labels = ["height estimatiom", "height estimation", "height estimatioo"]
    graph = KnowledgeGraph.from_parts(concepts=[concept(str(n), label) for n, label in enumerate(labels)])
    found = [settled(f.remedy).merge for f in graph.findings() if f.kind == "likely alias"]
    assert sorted((into, name) for merge in found for into, (name,) in merge.items()) == [
        (labels[0], labels[1]),
        (labels[0], labels[2]),
        (labels[1], labels[2]),
    ]


def test_an_island_is_several_nodes_apart_from_the_rest() -> None:
    graph = KnowledgeGraph.from_parts(
        papers=papers(8),
        concepts=[concept(c) for c in "abcde"],
        links=[
            *(link(f"p0{n}", "a") for n in range(3)),
            *(link(f"p0{n}", "b") for n in (6, 5)),
            link("p06", "c"),
            link("p07", "d"),
        ],
    )
    found = [f for f in graph.findings() if f.kind == "island"]
    assert [f.subject for f in found] == ["p05", "p07"]
    assert [f.message.partition(" ")[0] for f in found] == ["2", "1"]
    assert "Title 5; Title 6" in found[0].message
    assert subjects(graph, "paper without concepts") == ["p03", "p04"]


def test_an_island_of_many_papers_names_three() -> None:
    graph = KnowledgeGraph.from_parts(
        papers=papers(9),
        links=[*(link(f"p0{n}", "a") for n in range(5)), *(link(f"p0{n}", "b") for n in range(5, 9))],
    )
    (found,) = (f for f in graph.findings() if f.kind == "island")
    assert "Title 5; Title 6; Title 7" in found.message
    assert "Title 8" not in found.message


def test_a_paper_without_concepts_says_why() -> None:
    graph = KnowledgeGraph.from_parts(papers=[Paper("a", "Bare"), Paper("b", "Full", "Some text.")])
    messages = [f.message for f in graph.findings() if f.kind == "paper without concepts"]
    assert ["no abstract" in m for m in messages] == [True, False]
    assert ["Bare" in m for m in messages] == [True, False]
    assert [f.remedy.split()[-1] for f in graph.findings()][:2] == ["a", "b"]
