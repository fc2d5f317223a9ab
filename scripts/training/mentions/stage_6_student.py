"""Stage 6: train the small network on the teachers' probabilities for raw abstracts, and on the gold.

    python stage_6_student.py --data DIR --gold DIR [--extra DIR] [--silver DIR] --out FILE.pt --seed 0 --steps 6000

The seed's tenth of the training papers is held out, as in stage 4.
"""

from __future__ import annotations

import argparse
import copy
import json
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
    tokenise,
)
from network import Store, Tagger, collate, space_after, unpacked
from stage_4_teacher import fold_of, softmax
from stage_5_silver import choose
from torch import nn

from kg.extraction.tagger.decode import decode
from kg.extraction.tagger.network import Network

WORDS, NGRAM_ROWS, DIM, WIDTH = 30000, 20000, 128, 256
LR, WARM, EMA, TOKENS = 2.5e-3, 0.05, 0.998, 5000
ROLE_WEIGHT, SIDE_WEIGHT = 0.25, 0.1
OUTPUTS = len(LABELS) + len(ROLES) + SIDES
GOLD_SHARE = (0.25, 0.8)  # share of gold papers in a batch, at the start and at the end


@torch.no_grad()
def predict(model, store, papers, size=32):
    model.eval()
    out = []
    for k in range(0, len(papers), size):
        group = papers[k : k + size]
        b = collate(store, [p.arrays for p in group])
        probs = softmax(model(b)).numpy()
        out += np.split(probs, np.cumsum([len(p.words) for p in group])[:-1])
    return out


