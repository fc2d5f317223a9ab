"""A paper as evidence is looked for in it: sentences in which each term is one item."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc

from kg.extraction.document import Draft, title_length
from kg.extraction.layout import layout
from kg.extraction.words import words


class Item(NamedTuple):
    """A word, or a mention of a term: its text in small letters, the draft's number or -1, the place."""

    text: str
    draft: int
    start: int
    end: int


class Place(NamedTuple):
    """Where a mention stands: number of the sentence, position of its item."""

    sentence: int
    item: int


@dataclass(slots=True)
class View:
    """Sentences as items, and where each draft is mentioned.

    Parameters
    ----------
    sentences : list of list of Item
        Title first.
    bounds : list of (int, int)
        Character offsets of each sentence in the Doc's text.
    titles : int
        How many of the sentences are the title's.
    places : list of list of Place
        For each draft, its mentions in reading order.
    """

    sentences: list[list[Item]]
    bounds: list[tuple[int, int]]
    titles: int
    places: list[list[Place]]


def view(doc: Doc, drafts: list[Draft]) -> View:
    """Look at a Doc with its drafts of terms.

    Parameters
    ----------
    doc : Doc
        With sentence boundaries.
    drafts : list of Draft
        Their mentions begin and end at token boundaries.
    """
    begins = {m.start: (i, m.end) for i, draft in enumerate(drafts) for m in draft.mentions}
    made = View([], [], 0, [[] for _ in drafts])
    items: list[Item] = []
    title, open_end, low = title_length(doc), -1, 0
    seen = layout(doc)
    for text, at, sentence_start in zip(
        seen.words, seen.starts, doc.to_array([SENT_START]).ravel().tolist(), strict=True
    ):
        if sentence_start == 1 and items:
            _close(made, items, low, title)
            items = []
        if at < open_end or text.isspace():
            continue
        if not items:
            low = at
        if at in begins:
            draft, open_end = begins[at]
            made.places[draft].append(Place(len(made.sentences), len(items)))
            items.append(Item(f"<{drafts[draft].type}>", draft, at, open_end))
        else:
            items.append(Item(text.lower(), -1, at, at + len(text)))
    if items:
        _close(made, items, low, title)
    return made


def _close(made: View, items: list[Item], low: int, title: int) -> None:
    made.sentences.append(items)
    made.bounds.append((low, items[-1].end))
    if low < title:
        made.titles = len(made.sentences)


@lru_cache(maxsize=1)
def verb_forms() -> dict[str, str]:
    """The forms of the cue verbs, each with its base form.

    Examples
    --------
    >>> forms = verb_forms()
    >>> forms["proposes"], forms["studied"], forms["using"], forms["shown"]
    ('propose', 'study', 'use', 'show')
    """
    forms: dict[str, str] = {
        "shown": "show",
        "found": "find",
        "built": "build",
        "learnt": "learn",
        "ran": "run",
        "dealt": "deal",
        "sought": "seek",
        "overcame": "overcome",
        "began": "begin",
        "understood": "understand",
        "beaten": "beat",
        "via": "via",
        "using": "use",
    }
    for verb in sorted(words("cue verbs")):
        stem = verb[:-1] if verb.endswith("e") else verb
        doubled = verb + verb[-1]
        endings = [verb, verb + "s", stem + "ed", stem + "ing", verb + "es", doubled + "ed", doubled + "ing"]
        if verb.endswith("y"):
            endings += [verb[:-1] + "ies", verb[:-1] + "ied"]
        for form in endings:
            forms.setdefault(form, verb)
    return forms
