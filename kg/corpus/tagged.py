"""Records written as lines with a tag of two to four letters: RIS, Web of Science, MEDLINE."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.corpus.source import Input

MAX_TEXT = 8 << 20
"""Characters of one record."""


@dataclass(slots=True)
class Tagged:
    """One record: its first line, and the values of every tag in their order."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *tags: str) -> str:
        """The first value that is not empty, of the first tag that has one."""
        for tag in tags:
            for value in self.values.get(tag, ()):
                if value:
                    return value
        return ""

    def all(self, *tags: str) -> list[str]:
        """Every value of some tags, tag after tag."""
        return [value for tag in tags for value in self.values.get(tag, ()) if value]

    def longest(self, *tags: str) -> str:
        """The longest value of some tags."""
        return max(self.all(*tags), key=len, default="")


@dataclass(frozen=True, slots=True)
class Grammar:
    """How lines are written.

    Parameters
    ----------
    line : pattern
        Of a line that begins a value: groups ``tag`` and ``value``.
    start : frozenset of str
        Tags that begin a record.
    end : frozenset of str
        Tags that end one.
    blank_ends : bool
        Whether an empty line ends a record.
    joint : str
        Stands between a value and the line that continues it.
    """

    line: re.Pattern[str]
    start: frozenset[str]
    end: frozenset[str]
    blank_ends: bool = False
    joint: str = " "


def records(source: Input, grammar: Grammar) -> Iterator[Tagged]:
    """Records in the order of the file; what stands outside of them is passed over.

    Parameters
    ----------
    source : Input
    grammar : Grammar

    Yields
    ------
    Tagged

    Raises
    ------
    InputError
        If a record is of a size that none has, or the file is not in its encoding.
    """
    match, start, end, joint = grammar.line.match, grammar.start, grammar.end, grammar.joint
    current: Tagged | None = None
    values: list[str] | None = None
    pieces: list[str] = []  # the lines of the value being read
    size = 0
    for number, line in enumerate(source.text().lines(), start=1):
        if number == 1:
            line = line.removeprefix("\ufeff")
        found = match(line)
        if found is None:
            if grammar.blank_ends and line.isspace():
                if current is not None and values is not None:
                    values.append(joint.join(pieces))
                    yield current
                current, values, pieces = None, None, []
            elif values is not None and (rest := line.strip()):
                pieces.append(rest)
                size += len(rest)
                if size > MAX_TEXT:
                    raise source.error(
                        f"a record of more than {MAX_TEXT:,} characters; is its end missing?", number
                    )
            continue
        tag, value = found.group("tag", "value")
        if values is not None:
            values.append(joint.join(pieces) if len(pieces) > 1 else pieces[0])
            values = None
        if tag in start and (current is None or not grammar.blank_ends):
            if current is not None:
                yield current
            current, size = Tagged(number), 0
        elif tag in end:
            if current is not None:
                yield current
            current = None
            continue
        if current is None:
            if not grammar.blank_ends:
                continue
            current, size = Tagged(number), 0
        values = current.values.setdefault(tag, [])
        pieces = [value.strip()]
        size += len(value)
        if size > MAX_TEXT:
            raise source.error(f"a record of more than {MAX_TEXT:,} characters; is its end missing?", number)
    if current is not None:
        if values is not None:
            values.append(joint.join(pieces))
        yield current
