"""What a person may want to look at: gaps in the extraction, doubtful concepts, names in conflict."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

import networkx as nx
from rapidfuzz import fuzz, process

from kg.concepts.normalise import name_key
from kg.graph.answers import Finding
from kg.graph.reading import sound
from kg.graph.store import Store
from kg.model import Rule

_BROAD = 0.2
"""Share of all papers from which a concept is called broad."""

_ALIKE = 92
"""rapidfuzz ratio from which two labels are called alike."""


def findings(store: Store) -> list[Finding]:
    """Everything that a person may want to settle, each with the line that settles it.

    Kinds: ``paper without concepts``, ``broad concept``, ``vague concept``, ``abbreviation in
    conflict``, ``likely alias``, ``island``.
    """
    # A damaged store may link papers that it has not.
    with sound(store):
        return [
            *_papers_without_concepts(store),
            *_broad(store),
            *_vague(store),
            *_conflicts(store),
            *_likely_aliases(store),
            *_islands(store),
        ]


def _papers_without_concepts(store: Store) -> Iterator[Finding]:
    for paper, title, abstract in store.rows(
        "SELECT id, title, length(abstract) FROM papers WHERE id NOT IN (SELECT paper FROM links) ORDER BY id"
    ):
        why = "it has no abstract" if not abstract else "nothing was found in its text"
        yield Finding("paper without concepts", paper, f"{title!r}: {why}", f"kg remove STORE {paper}")


def _broad(store: Store) -> Iterator[Finding]:
    total = store.count("papers")
    if total < 20:
        return
    for concept, label, papers in store.rows(
        "SELECT id, label, papers FROM concepts WHERE papers > ? ORDER BY papers DESC, id", (_BROAD * total,)
    ):
        yield Finding(
            "broad concept",
            concept,
            f"{label!r} is in {papers} of {total} papers",
            f"block = [{_quoted(label)}]",
        )


def _vague(store: Store) -> Iterator[Finding]:
    """One common short word, seen only in passing and never in a title."""
    for concept, label in store.rows(
        "SELECT c.id, c.label FROM concepts c WHERE c.label NOT LIKE '% %' AND c.papers >= 3"
        " AND c.label = lower(c.label) AND c.confidence < 0.6"
        " AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.concept = c.id AND m.field = 'title')"
        " ORDER BY c.papers DESC, c.id"
    ):
        yield Finding(
            "vague concept",
            concept,
            f"{label!r} is one common word, never in a title, and the extraction is unsure of it",
            f"block = [{_quoted(label)}]",
        )


def _conflicts(store: Store) -> Iterator[Finding]:
    for name, concepts in store.rows(
        "SELECT name, group_concat(concept, ', ') FROM (SELECT DISTINCT n.name, n.concept FROM names n"
        " JOIN aliases a ON a.concept = n.concept AND a.name = n.name"
        " WHERE n.level = 0 AND n.name IN (SELECT name FROM aliases WHERE rule = ?)"
        " ORDER BY n.name, n.concept)"
        " GROUP BY name HAVING COUNT(*) > 1 ORDER BY name",
        (Rule.ABBREVIATION.value,),
    ):
        yield Finding(
            "abbreviation in conflict",
            name,
            f"{name!r} stands for several concepts: {concepts}",
            f'merge."…" = [{_quoted(name)}], or leave it: papers that define it are unaffected',
        )


def _likely_aliases(store: Store) -> Iterator[Finding]:
    """Pairs of labels that differ by a letter or two. Labels are compared within their first letters."""
    blocks: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for label, papers in store.rows("SELECT label, papers FROM concepts ORDER BY label"):
        if len(label) >= 8:
            blocks[name_key(label)[:4]].append((label, label.casefold(), papers))
    for _, block in sorted(blocks.items()):
        folded = [f for _, f, _ in block]
        for i, (label, text, papers) in enumerate(block):
            rest = folded[i + 1 :]
            for _, _, offset in process.extract(
                text, rest, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None
            ):
                other, other_papers = block[i + 1 + offset][0], block[i + 1 + offset][2]
                if any(c.isdigit() for c in label + other):
                    continue
                into, name = (label, other) if papers >= other_papers else (other, label)
                yield Finding(
                    "likely alias",
                    name,
                    f"{name!r} is spelled almost like {into!r}",
                    f"merge.{_quoted(into)} = [{_quoted(name)}]",
                )


def _islands(store: Store) -> Iterator[Finding]:
    graph: nx.Graph = nx.Graph()
    titles = dict(store.rows("SELECT id, title FROM papers ORDER BY id"))
    graph.add_nodes_from(("p", p) for p in titles)
    graph.add_edges_from(
        (("p", p), ("c", c))
        for p, c in store.rows("SELECT paper, concept FROM links ORDER BY paper, concept")
    )
    parts = sorted(nx.connected_components(graph), key=len, reverse=True)
    for part in parts[1:]:
        papers = sorted(i for kind, i in part if kind == "p")
        if papers and len(part) > 1:
            names = "; ".join(titles[p] for p in papers[:3])
            yield Finding(
                "island",
                papers[0],
                f"{len(papers)} of the papers share no concept with the rest: {names}",
                "look whether a name in it should be joined with one outside ([merge])",
            )


def _quoted(name: str) -> str:
    """A name as it stands in a ``curation.toml``: JSON's strings are TOML's."""
    return json.dumps(name, ensure_ascii=False)
