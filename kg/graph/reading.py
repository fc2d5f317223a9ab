"""From the tables of a store to records, streamed in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.errors import StoreError
from kg.graph import codec
from kg.graph.aligned import Aligned
from kg.graph.store import Store
from kg.model import Concept, Extraction, Link, Mention, Paper, Relation, RelationType, Span

_CONCEPT = "id, label, type, papers, confidence, exact_matches, close_matches"
_MENTION = "paper, field, start, end, type, concept, confidence"
_LINK = "paper, concept, role, confidence, salience, mentions, sentence, cue"


@contextmanager
def sound(store: Store) -> Iterator[None]:
    """What is read inside is what was written, else the store is damaged.

    SQLite keeps no checksums: a damaged page may still be a page, with rows that no record has.

    Raises
    ------
    StoreError
        If a value is none that a record could have.
    """
    try:
        yield
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise StoreError(
            f"{store.path or 'the store'} is damaged ({type(error).__name__}: {error});"
            " build it again, or restore a copy"
        ) from error


def papers(store: Store, where: str = "", parameters: Sequence[Any] = ()) -> Iterator[Paper]:
    """Papers by id; `where` is a condition on the table ``papers``."""
    with sound(store):
        condition = f"WHERE {where}" if where else ""
        for row in store.rows(
            f"SELECT {codec.PAPER_COLUMNS} FROM papers {condition} ORDER BY id", parameters
        ):
            yield codec.paper_from_row(row)


def sentences(store: Store, paper: str) -> tuple[Span, ...]:
    """Sentences of one paper, in reading order."""
    with sound(store):
        row = store.one("SELECT sentences FROM papers WHERE id = ?", (paper,))
        return codec.decode_spans(row[0]) if row else ()


def concepts(store: Store, where: str = "", parameters: Sequence[Any] = ()) -> Iterator[Concept]:
    """Concepts by id, with their aliases; `where` is a condition on the table ``concepts``."""
    with sound(store):
        condition = f"WHERE {where}" if where else ""
        of_these = f"WHERE concept IN (SELECT id FROM concepts {condition})" if where else ""
        aliases = Aligned(
            store.rows(
                "SELECT concept, name, rule, papers, paper, note FROM aliases"
                f" {of_these} ORDER BY concept, name",
                parameters,
            ),
            itemgetter(0),
        )
        for row in store.rows(f"SELECT {_CONCEPT} FROM concepts {condition} ORDER BY id", parameters):
            yield codec.concept_from_row(
                row, tuple(codec.alias_from_row(a[1:]) for a in aliases.take(row[0]))
            )


def mentions(store: Store, where: str = "", parameters: Sequence[Any] = ()) -> Iterator[Mention]:
    """Mentions by paper, title before abstract, and place."""
    with sound(store):
        condition = f"WHERE {where}" if where else ""
        # 'title' sorts after 'abstract', hence DESC.
        query = f"SELECT {_MENTION} FROM mentions {condition} ORDER BY paper, field DESC, start"
        yield from map(codec.mention_from_row, store.rows(query, parameters))


def links(store: Store, where: str = "", parameters: Sequence[Any] = ()) -> Iterator[Link]:
    """Links by paper and concept."""
    with sound(store):
        condition = f"WHERE {where}" if where else ""
        query = f"SELECT {_LINK} FROM links {condition} ORDER BY paper, concept"
        yield from map(codec.link_from_row, store.rows(query, parameters))


def relations(store: Store, where: str = "", parameters: Sequence[Any] = ()) -> Iterator[Relation]:
    """Relations by head, kind and tail, with their statements."""
    with sound(store):
        condition = f"WHERE {where}" if where else ""
        columns = "head, relation, tail, confidence, support"
        query = f"SELECT {columns} FROM relations {condition} ORDER BY head, relation, tail"
        of_these = (
            f"WHERE (head, relation, tail) IN (SELECT head, relation, tail FROM relations {condition})"
            if where
            else ""
        )
        statements = Aligned(
            store.rows(
                "SELECT head, relation, tail, paper, sentence, confidence, cue FROM statements"
                f" {of_these} ORDER BY head, relation, tail, paper, sentence",
                parameters,
            ),
            itemgetter(slice(3)),
        )
        for head, relation, tail, confidence, support in store.rows(query, parameters):
            yield Relation(
                head,
                RelationType(relation),
                tail,
                confidence,
                support,
                tuple(codec.statement_from_row(s[3:]) for s in statements.take((head, relation, tail))),
            )


def records(store: Store) -> Iterator[Paper]:
    """Every record as it was read, before repeats were merged, by key."""
    with sound(store):
        query = (
            "SELECT r.record, p.title, p.abstract FROM records r JOIN papers p ON p.id = r.paper"
            " ORDER BY r.key"
        )
        for text, title, abstract in store.rows(query):
            data = json.loads(text)
            for name in data.pop("=", ()):
                data[name] = title if name == "title" else abstract
            yield codec.paper_from_dict(data)


def extractions(store: Store) -> Iterator[Extraction]:
    """What was found in each paper on its own, by paper id."""
    with sound(store):
        for paper in papers(store):
            row = store.one(
                "SELECT extraction FROM extractions WHERE text_hash = ?", (codec.text_hash(paper),)
            )
            if row:
                yield codec.extraction_from_json(paper.id, row[0])


def by_paper(found: Iterator[Mention]) -> Iterator[tuple[str, list[Mention]]]:
    """Group mentions, which come sorted, by their paper."""
    for paper, group in groupby(found, key=lambda m: m.paper):
        yield paper, list(group)
