"""What simpler ways reach on the same papers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.concepts import predictions, resolve
from kg.extraction import extract, load
from scripts.evaluation.gold import Gold


def run(gold: Gold) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Name and predictions of each baseline."""
    systems = {"lexicon only": ["lexicon"], "patterns only": ["patterns"], "both": ["lexicon", "patterns"]}
    for name, sources in systems.items():
        found = list(extract(gold.records, nlp=load(sources=sources)))
        yield name, list(predictions(found, resolve(found)))
