"""Span repair by the annotation guidelines, and one view of each term in the whole paper.

A span loses articles and praise in front and prepositions behind, never holds a bracket that it does
not also close, and is no empty word. A term that is found once is found wherever it is written in the
paper, the longest first, with one type.
"""

from __future__ import annotations

import re
from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Candidate, abbreviations, candidates, set_candidates
from kg.extraction.layout import layout
from kg.extraction.names import key
from kg.extraction.words import words
from kg.model import ConceptType

_FRONT = re.compile(
    r"(?:(?:the|a|an|this|that|these|those|our|their|its|his|her|your|each|every|any|some|all|both|such|many|most"
    r"|several|various|novel|proposed|state-of-the-art|existing|efficient|simple|effective|popular"
    r"|well-known"
    r"|widely used|widely-used|recent|recently proposed|so-called|new|standard|traditional|conventional"
    r"|typical"
    r"|powerful|promising|challenging|innovative|respective|corresponding|specific|different|other|first)\s+)+",
    re.IGNORECASE,
)
_EMPTY, _NOT_LAST = words("empty words"), words("no term end")
_EDGE = " \t\n,.;:'\"`“”‘’-–—_/\\|~&$"
_BRACKET = re.compile(r"[()\[\]{}]")
_TYPES = tuple(ConceptType)


@Language.component("span_repair")
def span_repair(doc: Doc) -> Doc:
    """Bring the spans of a Doc into the form that the guidelines ask for."""
    text = layout(doc).text
    kept = []
    for one in candidates(doc):
        start, end = repaired(text, one.start, one.end)
        if end > start:
            kept.append(one._replace(start=start, end=end))
    set_candidates(doc, without_overlap(kept))
    return doc


def repaired(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a span begins and ends after repair; an empty stretch where nothing is left of it.

    Examples
    --------
    >>> text = "We use the novel Gaussian Mixture Model (GMM) here."
    >>> a, b = repaired(text, 7, 45)
    >>> text[a:b]
    'Gaussian Mixture Model'
    """
    bracket = _BRACKET.search(text, start, end)
    if bracket is not None:
        left, right = (start, bracket.start()), (bracket.end(), end)
        if text[bracket.start()] in ")]}" or bracket.start() - start < 2:
            start, end = right if right[1] - right[0] > 1 else left
        elif (
            text[bracket.start() - 1].isspace()
            or not _closed(text[start:end])
            or " " in text[bracket.start() : end]
        ):
            start, end = left
    while True:
        while end > start and (text[end - 1] in _EDGE or text[end - 1].isspace()):
            end -= 1
        while start < end and ((text[start] in _EDGE and text[start] not in "\\$") or text[start].isspace()):
            start += 1
        last = text.rfind(" ", start, end)
        if last > start and text[last + 1 : end] in _NOT_LAST:
            end = last
            continue
        front = _FRONT.match(text, start, end)
        if front is None or front.end() >= end:
            break
        start = front.end()
    if text[start:end].lower() in _EMPTY or not any(c.isalpha() for c in text[start:end]):
        return start, start
    return start, end


def _closed(piece: str) -> bool:
    return all(piece.count(a) == piece.count(b) for a, b in ("()", "[]", "{}"))


def without_overlap(found: list[Candidate]) -> list[Candidate]:
    """The likeliest of the spans that share characters; among equals the longest, then the first."""
    kept: list[Candidate] = []
    for one in sorted(found, key=lambda c: (-c.probability, c.start - c.end, c.start, c.type)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept)


class Consistency:
    """Finds every occurrence of every term found, and gives each term one type.

    Parameters
    ----------
    threshold : float
        Terms that are nowhere likelier than this are dropped.
    """

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Complete the mentions of a Doc."""
        text = layout(doc).text
        surfaces: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        best: dict[str, float] = defaultdict(float)
        own: dict[tuple[int, int], float] = {}
        for one in candidates(doc):
            surface = text[one.start : one.end]
            surfaces[surface][one.type] += one.probability
            best[surface] = max(best[surface], one.probability)
            own[one.start, one.end] = one.probability
        for a, b, c, d in abbreviations(doc):
            long, short = text[a:b], text[c:d]
            for one_form, other in ((long, short), (short, long)):
                if one_form in best and other not in best:
                    best[other] = best[one_form]
                    surfaces[other] = surfaces[one_form]
        kinds = self._types(doc, surfaces)
        taken = bytearray(len(text))
        found = []
        for surface in sorted((s for s in best if best[s] >= self.threshold), key=lambda s: (-len(s), s)):
            for start in occurrences(text, surface):
                end = start + len(surface)
                if not any(taken[start:end]):
                    taken[start:end] = b"\x01" * (end - start)
                    probability = max(own.get((start, end), 0.0), best[surface])
                    found.append(Candidate(start, end, kinds[surface], probability))
        set_candidates(doc, found)
        return doc

    def _types(self, doc: Doc, surfaces: dict[str, dict[str, float]]) -> dict[str, str]:
        """One type for each surface: the votes of all surfaces with the same key, and of its abbreviation."""
        text = layout(doc).text
        joined = {key(text[c:d]): key(text[a:b]) for a, b, c, d in abbreviations(doc)}
        votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        group = {}
        for surface, kinds in surfaces.items():
            name = key(surface) or surface
            group[surface] = joined.get(name, name)
            for kind, weight in kinds.items():
                votes[group[surface]][kind] += weight
        return {
            s: max(_TYPES, key=lambda t: (votes[g].get(t, 0.0), -_TYPES.index(t))) for s, g in group.items()
        }


def occurrences(text: str, surface: str) -> list[int]:
    """Where a surface stands in a text as whole words.

    Examples
    --------
    >>> occurrences("GAN, GANs and GAN", "GAN")
    [0, 14]
    """
    found, at = [], text.find(surface)
    while at >= 0:
        end = at + len(surface)
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        if not (before.isalnum() or before == "_") and not (after.isalnum() or after == "_"):
            found.append(at)
        at = text.find(surface, at + 1)
    return found


@Language.factory("consistency", default_config={"threshold": 0.0})
def create_consistency(nlp: Language, name: str, threshold: float) -> Consistency:
    """Make the component."""
    return Consistency(threshold)
