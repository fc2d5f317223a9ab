"""The normalised key under which spellings of one name fall together."""

from __future__ import annotations

import re


def name_key(name: str) -> str:
    """Key of a name: lower case, hyphens and blanks alike, the last word in the singular.

    Examples
    --------
    >>> name_key("Large Language-Models") == name_key("large language model")
    True
    """
    words = re.sub(r"[\s\-‐-―_/]+", " ", name.casefold()).strip().split(" ")
    last = words[-1]
    if len(last) > 3 and last.endswith("s") and not last.endswith(("ss", "us", "is")):
        words[-1] = last[:-3] + "y" if last.endswith("ies") else last[:-1]
    return " ".join(words)
