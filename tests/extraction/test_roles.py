from __future__ import annotations

import numpy as np
import spacy

from kg.extraction.document import Candidate, Draft
from kg.extraction.role_features import numbers
from kg.extraction.tagger.states import keep_states, states

TEXT = "Adam and SGD beat Adam"
STARTS = np.array([0, 5, 9, 13, 18])
ROWS = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 4.0], [0.0, 0.0], [5.0, 0.0]], np.float32)


def draft(label: str, *mentions: tuple[int, int]) -> Draft:
    return Draft(label, "Method", 1.0, [Candidate(start, end, "Method", 1.0) for start, end in mentions])


DRAFTS = [draft("Adam", (0, 4), (18, 22)), draft("SGD", (9, 12)), draft("Adam and SGD", (0, 12))]


def test_a_term_is_seen_over_its_mentions_where_it_comes_first_and_in_its_paper() -> None:
    doc = spacy.blank("en")(TEXT)
    keep_states(doc, STARTS, ROWS)
    found = numbers(states(doc), DRAFTS)
    assert found is not None
    assert found.shape == (3, 6)
    assert found[0].tolist() == np.array([3.0, 0.0, 1.0, 0.0, 1.2, 0.8], np.float32).tolist()
    assert found[1].tolist() == np.array([0.0, 4.0, 0.0, 4.0, 1.2, 0.8], np.float32).tolist()
    assert np.allclose(found[2], [1 / 3, 4 / 3, 1 / 3, 4 / 3, 1.2, 0.8])


def test_without_a_network_there_are_no_numbers() -> None:
    doc = spacy.blank("en")(TEXT)
    assert numbers(states(doc), DRAFTS) is None
    keep_states(doc, STARTS, ROWS)
    assert numbers(states(doc), []) is None
