"""What is written, to the letter: one small graph, and every shape that a paper or a concept may have."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph, Literal, Namespace, URIRef

from kg.errors import ExportError
from kg.export.rdf import to_rdflib, write
from kg.export.rdf.formats import FORMATS, format_of
from kg.export.rdf.iris import Iris
from kg.export.rdf.jsonld import jsonld_lines
from kg.export.rdf.literals import outside_iri, text
from kg.export.rdf.namespaces import (
    CLASS_OF_TYPE,
    PREFIXES,
    PROPERTY_OF_RELATION,
    PROPERTY_OF_ROLE,
    QUERY_PREFIXES,
)
from kg.export.rdf.nodes import Node
from kg.export.rdf.ntriples import escape
from kg.export.rdf.rdfxml import rdfxml_lines
from kg.export.rdf.turtle import trig_lines, turtle_lines
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

METHOD = ConceptType.METHOD
KG = Namespace(PREFIXES["kg"])
DATA = Namespace("https://example.org/kg/")
TYPE = PREFIXES["rdf"] + "type"


def tiny() -> KnowledgeGraph:
    said = Span("abstract", 0, 14)
    return KnowledgeGraph.from_parts(
        papers=[
            Paper(
                "p/1",
                "Owl",
                'An owl "sees".',
                date="2020-05",
                authors=("Ada É",),
                identifiers=(("pmid", "7"), ("odd scheme", "x")),
                upvotes=3,
                sources=(Source("a.txt", 1, 2),),
            )
        ],
        concepts=[
            Concept(
                "owl",
                "owl",
                METHOD,
                (Alias("Owls", Rule.NUMBER, 1, "p/1", "seen"), Alias("owl", Rule.LABEL, 1)),
                papers=1,
                confidence=0.5,
            ),
            Concept("bird", "bird", ConceptType.CONCEPT),
        ],
        links=[Link("p/1", "owl", Role.USES, 0.75, 0.5, 2, said, Span("abstract", 8, 12))],
        relations=[Relation("owl", RelationType.IS_A, "bird", 0.5, 1, (Statement("p/1", said, 0.5),))],
        mentions=[
            Mention("p/1", "title", 0, 3, METHOD, "owl", 0.9),
            Mention("p/1", "abstract", 3, 6, METHOD, "owl", 0.25),
        ],
        sentences={"p/1": (Span("title", 0, 3), said)},
    )


TURTLE = r"""
<concepts> a skos:ConceptScheme ;
    dcterms:title "Methods, tasks, datasets, metrics and concepts" .

<paper/p%2F1> a fabio:ResearchPaper,
        schema:ScholarlyArticle ;
    dcterms:identifier "p/1" ;
    dcterms:title "Owl" ;
    dcterms:abstract "An owl \"sees\"." ;
    dcterms:date "2020-05"^^xsd:gYearMonth ;
    fabio:hasPublicationYear "2020"^^xsd:gYear ;
    dcterms:creator <author/p%2F1/1> ;
    kg:authorCount "1"^^xsd:nonNegativeInteger ;
    fabio:hasPubMedId "7" ;
    datacite:hasIdentifier <identifier/p%2F1/odd%20scheme/x> ;
    kg:upvotes "3"^^xsd:integer ;
    dcterms:source <source/a.txt/1> ;
    dcterms:subject <concept/owl> ;
    kg:uses <concept/owl> .

<author/p%2F1/1> a foaf:Agent ;
    foaf:name "Ada É" ;
    kg:authorPosition "1"^^xsd:nonNegativeInteger .

<identifier/p%2F1/odd%20scheme/x> a datacite:ResourceIdentifier ;
    kg:identifierScheme "odd scheme" ;
    literal:hasLiteralValue "x" .

<source/a.txt/1> a kg:Record ;
    kg:fileName "a.txt" ;
    kg:recordNumber "1"^^xsd:nonNegativeInteger ;
    kg:lineNumber "2"^^xsd:nonNegativeInteger .

<concept/bird> a skos:Concept ;
    dcterms:identifier "bird" ;
    skos:prefLabel "bird" ;
    skos:inScheme <concepts> ;
    skos:topConceptOf <concepts> ;
    kg:paperCount "0"^^xsd:nonNegativeInteger .

<concept/owl> a skos:Concept,
        kg:Method ;
    dcterms:identifier "owl" ;
    skos:prefLabel "owl" ;
    skos:altLabel "Owls" ;
    skos:inScheme <concepts> ;
    kg:paperCount "1"^^xsd:nonNegativeInteger ;
    kg:isA <concept/bird> ;
    skos:broader <concept/bird> .

