from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import DCTERMS, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

from kg.export.rdf import to_rdflib, write
from kg.export.rdf.namespaces import PREFIXES
from kg.graph import KnowledgeGraph

KG = Namespace(PREFIXES["kg"])
DATA = Namespace("https://example.org/kg/")
LORA, PEFT, GLUE = DATA["concept/lora"], DATA["concept/parameter-efficient-fine-tuning"], DATA["concept/glue"]
PAPER = DATA["paper/doi:10.1000%2Flora%281%29"]


@pytest.fixture
def plain(small: KnowledgeGraph) -> Graph:
    return to_rdflib(small)


@pytest.fixture
def evidence(small: KnowledgeGraph) -> Graph:
    return to_rdflib(small, profile="evidence")


def test_links_are_direct_triples(plain: Graph) -> None:
    assert (PAPER, KG.proposes, LORA) in plain
    assert (PAPER, KG.evaluatesOn, GLUE) in plain
    assert set(plain.objects(PAPER, DCTERMS.subject)) == {LORA, PEFT, GLUE}


def test_dates_have_the_datatype_of_their_precision(plain: Graph) -> None:
    assert {d.datatype for d in plain.objects(None, DCTERMS.date)} == {XSD.date, XSD.gYearMonth, None}


def test_labels_are_preferred_or_alternative(plain: Graph) -> None:
    assert plain.value(LORA, SKOS.prefLabel) == Literal("LoRA")
    assert [str(x) for x in plain.objects(LORA, SKOS.altLabel)] == ["low-rank adaptation"]


def test_broader_has_no_cycle_and_related_is_no_broader(plain: Graph) -> None:
    assert list(plain.subject_objects(SKOS.broader)) == [(LORA, PEFT)]
    assert (PEFT, KG.isA, LORA) not in plain
    assert set(plain.subject_objects(SKOS.related)) == {(GLUE, LORA)}
    assert (LORA, KG.coOccursWith, PEFT) in plain
    assert (PEFT, SKOS.topConceptOf, DATA.concepts) in plain


def test_the_plain_profile_has_no_evidence(plain: Graph) -> None:
    used = set(plain.predicates())
    assert not any(str(p).startswith((PREFIXES["oa"], PREFIXES["prov"])) for p in used)
    assert not used & {KG.confidence, RDF.subject}


def test_abstracts_can_be_left_out(small: KnowledgeGraph) -> None:
    assert list(to_rdflib(small).objects(None, DCTERMS.abstract))
    assert not list(to_rdflib(small, abstracts=False).objects(None, DCTERMS.abstract))


def test_the_statement_left_out_is_in_the_evidence(evidence: Graph) -> None:
    [node] = evidence.subjects(KG.leftOutOfHierarchy, None)
    assert (node, RDF.subject, PEFT) in evidence
    assert (node, RDF.object, LORA) in evidence


def test_every_mention_is_quoted_by_offsets_and_by_words(evidence: Graph) -> None:
    oa = Namespace(PREFIXES["oa"])
    found = 0
    for mention in evidence.subjects(RDF.type, oa.Annotation):
        target = evidence.value(mention, oa.hasTarget)
        field = evidence.value(target, oa.hasSource)
        paper = evidence.value(field, DCTERMS.isPartOf)
        name = DCTERMS.title if str(evidence.value(field, KG.field)) == "title" else DCTERMS.abstract
        whole = str(evidence.value(paper, name))
        by = {evidence.value(s, RDF.type): s for s in evidence.objects(target, oa.hasSelector)}
        position, quote = by[oa.TextPositionSelector], by[oa.TextQuoteSelector]
        start, end = int(evidence.value(position, oa.start)), int(evidence.value(position, oa.end))
        exact, before, after = (str(evidence.value(quote, p)) for p in (oa.exact, oa.prefix, oa.suffix))
        assert whole[start:end] == exact
        assert before + exact + after in whole
        found += 1
    assert found == 5


def test_nothing_points_nowhere(evidence: Graph) -> None:
    subjects = set(evidence.subjects())
    dangling = {
        o for o in evidence.objects() if isinstance(o, URIRef) and o.startswith(DATA) and o not in subjects
    }
    assert dangling == set()


def test_no_blank_nodes(evidence: Graph) -> None:
    assert all(isinstance(term, URIRef | Literal) for triple in evidence for term in triple)


QUESTION = """
PREFIX kg: <https://w3id.org/paperkg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?text WHERE {
  ?paper dcterms:title "LoRA: low-rank adaptation" ; kg:proposes ?method .
  ?method skos:prefLabel "LoRA" .
  ?link rdf:subject ?paper ; rdf:predicate kg:proposes ; rdf:object ?method ; prov:wasDerivedFrom ?sentence .
  ?sentence rdf:value ?text .
}"""


def test_the_two_files_in_one_store_answer_which_sentence_says_so(
    small: KnowledgeGraph, tmp_path: Path
) -> None:
    store = pyoxigraph.Store()
    for profile in ("plain", "evidence"):
        write(small, tmp_path / f"{profile}.ttl", profile=profile)
        store.bulk_load(path=str(tmp_path / f"{profile}.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    answers = [solution["text"].value for solution in store.query(QUESTION)]
    assert answers == ["We propose LoRA, a low-rank adapter."]
