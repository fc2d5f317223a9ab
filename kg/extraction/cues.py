"""The words that tell what a paper does with a term: the evidence of a role."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.model import Role

_GAP = r"(?:[\w'’\-,()]+\s+){0,%d}?"


class Cue(NamedTuple):
    """A cue: its role, the pattern, on which side of the term it stands."""

    role: Role
    pattern: re.Pattern[str]
    left: bool


def _left(role: Role, words: str, gap: int = 5) -> Cue:
    return Cue(role, re.compile(rf"\b({words})\s+" + _GAP % gap + r"[\"'“‘(\\{]*$", re.IGNORECASE), True)


def _right(role: Role, words: str, gap: int = 3) -> Cue:
    return Cue(role, re.compile(r"^[\"'”’),\s]*" + _GAP % gap + rf"({words})\b", re.IGNORECASE), False)


CUES = (
    _left(
        Role.PROPOSES,
        r"(?:we|this paper|this work|this article|paper|work|authors)(?: \w+ly| also| then| first| "
        r"thus| therefore| further| here)? (?:propose|introduce|present|develop|design|devise|create|"
        r"construct|release|build|contribute|formulate|put forward|offer|describe)s?",
        6,
    ),
    _left(
        Role.PROPOSES,
        r"proposed|novel|new|called|named|termed|dubbed|we call|coined|introducing|presenting|"
        r"our|referred to as|denoted as",
        2,
    ),
    _right(
        Role.PROPOSES,
        r"(?:is|was|are) (?:proposed|introduced|presented|developed)|, a (?:novel|new)|, an? "
        r"[\w-]+ (?:framework|method|approach|algorithm|model|benchmark|dataset|system)",
        1,
    ),
    _left(
        Role.COMPARES_WITH,
        r"outperform(?:s|ed|ing)?|compar(?:ed|e|es|ing|ison) (?:with|to|against)|superior to|"
        r"better than|surpass(?:es|ing|ed)?|exceed(?:s|ing)?|beats?|baselines?,? (?:such as|including|like)|"
        r"relative to|over existing|versus|against|competitive with|on par with|comparable to|rivals?",
        8,
    ),
    _left(
        Role.EVALUATES_ON,
        r"(?:experiment|evaluation|result|test|benchmark|evaluate|validate|demonstrate|assess|"
        r"experimental result|empirical result|performance|accuracy|improvement|"
        r"gain)s?(?:d|ed|ing)?\b[^.;]{0,60}? "
        r"(?:on|across|over|in)",
        10,
    ),
    _left(
        Role.EVALUATES_ON,
        r"trained on|evaluated on|tested on|validated on|benchmarks?,? (?:such as|including|like)|"
        r"datasets?[:,]? (?:such as|including|like|namely)|on the|tasks?,? (?:such as|including|like)",
        5,
    ),
    _left(
        Role.MEASURES,
        r"in terms of|measured by|achiev(?:e|es|ing|ed)|reach(?:es|ing)?|attain(?:s|ing)?|obtain(?:s|"
        r"ing|ed)?|improv(?:e|es|ing|ed)|reduc(?:e|es|ing|ed)|increas(?:e|es|ing|ed)|higher|lower|better|"
        r"with an?|evaluate(?:d)? (?:using|by|with)|report(?:s|ing)?",
        6,
    ),
    _left(
        Role.ADDRESSES,
        r"problems? of|tasks? of|address(?:es|ing)?|tackl(?:e|es|ing)|solv(?:e|es|ing)|challenges? "
        r"(?:of|in)|for|approach to|goal of|aims? (?:to|at)|study the problem of|applied to",
        4,
    ),
    _left(
        Role.USES,
        r"using|use|uses|used|based on|leverag(?:e|es|ing)|employ(?:s|ing|ed)?|via|through|by means of|"
        r"utiliz(?:e|es|ing)|built (?:on|upon)|builds? (?:on|upon)|combin(?:e|es|ing)|incorporat(?:e|es|ing)|"
        r"adopt(?:s|ing)?|apply|applies|applying|integrat(?:e|es|ing)|with|by|exploit(?:s|ing)?|extend(?:s|ing)?",
        5,
    ),
    _right(Role.USES, r"-?based", 0),
    _left(
        Role.STUDIES,
        r"(?:we )?(?:stud(?:y|ies|ied)|analy[sz](?:e|es|ing|is of)|investigat(?:e|es|ing|ed)|"
        r"examin(?:e|es|ing)|explor(?:e|es|ing)|understand(?:ing)?|characteri[sz](?:e|es|ing)|prove|"
        r"show that|find that|role of|effects? of|impact of|properties of|theory of|analysis of|"
        r"survey of|review)",
        6,
    ),
)


class Found(NamedTuple):
    """A cue seen beside a mention: how near it stands (characters), where."""

    role: Role
    start: int
    end: int
    distance: int


def cues_at(text: str, low: int, start: int, end: int, high: int, role: Role | None = None) -> list[Found]:
    """The cues beside a mention within its sentence.

    Parameters
    ----------
    text : str
        Text of the Doc.
    low, high : int
        The sentence.
    start, end : int
        The mention.

    role : Role, optional
        Only its cues.

    Returns
    -------
    list of Found
        One a cue that is there, in the order of the table; offsets are those of `text`.

    Examples
    --------
    >>> text = "We propose the Tiny Network."
    >>> [(str(f.role), text[f.start:f.end]) for f in cues_at(text, 0, 15, 27, 28)]
    [('proposes', 'We propose')]
    """
    left, right = text[max(low, start - 160) : start], text[end : min(high, end + 60)]
    shift = max(low, start - 160)
    found = []
    for cue in CUES:
        if role is not None and cue.role != role:
            continue
        match = cue.pattern.search(left if cue.left else right)
        if match is None:
            continue
        a, b = match.span(1)
        if cue.left:
            found.append(Found(cue.role, a + shift, b + shift, start - b - shift))
        else:
            found.append(Found(cue.role, a + end, b + end, a))
    return found
