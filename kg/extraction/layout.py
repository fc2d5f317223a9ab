"""A Doc's text and tokens as plain lists, read from spaCy once: its getters walk the Doc at each call."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.attrs import SPACY  # type: ignore[import-not-found]
from spacy.tokens import Doc

_LAYOUT = "kg.layout"


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a Doc and its tokens, white space among them.

    Parameters
    ----------
    text : str
        Of the whole Doc.
    words : list of str
        Each token's.
    starts, ends : list of int
        Character offsets in the text.
    spaced : list of bool
        Whether a blank follows the token.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    spaced: list[bool]


def layout(doc: Doc) -> Layout:
    """The layout of a Doc, kept on it; the Doc must not be retokenised afterwards.

    Examples
    --------
    >>> import spacy
    >>> found = layout(spacy.blank("en")("We use Adam."))
    >>> found.words, found.starts
    (['We', 'use', 'Adam', '.'], [0, 3, 7, 11])
    """
    known = doc.user_data.get(_LAYOUT)
    if isinstance(known, Layout):
        return known
    words = [token.text for token in doc]
    spaced = [bool(space) for space in doc.to_array([SPACY]).ravel().tolist()]
    starts, ends, pieces, at = [], [], [], 0
    for word, space in zip(words, spaced, strict=True):
        starts.append(at)
        at += len(word)
        ends.append(at)
        at += space
        pieces.append(word)
        if space:
            pieces.append(" ")
    made = Layout("".join(pieces), words, starts, ends, spaced)
    doc.user_data[_LAYOUT] = made
    return made
