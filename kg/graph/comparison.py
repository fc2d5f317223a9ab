"""Two concepts side by side, and one concept's family."""

from __future__ import annotations

from kg.graph.answers import Comparison, Lineage
from kg.graph.company import company
from kg.graph.store import Store
from kg.model import RelationType, Role

_KIN = (
    "SELECT {other} FROM relations WHERE {own} = ? AND relation = ?"
    " ORDER BY support DESC, confidence DESC, {other}"
)


def compare(store: Store, first: str, second: str, *, limit: int = 20) -> Comparison:
    """What two concepts share and what only one has: papers, company, relations between them.

    Parameters
    ----------
    store : Store
        Where to look.
    first, second : str
        Concept ids.
    limit : int
        Most concepts in each list.
    """
    papers = {
        concept: {row[0] for row in store.rows("SELECT paper FROM links WHERE concept = ?", (concept,))}
        for concept in (first, second)
    }
    beside = {concept: company(store, concept) for concept in (first, second)}
    labels = {c: _label(store, c) for c in (first, second)}
    both = beside[first].keys() & beside[second].keys()

    def ranked(concepts: set[str], *of: str) -> tuple[str, ...]:
        order = sorted(concepts - {first, second}, key=lambda c: (-sum(beside[x].get(c, 0) for x in of), c))
        return tuple(_label(store, c) for c in order[:limit])

    relations = [
        f"{labels[head]} {relation} {labels[tail]}"
        for head, relation, tail in store.rows(
            "SELECT head, relation, tail FROM relations"
            " WHERE (head = ? AND tail = ?) OR (head = ? AND tail = ?)"
            " ORDER BY head, relation, tail",
            (first, second, second, first),
        )
    ]
    return Comparison(
        first=labels[first],
        second=labels[second],
        papers_both=tuple(sorted(papers[first] & papers[second])),
        papers_first=len(papers[first]),
        papers_second=len(papers[second]),
        shared=ranked(both, first, second),
        only_first=ranked(beside[first].keys() - both, first),
        only_second=ranked(beside[second].keys() - both, second),
        relations=tuple(relations),
    )


def lineage(store: Store, concept: str) -> Lineage:
    """What a concept is a kind of, its variants, parts and wholes, and what was built on it.

    Something is built on a concept when a paper that uses the concept proposes it.
    """
    built = store.rows(
        "SELECT c.label, u.paper FROM links u JOIN links p ON p.paper = u.paper AND p.role = ?"
        " JOIN concepts c ON c.id = p.concept JOIN papers x ON x.id = u.paper"
        " WHERE u.concept = ? AND u.role = ? AND p.concept <> u.concept"
        " ORDER BY x.date IS NULL, x.date, u.paper, c.id",
        (Role.PROPOSES.value, concept, Role.USES.value),
    )
    return Lineage(
        concept=concept,
        label=_label(store, concept),
        kinds=_chain(store, concept, RelationType.IS_A, up=True),
        variants=_chain(store, concept, RelationType.IS_A, up=False),
        parts=tuple(_label(store, c) for c in _kin(store, concept, RelationType.PART_OF, up=False)),
        wholes=tuple(_label(store, c) for c in _kin(store, concept, RelationType.PART_OF, up=True)),
        built_on=tuple((label, paper) for label, paper in built),
    )


def _kin(store: Store, concept: str, relation: RelationType, *, up: bool) -> list[str]:
    own, other = ("head", "tail") if up else ("tail", "head")
    return [row[0] for row in store.rows(_KIN.format(own=own, other=other), (concept, relation.value))]


def _chain(store: Store, concept: str, relation: RelationType, *, up: bool) -> tuple[str, ...]:
    """All that is reached over a relation, nearest first."""
    seen, order, layer = {concept}, [], [concept]
    while layer:
        following = []
        for one in layer:
            for other in _kin(store, one, relation, up=up):
                if other not in seen:
                    seen.add(other)
                    following.append(other)
        order += following
        layer = following
    return tuple(_label(store, c) for c in order)


def _label(store: Store, concept: str) -> str:
    row = store.one("SELECT label FROM concepts WHERE id = ?", (concept,))
    return str(row[0]) if row else concept
