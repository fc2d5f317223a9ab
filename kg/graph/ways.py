"""What is next to a node, and the ways from one node to another."""

from __future__ import annotations

import math
from itertools import islice, pairwise

import networkx as nx

from kg.graph.answers import Neighbor, Path, Step
from kg.graph.store import Store


def neighbors(
    store: Store, kind: str, identifier: str, *, relation: str | None = None, min_confidence: float = 0.0
) -> list[Neighbor]:
    """Everything next to a concept or a paper, by relation and support.

    Parameters
    ----------
    store : Store
        Where to look.
    kind, identifier : str
        ``paper`` or ``concept``, and the id.
    relation : str, optional
        Only this role or relation.
    min_confidence : float
        Least confidence of the edge.
    """
    out: list[Neighbor] = []
    if kind == "paper":
        rows = store.rows(
            "SELECT c.id, c.label, l.role, l.confidence, l.mentions FROM links l"
            " JOIN concepts c ON c.id = l.concept WHERE l.paper = ?",
            (identifier,),
        )
        out += [Neighbor("concept", i, label, role, "out", c, n) for i, label, role, c, n in rows]
    else:
        rows = store.rows(
            "SELECT p.id, p.title, l.role, l.confidence, l.mentions FROM links l"
            " JOIN papers p ON p.id = l.paper WHERE l.concept = ?",
            (identifier,),
        )
        out += [Neighbor("paper", i, title, role, "in", c, n) for i, title, role, c, n in rows]
        for direction, own, other in (("out", "head", "tail"), ("in", "tail", "head")):
            rows = store.rows(
                f"SELECT c.id, c.label, r.relation, r.confidence, r.support FROM relations r"
                f" JOIN concepts c ON c.id = r.{other} WHERE r.{own} = ?",
                (identifier,),
            )
            out += [Neighbor("concept", i, label, kind_, direction, c, n) for i, label, kind_, c, n in rows]
    found = [n for n in out if n.confidence >= min_confidence and relation in (None, n.relation)]
    return sorted(found, key=lambda n: (n.kind, n.relation, -n.support, -n.confidence, n.id))


def routes(graph: nx.MultiDiGraph) -> nx.Graph:
    """The graph without directions and parallel edges, with a cost on each edge.

    An edge costs 1, and a little more when it is unsure or ends in a hub: of two ways of the same
    length, the surer and more telling one is shorter.
    """
    plain = nx.Graph()
    plain.add_nodes_from(graph)
    degree = dict(graph.degree())
    for head, tail, key, data in graph.edges(keys=True, data=True):
        if head == tail:
            continue
        hub = math.log1p(max(degree[head], degree[tail])) / 100
        doubt = (1 - data["confidence"]) / 10 + (0.3 if key == "co_occurs_with" else 0.0)
        cost = round(1 + hub + doubt, 6)
        if not plain.has_edge(head, tail) or cost < plain[head][tail]["cost"]:
            plain.add_edge(head, tail, cost=cost, relation=key, head=head)
    return plain


def paths(graph: nx.MultiDiGraph, plain: nx.Graph, start: str, end: str, *, k: int = 1) -> list[Path]:
    """The `k` shortest ways between two nodes, none passing a node twice (Yen, 1971).

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        The full graph, for labels.
    plain : networkx.Graph
        What :func:`routes` made of it.
    start, end : str
        Node ids.
    k : int
        Most ways.

    Returns
    -------
    list of Path
        Empty if there is no way.
    """
    if start == end:
        return [Path((start,), (graph.nodes[start]["label"],), ())]
    try:
        found = list(islice(nx.shortest_simple_paths(plain, start, end, weight="cost"), k))
    except nx.NetworkXNoPath:
        return []
    out = []
    for nodes in found:
        steps = []
        for head, tail in pairwise(nodes):
            data = plain[head][tail]
            steps.append(Step(head, data["relation"], tail, data["head"] == head))
        out.append(Path(tuple(nodes), tuple(graph.nodes[n]["label"] for n in nodes), tuple(steps)))
    return out
