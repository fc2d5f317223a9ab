"""What is read of each kind of vocabulary file, and what it joins, links and finds."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.concepts import resolve, with_names
from kg.concepts.vocabulary import Vocabulary, broader_pairs, linked, read_vocabulary
from kg.concepts.vocabulary.index import make
from kg.concepts.vocabulary.parsing import Entry, entries
from kg.errors import VocabularyError
from kg.model import Alias, Concept, ConceptType, Extraction, Paper, Role, Rule, Span, Term, TermMention

HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix obo: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix schema: <http://schema.org/> .
@prefix cso: <http://cso.kmi.open.ac.uk/schema/cso#> .
@prefix mesh: <http://id.nlm.nih.gov/mesh/vocab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix e: <http://e.example/> .
"""
E = "http://e.example/"


def read(folder: Path, text: str, name: str = "v.ttl") -> list[Entry]:
    path = folder / name
    path.write_text((HEAD if name.endswith(".ttl") else "") + text, encoding="utf-8")
    return entries(path)


def test_the_preferred_name_comes_first_then_the_others(tmp_path: Path) -> None:
    text = """e:1 skos:hiddenLabel "z" ; skos:altLabel "y" ; schema:name "x" ; rdfs:label "w" ;
      skos:prefLabel " v " .
    e:2 rdfs:label "b" ; obo:hasExactSynonym "a" ; <http://purl.obolibrary.org/obo/IAO_0000118> "c" ;
      schema:alternateName "d" ; mesh:altLabel "e" ; rdfs:comment "no name" ; skos:altLabel " " .
    e:3 rdfs:label "twice" ; skos:altLabel "twice", "also" .
    e:4 skos:altLabel "first" ; skos:prefLabel "first" ."""
    assert read(tmp_path, text) == [
        Entry(f"{E}1", ("v", "w", "x", "y", "z")),
        Entry(f"{E}2", ("b", "a", "c", "d", "e")),
        Entry(f"{E}3", ("twice", "also")),
        Entry(f"{E}4", ("first",)),
    ]


def test_names_are_english_or_of_no_language(tmp_path: Path) -> None:
    text = """e:1 skos:prefLabel "bird"@en, "Vogel"@de ; skos:altLabel "birdie"@en-GB, "fowl", "oiseau"@fr ,
      "x"@eng .
    e:2 skos:prefLabel "Nest"@de ."""
    assert read(tmp_path, text) == [Entry(f"{E}1", ("bird", "birdie", "fowl"))]


def test_what_is_deprecated_is_left_out(tmp_path: Path) -> None:
    text = """e:1 rdfs:label "old" ; owl:deprecated true . e:2 rdfs:label "new" ; owl:deprecated false .
    e:3 rdfs:label "true" ."""
    assert [e.names for e in read(tmp_path, text)] == [("new",), ("true",)]


def test_broader_is_said_in_many_ways(tmp_path: Path) -> None:
    text = """e:1 rdfs:label "a" ; skos:broader e:9, e:1 . e:2 rdfs:label "b" ; skos:broaderGeneric e:9 .
    e:3 rdfs:label "c" ; rdfs:subClassOf e:9 , [] . e:4 rdfs:label "d" ; mesh:broaderDescriptor e:9 .
    e:5 rdfs:label "e" . e:6 rdfs:label "f" . e:9 skos:narrower e:5 ; cso:superTopicOf e:6 ;
      skos:related e:7 .
    e:7 rdfs:label "g" ; skos:related e:9 ."""
    found = {e.names[0]: e.broader for e in read(tmp_path, text)}
    assert found == {**dict.fromkeys("abcdef", (f"{E}9",)), "g": ()}


