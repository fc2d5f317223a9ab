"""The lexicon of well-known names: plain data, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kg.extraction.names import key
from kg.model import ConceptType

FILE = "lexicon.tsv"


@dataclass(frozen=True, slots=True)
class Entry:
    """A well-known name: label, type, and what else it is called."""

    label: str
    type: ConceptType
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """All entries, in the order of the file.

    Examples
    --------
    >>> next(e for e in entries() if e.label == "Gaussian mixture model")
    Entry(label='Gaussian mixture model', type=<ConceptType.METHOD: 'Method'>, aliases=('GMM',))
    """
    rows = []
    for line in (files(__package__) / FILE).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, kind, aliases = line.split("\t")
            rows.append(Entry(label, ConceptType(kind), tuple(a for a in aliases.split("|") if a)))
    return tuple(rows)


@lru_cache(maxsize=1)
def by_key() -> Mapping[str, Entry]:
    """Entries by the key of their label and of each alias; labels go before aliases, the first entry wins.

    Examples
    --------
    >>> by_key()[key("support vector machines")].label
    'support vector machine'
    """
    found: dict[str, Entry] = {}
    for entry in entries():
        found.setdefault(key(entry.label), entry)
    for entry in entries():
        for alias in entry.aliases:
            found.setdefault(key(alias), entry)
    return found
