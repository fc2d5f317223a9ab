"""Sentence boundaries by rule, made for abstracts: citations, LaTeX, decimals, enumerations."""

from __future__ import annotations

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import abstract_offset
from kg.extraction.layout import layout
from kg.extraction.words import words

_ENDS = frozenset((".", "!", "?", "?!", "!?", "...", "…", "。"))
_CLOSERS = frozenset((")", "]", '"', "'", "”", "’", "}", "''"))
_OPENERS = frozenset(("(", "[", '"', "'", "“", "‘", "``", "\\", "$", "{"))
_ABBREVIATIONS = words("no sentence end")
_NEVER_LAST = frozenset(("e.g.", "i.e.", "cf.", "vs.", "fig.", "eq.", "sec.", "resp.", "al.", "w.r.t."))
_LONGEST_BRACKET = 400


@Language.component("sentences")
def sentences(doc: Doc) -> Doc:
    """Set the sentence starts of a Doc.

    A sentence ends at a full stop, exclamation or question mark that closes no abbreviation, stands in
    no bracket that is closed later and in no formula, and is followed by a capital, a digit or an
    opening mark. The title is a sentence of its own.
    """
    starts = [False] * len(doc)
    if not starts:
        return doc
    starts[0] = True
    seen = layout(doc)
    texts, begins, spaced = seen.words, seen.starts, seen.spaced
    offset = abstract_offset(doc)
    inside = _inside(texts)
    for i, text in enumerate(texts):
        if offset and i and begins[i] >= offset and begins[i - 1] < offset:
            starts[i] = True
        if inside[i]:
            continue
        if text in _ENDS:
            if i and texts[i - 1].lower().rstrip(".") in _ABBREVIATIONS and texts[i - 1].lower() != "etc":
                continue
            if i >= 1 and texts[i - 1].isdigit() and (i == 1 or starts[i - 1]):
                continue  # "1. First" counts, it does not end
        elif not (
            text.endswith(".") and len(text) > 2 and text.lower() not in _NEVER_LAST and text[:-1].isalnum()
        ):
            continue
        after = i + 1
        while after < len(texts) and texts[after] in _CLOSERS and not spaced[after - 1]:
            after += 1
        gap = after
        while after < len(texts) and texts[after].isspace():
            after += 1
        if (
            after < len(texts)
            and (gap < after or spaced[after - 1] or text in _ENDS)
            and _opens(texts[after])
        ):
            starts[after] = True
    # Setting it token by token, spaCy would look through the whole Doc each time.
    marks = np.where(starts, 1, -1).astype(np.int64).view(np.uint64)
    doc.from_array([SENT_START], marks)  # type: ignore[arg-type]
    return doc


def _opens(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit() or text in _OPENERS or text[0] in "\\$“\"'("


def _inside(texts: list[str]) -> list[bool]:
    """Which tokens stand inside brackets or a formula that is closed again."""
    inside = [False] * len(texts)
    open_at: list[int] = []
    dollar = -1
    for i, text in enumerate(texts):
        if text in "([" and text:
            open_at.append(i)
        elif text in ")]" and text and open_at:
            start = open_at.pop()
            if not open_at and i - start < _LONGEST_BRACKET // 6:
                inside[start + 1 : i] = [True] * (i - start - 1)
        elif text == "$":
            if dollar >= 0 and i - dollar < _LONGEST_BRACKET // 10:
                inside[dollar + 1 : i] = [True] * (i - dollar - 1)
                dollar = -1
            else:
                dollar = i
    return inside
