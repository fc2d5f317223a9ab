"""Concepts across papers: one pass counts names, then every paper's terms find their concept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kg.concepts.cooccurrence import PairCounts, co_occurrences
from kg.concepts.counts import TYPES, Counts, Name, group_key
from kg.concepts.curating import curated, curated_joins, name_of, unmatched
from kg.concepts.curation import Curation
from kg.concepts.joining import Join, joins
from kg.concepts.labels import WordCase, concept_id, label
from kg.concepts.salience import salience
from kg.concepts.statements import relations
from kg.concepts.vocabulary import Vocabulary, broader_pairs, linked, vocabulary_joins
from kg.extraction.lexicon import by_key
from kg.extraction.names import key, rule_between
from kg.model import (
    Alias,
    Concept,
    ConceptType,
    Extraction,
    Field,
    Link,
    Mention,
    Relation,
    RelationType,
    Role,
    Rule,
    Statement,
    Term,
)

_ROLES = tuple(Role)


class Resolution:
    """The concepts of a set of papers, and the way from a paper's terms to them.

    Made by :func:`resolve`.

    Attributes
    ----------
    concepts : tuple of Concept
        Sorted by id.
    papers : int
        Number of papers counted.
    warnings : tuple of str
        Decisions of the curation that found nothing to decide.
    """

    def __init__(
        self,
        concepts: Sequence[Concept],
        of_group: dict[str, int],
        papers: int,
        curation: Curation,
        broader: Sequence[tuple[str, str]] = (),
        warnings: Sequence[str] = (),
    ) -> None:
        self.concepts = tuple(concepts)
        self.papers = papers
        self.warnings = tuple(warnings)
        self._of_group = of_group
        self._curation = curation
        self._wider = list(broader)

    def concept_of(self, term: Term) -> Concept:
        """The concept that a term of one of the counted papers names.

        Raises
        ------
        KeyError
            If the term's paper was not among those counted.
        """
        return self.concepts[self._number_of(term)]

    def _number_of(self, term: Term) -> int:
        return self._of_group[group_key(term)]

    def apply(self, extraction: Extraction) -> tuple[tuple[Mention, ...], tuple[Link, ...]]:
        """One paper's mentions and links.

        Where two terms of the paper name one concept, the link takes the role that is the more
        certain (among equals the first of the enumeration), with its sentence and cue; the mentions
        of both count.

        Returns
        -------
        mentions : tuple of Mention
            Title before abstract, by position.
        links : tuple of Link
            One a concept, sorted by concept.
        """
        extraction = curated(extraction, self._curation)
        together: dict[int, list[Term]] = defaultdict(list)
        for term in extraction.terms:
            together[self._number_of(term)].append(term)
        length = max((s.end for s in extraction.sentences if s.field == Field.ABSTRACT), default=1)
        mentions, links = [], []
        for number in sorted(together):  # concepts are sorted by id
            terms, concept = together[number], self.concepts[number]
            best = min(terms, key=lambda t: (-t.role_confidence, _ROLES.index(t.role), t.label))
            places = [(term, m) for term in terms for m in term.mentions]
            mentions += [
                Mention(
                    extraction.paper, m.span.field, m.span.start, m.span.end, t.type, concept.id, m.confidence
                )
                for t, m in places
            ]
            in_abstract = [m.span.start for _, m in places if m.span.field == Field.ABSTRACT]
            links.append(
                Link(
                    paper=extraction.paper,
                    concept=concept.id,
                    role=best.role,
                    confidence=round(best.role_confidence * max(m.confidence for m in best.mentions), 3),
                    salience=salience(
                        in_title=len(in_abstract) < len(places),
                        mentions=len(places),
                        position=min(in_abstract) / length if in_abstract else 0.0,
                        papers=concept.papers,
                        total=self.papers,
                    ),
                    mentions=len(places),
                    sentence=best.sentence,
                    cue=best.cue,
                )
            )
        mentions.sort(key=lambda m: (m.field != Field.TITLE, m.start, m.end))
        return tuple(mentions), tuple(links)

    def statements(self, extraction: Extraction) -> Iterator[tuple[str, RelationType, str, Statement]]:
        """One paper's stated relations between concepts, as (head, kind, tail, statement)."""
        extraction = curated(extraction, self._curation)
        yield from self._stated(extraction, [self._number_of(term) for term in extraction.terms])

    def _stated(
        self, extraction: Extraction, numbers: Sequence[int]
    ) -> Iterator[tuple[str, RelationType, str, Statement]]:
        """The statements of a paper whose terms name the concepts with these numbers."""
        for one in extraction.relations:
            head, tail = (self.concepts[numbers[i]].id for i in (one.head, one.tail))
            if head != tail:
                yield (
                    head,
                    one.relation,
                    tail,
                    Statement(extraction.paper, one.sentence, one.confidence, one.cue),
                )

    def relations(self, extractions: Iterable[Extraction]) -> list[Relation]:
        """Stated relations with their support, and ``co_occurs_with``.

        Parameters
        ----------
        extractions : iterable of Extraction
            The papers again; read once.

        Returns
        -------
        list of Relation
            Sorted by head, relation and tail.
        """
        pairs = PairCounts()
        often = np.array([c.papers for c in self.concepts], np.int64)
        shared = (often > 1).tolist()

        def stated() -> Iterator[tuple[str, RelationType, str, Statement]]:
            for extraction in extractions:
                extraction = curated(extraction, self._curation)
                numbers = [self._number_of(term) for term in extraction.terms]
                pairs.add(np.array(sorted(i for i in set(numbers) if shared[i]), np.int64))
                yield from self._stated(extraction, numbers)

        made = relations(stated(), self._broader())
        made += co_occurrences(pairs, (c.id for c in self.concepts), often, self.papers)
        return sorted(made, key=lambda r: (r.head, r.relation, r.tail))

    def _broader(self) -> list[tuple[str, str]]:
        """Head and tail of each ``is_a`` that curation and vocabularies decide, of concepts there are."""
        if not self._curation.broader:
            return self._wider
        by_name = {name_of(a.name): c.id for c in reversed(self.concepts) for a in c.aliases}
        by_name |= {name: self.concepts[i].id for name, i in self._of_group.items()}
        pairs = [
            (by_name.get(name_of(name)), by_name.get(name_of(wide)))
            for name, wider in sorted(self._curation.broader.items())
            for wide in wider
        ]
        return [*self._wider, *((a, b) for a, b in pairs if a is not None and b is not None)]


