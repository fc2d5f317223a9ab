"""What the look-ups and analyses answer: frozen records, like those of :mod:`kg.model`."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.results import Answer
from kg.model import ConceptType, Evidence, Rule


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result: a paper or a concept.

    Parameters
    ----------
    kind : str
        ``paper`` or ``concept``.
    id, label : str
        Its id, and its title or label.
    score : float
        BM25, larger is better.
    excerpt : str
        The words around the match, matches between ``[`` and ``]``.
    """

    kind: str
    id: str
    label: str
    score: float
    excerpt: str


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A node next to another, and the edge between."""

    kind: str
    id: str
    label: str
    relation: str
    direction: str
    confidence: float
    support: int


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path, read from `head` to `tail` as the edge is directed."""

    head: str
    relation: str
    tail: str
    forward: bool


@dataclass(frozen=True, slots=True)
class Path(Answer):
    """A way between two nodes: labels in order, and the steps between them."""

    nodes: tuple[str, ...]
    labels: tuple[str, ...]
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        parts = [self.labels[0]]
        for step, label in zip(self.steps, self.labels[1:], strict=True):
            arrow = f"—{step.relation}→" if step.forward else f"←{step.relation}—"
            parts += [arrow, label]
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Related:
    """A concept that goes with another: normalised pointwise mutual information and papers shared."""

    concept: str
    label: str
    type: ConceptType
    npmi: float
    support: int


@dataclass(frozen=True, slots=True)
class SimilarPaper:
    """A paper like another: cosine over shared concepts weighted by rarity, and those concepts."""

    paper: str
    title: str
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trend(Answer):
    """A concept over time.

    Parameters
    ----------
    concept, label : str
        The concept.
    papers : tuple of (int, int)
        Papers a year, from its first to the last year of the graph, years without any included.
    share : tuple of (int, float)
        The same divided by all papers of the year.
    growth : float or None
        Share in the last two years over the share in the two before, minus 1; None where the
        graph has fewer than four years or the earlier share is 0.
    first_paper : str or None
        Id of the earliest paper.
    undated : int
        Papers without a date.
    """

    concept: str
    label: str
    papers: tuple[tuple[int, int], ...]
    share: tuple[tuple[int, float], ...]
    growth: float | None
    first_paper: str | None
    undated: int


@dataclass(frozen=True, slots=True)
class Introduction:
    """A paper that proposes a concept, with the sentence that says so."""

    paper: str
    title: str
    date: str | None
    confidence: float
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Community:
    """Concepts that go together, named by the three that stand for it, with the papers about them."""

    number: int
    name: str
    concepts: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Central:
    """A concept and its PageRank among the concepts."""

    concept: str
    label: str
    type: ConceptType
    rank: float
    papers: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A concept that ties communities: participation coefficient, and the two it ties most."""

    concept: str
    label: str
    participation: float
    communities: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Two frequent concepts that no paper brings together.

    Parameters
    ----------
    first, second : str
        Labels.
    first_papers, second_papers : int
        Papers of each.
    expected : float
        Papers together, were they independent.
    surprise : float
        `expected` times one plus the likeness (cosine) of what the two go with.
    between : tuple of str
        Labels of concepts that go with both.
    """

    first: str
    second: str
    first_papers: int
    second_papers: int
    expected: float
    surprise: float
    between: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Answer):
    """Two concepts side by side: what both have and what only one has."""

    first: str
    second: str
    papers_both: tuple[str, ...]
    papers_first: int
    papers_second: int
    shared: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lineage(Answer):
    """Where a concept comes from and what came of it.

    Parameters
    ----------
    concept, label : str
        The concept.
    kinds : tuple of str
        What it is a kind of, nearest first.
    variants : tuple of str
        What is a kind of it, nearest first.
    parts, wholes : tuple of str
        What is a part of it, and what it is a part of.
    built_on : tuple of (str, str)
        What is proposed by papers that use it: label and paper.
    """

    concept: str
    label: str
    kinds: tuple[str, ...]
    variants: tuple[str, ...]
    parts: tuple[str, ...]
    wholes: tuple[str, ...]
    built_on: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one name belongs to a concept, in a sentence, with the text that shows it."""

    name: str
    rule: Rule
    text: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Explanation(Answer):
    """Why the names of a concept are one concept."""

    concept: str
    label: str
    asked: str
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        return "\n".join(
            [f"{self.asked!r} is the concept {self.label!r}:", *(f"  {r.text}" for r in self.reasons)]
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the graph that a person may want to settle, and what settles it."""

    kind: str
    subject: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that came, went or changed between two stores."""

    kind: str
    change: str
    id: str
    label: str
    detail: str = ""
