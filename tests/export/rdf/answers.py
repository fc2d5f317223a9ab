"""Answers of SPARQL queries as plain rows, so that stores can be compared."""

from __future__ import annotations

import json

Rows = list[tuple[str | None, ...]]


def rows(results: str | dict[str, object]) -> Rows:
    """Rows of SPARQL JSON results, as text, sorted: stores differ in how they collate."""
    found = json.loads(results) if isinstance(results, str) else results
    names = found["head"]["vars"]
    solutions = found["results"]["bindings"]
    return sorted((tuple(s.get(n, {}).get("value") for n in names) for s in solutions), key=str)