def resolve(
    extractions: Iterable[Extraction],
    *,
    curation: Curation | None = None,
    vocabularies: Sequence[Vocabulary] = (),
) -> Resolution:
    """Find the concepts of a set of papers.

    Parameters
    ----------
    extractions : iterable of Extraction
        Read once; only counts are kept.
    curation : Curation, optional
        Decisions of a person, which go before every rule.
    vocabularies : sequence of Vocabulary
        Outside vocabularies, whose names join concepts and whose IRIs go with them.

    Returns
    -------
    Resolution
        The same for any order of the papers.
    """
    counts, decided = Counts(), curation or Curation()
    block = {name_of(n) for n in decided.block}
    blocked: set[str] = set()
    for extraction in extractions:
        if block:
            blocked |= block & {
                name_of(n) for t in extraction.terms for n in (t.label, *(m.text for m in t.mentions))
            }
        counts.add(curated(extraction, decided))
    found = curated_joins(vocabulary_joins(counts.groups, joins(counts), vocabularies), decided)
    members: dict[str, list[str]] = defaultdict(list)
    for name in counts.groups:
        members[found[name].target if name in found else name].append(name)
    names: list[list[Name]] = [[] for _ in counts.groups]
    words = WordCase()
    for group, spelling in counts.names():
        names[group].append(spelling)
        words.add(spelling)
    made = []
    for target in members:
        groups = sorted(members[target])
        made.append(
            (
                _decided(
                    _concept(target, groups, counts, names, words, found),
                    target,
                    decided,
                    found,
                    counts.groups,
                ),
                groups,
            )
        )
    made.sort(key=lambda pair: pair[0].id)
    of_group = {group: i for i, (_, groups) in enumerate(made) for group in groups}
    warnings: list[str] = []
    if decided != Curation():
        known = {*counts.groups, *(name_of(n.text) for spellings in names for n in spellings)}
        warnings += unmatched(decided, known, blocked)
    concepts = [linked(concept, vocabularies) for concept, _ in made]
    wider = broader_pairs(concepts, vocabularies)
    return Resolution(concepts, of_group, counts.papers, decided, wider, warnings)


