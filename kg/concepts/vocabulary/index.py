"""A vocabulary made ready for look-ups, and kept ready beside the file."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.concepts.vocabulary.parsing import Entry, entries
from kg.extraction.names import key

log = logging.getLogger(__name__)

_VERSION = 2
_LONGEST = 8
"""Words that the longest name found in a text may have."""


@dataclass(frozen=True)
class Vocabulary:
    """A vocabulary by name.

    Parameters
    ----------
    name : str
        Name of the file.
    names : mapping of str to tuple of str
        Names of each IRI, the preferred one first.
    exact : mapping of str to tuple of str
        IRIs of each name as written.
    keys : mapping of str to tuple of str
        IRIs of each normalised name.
    broader : mapping of str to tuple of str
        IRIs that are broader than an IRI.
    """

    name: str
    names: dict[str, tuple[str, ...]]
    exact: dict[str, tuple[str, ...]]
    keys: dict[str, tuple[str, ...]]
    broader: dict[str, tuple[str, ...]]

    @cached_property
    def blocks(self) -> dict[str, list[str]]:
        """Normalised names of at least eight letters by their first three, for fuzzy look-ups."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.keys):
            if len(name) >= 8:
                found[name[:3]].append(name)
        return dict(found)

    @cached_property
    def longest(self) -> int:
        """Words of the longest name, at most eight."""
        return min(_LONGEST, max((name.count(" ") + 1 for name in self.keys), default=1))

    def iri(self, name: str) -> str | None:
        """The one IRI that a name has, as written or else normalised; None for a homonym.

        Examples
        --------
        >>> cats = [Entry("e:2", ("Jaguar",)), Entry("e:3", ("jaguar",))]
        >>> v = make("v", [Entry("e:1", ("neural network",)), *cats])
        >>> v.iri("Neural Networks"), v.iri("Jaguar"), v.iri("JAGUAR"), v.iri("owl")
        ('e:1', 'e:2', None, None)
        """
        for found in (self.exact.get(name, ()), self.keys.get(key(name) or name, ())):
            if len(found) == 1:
                return found[0]
            if found:
                return None
        return None


def make(name: str, found: list[Entry]) -> Vocabulary:
    """Index the entries of a vocabulary."""
    exact: dict[str, dict[str, None]] = defaultdict(dict)
    keys: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in found:
        for written in entry.names:
            exact[written][entry.iri] = None
            keys[key(written) or written][entry.iri] = None
    return Vocabulary(
        name=name,
        names={e.iri: e.names for e in found},
        exact={n: tuple(sorted(iris)) for n, iris in exact.items()},
        keys={n: tuple(sorted(iris)) for n, iris in keys.items()},
        broader={e.iri: e.broader for e in found if e.broader},
    )


def read_vocabulary(path: str | os.PathLike[str]) -> Vocabulary:
    """Read a vocabulary, from the index beside the file where that is current.

    Parameters
    ----------
    path : path
        What :func:`kg.concepts.vocabulary.parsing.entries` reads. The index is
        ``.NAME.kg-index.json``; where the folder cannot be written there is none.

    Raises
    ------
    VocabularyError
        If the file cannot be read.
    """
    file = Path(path)
    cache = file.with_name(f".{file.name}.kg-index.json")
    stamp = _stamp(file)
    if stamp and cache.is_file():
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            data = json.loads(cache.read_text(encoding="utf-8"))
            if data["stamp"] == stamp:
                return make(file.name, [Entry(i, tuple(n), tuple(b)) for i, n, b in data["entries"]])
    found = entries(file)
    unfinished = cache.with_name(f"{cache.name}.{os.getpid()}")
    try:
        unfinished.write_text(
            json.dumps({"stamp": stamp, "entries": [[e.iri, e.names, e.broader] for e in found]}),
            encoding="utf-8",
        )
        unfinished.replace(cache)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        log.info("no index is kept beside %s (%s)", file, error)
    return make(file.name, found)


def _stamp(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            return f"{_VERSION} {hashlib.file_digest(stream, 'sha256').hexdigest()}"
    except OSError:
        return None
