"""The tagger as spaCy trains it: `spacy train student.cfg --code term_tagger.py`.

What ships is the same network in numpy, kg/extraction/tagger/network.py; stage 7 makes the one from the other.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.scorer import Scorer
from spacy.tokens import Doc, SpanGroup
from spacy.training import Example
from spacy.util import load_config, registry
from spacy.vocab import Vocab
from thinc.api import ArgsKwargs, Model, PyTorchWrapper

sys.path.insert(0, str(Path(__file__).resolve().parent))
import docbin
import marks
from decider import decision_loss
from decider import read as read_decider
from network import Store, Tagger, collate, unpacked
from outputs import OUTPUTS, probabilities, word_loss

from kg.extraction.decider import CLASSES, ROLES
from kg.extraction.tagger.component import SPANS_KEY, Page
from kg.extraction.tagger.decode import N_LABELS, decode
from kg.extraction.tagger.network import Network

Array = NDArray[Any]
DECISIONS = 0.5  # weight of the loss of roles and relations of whole terms, beside that of the words
GOLD_SHARE = (0.25, 0.8)  # share of gold papers among all, over the first 60 %, and at the end


class TrainableTermTagger(TrainablePipe):
    """The network in torch, with its words, as a component that spaCy trains."""

    def __init__(self, vocab: Vocab, model: Model, name: str = "term_tagger") -> None:
        self.vocab, self.model, self.name = vocab, model, name
        self.cfg: dict[str, Any] = {"words": []}

    @property
    def tagger(self) -> Tagger:
        """The network itself."""
        return self.model.shims[0]._model

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        words: Path | None = None,
        vectors: Path | None = None,
        weights: Path | None = None,
        decisions: Path | None = None,
    ) -> None:
        """Go on from the packed weights of a folder and those of a decider, or from word vectors (stage 2) alone."""
        if weights:
            packed = Network.from_disk(Path(weights))
            self.cfg["words"] = packed.vocab
            self.tagger.load_state_dict(self.tagger.state_dict() | unpacked(packed, OUTPUTS))
            if decisions:
                self.tagger.decider.load_state_dict(read_decider(Path(decisions)))
        else:
            count = self.tagger.config["n_words"]
            self.cfg["words"] = [word for word, _ in json.loads(Path(words).read_text())[:count]]
            with torch.no_grad():
                self.tagger.table.weight[1:] = torch.from_numpy(np.load(vectors)[:count]) * 0.5
        self._begin()

    def _begin(self) -> None:
        self.tagger.store = Store(self.cfg["words"], self.tagger.config["ngram_rows"])

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "TrainableTermTagger":
        """Read the words and the weights."""
        super().from_disk(path, exclude=exclude)
        self._begin()
        return self

    # -- what spaCy's training loop asks for ---

    def get_loss(self, examples: Sequence[Example], scores: Array) -> tuple[float, Array]:
        """The loss over all words of a batch, and over its terms and pairs, and its gradient."""
        docs = [eg.reference for eg in examples]
        target = np.concatenate([doc.user_data[docbin.TARGET] for doc in docs])
        told = [marks.unpacked(doc.user_data[docbin.MARKS]) for doc in docs]
        logits = torch.from_numpy(scores).requires_grad_()
        terms, pairs = sum(len(one.types) for one in told), sum(len(one.pairs) for one in told)
        parts = logits.split((target.size, terms * len(ROLES), pairs * len(CLASSES)))
        widths = OUTPUTS, len(ROLES), len(CLASSES)
        words, *decided = (part.view(-1, width) for part, width in zip(parts, widths, strict=True))
        loss = word_loss(words, torch.from_numpy(target.astype(np.float32)))
        loss = loss + DECISIONS * decision_loss(decided, told)
        loss.backward()
        return loss.item(), logits.grad.numpy()

    def use_params(self, params: dict[Any, Array]) -> Iterator[None]:
        """With the optimizer's averages; thinc looks for those of torch's weights under other names."""
        shim = self.model.shims[0]
        now = {name: value.clone() for name, value in self.tagger.state_dict().items()}
        mean = {key[1]: torch.from_numpy(value) for key, value in params.items() if key[0] == shim.id}
        self.tagger.load_state_dict(now | mean)
        yield
        self.tagger.load_state_dict(now)

    def predict(self, docs: Sequence[Doc]) -> list[Array]:
        """Probabilities of each Doc: (words, OUTPUTS)."""
        if not docs:
            return []
        found = probabilities(torch.from_numpy(self.model.predict(docs))).numpy()
        return np.split(found, np.cumsum([len(doc) for doc in docs])[:-1])

    def set_annotations(self, docs: Sequence[Doc], scores: Sequence[Array]) -> None:
        """Mark the terms, as the mean confidence alone decides."""
        pages = [page(doc) for doc in docs]
        found = decode(pages, [one[:, :N_LABELS] for one in scores])
        for doc, one, terms in zip(docs, pages, found, strict=True):
            spans = [one.span(doc, term) for term in terms]
            doc.spans[SPANS_KEY] = SpanGroup(doc, spans=[span for span in spans if span is not None])

    def score(self, examples: Iterable[Example], **settings: Any) -> dict[str, Any]:
        """Precision, recall and F1 of the terms, exact and with their type."""

        def spans(doc: Doc, _: str) -> Any:
            return doc.spans[SPANS_KEY]

        return Scorer.score_spans(examples, SPANS_KEY, getter=spans, allow_overlap=True)


def load_tagger(path: Path) -> TrainableTermTagger:
    """The tagger of a pipeline that spaCy has trained, or one with the packed weights of a folder."""
    if (path / "meta.json").exists():
        return spacy.load(path).get_pipe("term_tagger")
    config = load_config(Path(__file__).with_name("student.cfg"))["components"]["term_tagger"]
    made = spacy.blank("en").create_pipe("trainable_term_tagger", config={"model": config["model"]})
    made.initialize(lambda: [], weights=path)
    return made


def page(doc: Doc) -> Page:
    """A Doc without white space as the decoder sees it."""
    starts = np.array([token.idx for token in doc], np.int64)
    words = [token.text for token in doc]
    ends = starts + np.fromiter(map(len, words), np.int64, len(words))
    after = np.array([bool(token.whitespace_) for token in doc])
    n_title = doc.user_data[docbin.N_TITLE]
    title_end = int(ends[n_title - 1]) if n_title else 0
    return Page(words, n_title, after, doc.text, starts, ends, title_end, list(range(len(words))))


@Language.factory("trainable_term_tagger", default_score_weights={f"{SPANS_KEY}_f": 1.0})
def create(nlp: Language, name: str, model: Model) -> TrainableTermTagger:
    """Make the component."""
    return TrainableTermTagger(nlp.vocab, model, name)


@registry.architectures("kg.Tagger.v1")
def architecture(
    words: int,
    ngrams: int,
    dim: int,
    width: int,
    narrow: int,
    dilations: list[int],
    pool_after: list[int],
    drop: float,
) -> Model:
    """The network of network.py as a model of thinc's: from Docs to (words of all Docs, OUTPUTS) scores.

    In training those of terms and pairs follow, all in one vector.
    """
    tagger = Tagger(words, ngrams, OUTPUTS, dim, width, narrow, dilations, pool_after, drop)

    def arrays(model: Model, docs: Sequence[Doc], is_train: bool) -> Any:
        batch = []
        for doc in docs:
            after = np.array([bool(token.whitespace_) for token in doc])
            batch.append(tagger.store.add([t.text for t in doc], doc.user_data[docbin.N_TITLE], after))
        made = collate(tagger.store, batch)
        if is_train:
            rows = np.split(np.arange(sum(map(len, docs))), np.cumsum([len(doc) for doc in docs])[:-1])
            told = (marks.unpacked(doc.user_data[docbin.MARKS]) for doc in docs)
            made["places"] = marks.collate([(one, at, at) for one, at in zip(told, rows, strict=True)])
        return ArgsKwargs(args=(made,), kwargs={}), lambda _: []

    return PyTorchWrapper(tagger, convert_inputs=arrays)


@registry.readers("kg.annotated.v1")
def annotated(path: Path) -> Callable[[Language], Iterator[Example]]:
    """Annotated papers, one after the other."""

    def examples(nlp: Language) -> Iterator[Example]:
        for doc in docbin.read(Path(path), nlp.vocab):
            bare = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
            bare.user_data[docbin.N_TITLE] = doc.user_data[docbin.N_TITLE]
            yield Example(bare, doc)

    return examples


@registry.readers("kg.mixed.v1")
def mixed(gold: Path, silver: Path | None, papers: int, seed: int) -> Callable[[Language], Iterator[Example]]:
    """Papers without end, in random order: annotated ones, more and more of them, and raw ones with teachers' labels.

    The share of the annotated ones is highest after so many `papers`.
    """

    def examples(nlp: Language) -> Iterator[Example]:
        rng = np.random.default_rng(seed)
        sources = [list(docbin.read(Path(path), nlp.vocab)) for path in (gold, silver) if path]
        queues: list[list[int]] = [[] for _ in sources]
        given = 0
        while True:
            late = min(max(0.0, given / papers - 0.6) / 0.4, 1.0)
            share = GOLD_SHARE[0] + (GOLD_SHARE[1] - GOLD_SHARE[0]) * late
            which = int(len(sources) > 1 and rng.random() >= share)
            if not queues[which]:
                queues[which] = rng.permutation(len(sources[which])).tolist()
            doc = sources[which][queues[which].pop()]
            given += 1
            yield Example(doc, doc)

    return examples
