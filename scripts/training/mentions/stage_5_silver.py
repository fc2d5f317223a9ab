"""Stage 5: label raw abstracts with the mean of the teachers' token probabilities, in shards (a DocBin each).

python stage_5_silver.py --encoder DIR --data DIR --teachers A.pt B.pt --judge C.pt --students DIR --out DIR [--papers 24000]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from common import LABELS, ROLES, make_nlp, read_jsonl, tags_of, tokenise
from docbin import to_doc, write
from encoder import Encoder, Pieces
from marks import Marks, near
from stage_4_judge import Judge, judge
from stage_4_teacher import Teacher, predict, prepare
from term_tagger import load_tagger

from kg.extraction.names import key
from kg.extraction.tagger.decode import decode

SHARD, NEAR_SHARE, NEAR = 1000, 0.7, 0.08
# arXiv and the conferences near the listings' field; the rest drawn evenly, medicine and the like among it


def choose(data, count):
    rows = list(read_jsonl(data / "raw.jsonl"))  # in random order already
    near = [r for r in rows if r["near"] > NEAR]
    rest = [r for r in rows if r["near"] <= NEAR]
    rest.sort(key=lambda r: r["source"] != "mixed_5k")
    mixed = [r for r in rest if r["source"] == "mixed_5k"]
    other = [r for r in rest if r["source"] != "mixed_5k"]
    out, i, j, k = [], 0, 0, 0
    rng = np.random.default_rng(1)
    while len(out) < count:
        x = rng.random()
        if x < NEAR_SHARE and i < len(near):
            out.append(near[i])
            i += 1
        elif x < NEAR_SHARE + 0.1 and j < len(mixed):
            out.append(mixed[j])
            j += 1
        else:
            out.append(other[k])
            k += 1
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--encoder", required=True, type=Path)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--teachers", required=True, type=Path, nargs="+")
    parser.add_argument("--judge", required=True, type=Path, help="of roles and relations")
    parser.add_argument("--students", type=Path, nargs="*", default=[], help="folders of small networks")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--papers", type=int, default=24000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--part", type=int, nargs=2, default=(0, 1), metavar=("K", "N"), help="only every N-th shard, from K"
    )
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    nlp, pieces, models = make_nlp(), Pieces(args.encoder), []
    for path in args.teachers:
        model = Teacher(Encoder())
        model.load_state_dict(torch.load(path))
        models.append(model)
    decides = Judge(Encoder())
    decides.load_state_dict(torch.load(args.judge))
    students = [load_tagger(path) for path in args.students]
    chosen, t0 = choose(args.data, args.papers), time.time()
    for k in range(0, len(chosen), SHARD):
        file = args.out / f"shard{k // SHARD:03d}.spacy"
        if file.exists() or k // SHARD % args.part[1] != args.part[0]:
            continue
        papers = [tokenise(nlp, r) for r in chosen[k : k + SHARD]]
        items = prepare(papers, pieces)
        probs = mean([predict(m, items, 48) for m in models])
        if students:  # encoders and small networks err in different places: half the vote to each kind
            docs = [to_doc(nlp.vocab, p, one) for p, one in zip(papers, probs, strict=True)]
            probs = mean([probs, mean([label(s, docs) for s in students])])
        marks = terms_of(papers, probs)
        for one, told in zip(marks, judge(decides, items, marks), strict=True):
            one.roles, one.relations = told
        rows = zip(papers, probs, marks, strict=True)
        write(file, (to_doc(nlp.vocab, *row) for row in rows))
        print(file.name, round(time.time() - t0), "s", flush=True)


def terms_of(papers, probs):
    """The terms that the labels make, and their pairs: what is one term in two places has the same key."""
    out = []
    for paper, found, odds in zip(papers, decode(papers, tags_of(probs)), probs, strict=True):
        terms = {}
        for one in found:
            begin, end = np.searchsorted(paper.starts, (one.start + 1, one.end)).tolist()
            surface = paper.text[one.start : one.end]
            terms.setdefault(key(surface) or surface, []).append(((begin - 1, end), one.type))
        mentions = [[words for words, _ in places] for places in terms.values()]
        said = odds[:, len(LABELS) : len(LABELS) + len(ROLES)]
        roles = [
            ROLES[int(np.mean([said[slice(*w)].mean(0) for w in places], 0).argmax())] for places in mentions
        ]
        out.append(Marks(mentions, [places[0][1] for places in terms.values()], near(mentions, roles)))
    return out


def mean(labelled):
    """The mean of several networks' probabilities, paper by paper."""
    return [np.mean(one, 0) for one in zip(*labelled, strict=True)]


def label(tagger, docs, size=32):
    """Probabilities of each paper, by a small network."""
    return [one for k in range(0, len(docs), size) for one in tagger.predict(docs[k : k + size])]


if __name__ == "__main__":
    main()
