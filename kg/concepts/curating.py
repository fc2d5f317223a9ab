"""What a curation changes: terms taken out or apart in each paper, joins across papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.concepts.curation import Curation
from kg.concepts.joining import Join
from kg.extraction.names import key
from kg.model import Extraction, Rule, Term

_NOTE = "your curation file says so"


def name_of(text: str) -> str:
    """Key of a name, or the name itself where it has none: what names are compared by."""
    return key(text) or text


def curated(extraction: Extraction, curation: Curation) -> Extraction:
    """One paper without its blocked names, and with split names as terms of their own.

    Parameters
    ----------
    extraction : Extraction
        What was found in the paper; it is not changed.
    curation : Curation
        The decisions.

    Returns
    -------
    Extraction
        Relations of a term that is gone are gone with it.
    """
    blocked = {name_of(n) for n in curation.block}
    apart = {name_of(n) for n in curation.split}
    if not blocked and not apart:
        return extraction
    terms: list[Term] = []
    place: dict[int, int] = {}
    for number, term in enumerate(extraction.terms):
        if name_of(term.label) in blocked:
            continue
        kept = tuple(m for m in term.mentions if name_of(m.text) not in blocked)
        own = name_of(term.label)
        stay = tuple(m for m in kept if name_of(m.text) == own or name_of(m.text) not in apart)
        if stay:
            place[number] = len(terms)
            shorts = tuple(s for s in term.short_forms if name_of(s) not in apart | blocked)
            terms.append(replace(term, mentions=stay, short_forms=shorts))
        for name in sorted({m.text for m in kept} - {m.text for m in stay}):
            mentions = tuple(m for m in kept if m.text == name)
            terms.append(replace(term, label=name, mentions=mentions, short_forms=()))
    relations = tuple(
        replace(r, head=place[r.head], tail=place[r.tail])
        for r in extraction.relations
        if r.head in place and r.tail in place
    )
    return replace(extraction, terms=tuple(terms), relations=relations)


def curated_joins(found: Mapping[str, Join], curation: Curation) -> dict[str, Join]:
    """Joins by rule with the curation's own over them; chains are followed to their end."""
    joins = dict(found)
    for name in curation.split:
        joins.pop(name_of(name), None)
    for into, names in curation.merge.items():
        for name in names:
            if name_of(name) != name_of(into):
                joins[name_of(name)] = Join(name_of(into), Rule.CURATION, _NOTE)
    return {
        name: join._replace(target=_end(name, joins))
        for name, join in joins.items()
        if _end(name, joins) != name
    }


def _end(name: str, joins: Mapping[str, Join]) -> str:
    seen = {name}
    target = joins[name].target
    while target in joins and target not in seen:
        seen.add(target)
        target = joins[target].target
    return target


def unmatched(curation: Curation, names: set[str], blocked: set[str]) -> Iterator[str]:
    """A sentence for each decision that found nothing to decide.

    Parameters
    ----------
    curation : Curation
        The decisions.
    names : set of str
        Keys of all names that occur.
    blocked : set of str
        Keys of the names that were taken out.
    """
    for name in curation.block:
        if name_of(name) not in blocked:
            yield f"curation: block {name!r} matches nothing"
    for name in curation.split:
        if name_of(name) not in names:
            yield f"curation: split {name!r} matches nothing"
    for into, merged in curation.merge.items():
        for name in merged:
            if name_of(name) not in names:
                yield f"curation: merge {name!r} into {into!r} matches nothing"
    for table, keys in (
        ("rename", curation.rename),
        ("retype", curation.retype),
        ("broader", curation.broader),
    ):
        for name in keys:
            if name_of(name) not in names:
                yield f"curation: {table} {name!r} matches nothing"
