"""Stage 4: fine-tune the encoder as a term tagger, one run a seed; the seed's tenth of the training papers is held out.

    python stage_4_teacher.py --encoder DIR [--init mlm.pt] --gold DIR [--extra DIR] --out FILE.pt --seed 0

Title and abstract are one sequence. The word's first and last piece, and the mean over all the places of the
same word in the paper, decide its label. Weights are averaged over the steps (EMA).
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from common import (
    LABELS,
    ROLES,
    SIDES,
    evaluate,
    fewer_bits,
    load_extra,
    load_gold,
    make_nlp,
    report,
    role_accuracy,
    tags_of,
)
from encoder import Pieces, load_encoder, pad
from outputs import OUTPUTS, ROLE_WEIGHT, SIDE_WEIGHT, parts_of, probabilities, side_loss
from torch import nn

from kg.extraction.tagger.decode import decode

FOLDS = 10
LR, LR_HEAD, WARM, BATCH, EMA, EVERY = 1.5e-4, 1.2e-3, 0.08, 8, 0.99, 4


class Teacher(nn.Module):
    def __init__(self, encoder, dim=384):
        super().__init__()
        self.encoder = encoder
        self.near = nn.Linear(2 * dim, dim)
        self.same = nn.Linear(dim, dim)
        self.out = nn.Linear(dim, len(LABELS))
        self.role = nn.Linear(dim, len(ROLES))
        self.side = nn.Linear(dim, SIDES)

    def forward(self, batch):
        h = self.encoder(batch["ids"], batch["cases"], batch["kinds"], batch["mask"])
        n, t, d = h.shape
        flat = h.reshape(n * t, d)
        x = torch.cat([flat[batch["first"]], flat[batch["last"]]], -1)
        x = F.dropout(x, 0.15, self.training)
        x = self.near(x)
        total = torch.zeros(batch["groups"], d, dtype=x.dtype).index_add(0, batch["group"], x)
        mean = total / batch["group_size"][:, None].to(x.dtype)
        x = F.gelu(x + self.same(mean)[batch["group"]])
        x = F.dropout(x, 0.15, self.training)
        return torch.cat([self.out(x), self.role(x), self.side(x)], -1).float()


def prepare(papers, pieces):
    """The arrays of each paper; words beyond the encoder's limit are left out."""
    out = []
    for p in papers:
        ids, cases, kinds, first, owner = pieces.encode(p.words, p.n_title)
        n = int((first >= 0).sum())
        first = first[:n]
        sizes = np.bincount(owner[owner >= 0], minlength=n)[:n]
        last = first + sizes - 1
        lower = {}
        group = np.array([lower.setdefault(w.lower(), len(lower)) for w in p.words[:n]])
        out.append((ids, cases, kinds, first, last, group, n, p))
    return out


def collate(items):
    width = max(len(x[0]) for x in items)
    mask = torch.zeros(len(items), width, dtype=torch.bool)
    first, last, group, groups = [], [], [], 0
    for k, x in enumerate(items):
        mask[k, : len(x[0])] = True
        first.append(x[3] + k * width)
        last.append(x[4] + k * width)
        group.append(x[5] + groups)
        groups += int(x[5].max()) + 1 if len(x[5]) else 0
    group = torch.from_numpy(np.concatenate(group))
    return {
        "ids": pad([x[0] for x in items]),
        "cases": pad([x[1] for x in items]),
        "kinds": pad([x[2] for x in items]),
        "mask": mask,
        "first": torch.from_numpy(np.concatenate(first)).long(),
        "last": torch.from_numpy(np.concatenate(last)).long(),
        "group": group,
        "groups": groups,
        "group_size": torch.bincount(group, minlength=groups),
    }


def batches(items, size, shuffle):
    order = sorted(
        range(len(items)), key=lambda i: len(items[i][0]) // 24 + (random.random() * 4 if shuffle else 0)
    )
    out = [order[i : i + size] for i in range(0, len(order), size)]
    if shuffle:
        random.shuffle(out)
    return out


@torch.no_grad()
def predict(model, items, size=32):
    """Token probabilities of each paper."""
    model.eval()
    out = [None] * len(items)
    for batch in batches(items, size, False):
        with fewer_bits():
            p = probabilities(model(collate([items[i] for i in batch]))).numpy()
        at = 0
        for i in batch:
            n, paper = items[i][6], items[i][7]
            full = np.zeros((len(paper.words), OUTPUTS), np.float32)
            full[:, 0] = 1.0
            full[:, len(LABELS) : len(LABELS) + len(ROLES)] = 1 / len(ROLES)
            full[:n] = p[at : at + n]
            at += n
            out[i] = full
    return out


