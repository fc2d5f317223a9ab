"""From a name to the thing: what each way means, and what an error offers."""

from __future__ import annotations

import pytest

from kg.errors import AmbiguousConcept, ConceptNotFound, PaperNotFound
from kg.graph import KnowledgeGraph
from kg.graph.names import meant
from kg.model import Alias, Concept, ConceptType, Paper, Rule


def concept(
    identifier: str,
    label: str,
    *names: str,
    papers: int = 1,
    exact: tuple[str, ...] = (),
    close: tuple[str, ...] = (),
) -> Concept:
    aliases = tuple(Alias(n, Rule.ABBREVIATION, papers, "p") for n in sorted(names))
    return Concept(identifier, label, ConceptType.METHOD, aliases, exact, close)


def test_a_concept_by_an_iri_whole_and_unshared() -> None:
    graph = KnowledgeGraph.from_parts(
        concepts=[
            concept("a", "first", exact=("http://v.example/1", "http://v.example/12")),
            concept("b", "second", close=("http://v.example/2",)),
            concept("c", "third", exact=("http://v.example/3",)),
            concept("d", "fourth", close=("http://v.example/3",)),
            concept("http://x.example/y", "fifth"),
        ]
    )
    assert graph.concept("http://v.example/1").id == "a"
    assert graph.concept("http://v.example/2").id == "b"
    assert graph.concept("https://my.example/kg/concept/b").id == "b"
    assert graph.concept("http://my.example/concept/x/concept/b").id == "b"
    assert graph.concept("http://x.example/y").id == "http://x.example/y"
    with pytest.raises(AmbiguousConcept) as caught:
        graph.concept("http://v.example/3")
    assert caught.value.candidates == ("c", "d")
    for name in ("http://v.example/", "v.example/1", "concept/b"):
        with pytest.raises(ConceptNotFound):
            graph.concept(name)


def test_a_name_as_written_goes_before_any_case_and_that_before_its_key() -> None:
    graph = KnowledgeGraph.from_parts(
        concepts=[
            concept("a", "Tree Nets"),
            concept("b", "tree nets"),
            concept("c", "tree-net"),
            concept("d", "Straße"),
        ]
    )
    assert graph.concept("Tree Nets").id == "a"
    assert graph.concept("tree nets").id == "b"
    assert graph.concept("tree-net").id == "c"
    assert graph.concept("TREE-NET").id == "c"
    assert graph.concept("STRASSE").id == "d"
    with pytest.raises(AmbiguousConcept):
        graph.concept("TREE NETS")
    with pytest.raises(AmbiguousConcept) as caught:
        graph.concept("Tree-Nets")
    assert set(caught.value.candidates) == {"a", "b", "c"}


def test_candidates_come_the_commonest_first_with_their_papers() -> None:
    graph = KnowledgeGraph.from_parts(
        concepts=[
            concept("a", "first", "XY", papers=2),
            concept("b", "second", "XY", "XYs", papers=3),
            concept("c", "third", "XY", "other", papers=2),
        ]
    )
    with pytest.raises(AmbiguousConcept) as caught:
        graph.concept("XY")
    assert caught.value.candidates == ("b", "a", "c")
    assert caught.value.papers == (6, 2, 2)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ({"a": 20, "b": 1}, "a"),
        ({"a": 19, "b": 1}, ""),
        ({"a": 20, "b": 0}, "a"),
        ({"a": 19, "b": 0}, ""),
        ({"a": 20, "b": 1, "c": 1}, ""),
        ({"b": 1, "a": 40, "c": 1}, "a"),
        ({"b": 60, "a": 1, "c": 2}, "b"),
    ],
)
def test_twenty_times_all_others_together_is_meant(said: dict[str, int], first: str) -> None:
    if first:
        assert meant("X", said) == first
    else:
        with pytest.raises(AmbiguousConcept):
            meant("X", said)


@pytest.mark.parametrize(("others", "and_more"), [(1, False), (5, False), (6, True)])
def test_the_warning_names_five_others(others: int, and_more: bool, caplog: pytest.LogCaptureFixture) -> None:
    said = {"z": 1000, **{f"c{n}": 1 for n in range(others)}}
    assert meant("X", said) == "z"
    assert sum(f"c{n}" in caplog.text for n in range(others)) == min(others, 5)
    assert ("and others" in caplog.text) == and_more


