from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import threadpool_info

from kg.errors import ModelError
from kg.extraction import extract, fingerprint, load, run
from kg.extraction.run import to_extraction
from kg.model import Extraction, Paper

PAPERS = [
    Paper(
        "p1",
        "Tiny Mixtures: Gaussian Mixture Models for Image Classification",
        "Image classification needs labels. We propose TinyMix, a Gaussian mixture model (GMM) for image "
        "classification. Experiments on ImageNet show that TinyMix outperforms ResNet in accuracy. "
        "The GMM is small.",
    ),
    Paper(
        "p2", "A study of large language models", "Large language models (LLMs) answer. LLMs err on GSM8K."
    ),
    Paper("p3", "Only a title about reinforcement learning", ""),
    Paper(
        "p4",
        "Was ist das? <img src=x onerror=alert(1)>",
        "$\\ell_p$ norms {\\em here}…  \n\n tabs\tand\u00a0blanks.",
    ),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="module")
def found(nlp: Language) -> dict[str, Extraction]:
    return {one.paper: one for one in extract(PAPERS, nlp)}


def test_papers_come_back_in_order(nlp: Language) -> None:
    assert [one.paper for one in extract(iter(PAPERS), nlp)] == ["p1", "p2", "p3", "p4"]


def test_offsets_cut_out_the_text(found: dict[str, Extraction]) -> None:
    for paper in PAPERS:
        for term in found[paper.id].terms:
            assert term.mentions
            for mention in term.mentions:
                text = paper.text(mention.span.field)
                assert text[mention.span.start : mention.span.end] == mention.text


def test_a_long_form_and_its_abbreviation_are_one_term(found: dict[str, Extraction]) -> None:
    terms = [t for t in found["p1"].terms if "GMM" in {m.text for m in t.mentions}]
    assert len(terms) == 1
    assert {"GMM", "Gaussian mixture model"} <= {m.text for m in terms[0].mentions}
    assert terms[0].short_forms == ("GMM",)
    assert terms[0].label.lower().startswith("gaussian mixture")


def test_a_term_is_found_wherever_it_stands(found: dict[str, Extraction]) -> None:
    abstract = PAPERS[0].abstract
    places = [
        m.span.start
        for t in found["p1"].terms
        for m in t.mentions
        if m.text == "TinyMix" and m.span.field == "abstract"
    ]
    assert places == [i for i in range(len(abstract)) if abstract.startswith("TinyMix", i)]


def test_mentions_do_not_overlap_and_no_surface_has_two_types(found: dict[str, Extraction]) -> None:
    for one in found.values():
        spans = sorted((m.span for t in one.terms for m in t.mentions), key=lambda s: (s.field, s.start))
        for a, b in pairwise(spans):
            assert a.field != b.field or a.end <= b.start
        kinds: dict[str, set[str]] = {}
        for term in one.terms:
            for mention in term.mentions:
                kinds.setdefault(mention.text, set()).add(term.type)
        assert all(len(k) == 1 for k in kinds.values())


def test_roles_name_their_sentence(found: dict[str, Extraction]) -> None:
    roles = {m.text: t for t in found["p1"].terms for m in t.mentions}
    term = roles["TinyMix"]
    assert term.role == "proposes"
    assert term.sentence is not None
    said = PAPERS[0].text(term.sentence.field)[term.sentence.start : term.sentence.end]
    assert "TinyMix" in said
    if term.cue is not None:
        assert term.sentence.start <= term.cue.start < term.cue.end <= term.sentence.end


def test_relations_point_at_terms_of_the_paper(found: dict[str, Extraction]) -> None:
    for one in found.values():
        for relation in one.relations:
            assert 0 <= relation.head < len(one.terms)
            assert 0 <= relation.tail < len(one.terms)
            assert relation.head != relation.tail
            assert relation.sentence in one.sentences


def test_a_paper_does_not_depend_on_its_neighbours(nlp: Language, found: dict[str, Extraction]) -> None:
    backwards = {one.paper: one for one in extract(reversed(PAPERS), nlp)}
    alone = {p.id: next(extract([p], nlp)) for p in PAPERS}
    assert backwards == found
    assert alone == found


@pytest.mark.slow
def test_the_number_of_workers_changes_nothing(found: dict[str, Extraction]) -> None:
    many = [Paper(f"{p.id}-{i}", p.title, p.abstract) for i in range(40) for p in PAPERS]
    assert list(extract(many, workers=2)) == list(extract(many))


def test_the_matrix_library_has_one_thread(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []

    def note(paper: str, doc: Doc) -> Extraction:
        threads.extend(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
        return to_extraction(paper, doc)

    monkeypatch.setattr(run, "to_extraction", note)
    list(extract(PAPERS, nlp))
    assert threads
    assert set(threads) == {1}


FOREVER = """
from itertools import count
from kg.extraction import extract
from kg.model import Paper

if __name__ == "__main__":
    for found in extract((Paper(str(n), "A title", "An abstract.") for n in count()), workers=2):
        print(found.paper, flush=True)
"""


def test_workers_end_with_the_process_that_asked(tmp_path: Path) -> None:
    script = tmp_path / "forever.py"
    script.write_text(FOREVER)
    process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate(timeout=60)  # the pipe ends when nobody is left to write into it


def test_too_few_workers() -> None:
    with pytest.raises(ValueError, match="workers"):
        extract([], workers=0)


def test_an_unknown_source_of_terms() -> None:
    with pytest.raises(ModelError, match="oracle"):
        load(sources=["oracle"])


def test_the_vocabulary_does_not_grow(nlp: Language) -> None:
    def papers(tag: str) -> list[Paper]:
        return [
            Paper(f"{i}", f"Study {tag}{i}", f"We use {tag}word{i} and {tag}thing{i}.") for i in range(150)
        ]

    list(extract(papers("aa"), nlp))
    before = len(nlp.vocab.strings)
    list(extract(papers("bb"), nlp))
    assert len(nlp.vocab.strings) == before


def test_the_fingerprint_is_stable() -> None:
    assert fingerprint() == fingerprint()


@settings(max_examples=30, deadline=None)
@given(title=st.text(max_size=60), abstract=st.text(max_size=200))
def test_any_text_is_survived(nlp: Language, title: str, abstract: str) -> None:
    one = next(extract([Paper("x", title, abstract)], nlp))
    for span in [*one.sentences, *(m.span for t in one.terms for m in t.mentions)]:
        text = title if span.field == "title" else abstract
        assert 0 <= span.start < span.end <= len(text)
