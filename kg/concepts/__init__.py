"""Which terms of different papers are the same concept, by rules that can be explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.concepts.curation import Curation, parse_curation
from kg.concepts.normalise import name_key
from kg.model import Extraction

if TYPE_CHECKING:
    from kg.concepts.resolution import Resolution

__all__ = ["Curation", "name_key", "parse_curation", "predictions", "resolve"]


def resolve(extractions: Iterable[Extraction], *, curation: Curation | None = None) -> Resolution:
    """Find the concepts of a set of papers; see :func:`kg.concepts.resolution.resolve`."""
    from kg.concepts import resolution  # NumPy: only where it is needed

    return resolution.resolve(extractions, curation=curation)


def predictions(extractions: Iterable[Extraction], resolution: Resolution) -> Iterator[dict[str, Any]]:
    """What was found, in the scorer's format; see :func:`kg.concepts.predictions.predictions`."""
    from kg.concepts.predictions import predictions as made

    return made(extractions, resolution)
