"""Which terms of different papers are the same concept, by rules that can be explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kg.concepts.curation import Curation, parse_curation
from kg.concepts.normalise import name_key
from kg.model import Extraction, Paper

if TYPE_CHECKING:
    from kg.concepts.resolution import Resolution
    from kg.concepts.vocabulary import Vocabulary

__all__ = [
    "Curation",
    "name_key",
    "parse_curation",
    "predictions",
    "read_vocabulary",
    "resolve",
    "with_names",
]


def resolve(
    extractions: Iterable[Extraction],
    *,
    curation: Curation | None = None,
    vocabularies: Sequence[Vocabulary] = (),
) -> Resolution:
    """Find the concepts of a set of papers; see :func:`kg.concepts.resolution.resolve`."""
    from kg.concepts import resolution  # NumPy: only where it is needed

    return resolution.resolve(extractions, curation=curation, vocabularies=vocabularies)


def predictions(extractions: Iterable[Extraction], resolution: Resolution) -> Iterator[dict[str, Any]]:
    """What was found, in the scorer's format; see :func:`kg.concepts.predictions.predictions`."""
    from kg.concepts.predictions import predictions as made

    return made(extractions, resolution)


def read_vocabulary(path: str) -> Vocabulary:
    """Read an outside vocabulary; see :func:`kg.concepts.vocabulary.index.read_vocabulary`."""
    from kg.concepts.vocabulary import read_vocabulary as read

    return read(path)


def with_names(paper: Paper, extraction: Extraction, vocabularies: Sequence[Vocabulary]) -> Extraction:
    """Add a vocabulary's names to what was found; see :func:`kg.concepts.vocabulary.finding.with_names`."""
    from kg.concepts.vocabulary import with_names as added

    return added(paper, extraction, vocabularies)
