"""Counts over a store."""

from __future__ import annotations

from typing import Any

from kg.graph.store import Store


def counts(store: Store) -> dict[str, Any]:
    """Count what is in a store.

    Returns
    -------
    dict
        ``records``, ``papers``, ``concepts``, ``links``, ``relations``, ``mentions`` as numbers;
        ``concepts_by_type``, ``links_by_role``, ``relations_by_kind``, ``papers_by_year`` as
        dictionaries sorted by key; ``papers_without_concepts``.
    """

    def number(sql: str) -> int:
        row = store.one(sql)
        return int(row[0]) if row else 0

    def by(column: str, table: str) -> dict[str, int]:
        query = f"SELECT {column}, COUNT(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 1"
        return {str(key): value for key, value in store.rows(query)}

    return {
        "records": number("SELECT COALESCE(SUM(json_array_length(sources)), 0) FROM papers"),
        "papers": store.count("papers"),
        "concepts": store.count("concepts"),
        "links": store.count("links"),
        "relations": store.count("relations"),
        "mentions": store.count("mentions"),
        "concepts_by_type": by("type", "concepts"),
        "links_by_role": by("role", "links"),
        "relations_by_kind": by("relation", "relations"),
        "papers_by_year": by("year", "papers"),
        "papers_without_concepts": number(
            "SELECT COUNT(*) FROM papers WHERE id NOT IN (SELECT paper FROM links)"
        ),
    }
