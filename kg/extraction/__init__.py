"""From the text of papers to terms, roles and relations: a spaCy pipeline of the project's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from kg.model import Extraction, Paper

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["extract", "fingerprint", "load"]


def load(*, sources: Sequence[str] = ()) -> Language:
    """The pipeline that ships with the package; see :func:`kg.extraction.pipeline.load`."""
    from kg.extraction import pipeline  # spaCy takes half a second to import: only where it is needed

    return pipeline.load(sources=sources)


def extract(papers: Iterable[Paper], nlp: Language | None = None, workers: int = 1) -> Iterator[Extraction]:
    """What each paper says, in the order of the papers; see :func:`kg.extraction.run.extract`."""
    from kg.extraction import run

    return run.extract(papers, nlp=nlp, workers=workers)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """What tells one version of the extraction from another: a hash of its code, word lists and weights.

    Examples
    --------
    >>> len(fingerprint())
    16
    """
    digest = hashlib.sha256()
    _add(digest, files(__package__))
    return digest.hexdigest()[:16]


def _add(digest: hashlib._Hash, folder: Traversable) -> None:
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        elif path.name != "__pycache__":
            _add(digest, path)
