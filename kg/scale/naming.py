"""One concept from what was counted of it: the label, type and aliases that ``kg.concepts`` gives."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from kg.concepts.counts import TYPES, Counts, Name
from kg.concepts.joining import Join
from kg.concepts.labels import WordCase
from kg.concepts.resolution import _concept
from kg.model import Concept, Rule

Row = dict[str, Any]


class _Shares(WordCase):
    """How often words are written small, counted elsewhere."""

    def __init__(self, shares: dict[str, float]) -> None:
        super().__init__()
        self._shares = shares

    def share(self, word: str) -> float | None:
        """Share of small writings; None for a word that was never seen."""
        return self._shares.get(word)


def concept_rows(target: str, rows: Sequence[Row]) -> Iterator[Row]:
    """One concept and its aliases as rows of :data:`kg.scale.rows.MADE`.

    Parameters
    ----------
    target : str
        The concept's key.
    rows : sequence of dict
        Its rows of :data:`kg.scale.rows.PARTS`.
    """
    made = concept_of(target, rows)
    yield {
        "kind": "concept",
        "target": target,
        "id": made.id,
        "label": made.label,
        "type": made.type.value,
        "papers": made.papers,
        "confidence": made.confidence,
    }
    for alias in made.aliases:
        yield {
            "kind": "alias",
            "target": target,
            "id": made.id,
            "name": alias.name,
            "rule": alias.rule.value,
            "papers": alias.papers,
            "paper": alias.paper,
            "note": alias.note,
        }


def concept_of(target: str, rows: Sequence[Row]) -> Concept:
    """The concept that :func:`kg.concepts.resolve` makes of the same counts."""
    groups = sorted((row for row in rows if row["kind"] == "group"), key=lambda row: str(row["key"]))
    counts = Counts()
    found: dict[str, Join] = {}
    for number, row in enumerate(groups):
        counts.groups[row["key"]] = number
        counts.group_papers.append(row["papers"])
        counts.group_proposed.append(row["proposed"])
        counts.group_doubt.append(row["doubt"] / 1000)
        counts.group_types.extend(array("d", (row[kind.value.lower()] / 1000 for kind in TYPES)))
        if row["rule"] is not None:
            found[row["key"]] = Join(target, Rule(row["rule"]), row["note"], row["paper"])
    names: list[list[Name]] = [[] for _ in groups]
    shares: dict[str, float] = {}
    for row in sorted(rows, key=lambda row: (row["text"] or "", row["word"] or "")):
        if row["kind"] == "name":
            spelling = Name(row["text"], row["papers"], row["inside"], row["paper"], row["defined"])
            names[counts.groups[row["key"]]].append(spelling)
        elif row["kind"] == "word":
            shares[row["word"]] = row["small"] / row["written"]
    return _concept(target, [row["key"] for row in groups], counts, names, _Shares(shares), found)
