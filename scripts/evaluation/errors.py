"""The errors to read: what weighs most, by kind."""

from __future__ import annotations

from collections import Counter
from typing import Any

from scripts.evaluation.gold import Gold


def show(gold: Gold, predicted: list[dict[str, Any]], number: int) -> None:
    """Print the most frequent errors of each kind, with one paper where they occur."""
    if number < 1:
        return
    kinds: dict[str, Counter[tuple[str, ...]]] = {
        k: Counter() for k in ("missed term", "no such term", "wrong boundary", "wrong type", "wrong role")
    }
    where: dict[tuple[str, ...], str] = {}
    by_id = {p["id"]: p for p in predicted}
    for paper in gold.papers:
        guess = by_id.get(paper["id"], {"mentions": [], "links": []})
        for kind, what in _errors(gold, paper, guess):
            kinds[kind][what] += 1
            where.setdefault((kind, *what), paper["id"])
    for kind, found in kinds.items():
        print(f"{kind}: {sum(found.values())}")
        for what, count in sorted(found.items(), key=lambda kv: (-kv[1], kv[0]))[:number]:
            print(f"  {count:3d}  {' -> '.join(what)}  ({where[(kind, *what)]})")


def _errors(gold: Gold, paper: dict[str, Any], guess: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    truth = gold.mentions(paper)
    terms = paper["terms"]
    mine = {(m["field"], m["start"], m["end"]): m for m in guess["mentions"]}
    roles = {x["concept"]: x["role"] for x in guess["links"]}
    found: list[tuple[str, tuple[str, ...]]] = []

    def text(place: tuple[str, int, int]) -> str:
        return str(paper[place[0]][place[1] : place[2]])

    def crossing(place: tuple[str, int, int], others: Any) -> tuple[str, int, int] | None:
        return next((o for o in others if o[0] == place[0] and o[1] < place[2] and place[1] < o[2]), None)

    judged = set()
    for place, i in truth.items():
        if place not in mine:
            other = crossing(place, mine)
            if other is None:
                found.append(("missed term", (text(place), terms[i]["t"])))
            else:
                found.append(("wrong boundary", (text(other), text(place))))
            continue
        m = mine[place]
        if m["type"] != terms[i]["t"]:
            found.append(("wrong type", (m["type"], terms[i]["t"], text(place))))
        if i not in judged and roles.get(m["concept"]) != terms[i]["r"]:
            found.append(("wrong role", (roles.get(m["concept"], "none"), terms[i]["r"], terms[i]["t"])))
        judged.add(i)
    for place, m in mine.items():
        if place not in truth and crossing(place, truth) is None:
            found.append(("no such term", (text(place), m["type"])))
    return found