<text/p%2F1/title> a kg:Text ;
    dcterms:isPartOf <paper/p%2F1> ;
    kg:field "title" .

<text/p%2F1/abstract> a kg:Text ;
    dcterms:isPartOf <paper/p%2F1> ;
    kg:field "abstract" .

<sentence/p%2F1/title/0-3> a kg:Sentence ;
    rdf:value "Owl" ;
    dcterms:isPartOf <paper/p%2F1> ;
    kg:field "title" ;
    kg:start "0"^^xsd:nonNegativeInteger ;
    kg:end "3"^^xsd:nonNegativeInteger .

<sentence/p%2F1/abstract/0-14> a kg:Sentence ;
    rdf:value "An owl \"sees\"." ;
    dcterms:isPartOf <paper/p%2F1> ;
    kg:field "abstract" ;
    kg:start "0"^^xsd:nonNegativeInteger ;
    kg:end "14"^^xsd:nonNegativeInteger .

<mention/p%2F1/title/0-3> a oa:Annotation ;
    oa:motivatedBy oa:identifying ;
    oa:hasBody <concept/owl> ;
    oa:hasTarget <mention/p%2F1/title/0-3/target> ;
    kg:confidence "0.9"^^xsd:decimal ;
    kg:inSentence <sentence/p%2F1/title/0-3> .

<mention/p%2F1/title/0-3/target> a oa:SpecificResource ;
    oa:hasSource <text/p%2F1/title> ;
    oa:hasSelector <mention/p%2F1/title/0-3/position>,
        <mention/p%2F1/title/0-3/quote> .

<mention/p%2F1/title/0-3/position> a oa:TextPositionSelector ;
    oa:start "0"^^xsd:nonNegativeInteger ;
    oa:end "3"^^xsd:nonNegativeInteger .

<mention/p%2F1/title/0-3/quote> a oa:TextQuoteSelector ;
    oa:exact "Owl" ;
    oa:prefix "" ;
    oa:suffix "" .

<mention/p%2F1/abstract/3-6> a oa:Annotation ;
    oa:motivatedBy oa:identifying ;
    oa:hasBody <concept/owl> ;
    oa:hasTarget <mention/p%2F1/abstract/3-6/target> ;
    kg:confidence "0.25"^^xsd:decimal ;
    kg:inSentence <sentence/p%2F1/abstract/0-14> .

<mention/p%2F1/abstract/3-6/target> a oa:SpecificResource ;
    oa:hasSource <text/p%2F1/abstract> ;
    oa:hasSelector <mention/p%2F1/abstract/3-6/position>,
        <mention/p%2F1/abstract/3-6/quote> .

<mention/p%2F1/abstract/3-6/position> a oa:TextPositionSelector ;
    oa:start "3"^^xsd:nonNegativeInteger ;
    oa:end "6"^^xsd:nonNegativeInteger .

<mention/p%2F1/abstract/3-6/quote> a oa:TextQuoteSelector ;
    oa:exact "owl" ;
    oa:prefix "An " ;
    oa:suffix " \"sees\"." .

<link/p%2F1/uses/owl> a kg:Link ;
    rdf:subject <paper/p%2F1> ;
    rdf:predicate kg:uses ;
    rdf:object <concept/owl> ;
    kg:confidence "0.75"^^xsd:decimal ;
    kg:salience "0.5"^^xsd:decimal ;
    kg:support "2"^^xsd:nonNegativeInteger ;
    prov:wasDerivedFrom <sentence/p%2F1/abstract/0-14> ;
    kg:cue "sees" ;
    kg:hasMention <mention/p%2F1/title/0-3>,
        <mention/p%2F1/abstract/3-6> .

<concept/bird> kg:confidence "1.0"^^xsd:decimal .

<concept/owl> kg:confidence "0.5"^^xsd:decimal ;
    skosxl:altLabel <alias/owl/Owls> ;
    skosxl:prefLabel <alias/owl/owl> .

<alias/owl/Owls> a skosxl:Label ;
    skosxl:literalForm "Owls" ;
    kg:rule "number" ;
    kg:support "1"^^xsd:nonNegativeInteger ;
    prov:wasDerivedFrom <paper/p%2F1> ;
    rdfs:comment "seen" .

<alias/owl/owl> a skosxl:Label ;
    skosxl:literalForm "owl" ;
    kg:rule "label" ;
    kg:support "1"^^xsd:nonNegativeInteger .

<relation/owl/is_a/bird> a kg:RelationStatement ;
    rdf:subject <concept/owl> ;
    rdf:predicate kg:isA ;
    rdf:object <concept/bird> ;
    kg:confidence "0.5"^^xsd:decimal ;
    kg:support "1"^^xsd:nonNegativeInteger ;
    prov:wasDerivedFrom <sentence/p%2F1/abstract/0-14> .
