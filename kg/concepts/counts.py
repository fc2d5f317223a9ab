"""What the resolution remembers of the papers: counts by name, never texts."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from typing import NamedTuple

from kg.extraction.names import key
from kg.model import ConceptType, Extraction, Field, Role, Term

TYPES = tuple(ConceptType)


class Name(NamedTuple):
    """One spelling of one group: papers that write it so, within a sentence, first id, as short form."""

    text: str
    papers: int
    inside: int
    first: str
    defined: int


class Counts:
    """Counts over papers, in columns: a group is all terms whose labels share a key.

    Memory grows with the number of different names, not of papers; the answers do not depend on the
    order in which the papers come.
    """

    def __init__(self) -> None:
        self.papers = 0
        self.groups: dict[str, int] = {}
        self.group_papers = array("i")
        self.group_proposed = array("i")
        self.group_types = array("d")
        self.group_doubt = array("d")
        self.definitions: dict[str, dict[str, list[str | int]]] = {}
        self._rows: dict[tuple[int, str], int] = {}
        self._row_papers = array("i")
        self._row_inside = array("i")
        self._row_defined = array("i")
        self._row_first: list[str] = []

    def add(self, extraction: Extraction) -> None:
        """Count one paper."""
        self.papers += 1
        seen: dict[int, float] = {}
        starts = sentence_starts(extraction)
        for term in extraction.terms:
            group = self._group(group_key(term))
            doubt = 1.0 - max(m.confidence for m in term.mentions)
            self.group_types[group * len(TYPES) + TYPES.index(term.type)] += term.type_confidence
            self.group_proposed[group] += term.role == Role.PROPOSES
            seen[group] = min(doubt, seen.get(group, 1.0))
            self._count_names(group, term, extraction.paper, starts)
            self._count_definitions(term, extraction.paper)
        for group, doubt in seen.items():
            self.group_papers[group] += 1
            self.group_doubt[group] += doubt

    def _group(self, name: str) -> int:
        group = self.groups.setdefault(name, len(self.groups))
        if group == len(self.group_papers):
            self.group_papers.append(0)
            self.group_proposed.append(0)
            self.group_doubt.append(0.0)
            self.group_types.extend((0.0,) * len(TYPES))
        return group

    def _count_names(self, group: int, term: Term, paper: str, starts: Collection[int]) -> None:
        for text, inside in spellings(term, starts).items():
            row = self._rows.setdefault((group, text), len(self._rows))
            if row == len(self._row_papers):
                self._row_papers.append(0)
                self._row_inside.append(0)
                self._row_defined.append(0)
                self._row_first.append(paper)
            self._row_papers[row] += 1
            self._row_inside[row] += inside
            self._row_defined[row] += text in term.short_forms
            if paper < self._row_first[row]:
                self._row_first[row] = paper

    def _count_definitions(self, term: Term, paper: str) -> None:
        long = group_key(term)
        for short in {key(s) for s in term.short_forms}:
            if short and short != long:
                found = self.definitions.setdefault(short, {}).setdefault(long, [0, paper])
                found[0] = int(found[0]) + 1
                found[1] = min(str(found[1]), paper)

    def names(self) -> Iterator[tuple[int, Name]]:
        """Every spelling with the number of its group, in no particular order."""
        for (group, text), row in self._rows.items():
            yield (
                group,
                Name(
                    text,
                    self._row_papers[row],
                    self._row_inside[row],
                    self._row_first[row],
                    self._row_defined[row],
                ),
            )

    def types(self, group: int) -> array[float]:
        """Weight of each type, in the order of the enumeration."""
        return self.group_types[group * len(TYPES) : (group + 1) * len(TYPES)]


def group_key(term: Term) -> str:
    """What a term is counted under: the key of its label, the label itself where it has no key."""
    return key(term.label) or term.label


def sentence_starts(extraction: Extraction) -> frozenset[int]:
    """Where the sentences of a paper's abstract begin."""
    return frozenset(s.start for s in extraction.sentences if s.field == Field.ABSTRACT)


def spellings(term: Term, starts: Collection[int]) -> dict[str, bool]:
    """How a paper writes a term, and whether it does so within a sentence of its abstract.

    A title and the beginning of a sentence tell nothing of what is a proper name.

    Parameters
    ----------
    term : Term
        Of the paper.
    starts : collection of int
        Where the sentences of its abstract begin.
    """
    found: dict[str, bool] = {}
    for mention in term.mentions:
        inside = mention.span.field == Field.ABSTRACT and mention.span.start not in starts
        found[mention.text] = found.get(mention.text, False) or inside
    return found
