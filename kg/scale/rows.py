"""The columns of every table that passes between the steps, and of those that come out."""

from __future__ import annotations

from typing import Any

Columns = tuple[tuple[str, str], ...]
"""Names and types of a table: ``string``, ``bigint`` or ``double``, which every engine knows."""


def _columns(text: str) -> Columns:
    return tuple((name, kind) for name, kind in (part.split() for part in text.split(",")))


FILES = _columns("number bigint, name string, path string")
"""Input files: name as shown in sources, path as opened."""

RECORDS = _columns("record string, block bigint, join_key bigint, json string")
"""Records as read. One row holds the record (``json``), one row each a key that its repeats share."""

PAPERS = _columns(
    "id string, title string, abstract string, date string, year bigint, date_inferred bigint,"
    " authors string, author_count bigint, venue string, doi string, arxiv string, url string,"
    " identifiers string, upvotes bigint, organisation string, keywords string, sources string,"
    " sentences string"
)

FOUND = (
    *_columns("kind string, paper string"),
    *(column for column in PAPERS if column[0] != "id"),
    *_columns(
        "term bigint, key string, lexicon string, lexicon_label string, lowered string, label string,"
        " type string, type_weight bigint, role string, role_rank bigint, role_confidence double,"
        " proposed bigint, doubt bigint, confidence double, mentions bigint, in_title bigint,"
        " first_at bigint, length bigint, sentence string, cue string,"
        " text string, inside bigint, defined bigint, mixed bigint,"
        " word string, small bigint, written bigint,"
        " abbreviation string, abbreviation_lexicon string, meaning string,"
        " field string, start bigint, end bigint, head string, relation string, tail string"
    ),
)
"""What the extraction of one batch gives: rows of the kinds ``paper``, ``term``, ``name`` (a spelling of
a term), ``word`` (a word of a spelling), ``definition``, ``mention`` and ``statement``."""

PARTS = _columns(
    "target string, kind string, key string, papers bigint, proposed bigint, doubt bigint, method bigint,"
    " task bigint, dataset bigint, metric bigint, concept bigint, rule string, note string, paper string,"
    " text string, inside bigint, defined bigint, word string, small bigint, written bigint"
)
"""Everything counted about one concept: rows of the kinds ``group``, ``name`` and ``word``."""

MADE = _columns(
    "kind string, target string, id string, label string, type string, papers bigint, confidence double,"
    " name string, rule string, paper string, note string"
)
"""Concepts and their names: rows of the kinds ``concept`` and ``alias``."""

TRIPLES = _columns("triples string")
"""N-Triples: all lines about one paper or concept."""

TABLES = ("papers", "concepts", "aliases", "mentions", "links", "relations", "statements")
"""What comes out, with the column names of ``kg/graph/schema.sql``."""


def arrow_schema(columns: Columns) -> Any:
    """The columns as a ``pyarrow.Schema``."""
    import pyarrow as pa

    kinds = {"string": pa.string(), "bigint": pa.int64(), "double": pa.float64()}
    return pa.schema([(name, kinds[kind]) for name, kind in columns])


def spark_schema(columns: Columns) -> str:
    """The columns as Spark's DDL.

    Examples
    --------
    >>> spark_schema((("a", "bigint"), ("end", "bigint")))
    '`a` bigint, `end` bigint'
    """
    return ", ".join(f"`{name}` {kind}" for name, kind in columns)
