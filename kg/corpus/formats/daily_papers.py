"""The daily-papers interface's JSON, also where its items were saved as Python's `repr` of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from kg.corpus import json_stream
from kg.corpus.draft import Draft
from kg.corpus.head import Head
from kg.corpus.json_values import dicts, dig, number, string, strings
from kg.corpus.source import Input
from kg.errors import InputError

NAME = "daily-papers"
LETTER_FOR_LETTER = False
MAX_REPR = 400_000
MAX_DEPTH = 60

_REPR = re.compile(r"""^\s*(?:\[|\{.{0,2000}?"data"\s*:\s*\[)\s*"\{'paper': \{'id'""", re.DOTALL)


def sniff(head: Head) -> str | None:
    """Recognised by objects that hold a paper with an id, or by texts of such objects."""
    if head.start not in ("{", "["):
        return None
    for place in ("", "[]", "data[]"):
        under = f"{place}.paper" if place else "paper"
        if {"id", "title"} <= head.json_keys(under) or {"id", "upvotes"} <= head.json_keys(under):
            return "JSON with daily papers"
    if _REPR.search(head.text):
        return "a JSON list of daily papers, each written as Python writes it"
    return None


def read(source: Input) -> Iterator[Draft | InputError]:
    """Papers in the order of the file."""
    inside = "data" if source.head.start == "{" and "data" in source.head.json_keys() else None
    for line, item in json_stream.values(source, inside):
        value = _of_repr(item) if isinstance(item, str) else item
        if isinstance(value, InputError):
            yield value
        elif not isinstance(value, dict) or not isinstance(value.get("paper"), dict):
            yield source.error("this is no daily paper, but another value; remove it", line)
        else:
            yield _draft(value, value["paper"], line)


def _of_repr(text: str) -> Any:
    """The value that Python wrote; None where it is none, or one that is too big to try."""
    depth = deepest = 0
    for character in text[:MAX_REPR]:
        if character in "{[(":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "}])":
            depth -= 1
    if len(text) > MAX_REPR or deepest > MAX_DEPTH or not text.startswith("{"):
        return None
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _draft(item: dict[str, Any], paper: dict[str, Any], line: int) -> Draft:
    preprint = string(paper.get("id"))
    return Draft(
        title=string(paper.get("title")) or string(item.get("title")),
        abstract=string(paper.get("summary")) or string(item.get("summary")),
        date=string(paper.get("publishedAt")) or string(item.get("publishedAt")) or None,
        authors=[name for author in dicts(paper.get("authors")) if (name := string(author.get("name")))],
        arxiv=preprint or None,
        url=f"https://arxiv.org/abs/{preprint}" if re.fullmatch(r"\d{4}\.\d{4,5}", preprint) else None,
        upvotes=number(paper.get("upvotes")),
        organisation=string(dig(item, "organization", "fullname"))
        or string(dig(paper, "organization", "fullname"))
        or None,
        keywords=strings(paper.get("ai_keywords")),
        line=line,
    )
