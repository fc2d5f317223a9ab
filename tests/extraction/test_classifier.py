from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.classifier import Classifier, row
from kg.extraction.confidence import calibrated


def small() -> Classifier:
    """Two classes: "good" speaks for the first, "bad" for the second; neighbours count nothing."""
    rows = np.array(sorted({row("good"), row("bad")}), np.uint32)
    table = np.zeros((2, 2), np.int8)
    table[list(rows).index(row("good"))] = (100, 0)
    table[list(rows).index(row("bad"))] = (0, 100)
    parts = {
        "scale": np.full(2, 0.01, np.float32),
        "bias": np.zeros(3, np.float32),
        "dense": np.array([[0, 0, 1]], np.float32),  # its number speaks for the second, too
        "own": np.array([[2, 0], [0, 2], [0, 2]], np.float32),
        "context": np.zeros((9, 2), np.float32),
        "shift": np.zeros(2, np.float32),
    }
    return Classifier(["yes", "no"], rows, table, parts)


def test_features_speak_for_their_class() -> None:
    found = small()([{"good": 1.0}, {"bad": 1.0, "unknown": 5.0}, {"unknown": 1.0}])
    assert found[0, 0] == pytest.approx(1 / (1 + np.exp(-2)), abs=1e-5)
    assert found[1, 1] == pytest.approx(1 / (1 + np.exp(-2)), abs=1e-5)
    assert found[2].tolist() == pytest.approx([0.5, 0.5])


def test_numbers_speak_beside_the_features() -> None:
    examples = [{"good": 1.0}, {"good": 1.0}, {"unknown": 1.0}]
    found = small()(examples, np.array([[0.0], [1.0], [0.5]], np.float32))
    assert found[0].tolist() == small()(examples)[0].tolist()
    assert found[1].tolist() == pytest.approx([0.5, 0.5])
    assert found[2, 1] == pytest.approx(1 / (1 + np.exp(-1)), abs=1e-5)


def test_no_examples() -> None:
    assert small()([]).shape == (0, 2)


def test_arrays_carry_the_whole_classifier() -> None:
    model = small()
    again = Classifier.from_arrays(model.arrays("x"), "x")
    examples = [{"good": 0.5}, {"bad": 2.0}]
    assert again.classes == model.classes
    assert again(examples).tolist() == model(examples).tolist()


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 3), st.floats(-2, 2))
def test_calibration_keeps_the_order(a: float, b: float, slope: float, shift: float) -> None:
    low, high = sorted((a, b))
    assert 0.0 <= calibrated(low, (slope, shift)) <= calibrated(high, (slope, shift)) <= 1.0