"""


def test_the_evidence_in_turtle(tmp_path: Path) -> None:
    write(tiny(), tmp_path / "out.ttl", profile="evidence")
    head, _, body = (tmp_path / "out.ttl").read_text(encoding="utf-8").partition("XMLSchema#> .\n")
    assert body == TURTLE
    lines = head.splitlines()
    assert lines[0] == "@base <https://example.org/kg/> ."
    assert [line.split()[1] for line in lines[1:]] == [f"{prefix}:" for prefix in PREFIXES]


def test_prefixes_are_sorted_and_the_usual_ones() -> None:
    assert list(PREFIXES) == sorted(PREFIXES)
    assert QUERY_PREFIXES.items() >= PREFIXES.items()
    assert QUERY_PREFIXES["owl"] == "http://www.w3.org/2002/07/owl#"
    assert QUERY_PREFIXES["sh"] == "http://www.w3.org/ns/shacl#"
    assert QUERY_PREFIXES["void"] == "http://rdfs.org/ns/void#"
    common = {"dcterms", "foaf", "oa", "prov", "rdf", "rdfs", "schema", "skos", "void", "xsd", "owl", "sh"}
    known = {str(prefix): str(name) for prefix, name in Graph(bind_namespaces="rdflib").namespaces()}
    assert {p: QUERY_PREFIXES[p] for p in common - {"oa"}} == {p: known[p] for p in common - {"oa"}}
    for names, words in (
        (PROPERTY_OF_ROLE, list(Role)),
        (PROPERTY_OF_RELATION, list(RelationType)),
    ):
        for word in words:
            first, *others = word.split("_")
            assert names[word] == KG + first + "".join(o.title() for o in others)  # type: ignore[index]
    assert {kind: CLASS_OF_TYPE[kind] for kind in ConceptType} == {
        kind: None if kind == "Concept" else str(KG[kind]) for kind in ConceptType
    }


def test_json_ld_is_short_and_a_line_a_thing(tmp_path: Path) -> None:
    write(tiny(), tmp_path / "out.jsonld", profile="evidence")
    lines = (tmp_path / "out.jsonld").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith('{"@context": {"@base":"https://example.org/kg/","datacite":"http')
    assert lines[1] == '"@graph": ['
    assert lines[-1] == "]}"
    base = "https://example.org/kg"
    assert lines[3] == (
        f'{{"id":"{base}/paper/p%2F1","type":["fabio:ResearchPaper","schema:ScholarlyArticle"],'
        '"identifier":"p/1","title":"Owl","abstract":"An owl \\"sees\\".",'
        '"date":{"@type":"xsd:gYearMonth","@value":"2020-05"},"year":"2020",'
        f'"creator":"{base}/author/p%2F1/1","authorCount":"1","pmid":"7",'
        f'"hasIdentifier":"{base}/identifier/p%2F1/odd%20scheme/x","upvotes":"3",'
        f'"source":"{base}/source/a.txt/1","subject":"{base}/concept/owl","uses":"{base}/concept/owl"}},'
    )
    assert lines[4].startswith(f'{{"id":"{base}/author/p%2F1/1","type":"foaf:Agent","name":"Ada É"')
    assert lines[-2].startswith(f'{{"id":"{base}/relation/owl/is_a/bird","type":"kg:RelationStatement"')
    assert all(line.endswith("},") for line in lines[2:-2])


def test_json_ld_spells_values_out_where_no_term_says_their_kind() -> None:
    node = Node(
        "urn:a",
        [
            ("urn:p", "urn:b", None),
            ("urn:p", "c", PREFIXES["xsd"] + "string"),
            ("urn:p", "4", PREFIXES["xsd"] + "integer"),
            (PREFIXES["foaf"] + "unknown", "x", PREFIXES["xsd"] + "string"),
            (PREFIXES["kg"] + "uses", "text", PREFIXES["xsd"] + "string"),
            (PREFIXES["kg"] + "support", "5", PREFIXES["xsd"] + "nonNegativeInteger"),
            (PREFIXES["kg"] + "support", "5", "urn:own"),
            (PREFIXES["dcterms"] + "title", "urn:t", None),
            (TYPE, "urn:class", None),
            (TYPE, PREFIXES["kg"] + "no name", None),
        ],
    )
    line = list(jsonld_lines([node], "urn:base:"))[1].strip()
    assert json.loads(line) == {
        "id": "urn:a",
        "urn:p": [{"@id": "urn:b"}, "c", {"@type": "xsd:integer", "@value": "4"}],
        "foaf:unknown": "x",
        "uses": {"@value": "text"},
        "support": ["5", {"@type": "urn:own", "@value": "5"}],
        "title": {"@id": "urn:t"},
        "type": ["urn:class", PREFIXES["kg"] + "no name"],
    }


def test_rdf_xml_escapes_what_it_must() -> None:
    string = PREFIXES["xsd"] + "string"
    node = Node(
        'urn:a&"',
        [
            (PREFIXES["dcterms"] + "title", "a<b>&\r\n\"'", string),
            (PREFIXES["kg"] + "support", "1\r", "urn:own"),
            (PREFIXES["kg"] + "uses", "urn:b&c", None),
        ],
    )
    lines = "".join(rdfxml_lines([node])).splitlines()
    assert lines[0] == '<?xml version="1.0" encoding="UTF-8"?>'
    assert lines[lines.index("  <dcterms:title>a&lt;b&gt;&amp;&#13;") - 1 :] == [
        "<rdf:Description rdf:about='urn:a&amp;\"'>",
        "  <dcterms:title>a&lt;b&gt;&amp;&#13;",
        "\"'</dcterms:title>",
        '  <kg:support rdf:datatype="urn:own">1&#13;</kg:support>',
        '  <kg:uses rdf:resource="urn:b&amp;c"/>',
        "</rdf:Description>",
        "</rdf:RDF>",
    ]
    for predicate in ("urn:p", PREFIXES["kg"] + "two words", PREFIXES["kg"] + "naïve", PREFIXES["kg"]):
        with pytest.raises(ExportError, match="cannot name the property"):
            list(rdfxml_lines([Node("urn:a", [(predicate, "urn:b", None)])]))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain é", "plain é"),
        ('"', '\\"'),
        ("\\", "\\\\"),
        ("a\\nb", "a\\\\nb"),
        ("\n\r\t", "\\n\\r\\t"),
        ("\x00\x1f\x7f", "\\u0000\\u001F\\u007F"),
        ("\u2028\ufeff", "\u2028\ufeff"),
    ],
)
def test_strings_between_quotes(value: str, written: str) -> None:
    assert escape(value) == written


def test_turtle_names_only_what_needs_no_escape() -> None:
    string = PREFIXES["xsd"] + "string"
    node = Node(
        "https://b.example/x/paper/a",
        [
            (PREFIXES["kg"] + "p", "https://b.example/x/", None),
            (PREFIXES["kg"] + "p", "https://b.example/x/Upper/a", None),
            (PREFIXES["kg"] + "p", "https://b.example/x/concept", None),
            (PREFIXES["kg"] + "p", "https://b.example/x/concept/a/./b", None),
            (PREFIXES["kg"] + "p", "https://b.example/x/concept/a?b", None),
            (PREFIXES["kg"] + "p q", PREFIXES["kg"] + "Naïve", None),
            ("urn:p", PREFIXES["kg"] + "1", None),
            ("urn:p", "v", string),
            ("urn:p", "v", "urn:own"),
        ],
    )
    head, block = turtle_lines([node], "https://b.example/x/", {"kg": PREFIXES["kg"]})
    assert head == f"@base <https://b.example/x/> .\n@prefix kg: <{KG}> .\n"
    kg = PREFIXES["kg"]
    assert block == (
        "\n<paper/a> kg:p <https://b.example/x/>,\n"
        "        <https://b.example/x/Upper/a>,\n"
        "        <concept>,\n"
        "        <https://b.example/x/concept/a/./b>,\n"
        "        <https://b.example/x/concept/a?b> ;\n"
        f"    <{kg}p q> <{kg}Naïve> ;\n"
        f'    <urn:p> <{kg}1>,\n        "v",\n        "v"^^<urn:own> .\n'
    )
    for base in ("urn:b:", "https://b.example/x#", "https://b.example/?g=/", "https://b.example/./x/"):
        (_, whole) = turtle_lines([Node(base + "paper", [("urn:p", base, None)])], base)
        assert whole == f"\n<{base}paper> <urn:p> <{base}> .\n"


def test_trig_has_each_graph_in_braces() -> None:
    node = Node("urn:a", [("urn:p", "urn:b", None)])
    lines = list(trig_lines([("https://b.example/graph/one", [node]), ("urn:two", [])], "https://b.example/"))
    assert "".join(lines[1:]) == "\n<graph/one> {\n\n<urn:a> <urn:p> <urn:b> .\n\n}\n\n<urn:two> {\n\n}\n"


def test_formats_have_the_names_that_people_give() -> None:
    assert [form.name for form in FORMATS] == ["turtle", "nt", "nquads", "trig", "xml", "json-ld"]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_format_by_its_name_or_suffix(form, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert form.parser.media_type == form.media_type
    for suffix in form.suffixes:
        assert format_of(f"a{suffix}") is format_of(f"a.b{suffix.upper()}.GZ") is form
        assert format_of("a.out", suffix) is format_of("a.out", suffix[1:].upper()) is form
    assert format_of("a.ttl", form.name.upper()) is form
    write(tiny(), tmp_path / "named.out", format=form.name)
    write(tiny(), tmp_path / f"suffixed{form.suffixes[0]}")
    assert (tmp_path / "named.out").read_bytes() == (tmp_path / f"suffixed{form.suffixes[0]}").read_bytes()


@pytest.mark.parametrize("name", ["a", "a.gz", "a.ttl.zip", "ttl", ".ttl"])
def test_no_format(name: str) -> None:
    with pytest.raises(ExportError, match="is no RDF format"):
        format_of(name)


def test_a_file_is_written_with_the_users_rights_and_no_time(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tiny(), tmp_path / "out.ttl.gz")
    finally:
        os.umask(before)
    packed = (tmp_path / "out.ttl.gz").read_bytes()
    assert (tmp_path / "out.ttl.gz").stat().st_mode & 0o777 == 0o640
    assert packed[3:8] == bytes(5)  # no name, no time
    assert [p.name for p in tmp_path.iterdir()] == ["out.ttl.gz"]
    long = tmp_path / ("é" * 100 + ".ttl.GZ")
    write(tiny(), long)
    assert gzip.decompress(long.read_bytes()) == gzip.decompress(packed)


def test_large_files_are_written_piece_by_piece(tmp_path: Path) -> None:
    papers = [Paper(f"p{n:03}", "long " * 500) for n in range(300)]
    total = write(KnowledgeGraph.from_parts(papers=papers), tmp_path / "out.nt")
    assert total == 2 + 4 * 300
    assert (tmp_path / "out.nt").read_text().count(" .\n") == total


# Every shape of a paper.


def paper_triples(paper: Paper, **options: bool) -> dict[str, list[str]]:
    """Objects by predicate, both with prefixes, of the paper's own node."""
    graph = to_rdflib(KnowledgeGraph.from_parts(papers=[paper]), **options)  # type: ignore[arg-type]
    found: dict[str, list[str]] = {}
    for predicate, value in graph.predicate_objects(URIRef(Iris().paper(paper.id))):
        curie = graph.namespace_manager.curie
        kind = f"^^{curie(value.datatype)}" if isinstance(value, Literal) and value.datatype else ""
        found.setdefault(curie(str(predicate)), []).append(f"{value}{kind}")
    return {predicate: sorted(values) for predicate, values in found.items()}


