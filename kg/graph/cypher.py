"""Cypher over the NetworkX graph, by the library grand-cypher (optional)."""

from __future__ import annotations

import re
from typing import Any

import networkx as nx

from kg.errors import QueryError

_STRINGS = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'""", re.DOTALL)
_LABELS = "__labels__"


def labelled(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy of the full graph with the labels that Cypher asks for.

    ``(:Paper)``, ``(:Concept)``, ``(:Method)`` and the other types; ``[:proposes]``, ``[:used_for]`` and the
    other roles and relations.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The full graph; it is left as it is.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("concept:a", kind="concept", type="Method")
    >>> sorted(labelled(graph).nodes["concept:a"]["__labels__"])
    ['Concept', 'Method']
    """
    out = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        kinds = {"Paper"} if data["kind"] == "paper" else {"Concept", data["type"]}
        out.add_node(node, **data, **{_LABELS: kinds})
    for head, tail, key, data in graph.edges(keys=True, data=True):
        out.add_edge(head, tail, key, **data, **{_LABELS: {key}})
    return out


def _double_quoted(query: str) -> str:
    """The query with its strings in double quotes, which are all that the library reads."""

    def quoted(found: re.Match[str]) -> str:
        text = found.group()
        if text.startswith('"'):
            return text
        inside = text[1:-1].replace("\\'", "'")
        return '"' + re.sub(r'\\.|"', lambda m: '\\"' if m.group() == '"' else m.group(), inside) + '"'

    return _STRINGS.sub(quoted, query)


def cypher(graph: nx.MultiDiGraph, query: str) -> list[dict[str, Any]]:
    """Rows that a Cypher query finds.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        What :func:`labelled` made. Nodes have ``kind``, ``label``, ``type`` …, edges ``role`` or
        ``relation``.
    query : str
        For example ``MATCH (p:Paper)-[:proposes]->(c:Method) RETURN p.title, c.label``. What the library
        knows of Cypher is reading.

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
        found: dict[Any, list[Any]] = GrandCypher(graph).run(_double_quoted(query))
    except LarkError as error:
        first = str(error).strip().splitlines()[0]
        raise QueryError(f"the Cypher query has a mistake: {first}") from error
    except (KeyError, TypeError, ValueError, AttributeError, NotImplementedError, SyntaxError) as error:
        raise QueryError(f"the Cypher query cannot be answered: {error}") from error
    columns = {str(name): [_plain(value) for value in values] for name, values in found.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    """A node or edge without the labels that only the query needs."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k != _LABELS}
    return [_plain(v) for v in value] if isinstance(value, list) else value
