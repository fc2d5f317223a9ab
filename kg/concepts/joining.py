"""Which groups of names are one concept, and the rule that says so.

Only what can be explained joins: the lexicon, an abbreviation whose definitions agree, letters' case.
Likeness of spelling does only where papers define one abbreviation by long forms that are one letter
apart, one of them rare; it joins the frequent one, and nothing joins a name that is joined so: no chains.
"""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from kg.concepts.counts import Counts
from kg.extraction.lexicon import by_key
from kg.extraction.names import is_acronym, key
from kg.model import Rule

MIN_DEFINITIONS = 2
MISSPELT_RATIO, MISSPELT_LENGTH = 3, 12
LEXICON_SHARE = 0.8


class Join(NamedTuple):
    """A group's way to its concept: the concept's key, the rule, what the rule rests on."""

    target: str
    rule: Rule
    note: str
    paper: str | None = None


def joins(counts: Counts) -> dict[str, Join]:
    """The groups that belong to a concept of another key.

    Parameters
    ----------
    counts : Counts
        Of all the papers.

    Returns
    -------
    dict
        From the key of a group to its :class:`Join`; groups that stand for themselves are not in it.
    """
    mixed, wrong = _mixed_case(counts), misspelt(counts)
    found: dict[str, Join] = {}
    for name in counts.groups:
        join = _by_lexicon(name, counts, wrong) or _by_definition(name, counts, wrong) or wrong.get(name)
        if join is None and name.isupper() and name.lower() in mixed:
            join = Join(name.lower(), Rule.CASE, "")
        if join is not None and join.target != name:
            found[name] = join
    return {name: _followed(join, found) for name, join in found.items()}


def misspelt(counts: Counts) -> dict[str, Join]:
    """The long forms that are another one with one letter wrong, by what the papers call both.

    The right one is three times as frequent, or no rarer and what the lexicon, too, calls it.

    Parameters
    ----------
    counts : Counts
        Of all the papers.

    Returns
    -------
    dict
        From the key of the rare long form to its :class:`Join` with the frequent one.
    """
    found: dict[str, tuple[tuple[int, str, str], Join]] = {}
    for short, meanings in counts.definitions.items():
        papers = {long: int(n) for long, (n, _) in meanings.items()}
        for rare, often in permutations(meanings, 2):
            ratio = papers[often] / papers[rare]
            certain = ratio >= MISSPELT_RATIO or (ratio >= 1 and _lexicon_says(short, often, rare))
            if not certain or not _one_letter_apart(rare, often):
                continue
            order = (-papers[often], often, short)
            if rare not in found or order < found[rare][0]:
                note = f"one letter from {often}, which {papers[often]} papers call {short}"
                found[rare] = order, Join(often, Rule.SPELLING, note, str(meanings[rare][1]))
    return {rare: join for rare, (_, join) in found.items() if join.target not in found}


def _lexicon_says(short: str, often: str, rare: str) -> bool:
    named = by_key().get(short)
    return named is not None and key(named.label) == _lexicon_key(often) != _lexicon_key(rare)


def _one_letter_apart(rare: str, often: str) -> bool:
    plain = all(name.isascii() and not any(c.isdigit() for c in name) for name in (rare, often))
    return len(rare) >= MISSPELT_LENGTH and plain and Levenshtein.distance(rare, often, score_cutoff=1) == 1


def _followed(join: Join, found: dict[str, Join]) -> Join:
    """The end of a chain: an abbreviation's long form may itself be an alias of the lexicon."""
    seen = {join.target}
    target = join.target
    while target in found and found[target].target not in seen:
        target = found[target].target
        seen.add(target)
    return join._replace(target=target)


def _lexicon_key(name: str) -> str:
    entry = by_key().get(name)
    return key(entry.label) if entry is not None else name


def _meaning(long: str, wrong: dict[str, Join]) -> str:
    return _lexicon_key(wrong[long].target if long in wrong else long)


def _by_lexicon(name: str, counts: Counts, wrong: dict[str, Join]) -> Join | None:
    entry = by_key().get(name)
    if entry is None:
        return None
    target = key(entry.label)
    meanings = counts.definitions.get(name)
    if meanings and target != name:
        total = sum(int(found[0]) for found in meanings.values())
        agreeing = sum(int(found[0]) for long, found in meanings.items() if _meaning(long, wrong) == target)
        if agreeing < LEXICON_SHARE * total:
            return None
    return Join(target, Rule.LEXICON, f"the lexicon calls it {entry.label}")


def _by_definition(name: str, counts: Counts, wrong: dict[str, Join]) -> Join | None:
    meanings = counts.definitions.get(name)
    if not meanings or by_key().get(name) is not None:
        return None
    targets = {_meaning(long, wrong) for long in meanings}
    support = sum(int(found[0]) for found in meanings.values())
    if len(targets) != 1 or support < MIN_DEFINITIONS:
        return None
    paper = min(str(found[1]) for found in meanings.values())
    note = f"all {support} papers that define it agree"
    return Join(targets.pop(), Rule.ABBREVIATION, note, paper)


def _mixed_case(counts: Counts) -> set[str]:
    """Keys in small letters of names that are written with capitals inside ("ResNet") or with digits."""
    names = {group: name for name, group in counts.groups.items() if not name.isupper() and " " not in name}
    return {
        names[group]
        for group, name in counts.names()
        if group in names and (any(c.isupper() for c in name.text[1:]) or any(c.isdigit() for c in name.text))
        and not is_acronym(name.text)
    }  # fmt: skip
