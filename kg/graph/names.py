"""From what a user calls a thing to the thing."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from kg.concepts.normalise import name_key
from kg.errors import AmbiguousConcept, ConceptNotFound, PaperNotFound
from kg.graph import codec, reading
from kg.graph.store import Store
from kg.model import Concept, Paper

log = logging.getLogger(__name__)

NODE_PREFIX = {"paper": "paper:", "concept": "concept:"}
"""Prefixes of the node ids in the NetworkX graph."""

_OFFERED = 5
"""Near names that an error offers."""
_MEANT = 20
"""A meaning is the one asked for if so many times as many papers have it as all the others together."""


def concept_id(store: Store, name: str) -> str:
    """Id of the concept called `name`: id, node id, label, alias, abbreviation, any case, plural, IRI.

    A node id (``concept:MAP``) and an IRI mean one concept, always; an id that another concept has as its
    name ("MAP", which some papers write and others define) means several. Of several meanings one that nearly
    all papers have is taken, with a warning that names the others: among tens of thousands of papers there is
    always one that defines "CNN" in its own way.

    Raises
    ------
    AmbiguousConcept
        If several concepts share the name; the error holds the candidates.
    ConceptNotFound
        If none does; the error offers the nearest names.
    """
    for candidate in (name.removeprefix(NODE_PREFIX["concept"]), name.rsplit("/concept/", 1)[-1]):
        if store.one("SELECT 1 FROM concepts WHERE id = ?", (candidate,)):
            others = [c for c in _called(store, 0, name) if c != candidate] if candidate == name else []
            return _single(store, name, [NODE_PREFIX["concept"] + name, *others]) if others else candidate
    if "://" in name:
        quoted = f'%"{name}"%'
        matches = sorted(
            row[0]
            for row in store.rows(
                "SELECT id FROM concepts WHERE exact_matches LIKE ? OR close_matches LIKE ?", (quoted, quoted)
            )
        )
        if matches:
            return _single(store, name, matches)
    for level, text in ((0, name), (1, name.casefold()), (2, name_key(name))):
        found = _called(store, level, text)
        if found:
            return _single(store, name, found)
    raise ConceptNotFound(name, near_names(store, name))


def _called(store: Store, level: int, text: str) -> list[str]:
    query = "SELECT concept FROM names WHERE level = ? AND name = ? ORDER BY concept"
    return [row[0] for row in store.rows(query, (level, text))]


def _single(store: Store, name: str, found: list[str]) -> str:
    if len(found) == 1:
        return found[0]
    said = {c: _papers_that_say(store, name, c.removeprefix(NODE_PREFIX["concept"])) for c in found}
    return meant(name, said).removeprefix(NODE_PREFIX["concept"])


def _papers_that_say(store: Store, name: str, concept: str) -> int:
    aliases = store.rows("SELECT name, papers FROM aliases WHERE concept = ?", (concept,))
    return sum(papers for alias, papers in aliases if name_key(alias) == name_key(name))


def meant(name: str, said: Mapping[str, int]) -> str:
    """Which of several concepts a name means.

    Parameters
    ----------
    name : str
        What was asked for.
    said : mapping of str to int
        For each concept the papers that call it so.

    Raises
    ------
    AmbiguousConcept
        If no meaning has twenty times the papers of all the others together.

    Examples
    --------
    >>> meant("LLM", {"large-language-model": 3910, "large-scale-language-model": 1})
    'large-language-model'
    >>> meant("CAT", {"causal-attention-tuning": 1, "class-alignment-token": 1})
    Traceback (most recent call last):
    kg.errors.AmbiguousConcept: 'CAT' means several concepts: causal-attention-tuning (1 paper), \
class-alignment-token (1 paper); ask for one by its id
    """
    ordered = sorted(said, key=lambda concept: (-said[concept], concept))
    first, others = ordered[0], ordered[1:]
    if said[first] < _MEANT * max(1, sum(said[c] for c in others)):
        raise AmbiguousConcept(name, tuple(ordered), tuple(said[c] for c in ordered))
    shown = ", ".join(others[:_OFFERED]) + (" and others" if len(others) > _OFFERED else "")
    log.warning("%r is taken for %s, as %d papers have it; it also means %s", name, first, said[first], shown)
    return first


def near_names(store: Store, name: str) -> tuple[str, ...]:
    """Nearest labels and aliases, best first, one for each concept (rapidfuzz's weighted ratio)."""
    # A name of two letters is a part of nearly everything, and no help.
    names = [
        (row[0], row[1])
        for row in store.rows(
            "SELECT name, concept FROM names WHERE level = 0 AND 2 * length(name) >= ?", (len(name),)
        )
    ]
    scored = process.extract(
        name.casefold(), [n.casefold() for n, _ in names], scorer=fuzz.WRatio, limit=40, score_cutoff=60
    )
    best = sorted(scored, key=lambda hit: (-hit[1], names[hit[2]][0]))
    out: list[str] = []
    seen: set[str] = set()
    for _, _, index in best:
        shown, concept = names[index]
        if concept not in seen:
            seen.add(concept)
            out.append(shown)
    return tuple(out[:_OFFERED])


def concept(store: Store, name: str) -> Concept:
    """Concept called `name`; raises as :func:`concept_id` does."""
    return next(reading.concepts(store, "id = ?", (concept_id(store, name),)))


def paper_id(store: Store, name: str) -> str:
    """Id of the paper with this id, node id, DOI, arXiv id, URL, IRI or title (in any case).

    Raises
    ------
    PaperNotFound
        If there is none, or several share the title; the error offers the nearest.
    """
    bare = name.removeprefix(NODE_PREFIX["paper"])
    if store.one("SELECT 1 FROM papers WHERE id = ?", (bare,)):
        return bare
    lowered = bare.lower().removeprefix("https://doi.org/").removeprefix("doi:").removeprefix("arxiv:")
    for query, value in (
        ("lower(doi) = ?", lowered),
        ("arxiv = ?", lowered),
        ("url = ?", name),
        ("title = ?", name),
    ):
        found = [row[0] for row in store.rows(f"SELECT id FROM papers WHERE {query} ORDER BY id", (value,))]
        if len(found) == 1:
            return str(found[0])
        if found:
            raise PaperNotFound(name, tuple(found))
    titles = [(row[0], row[1]) for row in store.rows("SELECT id, title FROM papers ORDER BY id")]
    folded = name.casefold()
    same = [identifier for identifier, title in titles if title.casefold() == folded]
    if len(same) == 1:
        return str(same[0])
    if same:
        raise PaperNotFound(name, tuple(same))
    near = process.extract(
        folded, [t.casefold() for _, t in titles], scorer=fuzz.WRatio, limit=_OFFERED, score_cutoff=60
    )
    raise PaperNotFound(name, tuple(titles[hit[2]][1] for hit in near))


def paper(store: Store, name: str) -> Paper:
    """Paper called `name`; raises as :func:`paper_id` does."""
    row = store.one(f"SELECT {codec.PAPER_COLUMNS} FROM papers WHERE id = ?", (paper_id(store, name),))
    assert row is not None
    with reading.sound(store):
        return codec.paper_from_row(row)
