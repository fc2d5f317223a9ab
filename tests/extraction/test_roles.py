from __future__ import annotations

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.roles import mixed
from kg.extraction.tagger.network import ROLES
from kg.extraction.tagger.role_scores import role_scores, set_role_scores
from kg.model import Role

STARTS = np.array([0, 3, 7, 12])  # "We use Adam here"


def said(*roles: str) -> np.ndarray:
    """Probabilities in which each word is nearly sure of its role."""
    made = np.full((len(roles), len(ROLES)), 0.01)
    for row, role in zip(made, roles, strict=True):
        row[ROLES.index(role)] = 1 - 0.01 * (len(ROLES) - 1)
    return made


def test_a_term_has_the_mean_of_its_words() -> None:
    doc = spacy.blank("en")("We use Adam here")
    set_role_scores(doc, STARTS, said("mentions", "uses", "uses", "studies"))
    scores = role_scores(doc, [[(7, 11)], [(7, 11), (12, 16)], [(3, 11)]])
    assert scores is not None
    assert scores.shape == (3, len(ROLES))
    assert ROLES[int(scores[0].argmax())] == ROLES[int(scores[2].argmax())] == "uses"
    of = {role: scores[1, ROLES.index(role)] for role in ROLES}
    assert of["uses"] == pytest.approx(of["studies"])
    assert of["uses"] == pytest.approx((np.log(0.93) + np.log(0.01)) / 2, abs=1e-5)


def test_without_scores_the_classifier_decides_alone() -> None:
    doc = spacy.blank("en")("We use Adam here")
    set_role_scores(doc, STARTS, np.zeros((4, 0)))
    assert role_scores(doc, [[(7, 11)]]) is None
    own = np.array([[0.5, 0.5, 0, 0, 0, 0, 0, 0]], np.float32)
    assert mixed(own, None, (1.0, 1.0)) is own


def test_the_two_opinions_meet_by_the_name_of_the_role() -> None:
    own = np.full((1, len(ROLES)), 1 / len(ROLES), np.float32)
    scores = np.log(said("evaluates_on"))
    names = sorted(role.value for role in Role)
    assert names[int(mixed(own, scores, (1.0, 0.5)).argmax())] == "evaluates_on"


@given(st.floats(0, 1.5), st.floats(0, 1.5), st.sampled_from(ROLES), st.sampled_from(ROLES))
def test_mixing_gives_probabilities(a: float, b: float, one: str, other: str) -> None:
    own, scores = said(one).astype(np.float32), np.log(said(other))
    assert mixed(own, scores, (a, b)).sum(axis=1) == pytest.approx(1.0, abs=1e-5)
