"""Communities of the page's nodes: which there are, who belongs to them, what they are called."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from dataclasses import dataclass

import networkx as nx

from kg.export.html.content import Content
from kg.graph.community_names import Candidate, name
from kg.model import RelationType

LARGEST = 1500
"""Above this many nodes a community is split: its layout takes quadratic time."""

Edges = list[tuple[int, int, float]]


@dataclass(frozen=True, slots=True)
class Community:
    """One community.

    Parameters
    ----------
    names : tuple of str
        Labels of up to three concepts that tell it from the others, the first the best; empty
        for the rest that belongs nowhere.
    members : tuple of int
        Node numbers, ascending.
    """

    names: tuple[str, ...]
    members: tuple[int, ...]


def edges(content: Content) -> Edges:
    """Weighted edges between node numbers, each pair once: links and stated relations."""
    of_paper, of_concept = content.numbers()
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for link in content.links:
        weights[of_paper[link.paper], of_concept[link.concept]] += link.confidence * (0.2 + link.salience)
    for relation in content.relations:
        if relation.relation != RelationType.CO_OCCURS_WITH and relation.head != relation.tail:
            ends = sorted((of_concept[relation.head], of_concept[relation.tail]))
            weights[ends[0], ends[1]] += relation.confidence
    return [(a, b, round(weight, 3)) for (a, b), weight in sorted(weights.items()) if weight > 0]


def find(content: Content, weighted: Edges, seed: int = 0) -> list[Community]:
    """Louvain communities, the largest first; what hangs together with nothing comes last.

    Source: Blondel et al., Fast unfolding of communities in large networks, 2008, as in NetworkX.

    Parameters
    ----------
    content : Content
        The records of the page.
    weighted : list of (int, int, float)
        Result of :func:`edges`.
    seed : int
        Of the order in which nodes are visited.
    """
    graph = nx.Graph()
    graph.add_nodes_from(range(content.size))
    graph.add_weighted_edges_from(weighted)
    groups = [sorted(group) for group in _louvain(graph, seed) if len(group) > 1]
    least = min(400, max(4, content.size // 40))
    kept, rest = _merge_small(groups, weighted, least)
    placed = {node for group in kept for node in group} | set(rest)
    rest += [node for node in range(content.size) if node not in placed]
    parts = [part for group in kept for part in _split(graph, group, seed)]
    parts.sort(key=lambda group: (-len(group), group[0]))
    names = _names(content, parts, weighted)
    found = [Community(called, tuple(group)) for called, group in zip(names, parts, strict=True)]
    if rest:
        found.append(Community((), tuple(sorted(rest))))
    return found


def _louvain(graph: nx.Graph, seed: int) -> list[set[int]]:
    found: list[set[int]] = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    return sorted(found, key=min)


def _merge_small(groups: list[list[int]], weighted: Edges, least: int) -> tuple[list[list[int]], list[int]]:
    """Join the smallest group to the one it is most tied to, until none is below `least`.

    Small groups tied to nothing are set aside.
    """
    of = {node: i for i, group in enumerate(groups) for node in group}
    between: dict[int, dict[int, float]] = {i: defaultdict(float) for i in range(len(groups))}
    for a, b, weight in weighted:
        first, second = of[a], of[b]
        if first != second:
            between[first][second] += weight
            between[second][first] += weight
    members = dict(enumerate(groups))
    rest: list[int] = []
    queue = [(len(group), i) for i, group in members.items()]
    heapq.heapify(queue)
    while queue and queue[0][0] < least:
        size, i = heapq.heappop(queue)
        if i not in members or len(members[i]) != size:
            continue
        group, ties = members.pop(i), between.pop(i)
        # Ties count for more with a small partner, or the largest would swallow all.
        near = [(-round(w / math.sqrt(len(members[other])), 6), other) for other, w in ties.items()]
        for other in ties:
            del between[other][i]
        if not near:
            rest.extend(group)
            continue
        target = min(near)[1]
        members[target] = members[target] + group
        heapq.heappush(queue, (len(members[target]), target))
        for other, weight in ties.items():
            if other != target:
                between[target][other] += weight
                between[other][target] += weight
    return [sorted(group) for _, group in sorted(members.items())], rest


def _split(graph: nx.Graph, group: list[int], seed: int) -> list[list[int]]:
    if len(group) <= LARGEST:
        return [group]
    parts = [sorted(part) for part in _louvain(graph.subgraph(group), seed)]
    if len(parts) == 1 or max(map(len, parts)) > LARGEST:
        return [group[i : i + LARGEST] for i in range(0, len(group), LARGEST)]
    big = [part for part in parts if len(part) >= LARGEST // 10] or parts[:1]
    small = [node for part in parts if part not in big for node in part]
    room = sorted(big, key=len)
    room[0] = sorted(room[0] + small)
    return room


def _names(content: Content, groups: list[list[int]], weighted: Edges) -> list[tuple[str, ...]]:
    first = len(content.papers)
    of = {node: i for i, group in enumerate(groups) for node in group}
    total: dict[int, float] = defaultdict(float)
    inside: dict[int, float] = defaultdict(float)
    for a, b, weight in weighted:
        for node, other in ((a, b), (b, a)):
            if node >= first:
                total[node] += weight
                if of.get(node) == of.get(other, -1):
                    inside[node] += weight
    out = []
    for group in groups:
        concepts = [(node, content.concepts[node - first]) for node in group if node >= first]
        out.append(
            name(
                Candidate(c.id, c.label, c.type, c.papers, inside[node], total[node]) for node, c in concepts
            )
        )
    return out
