"""A concept's label and id, from how its papers write it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.concepts.counts import Name
from kg.extraction.lexicon import by_key
from kg.extraction.names import HEAD_FIRST, key, plain, singular
from kg.model import ConceptType

_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")
_SMALL_SHARE = 0.3
_GLOBAL_SHARE = 0.7
_OUTSIDE_WEIGHT = 0.1  # of a spelling in titles and at the beginnings of sentences alone
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
    """How often each word is written small, over the names of all papers, within sentences of abstracts."""

    def __init__(self) -> None:
        self._small: Counter[str] = Counter()
        self._all: Counter[str] = Counter()

    def add(self, name: Name) -> None:
        """Count the words of one spelling."""
        for word, small, tells in cases(name.text):
            if tells:
                self._all[word] += name.inside
                self._small[word] += small * name.inside

    def share(self, word: str) -> float | None:
        """Share of small writings; None for a word that was never seen within a sentence."""
        total = self._all[word]
        return self._small[word] / total if total else None

    def small(self, word: str) -> float:
        """Share of small writings; an unknown word is as its parts, else as in the lexicon, else small."""
        word = word.lower()
        share = self.share(word)
        if share is not None:
            return share
        parts = [part for part in word.split("-") if part]
        if len(parts) > 1:
            return min(self.small(part) for part in parts)
        return float(word not in _proper())


def cases(text: str) -> Iterator[tuple[str, bool, bool]]:
    """The words of a spelling, in lower case; whether each is written small; whether that tells anything.

    A word with hyphens comes in its parts, too. Capitals throughout tell nothing of the single words.

    Examples
    --------
    >>> list(cases("Gaussian process")), list(cases("Graph Network"))[0]
    ([('gaussian', False, True), ('process', True, True)], ('graph', False, False))
    """
    words = [word for word in text.split() if word[0].isalpha()]
    tells = len(words) < 2 or any(word[0].islower() for word in words)
    for word in words:
        for one in dict.fromkeys((word, *word.split("-"))):
            if one and one[0].isalpha():
                yield one.lower(), one[0].islower(), tells


@lru_cache(maxsize=1)
def _proper() -> frozenset[str]:
    """The words that the lexicon writes with a capital."""
    told = (one for entry in by_key().values() for one in cases(entry.label))
    return frozenset(word for word, small, tells in told if tells and not small)


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
        Names of datasets keep their number, and capitals throughout.
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
    head_first = any(part in HEAD_FIRST for part in parts[1:-1])
    if not head_first and (not proper or _singular_of(parts[-1]) in seen or parts[-1][-2:-1].isupper()):
        parts[-1] = _singular_of(parts[-1])
    defined = any(n.defined for n in names)
    written = [(plain(n.text).split(), _weight(n)) for n in spellings]
    capitals = all(p[0].isupper() or not p[0].isalpha() for p in parts)
    named = capitals and (kind == ConceptType.DATASET or (proposed and not defined))
    for i, part in enumerate(parts):
        if not part[0].isupper() or not all(p[1:].islower() and p.isalpha() for p in part.split("-")):
            continue
        share = _small_share(i, written)
        if share >= _SMALL_SHARE or (share == 0 and not named and words.small(part) > _GLOBAL_SHARE):
            parts[i] = part.lower()
    return " ".join(parts)


def _shape(text: str) -> str:
    words = plain(text).lower().split()
    return " ".join([*words[:-1], singular(words[-1])]) if words else text


def _weight(name: Name) -> float:
    return name.inside + _OUTSIDE_WEIGHT * (name.papers - name.inside)


def _small_share(at: int, written: list[tuple[list[str], float]]) -> float:
    """How much of the spellings writes a word small."""
    small = total = 0.0
    for spelled, weight in written:
        if at < len(spelled):
            total += weight
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
