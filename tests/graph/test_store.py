"""The file of a store: opened only if it is one, written by one at a time, told apart when damaged."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.graph import KnowledgeGraph, Store, codec, reading, writing
from kg.graph.store import APPLICATION_ID, FORMAT_VERSION, connect_for_writing
from kg.graph.store import writing as held
from kg.model import Concept, ConceptType, Extraction, Link, Mention, Paper, Relation, RelationType, Role


def made(path: Path, **values: str) -> Path:
    connection = connect_for_writing(path)
    writing.write_meta(connection, values)
    connection.close()
    return path


def test_a_store_is_opened_as_it_was_written(tmp_path: Path) -> None:
    path = made(tmp_path / "a #b?c=ü.kg", one="1")
    with Store.open(path) as store:
        assert store.path == path
        assert store.meta("one") == "1"
        assert store.count("meta") == 1
        with pytest.raises(StoreError, match="readonly"):
            list(store.rows("DELETE FROM meta"))
    with pytest.raises(sqlite3.ProgrammingError):
        store.count("meta")
    graph = KnowledgeGraph.load(str(path))
    assert graph.path_of_store == path
    assert str(path) in repr(graph)
    graph.close()
    with pytest.raises(sqlite3.ProgrammingError):
        graph.stats()
    assert KnowledgeGraph.from_parts().path_of_store is None


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        Store.open(tmp_path / "none.kg")
    with pytest.raises(StoreError, match="there is no store"):
        Store.open(tmp_path)
    (tmp_path / "text.kg").write_text("SQLite format 3, or so it says")
    with pytest.raises(StoreError, match="is no store of kg"):
        Store.open(tmp_path / "text.kg")
    other = sqlite3.connect(tmp_path / "other.kg")
    other.executescript(f"CREATE TABLE t (x); PRAGMA user_version = {FORMAT_VERSION};")
    other.close()
    with pytest.raises(StoreError, match="SQLite file, but no store"):
        Store.open(tmp_path / "other.kg")
    path = made(tmp_path / "cut.kg")
    path.write_bytes(path.read_bytes()[:16] + b"\xff" * 200)
    with pytest.raises(StoreError, match="is damaged"):
        Store.open(path)


@pytest.mark.parametrize(("step", "words"), [(1, "update kg"), (-1, "build it again")])
def test_another_version_says_what_to_do(tmp_path: Path, step: int, words: str) -> None:
    path = made(tmp_path / "a.kg")
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {FORMAT_VERSION + step}")
    connection.close()
    with pytest.raises(StoreError, match=rf"store format {FORMAT_VERSION + step}.*{words}"):
        Store.open(path)


def test_stores_of_today_are_read_tomorrow(tmp_path: Path) -> None:
    connection = sqlite3.connect(made(tmp_path / "a.kg"))
    assert connection.execute("PRAGMA application_id").fetchone() == (0x6B677266,)
    assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT_VERSION,)
    connection.close()


def test_an_unfinished_build_goes_on(tmp_path: Path) -> None:
    path = made(tmp_path / "a.kg", one="1")
    connection = connect_for_writing(path)
    assert Store(connection).meta("one") == "1"
    connection.close()


@pytest.mark.parametrize("damage", ["version", "application", "pages", "text"])
def test_what_cannot_be_gone_on_with_is_thrown_away(tmp_path: Path, damage: str) -> None:
    path = made(tmp_path / "a.kg", **{f"key {n}": "x" * 30_000 for n in range(4)})
    journal = Path(f"{path}-journal")
    if damage in ("version", "application"):
        connection = sqlite3.connect(path)
        pragma, value = ("user_version", FORMAT_VERSION + 1), ("application_id", APPLICATION_ID + 1)
        name, number = pragma if damage == "version" else value
        connection.execute(f"PRAGMA {name} = {number}")
        connection.close()
    elif damage == "pages":
        data = path.read_bytes()
        path.write_bytes(data[:-40000] + b"\xff" * 40000)
    else:
        path.write_text("no database at all, but long enough to be looked at " * 20)
        journal.write_text("left over")
    connection = connect_for_writing(path)
    store = Store(connection)
    assert store.count("meta") == 0
    assert store.one("PRAGMA quick_check") == ("ok",)
    writing.write_meta(connection, {"one": "1"})
    connection.close()
    assert not journal.exists()
    with Store.open(path) as again:
        assert again.meta("one") == "1"


@pytest.mark.parametrize("place", ["new.kg", "old.kg", None])
def test_a_transaction_is_undone_as_a_whole(tmp_path: Path, place: str | None) -> None:
    made(tmp_path / "old.kg")
    connection = connect_for_writing(None if place is None else tmp_path / place)
    writing.write_meta(connection, {"one": "1"})
    connection.execute("BEGIN")
    writing.write_meta(connection, {"two": "2"})
    connection.execute("ROLLBACK")
    assert list(Store(connection).rows("SELECT key FROM meta")) == [("one",)]
    connection.close()


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.kg"
    with held(path):
        with pytest.raises(StoreError, match="another process is writing"), held(path, wait=0.0):
            pytest.fail("two at once")
        with held(tmp_path / "b.kg", wait=0.0):
            pass
    with held(path, wait=0.0):
        assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".a")] == [".a.kg.lock"]
    with pytest.raises(StoreError, match="there is no folder"), held(tmp_path / "no" / "a.kg"):
        pytest.fail("nowhere to write")


def test_half_a_character_is_asked_for_in_vain() -> None:
    store = KnowledgeGraph.from_parts().store
    assert store.one("SELECT ?, ?, ?", ("a\ud800b", 1, None)) == ("a?b", 1, None)
    assert store.one("SELECT 1 WHERE 0") is None


GRAPH = {
    "papers": [Paper("p", "P")],
    "concepts": [Concept("a", "a", ConceptType.METHOD), Concept("b", "b", ConceptType.TASK)],
    "links": [Link("p", "a", Role.USES, 0.5, 0.5, 1)],
    "mentions": [Mention("p", "title", 0, 1, ConceptType.METHOD, "a", 0.5)],
    "relations": [Relation("a", RelationType.USED_FOR, "b", 0.5, 1)],
}


@pytest.mark.parametrize(
    ("damage", "read"),
    [
        ("UPDATE concepts SET type = 'Thing'", reading.concepts),
        ("UPDATE concepts SET exact_matches = '[1'", reading.concepts),
        ("UPDATE links SET role = 'eats'", reading.links),
        ("UPDATE links SET sentence = 'x1'", reading.links),
        ("UPDATE mentions SET type = 'Thing'", reading.mentions),
        ("UPDATE relations SET relation = 'eats'", reading.relations),
        ("INSERT INTO statements VALUES ('a', 'used_for', 'b', 'p', 't1', 0.5, NULL)", reading.relations),
        ("UPDATE papers SET authors = '[1'", reading.papers),
        ("UPDATE papers SET sentences = 'x1'", lambda store: reading.sentences(store, "p")),
        ("UPDATE extractions SET extraction = '[]'", reading.extractions),
        ("UPDATE records SET record = '[]'", reading.records),
        ("DROP TABLE papers", reading.papers),
    ],
)
def test_damage_inside_is_said(damage: str, read) -> None:  # type: ignore[no-untyped-def]
    store = KnowledgeGraph.from_parts(**GRAPH).store  # type: ignore[arg-type]
    writing.write_records(store.connection, [(Paper("p", "P"), Paper("p", "P"))])
    text = codec.extraction_to_json(Extraction("p", (), (), ()))
    store.connection.execute(
        "INSERT INTO extractions VALUES (?, ?)", (codec.text_hash(Paper("p", "P")), text)
    )
    list(read(store))
    store.connection.execute(damage)
    with pytest.raises(StoreError, match="the store is damaged"):
        list(read(store))
