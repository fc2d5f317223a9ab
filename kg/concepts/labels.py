"""A concept's label and id, from how its papers write it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.concepts.counts import Name
from kg.extraction.names import key, plain, singular
from kg.model import ConceptType

_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")
_SMALL_SHARE = 0.3
_GLOBAL_SHARE = 0.7
_TITLE_WEIGHT = 0.1
_START_WEIGHT = 0.3
_LONGEST_ID = 80


def concept_id(name: str) -> str:
    """The id of a concept, from the key of its label alone.

    Letters, digits, dots and hyphens only; different keys have different ids (a hash is added where
    the letters alone would not tell them apart).

    Examples
    --------
    >>> concept_id("gaussian mixture model"), concept_id("GMM")
    ('gaussian-mixture-model', 'GMM')
    >>> concept_id("c++"), concept_id("c")
    ('c-cedb1b', 'c')
    """
    slug = _UNSAFE.sub("-", name).strip("-.")[:_LONGEST_ID].rstrip("-.")
    if slug.replace("-", " ") == name:
        return slug
    digest = hashlib.sha256(name.encode()).hexdigest()[:6]
    return f"{slug}-{digest}" if slug else digest


class WordCase:
    """How often each word is written small, over the names of all papers' abstracts."""

    def __init__(self) -> None:
        self._small: Counter[str] = Counter()
        self._all: Counter[str] = Counter()

    def add(self, name: Name) -> None:
        """Count the words of one spelling."""
        for word in name.text.split():
            if word[0].isalpha():
                self._all[word.lower()] += name.in_abstract
                if word[0].islower():
                    self._small[word.lower()] += name.in_abstract

    def small(self, word: str) -> float:
        """Share of small writings; a word never seen in an abstract counts as a common noun."""
        total = self._all[word.lower()]
        return self._small[word.lower()] / total if total else 1.0


def label(name: str, names: Sequence[Name], words: WordCase, kind: ConceptType, proposed: bool) -> str:
    """The label of a concept: its commonest spelling, singular, small but for proper names.

    Parameters
    ----------
    name : str
        The concept's key.
    names : sequence of Name
        How the papers write it.
    words : WordCase
        Case of words in general.
    kind : ConceptType
        Names of datasets keep their number.
    proposed : bool
        Whether a paper proposes it: then capitals throughout are a proper name.
    """
    own = [n for n in names if key(n.text) == name] or list(names)
    shapes: dict[str, list[Name]] = defaultdict(list)
    for one in own:
        shapes[_shape(one.text)].append(one)
    shape = max(sorted(shapes), key=lambda s: sum(_weight(n) for n in shapes[s]))
    spellings = shapes[shape]
    best = max(sorted(spellings), key=lambda n: (_weight(n), n.text)).text
    text = plain(best)
    parts = text.split()
    if not parts:
        return best
    seen = {n.text.split()[-1] for n in spellings}
    proper = (kind == ConceptType.DATASET and parts[-1][0].isupper()) or any(
        c.isupper() for c in parts[-1][1:-1]
    )
    if not proper or _singular_of(parts[-1]) in seen or parts[-1][-2:-1].isupper():
        parts[-1] = _singular_of(parts[-1])
    defined = any(n.defined for n in names)
    written = [(plain(n.text).split(), _weight(n)) for n in spellings]
    named = proposed and not defined and all(p[0].isupper() or not p[0].isalpha() for p in parts)
    for i, part in enumerate(parts):
        if not part[0].isupper() or any(c.isupper() or c.isdigit() for c in part[1:]) or len(part) == 1:
            continue
        share = _small_share(i, written)
        if share >= _SMALL_SHARE or (share == 0 and not named and words.small(part) > _GLOBAL_SHARE):
            parts[i] = part.lower()
    return " ".join(parts)


def _shape(text: str) -> str:
    words = plain(text).lower().split()
    return " ".join([*words[:-1], singular(words[-1])]) if words else text


def _weight(name: Name) -> float:
    return name.in_abstract + _TITLE_WEIGHT * (name.papers - name.in_abstract)


def _small_share(at: int, written: list[tuple[list[str], float]]) -> float:
    """How much of the spellings writes a word small; a capital at the start of a sentence counts less."""
    small = total = 0.0
    for spelled, weight in written:
        if at < len(spelled):
            begins = at == 0 and len(spelled) > 1 and all(w[0].islower() for w in spelled[1:])
            total += weight * _START_WEIGHT if begins and spelled[0][0].isupper() else weight
            small += weight * spelled[at][0].islower()
    return small / total if total else 0.0


def _singular_of(word: str) -> str:
    """The singular with the word's own capitals."""
    if len(word) > 2 and word.endswith("s") and word[-2].isupper():
        return word[:-1]
    stem = singular(word.lower())
    common = 0
    while common < min(len(stem), len(word)) and stem[common] == word[common].lower():
        common += 1
    return word[:common] + stem[common:]
