"""The NetworkX graph of a store."""

from __future__ import annotations

from sys import intern
from typing import Any

import networkx as nx

from kg.errors import StoreError
from kg.garbage import all_stays
from kg.graph.reading import sound
from kg.graph.store import Store

MOST_EDGES = 5_000_000
"""Edges above which the network is not made: at about 500 bytes each it would fill the memory."""


def check_size(store: Store, most: int = MOST_EDGES) -> None:
    """Refuse a network that would fill the memory.

    Raises
    ------
    StoreError
        If there are more than `most` edges; names the ways out.
    """
    edges = store.count("links") + store.count("relations")
    if edges > most:
        raise StoreError(
            f"{store.path or 'the store'} has {edges:,} edges; NetworkX would need about"
            f" {edges * 500 / 1e9:.0f} GB of memory for them (the limit is {most:,}). Look-ups, search and"
            " exports to RDF work without it; to_networkx('concepts', min_support=5) is smaller; or make a"
            " store of a part, with --concept, --since or --top of kg import"
        )


def network(store: Store, *, most: int = MOST_EDGES) -> nx.MultiDiGraph:
    """Papers, concepts, links and relations as a directed multigraph of plain JSON values.

    Node ids are ``paper:…`` and ``concept:…``; edge keys are roles and relations. Texts, mentions
    and evidence stay in the store. Missing values are left out, so that every writer of NetworkX
    works.

    Parameters
    ----------
    store : Store
        An open store.
    most : int
        Edges that are still made; raise it where there is memory for more.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes and edges in a fixed order: papers, concepts, links, relations, each sorted.

    Raises
    ------
    StoreError
        If there are more edges, or the store is damaged.
    """
    check_size(store, most)
    graph = nx.MultiDiGraph()
    with all_stays(), sound(store):
        papers, concepts = _add_papers(graph, store), _add_concepts(graph, store)
        _add_links(graph, store, papers, concepts)
        _add_relations(graph, store, concepts)
    return graph


# Straight into the dictionaries of NetworkX, as its own methods look them up, check and copy for every edge.
# A test holds the result against what those methods make.


def _add_papers(graph: nx.MultiDiGraph, store: Store) -> dict[str, str]:
    """Add the papers; their nodes by id, so that every edge holds the same strings."""
    names = ("year", "date", "venue", "doi", "arxiv", "url")
    query = "SELECT id, title, year, date, venue, doi, arxiv, url FROM papers ORDER BY id"
    nodes = {}
    for identifier, title, *rest in store.rows(query):
        known = {k: v for k, v in zip(names, rest, strict=True) if v is not None}
        node = nodes[identifier] = f"paper:{identifier}"
        _add_node(graph, node, {"kind": "paper", "label": title, "title": title, **known})
    return nodes


def _add_concepts(graph: nx.MultiDiGraph, store: Store) -> dict[str, str]:
    query = "SELECT id, label, type, papers, confidence FROM concepts ORDER BY id"
    nodes = {}
    for identifier, label, kind, papers, confidence in store.rows(query):
        node = nodes[identifier] = f"concept:{identifier}"
        data = {
            "kind": "concept",
            "label": label,
            "type": intern(kind),
            "papers": papers,
            "confidence": confidence,
        }
        _add_node(graph, node, data)
    return nodes


def _add_node(graph: nx.MultiDiGraph, node: str, data: dict[str, Any]) -> None:
    graph._node[node], graph._succ[node], graph._pred[node] = data, {}, {}


def _add_links(
    graph: nx.MultiDiGraph, store: Store, papers: dict[str, str], concepts: dict[str, str]
) -> None:
    after, before = graph._succ, graph._pred
    query = "SELECT paper, concept, role, confidence, salience, mentions FROM links ORDER BY paper, concept"
    for paper, concept, role, confidence, salience, mentions in store.rows(query):
        head, tail, role = papers[paper], concepts[concept], intern(role)
        # A paper has one link to a concept.
        after[head][tail] = before[tail][head] = {
            role: {
                "kind": "link",
                "role": role,
                "confidence": confidence,
                "salience": salience,
                "mentions": mentions,
            }
        }


def _add_relations(graph: nx.MultiDiGraph, store: Store, concepts: dict[str, str]) -> None:
    after, before = graph._succ, graph._pred
    query = "SELECT head, relation, tail, confidence, support FROM relations ORDER BY head, relation, tail"
    for one, relation, other, confidence, support in store.rows(query):
        head, tail, relation = concepts[one], concepts[other], intern(relation)
        data = {"kind": "relation", "relation": relation, "confidence": confidence, "support": support}
        between = after[head].get(tail)
        if between is None:
            after[head][tail] = before[tail][head] = {relation: data}
        else:
            between[relation] = data
