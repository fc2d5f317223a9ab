"""Stage 0: join the further annotations with the texts they were made on.

    python join_annotations.py --annotations DIR --data DIR --out DIR

Writes batchNNN.jsonl (terms and relations) beside batchNNN.src.jsonl (texts, white space folded).
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

SIZE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("annotations", "data", "out"):
        parser.add_argument(f"--{name}", required=True, type=Path)
    args = parser.parse_args()
    notes = [
        json.loads(line)
        for path in sorted(args.annotations.glob("part-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    wanted = {(row["source"], row["id"]) for row in notes}
    texts = {}
    for source in sorted({row["source"] for row in notes}):
        with gzip.open(args.data / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                paper = json.loads(line)
                if (source, paper["id"]) in wanted:
                    texts.setdefault((source, paper["id"]), paper)
    args.out.mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(range(0, len(notes), SIZE)):
        batch = notes[start : start + SIZE]
        with (args.out / f"batch{number:03d}.jsonl").open("w", encoding="utf-8") as out:
            for row in batch:
                kept = {"id": row["id"], "terms": row["terms"], "relations": row["relations"]}
                out.write(json.dumps(kept, ensure_ascii=False) + "\n")
        with (args.out / f"batch{number:03d}.src.jsonl").open("w", encoding="utf-8") as out:
            for row in batch:
                paper = texts[row["source"], row["id"]]
                folded = {k: " ".join(paper[k].split()) for k in ("title", "abstract")}
                out.write(
                    json.dumps({"source": row["source"], "id": row["id"], **folded}, ensure_ascii=False)
                    + "\n"
                )
    print(f"{len(notes)} annotated abstracts joined with their texts")


if __name__ == "__main__":
    main()
