"""Outside vocabularies in each syntax: they find, join, link and order concepts."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest
import rdflib

import kg
from kg.concepts import read_vocabulary, resolve, with_names
from kg.errors import VocabularyError
from kg.model import ConceptType, Extraction, Paper, RelationType, Role, Rule, Span, Term, TermMention

SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix e: <http://example.org/v/> .
e:bird a skos:Concept ; skos:prefLabel "bird"@en, "Vogel"@de .
e:song a skos:Concept ; skos:prefLabel "birdsong"@en ;
  skos:altLabel "avian vocalisation"@en ; skos:broader e:sound .
e:sound skos:prefLabel "animal sound"@en ; skos:broader e:signal .
e:signal skos:prefLabel "acoustic signal"@en .
e:lark1 skos:prefLabel "lark"@en . e:lark2 skos:prefLabel "Larks"@en .
e:nest skos:prefLabel "nest architecture"@en .
"""
OBO = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
 xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:oboInOwl="http://www.geneontology.org/formats/oboInOwl#">
 <owl:Class rdf:about="http://example.org/o/1"><rdfs:label>birdsong</rdfs:label>
  <oboInOwl:hasExactSynonym>avian vocalisation</oboInOwl:hasExactSynonym>
  <rdfs:subClassOf rdf:resource="http://example.org/o/2"/></owl:Class>
 <owl:Class rdf:about="http://example.org/o/2"><rdfs:label>acoustic signal</rdfs:label></owl:Class>
 <owl:Class rdf:about="http://example.org/o/3"><rdfs:label>old song</rdfs:label>
  <owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated></owl:Class>
