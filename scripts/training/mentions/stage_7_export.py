"""Stage 7: the trained network as a folder that the tagger reads (tables in bytes, the rest in float16).

python stage_7_export.py --model student.pt --out DIR [--decoder decoder.json]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from network import Tagger

from kg.extraction.tagger.component import TermTagger
from kg.extraction.tagger.decode import Decoding
from kg.extraction.tagger.features import ngrams_of
from kg.extraction.tagger.network import Network, quantise


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument(
        "--decoder", type=Path, help="written by stage 8; without it the mean confidence decides"
    )
    args = parser.parse_args()
    saved = torch.load(args.model)
    config, state, vocab = saved["config"], saved["state"], saved["vocab"]
    Tagger(**config).load_state_dict(state)  # complains if anything is amiss
    weights = {
        k: v.numpy().astype(np.float16) for k, v in state.items() if not k.startswith(("table", "ngrams"))
    }
    weights["shapes"] = weights.pop("shapes.weight")
    ngrams, table = state["ngrams.weight"].numpy(), state["table.weight"].numpy()[1:].copy()
    for k, word in enumerate(vocab):  # a known word's own vector and the mean of its n-grams, in one
        table[k] += ngrams[ngrams_of(word, len(ngrams))].mean(0)
    weights["words"], weights["words.scale"] = quantise(table)
    weights["ngrams"], weights["ngrams.scale"] = quantise(ngrams)
    settings = Decoding(**json.loads(args.decoder.read_text())) if args.decoder else Decoding()
    TermTagger("term_tagger", Network(config, vocab, weights), settings).to_disk(args.out)
    print(sum(f.stat().st_size for f in args.out.iterdir()) / 1e6, "MB")


if __name__ == "__main__":
    main()
