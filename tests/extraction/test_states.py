from __future__ import annotations

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.tagger.states import States, keep_states, states


def kept(rows: list[list[float]]) -> States:
    doc = spacy.blank("en")("a " * len(rows))
    keep_states(doc, np.arange(0, 2 * len(rows), 2), np.array(rows, np.float32).reshape(len(rows), -1))
    found = states(doc)
    assert found is not None
    return found


def test_a_doc_that_no_network_has_read_has_none() -> None:
    assert states(spacy.blank("en")("We use Adam")) is None


@given(st.lists(st.lists(st.integers(-9, 9), min_size=2, max_size=2), min_size=1, max_size=12), st.data())
def test_a_span_has_the_mean_of_its_words(rows: list[list[float]], data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(rows) - 1))
    high = data.draw(st.integers(low + 1, len(rows)))
    found = kept(rows).means([(2 * low, 2 * high - 1), (0, 0)])
    assert found[0].tolist() == pytest.approx(np.mean(rows[low:high], axis=0).tolist(), abs=1e-5)
    assert found[1].tolist() == [0, 0]


def test_the_paper_has_the_mean_of_all_words() -> None:
    assert kept([[1.0, 2.0], [3.0, 6.0]]).mean().tolist() == [2.0, 4.0]


def test_no_spans() -> None:
    assert kept([[1.0, 2.0]]).means([]).shape == (0, 2)
