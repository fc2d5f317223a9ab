"""Look-ups by name and condition, and their evidence."""

from __future__ import annotations

import html

import networkx
import pytest

from kg.errors import AmbiguousConcept, ConceptNotFound, PaperNotFound
from kg.graph import KnowledgeGraph
from kg.model import Alias, Concept, ConceptType, Role, Rule, Span
from tests.graph import small


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return small.graph()


@pytest.mark.parametrize(
    "name",
    [
        "Sparrow",
        "SPARROW",
        "Sparrows",
        "SPW",
        "spw",
        "sparrow",
        "concept:sparrow",
        "http://example.org/v/sparrow",
        "https://example.org/kg/concept/sparrow",
    ],
)
def test_concept_by_every_name(graph: KnowledgeGraph, name: str) -> None:
    assert graph.concept(name).id == "sparrow"


def test_plural_and_hyphen_that_no_paper_wrote(graph: KnowledgeGraph) -> None:
    assert graph.concept("big-models").id == "big-model"


def test_an_abbreviation_of_two_concepts_is_never_chosen_silently(graph: KnowledgeGraph) -> None:
    with pytest.raises(AmbiguousConcept) as caught:
        graph.concept("BM")
    assert caught.value.candidates == ("big-model", "boltzmann-machine")


def test_a_meaning_that_nearly_all_papers_have_is_taken_aloud(caplog: pytest.LogCaptureFixture) -> None:
    def called(concept: str, papers: int) -> Concept:
        return Concept(concept, concept, ConceptType.METHOD, (Alias("CNN", Rule.ABBREVIATION, papers, "p"),))

    graph = KnowledgeGraph.from_parts(concepts=[called("convolutional", 40), called("conservative", 2)])
    assert graph.concept("CNN").id == "convolutional"
    assert "also means conservative" in caplog.text
    with pytest.raises(AmbiguousConcept, match=r"convolutional \(39 papers\), conservative \(2 papers\)"):
        KnowledgeGraph.from_parts(concepts=[called("convolutional", 39), called("conservative", 2)]).concept(
            "CNN"
        )


def test_an_id_that_is_another_concepts_abbreviation_is_never_chosen_silently() -> None:
    graph = KnowledgeGraph.from_parts(
        concepts=[
            Concept("MAP", "MAP", ConceptType.METHOD, (Alias("MAP", Rule.LABEL, 1, "p"),)),
            Concept("maximum", "maximum", ConceptType.METHOD, (Alias("MAP", Rule.ABBREVIATION, 1, "q"),)),
        ]
    )
    with pytest.raises(AmbiguousConcept) as caught:
        graph.concept("MAP")
    assert caught.value.candidates == ("concept:MAP", "maximum")
    assert [graph.concept(c).id for c in caught.value.candidates] == ["MAP", "maximum"]
    assert all(graph.concept(c) == c for c in graph.iter_concepts())


def test_a_miss_offers_near_names(graph: KnowledgeGraph) -> None:
    with pytest.raises(ConceptNotFound) as caught:
        graph.concept("birdsong recogniton")
    assert "birdsong recognition" in [n.lower() for n in caught.value.near]


def test_near_names_are_no_scraps(graph: KnowledgeGraph) -> None:
    with pytest.raises(ConceptNotFound) as caught:
        graph.concept("birdsbm recognitn")
    assert "BM" not in caught.value.near


@pytest.mark.parametrize(
    "name", ["p1", "paper:p1", "10.1/abc", "https://doi.org/10.1/ABC", "sparrow: gentle tuning"]
)
def test_paper_by_every_name(graph: KnowledgeGraph, name: str) -> None:
    assert graph.paper(name).id == "p1"


def test_paper_miss_offers_titles(graph: KnowledgeGraph) -> None:
    with pytest.raises(PaperNotFound, match="Using Sparrow"):
        graph.paper("Use Sparrow")


def test_papers_by_condition(graph: KnowledgeGraph) -> None:
    assert [p.id for p in graph.papers(concept="Sparrow")] == ["p1", "p2"]
    assert [p.id for p in graph.papers(concept="Sparrow", role="proposes")] == ["p1"]
    assert [p.id for p in graph.papers(role=Role.ADDRESSES, since=2022)] == ["p3"]
    assert [p.id for p in graph.papers(until=2020)] == ["p1"]
    assert [p.id for p in graph.papers(concept="big model", min_confidence=0.5)] == ["p1"]
    assert [p.id for p in graph.papers(text="birdsong")] == ["p2", "p3"]
    assert not graph.papers(year=1999)


