"""The command: run, score, compare, show the worst errors."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kg.concepts import predictions, resolve
from kg.extraction import extract, load
from scripts.evaluation import baselines, card, errors, reliability, report
from scripts.evaluation.gold import Gold


def main(arguments: list[str]) -> int:
    """Measure, print, and give the exit status."""
    parser = argparse.ArgumentParser(
        prog="scripts/evaluate", description="Measure the extraction on an annotated corpus."
    )
    parser.add_argument(
        "gold", type=Path, help="annotated papers, one JSON object a line; score.py beside it"
    )
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--baselines", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument(
        "--train",
        type=Path,
        metavar="FILE",
        help="what the CRF learns from (train.jsonl beside GOLD)",
    )
    parser.add_argument(
        "--errors", type=int, default=15, metavar="N", help="how many errors of each kind to print"
    )
    parser.add_argument("--card", type=Path, metavar="FILE", help="put the tables into this model card")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    gold = Gold(options.gold)
    found = list(extract(gold.records, nlp=load(), workers=options.workers))
    predicted = list(predictions(found, resolve(found)))
    figures: dict[str, Any] = {"kg": gold.score(predicted)}
    report.overall("kg", figures["kg"])
    report.types(figures["kg"])
    report.fields(gold, predicted)
    if options.baselines:
        train = options.train or options.gold.with_name("train.jsonl")
        usable = train.is_file() and train.resolve() != options.gold.resolve()
        for name, guess in baselines.run(gold, train if usable else None):
            figures[name] = gold.score(guess)
        report.compare(figures)
    reliability.show(gold, predicted)
    errors.show(gold, predicted, options.errors)
    if options.card:
        card.update(options.card, gold, predicted, figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0
