"""What a query, a check and a bundle answer, to the letter."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef

from kg import __version__
from kg.errors import ExportError, InputError, QueryError
from kg.export.rdf import Endpoint, Table, Violation, sparql, validate, write, write_bundle
from kg.export.rdf import bundle as bundle_module
from kg.export.rdf.bundle_readme import readme
from kg.export.rdf.iris import Iris
from kg.export.rdf.namespaces import PREFIXES, QUERY_PREFIXES
from kg.export.rdf.queries import QUERIES, answers, question
from kg.export.rdf.query_errors import bare, explain
from kg.export.rdf.validation import validate_graph
from kg.export.rdf.void import UNKNOWN_LICENCE
from kg.graph import KnowledgeGraph
from kg.model import Concept, ConceptType, Paper

VOID = Namespace(QUERY_PREFIXES["void"])
DCTERMS = Namespace(PREFIXES["dcterms"])
PROV = Namespace(PREFIXES["prov"])
RDF = Namespace(PREFIXES["rdf"])


@pytest.fixture(scope="module")
def endpoint() -> Endpoint:
    return Endpoint(KnowledgeGraph.from_parts(papers=[Paper("p", "A title", "An abstract.")]))


# Tables.


def test_values_have_the_type_of_their_datatype(endpoint: Endpoint) -> None:
    values = {
        '"1"^^xsd:integer': 1,
        '"2"^^xsd:nonNegativeInteger': 2,
        '"3"^^xsd:int': 3,
        '"4"^^xsd:long': 4,
        '"x"^^xsd:integer': "x",
        '"0.5"^^xsd:decimal': 0.5,
        '"1e3"^^xsd:double': 1000.0,
        '"INF"^^xsd:float': float("inf"),
        '"no"^^xsd:decimal': "no",
        '"true"^^xsd:boolean': True,
        '"false"^^xsd:boolean': False,
        '"2020"^^xsd:gYear': "2020",
        '"text"@en': "text",
        '"1"': "1",
        "<urn:a>": "urn:a",
        "UNDEF": None,
    }
    for written, value in values.items():
        table = endpoint.query(f"SELECT ?v ?w WHERE {{ VALUES (?v ?w) {{ ({written} 1) }} }}")
        assert table.rows == ((value, 1),), written
        assert type(table.rows[0][0]) is type(value)


def test_a_table_in_every_way_out(endpoint: Endpoint) -> None:
    table = endpoint.query(
        "SELECT ?a ?b WHERE { VALUES (?a ?b)"
        ' { ("=1" 1.5) ("-x" true) (UNDEF false) ("a,b" <urn:a>) ("+" "") } }'
    )
    assert len(table) == 5
    assert list(table) == list(table.rows)
    assert table.to_csv() == "a,b\n'=1,1.5\n'-x,true\n,false\n\"a,b\",urn:a\n'+,\n"
    assert table.to_dicts()[0] == {"a": "=1", "b": 1.5}
    frame = table.to_df()
    assert list(frame.columns) == ["a", "b"]
    assert frame["a"].tolist()[3] == "a,b"
    assert len(frame) == 5
    assert Table(("a",), (("@x",), ("x=",), (-1,)), "").to_csv() == "a\n'@x\nx=\n-1\n"


def test_the_json_of_each_kind_of_answer(endpoint: Endpoint) -> None:
    ask = endpoint.query("ASK { ?x a fabio:ResearchPaper }")
    assert (ask.columns, ask.rows) == (("answer",), ((True,),))
    assert json.loads(ask.json) == {"head": {}, "boolean": True}
    assert endpoint.query("ASK { ?x a kg:Method }").rows == ((False,),)
    made = endpoint.query('CONSTRUCT { <urn:b> <urn:p> "v", 7 . <urn:a> <urn:p> [] } WHERE {}')
    assert made.columns == ("subject", "predicate", "object")
    assert made.rows[1:] == (("urn:b", "urn:p", 7), ("urn:b", "urn:p", "v"))
    assert json.loads(made.json)["triples"].count(" .\n") == 3
    assert json.loads(made.json)["triples"].splitlines()[-1].startswith("<urn:b> <urn:p> ")
    found = json.loads(endpoint.query("SELECT ?t WHERE { ?x dcterms:title ?t ; a fabio:ResearchPaper }").json)
    assert found["head"] == {"vars": ["t"]}
    assert found["results"]["bindings"] == [{"t": {"type": "literal", "value": "A title"}}]


def test_what_is_asked_of(endpoint: Endpoint) -> None:
    graph = KnowledgeGraph.from_parts(papers=[Paper("p", "A title", "An abstract.")])
    assert len(Endpoint(graph, abstracts=False)) == len(endpoint) - 1
    assert len(Endpoint(graph, profile="plain")) < len(endpoint)
    own = "ASK { <https://my.example/paper/p> a fabio:ResearchPaper . paper:p dcterms:title ?t }"
    assert sparql(graph, own, base_iri="https://my.example/").rows == ((True,),)
    assert sparql(graph, own).rows == ((False,),)
    text = "ASK { ?x a kg:Text }"
    assert sparql(graph, text).rows == ((True,),)
    assert sparql(graph, text, profile="plain").rows == ((False,),)
    with pytest.raises(ExportError):
        sparql(graph, text, profile="full")  # type: ignore[arg-type]


def test_large_graphs_are_loaded_whole() -> None:
    papers = [Paper(f"p{n:03}", f"{n} é " + "long " * 400) for n in range(120)]
    endpoint = Endpoint(KnowledgeGraph.from_parts(papers=papers), profile="plain")
    assert len(endpoint) == 2 + 4 * 120
    assert endpoint.query("SELECT (COUNT(DISTINCT ?t) AS ?n) { ?p dcterms:title ?t }").rows == ((121,),)


# Mistakes in queries.


@pytest.mark.parametrize(
    "word", ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"]
)
def test_nothing_that_writes_is_tried(endpoint: Endpoint, word: str) -> None:
    for written in (word, word.lower(), f"PREFIX a: <urn:a>\nbase <urn:b>\n{word}"):
        with pytest.raises(QueryError, match="would change the graph"):
            endpoint.query(f"{written} <urn:a> {{ ?a ?b ?c }}")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "the query is empty; begin with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        (
            "FETCH ?x",
            "line 1, column 1: 'FETCH' is no kind of query; begin with SELECT, ASK, CONSTRUCT, DESCRIBE",
        ),
        (
            "prefix a: <urn:a>\nbase <urn:b>\n  AKS { ?a ?b ?c }",
            "line 3, column 3: 'AKS' is no kind of query; did you mean ASK?",
        ),
        ("ASK { service <urn:a> { ?a ?b ?c } }", "line 1, column 7: SERVICE would ask another server"),
        (
            "ASK {\n\n ?a dct:title ?b }",
            "line 3, column 5: the prefix dct: is not declared; did you mean dcterms:?",
        ),
        (
            "ASK { ?a :b ?c }",
            "column 10: the prefix : is not declared; known without PREFIX: concept, data, datacite, ",
        ),
        ("ASK { ?a kg:qqqqqq ?b }", "column 10: the vocabulary has no kg:qqqqqq; schemas/ontology.ttl lists"),
        ("ASK { ?a a kg:Methods. }", "column 12: the vocabulary has no kg:Methods; did you mean kg:Method?"),
        ("ASK { { ?a ?b ?c }", "1 closing brace(s) are missing"),
        ("ASK { { { ?a ?b ?c }", "2 closing brace(s) are missing"),
        ("ASK { ?a ?b ?c ) }", "the parentheses do not match"),
        ("ASK { ?a ?b (?c }", "the parentheses do not match"),
        ("ASK { ?a ?b ?c , ?d a kg:Task }", 'after ";" the subject is not repeated'),
        ("ASK { ?a ?b ?c ?d }", "look at the words just before this place"),
        ("SELECT ?a WHERE { ?a ?b <x y> }", "an IRI in < > is absolute and has no blanks"),
    ],
)
def test_mistakes_are_told_with_their_place(endpoint: Endpoint, query: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        endpoint.query(query)
    assert words in str(caught.value)


def test_the_place_is_shown(endpoint: Endpoint) -> None:
    with pytest.raises(QueryError) as caught:
        endpoint.query("ASK {\n  ?a kg:use ?b\n}")
    told, line, mark = str(caught.value).split("\n")
    assert told.startswith("line 2, column 6: ")
    assert line == "    ?a kg:use ?b"
    assert mark == "  " + " " * 5 + "^"
    with pytest.raises(QueryError) as caught:
        endpoint.query("ASK {\n?a ?b ?c .\n ?a ?b ?c ?d }")
    assert str(caught.value).split("\n")[1:] == ["   ?a ?b ?c ?d }", " " * 16 + "^"]
    assert str(caught.value).startswith("line 3, column 15: the query cannot be understood from here on")


def test_a_message_without_a_place_is_passed_on() -> None:
    assert str(explain("ASK {}", " odd \n")).startswith("the query has a mistake: odd; look at")
    assert str(explain("a\nbc", "error at 2:2: x")).split("\n") == [
        "line 2, column 2: the query cannot be understood from here on;"
        " look at the words just before this place",
        "  bc",
        "   ^",
    ]
    assert "must be grouped by" in str(explain("a", "a variable that is unbound"))


@pytest.mark.parametrize(
    ("query", "blanked"),
    [
        ("a # b\nc", "a    \nc"),
        ("\"a\" 'b' <c>", "           "),
        ('"a\\"b" c', "       c"),
        ('"""a\n"b""" c', "    \n      c"),
        ("'''a''b''' c", "           c"),
        ('"a\nb"', '"a\nb"'),
        ("?a < 1 && ?b > 2", "?a < 1 && ?b > 2"),
        ("a#b <#c> d", "a" + " " * 9),
    ],
)
def test_what_is_no_word_is_blanked_out_in_place(query: str, blanked: str) -> None:
    assert bare(query) == blanked


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?a a kg:Method. }",
        "ask { ?a kg:uses kg: }",
        "prefix kg: <urn:own:> ask { ?a kg:nothing ?b }",
        "PREFIX : <urn:own:> ASK { ?a :nothing ?b }",
        "PREFIX a.b-c: <urn:own:> ASK { ?a a.b-c:d ?b }",
        "ASK { ?a ?b _:c . _:c ?d ?e }",
        "BASE <urn:a:> DESCRIBE <b>",
        "CONSTRUCT WHERE { ?insert ?delete $load }",
    ],
)
def test_what_is_right_is_answered(endpoint: Endpoint, query: str) -> None:
    endpoint.query(query)