BARE = {
    "rdf:type": ["http://purl.org/spar/fabio/ResearchPaper", "https://schema.org/ScholarlyArticle"],
    "dcterms:identifier": ["p"],
    "dcterms:title": ["T"],
}


@pytest.mark.parametrize(
    ("paper", "more"),
    [
        (Paper("p", "T"), {}),
        (Paper("p", "T", "A"), {"dcterms:abstract": ["A"]}),
        (
            Paper("p", "T", date="2020"),
            {"dcterms:date": ["2020^^xsd:gYear"], "fabio:hasPublicationYear": ["2020^^xsd:gYear"]},
        ),
        (
            Paper("p", "T", date="2020-02-30", date_inferred=True),
            {"dcterms:date": ["2020-02-30"], "kg:dateInferred": ["true^^xsd:boolean"]},
        ),
        (Paper("p", "T", date_inferred=True), {}),
        (Paper("p", "T", author_count=4), {"kg:authorCount": ["4^^xsd:nonNegativeInteger"]}),
        (Paper("p", "T", author_count=0), {"kg:authorCount": ["0^^xsd:nonNegativeInteger"]}),
        (
            Paper("p", "T", authors=("A", " ", "B"), author_count=9),
            {
                "kg:authorCount": ["3^^xsd:nonNegativeInteger"],
                "dcterms:creator": [f"{DATA}author/p/1", f"{DATA}author/p/3"],
            },
        ),
        (
            Paper("p", "T", venue="V", doi="10.1/a b", arxiv="cs/1", organisation="O"),
            {
                "prism:publicationName": ["V"],
                "prism:doi": ["10.1/a b"],
                "fabio:hasArXivId": ["cs/1"],
                "kg:organisation": ["O"],
                "rdfs:seeAlso": ["https://arxiv.org/abs/cs/1", "https://doi.org/10.1/a%20b"],
            },
        ),
        (
            Paper("p", "T", doi="a/:;()#?"),
            {"prism:doi": ["a/:;()#?"], "rdfs:seeAlso": ["https://doi.org/a/:;()%23%3F"]},
        ),
        (Paper("p", "T", url="http://x.example/a"), {"fabio:hasURL": ["http://x.example/a^^xsd:anyURI"]}),
        (Paper("p", "T", url="no url"), {"fabio:hasURL": ["no url"]}),
        (Paper("p", "T", upvotes=0), {"kg:upvotes": ["0^^xsd:integer"]}),
        (Paper("p", "T", keywords=("b", "a", " ", "b")), {"prism:keyword": ["a", "b"]}),
        (
            Paper("p", "T", identifiers=(("pmcid", "1"), ("pmid", "2"), ("orcid", "3"))),
            {
                "fabio:hasPubMedCentralId": ["1"],
                "fabio:hasPubMedId": ["2"],
                "datacite:hasIdentifier": [f"{DATA}identifier/p/orcid/3"],
            },
        ),
        (
            Paper("p", "T", sources=(Source("a", 1, 5), Source("a", 1, 6), Source("a", 2))),
            {"dcterms:source": [f"{DATA}source/a/1", f"{DATA}source/a/2"]},
        ),
    ],
)
def test_what_is_said_of_a_paper(paper: Paper, more: dict[str, list[str]]) -> None:
    assert paper_triples(paper) == BARE | more


