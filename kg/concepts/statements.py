"""Stated relations: statements of single papers brought together, ``is_a`` kept without cycles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import Relation, RelationType, Span, Statement


def relations(
    statements: Iterable[tuple[str, RelationType, str, Statement]], broader: Iterable[tuple[str, str]] = ()
) -> list[Relation]:
    """One relation for each head, kind and tail, with its statements.

    The confidence is the probability that at least one of the papers is right (noisy or, one
    statement a paper: the likeliest). A sentence that says it twice is one statement: the surest, and
    of equals the first by the cue as the store writes it.

    Parameters
    ----------
    statements : iterable of (head, kind, tail, Statement)
        Heads and tails are concept ids; a concept's relation to itself is left out.
    broader : iterable of (head, tail)
        ``is_a`` that a person has decided: certain, whatever the papers say.

    Returns
    -------
    list of Relation
        Sorted by head, kind and tail.
    """
    found: dict[tuple[str, RelationType, str], dict[tuple[str, Span], Statement]] = defaultdict(dict)
    for head, kind, tail, statement in statements:
        if head != tail:
            if kind == RelationType.COMPARED_WITH and tail < head:
                head, tail = tail, head
            kept, place = found[head, kind, tail], (statement.paper, statement.sentence)
            kept[place] = min(statement, kept.get(place, statement), key=_surest)
    made = []
    for (head, kind, tail), by_sentence in found.items():
        group = by_sentence.values()
        best: dict[str, float] = defaultdict(float)
        for one in group:
            best[one.paper] = max(best[one.paper], one.confidence)
        doubt = 1.0
        for paper in sorted(best):
            doubt *= 1.0 - best[paper]
        ordered = sorted(group, key=lambda s: (s.paper, s.sentence.field != "title", s.sentence))
        made.append(Relation(head, kind, tail, round(1.0 - doubt, 3), len(best), tuple(ordered)))
    decided = {pair for pair in broader if pair[0] != pair[1]}
    said = {(r.head, r.tail): r for r in made if r.relation == RelationType.IS_A}
    made = [r for r in made if r.relation != RelationType.IS_A or (r.head, r.tail) not in decided]
    for head, tail in decided:
        before = said.get((head, tail))
        support, shown = (before.support, before.statements) if before else (0, ())
        made.append(Relation(head, RelationType.IS_A, tail, 1.0, support, shown))
    return acyclic(sorted(made, key=lambda r: (r.head, r.relation, r.tail)))


def _surest(statement: Statement) -> tuple[float, bool, str]:
    cue = statement.cue
    return -statement.confidence, cue is None, f"{cue.field[0]}{cue.start}-{cue.end}" if cue else ""


def acyclic(found: list[Relation]) -> list[Relation]:
    """Leave out the weakest ``is_a`` of every cycle.

    Relations are taken from the strongest on (confidence, support, then name); one that would close
    a cycle is dropped.

    Examples
    --------
    >>> def is_a(head, tail, c):
    ...     return Relation(head, RelationType.IS_A, tail, c, 1)
    >>> [(r.head, r.tail) for r in acyclic([is_a("a", "b", 0.9), is_a("b", "c", 0.8), is_a("c", "a", 0.7)])]
    [('a', 'b'), ('b', 'c')]
    """
    upwards: dict[str, list[str]] = defaultdict(list)
    dropped = set()
    kinds = [r for r in found if r.relation == RelationType.IS_A]
    for one in sorted(kinds, key=lambda r: (-r.confidence, -r.support, r.head, r.tail)):
        if _reaches(upwards, one.tail, one.head):
            dropped.add((one.head, one.tail))
        else:
            upwards[one.head].append(one.tail)
    return [r for r in found if r.relation != RelationType.IS_A or (r.head, r.tail) not in dropped]


def _reaches(upwards: dict[str, list[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        node = waiting.pop()
        if node == goal:
            return True
        for above in upwards.get(node, ()):
            if above not in seen:
                seen.add(above)
                waiting.append(above)
    return False
