"""Values as RDF literals: texts that every format can hold, dates and numbers in one spelling."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.export.rdf.namespaces import STRING, XSD

# What XML 1.0 cannot hold, even escaped, and what is no Unicode text at all.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff]|%(?![0-9A-Fa-f]{2})")


def text(value: str) -> str:
    r"""Replace each character that some RDF format cannot hold by U+FFFD.

    One for one, so that offsets still count right; and in every format alike, so that all of
    them hold the same triples.

    Examples
    --------
    >>> text("a\x00b\tc")
    'a\ufffdb\tc'
    """
    # Printable characters can all be written, and asking so is quick.
    return value if value.isprintable() else _UNWRITABLE.sub("\ufffd", value)


def decimal(value: float) -> str:
    """Write a number with at most three decimals, in the canonical form of ``xsd:decimal``.

    Examples
    --------
    >>> [decimal(x) for x in (0.9, 1, 0.1234, -0.00001)]
    ['0.9', '1.0', '0.123', '0.0']
    """
    digits = f"{value:.3f}".rstrip("0")
    if digits.endswith("."):
        digits += "0"
    return "0.0" if digits == "-0.0" else digits


def typed_date(value: str) -> tuple[str, str]:
    """Pair a date with the datatype of its precision; what is no date stays a string.

    Parameters
    ----------
    value : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    tuple of (str, str)
        Lexical form and datatype IRI.

    Examples
    --------
    >>> [typed_date(d)[1].rpartition("#")[2] for d in ("2024", "2024-02", "2024-02-29", "2023-02-29")]
    ['gYear', 'gYearMonth', 'date', 'string']
    """
    if not value.startswith("0000"):
        if re.fullmatch("[0-9]{4}", value, re.ASCII):
            return value, XSD + "gYear"
        if re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", value):
            return value, XSD + "gYearMonth"
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value) and _is_day(value):
            return value, XSD + "date"
    return text(value), STRING


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def outside_iri(value: str) -> str | None:
    r"""Make an IRI from elsewhere safe to write, or None where nothing can.

    Characters that no IRI may hold are percent-encoded; letters of other scripts stay, because
    the vocabulary they come from knows the IRI by them.

    Examples
    --------
    >>> outside_iri("http://dbpedia.org/resource/Na\u00efve Bayes")
    'http://dbpedia.org/resource/Naïve%20Bayes'
    >>> outside_iri("no IRI at all") is None
    True
    """
    encoded = _NOT_IN_IRI.sub(lambda found: quote(found[0], safe="", errors="surrogatepass"), value.strip())
    try:
        return NamedNode(encoded).value
    except ValueError:
        return None