def test_without_abstracts_the_rest_stays() -> None:
    paper = Paper("p", "T", "A", upvotes=1)
    assert paper_triples(paper, abstracts=False) == BARE | {"kg:upvotes": ["1^^xsd:integer"]}


@pytest.mark.parametrize(
    "scheme",
    ["handle", "isbn", "issn", "local", "openalex", "orcid", "url", "urn", "wikidata", "own", "ISBN"],
)
def test_an_identifier_says_its_scheme(scheme: str) -> None:
    graph = to_rdflib(KnowledgeGraph.from_parts(papers=[Paper("p", "T", identifiers=((scheme, "v"),))]))
    node = DATA[f"identifier/p/{scheme}/v"]
    known = graph.value(node, URIRef(PREFIXES["datacite"] + "usesIdentifierScheme"))
    own = graph.value(node, KG.identifierScheme)
    if scheme in ("own", "ISBN"):
        assert (known, own) == (None, Literal(scheme))
    else:
        assert (known, own) == (URIRef(PREFIXES["datacite"] + scheme), None)


def test_a_record_may_have_no_line() -> None:
    sources = (Source("a", 1), Source("b", 2, 0))
    graph = to_rdflib(KnowledgeGraph.from_parts(papers=[Paper("p", "T", sources=sources)]))
    assert [str(o) for o in graph.objects(DATA["source/a/1"], KG.lineNumber)] == []
    assert [str(o) for o in graph.objects(DATA["source/b/2"], KG.lineNumber)] == ["0"]


