"""Which paper is this: identifiers in one spelling, titles in one form, ids made from them."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(r"^(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi\s*[:=]?\s*)", re.IGNORECASE)
_ARXIV_NEW = re.compile(r"(?<!\d)(\d{4}\.\d{4,5})(?:v\d+)?(?!\d)")
_ARXIV_OLD = re.compile(r"(?<![a-z-])([a-z][a-z-]+)(?:\.[A-Za-z]{2})?/(\d{7})(?:v\d+)?(?!\d)")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ARXIV_MARK = re.compile(r"arxiv", re.IGNORECASE)
_FONT = re.compile(
    r"\\(?:em|it|bf|sc|rm|tt|sf|emph|text(?:it|bf|sc|rm|tt|sf)?|math(?:rm|bf|it|cal|bb|sf|tt|frak))\b"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_NOT_WORD_BYTES = bytes(code for code in range(128) if not chr(code).isalnum())
_NOT_WORD = re.compile(r"[\W_]+")


def doi(value: str | None) -> str | None:
    """A DOI in lower case and without prefix, or None where the value holds none.

    Parameters
    ----------
    value : str or None
        As found: bare, as an address, with ``doi:``.

    Returns
    -------
    str or None

    Examples
    --------
    >>> doi("https://doi.org/10.1000/ABC.1")
    '10.1000/abc.1'
    >>> doi("none given") is None
    True
    """
    if not value:
        return None
    text = _DOI_PREFIX.sub("", value.strip())
    if "%2F" in text[:20] or "%2f" in text[:20]:
        text = text.replace("%2F", "/").replace("%2f", "/")
    found = _DOI.match(text)
    if found is None:
        return None
    text = found.group().lower().rstrip(".,;")
    return text if len(text) <= 300 else None


def arxiv(value: str | None) -> str | None:
    """An arXiv id without prefix, subject class and version, or None where the value holds none.

    Parameters
    ----------
    value : str or None
        As found: ``2401.00001v2``, ``arXiv:math.GT/0309136``, an address of an abstract page.

    Returns
    -------
    str or None

    Examples
    --------
    >>> arxiv("http://arxiv.org/abs/2401.00001v2"), arxiv("math.GT/0309136")
    ('2401.00001', 'math/0309136')
    """
    if not value:
        return None
    if found := _ARXIV_NEW.search(value):
        return found.group(1)
    if found := _ARXIV_OLD.search(value):
        return f"{found.group(1)}/{found.group(2)}"
    return None


def looks_like_arxiv(value: str) -> bool:
    """Whether a value as a whole is an arXiv id, perhaps with its version.

    Examples
    --------
    >>> looks_like_arxiv("2401.00001v2"), looks_like_arxiv("1234.5")
    (True, False)
    """
    return bool(_ARXIV_NEW.fullmatch(value) or _ARXIV_OLD.fullmatch(value))


def arxiv_in_url(url: str | None) -> str | None:
    """The arXiv id in an address of arxiv.org; None for any other address.

    Examples
    --------
    >>> arxiv_in_url("https://arxiv.org/pdf/2401.00001.pdf")
    '2401.00001'
    >>> arxiv_in_url("https://example.org/2401.00001") is None
    True
    """
    return arxiv(url) if url and _ARXIV_MARK.search(url) else None


def split_doi(value: str | None) -> tuple[str | None, str | None]:
    """A DOI as (DOI, arXiv id): the DOIs that arXiv gives out say nothing beyond the arXiv id.

    Examples
    --------
    >>> split_doi("10.48550/arXiv.2401.00001"), split_doi("10.1000/1")
    ((None, '2401.00001'), ('10.1000/1', None))
    """
    found = doi(value)
    preprint = _ARXIV_DOI.fullmatch(found) if found else None
    return (None, arxiv(preprint.group(1))) if preprint else (found, None)


def title_key(title: str) -> str:
    r"""The title without case, accents, mark-up, blanks and punctuation: equal for equal titles.

    Parameters
    ----------
    title : str

    Returns
    -------
    str
        Never empty for a title that is not.

    Examples
    --------
    >>> title_key("Na\u00efve {\\em Bayes} for Text-Mining!")
    'naivebayesfortextmining'
    """
    if title.isascii() and "<" not in title and "\\" not in title:
        plain = title.encode("ascii").lower().translate(None, _NOT_WORD_BYTES)
        if plain:
            return plain.decode("ascii")
    text = title
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
    if "<" in text:
        text = _TAG.sub("", text)
    if "\\" in text:
        text = _FONT.sub("", text)
    key = _NOT_WORD.sub("", text.casefold())
    return key or " ".join(title.casefold().split()) or title


def paper_id(title: str, doi: str | None = None, arxiv: str | None = None) -> str:
    """The id of a paper that was given none.

    Parameters
    ----------
    title : str
    doi, arxiv : str or None
        Normalised, see :func:`doi` and :func:`arxiv`.

    Returns
    -------
    str
        ``doi:…``, else ``arxiv:…``, else ``title:`` and 16 hexadecimal digits of the SHA-256
        of :func:`title_key`.

    Examples
    --------
    >>> paper_id("A title", arxiv="2401.00001")
    'arxiv:2401.00001'
    >>> paper_id("A title") == paper_id("a  Title.")
    True
    """
    if doi:
        return f"doi:{doi}"
    if arxiv:
        return f"arxiv:{arxiv}"
    return "title:" + hashlib.sha256(title_key(title).encode("utf-8", "surrogatepass")).hexdigest()[:16]