def test_topics_called_the_same_lend_their_names(tmp_path: Path) -> None:
    text = """e:1 rdfs:label "tree net" ; cso:relatedEquivalent <http://e.example/topics/arboreal_net_map/>,
      <http://e.example/topics#leafy_net> , <http://e.example/tree%20net> .
    e:2 cso:relatedEquivalent e:1 ."""
    assert read(tmp_path, text) == [
        Entry(f"{E}1", ("tree net", "arboreal net map", "leafy net", "tree%20net"))
    ]


def test_labels_that_are_things_of_their_own(tmp_path: Path) -> None:
    text = """e:1 xl:prefLabel [ xl:literalForm "tree" ] ; xl:altLabel e:l1 . e:l1 xl:literalForm "arbor" .
    e:2 xl:altLabel e:l2 . e:l2 xl:literalForm "nothing preferred" . e:3 xl:prefLabel e:gone .
    e:4 xl:altLabel e:l3 ; xl:prefLabel e:l4 . e:l3 xl:literalForm "a" . e:l4 xl:literalForm "b" ."""
    assert read(tmp_path, text) == [
        Entry(f"{E}1", ("tree", "arbor")),
        Entry(f"{E}2", ("nothing preferred",)),
        Entry(f"{E}4", ("b", "a")),
    ]


def test_labels_that_are_things_are_read_in_english_and_once(tmp_path: Path) -> None:
    text = """e:1 xl:prefLabel e:l1, e:l2 ; skos:prefLabel "oak" ; xl:altLabel e:l3 .
    e:l1 xl:literalForm "Baum"@de . e:l2 xl:literalForm " tree "@en . e:l3 xl:literalForm "oak" .
    e:2 xl:prefLabel e:l4 . e:l4 xl:literalForm "  " ."""
    assert read(tmp_path, text) == [Entry(f"{E}1", ("oak", "tree"))]


