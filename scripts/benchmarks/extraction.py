"""How many papers a second are extracted, on one core and on two, beside spaCy's tokenizer and YAKE."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
import yake

from kg import concepts, extraction
from kg.model import Paper
from scripts.benchmarks.texts import papers

NUMBER = 600


def run(shared: Path) -> list[dict[str, Any]]:
    """Papers a second of wall time (start of the pipeline included for ours) and seconds of CPU."""
    found = papers(shared, NUMBER)
    tokenizer = spacy.blank("en")
    keywords = yake.KeywordExtractor(n=4, top=20)

    def ours(workers: int) -> Callable[[list[Paper]], object]:
        def extract(some: list[Paper]) -> object:
            made = list(extraction.extract(some, workers=workers))
            resolution = concepts.resolve(made)
            return [resolution.apply(one) for one in made]

        return extract

    systems: dict[str, tuple[Callable[[list[Paper]], object], int]] = {
        "kg, one process": (ours(1), NUMBER),
        "kg, two processes": (ours(2), NUMBER),
        "spaCy's tokenizer alone": (lambda some: [len(tokenizer(p.abstract)) for p in some], NUMBER),
        "YAKE": (lambda some: [keywords.extract_keywords(p.abstract) for p in some], NUMBER // 6),
    }
    rows = []
    for name, (system, number) in systems.items():
        started, cpu = time.perf_counter(), time.process_time()
        system(found[:number])
        wall = time.perf_counter() - started
        rows.append(
            {
                "system": name,
                "papers": number,
                "papers a second": round(number / wall, 1),
                "CPU s of this process": round(time.process_time() - cpu, 2),
            }
        )
    return rows
