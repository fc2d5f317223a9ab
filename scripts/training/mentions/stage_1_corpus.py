"""Stage 1: the raw texts, cleaned, without doubles, annotated papers or what shares text with gold and listings.

    python stage_1_corpus.py --data DIR --gold DIR --extra DIR --seeds DIR --out DIR

Writes raw.jsonl (id, source, title, abstract, near): `near` is the TF-IDF nearness to the listing papers of train.
"""

from __future__ import annotations

import argparse
import glob
import time
from pathlib import Path

import numpy as np
from common import clean, grams, normal, read_jsonl, write_jsonl
from sklearn.feature_extraction.text import TfidfVectorizer

SOURCES = ("arxiv_daily_2025-2026", "conf_papers_1987-2025", "acl_anthology_to2021-02", "mixed_5k")
MIN_CHARS, MAX_CHARS = 250, 3500
SHARED_GRAMS = 2  # an abstract that shares so many 8-grams with a forbidden text goes


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("data", "gold", "extra", "seeds", "out"):
        parser.add_argument(f"--{name}", required=True, type=Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    t0 = time.time()
    gold = {part: list(read_jsonl(args.gold / f"{part}.jsonl")) for part in ("train", "dev")}
    texts = [p for path in sorted(args.extra.glob("batch???.src.jsonl")) for p in read_jsonl(path)]
    titles = {normal(clean(p["title"])) for part in (*gold.values(), texts) for p in part}
    forbidden = set()
    for part in gold.values():  # train too: its labels are known, silver labels would only blur them
        for p in part:
            forbidden |= grams(p["title"] + " " + p["abstract"])
    listing = " ".join(
        normal(open(f, encoding="utf-8").read()) for f in sorted(glob.glob(str(args.seeds / "*.txt")))
    )
    forbidden |= grams(listing)
    seen, rows, dropped = set(), [], 0
    for source in SOURCES:
        for p in read_jsonl(args.data / f"{source}.jsonl.gz"):
            title, abstract = clean(p.get("title") or ""), clean(p.get("abstract") or "")
            key = normal(title)
            if (
                not title
                or not MIN_CHARS <= len(abstract) <= MAX_CHARS
                or (key in seen and source != "mixed_5k")
            ):
                continue
            if (
                key in titles
                or (len(key) > 20 and key in listing)
                or len(grams(abstract) & forbidden) >= SHARED_GRAMS
            ):
                dropped += 1
                seen.add(key)
                continue
            if key in seen:
                continue
            seen.add(key)
            rows.append({"id": f"{source}/{p['id']}", "source": source, "title": title, "abstract": abstract})
        print(source, len(rows), "dropped", dropped, round(time.time() - t0), "s", flush=True)
    tfidf = TfidfVectorizer(min_df=5, max_df=0.2, sublinear_tf=True, stop_words="english", max_features=40000)
    matrix = tfidf.fit_transform([r["title"] + " " + r["abstract"] for r in rows])
    near = tfidf.transform(
        [p["title"] + " " + p["abstract"] for p in gold["train"] if p["field"] == "listing"]
    )
    for start in range(0, len(rows), 8000):
        block = (matrix[start : start + 8000] @ near.T).toarray()
        top = np.sort(block, axis=1)[:, -5:].mean(1)
        for row, value in zip(rows[start : start + 8000], top, strict=False):
            row["near"] = round(float(value), 4)
    order = np.random.default_rng(0).permutation(len(rows))
    write_jsonl(args.out / "raw.jsonl", [rows[i] for i in order])
    print(len(rows), "abstracts,", dropped, "dropped", round(time.time() - t0), "s")


if __name__ == "__main__":
    main()
