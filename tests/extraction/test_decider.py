from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extraction.decider import CLASSES, GAPS, MANY, ROLES, TYPES, Decider, step
from kg.extraction.document import Candidate, Draft
from kg.extraction.pairs import Pair
from kg.extraction.tagger.states import States
from kg.extraction.view import Place

Array = NDArray[Any]
WIDTH, HIDDEN, SMALL = 6, 5, 3
SHAPES = {
    **dict.fromkeys(("mention", "earliest", "paper", "left", "right", "between"), (HIDDEN, WIDTH)),
    **dict.fromkeys(("both", "one", "other", "deep"), (HIDDEN, HIDDEN)),
    **{"kind": (HIDDEN, SMALL), "kinds": (HIDDEN, 3 * SMALL)},
    **{"role": (len(ROLES), HIDDEN), "relation": (len(CLASSES), HIDDEN)},
}
PLACES = (Place(0, 0), Place(0, 0))


def weights() -> dict[str, Array]:
    chance = np.random.default_rng(0)
    made = {f"{name}.weight": chance.normal(size=shape) for name, shape in SHAPES.items()}
    made |= {f"{name}.bias": chance.normal(size=shape[0]) for name, shape in SHAPES.items()}
    made |= {f"{name}.weight": chance.normal(size=(HIDDEN, 3 * HIDDEN)) for name in ("terms", "pairs")}
    made["types.weight"] = chance.normal(size=(len(TYPES), SMALL))
    made["gaps.weight"] = chance.normal(size=(len(GAPS), SMALL))
    made["counts.weight"] = chance.normal(size=(MANY + 1, HIDDEN))
    return {name: value.astype(np.float32) for name, value in made.items()}


# Six words, of five letters with the blank after each: word k begins at 5 * k.
ROWS = np.random.default_rng(1).normal(size=(6, WIDTH)).astype(np.float32)
READ = States(np.arange(0, 30, 5), np.concatenate([np.zeros((1, WIDTH), np.float32), ROWS.cumsum(0)]))


def draft(kind: str, *mentions: tuple[int, int]) -> Draft:
    return Draft("a", kind, 1.0, [Candidate(start, end, kind, 1.0) for start, end in mentions])


DRAFTS = [draft("Method", (0, 4), (20, 24)), draft("Task", (5, 14)), draft("Method", (25, 29))]
PAIRS = [
    Pair(0, 1, (0, 4), (5, 14), PLACES, 0),
    Pair(0, 2, (20, 24), (25, 29), PLACES, 0),
    Pair(1, 2, (5, 14), (25, 29), PLACES, 2),
]


def linear(w: dict[str, Array], name: str, x: Array) -> Array:
    made: Array = w[f"{name}.weight"] @ x + w.get(f"{name}.bias", 0.0)
    return made


def beside(rows: list[Array], k: int) -> Array:
    return np.concatenate([rows[max(k - 1, 0)], rows[min(k + 1, len(rows) - 1)], np.mean(rows, 0)])


def likely(scores: Array) -> Array:
    made: Array = np.exp(scores) / np.exp(scores).sum()
    return made


def term_rows(w: dict[str, Array]) -> list[Array]:
    """The terms step by step: each from its words, then from the terms beside it."""
    words = [[ROWS[0], ROWS[4]], [ROWS[1:3].mean(0)], [ROWS[5]]]
    made = []
    for one, kind in zip(words, ("Method", "Task", "Method"), strict=True):
        row = linear(w, "mention", np.mean(one, 0)) + linear(w, "earliest", one[0])
        row = row + linear(w, "paper", ROWS.mean(0)) + linear(w, "kind", w["types.weight"][TYPES.index(kind)])
        made.append(np.maximum(row + w["counts.weight"][len(one)], 0))
    return [row + np.maximum(linear(w, "terms", beside(made, k)), 0) for k, row in enumerate(made)]


def test_roles_are_those_of_the_network_written_out() -> None:
    w = weights()
    rows, found = Decider(w).terms(READ, DRAFTS)
    assert np.allclose(rows, term_rows(w), atol=1e-4)
    assert np.allclose(found, [likely(linear(w, "role", row)) for row in term_rows(w)], atol=1e-4)


def test_relations_are_those_of_the_network_written_out() -> None:
    w = weights()
    terms, made = term_rows(w), []
    kinds = [w["types.weight"][TYPES.index(draft.type)] for draft in DRAFTS]
    words = [
        (ROWS[0], None, ROWS[1:3].mean(0)),
        (ROWS[4], None, ROWS[5]),
        (ROWS[1:3].mean(0), ROWS[3:5].mean(0), ROWS[5]),
    ]
    for (one, between, other), pair in zip(words, PAIRS, strict=True):
        left, right = linear(w, "left", one), linear(w, "right", other)
        told = np.concatenate([kinds[pair.first], kinds[pair.second], w["gaps.weight"][step(pair.gap)]])
        row = left + right + linear(w, "both", left * right) + linear(w, "kinds", told)
        row = row + linear(w, "between", np.zeros(WIDTH) if between is None else between)
        row = row + linear(w, "one", terms[pair.first]) + linear(w, "other", terms[pair.second])
        made.append(np.maximum(row, 0))
    deep = [
        np.maximum(linear(w, "deep", row) + linear(w, "pairs", beside(made, k)), 0)
        for k, row in enumerate(made)
    ]
    decider = Decider(w)
    found = decider.pairs(READ, DRAFTS, decider.terms(READ, DRAFTS)[0], PAIRS)
    assert np.allclose(found, [likely(linear(w, "relation", row)) for row in deep], atol=1e-4)


def test_without_terms_or_pairs_there_is_nothing_to_decide() -> None:
    decider = Decider(weights())
    rows, found = decider.terms(READ, [])
    assert found.shape == (0, len(ROLES))
    assert decider.pairs(READ, [], rows, []).shape == (0, len(CLASSES))


def test_a_paper_that_no_network_has_read_is_one_of_empty_rows() -> None:
    decider, empty = Decider(weights()), States(READ.starts, np.zeros_like(READ.sums))
    rows, found = decider.terms(None, DRAFTS)
    assert np.allclose(found, decider.terms(empty, DRAFTS)[1])
    assert np.allclose(decider.pairs(None, DRAFTS, rows, PAIRS), decider.pairs(empty, DRAFTS, rows, PAIRS))
    assert not np.allclose(found, decider.terms(READ, DRAFTS)[1])
