"""Dates as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, out of the many ways of writing them."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHORT = re.compile(r"[1-9]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1\d|2[0-8]))?)?", re.ASCII)
_WITH_TIME = re.compile(r"[A-Za-z]{3}, (\d{1,2}) ([A-Za-z]{3}) (\d{4}) ", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ]+(\d{1,2})(?:[-/. ]+(\d{1,2}))?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")
_WORD = re.compile(r"[A-Za-z]{3,}")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?![\d:])")
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")


def month_number(name: str) -> int | None:
    """Number of a month by (the beginning of) its English name, or by its digits.

    Examples
    --------
    >>> month_number("Sept."), month_number("03"), month_number("Spring")
    (9, 3, None)
    """
    text = name.strip()
    if text.isascii() and text.isdigit():
        number = int(text) if len(text) <= 2 else 0
        return number if 1 <= number <= 12 else None
    start = text[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else None


def make(year: int, month: int | None = None, day: int | None = None) -> str:
    """A date as precise as its parts are possible.

    Examples
    --------
    >>> make(2024, 2, 29), make(2023, 2, 29), make(2023, 13), make(2023)
    ('2024-02-29', '2023-02', '2023', '2023')
    """
    if month is None or not 1 <= month <= 12:
        return f"{year:04d}"
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = 28 if month == 2 and not leap else _DAYS[month - 1]
    if day is None or not 1 <= day <= last:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}"


def parse(text: str | None) -> str | None:
    """The date in a text, or None where there is none with a year.

    Parameters
    ----------
    text : str or None
        ``2024-03-05T10:00:00Z``, ``2024/03``, ``5 March 2024``, ``Mar 5, 2024``,
        ``Tue, 5 Mar 2024 10:00:00 GMT``, ``1998 Dec-1999 Jan``, ``c2004`` …

    Returns
    -------
    str or None
        Of a range the beginning. ``3/5/2024`` is only taken for its year, since
        nobody can tell whether a day or a month comes first, unless one of them is above 12.

    Examples
    --------
    >>> parse("Mar 5, 2024"), parse("1998 Dec-1999 Jan"), parse("Spring 2001"), parse("n.d.")
    ('2024-03-05', '1998-12', '2001', None)
    >>> parse("25/12/2020"), parse("3/5/2024")
    ('2020-12-25', '2024')
    """
    if not text:
        return None
    if _SHORT.fullmatch(text):
        return text
    text = text.strip()[:200]
    if (found := _WITH_TIME.match(text)) and (month_named := month_number(found.group(2))):
        return make(int(found.group(3)), month_named, int(found.group(1)))
    found = _ISO.match(text) or _YEAR_FIRST.match(text)
    if found:
        year, month, day = found.groups()
        if int(year):
            return make(int(year), int(month), int(day) if day else None)
    if found := _NUMERIC.match(text):
        first, second, year = (int(part) for part in found.groups())
        if first > 12 >= second:
            return make(year, second, first)
        if second > 12 >= first or first == second:
            return make(year, first, second)
        return make(year)
    found = _YEAR.search(text)
    if found is None:
        return _compact(text)
    year_number = int(found.group())
    for word in _WORD.finditer(text):
        month_found = month_number(word.group())
        if month_found is None:
            continue
        rest = text[: found.start()] + " " + text[found.end() :]
        days = [int(d) for d in _DAY.findall(rest)]
        if re.search(r"[-–]\s*[A-Za-z]{3}", text) and word.start() > found.start():
            days = []
        return make(year_number, month_found, days[0] if days else None)
    return make(year_number)


def _compact(text: str) -> str | None:
    found = re.match(r"(1[5-9]\d\d|20\d\d)(\d\d)(\d\d)$", text)
    return make(*(int(part) for part in found.groups())) if found else None