def test_links_come_by_role_then_by_concept(tmp_path: Path) -> None:
    roles = [Role.MENTIONS, Role.USES, Role.PROPOSES, Role.USES]
    graph = KnowledgeGraph.from_parts(
        papers=[Paper("p", "T")],
        links=[Link("p", c, r, 0.5, 0.5, 1) for c, r in zip("abcd", roles, strict=True)],
    )
    write(graph, tmp_path / "out.ttl")
    written = (tmp_path / "out.ttl").read_text()
    assert written.endswith(
        "<concept/a>,\n        <concept/b>,\n        <concept/c>,\n        <concept/d> ;\n"
        "    kg:proposes <concept/c> ;\n    kg:uses <concept/b>,\n        <concept/d> ;\n"
        "    kg:mentions <concept/a> .\n"
    )


# Every shape of a concept and its evidence.


def test_names_and_matches_of_a_concept() -> None:
    concept = Concept(
        "c",
        "label",
        ConceptType.METRIC,
        (
            Alias("", Rule.CASE),
            Alias("a\x00", Rule.CASE, 1),
            Alias("a\x01", Rule.NUMBER, 2),
            Alias("label", Rule.LABEL, 3),
        ),
        ("http://x.example/1", "no iri", "http://x.example/1"),
        ("http://x.example/a b",),
    )
    graph = to_rdflib(KnowledgeGraph.from_parts(concepts=[concept]), profile="evidence")
    node, skos = DATA["concept/c"], Namespace(PREFIXES["skos"])
    assert [str(o) for o in graph.objects(node, skos.altLabel)] == ["a\ufffd"]
    assert [str(o) for o in graph.objects(node, skos.exactMatch)] == ["http://x.example/1"]
    assert [str(o) for o in graph.objects(node, skos.closeMatch)] == ["http://x.example/a%20b"]
    assert list(graph.objects(node, skos.topConceptOf)) == []
    xl = Namespace(PREFIXES["skosxl"])
    (alternative,) = graph.objects(node, xl.altLabel)
    assert str(graph.value(alternative, KG.rule)) == "case"
    assert str(graph.value(alternative, KG.support)) == "1"
    (preferred,) = graph.objects(node, xl.prefLabel)
    assert str(graph.value(preferred, KG.support)) == "3"
    assert graph.value(preferred, URIRef(PREFIXES["prov"] + "wasDerivedFrom")) is None


