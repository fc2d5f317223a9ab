"""Stage 3: masked-language pre-training of the encoder on raw abstracts of the domain (whole words masked).

python stage_3_pretrain.py --encoder DIR --data DIR --out FILE.pt [--papers 20000]
"""

from __future__ import annotations

import argparse
import random
import time
from itertools import islice
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from common import fewer_bits, make_nlp, read_jsonl
from encoder import Pieces, load_encoder, pad
from torch import nn

SEED, LIMIT, PIECES_PER_BATCH, RATE, NEAR = 0, 288, 6144, 0.2, 0.075
LR, LR_HEAD, WARM = 4e-4, 1e-3, 0.06


class Head(nn.Module):
    def __init__(self, dim, vocab):
        super().__init__()
        self.dense, self.norm, self.bias = (
            nn.Linear(dim, dim),
            nn.LayerNorm(dim),
            nn.Parameter(torch.zeros(vocab)),
        )
        nn.init.eye_(self.dense.weight)

    def forward(self, x, table):
        return F.linear(
            self.norm(F.gelu(self.dense(x))).to(x.dtype), table.to(x.dtype), self.bias.to(x.dtype)
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--encoder", required=True, type=Path)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--papers", type=int, default=20000)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.manual_seed(SEED), random.seed(SEED), torch.set_num_threads(args.threads)
    rng = np.random.default_rng(SEED)
    pieces, nlp = Pieces(args.encoder), make_nlp()
    docs = []
    t0 = time.time()
    rows = (r for r in read_jsonl(args.data / "raw.jsonl") if r["near"] > NEAR)
    for r in islice(rows, args.papers):
        title = [t.text for t in nlp.make_doc(r["title"]) if not t.is_space]
        body = [t.text for t in nlp.make_doc(r["abstract"]) if not t.is_space]
        docs.append(pieces.encode(title + body, len(title), LIMIT))
    print(len(docs), "papers", round(time.time() - t0), "s", flush=True)
    model, head = load_encoder(args.encoder, drop=0.0), Head(384, 30522)
    order = sorted(range(len(docs)), key=lambda i: len(docs[i][0]) + random.random() * 20)
    batches, cur = [], []
    for i in order:
        if cur and (len(cur) + 1) * len(docs[i][0]) > PIECES_PER_BATCH:
            batches.append(cur)
            cur = []
        cur.append(i)
    random.shuffle(batches)
    slow = [p for n, p in model.named_parameters() if p.ndim > 1]
    plain = [p for n, p in model.named_parameters() if p.ndim == 1]
    opt = torch.optim.AdamW(
        [
            {"params": slow, "lr": LR, "weight_decay": 0.01},
            {"params": plain, "lr": LR, "weight_decay": 0},
            {"params": head.parameters(), "lr": LR_HEAD, "weight_decay": 0},
        ],
        betas=(0.9, 0.98),
        eps=1e-6,
    )
    total = len(batches)
    plan = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda s: min((s + 1) / (WARM * total), max(0.02, 1 - s / total))
    )
    model.train()
    run, t0 = 0.0, time.time()
    for step, batch in enumerate(batches):
        group = [docs[i] for i in batch]
        ids, cases, kinds = (pad([g[k] for g in group]) for k in range(3))
        owner = pad([g[4] for g in group], -1)
        mask = torch.zeros_like(ids, dtype=torch.bool)
        for row, g in zip(mask, group, strict=True):
            row[: len(g[0])] = True
        choice = torch.from_numpy(rng.random((len(group), int(owner.max()) + 2)).astype(np.float32))
        draw = torch.gather(choice, 1, owner.clamp(min=0))
        hidden = (draw < RATE) & (owner >= 0)
        fate = draw / RATE  # 80 % masked, 10 % random, 10 % kept, whole words alike
        shown = torch.where(hidden & (fate < 0.8), torch.full_like(ids, pieces.mask), ids)
        shown = torch.where(
            hidden & (fate >= 0.9), torch.from_numpy(rng.integers(1000, 30522, ids.shape)), shown
        )
        with fewer_bits():
            out = model(shown, cases, kinds, mask)
            logits = head(out[hidden], model.words.weight)
        loss = F.cross_entropy(logits.float(), ids[hidden])
        opt.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*model.parameters(), *head.parameters()], 1.0)
        opt.step()
        plan.step()
        run = loss.item() if step == 0 else 0.98 * run + 0.02 * loss.item()
        if step % 25 == 0:
            print(step, "/", total, "loss", round(run, 3), round(time.time() - t0), "s", flush=True)
        if step % 200 == 199 or step == total - 1:
            torch.save(model.state_dict(), args.out)
    print("done", round(time.time() - t0), "s")


if __name__ == "__main__":
    main()
