"""The shape of the whole: communities, central concepts, bridges and gaps."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import networkx as nx
import numpy as np

from kg.graph.answers import Bridge, Central, Community, Gap
from kg.graph.community_names import Candidate, name
from kg.graph.company import company
from kg.graph.store import Store
from kg.model import ConceptType

_DAMPING = 0.85


def concept_network(store: Store) -> nx.Graph:
    """Concepts joined by what papers state of them and by what they share.

    The weight of an edge is the support of its stated relations plus, for ``co_occurs_with``, NPMI
    times support: chance encounters weigh little.

    Returns
    -------
    networkx.Graph
        Nodes are concept ids with ``label``, ``type``, ``papers``; sorted.
    """
    graph = nx.Graph()
    for concept, label, kind, papers in store.rows(
        "SELECT id, label, type, papers FROM concepts ORDER BY id"
    ):
        graph.add_node(concept, label=label, type=kind, papers=papers)
    for head, relation, tail, confidence, support in store.rows(
        "SELECT head, relation, tail, confidence, support FROM relations ORDER BY head, relation, tail"
    ):
        weight = support * confidence if relation == "co_occurs_with" else float(support)
        before = graph.get_edge_data(head, tail, {"weight": 0.0})["weight"]
        graph.add_edge(head, tail, weight=round(before + weight, 3))
    return graph


def communities(store: Store, graph: nx.Graph, *, seed: int = 0, resolution: float = 1.0) -> list[Community]:
    """Concepts that go together (Louvain; Blondel et al., 2008), the largest first, with their papers.

    A community is named by the concepts that stand for it (:func:`kg.graph.community_names.name`). Concepts
    without any edge belong to none. A paper belongs where most of its salience lies.

    Parameters
    ----------
    store : Store
        Where the papers are.
    graph : networkx.Graph
        What :func:`concept_network` made.
    seed : int
        Seed of the algorithm; the same seed gives the same communities.
    resolution : float
        More than 1 gives smaller communities.
    """
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(n for n in graph if graph.degree(n)))
    # Each edge by its lesser end first: the order of the neighbours decides between equal gains.
    ordered.add_weighted_edges_from(
        sorted((min(a, b), max(a, b), w) for a, b, w in graph.edges(data="weight"))
    )
    parts = nx.community.louvain_communities(ordered, weight="weight", seed=seed, resolution=resolution)
    parts = sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part[0]))
    home = {concept: number for number, part in enumerate(parts) for concept in part}
    papers = _papers_by_community(store, home)
    return [
        Community(
            number=number,
            name=" · ".join(name(_candidates(graph, part, home))),
            concepts=tuple(part),
            papers=tuple(papers[number]),
        )
        for number, part in enumerate(parts)
    ]


def _candidates(graph: nx.Graph, part: Sequence[str], home: Mapping[str, int]) -> Iterator[Candidate]:
    for concept in part:
        inside = total = 0.0
        for other, data in graph[concept].items():
            total += data["weight"]
            if home.get(other) == home[concept]:
                inside += data["weight"]
        node = graph.nodes[concept]
        yield Candidate(concept, node["label"], ConceptType(node["type"]), node["papers"], inside, total)


def _papers_by_community(store: Store, home: Mapping[str, int]) -> dict[int, list[str]]:
    weights: dict[str, Counter[int]] = defaultdict(Counter)
    for paper, concept, salience in store.rows(
        "SELECT paper, concept, salience FROM links ORDER BY paper, concept"
    ):
        if concept in home:
            weights[paper][home[concept]] += salience
    out: dict[int, list[str]] = defaultdict(list)
    for paper, counted in sorted(weights.items()):
        out[min(counted, key=lambda number: (-round(counted[number], 6), number))].append(paper)
    return out


def central(graph: nx.Graph, *, limit: int = 20) -> list[Central]:
    """Concepts by PageRank (Page et al., 1999) over the weighted concept network.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`concept_network` made.
    limit : int
        Most rows.
    """
    nodes = sorted(graph)
    if not nodes:
        return []
    index = {node: i for i, node in enumerate(nodes)}
    edges = sorted((index[a], index[b], w) for a, b, w in graph.edges(data="weight"))
    heads = np.array([e[0] for e in edges] + [e[1] for e in edges], dtype=np.int64)
    tails = np.array([e[1] for e in edges] + [e[0] for e in edges], dtype=np.int64)
    weights = np.array([e[2] for e in edges] * 2, dtype=np.float64)
    out = np.bincount(heads, weights, minlength=len(nodes))
    share = weights / out[heads] if len(edges) else weights
    rank = np.full(len(nodes), 1 / len(nodes))
    for _ in range(100):
        lost = rank[out == 0].sum() / len(nodes)
        flow = np.bincount(tails, share * rank[heads], minlength=len(nodes))
        new = (1 - _DAMPING) / len(nodes) + _DAMPING * (flow + lost)
        if np.abs(new - rank).sum() < 1e-9:
            break
        rank = new
    rows = [
        Central(n, data["label"], ConceptType(data["type"]), round(float(rank[index[n]]), 6), data["papers"])
        for n, data in graph.nodes(data=True)
    ]
    return sorted(rows, key=lambda r: (-r.rank, r.concept))[:limit]


def bridges(graph: nx.Graph, found: Sequence[Community], *, limit: int = 20) -> list[Bridge]:
    """Concepts that tie communities, by participation coefficient (Guimerà and Amaral, 2005).

    Rare concepts have high coefficients by chance, so the coefficient is weighted by the
    logarithm of the concept's weight.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`concept_network` made.
    found : sequence of Community
        Its communities.
    limit : int
        Most rows.
    """
    home = {concept: c.number for c in found for concept in c.concepts}
    names = {c.number: c.name for c in found}
    scored = []
    for concept in sorted(home):
        weight: Counter[int] = Counter()
        for other, data in graph[concept].items():
            weight[home[other]] += data["weight"]
        total = sum(weight.values())
        participation = 1 - sum((w / total) ** 2 for w in weight.values())
        if len(weight) > 1:
            first, second = sorted(weight, key=lambda n: (-weight[n], n))[:2]
            bridge = Bridge(
                concept, graph.nodes[concept]["label"], round(participation, 3), (names[first], names[second])
            )
            scored.append((round(participation * math.log1p(total), 6), bridge))
    return [b for _, b in sorted(scored, key=lambda pair: (-pair[0], pair[1].concept))[:limit]]


def gaps(
    store: Store,
    *,
    type_a: str = ConceptType.METHOD,
    type_b: str = ConceptType.TASK,
    min_papers: int = 3,
    candidates: int = 300,
    limit: int = 20,
) -> list[Gap]:
    """Pairs that are frequent apart and never together, the most surprising first.

    The surprise of a pair is the number of papers that would hold both by chance, times one plus
    the cosine of what the two go with: two concepts in the same company that never met.

    Parameters
    ----------
    store : Store
        Where to look.
    type_a, type_b : str
        Types of the two sides.
    min_papers : int
        Least number of papers of each.
    candidates : int
        The commonest concepts of each side that are looked at: the work is their product.
    limit : int
        Most rows.
    """
    total = store.count("papers")

    def side(kind: str) -> list[tuple[str, str, int]]:
        query = (
            "SELECT id, label, papers FROM concepts WHERE type = ? AND papers >= ?"
            " ORDER BY papers DESC, id LIMIT ?"
        )
        return [(a, b, c) for a, b, c in store.rows(query, (str(kind), min_papers, candidates))]

    first, second = side(type_a), side(type_b)
    # What only one paper holds is like nothing.
    labels = dict(store.rows("SELECT id, label FROM concepts WHERE papers > 1 OR papers >= ?", (min_papers,)))
    beside = {
        concept: {other: n for other, n in company(store, concept).items() if other in labels}
        for concept in sorted({x[0] for x in (*first, *second)})
    }
    out = []
    for a, label_a, papers_a in first:
        for b, label_b, papers_b in second:
            if a == b or b in beside[a] or (type_a == type_b and a > b):
                continue
            between = sorted(
                beside[a].keys() & beside[b].keys(), key=lambda c: (-min(beside[a][c], beside[b][c]), c)
            )
            likeness = _cosine(beside[a], beside[b])
            expected = papers_a * papers_b / total
            out.append(
                Gap(
                    label_a,
                    label_b,
                    papers_a,
                    papers_b,
                    round(expected, 3),
                    round(expected * (1 + likeness), 3),
                    tuple(labels[c] for c in between[:5]),
                )
            )
    return sorted(out, key=lambda g: (-g.surprise, g.first, g.second))[:limit]


def _cosine(first: Mapping[str, int], second: Mapping[str, int]) -> float:
    dot = sum(first[c] * second[c] for c in first.keys() & second.keys())
    length = math.sqrt(sum(v * v for v in first.values()) * sum(v * v for v in second.values()))
    return dot / length if length else 0.0