def test_related_is_what_is_not_broader_by_any_number_of_steps() -> None:
    kind, together = RelationType.IS_A, RelationType.CO_OCCURS_WITH
    relations = [
        Relation("a", kind, "b", 0.5, 1),
        Relation("b", kind, "c", 0.5, 1),
        Relation("a", together, "c", 0.5, 1),
        Relation("a", together, "d", 0.5, 1),
        Relation("a", RelationType.USED_FOR, "d", 0.5, 1),
        Relation("a", RelationType.USED_FOR, "a", 0.5, 1),
    ]
    graph = to_rdflib(
        KnowledgeGraph.from_parts(concepts=[Concept(c, c, METHOD) for c in "abcd"], relations=relations)
    )
    node, skos = DATA["concept/a"], Namespace(PREFIXES["skos"])
    assert {(p, o) for p, o in graph.predicate_objects(node) if str(o).startswith(DATA + "concept/")} == {
        (KG.isA, DATA["concept/b"]),
        (skos.broader, DATA["concept/b"]),
        (KG.coOccursWith, DATA["concept/c"]),
        (KG.coOccursWith, DATA["concept/d"]),
        (skos.related, DATA["concept/d"]),
        (KG.usedFor, DATA["concept/d"]),
    }
    assert set(graph.subjects(skos.topConceptOf)) == {DATA["concept/c"]}
    told = to_rdflib(KnowledgeGraph.from_parts(relations=relations), profile="evidence")
    subjects = {str(s).removeprefix(DATA + "relation/") for s in told.subjects(None, KG.RelationStatement)}
    assert subjects == {"a/is_a/b", "b/is_a/c", "a/co_occurs_with/c", "a/co_occurs_with/d", "a/used_for/d"}
    assert not list(told.subjects(KG.leftOutOfHierarchy))


ABSTRACT = "x" * 40 + " Owl. " + "y" * 40
WHOLE = Span("abstract", 0, 46)


def linked(**places: Span | None) -> Graph:
    """The evidence of a link whose mentions stand in two sentences, or in none."""
    graph = KnowledgeGraph.from_parts(
        papers=[Paper("p", "Owl", ABSTRACT)],
        concepts=[Concept("owl", "owl", METHOD)],
        links=[Link("p", "owl", Role.USES, 0.5, 0.5, 3, **places)],
        mentions=[
            Mention("p", "abstract", 41, 44, METHOD, "owl", 0.5),
            Mention("p", "abstract", 44, 45, METHOD, "owl", 0.5),
            Mention("p", "title", 0, 3, METHOD, "owl", 0.5),
        ],
        sentences={"p": (WHOLE, Span("abstract", 46, 86))},
    )
    return to_rdflib(graph, profile="evidence")


def test_a_link_rests_on_its_sentence_else_on_all_that_name_the_concept() -> None:
    derived, node = URIRef(PREFIXES["prov"] + "wasDerivedFrom"), DATA["link/p/uses/owl"]
    other = Span("abstract", 46, 86)
    assert list(linked(sentence=other).objects(node, derived)) == [DATA["sentence/p/abstract/46-86"]]
    plain = linked()
    assert list(plain.objects(node, derived)) == [DATA["sentence/p/abstract/0-46"]]
    assert list(plain.objects(node, KG.cue)) == []
    assert len(list(plain.objects(node, KG.hasMention))) == 3
    assert set(plain.subjects(None, KG.Sentence)) == {DATA["sentence/p/abstract/0-46"]}
    bare = KnowledgeGraph.from_parts(
        papers=[Paper("p", "T")], links=[Link("p", "owl", Role.USES, 0.5, 0.5, 0)]
    )
    found = to_rdflib(bare, profile="evidence")
    assert list(found.objects(node, derived)) == [DATA["paper/p"]]
    assert set(found.subjects(None, KG.Text)) == {DATA["text/p/title"]}


