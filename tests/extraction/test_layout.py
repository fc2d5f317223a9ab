from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.extraction import load
from kg.extraction.document import make_doc
from kg.extraction.layout import layout


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(sources=["lexicon"])


@settings(max_examples=50, deadline=None)
@given(title=st.text(max_size=40), abstract=st.text(max_size=120))
def test_it_says_what_spacy_says(nlp: Language, title: str, abstract: str) -> None:
    doc = make_doc(nlp, title, abstract)
    seen = layout(doc)
    assert seen.text == doc.text
    assert seen.words == [token.text for token in doc]
    assert seen.starts == [token.idx for token in doc]
    assert seen.ends == [token.idx + len(token) for token in doc]
    assert seen.spaced == [bool(token.whitespace_) for token in doc]
    assert layout(doc) is seen


def test_sentence_starts_are_those_of_the_rules(nlp: Language) -> None:
    doc = nlp.get_pipe("sentences")(make_doc(nlp, "A title", "We use Adam. It works, e.g. here. Fin"))
    assert [s.text for s in doc.sents] == ["A title\n\n", "We use Adam.", "It works, e.g. here.", "Fin"]
