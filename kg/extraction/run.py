"""Running the pipeline over papers: one process or several, memory bounded, the same result either way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from confection import Config
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model_from_config
from threadpoolctl import threadpool_limits

from kg.extraction.document import findings, make_doc, to_span
from kg.extraction.layout import layout
from kg.extraction.pipeline import load
from kg.garbage import all_stays
from kg.model import ConceptType, Extraction, Paper, RelationType, Role, Span, Term, TermMention, TermRelation
from kg.processes import end_with_parent

CHUNK = 64
BATCH = 16  # more papers at once leave the processor's cache


def extract(papers: Iterable[Paper], nlp: Language | None = None, workers: int = 1) -> Iterator[Extraction]:
    """What each paper says: terms, roles and relations.

    Parameters
    ----------
    papers : iterable of Paper
        Read as they are needed.
    nlp : Language, optional
        The pipeline; by default a new one (:func:`load`). Other processes build it from its config.
    workers : int
        Processes. The result is the same for any number.

    Yields
    ------
    Extraction
        One a paper, in the order of the papers.

    Raises
    ------
    ValueError
        If `workers` is less than 1.

    Examples
    --------
    >>> paper = Paper("p1", "TinyNet for image classification", "We propose TinyNet.")
    >>> [term.label for term in next(extract([paper])).terms]
    ['TinyNet', 'image classification']
    """
    if workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    if workers == 1:
        return _here(papers, nlp or load())
    return _spread(papers, nlp, workers)


def _here(papers: Iterable[Paper], nlp: Language) -> Iterator[Extraction]:
    stream = iter(papers)
    while chunk := list(islice(stream, CHUNK)):
        yield from _chunk(chunk, nlp)


def _chunk(papers: list[Paper], nlp: Language) -> list[Extraction]:
    """Extract within a memory zone: the vocabulary forgets afterwards what it learned of these papers.

    The matrices of a paper are small: a second thread of the matrix library brings no speed for two thirds
    more CPU, and in several processes the threads wait for each other (3.3 times slower with two on two
    cores). One thread also keeps the last bits of a product the same for any number of workers.
    """
    with threadpool_limits(1, "blas"), all_stays(), nlp.memory_zone():
        made = (make_doc(nlp, paper.title, paper.abstract) for paper in papers)
        docs = nlp.pipe(made, batch_size=BATCH)
        return [to_extraction(paper.id, doc) for paper, doc in zip(papers, docs, strict=True)]


def to_extraction(paper: str, doc: Doc) -> Extraction:
    """What the pipeline left on a Doc, as plain records with offsets into the paper's fields.

    Parameters
    ----------
    paper : str
        Id of the paper.
    doc : Doc
        Made by :func:`kg.extraction.document.make_doc` and run through the pipeline.
    """
    text, found = layout(doc).text, findings(doc)
    sentences = tuple(
        span for s in doc.sents if (span := _trimmed(doc, text, (s.start_char, s.end_char))) is not None
    )
    terms = tuple(
        Term(
            label=draft.label,
            type=ConceptType(draft.type),
            type_confidence=round(draft.type_probability, 3),
            mentions=tuple(
                TermMention(to_span(doc, m.start, m.end), text[m.start : m.end], round(m.probability, 3))
                for m in draft.mentions
            ),
            role=Role(draft.role),
            role_confidence=round(draft.role_probability, 3),
            short_forms=draft.short_forms,
            cue=to_span(doc, *draft.cue) if draft.cue else None,
            sentence=_trimmed(doc, text, draft.sentence),
        )
        for draft in found.drafts
    )
    relations = []
    for one in found.relations:
        sentence = _trimmed(doc, text, one.sentence)
        assert sentence is not None
        cue = to_span(doc, *one.cue) if one.cue else None
        relations.append(
            TermRelation(
                one.head, RelationType(one.relation), one.tail, round(one.probability, 3), sentence, cue
            )
        )
    return Extraction(paper, terms, tuple(relations), sentences)


def _trimmed(doc: Doc, text: str, bounds: tuple[int, int] | None) -> Span | None:
    """A sentence without the white space around it; None where nothing is left."""
    if bounds is None:
        return None
    piece = text[bounds[0] : bounds[1]]
    start, end = bounds[0] + len(piece) - len(piece.lstrip()), bounds[0] + len(piece.rstrip())
    return to_span(doc, start, end) if start < end else None


_worker: list[Language] = []


def _start(config: str | None) -> None:
    end_with_parent()
    _worker[:] = [load() if config is None else load_model_from_config(Config().from_str(config))]


def _work(papers: list[Paper]) -> list[Extraction]:
    return _chunk(papers, _worker[0])


def _spread(papers: Iterable[Paper], nlp: Language | None, workers: int) -> Iterator[Extraction]:
    stream = iter(papers)
    given = nlp.config.to_str() if nlp is not None else None
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start, initargs=(given,)
    ) as pool:
        waiting: deque[Future[list[Extraction]]] = deque()
        while True:
            while len(waiting) < 2 * workers and (chunk := list(islice(stream, CHUNK))):
                waiting.append(pool.submit(_work, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()
