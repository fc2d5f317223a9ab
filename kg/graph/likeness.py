"""What goes with what: concepts that share papers, papers that share concepts."""

from __future__ import annotations

import math
from collections import defaultdict

from kg.graph.answers import Related, SimilarPaper
from kg.graph.store import Store
from kg.model import ConceptType


def npmi(together: int, first: int, second: int, total: int) -> float:
    """Normalised pointwise mutual information of two events (Bouma, 2009), from -1 to 1.

    Parameters
    ----------
    together, first, second, total : int
        Papers with both, with each, and all papers.

    Examples
    --------
    >>> npmi(5, 5, 5, 100)
    1.0
    >>> npmi(1, 10, 10, 100)
    0.0
    """
    if not together:
        return -1.0
    if together == total:
        return 1.0
    p = together / total
    return round(math.log(p * total * total / (first * second)) / -math.log(p), 3) + 0.0


def related(store: Store, concept: str, *, min_support: int = 2, limit: int = 20) -> list[Related]:
    """Concepts that share papers with `concept` more often than chance, the strongest first.

    Parameters
    ----------
    store : Store
        Where to look.
    concept : str
        Its id.
    min_support : int
        Least number of papers shared; below it NPMI is mostly noise.
    limit : int
        Most rows.
    """
    total = store.count("papers")
    own = store.one("SELECT papers FROM concepts WHERE id = ?", (concept,))
    rows = store.rows(
        "SELECT c.id, c.label, c.type, c.papers, COUNT(*) FROM links a JOIN links b ON b.paper = a.paper"
        " JOIN concepts c ON c.id = b.concept WHERE a.concept = ? AND b.concept <> ? GROUP BY c.id",
        (concept, concept),
    )
    found = [
        Related(identifier, label, ConceptType(kind), npmi(both, own[0] if own else 0, papers, total), both)
        for identifier, label, kind, papers, both in rows
        if both >= min_support
    ]
    found = [r for r in found if r.npmi > 0]
    return sorted(found, key=lambda r: (-r.npmi, -r.support, r.concept))[:limit]


def similar_papers(store: Store, paper: str, *, limit: int = 10) -> list[SimilarPaper]:
    """Papers that share concepts with `paper`: cosine over concepts weighted by inverse document frequency.

    Parameters
    ----------
    store : Store
        Where to look.
    paper : str
        Its id.
    limit : int
        Most rows.
    """
    total = store.count("papers")

    def weight(papers: int) -> float:
        return math.log((1 + total) / (1 + papers)) + 1e-9

    own = {
        row[0]: (row[1], weight(row[2]))
        for row in store.rows(
            "SELECT c.id, c.label, c.papers FROM links l JOIN concepts c ON c.id = l.concept"
            " WHERE l.paper = ?",
            (paper,),
        )
    }
    shared: dict[str, list[str]] = defaultdict(list)
    for other, concept in store.rows(
        "SELECT b.paper, b.concept FROM links a JOIN links b ON b.concept = a.concept"
        " WHERE a.paper = ? AND b.paper <> ? ORDER BY b.paper, b.concept",
        (paper, paper),
    ):
        shared[other].append(concept)
    dots = {other: sum(own[c][1] ** 2 for c in concepts) for other, concepts in shared.items()}
    # The norm of a paper is a query of its own: only the most promising are asked for theirs.
    promising = sorted(dots, key=lambda other: (-dots[other], other))[: max(200, 10 * limit)]
    norm = math.sqrt(sum(w * w for _, w in own.values())) or 1.0
    out = []
    for other in promising:
        theirs = store.rows(
            "SELECT c.papers FROM links l JOIN concepts c ON c.id = l.concept WHERE l.paper = ?", (other,)
        )
        length = math.sqrt(sum(weight(row[0]) ** 2 for row in theirs)) or 1.0
        reasons = sorted(shared[other], key=lambda c: (-own[c][1], c))
        title = store.one("SELECT title FROM papers WHERE id = ?", (other,))
        out.append(
            SimilarPaper(
                other,
                title[0] if title else other,
                round(dots[other] / (norm * length), 3),
                tuple(own[c][0] for c in reasons),
            )
        )
    return sorted(out, key=lambda s: (-s.score, s.paper))[:limit]
