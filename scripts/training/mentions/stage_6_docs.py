"""Stage 6: the annotated papers as spaCy's training data: train.spacy, and the held-out tenth as held.spacy.

python stage_6_docs.py --gold DIR --extra DIR --out DIR
"""

from __future__ import annotations

import argparse
from pathlib import Path

from common import load_extra, load_gold, make_nlp
from docbin import gold_target, to_doc, write
from marks import marks_of
from stage_4_teacher import fold_of


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("gold", "extra", "out"):
        parser.add_argument(f"--{name}", required=True, type=Path)
    args = parser.parse_args()
    nlp = make_nlp()
    papers = load_gold(args.gold / "train.jsonl", args.gold, nlp) + load_extra(args.extra, args.gold, nlp)
    for name, part in zip(("train", "held"), fold_of(papers, 0), strict=True):
        write(args.out / f"{name}.spacy", (to_doc(nlp.vocab, p, gold_target(p), marks_of(p)) for p in part))
        print(f"{name}: {len(part)} papers")


if __name__ == "__main__":
    main()
