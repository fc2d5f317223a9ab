"""Tables of figures."""

from __future__ import annotations

from typing import Any

from scripts.evaluation.gold import Gold

FIGURES = ("mention", "span", "overlap", "link", "typed_link", "role_link", "canon", "relation")


def overall(name: str, figures: dict[str, Any]) -> None:
    """Every figure of one system."""
    print(f"{name}: {figures['papers']} papers")
    for figure in FIGURES:
        s = figures[figure]
        print(f"  {figure:14s} P {s['p']:6.2f}  R {s['r']:6.2f}  F1 {s['f1']:6.2f}  (gold {s['n']})")
    print(f"  role accuracy of the links that match {figures['role_accuracy']:.2f}")


def types(figures: dict[str, Any]) -> None:
    """Mention figures of each type."""
    print("mentions by type")
    for kind, s in figures["per_type"].items():
        print(f"  {kind:14s} P {s['p']:6.2f}  R {s['r']:6.2f}  F1 {s['f1']:6.2f}  (gold {s['n']})")


def fields(gold: Gold, predicted: list[dict[str, Any]]) -> None:
    """F1 for each field of research."""
    print("F1 by field".ljust(28) + "".join(f"{f:>12s}" for f in FIGURES))
    for field in gold.fields:
        figures = gold.score(predicted, field)
        print(f"  {field} ({figures['papers']})".ljust(28) + _row(figures))


def compare(figures: dict[str, dict[str, Any]]) -> None:
    """F1 of several systems."""
    print("F1 by system".ljust(28) + "".join(f"{f:>12s}" for f in FIGURES))
    for name, one in figures.items():
        print(f"  {name}".ljust(28) + _row(one))


def _row(figures: dict[str, Any]) -> str:
    return "".join(f"{figures[f]['f1']:12.2f}" for f in FIGURES)
