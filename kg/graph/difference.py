"""What came, went or changed between two stores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.graph.answers import Change
from kg.graph.store import Store

_TABLES: tuple[tuple[str, str, int, int, tuple[str, ...]], ...] = (
    # kind, query sorted by its key, width of the key, column of the label, names of the rest
    (
        "paper",
        "SELECT id, title, date, abstract, doi, arxiv, venue, sources FROM papers ORDER BY id",
        1,
        1,
        ("title", "date", "abstract", "doi", "arxiv", "venue", "sources"),
    ),
    (
        "concept",
        "SELECT c.id, c.label, c.type, c.papers,"
        " (SELECT group_concat(name, ' | ') FROM"
        " (SELECT name FROM aliases WHERE concept = c.id ORDER BY name))"
        " FROM concepts c ORDER BY c.id",
        1,
        1,
        ("label", "type", "papers", "aliases"),
    ),
    (
        "link",
        "SELECT paper, concept, role, confidence FROM links ORDER BY paper, concept",
        2,
        1,
        ("role", "confidence"),
    ),
    (
        "relation",
        "SELECT head, relation, tail, confidence, support FROM relations ORDER BY head, relation, tail",
        3,
        2,
        ("confidence", "support"),
    ),
)


def difference(old: Store, new: Store) -> Iterator[Change]:
    """Changes from `old` to `new`: papers, concepts, links, relations, each by id.

    Both stores are read side by side, so memory does not grow with them.

    Parameters
    ----------
    old, new : Store
        Two open stores.

    Yields
    ------
    Change
        ``change`` is ``came``, ``went`` or ``changed``; a change says what, from and to.
    """
    for kind, query, width, label, names in _TABLES:
        yield from _merge(kind, old.rows(query), new.rows(query), width, label, names)


def _merge(
    kind: str,
    old: Iterator[tuple[Any, ...]],
    new: Iterator[tuple[Any, ...]],
    width: int,
    label: int,
    names: tuple[str, ...],
) -> Iterator[Change]:
    def key(row: tuple[Any, ...]) -> tuple[Any, ...]:
        return row[:width]

    before, after = next(old, None), next(new, None)
    while before is not None or after is not None:
        if after is None or (before is not None and key(before) < key(after)):
            assert before is not None
            yield Change(kind, "went", _id(key(before)), str(before[label]))
            before = next(old, None)
        elif before is None or key(after) < key(before):
            yield Change(kind, "came", _id(key(after)), str(after[label]))
            after = next(new, None)
        else:
            if before != after:
                pairs = zip(names, before[-len(names) :], after[-len(names) :], strict=True)
                detail = "; ".join(f"{n}: {_short(a)} → {_short(b)}" for n, a, b in pairs if a != b)
                yield Change(kind, "changed", _id(key(after)), str(after[label]), detail)
            before, after = next(old, None), next(new, None)


def _id(key: tuple[Any, ...]) -> str:
    return " ".join(str(part) for part in key)


def _short(value: Any, width: int = 60) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= width else text[: width - 1] + "…"