# The ready queries.


def test_answers_are_tables_of_five_rows() -> None:
    def asked(number: int) -> list[str]:
        concepts = [
            Concept(
                f"c{n}",
                ("a|b<c" if n == 0 else "x" * 95 if n == 1 else f"l{n}"),
                ConceptType.METHOD,
                papers=9 - n,
            )
            for n in range(number)
        ]
        return answers(KnowledgeGraph.from_parts(concepts=concepts), heading="####").split("\n\n")

    assert asked(5)[0] == f"#### {question(QUERIES[0])}"
    assert asked(5)[1] == f"[`queries/{QUERIES[0]}.rq`](queries/{QUERIES[0]}.rq), plain or evidence profile"
    table = asked(5)[2].splitlines()
    assert len(table) == 7
    assert set(table[1]) == set("| -")
    assert "a\\|b&lt;c" in table[2]
    assert f"| {'x' * 89}… |" in table[3]
    assert asked(5)[3].startswith("#### ")
    assert asked(6)[3] == "… and 1 more."
    assert len(asked(6)[2].splitlines()) == 7
    assert asked(9)[3] == "… and 4 more."
    whole = "\n\n".join(asked(1))
    assert whole.endswith("|\n")
    assert whole.count(", evidence profile") == 4
    assert whole.count("#### ") == len(QUERIES)


