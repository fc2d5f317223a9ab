"""Text as people read it: no mark-up, no entities, no hard line breaks, one Unicode form.

Every reader but those that are taken letter for letter gives its texts to this one cleaner, and
the offsets of mentions refer to what comes out.
"""

from __future__ import annotations

import html
import re
import unicodedata

from kg.corpus import tex

_INLINE = (
    "i|b|u|a|img|script|em|strong|sub|sup|span|font|tt|sc|code|small|big|italic|bold|underline|monospace|overline|roman|"
    "sans-serif|styled-content|named-content|ext-link|xref|email|uri|inline-formula|tex-math|alternatives|"
    "fixed-case|scp|smallcaps|it|inf|hi|cite|abbr|mark|bdi|inline-graphic|graphic|disp-formula|style"
)
_BLOCK = (
    "p|br|hr|div|sec|section|title|label|h[1-6]|ul|ol|li|dl|dt|dd|list|list-item|table|tr|td|th|tbody|thead|"
    "abstract|abstracttext|blockquote|center|body|html|article|caption|fig|break|speak"
)
_ATTRIBUTES = (
    r"""(?:\s+[A-Za-z_:][\w:.-]{0,60}\s{0,5}=\s{0,5}(?:"[^"<>]{0,500}"|'[^'<>]{0,500}'|[^\s"'<>=]{1,200}))*"""
)
_TAG_INLINE = re.compile(rf"<(?=/?[A-Za-z])/?(?:jats:)?(?:{_INLINE}){_ATTRIBUTES}\s{{0,5}}/?>", re.IGNORECASE)
_TAG_BLOCK = re.compile(rf"<(?=/?[A-Za-z])/?(?:jats:)?(?:{_BLOCK}){_ATTRIBUTES}\s{{0,5}}/?>", re.IGNORECASE)
_TAG_SPACE = re.compile(
    rf"<(?=/?[a-z])/?(?:jats|mml|m|xocs|ce|sb|xlink):[A-Za-z][\w.-]{{0,60}}{_ATTRIBUTES}\s{{0,5}}/?>|<!--[^<>]{{0,2000}}-->"
)
_HEADING = re.compile(
    r"""^(?:(?:abstract|a\ b\ s\ t\ r\ a\ c\ t)(?:\s*[:.\u2014\u2013|-]+\s*|\s+(?=["'“‘(\[]?[A-Z0-9])|\s*$)"""
    r"""|summary\s*[:\u2014|]\s*)""",
    re.IGNORECASE | re.VERBOSE,
)
_NO_ABSTRACT = re.compile(
    r"[\[(]?(?:no abstract(?: is)?(?: available)?|abstract (?:is )?not available"
    r"|not available|n/?a|none|null)[\])]?\.?",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]"
)
_HALF = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    r"""The text without mark-up, in one line, in NFC.

    Tags and entities go (also where they were escaped twice), accents of TeX become letters,
    runs of blanks and line breaks one blank; characters that cannot be seen go. Formulas stay.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> print(clean("A&amp;amp;B <i>in vitro</i> &lt;jats:p&gt;for\n  $x<y$, Erd\\H{o}s &lt; G\\\"odel"))
    A&B in vitro for $x<y$, Erdős < Gödel
    """
    marked = "<" in text or "&" in text or "\\" in text
    if not marked and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    for _ in range(2):
        if "<" in text:
            text = _without_tags(text)
        if "&" in text:
            text = html.unescape(text)
    if "<" in text:
        text = _without_tags(text)
    if "\\" in text:
        text = tex.letters(text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if "  " in text or not text.isprintable():  # line breaks, too, cannot be printed
        text = " ".join(text.split())
        if not text.isprintable():
            text = " ".join(_HALF.sub("\ufffd", _UNSEEN.sub("", text)).split())
        return text
    return text.strip(" ")


def clean_abstract(text: str) -> str:
    """The cleaned text without the heading "Abstract", empty where it only says that there is none.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> clean_abstract("<jats:title>Abstract</jats:title><jats:p>We show files.</jats:p>")
    'We show files.'
    >>> clean_abstract("Abstract We show files."), clean_abstract("Abstract state machines")
    ('We show files.', 'Abstract state machines')
    """
    text = clean(text)
    start = text[:12].lower()
    if start.startswith(("abstract", "a b s t", "summary")):
        text = _without_heading(text)
    if len(text) < 40 and _NO_ABSTRACT.fullmatch(text):
        return ""
    return text


def _without_heading(text: str) -> str:
    found = _HEADING.match(text)
    if found is None:
        return text
    follows = text[found.end() : found.end() + 1]
    bare = found.group().strip().isalpha()
    # "Abstract interpretation is …" begins with a word, "Abstract We show …" with a heading.
    if bare and follows and not (follows.isupper() or follows.isdigit() or follows in "\"'“‘(["):
        return text
    return text[found.end() :]


def _without_tags(text: str) -> str:
    if "title>" in text:
        text = _cut(text, "<jats:title>", "</jats:title>")
        if "<title>" in text and text.lstrip().startswith(("<title", "<sec", "<p")):
            text = _cut(text, "<title>", "</title>")
    if "tex-math" in text:
        text = _cut(_cut(text, "<mml:math", "</mml:math>"), "<jats:inline-graphic", "/>")
    text = _TAG_INLINE.sub("", text)
    text = _TAG_BLOCK.sub(" ", text)
    return _TAG_SPACE.sub("", text) if ":" in text or "<!--" in text else text


def _cut(text: str, opening: str, closing: str) -> str:
    """The text without everything from each opening to the closing after it."""
    pieces, position = [], 0
    while (start := text.find(opening, position)) >= 0:
        end = text.find(closing, start)
        if end < 0:
            break
        pieces.append(text[position:start])
        pieces.append(" ")
        position = end + len(closing)
    pieces.append(text[position:])
    return "".join(pieces)
