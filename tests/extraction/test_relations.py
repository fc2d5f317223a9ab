from __future__ import annotations

import numpy as np
import spacy

from kg.extraction.document import Candidate, Draft
from kg.extraction.relation_features import numbers, pairs
from kg.extraction.tagger.states import keep_states, states
from kg.extraction.view import view

# Each word's row is its number from one on.
TEXT = "Adam beats SGD . We use momentum"
STARTS = np.array([0, 5, 11, 15, 17, 20, 24])


def draft(label: str, *mentions: tuple[int, int]) -> Draft:
    return Draft(label, "Method", 1.0, [Candidate(start, end, "Method", 1.0) for start, end in mentions])


def test_a_pair_is_seen_at_its_mentions_between_them_and_over_all_mentions() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp(TEXT)
    drafts = [draft("Adam", (0, 4)), draft("SGD", (11, 14)), draft("momentum", (24, 32))]
    keep_states(doc, STARTS, np.arange(1.0, 8.0)[:, None])
    seen = view(doc, drafts)
    judged = pairs(seen, drafts)
    found = numbers(states(doc), seen, drafts, judged)
    assert found is not None
    assert [(p.first, p.second) for p in judged] == [(0, 1), (0, 2), (1, 2)]
    assert found.tolist() == [[1, 3, 3, 2, 1, 3], [1, 7, 7, 4, 1, 7], [3, 7, 21, 5, 3, 7]]
    assert numbers(states(doc), seen, drafts, []) is None
    assert numbers(None, seen, drafts, judged) is None


def test_terms_side_by_side_have_nothing_between_them() -> None:
    doc = spacy.blank("en")("Adam SGD")
    drafts = [draft("Adam", (0, 4)), draft("SGD", (5, 8))]
    keep_states(doc, np.array([0, 5]), np.array([[2.0], [3.0]]))
    seen = view(doc, drafts)
    found = numbers(states(doc), seen, drafts, pairs(seen, drafts))
    assert found is not None
    assert found.tolist() == [[2, 3, 6, 0, 2, 3]]
