"""Builds beyond one process: Parquet tables from any number of papers, and back to a store of a part.

The same functions and the same SQL run on DuckDB and on Spark; see ``schemas/SCALE.md``.
"""

from __future__ import annotations

from kg.scale.building import build
from kg.scale.importing import import_tables

__all__ = ["build", "import_tables"]
