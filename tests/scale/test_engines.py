"""The large build: the same on both engines, and the same as the build on one machine."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, StoreError
from kg.scale import build
from kg.scale.rows import TABLES

Tables = dict[str, list[tuple[Any, ...]]]
_ROUNDED = 0.0011
"""Python rounds a tie as the binary number falls, the SQL always up: one thousandth."""


def test_every_table_is_the_same_on_both_engines(
    duck: Path, spark: Path, read: Callable[[Path], Tables]
) -> None:
    one, other = read(duck), read(spark)
    for name in TABLES:
        assert len(one[name]) > 1, f"the fixture leaves {name} empty"
        assert one[name] == other[name], name
    assert json.loads((duck / "tables.json").read_text()) == json.loads((spark / "tables.json").read_text())


def test_nothing_else_is_left_in_the_folder(duck: Path) -> None:
    assert {path.name for path in duck.iterdir()} == {*TABLES, "tables.json", "triples"}
    assert not list(duck.parent.glob("*.partial"))


def _rows(store: Path, table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    with sqlite3.connect(store) as connection:
        wanted = ", ".join(f'"{column}"' for column in columns)
        return sorted(connection.execute(f"SELECT {wanted} FROM {table}"), key=repr)


def test_every_rule_that_joins_names_is_in_the_fixture(duck: Path, read: Callable[[Path], Tables]) -> None:
    columns, *aliases = read(duck)["aliases"]
    assert {row[columns.index("rule")] for row in aliases} >= {
        "label", "case", "number", "spelling", "abbreviation", "lexicon"
    }  # fmt: skip


@pytest.mark.parametrize("table", ["papers", "aliases", "mentions"])
def test_these_equal_the_build_on_one_machine(
    duck: Path, store: Path, read: Callable[[Path], Tables], table: str
) -> None:
    columns, *found = read(duck)[table]
    assert found == _rows(store, table, columns)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("concepts", ("id",)),
        ("links", ("paper", "concept")),
        ("statements", ("head", "tail", "sentence", "paper")),
    ],
)
def test_these_equal_it_but_for_rounding(
    duck: Path, store: Path, read: Callable[[Path], Tables], table: str, key: tuple[str, ...]
) -> None:
    columns, *found = read(duck)[table]
    assert _near(columns, found, key) == _near(columns, _rows(store, table, columns), key)


def test_stated_relations_equal_it(duck: Path, store: Path, read: Callable[[Path], Tables]) -> None:
    columns, *found = read(duck)["relations"]
    kind = columns.index("relation")
    ours = [row for row in found if row[kind] != "co_occurs_with"]
    theirs = [row for row in _rows(store, "relations", columns) if row[kind] != "co_occurs_with"]
    assert ours
    assert _near(columns, ours, ("head", "relation", "tail")) == _near(
        columns, theirs, ("head", "relation", "tail")
    )


def test_co_occurrences_are_among_those_of_one_machine(
    duck: Path, store: Path, read: Callable[[Path], Tables]
) -> None:
    """One machine goes on to weaker pairs where a stronger one found no room; the SQL does not."""
    columns, *found = read(duck)["relations"]
    kind = columns.index("relation")
    ours = {row for row in found if row[kind] == "co_occurs_with"}
    theirs = {row for row in _rows(store, "relations", columns) if row[kind] == "co_occurs_with"}
    assert ours
    assert ours <= theirs


class _Close(float):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, float) and abs(self - other) < _ROUNDED

    def __hash__(self) -> int:
        return 0


def _near(
    columns: tuple[str, ...], rows: list[tuple[Any, ...]], key: tuple[str, ...]
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Rows by their key, numbers equal when a thousandth apart."""
    places = [columns.index(name) for name in key]
    close = [tuple(_Close(v) if isinstance(v, float) else v for v in row) for row in rows]
    return {tuple(row[i] for i in places): row for row in close}


def test_the_number_of_workers_changes_nothing(
    inputs: Path, duck: Path, tmp_path: Path, read: Callable[[Path], Tables]
) -> None:
    assert read(build([inputs], tmp_path / "one", master="local[1]")) == read(duck)


def test_a_folder_that_is_there_is_left_alone(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(StoreError, match="there already"):
        build([inputs], tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_a_broken_record_is_named_and_nothing_appears(tmp_path: Path, engine: str) -> None:
    pytest.importorskip({"duckdb": "duckdb", "spark": "pyspark"}[engine])
    (tmp_path / "broken.jsonl").write_text('{"title": "Fine"}\n{"abstract": "no title"}\n')
    with pytest.raises(InputError, match=r"broken\.jsonl, line 2"):
        build([tmp_path / "broken.jsonl"], tmp_path / "out", engine=engine)
    assert not (tmp_path / "out").exists()


def test_an_unknown_engine_or_a_cluster_for_duckdb(inputs: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there are duckdb and spark"):
        build([inputs], tmp_path / "out", engine="abacus")
    with pytest.raises(StoreError, match="one machine"):
        build([inputs], tmp_path / "out", master="yarn")
