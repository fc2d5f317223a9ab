"""What tells the role of a term: title, sentence, words and verbs around it, its name, the other terms."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kg.extraction.classifier import Array
from kg.extraction.document import Draft
from kg.extraction.lexicon import by_key
from kg.extraction.names import is_acronym, key
from kg.extraction.tagger.states import States
from kg.extraction.view import Item, Place, View, verb_forms

Features = dict[str, float]
_NEAR = 8
_TITLE_WORDS = frozenset(
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
        "towards",
        "toward",
        "under",
        "as",
        "is",
        "are",
        "?",
        "beyond",
        "without",
    )
)


def numbers(read: States | None, drafts: list[Draft]) -> Array | None:
    """What the tagger's network has made of every draft: over all mentions, the first one, the whole paper.

    Parameters
    ----------
    read : States or None
        Of the paper.
    drafts : list of Draft
        Its terms.

    Returns
    -------
    ndarray, shape (drafts, 3 * width), or None
        None where no network has read the paper.
    """
    if read is None or not drafts:
        return None
    rows, first = mention_rows(read, drafts)
    return np.concatenate(
        [over_mentions(rows, first), rows[first], np.tile(read.mean(), (len(drafts), 1))], 1
    )


def mention_rows(read: States, drafts: list[Draft]) -> tuple[Array, NDArray[np.intp]]:
    """The mean row of every mention, draft by draft, and the number of each draft's first one."""
    rows = read.means([(m.start, m.end) for draft in drafts for m in draft.mentions])
    return rows, np.cumsum([0, *(len(draft.mentions) for draft in drafts[:-1])])


def over_mentions(rows: Array, first: NDArray[np.intp]) -> Array:
    """The mean of each draft's rows, as :func:`mention_rows` gives them."""
    made: Array = np.add.reduceat(rows, first, axis=0)
    made /= np.diff([*first, len(rows)])[:, None]
    return made


def features(seen: View, drafts: list[Draft]) -> list[Features]:
    """Features of every draft, by name.

    Parameters
    ----------
    seen : View
        Of the paper.
    drafts : list of Draft
        Its terms.

    Returns
    -------
    list of dict
        From the feature's name to its value.
    """
    body = len(seen.sentences) - seen.titles
    most = max((len(d.mentions) for d in drafts), default=1)
    starts = [_sentence_features(sentence) for sentence in seen.sentences]
    made = []
    for number, draft in enumerate(drafts):
        found: Features = {"bias": 1.0}
        kind = draft.type
        _name(found, draft, kind, most)
        places = seen.places[number]
        in_title = [p for p in places if p.sentence < seen.titles]
        in_body = [p for p in places if p.sentence >= seen.titles]
        for place in in_title[:1]:
            _title(found, seen, place, kind)
        found[f"title={bool(in_title)}|n={min(len(in_body), 4)}|{kind}"] = 1.0
        weight = 1.0 / math.sqrt(len(in_body)) if in_body else 1.0
        for k, place in enumerate(in_body):
            _mention(found, seen, place, kind, weight, first=k == 0)
            at = place.sentence - seen.titles
            for name in starts[place.sentence]:
                found[name] = found.get(name, 0.0) + weight
                found[f"{kind}&{name}"] = found.get(f"{kind}&{name}", 0.0) + weight
            if k == 0:
                found[f"first={min(at, 6)}"] = 1.0
                found[f"{kind}&first={min(at, 6)}"] = 1.0
                found[f"{kind}&firstpos={int(4 * at / body)}|{bool(in_title)}"] = 1.0
            if k == len(in_body) - 1:
                found[f"last={min(body - 1 - at, 3)}|{kind}"] = 1.0
                found[f"lastpos={int(4 * at / body)}|{kind}"] = 1.0
        made.append(found)
    return made


def _name(found: Features, draft: Draft, kind: str, most: int) -> None:
    label = draft.label
    name = key(label)
    words = name.split()
    head = words[-1] if words else ""
    shape = "acronym" if is_acronym(label) else "camel" if any(c.isupper() for c in label[1:]) else "plain"
    digit = any(c.isdigit() for c in label)
    for one in (
        f"type={kind}",
        f"shape={shape}|{kind}",
        f"digit={digit}|{kind}",
        f"words={min(len(words), 5)}|{kind}",
        f"head={head}",
        f"head={head}|{kind}",
        f"name={name}",
        f"known={name in by_key()}|{kind}|{shape}",
        f"defines={bool(draft.short_forms)}|{kind}",
        f"count={min(len(draft.mentions), 6)}|{kind}",
        f"most={len(draft.mentions) == most}|{kind}",
        f"surfaces={min(len(draft.surfaces), 3)}|{kind}",
    ):
        found[one] = 1.0
    for word in words[:-1]:
        found[f"word={word}"] = 1.0


