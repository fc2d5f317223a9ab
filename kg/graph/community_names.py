"""What a community of concepts is called: by the labels that a person would know it by."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import ConceptType

_TELLING = {
    ConceptType.METHOD: 1.0,
    ConceptType.TASK: 1.2,
    ConceptType.CONCEPT: 1.0,
    ConceptType.DATASET: 0.5,
    ConceptType.METRIC: 0.1,
}
"""How well a type says what an area is about: tasks best, metrics hardly."""

_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a community may be called by.

    Parameters
    ----------
    id, label : str
        The concept.
    type : ConceptType
        Its type.
    papers : int
        Papers that have it.
    inside, total : float
        Weight of its edges within the community, and of all its edges.
    """

    id: str
    label: str
    type: ConceptType
    papers: int
    inside: float
    total: float


def name(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """The labels of up to three concepts that stand for a community, the first the best.

    A concept stands for it by its weight inside, discounted by what it has outside, so that a word
    for everything names nothing; by its type; and by the papers that share it: what one paper
    proposes has many relations there, but people know an area by what many papers have.

    Examples
    --------
    >>> name([
    ...     Candidate("a", "accuracy", ConceptType.METRIC, 30, 9.0, 20.0),
    ...     Candidate("d", "diffusion model", ConceptType.METHOD, 15, 8.0, 10.0),
    ...     Candidate("l", "latent diffusion model", ConceptType.METHOD, 9, 7.0, 8.0),
    ...     Candidate("s", "image synthesis", ConceptType.TASK, 4, 3.0, 4.0),
    ... ])
    ('diffusion model', 'image synthesis', 'accuracy')
    """
    scored = sorted((-round(_score(c), 6), c.id, c.label) for c in candidates if c.inside > 0)
    kept: list[str] = []
    for *_, label in scored[:_LOOKED_AT]:
        words = set(label.casefold().split())
        # "diffusion model · latent diffusion model" would say one thing twice.
        if not any(words & set(other.casefold().split()) for other in kept):
            kept.append(label)
        if len(kept) == 3:
            break
    return tuple(kept)


def _score(candidate: Candidate) -> float:
    known = math.log2(candidate.papers + 0.1) if candidate.papers > 1 else 0.1
    return candidate.inside**2 / candidate.total * _TELLING[candidate.type] * known
