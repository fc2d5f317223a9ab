"""Stage 7: the trained networks' mean as a folder that the tagger reads (tables in bytes, the rest in float16).

    python stage_7_export.py --models DIR DIR --out DIR

The mean of the weights of networks that went on from the same one (Wortsman and others, Model soups, ICML 2022) is no
slower than one of them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from decider import write
from term_tagger import load_tagger

from kg.extraction.tagger.component import TermTagger
from kg.extraction.tagger.decode import Decoding
from kg.extraction.tagger.features import ngrams_of
from kg.extraction.tagger.network import Network, quantise


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--models", required=True, type=Path, nargs="+", help="pipelines that spaCy has trained"
    )
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--decider", required=True, type=Path, help="for stage 9 to go on from")
    args = parser.parse_args()
    taggers = [load_tagger(path) for path in args.models]
    config, vocab = taggers[0].tagger.config, taggers[0].cfg["words"]
    states = [one.tagger.state_dict() for one in taggers]
    state = {name: sum(one[name] for one in states) / len(states) for name in states[0]}
    decider = {k.removeprefix("decider."): v for k, v in state.items() if k.startswith("decider.")}
    write(args.decider, decider)
    apart = ("table", "ngrams", "decider")
    weights = {k: v.numpy().astype(np.float16) for k, v in state.items() if not k.startswith(apart)}
    weights["shapes"] = weights.pop("shapes.weight")
    ngrams, table = state["ngrams.weight"].numpy(), state["table.weight"].numpy()[1:].copy()
    for k, word in enumerate(vocab):  # a known word's own vector and the mean of its n-grams, in one
        table[k] += ngrams[ngrams_of(word, len(ngrams))].mean(0)
    weights["words"], weights["words.scale"] = quantise(table)
    weights["ngrams"], weights["ngrams.scale"] = quantise(ngrams)
    TermTagger("term_tagger", Network(config, vocab, weights), Decoding()).to_disk(args.out)
    print(sum(f.stat().st_size for f in args.out.iterdir()) / 1e6, "MB")


if __name__ == "__main__":
    main()
