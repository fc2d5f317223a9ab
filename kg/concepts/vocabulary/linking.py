"""Concepts and the IRIs of outside vocabularies: joined by them, linked to them, ordered by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from kg.concepts.joining import Join
from kg.concepts.vocabulary.index import Vocabulary
from kg.extraction.names import is_acronym, key
from kg.model import Alias, Concept, Rule

FUZZY = 94.0
"""Least rapidfuzz ratio of a fuzzy match; what is below is more often another thing."""


def vocabulary_joins(
    names: Iterable[str], found: dict[str, Join], vocabularies: Sequence[Vocabulary]
) -> dict[str, Join]:
    """Joins of groups whose normalised names have one and the same IRI.

    Parameters
    ----------
    names : iterable of str
        Keys of all groups.
    found : dict
        Joins by rule; they go first.
    vocabularies : sequence of Vocabulary
        Earlier ones go before later ones. Abbreviations join nothing: what they mean depends on the paper.

    Returns
    -------
    dict
        All joins.
    """
    joins = dict(found)
    ordered = sorted(names)
    there = set(ordered)
    for vocabulary in vocabularies:
        for name in ordered:
            iris = vocabulary.keys.get(name, ())
            if name in joins or len(iris) != 1 or is_acronym(name):
                continue
            label = vocabulary.names[iris[0]][0]
            target = key(label) or label
            if target != name and target in there and vocabulary.keys.get(target) == iris:
                joins[name] = Join(target, Rule.VOCABULARY, f"{vocabulary.name} gives both the IRI {iris[0]}")
    return joins


def linked(concept: Concept, vocabularies: Sequence[Vocabulary]) -> Concept:
    """A concept with its IRIs: by name as written, by normalised name, else by likeness.

    A name as written or normalised gives an exact match, likeness a close one with its score. A
    homonym gives nothing.

    Parameters
    ----------
    concept : Concept
        With its aliases.
    vocabularies : sequence of Vocabulary
        Each may give one IRI.
    """
    exact, close = set(concept.exact_matches), set(concept.close_matches)
    notes: list[Alias] = []
    for vocabulary in vocabularies:
        iri = _exact(concept, vocabulary)
        if iri is not None:
            exact.add(iri)
            notes += [_alias(vocabulary, iri, name, "the same name") for name in vocabulary.names[iri]]
            continue
        match = _fuzzy(concept, vocabulary)
        if match is not None:
            close.add(match[0])
            name = vocabulary.names[match[0]][0]
            notes.append(_alias(vocabulary, match[0], name, f"likeness {match[1]:.2f}"))
    if not notes:
        return concept
    aliases = {a.name: a for a in concept.aliases}
    for alias in notes:
        shown = aliases.get(alias.name)
        if shown is None:
            aliases[alias.name] = alias
        else:
            note = "; ".join(n for n in (shown.note, alias.note) if n)
            aliases[alias.name] = replace(shown, note=note)
    return replace(
        concept,
        exact_matches=tuple(sorted(exact)),
        close_matches=tuple(sorted(close)),
        aliases=tuple(aliases[n] for n in sorted(aliases)),
    )


def _exact(concept: Concept, vocabulary: Vocabulary) -> str | None:
    """The IRI of the label, else the one IRI that all other names which have any agree on."""
    own = vocabulary.iri(concept.label)
    if own is not None:
        return own
    if (key(concept.label) or concept.label) in vocabulary.keys:
        return None
    others = {vocabulary.iri(a.name) for a in concept.aliases if not is_acronym(a.name)} - {None}
    return others.pop() if len(others) == 1 else None


def _fuzzy(concept: Concept, vocabulary: Vocabulary) -> tuple[str, float] | None:
    name = key(concept.label)
    if (
        len(name) < 8
        or is_acronym(concept.label)
        or name in vocabulary.keys
        or any(c.isdigit() for c in name)
    ):
        return None
    near = process.extract(
        name, vocabulary.blocks.get(name[:3], ()), scorer=fuzz.ratio, score_cutoff=FUZZY, limit=2
    )
    iris = {vocabulary.keys[found] for found, _, _ in near}
    if len(iris) != 1 or len(next(iter(iris))) != 1:
        return None
    return next(iter(iris))[0], near[0][1] / 100


def _alias(vocabulary: Vocabulary, iri: str, name: str, how: str) -> Alias:
    return Alias(name, Rule.VOCABULARY, 0, None, f"{vocabulary.name}: {iri}, {how}")


def broader_pairs(concepts: Sequence[Concept], vocabularies: Sequence[Vocabulary]) -> list[tuple[str, str]]:
    """Head and tail of each ``is_a`` that the vocabularies say, over the nearest that is a concept.

    Parameters
    ----------
    concepts : sequence of Concept
        With their exact matches.
    vocabularies : sequence of Vocabulary
        With their broader chains.
    """
    home = {iri: c.id for c in concepts for iri in c.exact_matches}
    pairs: set[tuple[str, str]] = set()
    for concept in concepts:
        for iri in concept.exact_matches:
            for vocabulary in vocabularies:
                pairs |= {(concept.id, home[above]) for above in _nearest(iri, vocabulary, home)}
    return sorted((a, b) for a, b in pairs if a != b)


def _nearest(iri: str, vocabulary: Vocabulary, home: dict[str, str]) -> set[str]:
    """Broader IRIs that are concepts, over those that are not."""
    found: set[str] = set()
    waiting, seen = list(vocabulary.broader.get(iri, ())), {iri}
    while waiting:
        above = waiting.pop()
        if above in seen:
            continue
        seen.add(above)
        if above in home:
            found.add(above)
        else:
            waiting += vocabulary.broader.get(above, ())
    return found
