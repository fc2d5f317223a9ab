"""Writing the tables of a store, in a fixed order, inside one transaction."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from kg.concepts.normalise import name_key
from kg.graph import codec
from kg.model import Concept, Link, Mention, Paper, Relation, Span

DERIVED = (
    "meta",
    "papers",
    "records",
    "concepts",
    "aliases",
    "names",
    "mentions",
    "links",
    "relations",
    "statements",
)
"""Tables that are written afresh each time; ``extractions`` stays."""


def clear(connection: sqlite3.Connection) -> None:
    """Empty every derived table."""
    for table in DERIVED:
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO paper_search (paper_search) VALUES ('delete-all')")
    connection.execute("INSERT INTO concept_search (concept_search) VALUES ('delete-all')")


def write_meta(connection: sqlite3.Connection, values: Mapping[str, str]) -> None:
    """Write key and value pairs."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", sorted(values.items()))


def write_papers(connection: sqlite3.Connection, papers: Iterable[tuple[Paper, tuple[Span, ...]]]) -> None:
    """Write papers (sorted by id), each with its sentences; :func:`index_papers` follows the last."""
    places = ", ".join("?" * (len(codec.PAPER_COLUMNS.split(",")) + 2))
    connection.executemany(
        f"INSERT INTO papers ({codec.PAPER_COLUMNS}, year, sentences) VALUES ({places})",
        (
            (*codec.paper_to_row(paper), paper.year, codec.encode_spans(sentences))
            for paper, sentences in papers
        ),
    )


def index_papers(connection: sqlite3.Connection) -> None:
    """Make the papers' texts searchable."""
    connection.execute("INSERT INTO paper_search (paper_search) VALUES ('rebuild')")


def write_records(connection: sqlite3.Connection, records: Iterable[tuple[Paper, Paper]]) -> None:
    """Write (record as read, the paper it went into); what equals the paper's is not written twice.

    Two records that are the same to the letter, source included, are one.
    """

    def rows() -> Iterator[tuple[str, str, str]]:
        for record, paper in records:
            whole = codec.dumps(codec.paper_to_dict(record))
            data = codec.paper_to_dict(record)
            for name in ("title", "abstract"):
                if getattr(record, name) == getattr(paper, name):
                    data.pop(name, None)
                    data["="] = [*data.get("=", []), name]
            key = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]
            yield key, paper.id, codec.dumps(data)

    connection.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", sorted(rows()))


def write_concepts(connection: sqlite3.Connection, concepts: Iterable[Concept]) -> None:
    """Write concepts (sorted by id), their aliases and every way to ask for them."""
    for concept in concepts:
        cursor = connection.execute(
            "INSERT INTO concepts (id, label, type, papers, confidence, exact_matches, close_matches)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                concept.id,
                concept.label,
                concept.type.value,
                concept.papers,
                concept.confidence,
                codec.dumps(concept.exact_matches),
                codec.dumps(concept.close_matches),
            ),
        )
        connection.executemany(
            "INSERT INTO aliases VALUES (?, ?, ?, ?, ?, ?)",
            ((concept.id, a.name, a.rule.value, a.papers, a.paper, a.note) for a in concept.aliases),
        )
        names = {concept.label, *(a.name for a in concept.aliases)}
        connection.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?, ?)",
            sorted(
                (level, text, concept.id)
                for name in names
                for level, text in ((0, name), (1, name.casefold()), (2, name_key(name)))
            ),
        )
        connection.execute(
            "INSERT INTO concept_search (rowid, label, names) VALUES (?, ?, ?)",
            (cursor.lastrowid, concept.label, " | ".join(sorted(names))),
        )


def write_mentions(connection: sqlite3.Connection, mentions: Iterable[Mention]) -> None:
    """Write mentions."""
    connection.executemany(
        "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((m.paper, m.field, m.start, m.end, m.type.value, m.concept, m.confidence) for m in mentions),
    )


def write_links(connection: sqlite3.Connection, links: Iterable[Link]) -> None:
    """Write links."""
    connection.executemany(
        "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                x.paper,
                x.concept,
                x.role.value,
                x.confidence,
                x.salience,
                x.mentions,
                codec.encode_span(x.sentence),
                codec.encode_span(x.cue),
            )
            for x in links
        ),
    )


def count_papers(connection: sqlite3.Connection) -> None:
    """Set each concept's number of papers to that of its links.

    The resolution counts names; a paper that writes two joined names would count twice.
    """
    connection.execute(
        "UPDATE concepts SET papers = (SELECT COUNT(*) FROM links WHERE links.concept = concepts.id)"
    )


def write_relations(connection: sqlite3.Connection, relations: Iterable[Relation]) -> None:
    """Write relations and their statements; of two by one sentence of a paper, the surer."""
    for r in relations:
        connection.execute(
            "INSERT INTO relations VALUES (?, ?, ?, ?, ?)",
            (r.head, r.relation.value, r.tail, r.confidence, r.support),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO statements VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    r.head,
                    r.relation.value,
                    r.tail,
                    s.paper,
                    codec.encode_span(s.sentence),
                    s.confidence,
                    codec.encode_span(s.cue),
                )
                for s in sorted(r.statements, key=lambda s: -s.confidence)
            ),
        )
