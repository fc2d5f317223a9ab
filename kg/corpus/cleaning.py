"""Text as people read it: no mark-up, no entities, no hard line breaks, one Unicode form."""

from __future__ import annotations

import html
import re
import unicodedata

from kg.corpus.draft import one_line

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")


def clean(text: str) -> str:
    """Placeholder."""
    if "&" in text:
        text = html.unescape(text)
    return unicodedata.normalize("NFC", one_line(_TAG.sub("", text)))
