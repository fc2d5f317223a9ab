"""From mentions to terms: which surfaces of one paper are the same thing, and what it calls it."""

from __future__ import annotations

from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Candidate, Draft, abbreviations, abstract_offset, candidates, findings
from kg.extraction.layout import layout
from kg.extraction.lexicon import by_key
from kg.extraction.names import key


@Language.component("terms")
def terms(doc: Doc) -> Doc:
    """Group the mentions of a Doc into drafts of terms, in order of first occurrence."""
    text, offset = layout(doc).text, abstract_offset(doc)
    long_of, short_of = _definitions(doc)
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates(doc):
        groups[_group(text[one.start : one.end], long_of)].append(one)
    drafts = []
    for name in sorted(groups, key=lambda g: groups[g][0].start):
        mentions = groups[name]
        surfaces: dict[str, int] = defaultdict(int)
        for one in mentions:
            surfaces[text[one.start : one.end]] += 1 + 2 * (one.start >= offset)
        own = [s for s in surfaces if key(s) == name] or list(surfaces)
        votes: dict[str, float] = defaultdict(float)
        for one in mentions:
            votes[one.type] += one.probability
        kind = max(sorted(votes), key=lambda t: votes[t])
        drafts.append(
            Draft(
                label=max(own, key=lambda s: (surfaces[s], -len(s), s)),
                type=kind,
                type_probability=votes[kind] / sum(votes.values()) if sum(votes.values()) else 1.0,
                mentions=mentions,
                short_forms=tuple(sorted(short_of.get(name, ()))),
                surfaces=tuple(sorted(surfaces)),
            )
        )
    findings(doc).drafts = drafts
    return doc


def _definitions(doc: Doc) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Key of the long form by key of the short one, and the short forms by key of the long one."""
    text = layout(doc).text
    long_of: dict[str, str] = {}
    short_of: dict[str, set[str]] = defaultdict(set)
    for a, b, c, d in abbreviations(doc):
        long, short = key(text[a:b]), text[c:d]
        if long and key(short) and long_of.setdefault(key(short), long) == long:
            short_of[long].add(short)
    return long_of, short_of


def _group(surface: str, long_of: dict[str, str]) -> str:
    """What a surface is filed under: the paper's own long form, else the lexicon's label, else its key."""
    name = key(surface) or surface
    if name in long_of:
        name = long_of[name]
        if name in long_of and long_of[name] != name:
            name = long_of[name]
    entry = by_key().get(name)
    return key(entry.label) if entry is not None else name
