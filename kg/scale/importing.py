"""A store of a part of the tables that a large build wrote."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.concepts.normalise import name_key
from kg.concepts.statements import relations as brought_together
from kg.errors import ConceptNotFound, StoreError
from kg.graph import codec, writing
from kg.graph.names import meant
from kg.graph.store import connect_for_writing
from kg.graph.store import writing as exclusive
from kg.model import (
    Alias,
    Concept,
    Mention,
    Paper,
    Relation,
    RelationType,
    Rule,
    Statement,
)
from kg.scale.building import MANIFEST
from kg.scale.engine import quoted
from kg.scale.rows import TABLES


def import_tables(
    folder: str | os.PathLike[str],
    store: str | os.PathLike[str],
    *,
    concept: str | None = None,
    since: int | None = None,
    top: int | None = None,
) -> Path:
    """Make a store of a part of the tables.

    The part is consistent in itself: what concepts and aliases count, and what stated relations rest
    on, is counted again over its papers. ``co_occurs_with`` stays what the whole says, between the
    concepts of the part.

    Parameters
    ----------
    folder : path
        What :func:`kg.scale.build` wrote.
    store : path
        The store to write; it appears whole or not at all.
    concept : str, optional
        Only papers of this concept (id, label or any name).
    since : int, optional
        Only papers of this year or later.
    top : int, optional
        Only so many concepts, those with the most of these papers.

    Returns
    -------
    Path
        The store.

    Raises
    ------
    StoreError
        If the folder holds no tables, DuckDB is not installed, or the store cannot be written.
    ConceptNotFound
        If `concept` names none or several.
    """
    source, target = Path(folder), Path(store)
    part = _Part(source)
    try:
        part.choose(concept, since, top)
        with exclusive(target):
            _write(part, target)
    finally:
        part.close()
    return target


class _Part:
    """The chosen rows, in DuckDB, read one paper or concept at a time."""

    def __init__(self, folder: Path) -> None:
        try:
            import duckdb
        except ImportError as error:
            raise StoreError("this needs DuckDB; install it with: pip install 'paperkg[tables]'") from error
        if not (folder / MANIFEST).is_file():
            raise StoreError(f"{folder} holds no tables of kg; give a folder that a large build wrote")
        self._connection, self._failure = duckdb.connect(), duckdb.Error
        try:
            self.manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            for name in TABLES:
                files = quoted(folder / name / "*.parquet")
                self._connection.execute(f"CREATE VIEW all_{name} AS SELECT * FROM read_parquet({files})")
        except (duckdb.Error, ValueError) as error:
            self.close()
            raise StoreError(f"{folder} is damaged ({error}); build it again") from error

    def choose(self, concept: str | None, since: int | None, top: int | None) -> None:
        """Decide which papers and concepts belong to the part."""
        conditions, values = ["TRUE"], list[Any]()
        if concept is not None:
            conditions.append("id IN (SELECT paper FROM all_links WHERE concept = ?)")
            values.append(self._concept(concept))
        if since is not None:
            conditions.append("year >= ?")
            values.append(since)
        self._run(
            f"CREATE TABLE papers AS SELECT id FROM all_papers WHERE {' AND '.join(conditions)}", values
        )
        self._run(
            "CREATE TABLE concepts AS SELECT concept AS id, COUNT(*) AS papers FROM all_links"
            " WHERE paper IN (SELECT id FROM papers) GROUP BY concept ORDER BY papers DESC, id LIMIT ?",
            [(1 << 62) if top is None else top],
        )

    def _concept(self, name: str) -> str:
        said = "SELECT concept, SUM(papers) FROM all_aliases WHERE {} = ? GROUP BY concept"
        for query, value in (
            ("SELECT id, papers FROM all_concepts WHERE id = ?", name.removeprefix("concept:")),
            (said.format("name"), name),
            (said.format("lower(name)"), name.lower()),
            ("SELECT id, papers FROM all_concepts WHERE lower(replace(id, '-', ' ')) = ?", name_key(name)),
        ):
            found = {str(concept): int(papers) for concept, papers in self._run(query, [value])}
            if found:
                return next(iter(found)) if len(found) == 1 else meant(name, found)
        near = self._run(
            "SELECT label FROM all_concepts"
            " ORDER BY jaro_winkler_similarity(lower(label), ?) DESC, id LIMIT 5",
            [name.lower()],
        )
        raise ConceptNotFound(name, tuple(str(row[0]) for row in near))

    def rows(self, table: str, columns: str, where: str, order: str) -> Iterator[tuple[Any, ...]]:
        """Rows of a table, streamed."""
        cursor = self._connection.cursor()
        try:
            cursor.execute(f"SELECT {columns} FROM all_{table} WHERE {where} ORDER BY {order}")
            while rows := cursor.fetchmany(1000):
                yield from rows
        except self._failure as error:
            raise StoreError(f"the table {table} is damaged ({error}); build it again") from error
        finally:
            cursor.close()

    def counts(self) -> dict[str, int]:
        """Papers of the part that each of its concepts has."""
        return dict(self._run("SELECT id, papers FROM concepts", []))

    def _run(self, query: str, values: list[Any]) -> list[tuple[Any, ...]]:
        try:
            found: list[tuple[Any, ...]] = self._connection.execute(query, values).fetchall()
        except self._failure as error:
            raise StoreError(f"the tables are damaged ({error}); build them again") from error
        return found

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()


_PAPER = "paper IN (SELECT id FROM papers)"
_CONCEPT = "concept IN (SELECT id FROM concepts)"
_ENDS = "head IN (SELECT id FROM concepts) AND tail IN (SELECT id FROM concepts)"


def _write(part: _Part, target: Path) -> None:
    partial = target.with_name(target.name + ".import")
    try:
        for suffix in ("", "-journal"):
            Path(f"{partial}{suffix}").unlink(missing_ok=True)
        connection = connect_for_writing(partial)
        try:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            _fill(connection, part)
            connection.execute("COMMIT")
        finally:
            connection.close()
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(target)
    except (sqlite3.OperationalError, OSError) as error:
        raise StoreError(
            f"{target} cannot be written ({error}); what was there before is untouched"
        ) from error
    finally:
        for suffix in ("", "-journal"):
            Path(f"{partial}{suffix}").unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, part: _Part) -> None:
    """Write the tables of the store."""
    # No extraction travels with the tables: a later `add` extracts the papers of the part again.
    writing.write_meta(
        connection, {"pipeline": part.manifest["pipeline"], "curation": "", "vocabularies": ""}
    )
    columns = f"{codec.PAPER_COLUMNS}, sentences"

    def papers() -> Iterator[tuple[Paper, Any]]:
        for *row, sentences in part.rows("papers", columns, "id IN (SELECT id FROM papers)", "id"):
            yield codec.paper_from_row(tuple(row)), codec.decode_spans(sentences)

    writing.write_papers(connection, papers())
    writing.index_papers(connection)
    writing.write_records(connection, ((paper, paper) for paper, _ in papers()))
    names = _write_mentions(connection, part)
    writing.write_concepts(connection, _concepts(part, names))
    links = "paper, concept, role, confidence, salience, mentions, sentence, cue"
    found = part.rows("links", links, f"{_PAPER} AND {_CONCEPT}", "paper, concept")
    writing.write_links(connection, (codec.link_from_row(row) for row in found))
    writing.write_relations(connection, _relations(part))


_Names = dict[tuple[str, str], tuple[int, str]]
"""From concept and spelling to the number of papers and the first of them."""


def _write_mentions(connection: sqlite3.Connection, part: _Part) -> _Names:
    """Write the mentions, and count how the papers of the part write each concept."""
    names: _Names = {}
    texts: dict[str, str] = {}
    here, seen = "", set[tuple[str, str]]()
    columns = 'paper, field, start, "end", type, concept, confidence'
    for row in part.rows("mentions", columns, f"{_PAPER} AND {_CONCEPT}", "paper, field DESC, start"):
        mention: Mention = codec.mention_from_row(row)
        if mention.paper != here:
            here, seen = mention.paper, set()
            title, abstract = connection.execute(
                "SELECT title, abstract FROM papers WHERE id = ?", (here,)
            ).fetchone()
            texts = {"title": title, "abstract": abstract}
        writing.write_mentions(connection, [mention])
        name = (mention.concept, texts[mention.field][mention.start : mention.end])
        if name not in seen:
            seen.add(name)
            count, first = names.get(name, (0, here))
            names[name] = (count + 1, first)
    return names


def _concepts(part: _Part, names: _Names) -> Iterator[Concept]:
    counts = part.counts()
    aliases: dict[str, list[Alias]] = defaultdict(list)
    for concept, name, rule, _, _, note in part.rows(
        "aliases", "concept, name, rule, papers, paper, note", _CONCEPT, "concept, name"
    ):
        count, first = names.get((concept, name), (0, None))
        aliases[concept].append(Alias(name, Rule(rule), count, first, note))
    columns = "id, label, type, papers, confidence, exact_matches, close_matches"
    for row in part.rows("concepts", columns, "id IN (SELECT id FROM concepts)", "id"):
        yield codec.concept_from_row((*row[:3], counts[row[0]], *row[4:]), tuple(aliases[row[0]]))


def _relations(part: _Part) -> list[Relation]:
    def stated() -> Iterator[tuple[str, RelationType, str, Statement]]:
        columns = "head, relation, tail, paper, sentence, confidence, cue"
        for head, kind, tail, *rest in part.rows(
            "statements", columns, f"{_PAPER} AND {_ENDS}", "head, relation, tail, paper, sentence"
        ):
            yield head, RelationType(kind), tail, codec.statement_from_row(tuple(rest))

    together = [
        Relation(head, RelationType.CO_OCCURS_WITH, tail, confidence, support)
        for head, tail, confidence, support in part.rows(
            "relations",
            "head, tail, confidence, support",
            f"relation = 'co_occurs_with' AND {_ENDS}",
            "head, tail",
        )
    ]
    made = [*brought_together(stated()), *together]
    return sorted(made, key=lambda r: (r.head, r.relation, r.tail))