def test_a_mention_quotes_32_characters_around_it() -> None:
    graph, oa = linked(), Namespace(PREFIXES["oa"])
    quote = DATA["mention/p/abstract/41-44/quote"]
    assert str(graph.value(quote, oa.prefix)) == "x" * 31 + " "
    assert str(graph.value(quote, oa.suffix)) == ". " + "y" * 30
    assert list(graph.objects(DATA["mention/p/title/0-3"], KG.inSentence)) == []
    assert list(graph.objects(DATA["mention/p/abstract/41-44"], KG.inSentence)) == [
        DATA["sentence/p/abstract/0-46"]
    ]


def test_the_sentences_of_a_relation_are_told_once() -> None:
    one, two = Span("title", 0, 1), Span("abstract", 0, 1)
    said = (Statement("p", one, 0.5), Statement("p", two, 0.5), Statement("q", one, 0.5))
    relation = Relation("a", RelationType.IS_A, "b", 0.1, 3, said)
    other = Relation("b", RelationType.IS_A, "a", 0.9, 1)
    graph = to_rdflib(KnowledgeGraph.from_parts(relations=[relation, other]), profile="evidence")
    node = DATA["relation/a/is_a/b"]
    assert sorted(graph.objects(node, URIRef(PREFIXES["prov"] + "wasDerivedFrom")), key=str) == [
        DATA["sentence/p/abstract/0-1"],
        DATA["sentence/p/title/0-1"],
        DATA["sentence/q/title/0-1"],
    ]
    assert str(graph.value(node, KG.leftOutOfHierarchy)) == "true"
    assert str(graph.value(node, KG.support)) == "3"
    assert graph.value(DATA["relation/b/is_a/a"], KG.leftOutOfHierarchy) is None


# Values.


@pytest.mark.parametrize(
    ("value", "iri"),
    [
        (" http://x.example/a ", "http://x.example/a"),
        ("http://x.example/%41", "http://x.example/%41"),
        ("http://x.example/%zz", "http://x.example/%25zz"),
        ('http://x.example/<>"{}|\\^`', "http://x.example/%3C%3E%22%7B%7D%7C%5C%5E%60"),
        ("http://x.example/\ud800", "http://x.example/%ED%A0%80"),
        ("http://x.example/é", "http://x.example/é"),
        ("http://x.example/\x7f\x9f", "http://x.example/%7F%C2%9F"),
        ("relative", None),
        ("", None),
    ],
)
def test_iris_from_elsewhere(value: str, iri: str | None) -> None:
    assert outside_iri(value) == iri


def test_what_no_format_holds_is_replaced_one_for_one() -> None:
    assert text("a\x08\x0b\x0c\x0e\x1f\ud800\ufffe\uffffb") == "a" + "\ufffd" * 8 + "b"
    assert text("\t\n\r \x7f\x85\u2028\ue000") == "\t\n\r \x7f\x85\u2028\ue000"


def test_iris_of_everything() -> None:
    iris = Iris("https://my.example")
    base, span = "https://my.example/", Span("title", 1, 2)
    mention = Mention("p q", "title", 1, 2, METHOD, "c", 0.5)
    assert [
        *(iris.dataset(), iris.graph("plain"), iris.scheme(), iris.paper("~/%"), iris.concept("c.d")),
        *(iris.alias("c", "a b"), iris.author("p", 2), iris.identifier("p", "s t", "v/w")),
        *(iris.source("a.txt", 3), iris.text("p", "title"), iris.sentence("p q", span)),
        *(iris.mention(mention), iris.link("p", "uses", "c d"), iris.relation("a b", "is_a", "c")),
        *(iris.paper("."), iris.paper(".."), iris.paper("...")),
    ] == [
        base + rest
        for rest in (
            *("dataset", "graph/plain", "concepts", "paper/%7E%2F%25", "concept/c.d"),
            *("alias/c/a%20b", "author/p/2", "identifier/p/s%20t/v%2Fw"),
            *("source/a.txt/3", "text/p/title", "sentence/p%20q/title/1-2"),
            *("mention/p%20q/title/1-2", "link/p/uses/c%20d", "relation/a%20b/is_a/c"),
            *("paper/%2E", "paper/%2E%2E", "paper/..."),
        )
    ]
    assert iris.prefixes() == {"concept": f"{base}concept/", "data": base, "paper": f"{base}paper/"}
    for whole in ("urn:a:", "https://x.example/#", "https://x.example/%aF/"):
        assert Iris(whole).base == whole


def test_the_context_reads_back_what_was_written(tmp_path: Path) -> None:
    write(tiny(), tmp_path / "a.jsonld", profile="evidence")
    write(tiny(), tmp_path / "a.ttl", profile="evidence")
    one, other = (
        {q.triple for q in pyoxigraph.parse(path=str(tmp_path / name), format=format_of(name).parser)}
        for name in ("a.jsonld", "a.ttl")
    )
    assert one == other