def begun(paths, drop):
    """The network to go on from, and its words.

    The mean of the weights of networks that went on from the same one (Wortsman and others, Model soups, ICML 2022)
    is no slower than one of them.
    """
    if paths[0].is_dir():
        known = Network.from_disk(paths[0])
        return unpacked(known, drop, OUTPUTS), known.vocab
    saved = [torch.load(path) for path in paths]
    model = Tagger(**saved[0]["config"], drop=drop)
    states = [one["state"] for one in saved]
    mean = {name: sum(s[name] for s in states) / len(states) for name in states[0]}
    model.load_state_dict(mean)
    return model, saved[0]["vocab"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--gold", required=True, type=Path)
    parser.add_argument("--extra", type=Path)
    parser.add_argument("--silver", type=Path)
    parser.add_argument("--papers", type=int, default=24000, help="as given to stage 5")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--lr", type=float, default=LR)
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--dilations", type=int, nargs="+", default=[1, 1, 2, 4, 1, 2, 4, 1])
    parser.add_argument("--pool-after", type=int, nargs="*", default=[4])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-vectors", action="store_true")
    parser.add_argument(
        "--init",
        type=Path,
        nargs="+",
        help="what to go on from: a folder that stage 7 wrote, or files of this stage, of which the mean is taken",
    )
    parser.add_argument("--log", type=Path)
    args = parser.parse_args()
    torch.manual_seed(args.seed), random.seed(args.seed), torch.set_num_threads(args.threads)
    rng = np.random.default_rng(args.seed)
    nlp = make_nlp()
    if args.init:
        model, vocab = begun(args.init, args.drop)
    else:
        vocab = [w for w, _ in json.loads((args.data / "vocab.json").read_text())[:WORDS]]
        vectors = None if args.no_vectors else np.load(args.data / "vectors.npy")[:WORDS]
    store = Store(vocab, NGRAM_ROWS, 0)

    def arrange(papers):
        for p in papers:
            p.arrays = store.add(p.words, p.n_title, space_after(p))
        return papers

    train = load_gold(args.gold / "train.jsonl", args.gold, nlp)
    if args.extra:
        train += load_extra(args.extra, args.gold, nlp)
    train, held = (arrange(x) for x in fold_of(train, args.seed % 10))
    dev = arrange(load_gold(args.gold / "dev.jsonl", args.gold, nlp))
    silver, t0 = [], time.time()
    if args.silver:
        rows = choose(args.data, args.papers)
        for file in sorted(args.silver.glob("shard???.npz")):
            shard = np.load(file)
            probs, at = shard["probs"], 0
            for i in shard["index"]:
                p = arrange([tokenise(nlp, rows[i])])[0]
                unknown = np.full((len(p.words), SIDES), -1, probs.dtype)
                silver.append((p.arrays, np.concatenate([probs[at : at + len(p.words)], unknown], 1)))
                at += len(p.words)
            assert at == len(probs), file
    print(
        len(train),
        "gold,",
        len(held),
        "held out,",
        len(silver),
        "silver",
        len(store.types),
        "words",
        round(time.time() - t0),
        "s",
        flush=True,
    )
    # Of labels, roles and relations; roles are all zero where a word has none.
    one_role = np.concatenate([np.eye(len(ROLES), dtype=np.float32), np.zeros((1, len(ROLES)), np.float32)])
    gold = [
        (
            p.arrays,
            np.concatenate([np.eye(len(LABELS), dtype=np.float32)[p.labels], one_role[p.roles], p.sides], 1),
        )
        for p in train
    ]
    if not args.init:
        model = Tagger(
            len(vocab),
            NGRAM_ROWS,
            OUTPUTS,
            DIM,
            args.width,
            tuple(args.dilations),
            tuple(args.pool_after),
            args.drop,
            vectors,
        )
    mean = copy.deepcopy(model)
    print(
        sum(p.numel() for n, p in model.named_parameters() if "table" not in n and "ngrams" not in n),
        "dense parameters",
    )
    big = [p for n, p in model.named_parameters() if n.startswith(("table", "ngrams"))]
    small = [p for n, p in model.named_parameters() if not n.startswith(("table", "ngrams"))]
    opt = torch.optim.AdamW(
        [
            {"params": big, "lr": args.lr, "weight_decay": 0},
            {"params": small, "lr": args.lr, "weight_decay": 0.02},
        ],
        betas=(0.9, 0.98),
        fused=True,
    )
    steps = max(args.steps, 1)
    plan = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda s: min((s + 1) / (WARM * steps), max(0.01, (1 - s / steps) / (1 - WARM)))
    )
    queues = {"gold": [], "silver": []}

    def draw(name, source):
        if not queues[name]:
            queues[name] = rng.permutation(len(source)).tolist()
        return source[queues[name].pop()]

    run, t0 = 0.0, time.time()
    model.train()
    for step in range(args.steps):
        share = (
            1.0
            if not silver
            else GOLD_SHARE[0] + (GOLD_SHARE[1] - GOLD_SHARE[0]) * max(0.0, step / steps - 0.6) / 0.4
        )
        batch, size = [], 0
        while size < TOKENS:
            x = draw("gold", gold) if rng.random() < share else draw("silver", silver)
            batch.append(x)
            size += len(x[1])
        target = torch.from_numpy(np.concatenate([y for _, y in batch]).astype(np.float32))
        with fewer_bits():
            logits = model(collate(store, [x for x, _ in batch]))
        parts = (len(LABELS), len(ROLES), SIDES)
        (tags, roles, sides), (of_tag, of_role, of_side) = target.split(parts, 1), logits.split(parts, 1)
        loss = F.cross_entropy(of_tag, tags, label_smoothing=0.02)
        weight = (1 - tags[:, 0]) * roles.sum(1)  # a word's role counts as far as it is part of a term
        role_loss = -(roles * torch.log_softmax(of_role, -1)).sum(1)
        loss = loss + ROLE_WEIGHT * (weight * role_loss).sum() / weight.sum().clamp(min=1)
        told = (tags[:, 0] < 0.5) & (sides[:, 0] >= 0)  # words of annotated terms
        if told.any():
            side_loss = F.binary_cross_entropy_with_logits(of_side[told], sides[told], reduction="none")
            loss = loss + SIDE_WEIGHT * side_loss.sum(1).mean()
        opt.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        plan.step()
        decay = min(EMA, 1 - 1 / (step / 4 + 1.001))
        if step % 4 == 0:
            with torch.no_grad():
                for a, b in zip(mean.parameters(), model.parameters(), strict=True):
                    a.lerp_(b, 1 - decay**4)
        run = loss.item() if step == 0 else 0.99 * run + 0.01 * loss.item()
        if step % 100 == 0:
            print(step, "loss", round(run, 4), round(time.time() - t0), "s", flush=True)
        if step % 500 == 499 and step != steps - 1:
            probs = predict(mean, store, held)
            result = evaluate(held, decode(held, tags_of(probs)), args.gold)["all"]
            print(step, result, "role", role_accuracy(held, probs, args.gold), flush=True)
            model.train()
    torch.save({"config": model.config, "state": mean.state_dict(), "vocab": vocab}, args.out)
    for name, papers in (("held", held), ("dev", dev)):
        probs = predict(mean, store, papers)
        np.save(args.out.with_suffix(f".{name}.npy"), np.concatenate(probs).astype(np.float16))
        result = evaluate(papers, decode(papers, tags_of(probs)), args.gold)
        result["role accuracy"] = role_accuracy(papers, probs, args.gold)
        report(f"student {args.out.stem} {name}", result, args.log)
    print("seconds", round(time.time() - t0))


if __name__ == "__main__":
    main()
