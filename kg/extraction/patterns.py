"""Patterns for what no lexicon knows: noun phrases by their head, and names by how they are written."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Candidate, abbreviations, candidates, set_candidates
from kg.extraction.layout import layout
from kg.extraction.names import is_acronym, singular
from kg.extraction.words import words
from kg.model import ConceptType

_TYPE_OF = {head: kind.value for kind in ConceptType for head in words(f"heads {kind}")}
_STOP = words("no term words")
_WEAK = words("weak heads")
_NAME = re.compile(r"(?:[A-Z][a-z0-9]*){2,}[A-Za-z0-9]*|[A-Z][a-z]*[A-Z][\w]*|[a-z]+[A-Z]\w*")
_LONGEST = 5


class PatternMatcher:
    """Adds noun phrases with a telling head, and names in capitals, to what other sources have found.

    Parameters
    ----------
    probability : float
        Given to every phrase found.
    """

    def __init__(self, probability: float) -> None:
        self.probability = probability

    def __call__(self, doc: Doc) -> Doc:
        """Find the phrases in a Doc."""
        before = candidates(doc)
        text = layout(doc).text
        taken = [False] * (len(text) + 1)
        for one in before:
            taken[one.start : one.end] = [True] * (one.end - one.start)
        new = []
        texts = layout(doc).words
        for start, end in _chunks(doc, texts):
            found = _typed(texts, start, end)
            if found is None:
                continue
            first, kind = found
            a, b = doc[first].idx, doc[end - 1].idx + len(texts[end - 1])
            if not any(taken[a:b]):
                new.append(Candidate(a, b, kind, self.probability))
        known = {(c.start, c.end) for c in new}
        for long_start, long_end, short_start, short_end in abbreviations(doc):
            for a, b in ((long_start, long_end), (short_start, short_end)):
                if (a, b) not in known and not any(taken[a:b]):
                    new.append(Candidate(a, b, _type_of(text[long_start:long_end].lower()), self.probability))
        set_candidates(doc, [*before, *_longest(new)])
        return doc


def _type_of(phrase: str) -> str:
    return _TYPE_OF.get(singular(re.split(r"[\s-]", phrase)[-1]), "Method")


def _longest(found: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for one in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return kept


def _chunks(doc: Doc, texts: list[str]) -> list[tuple[int, int]]:
    """Stretches of words that are neither function words, common verbs nor marks."""
    chunks, start = [], -1
    for i, token in enumerate(doc):
        lower = texts[i].lower()
        inside = (
            lower not in _STOP and (texts[i][0].isalnum() or texts[i] == "-") and not lower.endswith("ly")
        )
        if texts[i] == "-" and (start < 0 or token.whitespace_):
            inside = False
        if inside and start < 0:
            start = i
        if start >= 0 and (not inside or (token.is_sent_start and i > start)):
            chunks.append((start, i))
            start = i if inside else -1
    if start >= 0:
        chunks.append((start, len(doc)))
    return chunks


def _typed(texts: list[str], start: int, end: int) -> tuple[int, str] | None:
    """First token and type of the term that a chunk ends in, if it does."""
    while end > start and texts[end - 1] == "-":
        end -= 1
    if end <= start:
        return None
    last = texts[end - 1]
    head = singular(last.lower())
    words = [i for i in range(start, end) if texts[i] != "-"]
    if head in _TYPE_OF and len(words) >= 2:
        first = words[-min(len(words), _LONGEST)]
        while first > start and texts[first - 1] == "-":
            first -= 2
        if len(words) == 2 and head in _WEAK and len(texts[words[0]]) < 3:
            return None
        return max(first, start), _TYPE_OF[head]
    if len(words) == 1 and (is_acronym(last) or (_NAME.fullmatch(last) and last not in _TYPE_OF)):
        return start, "Method"
    return None


@Language.factory("patterns", default_config={"probability": 0.4})
def create_patterns(nlp: Language, name: str, probability: float) -> PatternMatcher:
    """Make the component."""
    return PatternMatcher(probability)