def _title(found: Features, seen: View, place: Place, kind: str) -> None:
    items = seen.sentences[place.sentence]
    texts = [item.text for item in items]
    colon = next((i for i, t in enumerate(texts) if t in (":", "—", "-") and i), -1)
    side = "none" if colon < 0 else "before" if place.item < colon else "after"
    left = texts[place.item - 1] if place.item else "^"
    right = texts[place.item + 1] if place.item + 1 < len(texts) else "$"
    marks = [t for t in texts[: place.item] if t in _TITLE_WORDS]
    alone = colon == 1 and place.item == 0
    last = marks[-1] if marks else "^"
    for one in (
        f"T:{side}|{kind}",
        f"T:l={left}|{kind}",
        f"T:r={right}|{kind}",
        f"T:mark={last}|{kind}",
        f"T:alone={alone}|{kind}",
        f"T:marks={'-'.join(marks[-2:])}|{kind}",
        f"T:first={place.item == 0}|{kind}",
        f"T:w0={texts[0]}|{kind}",
        f"T:l={left}",
        f"T:mark={last}|{side}",
        f"T:rmark={right}|{last}|{kind}",
        f"T:terms={min(3, sum(i.draft >= 0 for i in items))}|{kind}",
    ):
        found[one] = 1.0


def _sentence_features(items: list[Item]) -> list[str]:
    """What a sentence says of all the terms in it."""
    texts = [item.text for item in items]
    forms = verb_forms()
    made = [f"s0={texts[0]}", f"s01={' '.join(texts[:2])}"]
    we = next((i for i, t in enumerate(texts) if t in ("we", "our")), -1)
    made.append(f"we={we >= 0}")
    if we >= 0 and texts[we] == "we":
        verb = next((forms[t] for t in texts[we + 1 : we + 5] if t in forms), "")
        made.append(f"we-verb={verb}")
    main = next((forms[t] for t in texts if t in forms), "")
    made.append(f"verb={main}")
    return made


def _mention(found: Features, seen: View, place: Place, kind: str, weight: float, *, first: bool) -> None:
    texts = [item.text for item in seen.sentences[place.sentence]]
    at = place.item
    forms = verb_forms()
    left = texts[max(0, at - _NEAR) : at]
    right = texts[at + 1 : at + 1 + _NEAR]
    l1, l2, l3 = (left[-i] if len(left) >= i else "^" for i in (1, 2, 3))
    r1, r2, r3 = (right[i] if len(right) > i else "$" for i in (0, 1, 2))
    names = [
        f"l1={l1}",
        f"l2={l2}",
        f"r1={r1}",
        f"r2={r2}",
        f"l12={l2} {l1}",
        f"r12={r1} {r2}",
        f"l1r1={l1} {r1}",
        f"l123={l3} {l2} {l1}",
        f"r123={r1} {r2} {r3}",
        f"{kind}&l1={l1}",
        f"{kind}&r1={r1}",
        f"{kind}&l12={l2} {l1}",
        f"{kind}&r12={r1} {r2}",
    ]
    verb, gap = "", 9
    for i in range(at - 1, -1, -1):
        if texts[i] in forms:
            verb, gap = forms[texts[i]], at - 1 - i
            break
    near = "0" if gap == 0 else "1" if gap < 3 else "2" if gap < 7 else "3"
    subject = "we" if verb and "we" in texts[max(0, at - 3 - gap) : at - gap] else "-"
    names += [
        f"lv={verb}",
        f"lv={verb}|{near}",
        f"{kind}&lv={verb}|{subject}",
        f"lvl1={verb} {l1}",
        f"{kind}&lv={verb}|{l1}",
    ]
    after = next((forms[t] for t in texts[at + 1 : at + 7] if t in forms), "")
    names += [f"rv={after}", f"{kind}&rv={after}", f"lrv={verb} {after}"]
    listed = sum(t in (",", "and", "or") for t in left[-4:])
    names.append(f"listed={min(listed, 2)}|{kind}")
    for name in names:
        found[name] = found.get(name, 0.0) + weight
        if first:
            found["F:" + name] = 1.0
    half = weight * 0.5
    # No sets: their order, and with it the last bits of the sum of all features, is another in every process.
    for word in dict.fromkeys(left):
        found["lb=" + word] = found.get("lb=" + word, 0.0) + half
        found[f"{kind}&lb={word}"] = found.get(f"{kind}&lb={word}", 0.0) + half
    for word in dict.fromkeys(right):
        found["rb=" + word] = found.get("rb=" + word, 0.0) + half
        found[f"{kind}&rb={word}"] = found.get(f"{kind}&rb={word}", 0.0) + half
    for word in dict.fromkeys(texts):
        found["sb=" + word] = found.get("sb=" + word, 0.0) + half * 0.5
