"""Which nodes matter: the order in which the page shows them."""

from __future__ import annotations

from kg.export.html.communities import Community, Edges
from kg.export.html.content import Content

PAPERS_SHARE = 0.35
"""Share of papers among the first nodes of a community; the rest are concepts."""


def rank(content: Content, communities: list[Community], weighted: Edges) -> list[int]:
    """All node numbers, what matters first, every community and both kinds in their turn.

    Within a community papers and concepts are ordered by the weight of their edges; communities
    take turns in proportion to the three-quarter power of their size, so that small ones show.
    """
    weight = [0.0] * content.size
    for a, b, strength in weighted:
        weight[a] += strength
        weight[b] += strength
    keys: list[tuple[float, int]] = []
    papers = len(content.papers)
    for community in communities:
        share = len(community.members) ** 0.75
        ordered = sorted(community.members, key=lambda node: (-round(weight[node], 3), node))
        turn = [0, 0]
        for node in ordered:
            paper = node < papers
            part = PAPERS_SHARE if paper else 1 - PAPERS_SHARE
            keys.append((turn[paper] / (share * part), node))
            turn[paper] += 1
    return [node for _, node in sorted(keys)]