# Checks.


def test_a_violation_is_a_sentence() -> None:
    assert str(Violation("urn:a", "must be so", "kg:uses", "x")).count("x") == 1
    for length, shown in ((80, "y" * 80), (81, "y" * 77 + "…")):
        told = str(Violation("urn:a", "must be so", "kg:uses", "y" * length))
        assert shown in told
        assert shown + "y" not in told
    assert str(Violation("urn:a", "must be so", "kg:uses")) == "urn:a, kg:uses: must be so"
    assert str(Violation("urn:a", "must be so")) == "urn:a: must be so"


def test_what_is_wrong_is_told_by_node_path_and_value(small: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "out.ttl"
    write(small, path, profile="evidence")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("rdf:predicate kg:proposes", "rdf:predicate kg:usedFor").replace(
            'kg:confidence "0.93"^^xsd:decimal', 'kg:confidence "1.5"^^xsd:decimal'
        ),
        encoding="utf-8",
    )
    found = validate(path)
    assert found == sorted(found)
    link = "https://example.org/kg/link/doi:10.1000%2Flora%281%29/proposes/lora"
    own = {(v.path, v.value) for v in found if v.node == link}
    assert own >= {("kg:confidence", "1.5"), ("rdf:predicate", "kg:usedFor")}
    assert all(v.message for v in found)