def _decided(
    concept: Concept, target: str, curation: Curation, found: Mapping[str, Join], groups: Collection[str]
) -> Concept:
    """The concept with the label and type that the curation gives it."""
    if not (curation.merge or curation.rename or curation.retype):
        return concept
    names = {name_of(a.name) for a in concept.aliases}

    def here(name: str) -> bool:
        own = name_of(name)
        if own in found:
            return found[own].target == target
        return own == target or (own not in groups and own in names)

    into = [i for i in curation.merge if name_of(i) == target]
    label = next((new for old, new in sorted(curation.rename.items()) if here(old)), None)
    if label is None and into and not any(name_of(a.name) == target for a in concept.aliases):
        label = into[0]
    kind = next((t for name, t in sorted(curation.retype.items()) if here(name)), concept.type)
    if label is None or label == concept.label:
        return replace(concept, type=kind)
    aliases = {a.name: a for a in concept.aliases}
    old = aliases[concept.label]
    if old.papers or old.rule != Rule.LABEL:
        aliases[old.name] = replace(old, rule=Rule.CURATION, note=f"called {label} by your curation file")
    else:
        del aliases[old.name]
    shown = aliases.get(label)
    aliases[label] = replace(shown, rule=Rule.LABEL) if shown else Alias(label, Rule.LABEL)
    return replace(concept, label=label, type=kind, aliases=tuple(aliases[n] for n in sorted(aliases)))


def _concept(
    target: str,
    groups: list[str],
    counts: Counts,
    names: list[list[Name]],
    words: WordCase,
    found: dict[str, Join],
) -> Concept:
    numbers = [counts.groups[g] for g in groups]
    weights = [sum(counts.types(n)[t] for n in numbers) for t in range(len(TYPES))]
    kind = TYPES[max(range(len(TYPES)), key=lambda t: (round(weights[t], 6), -t))]
    spellings = [name for n in numbers for name in names[n]]
    papers = sum(counts.group_papers[n] for n in numbers)
    entry = by_key().get(target)
    if entry is not None and key(entry.label) == target:
        chosen = entry.label
    else:
        main = [name for g in groups if g == target for name in names[counts.groups[g]]] or spellings
        chosen = label(target, main, words, kind, any(counts.group_proposed[n] for n in numbers))
    share = weights[TYPES.index(kind)] / sum(weights) if sum(weights) else 1.0
    sure = 1.0 - sum(counts.group_doubt[n] for n in numbers) / papers
    return Concept(
        id=concept_id(target),
        label=chosen,
        type=kind,
        aliases=_aliases(chosen, target, groups, counts, names, found),
        papers=papers,
        confidence=round(share * sure, 3),
    )


def _aliases(
    chosen: str,
    target: str,
    groups: list[str],
    counts: Counts,
    names: list[list[Name]],
    found: dict[str, Join],
) -> tuple[Alias, ...]:
    """All names of a concept; a name that several rules would join keeps the simplest."""
    aliases: dict[str, Alias] = {}
    for group in groups:
        join = found.get(group)
        for name in names[counts.groups[group]]:
            own = key(name.text) in (group, target) or name.text == group
            if name.text == chosen:
                alias = Alias(name.text, Rule.LABEL, name.papers, name.first)
            elif key(name.text) == key(chosen):
                alias = Alias(name.text, rule_between(name.text, chosen), name.papers, name.first)
            elif join is not None and own:
                alias = Alias(name.text, join.rule, name.papers, join.paper or name.first, join.note)
            elif name.defined:
                alias = Alias(name.text, Rule.ABBREVIATION, name.papers, name.first, "defined there")
            else:
                entry = by_key().get(key(name.text))
                rule = Rule.LEXICON if entry is not None else Rule.ABBREVIATION
                alias = Alias(name.text, rule, name.papers, name.first)
            old = aliases.get(name.text)
            if old is not None:
                alias = Alias(
                    name.text,
                    old.rule,
                    old.papers + alias.papers,
                    min(p for p in (old.paper, alias.paper) if p is not None),
                    old.note or alias.note,
                )
            aliases[name.text] = alias
    aliases.setdefault(chosen, Alias(chosen, Rule.LABEL))
    return tuple(aliases[name] for name in sorted(aliases))


def term_types(extraction: Extraction, resolution: Resolution) -> dict[str, ConceptType]:
    """Type that a paper gives to each of its concepts, by id: that of the surest of its terms."""
    found: dict[str, tuple[float, ConceptType]] = {}
    for term in extraction.terms:
        concept = resolution.concept_of(term).id
        if concept not in found or term.role_confidence > found[concept][0]:
            found[concept] = (term.role_confidence, term.type)
    return {concept: kind for concept, (_, kind) in found.items()}
