"""The data in the page: columns of numbers and texts, compressed, in blocks.

The first block holds what the first picture needs; texts come in further blocks, which the page
unpacks when a card asks for them.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from kg.export.html.communities import Community
from kg.export.html.content import Content
from kg.export.html.words import Words
from kg.model import ConceptType, Field, Link, Paper, RelationType, Role, Span, Statement

PAPERS_PER_BLOCK = 200
FIELDS = (Field.TITLE, Field.ABSTRACT)


def pack(value: Any) -> str:
    """JSON, deflated, in base64: what ``DecompressionStream("deflate")`` unpacks.

    Examples
    --------
    >>> import base64, zlib
    >>> zlib.decompress(base64.b64decode(pack([1, "é"]))).decode()
    '[1,"é"]'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # A lone surrogate becomes a JSON escape, which is what it is in JSON.
    return pack_bytes(text.encode("utf-8", "backslashreplace"))


def pack_bytes(data: bytes) -> str:
    """Bytes, deflated, in base64."""
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def graph_block(
    content: Content,
    *,
    title: str,
    communities: list[Community],
    places: list[list[int]],
    discs: list[list[int]],
    order: list[int],
    words: Words,
) -> dict[str, Any]:
    """Columns of everything but the texts; confidence and salience in per cent.

    Parameters
    ----------
    content : Content
        The records.
    title : str
        Heading of the page.
    communities : list of Community
        Each node is in one.
    places : list of [int, int]
        x and y of every node.
    discs : list of [int, int, int]
        x, y and radius of every community.
    order : list of int
        Node numbers, what matters first.
    words : Words
        What stands for frequent words in the abstracts.
    """
    of_paper, of_concept = content.numbers()
    member = [0] * content.size
    for number, community in enumerate(communities):
        for node in community.members:
            member[node] = number
    types, roles, kinds = list(ConceptType), list(Role), list(RelationType)
    return {
        "title": title,
        "focus": content.focus,
        "types": [t.value for t in types],
        "roles": [r.value for r in roles],
        "kinds": [k.value for k in kinds],
        "perBlock": PAPERS_PER_BLOCK,
        "words": list(words.codes),
        "codes": "".join(words.codes.values()),
        "papers": {
            "id": [p.id for p in content.papers],
            "title": [p.title for p in content.papers],
            "date": [p.date or "" for p in content.papers],
        },
        "concepts": {
            "id": [c.id for c in content.concepts],
            "label": [c.label for c in content.concepts],
            "type": [types.index(c.type) for c in content.concepts],
            "papers": [c.papers for c in content.concepts],
            "confidence": [_percent(c.confidence) for c in content.concepts],
            "aliases": [
                [[a.name, a.rule.value, a.papers] for a in c.aliases if a.name != c.label]
                for c in content.concepts
            ],
            "exact": [list(c.exact_matches) for c in content.concepts],
            "close": [list(c.close_matches) for c in content.concepts],
        },
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "community": member,
        "order": order,
        "communities": [
            {"names": list(c.names), "x": x, "y": y, "r": r}
            for c, (x, y, r) in zip(communities, discs, strict=True)
        ],
        "links": {
            "paper": _deltas([of_paper[k.paper] for k in content.links]),
            "concept": [of_concept[k.concept] for k in content.links],
            "role": [roles.index(k.role) for k in content.links],
            "confidence": [_percent(k.confidence) for k in content.links],
            "salience": [_percent(k.salience) for k in content.links],
            "mentions": [k.mentions for k in content.links],
        },
        "relations": {
            "head": _deltas([of_concept[r.head] for r in content.relations]),
            "kind": [kinds.index(r.relation) for r in content.relations],
            "tail": [of_concept[r.tail] for r in content.relations],
            "confidence": [_percent(r.confidence) for r in content.relations],
            "support": [r.support for r in content.relations],
            "papers": [
                sorted({of_paper[s.paper] for s in r.statements if s.paper in of_paper})
                for r in content.relations
            ],
        },
    }


