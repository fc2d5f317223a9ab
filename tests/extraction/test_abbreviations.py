from __future__ import annotations

import pytest

from kg.extraction.abbreviations import find


def pairs(text: str) -> list[tuple[str, str]]:
    return [(text[a:b], text[c:d]) for a, b, c, d in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Gaussian Mixture Model (GMM) fits.", [("Gaussian Mixture Model", "GMM")]),
        ("Large language models (LLMs) write.", [("Large language models", "LLMs")]),
        ("We use GMM (Gaussian mixture model) here.", [("Gaussian mixture model", "GMM")]),
        (
            "the alternating direction method of multipliers (ADMM)",
            [("alternating direction method of multipliers", "ADMM")],
        ),
        ("Out-of-distribution (OOD) inputs", [("Out-of-distribution", "OOD")]),
        ("We train on mixture-of-experts (MoE; see below) layers", [("mixture-of-experts", "MoE")]),
    ],
)
def test_definitions(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "as was shown before (Spenner et al., 1995)",
        "in three steps: (i) first, (ii) then (iii)",
        "holds for all sizes (N = 100)",
        "our method (ours) wins",
        "The theory ends here. Networks (TN) begin.",
        "see the appendix (Fig. 3) for more",
        "memoization of values (MM)",
    ],
)
def test_what_is_no_definition(text: str) -> None:
    assert pairs(text) == []