TRIPLE = f'<{E}1> <http://www.w3.org/2000/01/rdf-schema#label> "tree"'
XML = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"><rdf:Description rdf:about="{E}1">
 <rdfs:label>tree</rdfs:label></rdf:Description></rdf:RDF>"""
JSON = json.dumps({"@id": f"{E}1", "http://www.w3.org/2000/01/rdf-schema#label": "tree"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("v.nt", TRIPLE + " ."),
        ("v.nq", f"{TRIPLE} <{E}g> ."),
        ("v.trig", f"<{E}g> {{ {TRIPLE} }}"),
        ("v.n3", TRIPLE + " ."),
        ("v.ttl", TRIPLE + " ."),
        ("V.TTL", TRIPLE + " ."),
        ("v.1.nt", TRIPLE + " ."),
        ("v.rdf", XML),
        ("v.owl", XML),
        ("v.xml", XML),
        ("v.json", JSON),
        ("v.jsonld", JSON),
        ("v.csv", f"label,iri\ntree,{E}1\n"),
        ("v.tsv", f"label\tiri\ntree\t{E}1\n"),
        ("v.TSV", f"label\tiri\ntree\t{E}1\n"),
        ("v.txt", f"label\tiri\ntree\t{E}1\n"),
        ("v.csv", f"label;iri\ntree;{E}1\n"),
        ("v.csv", f"\ufeffiri,label\r\n{E}1,tree\r\n"),
        ("v.csv", f'label,iri\n"tree",{E}1\n,{E}2\nonly a label,\n'),
    ],
)
def test_the_suffix_says_the_syntax(tmp_path: Path, name: str, text: str) -> None:
    assert read(tmp_path, text, name) == [Entry(f"{E}1", ("tree",))]
    packed = tmp_path / f"{name}.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    assert entries(packed) == [Entry(f"{E}1", ("tree",))]
    packed.rename(tmp_path / f"packed-{name}")
    assert entries(tmp_path / f"packed-{name}") == [Entry(f"{E}1", ("tree",))]


def test_an_iri_may_be_relative_to_the_file(tmp_path: Path) -> None:
    (found,) = read(tmp_path, '<#tree> rdfs:label "tree" .')
    assert found.iri == (tmp_path / "v.ttl").as_uri() + "#tree"


@pytest.mark.parametrize(
    "header",
    [
        "iri,label,alias,broader",
        "URI,prefLabel,aliases,parent",
        "id,Name,altLabel,parents",
        " item , itemLabel , itemAltLabel , superclass ",
        "url,term,synonym,broader",
        "iri,label,altLabels,broader",
        "iri,label,synonyms,broader",
        "more,iri,label,alias,broader",
    ],
)
def test_columns_go_by_many_names(tmp_path: Path, header: str) -> None:
    row = f"{E}1, a | b ,c|| d,{E}8|{E}9\n{E}1,b,e\n{E}2,\n"
    rows = row if not header.startswith("more") else "".join(f"x,{line}\n" for line in row.splitlines())
    assert read(tmp_path, f"{header}\n{rows}", "v.csv") == [
        Entry(f"{E}1", ("a", "b", "c", "d", "e"), (f"{E}8", f"{E}9"))
    ]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("v.csv", "label,alias\na,b\n", "line 1"),
        ("v.csv", "iri,alias\ne:1,b\n", "line 1"),
        ("v.csv", "", "line 1"),
        ("v.csv", "label,iri\na,e:1\nb,none\n", "line 3: 'none'"),
        ("v.doc", "x", "'.doc'; there are .csv"),
        ("v", "x", "no vocabulary format"),
        ("v.ttl", "e:1 rdfs:label ", "v.ttl: "),
        ("v.ttl", "e:1 cso:relatedEquivalent e:2 .", "names nothing"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        read(tmp_path, text, name)
    assert words in str(caught.value)


def test_broken_bytes_are_said(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_bytes(b"label,iri\n\xff,e:1\n")
    with pytest.raises(VocabularyError, match="not UTF-8"):
        entries(tmp_path / "v.csv")
    (tmp_path / "v.ttl.gz").write_bytes(gzip.compress(b"x" * 99)[:-9])
    with pytest.raises(VocabularyError, match="cannot be read"):
        entries(tmp_path / "v.ttl.gz")
    (tmp_path / "u.ttl.gz").write_bytes(gzip.compress(b"x" * 99)[:10] + b"\xff" * 20)
    with pytest.raises(VocabularyError, match="cannot be read"):
        entries(tmp_path / "u.ttl.gz")
    (tmp_path / "w.ttl.gz").write_bytes(b"\x1f\x8bno gzip")
    with pytest.raises(VocabularyError, match="cannot be read"):
        entries(tmp_path / "w.ttl.gz")


# The index.


FOUND = [
    Entry("e:1", ("tree net", "arboreal net"), ("e:2",)),
    Entry("e:2", ("net",)),
    Entry("e:3", ("Jay", "++")),
    Entry("e:4", ("jay",)),
]


def test_a_vocabulary_by_its_names() -> None:
    made = make("v", FOUND)
    assert made.names == {e.iri: e.names for e in FOUND}
    assert made.broader == {"e:1": ("e:2",)}
    assert made.exact["Jay"] == ("e:3",)
    assert made.keys["jay"] == ("e:3", "e:4")
    assert made.keys["++"] == ("e:3",)
    assert [made.iri(n) for n in ("Tree-Nets", "Jay", "jay", "JAY", "++", "none")] == [
        "e:1",
        "e:3",
        "e:4",
        None,
        "e:3",
        None,
    ]
    assert make("v", [Entry("e:1", ("a",)), Entry("e:2", ("a",))]).iri("a") is None
    assert made.longest == 2
    assert make("v", [Entry("e:1", ("a b c d e f g h i",))]).longest == 8
    assert make("v", []).longest == 1
    assert made.blocks == {"tre": ["tree net"], "arb": ["arboreal net"]}


def test_the_index_is_used_while_the_file_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(
        HEAD + 'e:1 rdfs:label "tree" ; skos:altLabel "árbol" ; skos:broader e:2 .', encoding="utf-8"
    )
    fresh = read_vocabulary(path)
    assert fresh == make("v.ttl", [Entry(f"{E}1", ("tree", "árbol"), (f"{E}2",))])
    index = tmp_path / ".v.ttl.kg-index.json"
    assert sorted(tmp_path.iterdir()) == [index, path]
    assert read_vocabulary(path) == fresh
    index.write_text(index.read_text(encoding="utf-8").replace("tree", "shrub"), encoding="utf-8")
    assert read_vocabulary(path).names[f"{E}1"][0] == "shrub"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert read_vocabulary(path) == fresh


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"stamp": 1}', "no json", "\x00", "null"])
def test_a_broken_index_is_made_again(tmp_path: Path, content: str) -> None:
    path, index = tmp_path / "v.csv", tmp_path / ".v.csv.kg-index.json"
    path.write_text("label,iri\ntree,e:1\n", encoding="utf-8")
    whole = (read_vocabulary(path), index.read_text(encoding="utf-8"))[1]
    index.write_text(content, encoding="utf-8")
    assert read_vocabulary(path).iri("tree") == "e:1"
    assert index.read_text(encoding="utf-8") == whole
    stamp = json.loads(whole)["stamp"]
    for data in ({"stamp": stamp}, {"stamp": stamp, "entries": 1}, {"stamp": stamp, "entries": [[1]]}):
        index.write_text(json.dumps(data), encoding="utf-8")
        assert read_vocabulary(path).iri("tree") == "e:1"


def test_an_index_that_cannot_be_written_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("label,iri\ntree,e:1\n", encoding="utf-8")
    index = tmp_path / ".v.csv.kg-index.json"
    index.mkdir()
    assert read_vocabulary(path).iri("tree") == "e:1"
    assert read_vocabulary(path).iri("tree") == "e:1"
    assert sorted(tmp_path.iterdir()) == [index, path]


# Joining and linking.


def term(label: str, place: int = 0, *texts: str) -> Term:
    mentions = tuple(
        TermMention(Span("abstract", place + n, place + n + len(t)), t, 0.9)
        for n, t in enumerate(texts or (label,))
    )
    return Term(label, ConceptType.METHOD, mentions, Role.USES)


def labels(found: list[Entry], *terms: str) -> set[str]:
    paper = Extraction("p", tuple(term(t, 30 * n) for n, t in enumerate(terms)), (), ())
    return {c.label for c in resolve([paper], vocabularies=[make("v.ttl", found)]).concepts}


def test_a_synonym_joins_the_preferred_name_where_that_is_written() -> None:
    assert labels(FOUND, "tree net", "arboreal net") == {"tree net"}
    assert labels(FOUND, "aaa", "arboreal net", "tree net") == {"aaa", "tree net"}
    assert labels(FOUND, "arboreal net", "net") == {"arboreal net", "net"}
    assert labels([Entry("e:1", ("tree net", "TNX"))], "tree net", "TNX") == {"tree net", "TNX"}
    assert labels([Entry("e:1", ("tree net", "map")), Entry("e:2", ("map",))], "tree net", "map") == {
        "tree net",
        "map",
    }
    both = [Entry("e:1", ("tree net", "map")), Entry("e:2", ("tree net",))]
    assert labels(both, "tree net", "map") == {"tree net", "map"}
    assert labels([Entry("e:1", ("++", "map"))], "++", "map") == {"++"}


def test_the_first_vocabulary_goes_first() -> None:
    paper = Extraction("p", tuple(term(t, 30 * n) for n, t in enumerate(("tree", "shrub", "map"))), (), ())
    one, two = make("one", [Entry("e:1", ("tree", "map"))]), make("two", [Entry("f:1", ("shrub", "map"))])
    for order, joined in (([one, two], "tree"), ([two, one], "shrub")):
        found = resolve([paper], vocabularies=order)
        assert found.concept_of(term("map")).label == joined
        (alias,) = (a for a in found.concept_of(term("map")).aliases if a.name == "map")
        assert alias.rule is Rule.VOCABULARY
        assert order[0].name in alias.note
        assert order[0].names[next(iter(order[0].names))][0] == joined
        assert next(iter(order[0].names)) in alias.note


def concept(label: str, *names: str, note: str = "") -> Concept:
    aliases = tuple(Alias(n, Rule.CASE, 1, "p", note) for n in sorted((label, *names)))
    return Concept("c", label, ConceptType.METHOD, aliases)


def matches(found: Concept) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return found.exact_matches, found.close_matches


def test_a_concept_is_linked_by_its_label_else_by_what_its_names_agree_on() -> None:
    vocabulary = make("v", FOUND)
    assert matches(linked(concept("Tree Nets"), [vocabulary])) == (("e:1",), ())
    assert matches(linked(concept("forest", "tree net"), [vocabulary])) == (("e:1",), ())
    assert matches(linked(concept("forest", "tree net", "arboreal nets"), [vocabulary])) == (("e:1",), ())
    assert matches(linked(concept("forest", "tree net", "net"), [vocabulary])) == ((), ())
    assert matches(linked(concept("Jays", "tree net"), [vocabulary])) == ((), ())
    assert matches(linked(concept("forest", "TNX"), [make("v", [Entry("e:1", ("TNX",))])])) == ((), ())
    plain = concept("owl")
    assert linked(plain, [vocabulary]) == plain
    both = linked(concept("tree net"), [vocabulary, make("w", [Entry("f:1", ("tree net",))])])
    assert matches(both) == (("e:1", "f:1"), ())


def test_a_link_tells_where_it_comes_from() -> None:
    found = linked(concept("tree net", note="seen"), [make("v.ttl", FOUND)])
    assert found.aliases == (
        Alias("arboreal net", Rule.VOCABULARY, 0, None, "v.ttl: e:1, the same name"),
        Alias("tree net", Rule.CASE, 1, "p", "seen; v.ttl: e:1, the same name"),
    )
    bare = linked(concept("tree net"), [make("v.ttl", FOUND)])
    assert bare.aliases[1].note == "v.ttl: e:1, the same name"
    close = linked(concept("nest architectural"), [make("v", [Entry("e:1", ("nest architectura", "nests"))])])
    assert matches(close) == ((), ("e:1",))
    assert close.aliases[0] == Alias("nest architectura", Rule.VOCABULARY, 0, None, "v: e:1, likeness 0.97")
    assert [a.name for a in close.aliases] == ["nest architectura", "nest architectural"]


@pytest.mark.parametrize(
    ("label", "names", "close"),
    [
        ("nest architecturel", {"e:1": ("nest architectural",)}, ("e:1",)),
        ("nest architecturel", {"e:1": ("nest architectural", "nest architecturen")}, ("e:1",)),
        ("nest architecturel", {"e:1": ("nest architectural",), "e:2": ("nest architecturen",)}, ()),
        ("nest architecturel", {"e:1": ("nest architectural",), "e:2": ("nest architectural",)}, ()),
        ("nest architecture 1", {"e:1": ("nest architecture 2",)}, ()),
        ("rest architecturel", {"e:1": ("nest architecturel",)}, ()),
        ("ABCDEFGHI", {"e:1": ("ABCDEFGHIJ",)}, ()),
        ("nest arch", {"e:1": ("nest art",)}, ()),
        ("birdnes", {"e:1": ("birdness",)}, ()),
        ("birdnests x", {"e:1": ("birdnests xy",)}, ("e:1",)),
    ],
)
def test_likeness_links_one_thing_or_nothing(
    label: str, names: dict[str, tuple[str, ...]], close: tuple[str, ...]
) -> None:
    vocabulary = make("v", [Entry(iri, n) for iri, n in names.items()])
    assert matches(linked(concept(label), [vocabulary])) == ((), close)


def vocabulary(**broader: str) -> Vocabulary:
    return make("v", [Entry(f"e:{n}", (n,), tuple(f"e:{w}" for w in wide)) for n, wide in broader.items()])


def test_broader_goes_over_what_is_no_concept() -> None:
    chain = vocabulary(a="b", b="c", c="df", d="", f="a", g="gh", h="g")
    concepts = [
        Concept(n, n, ConceptType.METHOD, exact_matches=(f"e:{n}",)) for n in ("a", "d", "f", "g")
    ] + [Concept("x", "x", ConceptType.METHOD, close_matches=("e:b",))]
    assert broader_pairs(concepts, [chain]) == [("a", "d"), ("a", "f"), ("f", "a")]
    near = [*concepts, Concept("b", "b", ConceptType.METHOD, exact_matches=("e:b", "f:b"))]
    assert broader_pairs(near, [chain, chain]) == [("a", "b"), ("b", "d"), ("b", "f"), ("f", "a")]
    assert broader_pairs(near, []) == []
    doubled = [Concept("x", "x", ConceptType.METHOD, exact_matches=("e:a", "e:b"))]
    assert broader_pairs(doubled, [chain]) == []


# Names in texts.


def found_in(
    abstract: str, names: tuple[str, ...], *terms: Term, title: str = ""
) -> list[tuple[str, int, int]]:
    paper = Paper("p", title, abstract)
    found = with_names(paper, Extraction("p", terms, (), ()), [make("v", [Entry("e:1", names)])])
    assert found.terms[: len(terms)] == terms
    for one in found.terms[len(terms) :]:
        assert (one.type, one.role) == (ConceptType.CONCEPT, Role.MENTIONS)
        assert (one.type_confidence, one.role_confidence) == (0.5, 0.5)
        assert {m.confidence for m in one.mentions} == {0.5}
        assert one.label == one.mentions[0].text
    return [(m.text, m.span.start, m.span.end) for t in found.terms[len(terms) :] for m in t.mentions]


def test_the_longest_name_is_found_and_none_overlaps() -> None:
    names = ("tree net", "large tree net", "net map", "a b c d e f g h", "a b c d e f g h i")
    assert found_in("A large tree net map.", names) == [("large tree net", 2, 16)]
    assert found_in("tree net map", names) == [("tree net", 0, 8)]
    assert found_in("tree net net map", names) == [("tree net", 0, 8), ("net map", 9, 16)]
    assert found_in("a b c d e f g h i", names) == [("a b c d e f g h", 0, 15)]
    assert found_in("net", ("net", "tree net")) == []
    assert found_in("", names) == []


def test_a_name_does_not_go_over_a_stop() -> None:
    for mark in ".;:,()\n":
        assert found_in(f"tree{mark} net", ("tree net",)) == []
    assert found_in("tree  net", ("tree net",)) == [("tree  net", 0, 9)]


def test_what_is_a_mention_already_is_left_alone() -> None:
    assert found_in("tree net here", ("tree net",), term("net", 5)) == []
    assert found_in("tree net here", ("tree net",), term("here", 9)) == [("tree net", 0, 8)]
    assert found_in("tree nets", ("tree net",), term("tree net", 20)) == []
    assert found_in("tree net", ("tree net",), term("Tree-Nets", 20)) == []
    assert found_in("x tree", ("x tree", "tree net"), title="tree net") == [
        ("tree net", 0, 8),
        ("x tree", 0, 6),
    ]
    paper, bare = Paper("p", "tree net"), Extraction("p", (), (), ())
    assert with_names(paper, bare, []) is bare
    several = with_names(Paper("p", "tree net", "Tree Nets"), bare, [make("v", []), make("w", FOUND)])
    assert [[m.span.field for m in t.mentions] for t in several.terms] == [["title", "abstract"]]
