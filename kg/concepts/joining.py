"""Which groups of names are one concept, and the rule that says so.

Only what can be explained joins: the lexicon, an abbreviation whose definitions agree, letters' case.
Likeness of spelling never does, so nothing cascades.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.concepts.counts import Counts
from kg.extraction.lexicon import by_key
from kg.extraction.names import is_acronym, key
from kg.model import Rule

MIN_DEFINITIONS = 2
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
    mixed = _mixed_case(counts)
    found: dict[str, Join] = {}
    for name in counts.groups:
        join = _by_lexicon(name, counts) or _by_definition(name, counts)
        if join is None and name.isupper() and name.lower() in mixed:
            join = Join(name.lower(), Rule.CASE, "")
        if join is not None and join.target != name:
            found[name] = join
    return {name: _followed(join, found) for name, join in found.items()}


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


def _by_lexicon(name: str, counts: Counts) -> Join | None:
    entry = by_key().get(name)
    if entry is None:
        return None
    target = key(entry.label)
    meanings = counts.definitions.get(name)
    if meanings and target != name:
        total = sum(int(found[0]) for found in meanings.values())
        agreeing = sum(int(found[0]) for long, found in meanings.items() if _lexicon_key(long) == target)
        if agreeing < LEXICON_SHARE * total:
            return None
    return Join(target, Rule.LEXICON, f"the lexicon calls it {entry.label}")


def _by_definition(name: str, counts: Counts) -> Join | None:
    meanings = counts.definitions.get(name)
    if not meanings or by_key().get(name) is not None:
        return None
    targets = {_lexicon_key(long) for long in meanings}
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
