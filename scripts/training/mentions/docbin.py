"""Papers as spaCy's training data: a DocBin of Docs, each with what a network is to learn of every word.

A Doc holds the words of title and abstract, white space left out. Beside them lie how many words are the title's,
the target: (words, OUTPUTS) probabilities of labels, roles and sides, and the marks: terms and pairs of terms with
probabilities of roles and relations. The annotated terms are its spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from common import LABELS, ROLES, Paper
from marks import Marks, packed
from numpy.typing import NDArray
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from kg.extraction.tagger.component import SPANS_KEY

N_TITLE, TARGET, MARKS = "kg.n_title", "kg.target", "kg.marks"
Array = NDArray[Any]


def space_after(paper: Paper) -> Array:
    """Which words white space follows."""
    out = np.ones(len(paper.words), bool)
    out[:-1] = paper.starts[1:] > paper.ends[:-1]
    return out


def gold_target(paper: Paper) -> Array:
    """The target of an annotated paper; roles are all zero where a word has none."""
    one_role = np.concatenate([np.eye(len(ROLES)), np.zeros((1, len(ROLES)))])
    return np.concatenate([np.eye(len(LABELS))[paper.labels], one_role[paper.roles], paper.sides], 1)


def to_doc(vocab: Vocab, paper: Paper, target: Array, marks: Marks | None = None) -> Doc:
    """The paper as a Doc; its spans are those of the target's labels."""
    doc = Doc(vocab, words=paper.words, spaces=space_after(paper).tolist())
    doc.user_data = {N_TITLE: paper.n_title, TARGET: target.astype(np.float16)}
    if marks is not None:
        doc.user_data[MARKS] = packed(marks)
    labels = [LABELS[k] for k in target[:, : len(LABELS)].argmax(1)]
    starts = [k for k, label in enumerate(labels) if label.startswith("B-")]
    doc.spans[SPANS_KEY] = [
        Span(doc, k, next((z for z in range(k + 1, len(labels)) if not labels[z].startswith("I-")), len(labels)), labels[k][2:])
        for k in starts
    ]  # fmt: skip
    return doc


def write(path: Path, docs: Iterable[Doc]) -> None:
    """Write a DocBin, whole or not at all."""
    DocBin(attrs=["ORTH", "SPACY"], docs=docs, store_user_data=True).to_disk(path.with_suffix(".tmp"))
    path.with_suffix(".tmp").rename(path)


def read(path: Path, vocab: Vocab) -> Iterator[Doc]:
    """The Docs of a DocBin, or of all that lie in a folder, in order."""
    for file in sorted(path.glob("*.spacy")) if path.is_dir() else [path]:
        yield from DocBin().from_disk(file).get_docs(vocab)
