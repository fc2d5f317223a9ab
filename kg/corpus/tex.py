r"""TeX in texts: accents and special letters become characters; formulas stay as they are."""

from __future__ import annotations

import re
import unicodedata

_COMBINING = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "t": "\u0361", "c": "\u0327", "d": "\u0323", "b": "\u0331",
    "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotesingle": "'",
    "textquotedblleft": "“", "textquotedblright": "”", "textasciitilde": "~", "textasciicircum": "^",
    "textbackslash": "\\", "textregistered": "®", "texttrademark": "™", "textcopyright": "©",
    "textdegree": "°", "textmu": "µ", "textperiodcentered": "·", "textbar": "|", "textless": "<",
    "textgreater": ">", "textunderscore": "_", "ldots": "…", "dots": "…", "textellipsis": "…", "S": "§",
    "P": "¶", "pounds": "£", "texteuro": "€", "euro": "€",
}  # fmt: skip
_MATH = re.compile(r"(\$(?<!\\\$)\$?[^$]{0,2000}(?<!\\)\$\$?|\\\((?:[^$\\]|\\(?![()])){0,2000}\\\))")
_ACCENT = re.compile(
    r"""\{\\(?P<a>["'`^~=.])\s?(?:\{\s*\\?(?P<b>[A-Za-z])\s*\}|\\(?P<c>[ij])|(?P<d>[A-Za-z]))\s?\}"""
    r"""|\\(?P<e>["'`^~=.])\s?\{\s*\\?(?P<f>[A-Za-z])\s*\}"""
    r"""|\\(?P<g>['`^~=.])\s?(?:\\(?P<h>[ij])(?![A-Za-z])\s?|(?P<i>[A-Za-z]))"""
    r"""|\\(?<=[A-Za-z]\\)(?P<j>")(?P<k>[A-Za-z])"""
    r"""|\{\\(?P<l>[uvHtcdbkr])(?:\s*\{\s*\\?(?P<m>[A-Za-z])\s*\}|\s+\\?(?P<n>[A-Za-z]))\s?\}"""
    r"""|\\(?P<o>[uvHtcdbkr])(?:\{\s*\\?(?P<p>[A-Za-z])\s*\}|\s+(?P<q>[A-Za-z])(?![A-Za-z]))"""
)
_NAMED = re.compile(
    r"\{\\(?P<a>"
    + "|".join(_LETTERS)
    + r")\s*(?:\{\})?\}|\\(?P<b>"
    + "|".join(_LETTERS)
    + r")(?:\{\}|(?![A-Za-z])\s?)"
)
_ESCAPED = re.compile(r"\\([&%#_])")
_FONT = re.compile(
    r"\\(?:emph|text(?:it|bf|sc|rm|tt|sf|sl|up|md|normal|superscript|subscript)?|mbox|url|href|uppercase|"
    r"MakeUppercase|ensuremath|underline|mkbibquote|mkbibemph|enquote|protect|noopsort)\s*(?=\{)"
    r"|\\(?:em|it|bf|sc|rm|tt|sf|sl|itshape|bfseries|scshape|small|normalfont|protect|/|-)(?![A-Za-z])\s*"
)
_BRACES = re.compile(r"(?<!\\)[{}]")
_ESCAPED_MORE = re.compile(r"\\([$&%#_{} ,])")


def letters(text: str) -> str:
    r"""Accents and special letters of TeX as characters; everything else, and formulas, unchanged.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> print(letters(r"Erd{\H o}s, Mat\'ern and G\"odel on $\'x \ss$"))
    Erdős, Matérn and Gödel on $\'x \ss$
    """
    if "\\" not in text:
        return text
    if "$" not in text and "\\(" not in text:
        return _letters(text)
    return "".join(part if i % 2 else _letters(part) for i, part in enumerate(_MATH.split(text)))


def _letters(text: str) -> str:
    if "\\" not in text:
        return text
    text = _ACCENT.sub(_accent, text)
    text = _NAMED.sub(lambda found: _LETTERS[found.group("a") or found.group("b")], text)
    return _ESCAPED.sub(r"\1", text)


def _accent(found: re.Match[str]) -> str:
    mark, letter = (part for part in found.groups() if part is not None)
    if mark == "t":
        return letter
    return unicodedata.normalize("NFC", letter + _COMBINING[mark])


def plain(text: str) -> str:
    r"""The text of a BibTeX field: `letters`, and without braces, font commands and TeX quotes.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> print(plain(r"{An} \emph{amazing} {Cu$_{2}$O}~--- ``film''"))
    An amazing Cu$_{2}$O — “film”
    """
    if not any(mark in text for mark in "\\{}~`'-"):
        return text
    return "".join(part if i % 2 else _plain(part) for i, part in enumerate(_MATH.split(text)))


def _plain(text: str) -> str:
    if "\\" in text:
        text = _FONT.sub("", _letters(text))
    if "{" in text or "}" in text:
        text = _BRACES.sub("", text)
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    if "~" in text:
        text = re.sub(r"(?<!\\)~", " ", text)
    return _ESCAPED_MORE.sub(r"\1", text) if "\\" in text else text
