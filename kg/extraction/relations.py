"""Relations between the terms of a sentence, by the words that stand between them."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import DraftRelation, findings
from kg.model import ConceptType, RelationType

_M, _T, _D, _E, _C = ConceptType
_ANY = frozenset(ConceptType)
_PATTERNS: tuple[tuple[RelationType, str, frozenset[ConceptType], frozenset[ConceptType], bool], ...] = (
    (RelationType.IS_A, r"\b(?:is|are) (?:an?|one of the|the)\b(?: \w+){0,3}", _ANY, _ANY, False),
    (RelationType.IS_A, r",? (?:such as|including|like|e\.g\.,?)", _ANY, _ANY, True),
    (RelationType.IS_A, r"and other", _ANY, _ANY, False),
    (
        RelationType.COMPARED_WITH,
        r"\b(?:outperforms?|compared (?:to|with)|versus|vs\.?|surpass(?:es)?)\b(?: \w+){0,3}",
        frozenset((_M, _C)),
        frozenset((_M, _C)),
        False,
    ),
    (RelationType.EVALUATED_ON, r"\b(?:on|across)\b(?: \w+){0,3}", frozenset((_M,)), frozenset((_D,)), False),
    (
        RelationType.USED_FOR,
        r"(?:\w+ ){0,2}\b(?:for|to solve|to address|to perform|applied to|in)\b(?: \w+){0,2}",
        frozenset((_M,)),
        frozenset((_T,)),
        False,
    ),
    (
        RelationType.USED_FOR,
        r"\b(?:using|via|with|through|based on|by)\b(?: \w+){0,2}",
        frozenset((_T,)),
        frozenset((_M,)),
        True,
    ),
    (RelationType.USED_FOR, r"\b(?:for)\b(?: \w+){0,2}", frozenset((_M,)), frozenset((_M, _C)), False),
    (RelationType.PART_OF, r"\b(?:of|in)\b(?: the)?", frozenset((_M, _C)), frozenset((_M,)), False),
    (
        RelationType.EVALUATED_BY,
        r"(?:\w+ ){0,3}\b(?:in terms of|achiev\w+|measured by|with)\b(?: \w+){0,3}",
        frozenset((_M, _T)),
        frozenset((_E,)),
        False,
    ),
)
_COMPILED = tuple(
    (k, re.compile(rf"\s*({p})\s*", re.IGNORECASE), a, b, back) for k, p, a, b, back in _PATTERNS
)
_FARTHEST = 60


@Language.component("pattern_relations")
def pattern_relations(doc: Doc) -> Doc:
    """Find the relations that a pattern states between two neighbouring terms of a sentence."""
    found = findings(doc)
    text = doc.text
    places = sorted((m.start, m.end, i) for i, draft in enumerate(found.drafts) for m in draft.mentions)
    bounds = [(s.start_char, s.end_char) for s in doc.sents]
    seen: dict[tuple[int, str, int], DraftRelation] = {}
    for (_, end, left), (start, _, right) in pairwise(places):
        if left == right or start - end > _FARTHEST:
            continue
        sentence = next((b for b in bounds if b[0] <= end - 1 < b[1]), None)
        if sentence is None or start >= sentence[1]:
            continue
        kinds = ConceptType(found.drafts[left].type), ConceptType(found.drafts[right].type)
        for kind, pattern, first, second, backwards in _COMPILED:
            if kinds[0] not in first or kinds[1] not in second:
                continue
            match = pattern.fullmatch(text, end, start)
            if match is None:
                continue
            head, tail = (right, left) if backwards else (left, right)
            one = DraftRelation(head, kind, tail, 0.4, sentence, match.span(1))
            seen.setdefault((head, kind, tail), one)
            break
    found.relations = [seen[k] for k in sorted(seen)]
    return doc
