"""Projections of the graph, for algorithms that want a plain one."""

from __future__ import annotations

import math

import networkx as nx

from kg.graph.store import Store

VIEWS = ("papers", "concepts", "bipartite", "cooccurrence")
"""Names that :func:`view` knows."""


def view(store: Store, name: str, *, min_support: int = 1) -> nx.Graph:
    """One projection of the graph.

    Parameters
    ----------
    store : Store
        Where to look.
    name : str
        ``papers``: papers joined by shared concepts, `weight` the sum of their rarities.
        ``concepts``: concepts joined by stated relations, directed, `weight` the support.
        ``bipartite``: papers and concepts, `weight` the salience, node attribute `bipartite` 0 and 1.
        ``cooccurrence``: concepts joined by shared papers, `weight` their number.
    min_support : int
        Least weight of an edge of ``concepts`` and ``cooccurrence``.

    Returns
    -------
    networkx.Graph or networkx.DiGraph
        Node ids as in the full graph; nodes and edges in sorted order.

    Raises
    ------
    ValueError
        If there is no such view.
    """
    if name not in VIEWS:
        raise ValueError(f"no view is called {name!r}; there are {', '.join(VIEWS)}")
    graph = nx.DiGraph() if name == "concepts" else nx.Graph()
    if name in ("papers", "bipartite"):
        for paper, title, year in store.rows("SELECT id, title, year FROM papers ORDER BY id"):
            extra = {} if year is None else {"year": year}
            graph.add_node(f"paper:{paper}", kind="paper", label=title, bipartite=0, **extra)
    if name != "papers":
        for concept, label, kind, papers in store.rows(
            "SELECT id, label, type, papers FROM concepts ORDER BY id"
        ):
            graph.add_node(
                f"concept:{concept}", kind="concept", label=label, type=kind, papers=papers, bipartite=1
            )
    if name == "bipartite":
        rows = store.rows("SELECT paper, concept, salience FROM links ORDER BY paper, concept")
        graph.add_weighted_edges_from((f"paper:{p}", f"concept:{c}", w) for p, c, w in rows)
    elif name == "concepts":
        for head, tail, support in store.rows(
            "SELECT head, tail, SUM(support) FROM relations WHERE relation <> 'co_occurs_with'"
            " GROUP BY head, tail HAVING SUM(support) >= ? ORDER BY head, tail",
            (min_support,),
        ):
            graph.add_edge(f"concept:{head}", f"concept:{tail}", weight=support)
    elif name == "cooccurrence":
        for head, tail, together in store.rows(
            "SELECT a.concept, b.concept, COUNT(*) FROM links a JOIN links b"
            " ON b.paper = a.paper AND b.concept > a.concept"
            " GROUP BY a.concept, b.concept HAVING COUNT(*) >= ? ORDER BY a.concept, b.concept",
            (min_support,),
        ):
            graph.add_edge(f"concept:{head}", f"concept:{tail}", weight=together)
    else:
        _join_papers(store, graph)
    return graph


def _join_papers(store: Store, graph: nx.Graph) -> None:
    """Join papers by shared concepts; a concept that every paper has adds nothing."""
    total = store.count("papers")
    rarity = {
        c: math.log(total / papers) for c, papers in store.rows("SELECT id, papers FROM concepts") if papers
    }
    for first, second, concept in store.rows(
        "SELECT a.paper, b.paper, a.concept FROM links a JOIN links b"
        " ON b.concept = a.concept AND b.paper > a.paper ORDER BY a.paper, b.paper, a.concept"
    ):
        weight = rarity.get(concept, 0.0)
        if weight > 0:
            head, tail = f"paper:{first}", f"paper:{second}"
            before = graph.get_edge_data(head, tail, {"weight": 0.0})["weight"]
            graph.add_edge(head, tail, weight=round(before + weight, 3))
