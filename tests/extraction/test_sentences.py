from __future__ import annotations

import pytest
import spacy

from kg.extraction.document import make_doc
from kg.extraction.sentences import sentences
from kg.extraction.tokenizer import create_tokenizer


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    made = spacy.blank("en")
    made.tokenizer = create_tokenizer()(made)
    return made


@pytest.mark.parametrize(
    ("abstract", "count"),
    [
        ("Networks learn. They forget, too.", 2),
        ("Some, e.g. Transformers, are large (i.e. Many layers). Others are not.", 2),
        ("As Smith et al. Said, it works. See Fig. 3 for 0.5 of it.", 2),
        ("We ask: does it help? Yes! It does.", 3),
        ("The rate is $O(n. N)$ here. It is optimal.", 2),
        ("We use three tricks etc. They help.", 2),
        ("", 0),
    ],
)
def test_sentences_of_an_abstract(nlp: spacy.Language, abstract: str, count: int) -> None:
    doc = sentences(make_doc(nlp, "A title. With two parts", abstract))
    body = [s for s in doc.sents if s.start_char > doc._.title_end and s.text.strip()]
    assert len(body) == count


def test_a_sentence_never_spans_title_and_abstract(nlp: spacy.Language) -> None:
    doc = sentences(make_doc(nlp, "No full stop", "lower case begins the abstract."))
    assert [s.text.strip() for s in doc.sents] == ["No full stop", "lower case begins the abstract."]
