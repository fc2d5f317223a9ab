"""Abbreviations that a paper defines: "Gaussian mixture model (GMM)" and "GMM (Gaussian mixture model)".

The search is that of Schwartz and Hearst (A simple algorithm for identifying abbreviation definitions
in biomedical text, PSB 2003), preceded by a stricter match of initials, and with the candidates that
are no definition (citations, list marks, equations) turned away beforehand.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Abbreviation, abstract_offset, set_abbreviations
from kg.extraction.layout import layout
from kg.extraction.words import words

_BRACKET = re.compile(r"\(([^()]{2,120})\)")
_SHORT = re.compile(r"[A-Za-z0-9][\w\-/+&.*]{0,12}(?: [A-Z][\w\-]{0,6})?")
_CITATION = re.compile(
    r"\bet al\b|\b(?:1[89]|20)\d\d\b|[=<>≤≥≈~%]|^\d|^(?:e\.?g|i\.?e|cf|see|fig|sec|tab|eq)\b", re.I
)
_NOT_SHORT = words("no short form")
_WORD = re.compile(r"[A-Za-z0-9][\w'’\-]*|\\?[$]?[\w{}^]+[$]?")
_BREAK = re.compile(r"[.;:!?]\s|[()\[\]]|,\s(?!and\b)")
_SMALL = words("small words")


@Language.component("abbreviations")
def abbreviations(doc: Doc) -> Doc:
    """Find the abbreviations that a Doc defines and keep them on it."""
    text, offset = layout(doc).text, abstract_offset(doc)
    found: list[Abbreviation] = []
    for low, high in ((0, max(0, offset - 2)), (offset, len(text))):
        found += find(text, low, high)
    set_abbreviations(doc, found)
    return doc


def find(text: str, low: int = 0, high: int | None = None) -> list[Abbreviation]:
    """The definitions in ``text[low:high]``.

    Parameters
    ----------
    text : str
        Any text.
    low, high : int
        The stretch to search; offsets of the answer are those of `text`.

    Returns
    -------
    list of Abbreviation
        In reading order.

    Examples
    --------
    >>> text = "We fit a Gaussian Mixture Model (GMM), an idea of (Spenner et al., 1995)."
    >>> [(text[a:b], text[c:d]) for a, b, c, d in find(text)]
    [('Gaussian Mixture Model', 'GMM')]
    """
    high = len(text) if high is None else high
    found = []
    for match in _BRACKET.finditer(text, low, high):
        inner, start = match.group(1), match.start(1)
        head = re.split(r"[;,]\s", inner, maxsplit=1)[0].rstrip()
        if _CITATION.search(inner if head == inner else head):
            continue
        one = None
        if _is_short(head):
            one = _before(text, low, match.start(), start, start + len(head))
        if one is None and len(inner.split()) >= 2:
            one = _within(text, low, match.start(), inner, start)
        if one is not None:
            found.append(one)
    return found


def _is_short(text: str) -> bool:
    if not _SHORT.fullmatch(text) or text.lower() in _NOT_SHORT:
        return False
    return 2 <= len(text) <= 14 and any(c.isupper() for c in text) and any(c.isalpha() for c in text)


def _letters(short: str) -> str:
    core = short[:-1] if short.endswith("s") and len(short) > 2 and short[-2].isupper() else short
    return "".join(c for c in core.lower() if c.isalnum())


def _before(text: str, low: int, bracket: int, start: int, end: int) -> Abbreviation | None:
    """Long form left of the bracket that holds the short one."""
    left = max(low, bracket - 160)
    for stop in _BREAK.finditer(text, left, bracket):
        left = stop.end()
    letters = _letters(text[start:end])
    words = [(m.start(), m.end()) for m in _WORD.finditer(text, left, bracket)]
    words = words[-min(len(letters) + 5, len(letters) * 2) :]
    if not words or text[words[-1][1] : bracket].strip() not in ("", '"', "”", "'", "}"):
        return None
    begin = _by_initials(text, words, letters)
    if begin is None:
        begin = _by_letters(text[words[0][0] : words[-1][1]], letters)
        if begin is None:
            return None
        begin += words[0][0]
    long = text[begin : words[-1][1]]
    if not _plausible(long, text[start:end]):
        return None
    return Abbreviation(begin, words[-1][1], start, end)


def _within(text: str, low: int, bracket: int, inner: str, start: int) -> Abbreviation | None:
    """Short form left of the bracket that holds the long one: "GMM (Gaussian mixture model)"."""
    word = re.search(r"(?<![\w-])([A-Za-z0-9][\w\-+]{1,11})\s?$", text[max(low, bracket - 16) : bracket])
    if word is None or not _is_short(word.group(1)):
        return None
    short_start = max(low, bracket - 16) + word.start(1)
    short = text[short_start : short_start + len(word.group(1))]
    if sum(c.isupper() for c in short) < 2:
        return None
    words = [(m.start() + start, m.end() + start) for m in _WORD.finditer(inner)]
    if not words or _by_initials(text, words, _letters(short)) != words[0][0] or words[0][0] != start:
        return None
    long_end = words[-1][1]
    if inner[long_end - start :].strip() or not _plausible(text[start:long_end], short):
        return None
    return Abbreviation(start, long_end, short_start, short_start + len(short))


def _by_initials(text: str, words: list[tuple[int, int]], letters: str) -> int | None:
    """Start of the words (parts of hyphenated ones count) whose initials spell the letters."""
    parts: list[int] = []
    for a, b in words:
        parts.append(a)
        parts += [a + m.end() for m in re.finditer(r"[-–]", text[a:b]) if a + m.end() < b]
    k = len(letters) - 1
    skipped = 0
    for position in reversed(parts):
        if k < 0:
            break
        if text[position].lower() == letters[k]:
            k -= 1
            skipped = 0
        else:
            word = re.match(r"\w+", text[position:])
            if word is None or word.group().lower() not in _SMALL or skipped:
                return None
            skipped += 1
        if k < 0:
            return position if position in {a for a, _ in words} else None
    return None


def _by_letters(long: str, letters: str) -> int | None:
    """Schwartz and Hearst: match the letters right to left, the first at the start of a word."""
    i, k = len(long) - 1, len(letters) - 1
    while k >= 0:
        while i >= 0 and (
            long[i].lower() != letters[k]
            or (k == 0 and i > 0 and (long[i - 1].isalnum() or long[i - 1] == "-"))
        ):
            i -= 1
        if i < 0:
            return None
        i, k = i - 1, k - 1
    return i + 1


def _plausible(long: str, short: str) -> bool:
    words = long.split()
    letters = _letters(short)
    if len(long) <= len(short) or words[0].lower() in _SMALL or words[-1].lower() in _SMALL:
        return False
    if len(words) > min(len(letters) + 5, len(letters) * 2) or len(words) > 10:
        return False
    if any(word.strip(",") == short for word in words):
        return False
    if letters[-1] not in words[-1].lower():
        return False  # the last word has to have its letter
    return len(words) > 1 or "-" in long or (len(letters) >= 2 and len(long) >= 2 * len(letters))
