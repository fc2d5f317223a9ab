"""What a paper does with a term, by the cue phrases beside its mentions."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.cues import Found, cues_at
from kg.extraction.document import Draft, abstract_offset, findings
from kg.model import ConceptType, Role

_ORDER = (
    Role.PROPOSES,
    Role.COMPARES_WITH,
    Role.MEASURES,
    Role.EVALUATES_ON,
    Role.ADDRESSES,
    Role.USES,
    Role.STUDIES,
    Role.MENTIONS,
)
_RANK = {role: i for i, role in enumerate(_ORDER)}
_ALLOWED = {
    ConceptType.METHOD: {Role.PROPOSES, Role.COMPARES_WITH, Role.USES, Role.STUDIES},
    ConceptType.TASK: {Role.ADDRESSES, Role.EVALUATES_ON, Role.STUDIES, Role.PROPOSES},
    ConceptType.DATASET: {Role.EVALUATES_ON, Role.PROPOSES, Role.USES},
    ConceptType.METRIC: {Role.MEASURES, Role.PROPOSES},
    ConceptType.CONCEPT: {Role.STUDIES, Role.USES, Role.PROPOSES},
}
_DEFAULT = {
    ConceptType.METHOD: Role.USES,
    ConceptType.TASK: Role.ADDRESSES,
    ConceptType.DATASET: Role.EVALUATES_ON,
    ConceptType.METRIC: Role.MEASURES,
    ConceptType.CONCEPT: Role.MENTIONS,
}


@Language.component("cue_roles")
def cue_roles(doc: Doc) -> Doc:
    """Give each term of a Doc the role of the strongest cue beside it, else the usual one of its type."""
    text, offset = doc.text, abstract_offset(doc)
    bounds = [(s.start_char, s.end_char) for s in doc.sents]
    for draft in findings(doc).drafts:
        best: tuple[tuple[int, int], Found, tuple[int, int]] | None = None
        for one in draft.mentions:
            low, high = next((b for b in bounds if b[0] <= one.start < b[1]), (0, len(text)))
            for found in cues_at(text, low, one.start, one.end, high):
                if found.role in _ALLOWED[ConceptType(draft.type)]:
                    rank = (_RANK[found.role], found.distance)
                    if best is None or rank < best[0]:
                        best = (rank, found, (low, high))
        if best is None:
            _by_default(draft, bounds, offset)
        else:
            _, found, draft.sentence = best
            draft.role, draft.role_probability = found.role, 0.5
            draft.cue = (found.start, found.end)
    return doc


def _by_default(draft: Draft, bounds: list[tuple[int, int]], offset: int) -> None:
    draft.role, draft.role_probability = _DEFAULT[ConceptType(draft.type)], 0.4
    if draft.type == ConceptType.CONCEPT and (draft.mentions[0].start < offset or len(draft.mentions) > 2):
        draft.role = Role.STUDIES
    draft.sentence = next((b for b in bounds if b[0] <= draft.mentions[0].start < b[1]), None)
