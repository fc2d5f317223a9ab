"""Stage 9: what decides roles and relations, trained to the end on the rows of the network that ships.

    python stage_9_decider.py --data DIR --weights DIR --begin FILE.npz --out FILE.npz

It learns from annotated papers and from the judge's probabilities on raw ones (Hinton, Vinyals and Dean, Distilling the
knowledge in a neural network, 2015); the threshold of relations is chosen
on the papers held out, which neither the network nor its teachers have seen. Its weights are averaged over the steps.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from pathlib import Path

import docbin
import numpy as np
import spacy
import torch
from decider import Decider, decision_loss, figures, learn, write
from decider import read as read_decider
from marks import collate, unpacked
from network import DECIDER_WIDTH
from term_tagger import page

from kg.extraction.tagger.network import Network

BATCH, LR, WARM, EMA = 16, 1e-3, 0.05, 0.995
UNREAD = 0.03  # share of the papers whose rows are withheld in training: what is known of terms that no network found
# The F1 of relations between found terms is so much of that between annotated ones: the mean probability of
# the terms found in 300 held-out papers (seen on the development part with two networks: 0.73 and 0.70).
SURE = 0.74


def read(path, network, vocab):
    """Of each paper the network's rows, in sixteen bits, and its marks."""
    out = []
    for doc in docbin.read(path, vocab):
        marks = unpacked(doc.user_data[docbin.MARKS])
        if marks.mentions:
            out.append((network(page(doc))[1].astype(np.float16), marks))
    return out


def batch_of(papers):
    """The rows of some papers, one below the other, and where their terms and pairs are."""
    rows = torch.from_numpy(np.concatenate([rows for rows, _ in papers]).astype(np.float32))
    ends = np.cumsum([len(rows) for rows, _ in papers])
    places = [np.arange(end - len(one), end) for end, (one, _) in zip(ends, papers, strict=True)]
    return rows, collate([(marks, at, at) for at, (_, marks) in zip(places, papers, strict=True)])


@torch.no_grad()
def judge(model, papers):
    """Probabilities of the roles of each paper's terms, and of the relations of its pairs."""
    model.eval()
    return [[torch.softmax(x, -1).numpy() for x in model(*batch_of([paper]))] for paper in papers]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, type=Path, help="holds train.spacy, held.spacy and silver/")
    parser.add_argument("--weights", required=True, type=Path)
    parser.add_argument(
        "--begin", required=True, type=Path, help="the weights that it goes on from (stage 7)"
    )
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(args.seed), random.seed(args.seed)
    network, vocab, t0 = Network.from_disk(args.weights), spacy.blank("en").vocab, time.time()
    held = read(args.data / "held.spacy", network, vocab)
    train = read(args.data / "train.spacy", network, vocab) + read(args.data / "silver", network, vocab)
    print(len(train), "papers,", len(held), "held out", round(time.time() - t0), "s", flush=True)
    model = Decider(held[0][0].shape[1], DECIDER_WIDTH, means=True)
    model.load_state_dict(read_decider(args.begin))
    mean = copy.deepcopy(model)
    opt = torch.optim.AdamW(model.parameters(), lr=LR, weight_decay=0.01)
    total = args.epochs * -(-len(train) // BATCH)
    plan = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda s: min((s + 1) / (WARM * total), max(0.01, (1 - s / total) / (1 - WARM)))
    )
    for epoch in range(args.epochs):
        model.train()
        random.shuffle(train)
        run = 0.0
        for k in range(0, len(train), BATCH):
            papers = train[k : k + BATCH]
            shown = [(rows * (random.random() >= UNREAD), marks) for rows, marks in papers]
            loss = decision_loss(model(*batch_of(shown)), [marks for _, marks in papers])
            learn(loss, model, opt, plan)
            run += loss.item()
            with torch.no_grad():
                for a, b in zip(mean.parameters(), model.parameters(), strict=True):
                    a.lerp_(b, 1 - min(EMA, 1 - 1 / (plan.last_epoch + 1)))
        result = figures(judge(mean, held), [marks for _, marks in held])
        print(
            f"epoch {epoch} loss {run * BATCH / len(train):.4f} {result} {time.time() - t0:.0f} s", flush=True
        )
    # Of calibrated probabilities the threshold with the best F1 is half of that F1: Lipton, Elkan and
    # Naryanaswamy, Optimal thresholding of classifiers to maximize F1 measure, ECML PKDD 2014.
    write(args.out, mean.state_dict(), threshold=np.array(round(result["relation F1"] / 200 * SURE, 3)))
    print(args.out, args.out.stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    main()
