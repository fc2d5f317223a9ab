"""What simpler ways reach on the same papers."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.concepts import predictions, resolve
from kg.extraction import extract, load
from kg.extraction.repair import occurrences
from kg.model import Paper
from scripts.evaluation import crf
from scripts.evaluation.gold import Gold

_SYSTEMS = {"lexicon only": ["lexicon"], "patterns only": ["patterns"], "both": ["lexicon", "patterns"]}


def run(gold: Gold, train: Path | None = None) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Name and predictions of each baseline; YAKE and the CRF where they are installed.

    Parameters
    ----------
    gold : Gold
        What they are measured on.
    train : Path, optional
        What the CRF is trained on; without it there is none.
    """
    for name, sources in _SYSTEMS.items():
        found = list(extract(gold.records, nlp=load(sources=sources)))
        yield name, list(predictions(found, resolve(found)))
    if _installed("yake"):
        import yake

        keywords = yake.KeywordExtractor(n=4, top=20)
        yield "YAKE, 20 keywords", [_yake(keywords, paper) for paper in gold.records]
    if train is not None and _installed("pycrfsuite"):
        found = list(extract(gold.records, nlp=crf.pipeline(train)))
        yield "CRF", list(predictions(found, resolve(found)))


def _installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _yake(keywords: Any, paper: Paper) -> dict[str, Any]:
    """Keywords wherever they stand, the longest first; YAKE knows no types: all are Concept."""
    found = sorted({k.lower() for k, _ in keywords.extract_keywords(f"{paper.title}. {paper.abstract}")})
    mentions = []
    for field in ("title", "abstract"):
        text = paper.text(field)
        small = (
            text.lower() if len(text.lower()) == len(text) else text
        )  # its keywords may be in small letters
        taken = bytearray(len(text))
        for surface in sorted(found, key=lambda s: (-len(s), s)):
            for start in occurrences(small, surface):
                end = start + len(surface)
                if not any(taken[start:end]):
                    taken[start:end] = b"\x01" * (end - start)
                    mentions.append({"field": field, "start": start, "end": end, "type": "Concept",
                                     "concept": surface})  # fmt: skip
    concepts = sorted({m["concept"] for m in mentions})
    links = [{"concept": c, "type": "Concept", "role": "mentions"} for c in concepts]
    return {"id": paper.id, "mentions": mentions, "links": links, "relations": []}
