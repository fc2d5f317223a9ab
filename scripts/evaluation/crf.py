"""A conditional random field as the source of terms: words, affixes and shapes in a window of two.

After Lafferty, McCallum and Pereira (Conditional random fields, 2001), by CRFsuite (``pip install
python-crfsuite``). It takes the tagger's place in the pipeline; everything after it is the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction import load
from kg.extraction.document import Candidate, abstract_offset, make_doc, set_candidates
from kg.extraction.layout import layout
from kg.extraction.tagger.features import case_of
from scripts.evaluation.gold import Gold

_PASSES = {"c1": 0.1, "c2": 0.05, "max_iterations": 120, "feature.possible_transitions": True}


def pipeline(train: Path) -> Language:
    """The pipeline with a field trained on annotated papers instead of the tagger.

    Parameters
    ----------
    train : Path
        Annotated papers; the scorer lies in the same folder.

    Raises
    ------
    ImportError
        If python-crfsuite is not installed.
    """
    import pycrfsuite

    nlp = load(sources=["lexicon"])
    nlp.remove_pipe("lexicon")
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_PASSES)
    gold = Gold(train)
    for paper in gold.papers:
        doc = nlp.get_pipe("sentences")(make_doc(nlp, paper["title"], paper["abstract"]))
        labels = _labels(doc, paper, gold)
        for words in _sentences(doc):
            trainer.append(_features(doc, words), [labels[k] for k in words])
    tagger = pycrfsuite.Tagger()
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "crf"
        trainer.train(str(model))
        tagger.open_inmemory(model.read_bytes())
    nlp.add_pipe("crf", after="abbreviations", config={}).tagger = tagger  # type: ignore[attr-defined]
    return nlp


class _Source:
    """Marks what the field finds."""

    def __init__(self) -> None:
        self.tagger: Any = None

    def __call__(self, doc: Doc) -> Doc:
        seen, found = layout(doc), []
        for words in _sentences(doc):
            spans: list[tuple[int, int, str]] = []
            for k, label in zip(words, self.tagger.tag(_features(doc, words)), strict=True):
                if label[:2] == "B-":
                    spans.append((seen.starts[k], seen.ends[k], label[2:]))
                elif label[:2] == "I-" and spans:
                    spans[-1] = (spans[-1][0], seen.ends[k], spans[-1][2])
            found += [Candidate(start, end, kind, 1.0) for start, end, kind in spans]
        set_candidates(doc, found)
        return doc


@Language.factory("crf")
def _create(nlp: Language, name: str) -> _Source:
    return _Source()


def _labels(doc: Doc, paper: dict[str, Any], gold: Gold) -> list[str]:
    seen = layout(doc)
    made = ["O"] * len(seen.words)
    for (field, start, end), i in gold.mentions(paper).items():
        shift = abstract_offset(doc) if field == "abstract" else 0
        inside = [
            k for k in range(len(made)) if seen.starts[k] < end + shift and seen.ends[k] > start + shift
        ]
        for k in inside:
            made[k] = ("B-" if k == inside[0] else "I-") + paper["terms"][i]["t"]
    return made


def _sentences(doc: Doc) -> Iterator[list[int]]:
    """The numbers of the words of each sentence, white space left out."""
    for sentence in doc.sents:
        words = [token.i for token in sentence if not token.is_space]
        if words:
            yield words


def _features(doc: Doc, numbers: list[int]) -> list[list[str]]:
    words = [layout(doc).words[k] for k in numbers]
    small = [word.lower() for word in words]
    made = []
    for k, (word, low) in enumerate(zip(words, small, strict=True)):
        found = ["w=" + low, f"case={case_of(word)}", f"hyphen={'-' in word}"]
        found += [f"s{n}={low[-n:]}" for n in (2, 3, 4)] + [f"p{n}={low[:n]}" for n in (3, 4)]
        for step in (-2, -1, 1, 2):
            near = small[k + step] if 0 <= k + step < len(small) else "#"
            found.append(f"{step}w={near}")
            if abs(step) == 1 and near != "#":
                found += [f"{step}s3={near[-3:]}", f"{step}case={case_of(words[k + step])}"]
                found.append(f"{step}b={min(step, 0)}|{low}|{near}")
        made.append(found)
    return made
