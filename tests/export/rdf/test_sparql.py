from __future__ import annotations

import json

import pytest

from kg.errors import QueryError
from kg.export.rdf import Endpoint, sparql
from kg.graph import KnowledgeGraph


@pytest.fixture
def endpoint(small: KnowledgeGraph) -> Endpoint:
    return Endpoint(small)


def test_prefixes_need_no_declaration(endpoint: Endpoint) -> None:
    table = endpoint.query("SELECT ?label WHERE { ?p kg:proposes ?c . ?c skos:prefLabel ?label }")
    assert table.columns == ("label",)
    assert table.rows == (("LoRA",),)
    assert endpoint.query("ASK { paper:p2 kg:studies concept:glue }").rows == ((True,),)


def test_values_are_python_values(endpoint: Endpoint) -> None:
    query = """SELECT ?confidence ?count ?inferred ?nothing WHERE {
      ?l rdf:predicate kg:proposes ; kg:confidence ?confidence ; kg:support ?count .
      ?p kg:dateInferred ?inferred . OPTIONAL { ?p kg:proposes ?nothing } }"""
    assert endpoint.query(query).to_dicts() == [
        {"confidence": 0.93, "count": 2, "inferred": True, "nothing": None}
    ]


def test_the_other_kinds_of_query(endpoint: Endpoint) -> None:
    made = endpoint.query("CONSTRUCT { ?c rdfs:label ?l } WHERE { ?c a kg:Dataset ; skos:prefLabel ?l }")
    assert made.columns == ("subject", "predicate", "object")
    assert [row[2] for row in made] == ["GLUE"]
    assert len(endpoint.query("DESCRIBE concept:lora")) > 5


def test_ways_out(endpoint: Endpoint) -> None:
    table = endpoint.query("SELECT ?c ?n WHERE { ?c a kg:Dataset ; kg:paperCount ?n }")
    assert table.to_csv() == "c,n\nhttps://example.org/kg/concept/glue,2\n"
    bindings = json.loads(table.json)["results"]["bindings"]
    assert bindings[0]["n"]["datatype"].lower().endswith("integer")
    assert list(table.to_df().columns) == ["c", "n"]


def test_own_base(small: KnowledgeGraph) -> None:
    table = sparql(small, "SELECT ?c WHERE { ?c a kg:Dataset }", base_iri="https://my.org/")
    assert table.rows == (("https://my.org/concept/glue",),)


def test_the_store_holds_what_is_written(small: KnowledgeGraph, hostile: KnowledgeGraph) -> None:
    assert len(Endpoint(small)) == 312
    assert len(Endpoint(small, profile="plain")) == 101
    titles = {row[0] for row in Endpoint(hostile).query("SELECT ?t WHERE { ?p dcterms:title ?t }")}
    assert r"LaTeX {\em remains} $\mathcal{O}(n^2)$ \'ern ell_p %comment & # ~" in titles


@pytest.mark.parametrize(
    ("query", "place", "hint"),
    [
        ("SELECT ?x WHERE { ?x kg:propose ?y }", "line 1, column 22", "did you mean kg:proposes"),
        ("SELECT ?x\nWHERE { ?x kgs:uses ?y }", "line 2, column 12", "did you mean kg:"),
        ("SELECT ?x WHERE { ?x zzz:y ?z }", "line 1, column 22", "known without PREFIX: concept"),
        ("SELECT ?x WHERE {\n ?x a kg:Method", "line 2", "1 closing brace(s) are missing"),
        ("SELECT ?x WHERE { ?x a kg:Method }}", "line 1", "more closing braces"),
        ("SELCT ?x WHERE { ?x a kg:Method }", "line 1, column 1", "did you mean SELECT"),
        ("SELECT ?x (COUNT(?y) AS ?n WHERE { ?x kg:uses ?y }", "line 1", "parentheses do not match"),
        ("SELECT ?x WHERE { ?x kg:uses ?y } GROUP BY ?y", "line 1", "GROUP BY"),
        ("SELECT ?x WHERE { ?x a <no iri> }", "line 1", "absolute"),
        ("SELECT ?x WHERE { ?x kg:uses ?y ;\n ?z skos:prefLabel 'a' }", "line 2", 'after ";"'),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "line 1, column 18", "network"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "", "read-only"),
        ("PREFIX a: <urn:a>\nDELETE WHERE { ?s ?p ?o }", "", "read-only"),
        (" # nothing but a comment", "", "empty"),
        ("SELECT * WHERE { BIND(<urn:f>(1) AS ?x) }", "", "urn:f"),
    ],
)
def test_mistakes_get_a_place_and_a_hint(endpoint: Endpoint, query: str, place: str, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        endpoint.query(query)
    assert place in str(caught.value)
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        'ASK { ?x dcterms:title "SERVICE <x> foo:bar {" }',
        "# INSERT foo:bar {{{\nASK { ?x a kg:Method }",
        "PREFIX foo: <urn:foo:>\nASK { ?x a foo:bar }",
        "PREFIX kg: <urn:other:>\nASK { ?x a kg:whatever }",
        "BASE <urn:x:>\nSELECT * WHERE { ?x ?y <a#b> . FILTER(?x < 5 && ?y > 3) }",
        "ASK { _:b kg:uses ?y }",
        "ASK { ?service kg:uses ?y }",
        "PREFIX : <urn:x:>\nASK { ?x a :y }",
        "SELECT ?x WHERE { ?x kg:uses/skos:broader*|^kg:mentions ?y . VALUES ?y { concept:lora } }",
        "PREFIX select: <urn:x:> PREFIX insert: <urn:y:> ASK { ?x select:a insert:b }",
    ],
)
def test_what_is_right_is_not_refused(endpoint: Endpoint, query: str) -> None:
    endpoint.query(query)
