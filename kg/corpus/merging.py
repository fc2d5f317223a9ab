"""Repeats joined: records of one paper become one paper that keeps every source.

A pure function of the records: their order, and the files they come from, change nothing.

1. Records with the same DOI, or the same arXiv id without version, are one paper.
2. So are records with the same normalised title, unless identifiers of one scheme, or years more
   than one apart (a preprint may be a year older), say that they are two.
3. The richest record gives title and abstract, and every other field that it has; the next
   richest what is missing. Identifiers and sources are kept of all.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

from kg.corpus.identity import paper_id, title_key
from kg.garbage import all_stays
from kg.model import Paper

_NOT_OF_ONE_PAPER = frozenset({"issn", "isbn", "id"})
"""Schemes whose values several papers share, or that others make up as they like."""


def merge(papers: Iterable[Paper]) -> list[Paper]:
    """Join the records of every paper.

    Parameters
    ----------
    papers : iterable of Paper
        As :func:`kg.corpus.read` gives them, or the outcome of a former merge.

    Returns
    -------
    list of Paper
        Sorted by id; ids are unique.

    Examples
    --------
    >>> merged = merge([Paper("a", "On Graphs", arxiv="2401.00001"), Paper("title:1", "On graphs.")])
    >>> [(paper.id, paper.title) for paper in merged]
    [('a', 'On Graphs')]
    """
    with all_stays():
        merged = [_join(group) for group in same(papers)]
        return sorted(_distinct(merged), key=attrgetter("id"))


def same(papers: Iterable[Paper]) -> list[list[Paper]]:
    """The records of every paper, without joining them.

    Parameters
    ----------
    papers : iterable of Paper

    Returns
    -------
    list of list of Paper
        Every record once. Neither the groups nor what they hold depend on the order given.
    """
    return _same_title(_same_identifier(sorted(papers, key=_content)))


_OTHER_FIELDS = attrgetter(
    "id", "date", "date_inferred", "authors", "author_count", "venue", "doi", "arxiv", "url",
    "identifiers", "upvotes", "organisation", "keywords", "sources",
)  # fmt: skip


def _content(paper: Paper) -> tuple[str, ...]:
    """Everything that a record says, in a form that can be ordered."""
    return paper.title, paper.abstract, repr(_OTHER_FIELDS(paper))


class _Sets:
    """Disjoint sets of numbers; each is known by its smallest."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, i: int) -> int:
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        a, b = sorted((self.root(i), self.root(j)))
        self._parent[b] = a

    def members(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._parent)):
            found[self.root(i)].append(i)
        return list(found.values())


def _same_identifier(records: list[Paper]) -> list[list[Paper]]:
    """Records that share a DOI or an arXiv id, directly or through others."""
    sets = _Sets(len(records))
    first: dict[tuple[str, str], int] = {}
    for i, paper in enumerate(records):
        for key in _strong(paper):
            sets.join(i, first.setdefault(key, i))
    return [[records[i] for i in members] for members in sets.members()]


