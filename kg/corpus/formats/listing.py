"""Pages of a paper listing, saved as text: title, abstract, and below them perhaps a byline.

Three layouts occur: with bylines (``• N authors``, ``·``, date, upvotes), without bylines but
with blank lines between, and title and abstract on alternating lines. Year-less dates belong to
the page's own year, since the page writes the year only of other years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.corpus import dates
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.source import Input
from kg.errors import InputError

NAME = "listing"
LETTER_FOR_LETTER = True

_FURNITURE = re.compile(
    r"new|Get trending papers in your email inbox(?: once a day)?!|Subscribe|Daily Papers"
    r"|by\s?AK and the research community|Next|Previous"
)
_GLUED = re.compile(r"(?:Subscribe|Daily Papers)+(?=[A-Z0-9\"'“(\[$\\{])")
_MARKS = re.compile(r"Get trending papers in your email inbox|by\s?AK and the research community")
_AUTHORS = re.compile(r"[•·]?\s*(\d[\d,]*) authors?")
_DOT = "·"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(rf"({_MONTH}) (\d{{1,2}})(?:, (\d{{4}}))?(?:\s+([\d.,]+k?))?")
_LONGEST_TITLE = 300


@dataclass(slots=True)
class _Line:
    number: int
    text: str


def sniff(head: Head) -> str | None:
    """Recognised by the page's own lines, or by its bylines."""
    lines = [line.strip() for line in head.lines]
    if head.start in ("{", "[", "<", "@", "%"):
        return None
    if any(_MARKS.match(line) for line in lines[:40]):
        return "it begins with the lines of the listing page"
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if line == _DOT and _AUTHORS.fullmatch(above) and _DATE.fullmatch(below):
            return "it has bylines of the listing (N authors, ·, date)"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Records in the order of the page; where years are to be inferred, after the last one."""
    waiting: list[Draft] = []
    newest = 0
    for draft, year_given in _records(_lines(source)):
        if year_given and draft.date:
            newest = max(newest, int(draft.date[:4]))
        if source.listing_year is None:
            waiting.append(draft)
        else:
            yield _dated(draft, source.listing_year)
    for draft in waiting:
        yield _dated(draft, newest + 1 if newest else None)


def _dated(draft: Draft, year: int | None) -> Draft:
    """Give a date without year (``--MM-DD``) its year; without one it is no date."""
    if draft.date and draft.date.startswith("--"):
        month, day = int(draft.date[2:4]), int(draft.date[5:7])
        draft.date = dates.make(year, month, day) if year else None
        draft.date_inferred = bool(year)
    return draft


def _lines(source: Input) -> Iterator[_Line]:
    for number, line in enumerate(source.text().lines(), start=1):
        if text := line.strip():
            yield _Line(number, text)


def _records(lines: Iterator[_Line]) -> Iterator[tuple[Draft, bool]]:
    """Group lines into records. Two lines ahead suffice to tell a byline or a continued abstract."""
    queue: list[_Line] = []

    def ahead(count: int) -> _Line | None:
        while len(queue) <= count:
            line = next(lines, None)
            if line is None:
                return None
            queue.append(line)
        return queue[count]

    draft: Draft | None = None
    year_given = False
    top = True  # nothing but the page's own lines so far
    while (line := ahead(0)) is not None:
        if top and (glued := _GLUED.match(line.text)):
            queue[0] = _Line(line.number, line.text[glued.end() :])
            continue
        after = ahead(1)
        if _FURNITURE.fullmatch(line.text) and (draft is None or draft.abstract):
            del queue[0]
            if draft is None or _MARKS.match(line.text):
                top = True
            continue
        if top and _DATE.fullmatch(line.text):
            del queue[0]
            continue
        if draft is not None and (byline := _byline(line, after, ahead(2))):
            count, badge, date, votes, used = byline
            draft.author_count, draft.organisation = count, badge
            year_given = bool(date) and not str(date).startswith("--")
            draft.date, draft.upvotes = date, votes
            del queue[:used]
            yield draft, year_given
            draft = None
            continue
        top = False
        del queue[0]
        if draft is None:
            draft = Draft(title=line.text, line=line.number)
        elif not draft.abstract and not _heads(line, after):
            draft.abstract = line.text
        elif draft.abstract and len(line.text) > _LONGEST_TITLE:
            draft.abstract += "\n" + line.text
        else:
            yield draft, False
            draft = Draft(title=line.text, line=line.number)
    if draft is not None:
        yield draft, False


def _heads(line: _Line, after: _Line | None) -> bool:
    """Whether a line in the place of an abstract is the next title: short, above a long one."""
    return len(line.text) <= 200 and after is not None and len(after.text) > _LONGEST_TITLE


def _byline(
    line: _Line, after: _Line | None, third: _Line | None
) -> tuple[int | None, str | None, str | None, int | None, int] | None:
    """Author count, badge, date, upvotes, and the number of lines they take."""
    authors = _AUTHORS.fullmatch(line.text)
    dotted = after is not None and after.text == _DOT
    if not authors and not (dotted and third is not None and _DATE.fullmatch(third.text)):
        return None
    count = int(authors.group(1).replace(",", "")) if authors else None
    badge = None if authors else line.text
    if not dotted or third is None:
        return count, badge, None, None, 1 + dotted
    found = _DATE.fullmatch(third.text)
    if found is None:
        return count, badge, None, None, 2
    month, day = dates.month_number(found.group(1)), int(found.group(2))
    assert month is not None  # the pattern lets only names of months through
    year = found.group(3)
    date = dates.make(int(year), month, day) if year else f"--{month:02d}-{day:02d}"
    return count, badge, date, _votes(found.group(4)), 3


def _votes(text: str | None) -> int | None:
    if not text:
        return None
    number = text.removesuffix("k").replace(",", "")
    if len(number) > 9:
        return None
    try:
        return round(float(number) * (1000 if text.endswith("k") else 1))
    except ValueError:
        return None
