"""Cypher over the NetworkX graph, by the library grand-cypher (optional)."""

from __future__ import annotations

from typing import Any

import networkx as nx

from kg.errors import QueryError


def cypher(graph: nx.MultiDiGraph, query: str) -> list[dict[str, Any]]:
    """Rows that a Cypher query finds.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The full graph. Nodes have ``kind``, ``label``, ``type`` …, edges ``role`` or ``relation``.
    query : str
        For example ``MATCH (p)-[r]->(c) WHERE r.role = "proposes" RETURN p.title, c.label``. What the
        library knows of Cypher is reading; conditions on attributes belong into ``WHERE``.

    Returns
    -------
    list of dict
        One a row, by the names after ``RETURN``.

    Raises
    ------
    QueryError
        If the query has a mistake; the text says where.
    ImportError
        If the library is not installed (``pip install "paperkg[cypher]"``).
    """
    try:
        from grandcypher import GrandCypher
    except ImportError as missing:
        raise ImportError('Cypher needs grand-cypher: pip install "paperkg[cypher]"') from missing
    from lark.exceptions import LarkError

    try:
        found: dict[Any, list[Any]] = GrandCypher(graph).run(query)
    except LarkError as error:
        first = str(error).strip().splitlines()[0]
        raise QueryError(f"the Cypher query has a mistake: {first}") from error
    except (KeyError, TypeError, ValueError, AttributeError, NotImplementedError) as error:
        raise QueryError(f"the Cypher query cannot be answered: {error}") from error
    columns = {str(name): values for name, values in found.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
