"""Whether confidence means what it says: of what is given at 0.8, are 80 % right?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.evaluation.gold import Gold

BINS = 10


def show(gold: Gold, predicted: list[dict[str, Any]]) -> None:
    """Print a table for mentions, links with their role, and relations."""
    pairs = {"mentions": [], "links": [], "relations": []}  # type: dict[str, list[tuple[float, bool]]]
    by_id = {p["id"]: p for p in predicted}
    for paper in gold.papers:
        guess = by_id.get(paper["id"])
        if guess is not None:
            for kind, one in judged(gold, paper, guess):
                pairs[kind].append(one)
    for kind, found in pairs.items():
        if found:
            print(f"reliability of {kind}: expected calibration error {_error(found):.3f}")
            for low, group in _bins(found):
                right = sum(ok for _, ok in group) / len(group)
                mean = sum(p for p, _ in group) / len(group)
                print(
                    f"  {low:.1f} to {low + 1 / BINS:.1f}: said {mean:.2f}, right {right:.2f}  ({len(group)})"
                )


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


def _bins(found: list[tuple[float, bool]]) -> Iterator[tuple[float, list[tuple[float, bool]]]]:
    for k in range(BINS):
        group = [one for one in found if min(int(one[0] * BINS), BINS - 1) == k]
        if group:
            yield k / BINS, group


def _error(found: list[tuple[float, bool]]) -> float:
    total = 0.0
    for _, group in _bins(found):
        total += abs(sum(p for p, _ in group) - sum(ok for _, ok in group))
    return total / len(found)
