"""What goes into a store, or into JSON, comes out of it again."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import KnowledgeGraph, Store, codec, reading, writing
from kg.graph.store import connect_for_writing
from kg.model import (
    Alias,
    Concept,
    ConceptType,
    Extraction,
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
    Term,
    TermMention,
    TermRelation,
)

WORDS = st.text(min_size=1, max_size=4)
SHARES = st.floats(0, 1)
COUNTS = st.integers(0, 10**9)
SPANS = st.builds(
    lambda field, start, length: Span(field, start, start + length),
    st.sampled_from(["title", "abstract"]),
    st.integers(0, 999),
    st.integers(0, 99),
)
MAYBE_SPANS = st.none() | SPANS
SENTENCES = st.lists(SPANS, max_size=3).map(tuple)
DATES = st.dates().map(lambda day: day.isoformat())
SOURCES = st.builds(Source, WORDS, COUNTS, st.none() | COUNTS, WORDS)
PAPERS = st.builds(
    Paper,
    WORDS,
    WORDS,
    st.text(max_size=6),
    st.none() | DATES | DATES.map(lambda day: day[:4]),
    st.booleans(),
    st.lists(WORDS, max_size=3).map(tuple),
    *[st.none() | COUNTS, st.none() | WORDS, st.none() | WORDS, st.none() | WORDS, st.none() | WORDS],
    st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    st.none() | COUNTS,
    st.none() | WORDS,
    st.lists(WORDS, max_size=2).map(tuple),
    st.lists(SOURCES, max_size=2).map(tuple),
)
ALIASES = st.lists(
    st.builds(Alias, WORDS, st.sampled_from(Rule), COUNTS, st.none() | WORDS, st.text(max_size=6)),
    max_size=3,
    unique_by=lambda alias: alias.name,
).map(lambda aliases: tuple(sorted(aliases, key=lambda alias: alias.name)))
IRIS = st.lists(WORDS, max_size=2).map(tuple)
CONCEPTS = st.builds(Concept, WORDS, WORDS, st.sampled_from(ConceptType), ALIASES, IRIS, IRIS, COUNTS, SHARES)
LINKS = st.builds(Link, WORDS, WORDS, st.sampled_from(Role), SHARES, SHARES, COUNTS, MAYBE_SPANS, MAYBE_SPANS)
MENTIONS = st.builds(
    lambda paper, span, kind, concept, sure: Mention(
        paper, span.field, span.start, span.end, kind, concept, sure
    ),
    *[WORDS, SPANS, st.sampled_from(ConceptType), WORDS, SHARES],
)
STATEMENTS = st.lists(
    st.builds(Statement, WORDS, SPANS, SHARES, MAYBE_SPANS),
    max_size=3,
    unique_by=lambda said: (said.paper, said.sentence),
).map(lambda said: tuple(sorted(said, key=lambda s: (s.paper, codec.encode_span(s.sentence) or ""))))
RELATIONS = st.builds(Relation, WORDS, st.sampled_from(RelationType), WORDS, SHARES, COUNTS, STATEMENTS)
EXTRACTIONS = st.builds(
    Extraction,
    WORDS,
    st.lists(
        st.builds(
            Term,
            WORDS,
            st.sampled_from(ConceptType),
            st.lists(st.builds(TermMention, SPANS, WORDS, SHARES), min_size=1, max_size=2).map(tuple),
            st.sampled_from(Role),
            *[SHARES, SHARES, st.lists(WORDS, max_size=2).map(tuple), MAYBE_SPANS, MAYBE_SPANS],
        ),
        max_size=2,
    ).map(tuple),
    st.lists(
        st.builds(
            TermRelation,
            st.integers(0, 9),
            st.sampled_from(RelationType),
            st.integers(0, 9),
            SHARES,
            SPANS,
            MAYBE_SPANS,
        ),
        max_size=2,
    ).map(tuple),
    SENTENCES,
)


@settings(max_examples=25)
@given(st.lists(st.tuples(PAPERS, SENTENCES), max_size=3, unique_by=lambda pair: pair[0].id))
def test_papers_come_back_by_id(given: list[tuple[Paper, tuple[Span, ...]]]) -> None:
    sentences = {paper.id: spans for paper, spans in given}
    graph = KnowledgeGraph.from_parts(papers=[paper for paper, _ in given], sentences=sentences)
    assert list(graph.iter_papers()) == sorted((p for p, _ in given), key=lambda p: p.id)
    for paper, spans in given:
        assert graph.sentences(paper) == spans
        assert graph.paper(f"paper:{paper.id}") == paper
        years = graph.store.one("SELECT year FROM papers WHERE id = ?", (paper.id,))
        assert years == (paper.year,)


@settings(max_examples=25)
@given(st.lists(CONCEPTS, max_size=3, unique_by=lambda concept: concept.id))
def test_concepts_come_back_by_id(given: list[Concept]) -> None:
    graph = KnowledgeGraph.from_parts(concepts=given)
    assert list(graph.iter_concepts()) == sorted(given, key=lambda c: c.id)
    assert [graph.concept(c) for c in given] == given


@settings(max_examples=25)
@given(
    st.lists(LINKS, max_size=3, unique_by=lambda link: (link.paper, link.concept)),
    st.lists(MENTIONS, max_size=3, unique_by=lambda m: (m.paper, m.field, m.start, m.end)),
    st.lists(RELATIONS, max_size=3, unique_by=lambda r: (r.head, r.relation, r.tail)),
)
def test_edges_and_places_come_back_in_order(
    links: list[Link], mentions: list[Mention], relations: list[Relation]
) -> None:
    graph = KnowledgeGraph.from_parts(links=links, mentions=mentions, relations=relations)
    assert list(graph.iter_links()) == sorted(links, key=lambda x: (x.paper, x.concept))
    assert list(graph.iter_relations()) == sorted(relations, key=lambda r: (r.head, r.relation, r.tail))
    ordered = sorted(mentions, key=lambda m: (m.paper, m.field != "title", m.start, m.end))
    found = list(graph.iter_mentions())
    assert sorted(found, key=lambda m: (m.paper, m.field != "title", m.start, m.end)) == ordered
    by_paper = list(reading.by_paper(iter(found)))
    assert [paper for paper, _ in by_paper] == sorted({m.paper for m in mentions})
    assert [m for _, group in by_paper for m in group] == found


@settings(max_examples=30)
@given(EXTRACTIONS)
def test_an_extraction_comes_back(extraction: Extraction) -> None:
    text = codec.extraction_to_json(extraction)
    assert codec.extraction_from_json(extraction.paper, text) == extraction


@settings(max_examples=30)
@given(PAPERS)
def test_a_paper_comes_back_from_json(paper: Paper) -> None:
    text = codec.dumps(codec.paper_to_dict(paper))
    assert codec.paper_from_dict(json.loads(text)) == paper


def test_what_is_empty_is_left_out_of_json() -> None:
    assert codec.paper_to_dict(Paper("", "")) == {"id": "", "title": ""}
    assert codec.paper_to_dict(Paper("p", "T", sources=(Source("a", 1, 2, "list"),), date_inferred=True)) == {
        "id": "p",
        "title": "T",
        "date_inferred": True,
        "sources": [["a", 1, 2, "list"]],
    }


def test_the_hash_of_texts_is_the_one_in_stores_there_are() -> None:
    assert codec.text_hash(Paper("a", "T", "A")) == "f387136b30c7cae3d97f6cd964896759"
    assert codec.text_hash(Paper("a", "TA")) != codec.text_hash(Paper("a", "T", "A"))
    assert len(codec.text_hash(Paper("a", "half a character \ud800"))) == 32


def test_spans_as_they_stand_in_a_store() -> None:
    spans = (Span("title", 0, 5), Span("abstract", 6, 10))
    assert [codec.encode_span(s) for s in (*spans, None)] == ["t0-5", "a6-10", None]
    assert codec.encode_spans(spans) == "t0-5 a6-10"
    assert codec.decode_spans("t0-5 a6-10") == spans
    assert codec.decode_spans("") == ()
    assert codec.decode_span(None) is codec.decode_span("") is None


def test_records_come_back_and_repeat_nothing_of_their_paper() -> None:
    paper = Paper("p", "A title", "An abstract.", date="2020")
    other = Paper("p", "A Title", "An abstract.", venue="V", sources=(Source("b", 2),))
    bare = Paper("p", "A title", sources=(Source("a", 1),))
    store = Store(connect_for_writing(None))
    writing.write_papers(store.connection, [(paper, ())])
    apart = Paper("p", "Quite another", "text")
    given = [(other, paper), (bare, paper), (bare, paper), (paper, paper), (apart, paper)]
    writing.write_records(store.connection, given)
    found = list(reading.records(store))
    assert sorted(found, key=str) == sorted([other, bare, paper, apart], key=str)
    texts = [row[0] for row in store.rows("SELECT record FROM records ORDER BY key")]
    assert all('"A title"' not in text and '"An abstract."' not in text for text in texts)
    assert sum("A Title" in text for text in texts) == 1
    keys = [row[0] for row in store.rows("SELECT key FROM records")]
    assert keys == sorted(keys)
    assert {len(key) for key in keys} == {32}
    writing.write_records(store.connection, [(paper, paper)])
    assert len(list(reading.records(store))) == 4


def test_extractions_are_found_by_the_texts_of_their_papers() -> None:
    store = Store(connect_for_writing(None))
    one, two, new = Paper("a", "Same"), Paper("b", "Same"), Paper("c", "Unread")
    writing.write_papers(store.connection, [(p, ()) for p in (one, two, new)])
    extraction = Extraction("a", (), (), (Span("title", 0, 4),))
    store.connection.execute(
        "INSERT INTO extractions VALUES (?, ?)",
        (codec.text_hash(one), codec.extraction_to_json(extraction)),
    )
    assert [e.paper for e in reading.extractions(store)] == ["a", "b"]
    assert {e.sentences for e in reading.extractions(store)} == {extraction.sentences}


def test_clearing_empties_all_but_the_extractions() -> None:
    graph = KnowledgeGraph.from_parts(
        papers=[Paper("p", "Sparrow")],
        concepts=[Concept("sparrow", "Sparrow", ConceptType.METHOD, (Alias("Sparrow", Rule.LABEL),))],
        links=[Link("p", "sparrow", Role.USES, 0.5, 0.5, 1)],
        relations=[
            Relation("a", RelationType.IS_A, "b", 0.5, 1, (Statement("p", Span("title", 0, 7), 0.5),))
        ],
        mentions=[Mention("p", "title", 0, 7, ConceptType.METHOD, "sparrow", 0.5)],
    )
    connection = graph.store.connection
    writing.write_meta(connection, {"a": "1"})
    writing.write_records(connection, [(Paper("p", "Sparrow"), Paper("p", "Sparrow"))])
    connection.execute("INSERT INTO extractions VALUES ('h', '[]')")
    tables = ("meta", "papers", "records", "concepts", "aliases", "names", "mentions", "links", "relations")
    assert all(graph.store.count(table) for table in (*tables, "statements"))
    assert graph.search("sparrow")
    writing.clear(connection)
    assert not any(graph.store.count(table) for table in (*tables, "statements"))
    assert graph.store.count("extractions") == 1
    writing.write_concepts(connection, [Concept("wren", "wren", ConceptType.METHOD)])
    assert [hit.id for hit in graph.search("wren")] == ["wren"]
    assert not graph.search("sparrow")


def test_papers_of_a_concept_are_counted_by_links() -> None:
    graph = KnowledgeGraph.from_parts(
        concepts=[Concept(c, c, ConceptType.METHOD, papers=7) for c in ("a", "b")],
        links=[Link(p, "a", Role.USES, 0.5, 0.5, 1) for p in ("p", "q")],
    )
    writing.count_papers(graph.store.connection)
    assert {c.id: c.papers for c in graph.iter_concepts()} == {"a": 2, "b": 0}


def test_meta_is_written_over() -> None:
    store = Store(connect_for_writing(None))
    writing.write_meta(store.connection, {"b": "2", "a": "1"})
    writing.write_meta(store.connection, {"a": "3"})
    assert list(store.rows("SELECT key, value FROM meta ORDER BY key")) == [("a", "3"), ("b", "2")]
    assert (store.meta("a"), store.meta("c"), store.meta("c", "none")) == ("3", "", "none")
