"""What tells the relation of two terms: the words between them, their types, roles and names, the title."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kg.extraction.classifier import Array
from kg.extraction.document import Draft
from kg.extraction.names import key
from kg.extraction.role_features import Features, mention_rows, over_mentions
from kg.extraction.tagger.states import States
from kg.extraction.view import Item, Place, View, verb_forms

_FARTHEST_SENTENCE = 2
_LONGEST_BETWEEN = 6
_MARKS = frozenset(
    (
        "for",
        "via",
        "with",
        "in",
        "of",
        "using",
        "on",
        "by",
        "from",
        "to",
        "and",
        "through",
        ":",
        "as",
        "based",
        "than",
        "such",
        "including",
        "like",
        "is",
        "are",
        "over",
        "against",
        ",",
        "(",
        ")",
        "or",
        "called",
        "between",
        "into",
        "under",
        "without",
        "while",
        "whereas",
        "-",
        "which",
        "that",
    )
)


class Pair(NamedTuple):
    """Two drafts to be judged, the one that stands first in the text first, and their nearest mentions."""

    first: int
    second: int
    left: Place
    right: Place


def pairs(seen: View, drafts: list[Draft]) -> list[Pair]:
    """The pairs worth judging: near each other, or one of them what the paper proposes."""
    proposed = {i for i, draft in enumerate(drafts) if draft.role == "proposes"}
    made = []
    for i in range(len(drafts)):
        for j in range(i + 1, len(drafts)):
            left, right, flipped = _nearest(seen.places[i], seen.places[j])
            far = abs(left.sentence - right.sentence) > _FARTHEST_SENTENCE
            if far and i not in proposed and j not in proposed:
                continue
            made.append(Pair(j, i, left, right) if flipped else Pair(i, j, left, right))
    return made


def gate(seen: View, drafts: list[Draft], pair: Pair) -> str:
    """What kind of pair this is, roughly: most kinds are hardly ever related and need no closer look."""
    one, other = drafts[pair.first], drafts[pair.second]
    apart = pair.right.sentence - pair.left.sentence
    if apart:
        near = f"s{min(apart, 3)}" if pair.left.sentence >= seen.titles else "t"
    else:
        near = f"i{min((pair.right.item - pair.left.item - 1) // 3, 4)}"
    return f"{one.type}>{other.type}|{one.role}>{other.role}|{near}"


def _nearest(a: list[Place], b: list[Place]) -> tuple[Place, Place, bool]:
    """The mentions of two drafts that stand nearest; the last says whether the second's comes first."""
    best = None
    for one in a:
        for other in b:
            gap = (abs(one.sentence - other.sentence), abs(one.item - other.item), min(one, other))
            if best is None or gap < best[0]:
                best = (gap, one, other)
    assert best is not None
    _, one, other = best
    return (one, other, False) if one <= other else (other, one, True)


def numbers(read: States | None, seen: View, drafts: list[Draft], judged: list[Pair]) -> Array | None:
    """What the network has made of pairs: both mentions and their products, what is between, all mentions.

    Parameters
    ----------
    read : States or None
        Of the paper.
    seen : View
        Of the paper.
    drafts : list of Draft
        Its terms.
    judged : list of Pair
        Some of :func:`pairs`.

    Returns
    -------
    ndarray, shape (pairs, 6 * width), or None
        None where no network has read the paper.
    """
    if read is None or not judged:
        return None
    terms = over_mentions(*mention_rows(read, drafts))
    left = [_item(seen, pair.left) for pair in judged]
    right = [_item(seen, pair.right) for pair in judged]
    between = [(a.end, b.start) for a, b in zip(left, right, strict=True)]
    one = read.means([(item.start, item.end) for item in left])
    other = read.means([(item.start, item.end) for item in right])
    return np.concatenate(
        [
            one,
            other,
            one * other,  # a layer alone cannot see which traits come together
            read.means(between),
            terms[[pair.first for pair in judged]],
            terms[[pair.second for pair in judged]],
        ],
        1,
    )


def _item(seen: View, place: Place) -> Item:
    return seen.sentences[place.sentence][place.item]


def features(seen: View, drafts: list[Draft], pair: Pair) -> Features:
    """Features of a pair, by name.

    Parameters
    ----------
    seen : View
        Of the paper.
    drafts : list of Draft
        With their roles.
    pair : Pair
        One of :func:`pairs`.
    """
    one, other = drafts[pair.first], drafts[pair.second]
    kinds = f"{one.type}>{other.type}"
    roles = f"{one.role}>{other.role}"
    apart = pair.right.sentence - pair.left.sentence
    where = "title" if pair.left.sentence < seen.titles and not apart else str(min(apart, 3))
    names = [
        "bias",
        f"kinds={kinds}",
        f"roles={roles}",
        f"kinds={kinds}|roles={roles}",
        f"where={where}",
        f"where={where}|{kinds}",
        f"where={where}|{roles}",
        f"where={where}|{kinds}|{roles}",
    ]
    names += _names(one, other)
    names += [f"many={min(len(one.mentions), 4)}|{min(len(other.mentions), 4)}|{kinds}"]
    names += [
        f"titles={seen.places[pair.first][0].sentence < seen.titles}"
        f"|{seen.places[pair.second][0].sentence < seen.titles}|{roles}"
    ]
    together = len(
        {p.sentence for p in seen.places[pair.first]} & {p.sentence for p in seen.places[pair.second]}
    )
    names.append(f"together={min(together, 3)}|{kinds}")
    names += _between(seen, pair, kinds, roles) if not apart else _across(seen, pair, kinds, roles)
    return dict.fromkeys(names, 1.0)


