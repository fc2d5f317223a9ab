"""Concepts over time."""

from __future__ import annotations

from kg.graph.answers import Introduction, Trend
from kg.graph.evidence import of_link
from kg.graph.store import Store
from kg.model import Role


def trend(store: Store, concept: str) -> Trend:
    """Papers a year of a concept, its growth and its first paper.

    Parameters
    ----------
    store : Store
        Where to look.
    concept : str
        Its id.
    """
    every = dict(store.rows("SELECT year, COUNT(*) FROM papers WHERE year IS NOT NULL GROUP BY year"))
    own: dict[int | None, int] = dict(
        store.rows(
            "SELECT p.year, COUNT(*) FROM links l JOIN papers p ON p.id = l.paper"
            " WHERE l.concept = ? GROUP BY p.year",
            (concept,),
        )
    )
    label = store.one("SELECT label FROM concepts WHERE id = ?", (concept,))
    first = store.one(
        "SELECT p.id FROM links l JOIN papers p ON p.id = l.paper"
        " WHERE l.concept = ? AND p.date IS NOT NULL ORDER BY p.date, p.id LIMIT 1",
        (concept,),
    )
    dated = [year for year in own if year is not None]
    years = list(range(min(dated), max(every) + 1)) if dated else []
    papers = tuple((year, own.get(year, 0)) for year in years)
    share = tuple(
        (year, round(own.get(year, 0) / every[year], 4) if every.get(year) else 0.0) for year in years
    )
    return Trend(
        concept=concept,
        label=label[0] if label else concept,
        papers=papers,
        share=share,
        growth=_growth(own, every),
        first_paper=first[0] if first else None,
        undated=own.get(None, 0),
    )


def _growth(own: dict[int | None, int], every: dict[int, int]) -> float | None:
    if not every:
        return None
    last = max(every)

    def share(years: tuple[int, int]) -> float | None:
        papers = sum(every.get(year, 0) for year in years)
        return sum(own.get(year, 0) for year in years) / papers if papers else None

    late, early = share((last - 1, last)), share((last - 3, last - 2))
    return round(late / early - 1, 3) if late is not None and early else None


def introduced_by(store: Store, concept: str) -> list[Introduction]:
    """Papers that propose a concept, the earliest first (undated last), each with its sentence."""
    out = []
    for paper, title, date, confidence in store.rows(
        "SELECT p.id, p.title, p.date, l.confidence FROM links l JOIN papers p ON p.id = l.paper"
        " WHERE l.concept = ? AND l.role = ? ORDER BY p.date IS NULL, p.date, p.id",
        (concept, Role.PROPOSES.value),
    ):
        found = of_link(store, paper, concept)
        deciding = [e for e in found if e.cue] or found
        out.append(Introduction(paper, title, date, confidence, deciding[0] if deciding else None))
    return out
