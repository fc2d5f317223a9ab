"""Stage 5: label raw abstracts with the mean of the teachers' token probabilities, in shards.

python stage_5_silver.py --encoder DIR --data DIR --teachers A.pt B.pt --out DIR [--papers 24000]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from common import fewer_bits, make_nlp, read_jsonl, tokenise
from encoder import Encoder, Pieces
from network import Store, Tagger, collate, space_after
from stage_4_teacher import Teacher, predict, prepare, softmax

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


def load_student(path):
    """A network of stage 6 and its store of words."""
    saved = torch.load(path)
    model = Tagger(**saved["config"])
    model.load_state_dict(saved["state"])
    return model, Store(saved["vocab"], saved["config"]["ngram_rows"], 0)


@torch.no_grad()
def label(model, store, papers, size=32):
    """Token probabilities of each paper, by a network of stage 6."""
    model.eval()
    out = []
    for k in range(0, len(papers), size):
        group = papers[k : k + size]
        with fewer_bits():
            logits = model(collate(store, [store.add(p.words, p.n_title, space_after(p)) for p in group]))
        probs = softmax(logits).numpy()
        out += np.split(probs, np.cumsum([len(p.words) for p in group])[:-1])
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--encoder", required=True, type=Path)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--teachers", required=True, type=Path, nargs="+")
    parser.add_argument(
        "--students", type=Path, nargs="*", default=[], help="small networks trained on the gold alone"
    )
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
    students = [load_student(path) for path in args.students]
    rows, t0 = choose(args.data, args.papers), time.time()
    for k in range(0, len(rows), SHARD):
        file = args.out / f"shard{k // SHARD:03d}.npz"
        if file.exists() or k // SHARD % args.part[1] != args.part[0]:
            continue
        papers = [tokenise(nlp, r) for r in rows[k : k + SHARD]]
        items = prepare(papers, pieces)
        probs = np.mean([np.concatenate(predict(m, items, 48)) for m in models], 0)
        if students:  # encoders and small networks err in different places: half the vote to each kind
            small = np.mean([np.concatenate(label(m, store, papers)) for m, store in students], 0)
            probs = 0.5 * probs + 0.5 * small
        np.savez(
            file.with_suffix(".tmp.npz"), probs=probs.astype(np.float16), index=np.arange(k, k + len(papers))
        )
        file.with_suffix(".tmp.npz").rename(file)
        print(file.name, round(time.time() - t0), "s", flush=True)


if __name__ == "__main__":
    main()
