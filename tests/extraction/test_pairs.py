from __future__ import annotations

import numpy as np
import spacy
from spacy.tokens import Doc

from kg.extraction.document import Candidate, Draft
from kg.extraction.pairs import FAR, Pair, pairs
from kg.extraction.tagger.states import keep_states, states
from kg.extraction.view import view


def draft(label: str, *mentions: tuple[int, int], role: str = "uses") -> Draft:
    found = [Candidate(start, end, "Method", 1.0) for start, end in mentions]
    return Draft(label, "Method", 1.0, found, role=role)


def seen(text: str) -> Doc:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp(text)
    keep_states(doc, np.array([token.idx for token in doc]), np.zeros((len(doc), 1)))
    return doc


def judged(doc: Doc, drafts: list[Draft]) -> list[Pair]:
    return pairs(view(doc, drafts), drafts, states(doc))


def test_the_mentions_that_stand_nearest_tell_of_a_pair() -> None:
    doc = seen("Adam is fast . We use SGD or Adam")
    drafts = [draft("Adam", (0, 4), (29, 33)), draft("SGD", (22, 25))]
    (pair,) = judged(doc, drafts)
    assert (pair.first, pair.second) == (1, 0)
    assert (doc.text[slice(*pair.left)], doc.text[slice(*pair.right)]) == ("SGD", "Adam")
    assert pair.right == (29, 33)
    assert pair.gap == 1
    assert [place.sentence for place in pair.places] == [1, 1]


def test_terms_far_apart_are_a_pair_only_where_the_paper_proposes_one() -> None:
    for words, role, expected in ((FAR, "uses", 1), (FAR + 1, "uses", 0), (FAR + 1, "proposes", 1)):
        text = "Adam " + "so " * words + "SGD"
        drafts = [draft("Adam", (0, 4), role=role), draft("SGD", (len(text) - 3, len(text)))]
        assert len(judged(seen(text), drafts)) == expected


def test_a_paper_that_no_network_has_read_has_pairs_too() -> None:
    doc = spacy.blank("en")("Adam SGD")
    drafts = [draft("Adam", (0, 4)), draft("SGD", (5, 8))]
    (pair,) = pairs(view(doc, drafts), drafts, None)
    assert (pair.first, pair.second, pair.gap) == (0, 1, 0)
