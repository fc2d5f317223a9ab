"""From the probabilities of a paper's tokens to its terms.

Labels are O, B-type, I-type. A paper is decided as a whole: the annotation guideline counts every
occurrence of a term, and one surface has one type in one paper, so the evidence of all the occurrences
of a surface (of its plural and of its other-case variants too) is put together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kg.extraction.words import words as word_list

TYPES = ("Concept", "Dataset", "Method", "Metric", "Task")
N_LABELS = 1 + 2 * len(TYPES)  # O, then B and I of each type in turn
B, I = slice(1, N_LABELS, 2), slice(2, N_LABELS, 2)  # noqa: E741

Array = NDArray[Any]
HAS_WORD = re.compile(r"\w").search

# Words that are no part of a term at its start: articles, deixis, praise.
EMPTY_FRONT = word_list("tagger front")


class Text(Protocol):
    """A paper: its text, its words and where they stand, and where the title ends."""

    @property
    def text(self) -> str:
        """Title, blank line, abstract."""
        ...

    @property
    def starts(self) -> Array:
        """Where each word begins."""
        ...

    @property
    def ends(self) -> Array:
        """Where each word ends."""
        ...

    @property
    def words(self) -> Sequence[str]:
        """The words."""
        ...

    @property
    def title_end(self) -> int:
        """Characters of the title."""
        ...


@dataclass(frozen=True, slots=True)
class Term:
    """One mention: where it is in the text, its type, and how sure the tagger is of it."""

    start: int
    end: int
    type: str
    probability: float


# What decides whether a surface is a term: of all its occurrences in the paper together.
FEATURES = (
    "mean",
    "highest",
    "lowest",  # confidence in the occurrences: the least sure of their edges and joints
    "log_count",
    "always_inside",  # occurrences; whether each lies inside a likelier longer term
    "joint",
    "length",
    "in_title",  # mean log-probability of the whole span; tokens; whether the title has it
    "type_share",
    "type_entropy",
    "inner_capital",
    "lower_case",
    "rival",  # the highest confidence in a candidate of another name that overlaps it
    "strict",
    "lax_only",  # found also when few, or only when many, candidates are asked for
    "begin",
    "end",  # mean probability of its first and last edge
    *(f"is_{t}" for t in TYPES),
    "log_words",  # length of the paper
    "likely",  # mean confidence above a half
)
UNSURE = 0.4  # a type with less than this share of the probability is not said: such a term is a Concept
PASSES = (-1.5, -0.6, 0.3)  # added to the log-probability of O: many candidates, some, few


def default_weights() -> tuple[float, ...]:
    """The mean confidence alone decides."""
    return (10.0, *[0.0] * (len(FEATURES) - 1))


@dataclass(frozen=True, slots=True)
class Decoding:
    """What decides which candidates are terms; fitted on held-out training papers."""

    weights: tuple[float, ...] = field(default_factory=default_weights)
    bias: float = -5.0
    keep: float = 0.5
    type_weights: tuple[float, float] = (
        1.0,
        0.0,
    )  # of the share of the chosen type in its log odds, and a constant


@dataclass(slots=True)
class Candidate:
    """A name that may be a term, with its variants."""

    surfaces: list[str]
    spans: list[tuple[int, int]]  # its occurrences, those that lie inside likelier longer ones left out
    features: list[float]
    type: int
    type_share: float


def best_path(log_probs: Array, outside: float) -> Array:
    """The likeliest valid label sequence of each row of (papers, tokens, labels)."""
    scores = log_probs.copy()
    scores[:, :, 0] += outside
    n, length, labels = scores.shape
    back = np.zeros((n, length, labels), np.int8)
    now = scores[:, 0].copy()
    now[:, I] = -1e9
    rows = np.arange(n)
    open_labels = np.arange(1, N_LABELS, 2)
    for t in range(1, length):
        top = now.argmax(1)
        value = now[rows, top]
        begin, inside = now[:, B], now[:, I]
        from_begin = begin >= inside
        step = np.repeat(value[:, None], labels, 1)
        step[:, I] = np.where(from_begin, begin, inside)
        back[:, t] = top[:, None]
        back[:, t, I] = np.where(from_begin, open_labels, open_labels + 1)
        now = step + scores[:, t]
    path = np.zeros((n, length), np.int8)
    path[:, -1] = now.argmax(1)
    for t in range(length - 1, 0, -1):
        path[:, t - 1] = back[rows, t, path[:, t]]
    return path


def spans_of(path: Array) -> list[tuple[int, int]]:
    """(first token, last token + 1) of every term of one label sequence."""
    spans, start = [], -1
    for k, label in enumerate(path.tolist()):
        if label == 0 or label % 2:
            if start >= 0:
                spans.append((start, k))
            start = k if label else -1
    if start >= 0:
        spans.append((start, len(path)))
    return spans


def family(surface: str) -> str:
    """Lower case, hyphens as spaces, the last word in the singular: what variants share."""
    if surface.isupper() and len(surface) < 7:
        return surface
    key = surface.lower().replace("-", " ")
    if surface[-1:] == "s" and surface[:-1].isupper():
        return surface[:-1]
    if key.endswith("ies") and len(key) > 5:
        return key[:-3] + "y"
    if key.endswith("s") and not key.endswith(("ss", "us", "is")) and len(key) > 3:
        return key[:-1]
    return key


def occurrences(text: str, surface: str) -> list[tuple[int, int]]:
    """Every whole-word occurrence of a surface."""
    found, at, size = [], text.find(surface), len(surface)
    while at >= 0:
        end = at + size
        if (at == 0 or not is_word(text[at - 1])) and (end == len(text) or not is_word(text[end])):
            found.append((at, end))
        at = text.find(surface, at + 1)
    return found


def is_word(char: str) -> bool:
    """Whether a character is part of a word."""
    return char.isalnum() or char == "_"


def surfaces_of(
    text: str, starts: Array, ends: Array, words: Sequence[str], paths: Sequence[Array], title_end: int
) -> dict[str, list[bool]]:
    """The distinct surfaces of the label sequences, and in which of the sequences each is found."""
    surfaces: dict[str, list[bool]] = {}
    for number, path in enumerate(paths):
        for a, z in spans_of(path):
            while a < z - 1 and words[a].lower() in EMPTY_FRONT:
                a += 1
            for k in range(a, z):
                if words[k] in "()[]{}":
                    z = k
                    break
            if a >= z or (starts[a] < title_end) != (ends[z - 1] <= title_end):
                continue
            surface = text[starts[a] : ends[z - 1]]
            if surface.lower() not in EMPTY_FRONT and (
                surface.isalpha() or (len(surface) > 1 and HAS_WORD(surface))
            ):
                surfaces.setdefault(surface, [False] * len(paths))[number] = True
    return surfaces


def candidates(
    text: str,
    starts: Array,
    ends: Array,
    words: Sequence[str],
    probs: Array,
    paths: Sequence[Array],
    title_end: int,
) -> list[Candidate]:
    """The candidates of a paper with what speaks for each; `paths` are those of PASSES."""
    first = {s: k for k, s in enumerate(starts.tolist())}
    last = {e: k + 1 for k, e in enumerate(ends.tolist())}
    p = np.maximum(probs, 1e-4)
    p_begin = p[:, B].sum(1)
    p_inside = np.append(p[:, I].sum(1), 0.0)
    log_begin = np.log(p_begin).tolist()
    log_inside = np.concatenate([[0.0], np.cumsum(np.log(np.maximum(p_inside, 1e-4)))]).tolist()
    begin, inside = p_begin.tolist(), p_inside.tolist()
    kinds = np.zeros((len(words) + 1, len(TYPES)))
    np.cumsum(probs[:, B] + probs[:, I], axis=0, out=kinds[1:])
    surfaces = surfaces_of(text, starts, ends, words, paths, title_end)
    # (start, end, first token, last token + 1, confidence, log-probability)
    places: dict[str, list[tuple[int, int, int, int, float, float]]] = {}
    for surface in surfaces:
        for s, e in occurrences(text, surface):
            a, z = first.get(s), last.get(e)
            if a is not None and z is not None:
                end = 1.0 - inside[z]
                sure = min(begin[a], end, *inside[a + 1 : z])
                joint = log_begin[a] + math.log(max(end, 1e-4)) + log_inside[z] - log_inside[a + 1]
                places.setdefault(surface, []).append((s, e, a, z, sure, joint))
    longest = [0] * len(words)  # the longest likely candidate over each word
    for found in places.values():
        for s, e, a, z, sure, _ in found:
            if sure > 0.4:
                for k in range(a, z):
                    longest[k] = max(longest[k], e - s)
    by_word: list[list[tuple[float, str]]] = [[] for _ in words]
    families: dict[str, list[str]] = {}
    keys = {surface: family(surface) for surface in places}
    for surface, found in places.items():
        families.setdefault(keys[surface], []).append(surface)
        for _, _, a, z, sure, _ in found:
            for k in range(a, z):
                by_word[k].append((sure, keys[surface]))
    used: dict[str, list[tuple[int, int, int, int, float, float]]] = {}
    votes: dict[str, Array] = {}
    inner: dict[str, bool] = {}
    for key, members in families.items():
        every = [x for surface in members for x in places[surface]]
        free = [x for x in every if not any(longest[k] > x[1] - x[0] for k in range(x[2], x[3]))]
        inner[key], used[key] = not free, free or every
        votes[key] = sum((kinds[z] - kinds[a]) / (z - a) for _, _, a, z, _, _ in used[key])
    kind_of = dict(votes)
    begins = {x[0]: key for key, found in used.items() for x in found}
    for key, found in used.items():  # a name and the abbreviation in brackets after it are of one type
        for x in found:
            short = begins.get(x[1] + 2)
            if (
                short
                and short != key
                and text[x[1] : x[1] + 2] == " ("
                and is_abbreviation(short, text[x[0] : x[1]])
            ):
                kind_of[key] = kind_of[short] = votes[key] + votes[short]
                break
    out = []
    for key, members in families.items():
        found, n = used[key], len(used[key])
        sure = [x[4] for x in found]
        shares = (kind_of[key] / max(kind_of[key].sum(), 1e-6)).tolist()
        rival = max(
            (c for x in found for k in range(x[2], x[3]) for c, other in by_word[k] if other != key),
            default=0.0,
        )
        mean, top, name = sum(sure) / n, max(shares), members[0]
        kind = shares.index(top) if top >= UNSURE else TYPES.index("Concept")
        out.append(
            Candidate(
                members,
                [(x[0], x[1]) for x in found],
                [
                    mean,
                    max(sure),
                    min(sure),
                    math.log(n),
                    float(inner[key]),
                    sum(x[5] for x in found) / n,
                    sum(x[3] - x[2] for x in found) / n,
                    float(any(x[0] < title_end for x in found)),
                    top,
                    -sum(x * math.log(x + 1e-6) for x in shares),
                    float(any(c.isupper() for c in name[1:])),
                    float(name.islower()),
                    rival,
                    float(surfaces[name][-1]),
                    float(not any(surfaces[name][1:])),
                    sum(begin[x[2]] for x in found) / n,
                    sum(1.0 - inside[x[3]] for x in found) / n,
                    *shares,
                    math.log(len(words) / 200),
                    float(mean > 0.5),
                ],
                kind,
                shares[kind],
            )
        )
    return out


def is_abbreviation(short: str, long: str) -> bool:
    """Whether the letters of a short name come in the long one in this order, the first at a word's start."""
    letters = [c for c in short.lower() if c.isalnum()]
    if letters[1:] and letters[-1] == "s" and short[-1] == "s":
        letters.pop()
    text = long.lower()
    if not letters or len(short) > 10 or text[:1] != letters[0]:
        return False
    at = -1
    for letter in letters:
        at = text.find(letter, at + 1)
        if at < 0:
            return False
    return True


