"""Train roles and relations: python -m scripts.training.decisions --help.

Roles are learned from the annotated terms; relations from pairs of them, with the roles that a model
which never saw the paper gives them. Both see what the tagger's network has made of the words, too.
Thresholds are chosen on what is out of fold, of papers that the network has not seen. Nothing of the
development set is read.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extraction import load
from kg.extraction import relation_features as pairwise
from kg.extraction import role_features as termwise
from kg.extraction.relations import BACKWARDS, FORWARDS, NONE
from kg.extraction.tagger.states import states
from kg.extraction.view import view
from scripts.training.annotated import Annotated, annotated
from scripts.training.classifier import Settings, fit, matrix, out_of_fold

ROLES = Settings(smoothing=0.05, drop_numbers=0.5)
RELATIONS = Settings(
    more=64, epochs=6, rate=0.006, decay=0.6, drop_hidden=0.3, drop_numbers=0.3, smoothing=0.0
)
FOLDS = 5
UNSEEN = 10  # the network that ships has not seen every tenth paper, from the first
# The F1 of relations between found terms is so much of that between annotated ones: the mean probability of
# the terms found in 300 held-out papers (seen on the development part with two networks: 0.73 and 0.70).
SURE = 0.74
WRONG_TYPES = 0.13
CONFUSED = {
    "Method": {"Concept": 13, "Task": 5, "Metric": 1, "Dataset": 1},
    "Concept": {"Method": 12, "Task": 5, "Metric": 3},
    "Task": {"Concept": 10, "Method": 10},
    "Dataset": {"Method": 10, "Concept": 8, "Task": 2},
    "Metric": {"Concept": 18, "Method": 2},
}
GATE_RATE, GATE_SUPPORT = 0.025, 2
Array = NDArray[Any]
Arrays = dict[str, NDArray[Any]]


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--extra", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    begun = time.monotonic()
    papers = list(annotated(load(decide=False), options.gold, options.extra))
    types = disturb(papers)
    arrays = roles(papers)
    restore(papers, types)
    print(f"roles after {time.monotonic() - begun:.0f} s", flush=True)
    arrays |= relations(papers)
    out = options.out / "decisions.npz" if options.out.is_dir() else options.out
    np.savez_compressed(out, **arrays)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB after {time.monotonic() - begun:.0f} s")


def disturb(papers: list[Annotated]) -> list[str]:
    """Give some terms a wrong type, as often as the tagger does: roles must not lean on it.

    Returns
    -------
    list of str
        The types as they were.
    """
    chance = random.Random(0)
    types = [draft.type for paper in papers for draft in paper.drafts]
    for paper in papers:
        for draft in paper.drafts:
            if chance.random() < WRONG_TYPES:
                others, weights = zip(*CONFUSED[draft.type].items(), strict=True)
                draft.type = chance.choices(others, weights)[0]
        paper.seen = view(paper.doc, paper.drafts)
    return types


def restore(papers: list[Annotated], types: list[str]) -> None:
    """Undo :func:`disturb`."""
    drafts = (draft for paper in papers for draft in paper.drafts)
    for draft, kind in zip(drafts, types, strict=True):
        draft.type = kind
    for paper in papers:
        paper.seen = view(paper.doc, paper.drafts)


def roles(papers: list[Annotated]) -> Arrays:
    """Fit the roles; leaves on every draft its role out of fold."""
    features = [one for p in papers for one in termwise.features(p.seen, p.drafts)]
    rows = _stacked(termwise.numbers(states(p.doc), p.drafts) for p in papers)
    x = matrix(features)
    y = np.array([role for p in papers for role in p.roles])
    of = np.array([i for i, p in enumerate(papers) for _ in p.roles])
    classes, found = out_of_fold(x, features, rows, y, of, ROLES, FOLDS)
    best = np.array(classes)[found.argmax(axis=1)]
    unseen = of % UNSEEN == 0
    for name, which in (("all", slice(None)), ("papers new to the network", unseen)):
        right = np.mean(best[which] == y[which])
        print(f"roles of {len(y[which])} terms, {name}: accuracy out of fold {right:.4f}", flush=True)
    drafts = [draft for p in papers for draft in p.drafts]
    for draft, role in zip(drafts, best, strict=True):
        draft.role = str(role)
    return fit(x, rows, y, of, ROLES).arrays("roles")


def _stacked(parts: Iterable[Array | None]) -> Array:
    """The numbers of all papers, one below the other, in sixteen bits each."""
    return np.concatenate([part.astype(np.float16) for part in parts if part is not None])


def relations(papers: list[Annotated]) -> Arrays:
    """Fit the relations, choose the gates and the threshold."""
    gates: Counter[str] = Counter()
    related: Counter[str] = Counter()
    for p in papers:
        for pair in pairwise.pairs(p.seen, p.drafts):
            name = pairwise.gate(p.seen, p.drafts, pair)
            gates[name] += 1
            related[name] += _name(p, pair) != NONE
    kept = sorted(g for g in gates if related[g] >= GATE_SUPPORT and related[g] >= GATE_RATE * gates[g])
    open_gates = frozenset(kept)
    features, numbers, y, of = [], [], [], []
    for i, p in enumerate(papers):
        judged = [
            pair
            for pair in pairwise.pairs(p.seen, p.drafts)
            if pairwise.gate(p.seen, p.drafts, pair) in open_gates
        ]
        features += [pairwise.features(p.seen, p.drafts, pair) for pair in judged]
        numbers.append(pairwise.numbers(states(p.doc), p.seen, p.drafts, judged))
        y += [_name(p, pair) for pair in judged]
        of += [i] * len(judged)
    stated = sum(p.stated for p in papers)
    print(f"relations: {stated} stated, {sum(n != NONE for n in y)} of them in {len(y)} pairs "
          f"of {sum(gates.values())} ({len(kept)} of {len(gates)} gates open)", flush=True)  # fmt: skip
    x, rows, labels, number = matrix(features), _stacked(numbers), np.array(y), np.array(of)
    classes, found = out_of_fold(x, features, rows, labels, number, RELATIONS, FOLDS)
    _best_f1("all", classes, found, labels, stated)
    unseen = number % UNSEEN == 0
    stated = sum(p.stated for p in papers[::UNSEEN])
    f1 = _best_f1("papers new to the network", classes, found[unseen], labels[unseen], stated)
    arrays = fit(x, rows, labels, number, RELATIONS).arrays("relations")
    return arrays | {
        "relations.gates": np.array(kept),
        # Of calibrated probabilities the threshold with the best F1 is half of that F1: Lipton, Elkan and
        # Naryanaswamy, Optimal thresholding of classifiers to maximize F1 measure, ECML PKDD 2014.
        "relations.threshold": np.array([round(f1 / 2 * SURE, 3)]),
    }


def _name(paper: Annotated, pair: pairwise.Pair) -> str:
    """The class of a pair: its relation with its direction, or none."""
    if (pair.first, pair.second) in paper.relations:
        return paper.relations[pair.first, pair.second] + FORWARDS
    if (pair.second, pair.first) in paper.relations:
        return paper.relations[pair.second, pair.first] + BACKWARDS
    return NONE


def _best_f1(which: str, classes: list[str], found: NDArray[Any], labels: NDArray[Any], stated: int) -> float:
    """The best F1 out of fold, of any threshold."""
    found = found.copy()
    found[:, classes.index(NONE)] = 0.0
    best, names = found.max(axis=1), np.array(classes)[found.argmax(axis=1)]
    order = np.argsort(-best, kind="stable")
    right = np.cumsum(names[order] == labels[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + stated)
    at = int(f1.argmax())
    print(f"relations, {which}: F1 out of fold {f1[at]:.4f} at {best[order[at]]:.3f}, "
          f"precision {right[at] / (at + 1):.3f}, recall {right[at] / stated:.3f}", flush=True)  # fmt: skip
    return float(f1[at])


if __name__ == "__main__":
    main()