def test_near_names_are_the_five_nearest_one_a_concept() -> None:
    labels = [f"tree height estimation {word}" for word in ("a", "bb", "ccc", "dddd", "eeeee", "ffffff")]
    graph = KnowledgeGraph.from_parts(
        concepts=[
            *(concept(str(n), label, label + "s") for n, label in enumerate(labels)),
            concept("far", "quite another thing"),
        ]
    )
    with pytest.raises(ConceptNotFound) as caught:
        graph.concept("tree height estimatoin dddd")
    assert len(caught.value.near) == 5
    assert caught.value.near[0] == labels[3]
    assert "quite another thing" not in caught.value.near
    with pytest.raises(ConceptNotFound) as caught:
        graph.concept("zzzzzzzzzzzzzz")
    assert caught.value.near == ()


def test_names_equally_near_come_by_name() -> None:
    graph = KnowledgeGraph.from_parts(concepts=[concept("b", "abcdef x"), concept("a", "abcdef y")])
    with pytest.raises(ConceptNotFound) as caught:
        graph.concept("abcdef")
    assert caught.value.near == ("abcdef x", "abcdef y")


def test_near_names_are_at_least_half_as_long() -> None:
    graph = KnowledgeGraph.from_parts(concepts=[concept("a", "abcde"), concept("b", "abcd")])
    with pytest.raises(ConceptNotFound) as caught:
        graph.concept("abcdefghij")
    assert caught.value.near == ("abcde",)


PAPERS = [
    Paper("a", "On Trees", doi="10.1/ABC", arxiv="2101.00001", url="https://x.example/A"),
    Paper("b", "On trees", url="https://x.example/a"),
    Paper("c", "Straße", doi="10.1/c"),
    Paper("doi:10.1/d", "Nests", doi="10.1/d"),
    Paper("e", "Twice"),
    Paper("f", "Twice", doi="10.1/two"),
    Paper("g", "Once only", doi="10.1/TWO", arxiv="2101.00009"),
    Paper("h", "ONCE Twice"),
    Paper("i", "Once twice"),
]


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.from_parts(papers=PAPERS)


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("a", "a"),
        ("paper:a", "a"),
        ("10.1/abc", "a"),
        ("doi:10.1/ABC", "a"),
        ("DOI:10.1/ABC", "a"),
        ("https://doi.org/10.1/abc", "a"),
        ("paper:10.1/abc", "a"),
        ("arxiv:2101.00001", "a"),
        ("arXiv:2101.00001", "a"),
        ("https://x.example/A", "a"),
        ("https://x.example/a", "b"),
        ("On Trees", "a"),
        ("On trees", "b"),
        ("STRASSE", "c"),
        ("doi:10.1/d", "doi:10.1/d"),
        ("nests", "doi:10.1/d"),
    ],
)
def test_a_paper_by_each_of_its_names(graph: KnowledgeGraph, name: str, identifier: str) -> None:
    assert graph.paper(name).id == identifier


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("ON TREES", ("a", "b")),
        ("Twice", ("e", "f")),
        ("once twice", ("h", "i")),
        ("10.1/Two", ("f", "g")),
        ("On Treess", ("On Trees", "On trees")),
    ],
)
def test_of_several_papers_none_is_chosen(graph: KnowledgeGraph, name: str, near: tuple[str, ...]) -> None:
    with pytest.raises(PaperNotFound) as caught:
        graph.paper(name)
    assert caught.value.near[: len(near)] == near


def test_titles_offered_are_five_and_like_the_name() -> None:
    titles = [f"Tree height estimation {n}" for n in range(7)]
    graph = KnowledgeGraph.from_parts(papers=[Paper(str(n), title) for n, title in enumerate(titles)])
    with pytest.raises(PaperNotFound) as caught:
        graph.paper("tree heigth estimation")
    assert len(caught.value.near) == 5
    assert set(caught.value.near) <= set(titles)
    assert caught.value.name == "tree heigth estimation"
    with pytest.raises(PaperNotFound) as caught:
        graph.paper("qqqqqqqq")
    assert caught.value.near == ()
