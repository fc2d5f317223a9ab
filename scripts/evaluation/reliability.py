"""Whether confidence means what it says: of what is given at 0.8, are 80 % right?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.evaluation.gold import Gold

BINS = 10


Pairs = list[tuple[float, bool]]


def show(gold: Gold, predicted: list[dict[str, Any]]) -> None:
    """Print a table for mentions, links with their role, and relations."""
    for kind, found in judgements(gold, predicted).items():
        print(f"reliability of {kind}: expected calibration error {error(found):.3f}")
        for low, said, right, number in bins(found):
            print(f"  {low:.1f} to {low + 1 / BINS:.1f}: said {said:.2f}, right {right:.2f}  ({number})")


def judgements(gold: Gold, predicted: list[dict[str, Any]]) -> dict[str, Pairs]:
    """Confidence and rightness of all that was found, by kind; kinds without anything are left out."""
    pairs: dict[str, Pairs] = {"mentions": [], "links": [], "relations": []}
    by_id = {p["id"]: p for p in predicted}
    for paper in gold.papers:
        guess = by_id.get(paper["id"])
        if guess is not None:
            for kind, one in judged(gold, paper, guess):
                pairs[kind].append(one)
    return {kind: found for kind, found in pairs.items() if found}


def judged(
    gold: Gold, paper: dict[str, Any], guess: dict[str, Any]
) -> Iterator[tuple[str, tuple[float, bool]]]:
    """Kind, confidence and rightness of everything found in one paper, judged as the scorer does."""
    truth = gold.mentions(paper)
    terms = paper["terms"]
    shared: dict[tuple[str, int], int] = {}
    for m in guess["mentions"]:
        i = truth.get((m["field"], m["start"], m["end"]))
        yield "mentions", (m["confidence"], i is not None and terms[i]["t"] == m["type"])
        if i is not None:
            shared[m["concept"], i] = shared.get((m["concept"], i), 0) + 1
    stands: dict[str, int] = {}
    for (label, i), _ in sorted(shared.items(), key=lambda kv: (-kv[1], kv[0])):
        if label not in stands and i not in stands.values():
            stands[label] = i
    for link in guess["links"]:
        i = stands.get(link["concept"])
        yield "links", (link["confidence"], i is not None and terms[i]["r"] == link["role"])
    index = {t["c"]: i for i, t in enumerate(terms)}
    stated = {(index[h], r, index[t]) for h, r, t in paper["relations"]}
    for one in guess["relations"]:
        triple = (stands.get(one["head"]), one["relation"], stands.get(one["tail"]))
        yield "relations", (one["confidence"], triple in stated)


def bins(found: Pairs) -> Iterator[tuple[float, float, float, int]]:
    """Of each tenth of the confidences: where it begins, what was said and was right on average, how many."""
    for low, group in _groups(found):
        said, right = sum(p for p, _ in group), sum(ok for _, ok in group)
        yield low, said / len(group), right / len(group), len(group)


def error(found: Pairs) -> float:
    """The expected calibration error."""
    total = 0.0
    for _, group in _groups(found):
        total += abs(sum(p for p, _ in group) - sum(ok for _, ok in group))
    return total / len(found)


def _groups(found: Pairs) -> Iterator[tuple[float, Pairs]]:
    for k in range(BINS):
        group = [one for one in found if min(int(one[0] * BINS), BINS - 1) == k]
        if group:
            yield k / BINS, group
