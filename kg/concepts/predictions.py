"""Extraction and resolution in the format of the scorer, one JSON-ready object a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from kg.concepts.resolution import Resolution, term_types
from kg.model import Extraction


def predictions(extractions: Iterable[Extraction], resolution: Resolution) -> Iterator[dict[str, Any]]:
    """What was found in each paper: ``id``, ``mentions``, ``links`` and ``relations``.

    Concepts go by their label; where two concepts share one, by label and id.

    Parameters
    ----------
    extractions : iterable of Extraction
        The papers that `resolution` was made from.
    resolution : Resolution
        Their concepts.

    Yields
    ------
    dict
        Plain JSON types; the keys are those of the scorer, with confidences beside them.
    """
    shared = Counter(c.label for c in resolution.concepts)
    name = {c.id: c.label if shared[c.label] == 1 else f"{c.label} [{c.id}]" for c in resolution.concepts}
    for extraction in extractions:
        mentions, links = resolution.apply(extraction)
        kinds = term_types(extraction, resolution)
        stated = {(h, str(r), t): s.confidence for h, r, t, s in resolution.statements(extraction)}
        yield {
            "id": extraction.paper,
            "mentions": [
                {"field": str(m.field), "start": m.start, "end": m.end, "type": str(m.type),
                 "concept": name[m.concept], "confidence": m.confidence}
                for m in mentions
            ],
            "links": [
                {"concept": name[x.concept], "type": str(kinds[x.concept]), "role": str(x.role),
                 "confidence": x.confidence, "salience": x.salience}
                for x in links
            ],
            "relations": [
                {"head": name[h], "relation": r, "tail": name[t], "confidence": c}
                for (h, r, t), c in sorted(stated.items())
            ],
        }  # fmt: skip
