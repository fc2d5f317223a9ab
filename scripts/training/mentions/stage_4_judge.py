"""Stage 4, second half: the encoder goes on to judge terms and pairs of terms: their roles and relations.

    python stage_4_judge.py --encoder DIR --teacher t0.pt --gold DIR [--extra DIR] --out FILE.pt

The papers that the teacher was not shown are held out here, too. Weights are averaged over the steps (EMA).
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from pathlib import Path

import numpy as np
import torch
from common import fewer_bits, load_extra, load_gold, make_nlp
from decider import Decider, decision_loss, figures, learn
from encoder import Encoder, Pieces
from marks import collate as collate_marks
from marks import marks_of
from stage_4_teacher import BATCH, Teacher, batches, collate, fold_of, follow, prepare
from torch import nn

LR, LR_HEAD, WARM = 8e-5, 1e-3, 0.06


class Judge(nn.Module):
    def __init__(self, encoder, dim=384):
        super().__init__()
        self.encoder, self.decider = encoder, Decider(dim)

    def forward(self, batch, places):
        rows = self.encoder(batch["ids"], batch["cases"], batch["kinds"], batch["mask"])
        return self.decider(rows.flatten(0, 1), places)


def inputs(items, marks, batch):
    """The pieces of some papers, and the places of their terms and pairs among them."""
    width = max(len(items[i][0]) for i in batch)
    places = [(marks[i], items[i][3] + k * width, items[i][4] + k * width) for k, i in enumerate(batch)]
    return collate([items[i] for i in batch]), collate_marks(places)


@torch.no_grad()
def judge(model, items, marks, size=24):
    """Probabilities of the roles of each paper's terms, and of the relations of its pairs."""
    model.eval()
    out = [None] * len(items)
    for batch in batches(items, size, False):
        with fewer_bits():
            roles, relations = (torch.softmax(x, -1).numpy() for x in model(*inputs(items, marks, batch)))
        ends = np.cumsum([[len(marks[i].mentions), len(marks[i].pairs)] for i in batch], 0)[:-1]
        parts = np.split(roles, ends[:, 0]), np.split(relations, ends[:, 1])
        for i, *found in zip(batch, *parts, strict=True):
            out[i] = found
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--encoder", required=True, type=Path)
    parser.add_argument("--teacher", required=True, type=Path)
    parser.add_argument("--gold", required=True, type=Path)
    parser.add_argument("--extra", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.manual_seed(args.seed), random.seed(args.seed), torch.set_num_threads(args.threads)
    nlp = make_nlp()
    train = load_gold(args.gold / "train.jsonl", args.gold, nlp)
    if args.extra:
        train += load_extra(args.extra, args.gold, nlp)
    train, held = fold_of(train, 0)
    pieces = Pieces(args.encoder)
    (items, marks), (held_items, held_marks) = (
        (prepare(papers, pieces), [marks_of(p) for p in papers]) for papers in (train, held)
    )
    teacher = Teacher(Encoder())
    teacher.load_state_dict(torch.load(args.teacher))
    model = Judge(teacher.encoder)
    mean = copy.deepcopy(model)
    opt = torch.optim.AdamW(
        [
            {"params": list(model.encoder.parameters()), "lr": LR},
            {"params": list(model.decider.parameters()), "lr": LR_HEAD},
        ],
        weight_decay=0.01,
        fused=True,
    )
    total = args.epochs * len(batches(items, BATCH, False))
    plan = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda s: min((s + 1) / (WARM * total), max(0.02, (1 - s / total) / (1 - WARM)))
    )
    step, t0 = 0, time.time()
    for epoch in range(args.epochs):
        model.train()
        run = 0.0
        plan_of = batches(items, BATCH, True)
        for batch in plan_of:
            with fewer_bits():
                scores = model(*inputs(items, marks, batch))
            loss = decision_loss(scores, [marks[i] for i in batch])
            learn(loss, model, opt, plan)
            step += 1
            follow(mean, model, step)
            run += loss.item()
        print("epoch", epoch, "loss", round(run / len(plan_of), 4), round(time.time() - t0), "s", flush=True)
    torch.save(mean.state_dict(), args.out)
    print("held", figures(judge(mean, held_items, held_marks), held_marks), round(time.time() - t0), "s")


if __name__ == "__main__":
    main()
