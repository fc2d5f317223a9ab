from __future__ import annotations

import json

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from kg.contract import schema
from kg.export.rdf import to_rdflib
from kg.export.rdf.namespaces import CLASS_OF_TYPE, PREFIXES, PROPERTY_OF_RELATION, PROPERTY_OF_ROLE
from kg.graph import KnowledgeGraph

KG = Namespace(PREFIXES["kg"])
SKOS = Namespace(PREFIXES["skos"])


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(data=schema("ontology.ttl").read_text(encoding="utf-8"), format="turtle")


def own(graph: Graph) -> set[URIRef]:
    """Every term of our namespace that a graph uses as property, class or rdf:predicate."""
    found = (
        set(graph.predicates()) | set(graph.objects(None, RDF.type)) | set(graph.objects(None, RDF.predicate))
    )
    return {URIRef(t) for t in found if str(t).startswith(KG)}


def test_every_term_is_explained_and_has_its_place(ontology: Graph) -> None:
    properties = set(ontology.subjects(RDF.type, OWL.ObjectProperty)) | set(
        ontology.subjects(RDF.type, OWL.DatatypeProperty)
    )
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    assert len(properties) > 30
    for term in properties | classes:
        assert ontology.value(term, RDFS.label), term
        assert ontology.value(term, RDFS.comment), term
        assert str(term).rpartition("#")[2][0].isalpha()
    for term in properties:
        assert ontology.value(term, RDFS.domain), term
        assert ontology.value(term, RDFS.range), term
    for term in classes:
        assert ontology.value(term, RDFS.subClassOf), term


def test_exports_use_only_what_is_defined(
    ontology: Graph, small: KnowledgeGraph, hostile: KnowledgeGraph
) -> None:
    defined = {s for s in ontology.subjects() if str(s).startswith(KG)}
    for graph in (small, hostile):
        assert own(to_rdflib(graph, profile="evidence")) <= defined


def test_every_role_and_relation_has_its_super_property(ontology: Graph) -> None:
    for iri in PROPERTY_OF_ROLE.values():
        above = set(ontology.transitive_objects(URIRef(iri), RDFS.subPropertyOf))
        assert {
            KG.hasConcept,
            URIRef(PREFIXES["dcterms"] + "subject"),
            URIRef(PREFIXES["schema"] + "mentions"),
        } <= above
    for iri in PROPERTY_OF_RELATION.values():
        assert SKOS.semanticRelation in set(ontology.transitive_objects(URIRef(iri), RDFS.subPropertyOf))
    assert SKOS.broader in set(ontology.transitive_objects(KG.isA, RDFS.subPropertyOf))
    for iri in filter(None, CLASS_OF_TYPE.values()):
        assert (URIRef(iri), RDFS.subClassOf, SKOS.Concept) in ontology


def test_the_context_knows_every_property(small: KnowledgeGraph, hostile: KnowledgeGraph) -> None:
    context = json.loads(schema("context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert {p: n for p, n in context.items() if p in PREFIXES} == PREFIXES
    known = {d if isinstance(d, str) else d["@id"] for d in context.values()}
    for graph in (small, hostile):
        direct = to_rdflib(graph, profile="evidence")
        used = {p for p in direct.predicates() if p != RDF.type}
        assert {direct.namespace_manager.curie(p) for p in used} <= known