def test_either_a_paper_or_a_scheme_is_content() -> None:
    def told(kind: str) -> list[str]:
        graph = Graph()
        graph.parse(data=f"<urn:a> a <{kind}> .", format="turtle")
        return [v.message for v in validate_graph(graph)]

    assert any("neither a paper" in m for m in told("urn:other"))
    for kind in (PREFIXES["skos"] + "ConceptScheme", PREFIXES["fabio"] + "ResearchPaper"):
        assert not any("neither a paper" in m for m in told(kind))


@pytest.mark.parametrize("gone", ["fabio:ResearchPaper", "skos:ConceptScheme"])
def test_a_file_of_papers_alone_or_of_a_scheme_alone_conforms(tmp_path: Path, gone: str) -> None:
    papers = [Paper("p", "A title")] if gone.startswith("skos") else []
    write(KnowledgeGraph.from_parts(papers=papers), tmp_path / "out.ttl")
    text = (tmp_path / "out.ttl").read_text()
    (tmp_path / "out.ttl").write_text(text.replace("a skos:ConceptScheme ;\n   ", "") if papers else text)
    assert gone not in (tmp_path / "out.ttl").read_text()
    assert validate(tmp_path / "out.ttl") == []


def test_a_file_that_two_parsers_read_differently_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.ttl"
    kind = "<http://www.w3.org/2001/XMLSchema#integer>"
    path.write_text(f'<urn:a> <urn:b> "1"^^{kind}, "01"^^{kind} .')
    with pytest.raises(InputError, match=r"pyoxigraph reads 2 triples, rdflib 1") as caught:
        validate(path)
    assert caught.value.file == str(path)