def _strong(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.doi:
        yield "doi", paper.doi
    if paper.arxiv:
        yield "arxiv", paper.arxiv
    for scheme, value in paper.identifiers:
        if scheme in ("doi", "arxiv"):
            yield scheme, value


def _same_title(groups: list[list[Paper]]) -> list[list[Paper]]:
    """Join groups that share a title where nothing speaks against it; the best identified come first."""
    by_title: dict[str, list[int]] = defaultdict(list)
    for i, group in enumerate(groups):
        for title in {title_key(paper.title) for paper in group}:
            by_title[title].append(i)
    sets = _Sets(len(groups))
    facts = [_Facts(_identifiers(group), {p.year for p in group if p.year}) for group in groups]
    for title in sorted(title for title, sharing in by_title.items() if len(sharing) > 1):
        kept: list[int] = []
        ranked = sorted({sets.root(i) for i in by_title[title]}, key=lambda i: (*facts[i].rank(), i))
        for i in ranked:
            for j in kept:
                if facts[i].may_be(facts[j]):
                    sets.join(i, j)
                    facts[sets.root(i)] = facts[i] = facts[j] = facts[i].and_of(facts[j])
                    break
            else:
                kept.append(i)
    return [[paper for i in members for paper in groups[i]] for members in sets.members()]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What tells one paper from another of the same title."""

    identifiers: dict[str, set[str]]
    years: set[int]

    def rank(self) -> tuple[bool, bool, int, list[str]]:
        return not self.identifiers, not self.years, min(self.years, default=0), sorted(self.identifiers)

    def may_be(self, other: _Facts) -> bool:
        mine, theirs = self.identifiers, other.identifiers
        if not all(values & theirs[scheme] for scheme, values in mine.items() if scheme in theirs):
            return False
        years = self.years and other.years
        return not years or any(abs(a - b) <= 1 for a in self.years for b in other.years)

    def and_of(self, other: _Facts) -> _Facts:
        both = {s: set(v) for s, v in self.identifiers.items()}
        for scheme, values in other.identifiers.items():
            both.setdefault(scheme, set()).update(values)
        return _Facts(both, self.years | other.years)


def _identifiers(group: list[Paper]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for paper in group:
        for scheme, value in (*_strong(paper), *paper.identifiers):
            if scheme not in _NOT_OF_ONE_PAPER:
                found.setdefault(scheme, set()).add(value)
    return found


def _richness(paper: Paper) -> tuple[bool, int, int, int]:
    filled = (paper.date, paper.authors, paper.venue, paper.doi, paper.arxiv, paper.url, paper.keywords)
    more = (paper.upvotes is not None, paper.organisation, paper.author_count, paper.identifiers)
    return bool(paper.abstract), sum(map(bool, (*filled, *more))), len(paper.abstract), len(paper.title)


def _join(group: list[Paper]) -> Paper:
    """One paper of all its records, by the rule that this module states."""
    if len(group) == 1:
        return replace(group[0], sources=tuple(sorted(set(group[0].sources))))
    ranked = sorted(group, key=_content)
    ranked.sort(key=_richness, reverse=True)
    best = ranked[0]
    dated = [paper for paper in ranked if paper.date]
    # What a record says goes before what was inferred; then the more precise date.
    when = min(dated, key=lambda p: (p.date_inferred, -len(p.date or "")), default=best)
    authors = next((paper.authors for paper in ranked if paper.authors), ())
    doi = next((paper.doi for paper in ranked if paper.doi), None)
    arxiv = next((paper.arxiv for paper in ranked if paper.arxiv), None)
    given = [paper.id for paper in ranked if paper.id != paper_id(paper.title, paper.doi, paper.arxiv)]
    given = [name for name in given if not _made(name)]
    identifiers = {pair for paper in group for pair in (*_strong(paper), *paper.identifiers)}
    identifiers |= {("id", name) for name in given[1:] if name != given[0]}
    identifiers -= {("doi", doi or ""), ("arxiv", arxiv or "")}
    return Paper(
        id=given[0] if given else paper_id(best.title, doi, arxiv),
        title=best.title,
        abstract=best.abstract,
        date=when.date,
        date_inferred=when.date_inferred,
        authors=authors,
        author_count=len(authors)
        or next((p.author_count for p in ranked if p.author_count is not None), None),
        venue=next((paper.venue for paper in ranked if paper.venue), None),
        doi=doi,
        arxiv=arxiv,
        url=next((paper.url for paper in ranked if paper.url), None),
        identifiers=tuple(sorted(identifiers)),
        upvotes=max((p.upvotes for p in group if p.upvotes is not None), default=None),
        organisation=next((paper.organisation for paper in ranked if paper.organisation), None),
        keywords=next((paper.keywords for paper in ranked if paper.keywords), ()),
        sources=tuple(sorted({source for paper in group for source in paper.sources})),
    )


def _made(name: str) -> bool:
    """Whether an id was made from other fields, so that nobody chose it."""
    return name.startswith(("doi:10.", "arxiv:", "title:"))


def _distinct(papers: list[Paper]) -> Iterator[Paper]:
    """Papers that share an id (given twice, or one title in two years) get a mark of their own each."""
    by_id: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        by_id[paper.id].append(paper)
    for name, sharing in by_id.items():
        if len(sharing) == 1:
            yield sharing[0]
            continue
        years = [paper.date[:4] if paper.date else "" for paper in sharing]
        by_year = len(set(years)) == len(years) and all(years) and name.startswith("title:")
        for paper, year in zip(sharing, years, strict=True):
            yield replace(paper, id=f"{name}-{year if by_year else _mark(paper)}")


def _mark(paper: Paper) -> str:
    facts = repr((paper.title, paper.abstract, paper.date, paper.doi, paper.arxiv, paper.identifiers))
    return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:8]
