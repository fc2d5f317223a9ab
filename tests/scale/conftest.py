"""The tables of one fixture, made once by each engine."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.scale import build
from tests.scale.texts import write

Tables = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="package")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("scale") / "inputs")


@pytest.fixture(scope="package")
def store(inputs: Path) -> Path:
    """What the one-machine build makes of the same."""
    path = inputs.parent / "papers.kg"
    kg.build([inputs], store=path).close()
    return path


@pytest.fixture(scope="package")
def duck(inputs: Path) -> Path:
    pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'paperkg[tables]'")
    pytest.importorskip("pyarrow", reason="PyArrow is not installed: pip install 'paperkg[tables]'")
    return build([inputs], inputs.parent / "duck", engine="duckdb", master="local[2]")


@pytest.fixture(scope="package")
def spark(inputs: Path) -> Path:
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: pip install 'paperkg[spark]'")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # For so few rows, compiling every step and dealing it out costs far more than the step.
    sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config(
        "spark.sql.codegen.wholeStage", "false"
    ).config("spark.sql.codegen.factoryMode", "NO_CODEGEN").config(
        "spark.driver.host", "127.0.0.1"
    ).getOrCreate()
    return build([inputs], inputs.parent / "spark", engine="spark", master="local[2]")


@pytest.fixture(scope="package")
def read() -> Callable[[Path], Tables]:
    """All tables of a folder, sorted; columns by name."""

    def of(folder: Path) -> Tables:
        import duckdb

        from kg.scale.rows import TABLES

        found: Tables = {}
        for name in TABLES:
            rows = duckdb.sql(f"SELECT * FROM read_parquet('{folder}/{name}/*.parquet')")
            order = sorted(rows.columns)
            named = [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]
            found[name] = sorted((tuple(row[c] for c in order) for row in named), key=repr)
            found[name].insert(0, tuple(order))
        return found

    return of