@torch.no_grad()
def follow(mean, model, step):
    """Move the mean of the weights towards those of this step."""
    if step % EVERY == 0:
        decay = min(EMA, 1 - 1 / (step / EVERY + 1)) ** EVERY
        for a, b in zip(mean.parameters(), model.parameters(), strict=True):
            a.lerp_(b, 1 - decay)


def fold_of(papers, fold):
    """(training papers, held-out papers): every FOLDS-th paper is held out."""
    return [p for i, p in enumerate(papers) if i % FOLDS != fold], [
        p for i, p in enumerate(papers) if i % FOLDS == fold
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--encoder", required=True, type=Path)
    parser.add_argument("--init", type=Path)
    parser.add_argument("--gold", required=True, type=Path)
    parser.add_argument("--extra", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--lr", type=float, default=LR)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--log", type=Path)
    args = parser.parse_args()
    torch.manual_seed(args.seed), random.seed(args.seed), torch.set_num_threads(args.threads)
    nlp = make_nlp()
    train = load_gold(args.gold / "train.jsonl", args.gold, nlp)
    if args.extra:
        train += load_extra(args.extra, args.gold, nlp)
    train, held = fold_of(train, args.seed % FOLDS)
    dev = load_gold(args.gold / "dev.jsonl", args.gold, nlp)
    pieces = Pieces(args.encoder)
    items, held_items, dev_items = (prepare(x, pieces) for x in (train, held, dev))
    print(len(train), "papers,", len(held), "held out", flush=True)
    encoder = load_encoder(args.encoder)
    if args.init:
        encoder.load_state_dict(torch.load(args.init))
    model = Teacher(encoder)
    mean = copy.deepcopy(model)
    depth = {}
    for name, p in model.named_parameters():
        level = (
            0
            if ".words" in name or "places" in name
            else int(name.split("layers.")[1][0]) + 1
            if "layers." in name
            else 1
        )
        rate = args.lr * 0.87 ** (6 - level) if name.startswith("encoder.") else LR_HEAD
        depth.setdefault((rate, p.ndim > 1), []).append(p)
    opt = torch.optim.AdamW(
        [{"params": ps, "lr": r, "weight_decay": 0.01 if w else 0} for (r, w), ps in depth.items()],
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
            group = [items[i] for i in batch]
            gold = torch.from_numpy(np.concatenate([x[7].labels[: x[6]] for x in group])).long()
            with fewer_bits():
                tags, roles, sides = parts_of(model(collate(group)))
            role = torch.from_numpy(np.concatenate([x[7].roles[: x[6]] for x in group])).long()
            side = torch.from_numpy(np.concatenate([x[7].sides[: x[6]] for x in group]))
            loss = F.cross_entropy(tags, gold, label_smoothing=0.03)
            loss = loss + ROLE_WEIGHT * F.cross_entropy(roles, role, ignore_index=-1, label_smoothing=0.05)
            loss = loss + SIDE_WEIGHT * side_loss(sides, side, gold > 0)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            plan.step()
            step += 1
            follow(mean, model, step)
            run += loss.item()
        print("epoch", epoch, "loss", round(run / len(plan_of), 4), round(time.time() - t0), "s", flush=True)
        if epoch % 3 == 2 and epoch < args.epochs - 2:
            probs = predict(mean, held_items)
            print(
                evaluate(held, decode(held, tags_of(probs)), args.gold)["all"],
                "role",
                role_accuracy(held, probs, args.gold),
                flush=True,
            )
    torch.save(mean.state_dict(), args.out)
    for name, papers, xs in (("held", held, held_items), ("dev", dev, dev_items)):
        probs = predict(mean, xs)
        np.save(args.out.with_suffix(f".{name}.npy"), np.concatenate(probs).astype(np.float16))
        result = evaluate(papers, decode(papers, tags_of(probs)), args.gold)
        result["role accuracy"] = role_accuracy(papers, probs, args.gold)
        report(f"teacher {args.out.stem} {name}", result, args.log)
    print("seconds", round(time.time() - t0))


if __name__ == "__main__":
    main()
