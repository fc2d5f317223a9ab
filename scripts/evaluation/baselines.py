"""What simpler ways reach on the same papers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.concepts import predictions, resolve
from kg.extraction import extract, load
from scripts.evaluation.gold import Gold

SOURCES = ("lexicon", "patterns")


def run(gold: Gold) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Name and predictions of each baseline."""
    for name, without in (("lexicon only", ["patterns"]), ("patterns only", ["lexicon"])):
        found = list(extract(gold.records, nlp=load(without=without)))
        yield name, list(predictions(found, resolve(found)))
