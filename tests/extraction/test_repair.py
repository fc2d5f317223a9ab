from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.repair import occurrences, repaired


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the novel Tiny Network", "Tiny Network"),
        ("Gaussian mixture model (GMM)", "Gaussian mixture model"),
        ("(GMM", "GMM"),
        ("our proposed method", ""),
        ("state-of-the-art diffusion models", "diffusion models"),
        ("Conv(BN)", "Conv(BN)"),
        ("accuracy,", "accuracy"),
        ("automatic evaluation of the", "automatic evaluation"),
        ("Sagittarius A", "Sagittarius A"),
        ("of", "of"),
        ("42", ""),
    ],
)
def test_spans_lose_what_is_no_part_of_a_name(text: str, expected: str) -> None:
    start, end = repaired(text, 0, len(text))
    assert text[start:end] == expected


@given(st.text(max_size=40))
def test_repair_stays_within_the_span(text: str) -> None:
    start, end = repaired(text, 0, len(text))
    assert 0 <= start <= end <= len(text)
    assert text[start:end] == text[start:end].strip()


def test_occurrences_are_whole_words() -> None:
    assert occurrences("BERT, RoBERTa, BERT-based, BERT_x", "BERT") == [0, 15]