def _names(one: Draft, other: Draft) -> list[str]:
    a, b = key(one.label).lower().split() or [""], key(other.label).lower().split() or [""]
    inside = "tail" if a[-len(b) :] == b else "head" if b[-len(a) :] == a else "-"
    part = "first" if set(a) < set(b) else "second" if set(b) < set(a) else "-"
    return [
        f"inside={inside}|{part}",
        f"samehead={a[-1] == b[-1]}",
        f"h1={a[-1]}",
        f"h2={b[-1]}",
        f"h12={a[-1]}|{b[-1]}",
        f"n1={' '.join(a)}",
        f"n2={' '.join(b)}",
    ]


def _between(seen: View, pair: Pair, kinds: str, roles: str) -> list[str]:
    items = seen.sentences[pair.left.sentence]
    texts = [item.text for item in items]
    a, b = pair.left.item, pair.right.item
    middle = texts[a + 1 : b]
    terms = sum(item.draft >= 0 for item in items[a + 1 : b])
    forms = verb_forms()
    verbs = [forms[t] for t in middle if t in forms]
    skeleton = [forms.get(t, t) for t in middle if t in _MARKS or t in forms or t.startswith("<")]
    before = [forms[t] for t in texts[max(0, a - 8) : a] if t in forms]
    l1 = texts[a - 1] if a else "^"
    l2 = texts[a - 2] if a > 1 else "^"
    r1 = texts[b + 1] if b + 1 < len(texts) else "$"
    distance = min(b - a - 1, 12) if b - a < 5 else 5 + (b - a) // 4
    names = [
        f"d={distance}|{kinds}",
        f"terms={min(terms, 4)}|{kinds}",
        f"terms={min(terms, 4)}|{distance}",
        f"skel={' '.join(skeleton[:8])}",
        f"{kinds}&skel={' '.join(skeleton[:8])}",
        f"verbs={' '.join(verbs[:3])}",
        f"{kinds}&verbs={' '.join(verbs[:2])}",
        f"bv={before[-1] if before else ''}|{kinds}",
        f"bv={before[-1] if before else ''}|{' '.join(skeleton[:4])}",
        f"l1={l1}|{kinds}",
        f"r1={r1}|{kinds}",
        f"l12={l2} {l1}",
        f"m1={middle[0] if middle else ''}|{kinds}",
        f"mz={middle[-1] if middle else ''}|{kinds}",
        f"m1z={middle[0] if middle else ''}|{middle[-1] if middle else ''}",
        f"v1={verbs[0] if verbs else ''}|{roles}",
        f"sv={next((forms[t] for t in texts if t in forms), '')}|{kinds}|{roles}",
        f"we={'we' in texts[:b]}|{kinds}",
    ]
    if len(middle) <= _LONGEST_BETWEEN:
        names += [f"mid={' '.join(middle)}", f"{kinds}&mid={' '.join(middle)}"]
    names += [f"mb={t}" for t in dict.fromkeys(middle)] + [
        f"{kinds}&mb={t}" for t in dict.fromkeys(middle) if t in _MARKS or t in forms
    ]
    names += [f"lb={t}" for t in dict.fromkeys(texts[max(0, a - 5) : a])] + [
        f"rb={t}" for t in dict.fromkeys(texts[b + 1 : b + 5])
    ]
    return names


def _across(seen: View, pair: Pair, kinds: str, roles: str) -> list[str]:
    forms = verb_forms()
    later = [item.text for item in seen.sentences[pair.right.sentence]]
    at = pair.right.item
    verb = next((forms[t] for t in reversed(later[:at]) if t in forms), "")
    l1 = later[at - 1] if at else "^"
    ours = any(t in ("our", "we", "it", "this") for t in later[:at])
    nearest = not any(item.draft >= 0 for item in seen.sentences[pair.right.sentence][:at])
    names = [
        f"A:v={verb}|{kinds}",
        f"A:v={verb}|{roles}",
        f"A:l1={l1}|{kinds}",
        f"A:l1={l1}|{roles}",
        f"A:ours={ours}|{roles}|{kinds}",
        f"A:first={nearest}|{roles}",
        f"A:s0={later[0]}|{kinds}",
        f"A:title={pair.left.sentence < seen.titles}|{kinds}|{roles}",
    ]
    return names + [f"A:lb={t}" for t in dict.fromkeys(later[max(0, at - 5) : at])]
