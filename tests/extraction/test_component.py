from __future__ import annotations

import numpy as np
import pytest
import spacy

from kg.extraction.tagger.component import Page
from kg.extraction.tagger.decode import Term

DOC = spacy.blank("en")("We use Adam+SGD")


def page() -> Page:
    starts = np.array([token.idx for token in DOC])
    ends = np.array([token.idx + len(token) for token in DOC])
    return Page([t.text for t in DOC], 0, np.ones(len(DOC), bool), DOC.text, starts, ends, 0, [0, 1, 2])


def test_a_term_at_token_boundaries_is_a_span() -> None:
    found = page().span(DOC, Term(3, 15, "Method", 0.9))
    assert found is not None
    assert found.text == "use Adam+SGD"


@pytest.mark.parametrize(("start", "end"), [(12, 15), (7, 11), (8, 9), (4, 6)])
def test_a_term_that_begins_or_ends_inside_a_token_is_none(start: int, end: int) -> None:
    assert page().span(DOC, Term(start, end, "Method", 0.9)) is None
