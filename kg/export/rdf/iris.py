"""The one place where IRIs are minted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from kg.errors import ExportError
from kg.model import Mention, Span

DEFAULT_BASE = "https://example.org/kg/"

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
_PLAIN = re.compile(r"[A-Za-z0-9_.:-]+").fullmatch
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def segment(text: str) -> str:
    """Make any text one segment of a path, so that different texts stay different.

    Letters and digits of ASCII and ``- . _ :`` stay, everything else becomes percent-encoded
    UTF-8; a text of dots alone, which a browser would read as a step in the path, too.

    Parameters
    ----------
    text : str
        An id, any Unicode; a lone surrogate is encoded like any other code point.

    Returns
    -------
    str
        ASCII without blanks, slashes, quotes, brackets, ``~`` or ``%`` outside an escape.

    Examples
    --------
    >>> segment("doi:10.1000/1"), segment("naïve Bayes"), segment("..")
    ('doi:10.1000%2F1', 'na%C3%AFve%20Bayes', '%2E%2E')
    """
    # Most ids need nothing, and to see that is quicker than to look them up.
    return text if _PLAIN(text) and text not in {".", ".."} else _encoded(text)


@lru_cache(maxsize=4096)
def _encoded(text: str) -> str:
    if text in {".", ".."}:
        return "%2E" * len(text)
    # quote() leaves "~" alone, which Turtle wants escaped in a name.
    return quote(text, safe=":", errors="surrogatepass").replace("~", "%7E")


def valid_base(iri: str) -> str:
    """Check a base IRI and give it the separator at its end that it may lack.

    Raises
    ------
    ExportError
        If it is no absolute IRI of ASCII characters.

    Examples
    --------
    >>> valid_base("https://my.org/graph")
    'https://my.org/graph/'
    """
    if not _BASE.fullmatch(iri) or _BAD_PERCENT.search(iri) or iri.count("#") > 1:
        raise ExportError(
            f"{iri!r} is no base IRI; give an absolute one such as {DEFAULT_BASE}, "
            "with other characters than ASCII letters percent-encoded"
        )
    return iri if iri.endswith(("/", "#", ":")) else iri + "/"


@dataclass(frozen=True, slots=True)
class Iris:
    """The rule that turns ids into IRIs: ``BASE kind/segment/segment``.

    Parameters
    ----------
    base : str
        Where the publisher's data live; see :func:`valid_base`.

    Examples
    --------
    >>> iris = Iris("https://example.org/kg/")
    >>> iris.paper("arxiv:2106.09685")
    'https://example.org/kg/paper/arxiv:2106.09685'
    >>> iris.link("arxiv:2106.09685", "proposes", "lora")
    'https://example.org/kg/link/arxiv:2106.09685/proposes/lora'
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        object.__setattr__(self, "base", valid_base(self.base))

    def prefixes(self) -> dict[str, str]:
        """Prefixes for the data themselves: ``paper:``, ``concept:``, ``data:`` (everything).

        Examples
        --------
        >>> Iris().prefixes()["concept"]
        'https://example.org/kg/concept/'
        """
        return {"concept": f"{self.base}concept/", "data": self.base, "paper": f"{self.base}paper/"}

    def dataset(self) -> str:
        """The whole graph, as VoID describes it."""
        return f"{self.base}dataset"

    def graph(self, profile: str) -> str:
        """Named graph of a profile, in N-Quads and TriG."""
        return f"{self.base}graph/{profile}"

    def scheme(self) -> str:
        """The concept scheme."""
        return f"{self.base}concepts"

    def paper(self, paper: str) -> str:
        """A paper."""
        return f"{self.base}paper/{segment(paper)}"

    def concept(self, concept: str) -> str:
        """A concept."""
        return f"{self.base}concept/{segment(concept)}"

    def alias(self, concept: str, name: str) -> str:
        """A name of a concept, with the rule that joined it."""
        return f"{self.base}alias/{segment(concept)}/{segment(name)}"

    def author(self, paper: str, position: int) -> str:
        """An author of one paper: names alone do not tell persons apart."""
        return f"{self.base}author/{segment(paper)}/{position}"

    def identifier(self, paper: str, scheme: str, value: str) -> str:
        """An identifier of a paper in some scheme."""
        return f"{self.base}identifier/{segment(paper)}/{segment(scheme)}/{segment(value)}"

    def source(self, file: str, position: int) -> str:
        """A record of an input file."""
        return f"{self.base}source/{segment(file)}/{position}"

    def text(self, paper: str, field: str) -> str:
        """Title or abstract of a paper, as the text that offsets count in."""
        return f"{self.base}text/{segment(paper)}/{field}"

    def sentence(self, paper: str, span: Span) -> str:
        """A sentence of a paper."""
        return f"{self.base}sentence/{segment(paper)}/{span.field}/{span.start}-{span.end}"

    def mention(self, mention: Mention) -> str:
        """A mention; its target and selectors are below it."""
        place = f"{mention.field}/{mention.start}-{mention.end}"
        return f"{self.base}mention/{segment(mention.paper)}/{place}"

    def link(self, paper: str, role: str, concept: str) -> str:
        """The evidence for a paper's link to a concept."""
        return f"{self.base}link/{segment(paper)}/{role}/{segment(concept)}"

    def relation(self, head: str, relation: str, tail: str) -> str:
        """The evidence for a relation between two concepts."""
        return f"{self.base}relation/{segment(head)}/{relation}/{segment(tail)}"
