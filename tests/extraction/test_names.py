from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.names import is_acronym, key, plain, rule_between, singular
from kg.model import Rule


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Large Language Models", "large language model"),
        ("LLMs", "LLM"),
        ("pre-training", "pretraining"),
        ("fine tuning", "fine-tuning"),
        ("multi-modal data sets", "multimodal dataset"),
        ("colour quantisation", "color quantization"),
        ("Fr\\'echet distance", "Fréchet distance"),
        ("$\\ell_1$ norm", "ℓ1 norm"),
        ("α-divergences", "alpha divergence"),
        ("mixtures of experts", "mixture of experts"),
        ("GPT-4", "GPT–4"),
        ("LoRA", "LORA"),
    ],
)
def test_spellings_of_one_name_share_a_key(a: str, b: str) -> None:
    assert key(a) == key(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("attention", "attention head"),
        ("CAT", "cat"),
        ("bias", "bia"),
        ("analysis", "analyse"),
        ("GPT-3", "GPT-4"),
        ("noise", "noize"),
    ],
)
def test_different_names_keep_different_keys(a: str, b: str) -> None:
    assert key(a) != key(b)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x2FFF), max_size=40))
def test_a_key_is_its_own_key_and_never_fails(name: str) -> None:
    once = key(name)
    assert once == once.strip()
    assert "\\" not in plain(name)


@given(
    st.sampled_from(
        [
            "loss",
            "bias",
            "basis",
            "series",
            "dynamics",
            "analysis",
            "process",
            "corpus",
            "matrix",
            "bayes",
            "news",
        ]
    )
)
def test_singulars_are_left_alone(word: str) -> None:
    assert singular(word) == word


def test_rules_go_from_the_least_change_on() -> None:
    assert rule_between("GAN", "GAN") is Rule.LABEL
    assert rule_between("Neural network", "neural network") is Rule.CASE
    assert rule_between("Neural Networks", "neural network") is Rule.NUMBER
    assert rule_between("meta learning", "meta-learning") is Rule.HYPHEN
    assert rule_between("tokenisation", "tokenization") is Rule.SPELLING


def test_acronyms() -> None:
    assert [n for n in ("GMM", "LoRA", "mAP", "Adam", "RESEARCHERSANDMORE", "a") if is_acronym(n)] == [
        "GMM",
        "LoRA",
        "mAP",
    ]


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("vortices", "vortex"),
        ("diagnoses", "diagnosis"),
        ("shelves", "shelf"),
        ("valves", "valve"),
        ("phases", "phase"),
    ],
)
def test_irregular_plurals(plural: str, expected: str) -> None:
    assert singular(plural) == expected


@pytest.mark.parametrize(
    "name", ["variational Bayes", "type 2 diabetes", "Metropolis-Hastings", "fake news", "Keras"]
)
def test_what_ends_like_a_plural_and_is_none_keeps_its_s(name: str) -> None:
    assert key(name).endswith("s")
