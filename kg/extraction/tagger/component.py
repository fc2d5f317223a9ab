"""The spaCy component: finds the typed terms of a paper.

One Doc is one paper: the title, a blank line, the abstract. `doc._.title_end` is the length of the title in
characters (0: there is none). The terms are in `doc.spans["terms"]`, each with its type as label and its
probability in `span._.probability`. What the network has made of each word lies beside them
(:mod:`kg.extraction.tagger.states`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH, SPACY  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import SimpleFrozenList, ensure_path

from kg.extraction.tagger.decode import Decoding, Term, decode
from kg.extraction.tagger.network import KNOWN_WORDS_LIMIT, Network, Words
from kg.extraction.tagger.states import keep_states

SPANS_KEY = "terms"

if not Doc.has_extension("title_end"):
    Doc.set_extension("title_end", default=0)
if not Span.has_extension("probability"):
    Span.set_extension("probability", default=None)


WORD_ATTRIBUTES = [ORTH, SPACY]


@dataclass(slots=True)
class Page(Words):
    """A paper with its text and the places of its words."""

    text: str
    starts: NDArray[Any]
    ends: NDArray[Any]
    title_end: int
    tokens: list[int]  # the number of each word among the tokens of the Doc

    def span(self, doc: Doc, term: Term) -> Span | None:
        """A term as a span, or None where it begins or ends inside a token."""
        first, last = np.searchsorted(self.starts, term.start), np.searchsorted(self.ends, term.end)
        if first == len(self.starts) or last == len(self.ends):
            return None
        if self.starts[first] == term.start and self.ends[last] == term.end:
            return Span(doc, self.tokens[first], self.tokens[last] + 1, label=term.type)
        return None


class TermTagger:
    """Marks the terms of papers; `pipe` is several times faster than calls one by one."""

    def __init__(
        self, name: str = "term_tagger", network: Network | None = None, settings: Decoding | None = None
    ) -> None:
        self.name, self.network, self.settings = name, network, settings or Decoding()
        # By orth: the text, its length, whether it is white space.
        self._words: dict[int, tuple[str, int, bool]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Mark one paper."""
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Mark the papers of a stream, `batch_size` at a time."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._annotate(batch)
            yield from batch

    def _annotate(self, docs: list[Doc]) -> None:
        if self.network is None:
            raise ValueError(
                "term_tagger has no weights yet: load a trained pipeline or call from_disk(path)"
            )
        if len(self._words) > KNOWN_WORDS_LIMIT:
            self._words.clear()
        papers = [self._read(doc) for doc in docs]
        filled = [p for p in papers if p.words]
        read = [self.network(paper) for paper in filled]
        found = iter(decode(filled, [probabilities for probabilities, _ in read], self.settings))
        rows = iter(read)
        for doc, paper in zip(docs, papers, strict=True):
            doc.spans[SPANS_KEY] = []
            if paper.words:
                keep_states(doc, paper.starts, next(rows)[1])
            for term in next(found) if paper.words else ():
                span = paper.span(doc, term)
                if span is not None:
                    span._.probability = term.probability
                    doc.spans[SPANS_KEY].append(span)

    def _read(self, doc: Doc) -> Page:
        """The words of a paper, white space left out."""
        at, places = 0, []
        words, starts = [], []
        for k, (orth, space) in enumerate(doc.to_array(WORD_ATTRIBUTES).tolist()):
            word = self._words.get(orth)
            if word is None:
                text = doc.vocab.strings[orth]
                word = self._words[orth] = (text, len(text), text.isspace())
            if not word[2]:
                words.append(word[0])
                starts.append(at)
                places.append(k)
            at += word[1] + space
        start = np.array(starts, np.int64)
        end = start + np.fromiter(map(len, words), np.int64, len(words))
        space_after = np.ones(len(words), bool)
        space_after[:-1] = start[1:] > end[:-1]
        title_end = doc._.title_end
        return Page(
            words, int((start < title_end).sum()), space_after, doc.text, start, end, title_end, places
        )

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        """Write the weights and the settings of the decoder to a folder."""
        folder = ensure_path(path)
        if self.network is not None:
            self.network.config["decoding"] = asdict(self.settings)
            self.network.to_disk(folder)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> TermTagger:
        """Read what `to_disk` wrote."""
        self.network = Network.from_disk(ensure_path(path))
        self.settings = Decoding(**self.network.config.get("decoding", {}))
        return self


@Language.factory("term_tagger", assigns=["doc.spans"], default_config={"weights": "weights"})
def create_term_tagger(nlp: Language, name: str, weights: str) -> TermTagger:
    """Make the tagger with the weights of that name in this package; an empty one where the name is empty."""
    tagger = TermTagger(name)
    if weights:
        with as_file(files(__package__) / weights) as folder:
            tagger.from_disk(folder)
    return tagger
