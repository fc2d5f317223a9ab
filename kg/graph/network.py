"""The NetworkX graph of a store."""

from __future__ import annotations

import networkx as nx

from kg.graph.store import Store


def network(store: Store) -> nx.MultiDiGraph:
    """Papers, concepts, links and relations as a directed multigraph of plain JSON values.

    Node ids are ``paper:…`` and ``concept:…``; edge keys are roles and relations. Texts, mentions
    and evidence stay in the store. Missing values are left out, so that every writer of NetworkX
    works.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes and edges in a fixed order: papers, concepts, links, relations, each sorted.
    """
    graph = nx.MultiDiGraph()
    query = "SELECT id, title, year, date, venue, doi, arxiv, url FROM papers ORDER BY id"
    for identifier, title, *rest in store.rows(query):
        attributes = {"kind": "paper", "label": title, "title": title}
        names = ("year", "date", "venue", "doi", "arxiv", "url")
        attributes.update((k, v) for k, v in zip(names, rest, strict=True) if v is not None)
        graph.add_node(f"paper:{identifier}", **attributes)
    for identifier, label, kind, papers, confidence in store.rows(
        "SELECT id, label, type, papers, confidence FROM concepts ORDER BY id"
    ):
        graph.add_node(
            f"concept:{identifier}",
            kind="concept",
            label=label,
            type=kind,
            papers=papers,
            confidence=confidence,
        )
    for paper, concept, role, confidence, salience, mentions in store.rows(
        "SELECT paper, concept, role, confidence, salience, mentions FROM links ORDER BY paper, concept"
    ):
        graph.add_edge(
            f"paper:{paper}",
            f"concept:{concept}",
            key=role,
            kind="link",
            role=role,
            confidence=confidence,
            salience=salience,
            mentions=mentions,
        )
    for head, relation, tail, confidence, support in store.rows(
        "SELECT head, relation, tail, confidence, support FROM relations ORDER BY head, relation, tail"
    ):
        graph.add_edge(
            f"concept:{head}",
            f"concept:{tail}",
            key=relation,
            kind="relation",
            relation=relation,
            confidence=confidence,
            support=support,
        )
    return graph