def text_blocks(content: Content, words: Words) -> list[dict[str, list[Any]]]:
    """For every paper what its card needs, in columns, in blocks of `PAPERS_PER_BLOCK` papers.

    Offsets are in UTF-16 units, as scripts count. Places are steps from the place before, and
    lengths; mentions and deciding sentences refer to the paper's links by their place among them.

    Parameters
    ----------
    content : Content
        The records.
    words : Words
        What stands for frequent words in the abstracts.
    """
    links: dict[str, list[Link]] = {paper.id: [] for paper in content.papers}
    for link in content.links:
        links[link.paper].append(link)
    stated: dict[str, list[tuple[int, Statement]]] = {}
    for number, relation in enumerate(content.relations):
        for statement in relation.statements:
            stated.setdefault(statement.paper, []).append((number, statement))
    blocks = []
    for first in range(0, len(content.papers), PAPERS_PER_BLOCK):
        rows = []
        for paper in content.papers[first : first + PAPERS_PER_BLOCK]:
            row = _places(content, paper, links[paper.id], stated.get(paper.id, []))
            rows.append({"abstract": words.encode(paper.abstract), **row, "facts": _facts(paper)})
        # One column after the other: numbers among words would spoil the compression of both.
        blocks.append({column: [row[column] for row in rows] for column in rows[0]})
    return blocks


def _places(
    content: Content, paper: Paper, links: list[Link], stated: list[tuple[int, Statement]]
) -> dict[str, list[int]]:
    units = _Units(paper)
    sentences = content.sentences.get(paper.id, ())
    number = {span: i for i, span in enumerate(sentences)}
    link_of = {link.concept: i for i, link in enumerate(links)}
    ends, starts = [0, 0], [0, 0]
    spans: list[int] = []
    for sentence in sentences:
        field, start, end = units.span(sentence)
        spans += [field, start - ends[field], end - start]
        ends[field] = end
    mentions: list[int] = []
    for m in content.mentions.get(paper.id, ()):
        if m.concept in link_of:
            field, start, end = units.span(Span(m.field, m.start, m.end))
            mentions += [field, start - starts[field], end - start, link_of[m.concept]]
            starts[field] = start
    cues: list[int] = []
    for link in links:
        decides = number.get(link.sentence, -1) if link.sentence else -1
        cues += [decides, *units.inside(link.cue, link.sentence)]
    statements: list[int] = []
    for relation, s in stated:
        field, start, end = units.span(s.sentence)
        place = [relation, field, start, end - start, _percent(s.confidence)]
        statements += [*place, *units.inside(s.cue, s.sentence)]
    return {"sentences": spans, "mentions": mentions, "cues": cues, "statements": statements}


def _facts(paper: Paper) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "authors": list(paper.authors),
        "authorCount": paper.author_count,
        "inferred": paper.date_inferred,
        "venue": paper.venue,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "url": paper.url,
        "identifiers": [list(pair) for pair in paper.identifiers],
        "upvotes": paper.upvotes,
        "organisation": paper.organisation,
        "keywords": list(paper.keywords),
    }
    return {key: value for key, value in facts.items() if value not in (None, [], "", False)}


class _Units:
    """Python's offsets into a paper's texts, counted as scripts count (UTF-16 units)."""

    def __init__(self, paper: Paper) -> None:
        self.wide = {
            field: [i for i, c in enumerate(paper.text(field)) if ord(c) > 0xFFFF] for field in FIELDS
        }

    def span(self, span: Span) -> list[int]:
        wide = self.wide[Field(span.field)]
        start, end = (at + sum(i < at for i in wide) if wide else at for at in (span.start, span.end))
        return [FIELDS.index(Field(span.field)), start, end]

    def inside(self, cue: Span | None, sentence: Span | None) -> list[int]:
        """Start of a cue from the start of its sentence, and its length, 0 where there is none."""
        if cue is None or sentence is None or cue.field != sentence.field:
            return [0, 0]
        start, end = self.span(cue)[1:]
        return [start - self.span(sentence)[1], end - start]


def _percent(value: float) -> int:
    return round(value * 100)


def _deltas(values: list[int]) -> list[int]:
    """Ascending numbers as steps, which compress well."""
    return [value - before for value, before in zip(values, [0, *values], strict=False)]
