"""JSON values one at a time: lines, elements of a list, or of a list inside an object.

Memory holds one value and a piece of text, whatever the size of the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kg.corpus.source import Input
from kg.errors import InputError

PIECE = 1 << 20
MAX_VALUE = 64 << 20
"""Characters in one value: a list of this length is read by its elements."""

_BLANK = re.compile(r"[ \t\n\r]*")
_NESTED = "is nested too deeply; no record of a paper is; remove it"


def parse(text: str) -> Any:
    """The value of a JSON text.

    Raises
    ------
    ValueError
        If it is none, or is nested too deeply.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError(_NESTED) from None


def values(source: Input, inside: str | None = None) -> Iterator[tuple[int, Any | InputError]]:
    """Values in the order of the file, each with the line on which it begins.

    Parameters
    ----------
    source : Input
        JSON Lines, one JSON value after the other, or a JSON list.
    inside : str or None
        Name of a key (with dots: a path): the file is an object, and the values are the
        elements of the list under that key. Without it, an object is a value.

    Yields
    ------
    line : int
    value : object or InputError
        A value that is broken where the next line begins a new one is given as the error.

    Raises
    ------
    InputError
        If the file cannot be read any further.
    """
    if source.head.start == "[":
        yield from _elements(_Scanner(source), source)
    elif inside:
        scanner = _Scanner(source)
        if _find(scanner, inside.split(".")):
            yield from _elements(scanner, source)
    else:
        yield from _sequence(source)


def _sequence(source: Input) -> Iterator[tuple[int, Any | InputError]]:
    """JSON Lines; where the first line is no whole value, values one after the other."""
    first = next((line for line in source.head.lines if line.strip()), "")
    try:
        json.loads(first)
        lines = True
    except (ValueError, RecursionError):
        # A broken first line is a broken record where the second one is a record.
        rest = [line for line in source.head.lines if line.strip()][1:2]
        lines = bool(rest) and rest[0].lstrip()[:1] == "{" and _is_json(rest[0])
        lines = lines or (
            not source.head.whole and len(source.head.lines) < 2 and "\n" not in source.head.text
        )
    if not lines:
        yield from _one_after_the_other(_Scanner(source), source)
        return
    decoder = json.JSONDecoder()
    decode, begin = decoder.decode, decoder.raw_decode
    for number, line in enumerate(source.text().lines(), start=1):
        text = line.removeprefix("\ufeff") if number == 1 else line
        if text.isspace() or not text:
            continue
        try:
            value, end = begin(text) if text[0] == "{" else (decode(text), len(text))
            yield number, value if len(text) - end < 2 else decode(text)
        except RecursionError:
            yield number, source.error(f"the value {_NESTED}", number)
        except ValueError as problem:
            yield (
                number,
                source.error(f"this line is no JSON ({_said(problem)}); correct or remove it", number),
            )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _said(problem: ValueError) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"{problem.msg} at character {problem.colno}"
    return str(problem)[:200]


class _Scanner:
    """A window of text that moves forward over the file."""

    def __init__(self, source: Input) -> None:
        self.source = source
        self.text, self.position, self.ended = "", 0, False
        self._line, self._counted = 1, 0  # the line on which `_counted` stands
        self._stream = source.text()
        self._decoder = json.JSONDecoder()
        self.more()
        self.text = self.text.removeprefix("\ufeff")

    def more(self) -> bool:
        """Read on; False at the end of the file."""
        # As much again as there is, so that a long value is not tried too often.
        left = len(self.text) - self.position
        piece = "" if self.ended else self._stream.read(max(PIECE, left))
        if not piece:
            self.ended = True
            return False
        self.here()
        self.text, self.position, self._counted = self.text[self.position :] + piece, 0, 0
        return True

    def here(self) -> int:
        """The line of the position."""
        self._line += self.text.count("\n", self._counted, self.position)
        self._counted = self.position
        return self._line

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            found = _BLANK.match(self.text, self.position)
            self.position = found.end() if found else self.position
            if self.position < len(self.text):
                return self.text[self.position]
            if not self.more():
                return ""

    def take(self) -> Any:
        """The value at the position.

        Raises
        ------
        InputError
            If it is none.
        """
        while True:
            try:
                value, end = self._decoder.raw_decode(self.text, self.position)
            except RecursionError:
                raise self.source.error(f"the value {_NESTED}", self.here()) from None
            except ValueError as problem:
                if len(self.text) - self.position < MAX_VALUE and self.more():
                    continue
                if not self.ended:
                    raise self.source.error(
                        f"one value has more than {MAX_VALUE:,} characters; split the file", self.here()
                    ) from None
                said = problem.msg if isinstance(problem, json.JSONDecodeError) else str(problem)[:200]
                at = getattr(problem, "pos", self.position)
                line = self.here() + self.text.count("\n", self.position, at)
                raise self.source.error(f"this is no JSON ({said}); correct the file", line) from None
            may_go_on = end == len(self.text) and not isinstance(value, (dict, list, str))
            if may_go_on and self.more():
                continue
            self.position = end
            return value

    def expect(self, mark: str) -> None:
        """Go over one character.

        Raises
        ------
        InputError
            If another one stands there.
        """
        found = self.peek()
        if found != mark:
            what = repr(found) if found else "the end of the file"
            raise self.source.error(
                f"this is no JSON ({what} instead of {mark!r}); correct the file", self.here()
            )
        self.position += 1


def _elements(scanner: _Scanner, source: Input) -> Iterator[tuple[int, Any | InputError]]:
    scanner.expect("[")
    if scanner.peek() == "]":
        return
    while True:
        scanner.peek()
        line = scanner.here()
        yield line, scanner.take()
        if scanner.peek() == "]":
            return
        scanner.expect(",")


def _one_after_the_other(scanner: _Scanner, source: Input) -> Iterator[tuple[int, Any | InputError]]:
    while scanner.peek():
        line = scanner.here()
        yield line, scanner.take()


def _find(scanner: _Scanner, path: list[str]) -> bool:
    """Move to the list under a path; what stands before it is read and dropped."""
    for step in path:
        scanner.expect("{")
        while True:
            if scanner.peek() in ("}", ""):
                return False
            key = scanner.take()
            scanner.expect(":")
            found = scanner.peek()
            if key == step and found in ("[", "{"):
                break
            scanner.take()
            if scanner.peek() != ",":
                return False
            scanner.expect(",")
    return scanner.peek() == "["
