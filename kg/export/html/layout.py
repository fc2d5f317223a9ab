"""Places of the nodes: communities first, as discs beside each other, then the nodes in each disc."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kg.export.html.communities import Community, Edges

Places = NDArray[np.float32]

SPACING = 26.0
"""Room for one node, in world units."""
GAP = 0.048
"""Least distance between two discs, as a part of the map's width: their names stand there."""
TALL = 1.08
"""How much higher than wide the map is: names stand above their discs."""


def lay_out(
    size: int, communities: list[Community], weighted: Edges, seed: int = 0
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give every node and every community its place.

    Parameters
    ----------
    size : int
        Number of nodes.
    communities : list of Community
        Each node is in exactly one.
    weighted : list of (int, int, float)
        Edges between node numbers with their weights.
    seed : int
        Of the starting places.

    Returns
    -------
    nodes : array of int, shape (size, 2)
        x and y of each node in world units.
    discs : array of int, shape (len(communities), 3)
        x, y and radius of each community.
    """
    rng = np.random.default_rng(seed)
    of = np.zeros(size, dtype=np.int64)
    for number, community in enumerate(communities):
        of[list(community.members)] = number
    ends = np.array([(a, b) for a, b, _ in weighted], dtype=np.int64).reshape(-1, 2)
    weights = np.array([w for *_, w in weighted], dtype=np.float32)
    if not communities:
        return np.zeros((0, 2), dtype=np.int64), np.zeros((0, 3), dtype=np.int64)
    radii = np.array([disc_radius(len(c.members)) for c in communities], dtype=np.float32)
    centres = _place_discs(radii, of[ends], weights, rng)
    nodes = np.zeros((size, 2), dtype=np.float32)
    own = of[ends[:, 0]] == of[ends[:, 1]] if len(ends) else np.zeros(0, dtype=bool)
    order = np.argsort(of[ends[own, 0]], kind="stable") if len(ends) else np.zeros(0, dtype=np.int64)
    inner, inner_weights = ends[own][order], weights[own][order]
    starts = np.searchsorted(of[inner[:, 0]], np.arange(len(communities) + 1))
    local = np.zeros(size, dtype=np.int64)
    for number, community in enumerate(communities):
        members = np.array(community.members, dtype=np.int64)
        local[members] = np.arange(len(members))
        chosen = slice(starts[number], starts[number + 1])
        inside = place_in_disc(len(members), local[inner[chosen]], inner_weights[chosen], rng)
        nodes[members] = centres[number] + inside * (radii[number] - SPACING / 2)
    discs = np.column_stack([centres, radii])
    return np.rint(nodes).astype(np.int64), np.rint(discs).astype(np.int64)


def disc_radius(members: int) -> float:
    """Radius of a disc that has room for so many nodes."""
    return SPACING * (0.6 * math.sqrt(members) + 0.9)


def _place_discs(
    radii: NDArray[np.float32],
    pairs: NDArray[np.int64],
    weights: NDArray[np.float32],
    rng: np.random.Generator,
) -> Places:
    """Draw tied communities together, then push discs apart until none touch."""
    count = len(radii)
    if count == 1:
        return np.zeros((1, 2), dtype=np.float32)
    ties = np.zeros((count, count), dtype=np.float32)
    np.add.at(ties, (pairs[:, 0], pairs[:, 1]), weights)
    ties = ties + ties.T
    np.fill_diagonal(ties, 0)
    ties /= np.sqrt(np.outer(radii, radii))
    ties /= max(float(ties.max()), 1e-9)
    gap = GAP * 2.6 * math.sqrt(float((radii**2).sum()))
    around = radii[:, None] + radii[None, :] + np.float32(gap)
    angle = 2.399963 * np.arange(count)
    places = np.column_stack([np.cos(angle), np.sin(angle)]) * np.sqrt(np.cumsum(radii**2))[:, None]
    places = (places + rng.normal(0, 1, places.shape)).astype(np.float32)
    for step in range(400):
        apart = places[:, None, :] - places[None, :, :]
        distance = np.sqrt((apart**2).sum(2)) + 1e-3
        overlap = np.clip(around - distance, 0, None)
        np.fill_diagonal(overlap, 0)
        heat = max(0.0, 1 - step / 300)
        push = (apart / distance[:, :, None] * overlap[:, :, None]).sum(1) * 0.25
        pull = -(apart * ties[:, :, None]).sum(1) * 0.05 * heat
        # Everything leans on the middle, so that the map is round and without holes.
        places += push + pull - places * (0.012 if heat else 0.002)
    stretched: Places = _separate(places, around) * np.array([1, TALL], dtype=np.float32)
    return stretched


def _separate(places: Places, around: NDArray[np.float32]) -> Places:
    for _ in range(200):
        apart = places[:, None, :] - places[None, :, :]
        distance = np.sqrt((apart**2).sum(2)) + 1e-3
        overlap = np.clip(around - distance, 0, None)
        np.fill_diagonal(overlap, 0)
        if float(overlap.max()) < 1:
            break
        places = places + (apart / distance[:, :, None] * overlap[:, :, None]).sum(1) * 0.5
    centred: Places = places - places.mean(0)
    return centred


def place_in_disc(
    count: int, pairs: NDArray[np.int64], weights: NDArray[np.float32], rng: np.random.Generator
) -> Places:
    """Places in the unit disc: a spring embedding, spread evenly over the disc.

    Source: Fruchterman and Reingold, Graph drawing by force-directed placement, 1991.

    Parameters
    ----------
    count : int
        Number of nodes.
    pairs : array of int, shape (edges, 2)
        Edges between nodes 0 … count - 1.
    weights : array of float, shape (edges,)
        Their weights.
    rng : numpy.random.Generator
        Source of the starting places.
    """
    if count == 1:
        return np.zeros((1, 2), dtype=np.float32)
    degree = np.bincount(pairs.ravel(), minlength=count)
    # Start on a sunflower with the busiest in the middle: close to the end result already.
    order = np.lexsort((np.arange(count), -degree))
    places = np.empty((count, 2), dtype=np.float32)
    places[order] = _sunflower(count)
    places += rng.normal(0, 0.02, places.shape).astype(np.float32)
    ideal = 1.0 / math.sqrt(count)
    steps = 60 if count <= 500 else 36
    for step in range(steps):
        move = _repel(places, ideal)
        if len(pairs):
            along = places[pairs[:, 0]] - places[pairs[:, 1]]
            length = np.sqrt((along**2).sum(1))
            force = along * (length / ideal * np.minimum(weights, 1.5))[:, None]
            for axis in (0, 1):
                move[:, axis] += np.bincount(pairs[:, 1], force[:, axis], count)
                move[:, axis] -= np.bincount(pairs[:, 0], force[:, axis], count)
        move -= places * 0.6
        reach = np.sqrt((move**2).sum(1)) + 1e-9
        heat = 0.12 * (1 - step / steps) + 0.004
        places += (move / reach[:, None] * np.minimum(reach, heat)[:, None]).astype(np.float32)
    return _spread(places, ideal)


def _sunflower(count: int) -> Places:
    index = np.arange(count)
    angle = 2.399963 * index
    radius = np.sqrt((index + 0.5) / count)
    return np.column_stack([np.cos(angle) * radius, np.sin(angle) * radius]).astype(np.float32)


def _repel(places: Places, ideal: float) -> Places:
    """Sum of ideal² / distance over all others.

    Element by element rather than by a matrix product: that is done by as many threads as there
    are cores, which on a busy machine wait for each other, and it rounds differently elsewhere.
    """
    across = places[:, :1] - places[:, 0]
    down = places[:, 1:] - places[:, 1]
    strength = across * across
    strength += down * down
    np.maximum(strength, np.float32(1e-5), out=strength)
    np.divide(np.float32(ideal * ideal), strength, out=strength)
    across *= strength
    down *= strength
    return np.column_stack([across.sum(1), down.sum(1)])


def _spread(places: Places, ideal: float) -> Places:
    """Even out the density: the radius by rank, then close neighbours apart."""
    count = len(places)
    centred = places - places.mean(0)
    radius = np.sqrt((centred**2).sum(1)) + 1e-9
    rank = np.empty(count)
    rank[np.argsort(radius, kind="stable")] = np.sqrt((np.arange(count) + 0.5) / count)
    even = (centred / radius[:, None] * (0.85 * rank + 0.15 * radius / radius.max())[:, None]).astype(
        np.float32
    )
    least = np.float32(1.5 * ideal)
    for _ in range(16):
        across = even[:, :1] - even[:, 0]
        down = even[:, 1:] - even[:, 1]
        push = across * across
        push += down * down
        # Most pairs are far apart: only the close ones are looked at.
        first, second = np.nonzero(push < least * least)
        apart = first != second
        first, second = first[apart], second[apart]
        distance = np.sqrt(np.maximum(push[first, second], np.float32(1e-9)))
        strength = 0.35 * (least - distance) / distance
        for axis, differences in ((0, across), (1, down)):
            even[:, axis] += np.bincount(first, differences[first, second] * strength, count)
        outside = np.maximum(np.sqrt((even**2).sum(1)), 1)
        even = (even / outside[:, None]).astype(np.float32)
    out: Places = even
    return out
