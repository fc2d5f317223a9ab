from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.confidence import calibrated


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 3), st.floats(-2, 2))
def test_calibration_keeps_the_order(a: float, b: float, slope: float, shift: float) -> None:
    low, high = sorted((a, b))
    assert 0.0 <= calibrated(low, (slope, shift)) <= calibrated(high, (slope, shift)) <= 1.0
