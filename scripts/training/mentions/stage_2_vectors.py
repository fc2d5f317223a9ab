"""Stage 2: word vectors from the raw texts (positive PMI of four windows, randomised SVD).

    python stage_2_vectors.py --data DIR

Writes vocab.json (words, most frequent first) and vectors.npy (float32, one row a word).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from common import make_nlp, read_jsonl
from sklearn.utils.extmath import randomized_svd

WORDS, MIN_COUNT, CONTEXTS, DIM, CHUNK = 60000, 8, 4000, 128, 6_000_000


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, type=Path)
    args = parser.parse_args()
    t0 = time.time()
    tokenizer, ids, docs, counts = make_nlp().tokenizer, {}, [], Counter()
    for row in read_jsonl(args.data / "raw.jsonl"):
        words = [t.lower_ for t in tokenizer(row["title"] + "\n\n" + row["abstract"]) if not t.is_space]
        counts.update(words)
        docs.append(np.array([ids.setdefault(w, len(ids)) for w in words], np.int32))
    print(
        len(docs),
        "papers",
        sum(map(len, docs)),
        "tokens",
        len(ids),
        "words",
        round(time.time() - t0),
        "s",
        flush=True,
    )
    vocab = [w for w, c in counts.most_common(WORDS) if c >= MIN_COUNT]
    rank = np.zeros(len(ids), np.int32)  # 0: not in the vocabulary
    for r, w in enumerate(vocab):
        rank[ids[w]] = r + 1
    gap = np.zeros(4, np.int32)
    text = np.concatenate([np.concatenate([gap, rank[d]]) for d in docs])
    del docs
    size = len(vocab) + 1

    def together(offset):
        left, right = (text[:-offset], text[offset:]) if offset > 0 else (text[-offset:], text[:offset])
        total = None
        for at in range(0, len(left), CHUNK):
            a, b = left[at : at + CHUNK], right[at : at + CHUNK]
            keep = (a > 0) & (b > 0) & (b <= CONTEXTS)
            part = sp.coo_matrix(
                (np.ones(keep.sum(), np.float32), (a[keep], b[keep])), shape=(size, CONTEXTS + 1)
            ).tocsr()
            total = part if total is None else total + part
        return total

    blocks = []
    for offsets in ((1,), (-1,), (2, 3, 4), (-2, -3, -4)):
        m = sum(together(o) for o in offsets).tocoo()
        row, col = np.asarray(m.sum(1)).ravel(), np.asarray(m.sum(0)).ravel() ** 0.75
        value = np.log(m.data / (row[m.row] * (col / col.sum())[m.col]))
        keep = (value > 0) & (m.data >= 2)
        blocks.append(
            sp.coo_matrix((value[keep].astype(np.float32), (m.row[keep], m.col[keep])), shape=m.shape).tocsr()
        )
        print(offsets, round(time.time() - t0), "s", flush=True)
    u, s, _ = randomized_svd(sp.hstack(blocks).tocsr(), DIM, n_iter=3, random_state=0)
    vectors = (u * np.sqrt(s)).astype(np.float32)[1:]
    vectors /= vectors.std()
    np.save(args.data / "vectors.npy", vectors)
    (args.data / "vocab.json").write_text(json.dumps([[w, counts[w]] for w in vocab], ensure_ascii=False))
    print(vectors.shape, round(time.time() - t0), "s")


if __name__ == "__main__":
    main()