def test_a_file_is_read_by_its_suffix_or_format(small: KnowledgeGraph, tmp_path: Path) -> None:
    write(small, tmp_path / "out.ttl")
    (tmp_path / "out.data").write_bytes((tmp_path / "out.ttl").read_bytes())
    assert validate(tmp_path / "out.data", format="turtle") == []
    with pytest.raises(ExportError, match="no RDF format"):
        validate(tmp_path / "out.data")
    (tmp_path / "out.TTL.GZ").write_bytes(gzip.compress((tmp_path / "out.ttl").read_bytes()))
    assert validate(str(tmp_path / "out.TTL.GZ")) == []


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("a.nt", "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n", 2, "is no valid nt"),
        ("a.ttl", "<urn:a> <urn:b> 01x .", 1, "is no valid turtle"),
        ("a.jsonld", "{", None, "is no valid json-ld"),
        ("a.ttl", '<urn:a> <urn:b> "x"@en--ltr .', None, "is no valid turtle"),
    ],
)
def test_what_cannot_be_parsed_names_file_and_line(
    tmp_path: Path, name: str, text: str, line: int | None, words: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        validate(path)
    assert caught.value.file == str(path)
    assert words in caught.value.message
    if line is not None:
        assert caught.value.line == line


# The bundle.


def described(folder: Path) -> Graph:
    return Graph().parse(folder / "void.ttl", format="turtle")


def test_the_dataset_is_described(small: KnowledgeGraph, tmp_path: Path) -> None:
    made = write_bundle(small, tmp_path / "out", base_iri="https://my.example/kg/", suffix=".nt")
    void, base = described(made.path), Namespace("https://my.example/kg/")
    assert f"\n@prefix void: <{VOID}> .\n" in (made.path / "void.ttl").read_text()
    whole, software = base.dataset, base[f"software/paperkg-{__version__}"]
    assert {o for o in void.objects(whole) if isinstance(o, URIRef)} - set(
        void.objects(whole, VOID.vocabulary)
    ) == {
        VOID.Dataset,
        URIRef(UNKNOWN_LICENCE),
        software,
        base["paper/doi:10.1000%2Flora%281%29"],
        base["dataset/plain"],
        base["dataset/evidence"],
    }
    assert UNKNOWN_LICENCE == "http://rightsstatements.org/vocab/CNE/1.0/"
    assert void.value(whole, DCTERMS.license) == URIRef(UNKNOWN_LICENCE)
    assert void.value(whole, PROV.wasAttributedTo) == software
    assert void.value(whole, VOID.exampleResource) == base["paper/doi:10.1000%2Flora%281%29"]
    assert void.value(whole, VOID.uriSpace) == Literal(str(base))
    assert set(void.objects(whole, VOID.subset)) == {base["dataset/plain"], base["dataset/evidence"]}
    assert {str(o) for o in void.objects(whole, VOID.vocabulary)} == set(PREFIXES.values()) - {
        PREFIXES["rdf"],
        PREFIXES["xsd"],
    }
    assert len(str(void.value(whole, DCTERMS.title))) > 5
    assert len(str(void.value(whole, DCTERMS.description))) > 50
    assert void.value(software, RDF.type) == PROV.SoftwareAgent
    assert str(void.value(software, URIRef(PREFIXES["foaf"] + "name"))) == f"paperkg {__version__}"
    for profile in ("plain", "evidence"):
        subset = base[f"dataset/{profile}"]
        assert void.value(subset, RDF.type) == VOID.Dataset
        assert void.value(subset, DCTERMS.license) == URIRef(UNKNOWN_LICENCE)
        assert void.value(subset, VOID.dataDump) == base[f"data/{profile}.nt"]
        assert str(void.value(subset, DCTERMS.title)) == f"The {profile} profile"
        assert int(str(void.value(subset, VOID.triples))) == made.triples[profile]
    assert int(str(void.value(whole, VOID.triples))) == made.triples["evidence"]
    for profile in ("plain", "evidence"):
        part = base[f"dataset/{profile}/class/kg:Dataset"]
        assert void.value(part, VOID["class"]) == URIRef(PREFIXES["kg"] + "Dataset")
        assert (base[f"dataset/{profile}"], VOID.classPartition, part) in void
        part = base[f"dataset/{profile}/property/kg:uses"]
        assert (part, VOID.property, None) not in void
        part = base[f"dataset/{profile}/property/skos:prefLabel"]
        assert str(void.value(part, VOID.triples)) == "4"


def test_a_graph_without_papers_has_no_example(tmp_path: Path) -> None:
    made = write_bundle(KnowledgeGraph.from_parts(), tmp_path / "out", suffix=".ttl")
    void = described(made.path)
    assert list(void.objects(None, VOID.exampleResource)) == []
    assert sorted(f for f in made.files if f.startswith("data/")) == ["data/evidence.ttl", "data/plain.ttl"]
    assert made.triples == {"plain": 2, "evidence": 2}


def test_the_files_of_a_bundle(small: KnowledgeGraph, tmp_path: Path) -> None:
    made = write_bundle(small, str(tmp_path / "out"), abstracts=False)
    assert list(made.files) == sorted(
        [
            *("README.md", "context.jsonld", "data/evidence.ttl.gz", "data/plain.ttl.gz", "ontology.ttl"),
            *("prefixes.ttl", "shapes.ttl", "void.ttl"),
            *(f"queries/{name}.rq" for name in QUERIES),
        ]
    )
    assert made.path == tmp_path / "out"
    assert made.path.stat().st_mode & 0o777 == 0o755
    assert b"dcterms:abstract" not in gzip.decompress((made.path / "data/plain.ttl.gz").read_bytes())
    lines = (made.path / "prefixes.ttl").read_text().splitlines()
    every = {**QUERY_PREFIXES, **Iris().prefixes()}
    assert lines == [f"@prefix {prefix}: <{every[prefix]}> ." for prefix in sorted(every)]
    assert len(Graph().parse(made.path / "prefixes.ttl", format="turtle")) == 0


def test_a_bundle_that_both_parsers_read_otherwise_is_not_made(
    small: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for parser in ("pyoxigraph", "rdflib"):
        monkeypatch.setattr(bundle_module, f"count_with_{parser}", lambda path: 7)
    with pytest.raises(ExportError, match=r"data/plain.*: 101 triples were written, pyoxigraph reads 7"):
        write_bundle(small, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_the_way_of_a_bundle(small: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        write_bundle(small, tmp_path / "no" / "folder")
    for name in ("void.ttl", "queries"):
        folder = tmp_path / name.replace(".", "-")
        folder.mkdir()
        (folder / name).mkdir() if name == "queries" else (folder / name).write_text("x")
        with pytest.raises(ExportError, match="not empty and no bundle"):
            write_bundle(small, folder)
    (tmp_path / "empty").mkdir()
    assert write_bundle(small, tmp_path / "empty").files
    for suffix in (".nq", ".rdf", ".trig"):
        with pytest.raises(ExportError, match=r"holds Turtle or N-Triples"):
            write_bundle(small, tmp_path / "new", suffix=suffix)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("suffix", "media", "packed"),
    [
        (".ttl.gz", "text/turtle", True),
        (".ttl", "text/turtle", False),
        (".nt.gz", "application/n-triples", True),
        (".nt", "application/n-triples", False),
    ],
)
def test_the_readme_tells_how_to_load_what_is_there(suffix: str, media: str, packed: bool) -> None:
    dumps = {profile: f"data/{profile}{suffix}" for profile in ("plain", "evidence")}
    text = readme(Iris("https://my.example/"), dumps, {"plain": 1234, "evidence": 56789})
    assert f"| `data/plain{suffix}` | the plain profile, 1,234 triples" in text
    assert f"| `data/evidence{suffix}` | the evidence profile, 56,789 triples" in text
    assert f"'evidence{suffix}', 'https://my.example/dataset'" in text
    assert "below `https://my.example/`" in text
    assert text.count(f"-H 'Content-Type: {media}'") == 3
    assert text.count(" -H 'Content-Encoding: gzip'") == (3 if packed else 0)
    rows = [line for line in text.splitlines() if line.startswith("| `queries/") and ".rq`" in line]
    assert [row.split("|")[1].strip() for row in rows] == [f"`queries/{name}.rq`" for name in QUERIES]
    assert [row.split("|")[2].strip() for row in rows] == [question(name) for name in QUERIES]
    assert [row.split("|")[3].strip() for row in rows].count("evidence") == 4
    assert {row.split("|")[3].strip() for row in rows} == {"evidence", "both"}
