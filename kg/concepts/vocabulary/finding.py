"""Names of outside vocabularies in a paper's text, where the extraction has found nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.concepts.vocabulary.index import Vocabulary
from kg.extraction.names import key
from kg.model import ConceptType, Extraction, Field, Paper, Role, Span, Term, TermMention

_WORD = re.compile(r"\w+(?:[-'’.+#/]\w+)*[+#]*")

CONFIDENCE = 0.5
"""Confidence of a term that only a vocabulary knows."""


def with_names(paper: Paper, extraction: Extraction, vocabularies: Sequence[Vocabulary]) -> Extraction:
    """The extraction with terms added for vocabulary names that stand outside of every mention.

    Only names of two words or more are looked for: a single word of a vocabulary ("model", "set")
    is as often just a word. They get the type Concept and the role ``mentions``.

    Parameters
    ----------
    paper : Paper
        The texts.
    extraction : Extraction
        What was found in it.
    vocabularies : sequence of Vocabulary
        Where names come from.
    """
    if not vocabularies:
        return extraction
    taken: dict[str, bytearray] = {f: bytearray(len(paper.text(f))) for f in Field}
    for term in extraction.terms:
        for mention in term.mentions:
            span = mention.span
            taken[span.field][span.start : span.end] = b"\1" * (span.end - span.start)
    found: dict[str, list[TermMention]] = {}
    for field in Field:
        for start, end in _names(paper.text(field), taken[field], vocabularies):
            text = paper.text(field)[start:end]
            found.setdefault(key(text) or text, []).append(
                TermMention(Span(field.value, start, end), text, CONFIDENCE)
            )
    known = {key(t.label) or t.label for t in extraction.terms}
    terms = [
        Term(mentions[0].text, ConceptType.CONCEPT, tuple(mentions), Role.MENTIONS, CONFIDENCE, CONFIDENCE)
        for name, mentions in found.items()
        if name not in known
    ]
    return replace(extraction, terms=(*extraction.terms, *terms))


def _names(text: str, taken: bytearray, vocabularies: Sequence[Vocabulary]) -> Iterator[tuple[int, int]]:
    """Spans of names of two words or more, the longest first at each word, none overlapping another."""
    words = [m.span() for m in _WORD.finditer(text)]
    longest = max(v.longest for v in vocabularies)
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 1, -1):
            start, end = words[at][0], words[at + length - 1][1]
            if any(taken[start:end]) or any(c in text[start:end] for c in ".;:,()\n"):
                continue
            name = key(text[start:end])
            if any(name in v.keys for v in vocabularies):
                yield start, end
                at += length - 1
                break
        at += 1