def test_concepts_of_a_paper_come_by_salience(graph: KnowledgeGraph) -> None:
    assert [c.id for c in graph.concepts(paper="p1")] == ["sparrow", "big-model", "nest"]
    assert [c.id for c in graph.concepts(paper="p1", type="Dataset")] == ["nest"]
    assert {c.id for c in graph.concepts(min_papers=2)} == {"sparrow", "big-model", "birdsong-recognition"}


def test_evidence_marks_mention_and_cue(graph: KnowledgeGraph) -> None:
    found = graph.evidence("p1", "Sparrow")
    assert [e.text for e in found] == ["Sparrow: gentle tuning", "We propose Sparrow."]
    deciding = found[1]
    text = graph.paper("p1").abstract
    assert deciding.cue is not None
    assert text[deciding.cue.start : deciding.cue.end] == "We propose"
    assert [text[m.start : m.end] for m in deciding.mentions] == ["Sparrow"]


def test_evidence_of_a_relation(graph: KnowledgeGraph) -> None:
    (found,) = graph.evidence("Sparrow", "used_for", "birdsong recognition")
    text = graph.paper(found.paper).abstract
    assert found.text == "We use Sparrow for birdsong recognition."
    assert {text[m.start : m.end] for m in found.mentions} == {"Sparrow", "birdsong recognition"}
    assert found.cue == Span("abstract", 15, 18)


def test_evidence_of_co_occurrence_is_sentences_with_both(graph: KnowledgeGraph) -> None:
    assert graph.evidence("Sparrow", "co_occurs_with", "big model") == []
    found = graph.evidence("sparrow", "co_occurs_with", "birdsong recognition")
    assert [e.paper for e in found] == ["p2"]


def test_the_network_is_plain(graph: KnowledgeGraph) -> None:
    network = graph.nx
    assert network["paper:p1"]["concept:sparrow"]["proposes"]["confidence"] == 0.9
    assert network["concept:sparrow"]["concept:birdsong-recognition"]["used_for"]["support"] == 1
    values = [v for _, data in network.nodes(data=True) for v in data.values()]
    values += [v for _, _, data in network.edges(data=True) for v in data.values()]
    assert {type(v) for v in values} <= {str, int, float}


def test_the_network_is_what_its_own_methods_make(graph: KnowledgeGraph) -> None:
    found = graph.to_networkx()
    made = networkx.MultiDiGraph()
    made.add_nodes_from(found.nodes(data=True))
    made.add_edges_from(found.edges(keys=True, data=True))
    assert networkx.utils.graphs_equal(found, made)
    assert found.number_of_edges() == graph.stats()["links"] + graph.stats()["relations"]
    assert {(h, t): dict(found.pred[t][h]) for h, t in found.edges()} == {
        (h, t): dict(found.succ[h][t]) for h, t in found.edges()
    }
    made.add_edge("paper:p1", "concept:new", "uses")
    found.add_edge("paper:p1", "concept:new", "uses")
    found.remove_node("concept:new")
    made.remove_node("concept:new")
    assert networkx.utils.graphs_equal(found, made)


def test_lists_turn_into_tables(graph: KnowledgeGraph) -> None:
    table = graph.links(role="uses").to_df()
    assert list(table["paper"]) == ["p1", "p2"]
    assert "<table>" in graph.papers()._repr_html_()
    assert "2 Link" in repr(graph.links(role="uses"))


def test_markup_in_a_title_is_text_in_a_notebook() -> None:
    from kg.graph import Results
    from kg.model import Paper

    assert "<img" not in Results([Paper("p", "<img src=x>")])._repr_html_()


def test_a_single_answer_is_a_table_in_a_notebook(graph: KnowledgeGraph) -> None:
    told = graph.explain("SPW")._repr_html_()
    assert all(html.escape(reason.text) in told for reason in graph.explain("SPW").reasons)
    assert "<td>2020, 1<br>" in graph.trend("Sparrow")._repr_html_()
    assert "<th>papers_both</th>" in graph.compare("Sparrow", "big model")._repr_html_()
    assert "<th>label</th><td>Sparrow</td>" in graph.lineage("Sparrow")._repr_html_()


def test_stats_count(graph: KnowledgeGraph) -> None:
    counts = graph.stats()
    assert counts["papers"] == 5
    assert counts["records"] == 3
    assert counts["links_by_role"]["addresses"] == 2
    assert counts["papers_without_concepts"] == 1