</rdf:RDF>"""
CSO = """
@prefix c: <https://cso.example/topics/> .
c:birdsong <http://www.w3.org/2000/01/rdf-schema#label> "birdsong" .
c:acoustics <http://www.w3.org/2000/01/rdf-schema#label> "acoustic signal" .
c:acoustics <http://cso.kmi.open.ac.uk/schema/cso#superTopicOf> c:birdsong .
"""
WIKIDATA = """item,itemLabel,itemAltLabel,parent
http://w.example/Q1,birdsong,avian vocalisation|bird song,http://w.example/Q2
http://w.example/Q2,acoustic signal,,
"""
JSONLD = json.dumps(
    {
        "@context": {"skos": "http://www.w3.org/2004/02/skos/core#"},
        "@graph": [
            {
                "@id": "http://example.org/j/1",
                "skos:prefLabel": "birdsong",
                "skos:broader": {"@id": "http://example.org/j/2"},
            },
            {"@id": "http://example.org/j/2", "skos:prefLabel": "acoustic signal"},
        ],
    }
)
FILES = {"v.ttl": SKOS, "v.owl": OBO, "cso.ttl": CSO, "v.csv": WIKIDATA, "v.jsonld": JSONLD}


def term(label: str, place: int) -> Term:
    mention = TermMention(Span("abstract", place, place + len(label)), label, 0.9)
    return Term(label, ConceptType.CONCEPT, (mention,), Role.STUDIES)


ONE = Extraction("p1", (term("birdsong", 0), term("acoustic signals", 20)), (), (Span("abstract", 0, 99),))
TWO = Extraction("p2", (term("avian vocalization", 0), term("larks", 40)), (), (Span("abstract", 0, 99),))


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("packed", [False, True])
def test_every_syntax_links_and_orders(tmp_path: Path, name: str, packed: bool) -> None:
    path = tmp_path / (name + ".gz" if packed else name)
    data = FILES[name].encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    resolution = resolve([ONE], vocabularies=[read_vocabulary(str(path))])
    by_label = {c.label: c for c in resolution.concepts}
    assert len(by_label["birdsong"].exact_matches) == 1
    kinds = [r for r in resolution.relations([ONE]) if r.relation == RelationType.IS_A]
    assert [(r.head, r.tail) for r in kinds] == [("birdsong", by_label["acoustic signal"].id)]


def test_synonyms_join_and_say_so(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(SKOS, encoding="utf-8")
    assert {c.label for c in resolve([ONE, TWO]).concepts} >= {"birdsong", "avian vocalization"}
    resolution = resolve([ONE, TWO], vocabularies=[read_vocabulary(str(path))])
    (song,) = (c for c in resolution.concepts if c.label == "birdsong")
    assert song.papers == 2
    assert {a.name: a.rule for a in song.aliases}["avian vocalization"] == Rule.VOCABULARY


def test_homonyms_stay_unlinked(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(SKOS.replace('"Larks"', '"lark"'), encoding="utf-8")
    resolution = resolve([TWO], vocabularies=[read_vocabulary(str(path))])
    (lark,) = (c for c in resolution.concepts if c.label.startswith("lark"))
    assert lark.exact_matches == ()


def test_likeness_gives_a_close_match_with_its_score(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(SKOS, encoding="utf-8")
    paper = Extraction("p3", (term("nest arhitecture", 0),), (), (Span("abstract", 0, 99),))
    (concept,) = resolve([paper], vocabularies=[read_vocabulary(str(path))]).concepts
    assert concept.exact_matches == ()
    assert concept.close_matches == ("http://example.org/v/nest",)
    assert any("likeness 0.9" in a.note for a in concept.aliases)


def test_names_are_found_where_nothing_else_was(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(SKOS, encoding="utf-8")
    paper = Paper("p", "Acoustic signals", "On the nest architecture of acoustic signal makers.")
    bare = Extraction("p", (), (), ())
    found = with_names(paper, bare, [read_vocabulary(str(path))])
    texts = {m.text for t in found.terms for m in t.mentions}
    assert texts == {"Acoustic signals", "nest architecture", "acoustic signal"}
    for t in found.terms:
        for m in t.mentions:
            assert paper.text(m.span.field)[m.span.start : m.span.end] == m.text


def test_in_a_build_and_after_an_update(tmp_path: Path) -> None:
    (tmp_path / "v.ttl").write_text(SKOS, encoding="utf-8")
    one, two = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    one.write_text(
        '{"id": "a", "title": "Nests", "abstract": "We study nest architecture."}\n', encoding="utf-8"
    )
    two.write_text(
        '{"id": "b", "title": "Songs", "abstract": "An animal sound is heard."}\n', encoding="utf-8"
    )
    store, fresh = tmp_path / "a.kg", tmp_path / "b.kg"
    kg.build([one], store=store, vocabularies=[tmp_path / "v.ttl"]).close()
    kg.add(store, [two]).close()
    kg.build([one, two], store=fresh, vocabularies=[tmp_path / "v.ttl"]).close()
    assert store.read_bytes() == fresh.read_bytes()
    with kg.load(store) as graph:
        assert graph.concept("http://example.org/v/nest").label == "nest architecture"
        assert graph.concept("animal sound").exact_matches == ("http://example.org/v/sound",)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("v.ttl", "this is no turtle", "v.ttl"),
        ("v.csv", "a,b\n1,2\n", "label and iri"),
        ("v.csv", "label,iri\nx,not an iri\n", "line 2"),
        ("v.docx", "x", "no vocabulary format"),
        ("v.ttl", "", "names nothing"),
    ],
)
def test_a_mistake_is_explained(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError, match=words):
        read_vocabulary(str(path))


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(VocabularyError, match="cannot be read"):
        read_vocabulary("nowhere.ttl")


def test_the_index_is_kept_beside_and_follows_the_file(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("label,iri\nfirst thing,e:1\n", encoding="utf-8")
    assert read_vocabulary(str(path)).iri("first things") == "e:1"
    assert (tmp_path / ".v.csv.kg-index.json").is_file()
    assert read_vocabulary(str(path)).iri("first thing") == "e:1"
    path.write_text("label,iri\nsecond thing,e:2\n", encoding="utf-8")
    assert read_vocabulary(str(path)).iri("first thing") is None


def test_a_hundred_thousand_labels_take_seconds(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    rows = "".join(f"topic number {i:x} of kind {i % 97},http://example.org/t/{i}\n" for i in range(100_000))
    path.write_text("label,iri\n" + rows, encoding="utf-8")
    started = time.process_time()
    vocabulary = read_vocabulary(str(path))
    assert time.process_time() - started < 30
    assert vocabulary.iri("Topic number ff of kind 61") == "http://example.org/t/255"


def test_rdflib_reads_the_fixtures_too() -> None:
    assert len(rdflib.Graph().parse(data=SKOS, format="turtle")) == 13
