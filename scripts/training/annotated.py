"""Annotated papers as the classifiers see them: Docs with the annotators' own terms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import threadpool_limits

from kg.extraction.document import Candidate, Draft, abbreviations, abstract_offset, make_doc
from kg.extraction.pipeline import TAGGER
from kg.extraction.view import View, view
from scripts.evaluation.gold import scorer


@dataclass(slots=True)
class Annotated:
    """One paper: its Doc, its terms as drafts, their roles, the relations between them."""

    doc: Doc
    seen: View
    drafts: list[Draft]
    roles: list[str]
    relations: dict[tuple[int, int], str]
    stated: int


def rows(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def papers(gold: Path, extra: Path | None) -> list[dict[str, Any]]:
    """The annotated papers of `gold`, then those of the batches in a folder (notes beside their texts)."""
    found = rows(gold)
    for notes in sorted(extra.glob("batch???.jsonl")) if extra else ():
        texts = {str(row["id"]): row for row in rows(notes.with_suffix(".src.jsonl"))}
        found += [{**texts[str(row["id"])], **row} for row in rows(notes) if str(row["id"]) in texts]
    return found


def annotated(nlp: Language, gold: Path, extra: Path | None = None) -> Iterator[Annotated]:
    """Every annotated paper, in order.

    Parameters
    ----------
    nlp : Language
        Gives tokenizer, sentences, abbreviations and what the tagger's network makes of the words; no terms.
    gold : Path
        The corpus; its scorer lies beside it.
    extra : Path, optional
        A folder of further batches.
    """
    places_of = scorer(gold.resolve().parent).gold_mentions
    with threadpool_limits(1, "blas"):  # a paper's matrices are small: more threads only wait for each other
        for paper in papers(gold, extra):
            yield _annotated(nlp, paper, places_of(paper))


def _annotated(nlp: Language, paper: dict[str, Any], places: dict[tuple[str, int, int], int]) -> Annotated:
    doc = make_doc(nlp, paper["title"], paper["abstract"])
    for name in ("sentences", "abbreviations", TAGGER):
        doc = nlp.get_pipe(name)(doc)
    found: dict[int, list[Candidate]] = {}
    for (where, start, end), i in places.items():
        shift = abstract_offset(doc) if where == "abstract" else 0
        if doc.char_span(start + shift, end + shift) is not None:
            one = Candidate(start + shift, end + shift, paper["terms"][i]["t"], 1.0)
            found.setdefault(i, []).append(one)
    short = {doc.text[c:d] for _, _, c, d in abbreviations(doc)}
    order = sorted(found, key=lambda i: min(found[i]))
    drafts = [_draft(doc.text, sorted(found[i]), short) for i in order]
    number = {paper["terms"][i]["c"]: k for k, i in enumerate(order)}
    relations = {
        (number[h], number[t]): r for h, r, t in sorted(paper["relations"]) if h in number and t in number
    }
    roles = [paper["terms"][i]["r"] for i in order]
    return Annotated(doc, view(doc, drafts), drafts, roles, relations, len(paper["relations"]))


def _draft(text: str, mentions: list[Candidate], short: set[str]) -> Draft:
    surfaces = [text[m.start : m.end] for m in mentions]
    own = sorted(set(surfaces) - short) or sorted(set(surfaces))
    return Draft(
        label=max(own, key=surfaces.count),
        type=mentions[0].type,
        type_probability=1.0,
        mentions=mentions,
        short_forms=tuple(sorted(set(surfaces) & short)),
        surfaces=tuple(sorted(set(surfaces))),
    )