def sigmoid(x: float) -> float:
    """Logistic function, safe for any number."""
    return 1.0 / (1.0 + math.exp(-min(max(x, -30.0), 30.0)))


def select(text: str, found: Sequence[Candidate], settings: Decoding) -> list[Term]:
    """The candidates that are likely enough, at all their occurrences, the longest names first."""
    kept: list[tuple[str, float, int]] = []
    for c in found:
        p = sigmoid(settings.bias + sum(w * x for w, x in zip(settings.weights, c.features, strict=True)))
        if p >= settings.keep:
            share = min(max(c.type_share, 0.01), 0.99)
            p *= sigmoid(settings.type_weights[0] * math.log(share / (1 - share)) + settings.type_weights[1])
            kept += [(surface, p, c.type) for surface in c.surfaces]
    kept.sort(key=lambda k: (-len(k[0]), k[0]))
    taken, out = bytearray(len(text)), []
    for surface, p, kind in kept:
        for s, e in occurrences(text, surface):
            if not any(taken[s:e]):
                taken[s:e] = b"\1" * (e - s)
                out.append(Term(s, e, TYPES[kind], round(p, 3)))
    return sorted(out, key=lambda t: t.start)


def best_paths(probs: Sequence[Array], outside: float) -> list[Array]:
    """The likeliest valid label sequence of each paper."""
    if not probs:
        return []
    sizes = [len(p) for p in probs]
    padded = np.zeros((len(probs), max(sizes), N_LABELS))
    for row, p in zip(padded, probs, strict=True):
        np.log(np.maximum(p, 1e-6), out=row[: len(p)])
        row[len(p) :, 1:] = -20.0
    return [path[:n] for path, n in zip(best_path(padded, outside), sizes, strict=True)]


def all_candidates(papers: Sequence[Text], probs: Sequence[Array]) -> list[list[Candidate]]:
    """The candidates of each paper."""
    passes = [best_paths(probs, outside) for outside in PASSES]
    return [
        candidates(q.text, q.starts, q.ends, q.words, p, paths, q.title_end)
        for q, p, *paths in zip(papers, probs, *passes, strict=True)
    ]


def decode(
    papers: Sequence[Text], probs: Sequence[Array], settings: Decoding | None = None
) -> list[list[Term]]:
    """The terms of each paper, in the order of the text."""
    settings = settings or Decoding()
    return [select(q.text, c, settings) for q, c in zip(papers, all_candidates(papers, probs), strict=True)]
