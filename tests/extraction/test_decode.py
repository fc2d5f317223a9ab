"""From the probabilities of words to terms: what counts as one, and of which type."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extraction.tagger.component import Page
from kg.extraction.tagger.decode import N_LABELS, TYPES, Term, decode

WORDS = ["we", "fit", "blorp", "trees"]


def page() -> Page:
    text = " ".join(WORDS)
    starts = np.array([text.index(word) for word in WORDS])
    ends = starts + [len(word) for word in WORDS]
    return Page(WORDS, 0, np.ones(len(WORDS), bool), text, starts, ends, 0, list(range(len(WORDS))))


def probabilities(**share: float) -> np.ndarray:
    """The last two words are a term; of each type so much of its probability."""
    made = np.zeros((len(WORDS), N_LABELS), np.float32)
    made[:2, 0] = 0.98
    for kind, part in share.items():
        at = 1 + 2 * TYPES.index(kind)
        made[2, at], made[3, at + 1] = 0.96 * part, 0.96 * part
    made[2:, 0] = 0.96 - made[2:].sum(1)
    return made + 0.001


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ({"Method": 1.0}, "Method"),
        ({"Method": 0.55, "Task": 0.45}, "Method"),
        ({"Method": 0.4, "Task": 0.3, "Metric": 0.3}, "Concept"),
        ({"Method": 0.4, "Concept": 0.35, "Task": 0.25}, "Concept"),
    ],
)
def test_a_type_that_is_less_than_likely_is_not_said(share: dict[str, float], expected: str) -> None:
    (found,) = decode([page()], [probabilities(**share)])[0]
    assert (found.start, found.end, found.type) == (7, 18, expected)


def test_no_term_where_no_word_is_likely_to_be_one() -> None:
    assert decode([page()], [probabilities(Method=0.1)])[0] == []


def test_a_sure_term_has_its_place_type_and_confidence() -> None:
    found = decode([page()], [probabilities(Dataset=1.0)])[0]
    assert found == [Term(7, 18, "Dataset", found[0].probability)]
    assert found[0].probability > 0.9
