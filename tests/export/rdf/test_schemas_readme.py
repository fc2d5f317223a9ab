from __future__ import annotations

from pathlib import Path

import kg
from kg.export.rdf.queries import QUERIES
from kg.export.rdf.schemas_readme import schemas_readme

SCHEMAS = Path(__file__).resolve().parents[3] / "schemas"


def test_the_answers_are_current() -> None:
    with kg.build([kg.sample()]) as graph:
        made = schemas_readme(graph)
    current = (SCHEMAS / "README.md").read_text(encoding="utf-8")
    assert made == current, "schemas/README.md is stale: run scripts/make_exports"
    assert made.count("\n### ") == len(QUERIES)


def test_every_query_file_is_known() -> None:
    assert sorted(p.stem for p in (SCHEMAS / "queries").glob("*.rq")) == list(QUERIES)
