"""The company that a concept keeps: which concepts its papers hold, and how many of its papers hold each."""

from __future__ import annotations

from kg.graph.store import Store

# The outer order is fixed (CROSS JOIN): from the concept to its papers to what they hold, each by an index.
_COMPANY = (
    "SELECT b.concept, COUNT(*) FROM links a CROSS JOIN links b ON b.paper = a.paper"
    " WHERE a.concept = ? AND b.concept <> a.concept GROUP BY b.concept"
)


def company(store: Store, concept: str) -> dict[str, int]:
    """How many papers a concept shares with each other one, those that it shares any with.

    Parameters
    ----------
    store : Store
        Where to look.
    concept : str
        Its id.

    Examples
    --------
    >>> from kg.graph import KnowledgeGraph
    >>> from kg.model import Link, Role
    >>> graph = KnowledgeGraph.from_parts(
    ...     links=[Link(p, c, Role.USES, 0.9, 1.0, 1) for p, c in ["1a", "1b", "2a", "2b", "2c"]]
    ... )
    >>> company(graph.store, "a")
    {'b': 2, 'c': 1}
    """
    return dict(store.rows(_COMPANY, (concept,)))
