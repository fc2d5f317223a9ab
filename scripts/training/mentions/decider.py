"""A network's heads for roles of terms and relations of pairs, over its rows of pieces or of words."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from common import ROLES, TYPES
from torch import nn

from kg.extraction.decider import CLASSES, GAPS, MANY, NONE

TERM_WEIGHT, PAIR_WEIGHT = 0.4, 2.0  # of the losses of roles and of relations; most pairs have none
SMALL, UNTYPED = 64, 0.15  # width of the embeddings; share of the terms whose type is withheld in training


def around(rows, paper):
    """The row before each, the one after it, and the mean over all of its paper."""
    if not len(rows):
        return torch.cat([rows] * 3, -1)
    size = torch.bincount(paper).clamp(min=1)
    mean = torch.zeros(len(size), rows.shape[1], dtype=rows.dtype).index_add(0, paper, rows)
    mean = mean / size[:, None].to(rows.dtype)
    at = torch.arange(len(rows))
    before, after = (at - 1).clamp(min=0), (at + 1).clamp(max=len(rows) - 1)
    before = torch.where(paper[before] == paper, before, at)
    after = torch.where(paper[after] == paper, after, at)
    return torch.cat([rows[before], rows[after], mean[paper]], -1)


class Decider(nn.Module):
    """Scores of roles: (terms, ROLES), and of relations: (pairs, CLASSES).

    Of a mention it sees the first and the last row and of the paper the first one, as suits an encoder; or the
    `means`, and then the neighbours of a term and of a pair too, which the rows know less of.
    """

    def __init__(self, dim, width=256, drop=0.15, means=False):
        super().__init__()
        self.drop, self.means, self.bend = drop, means, F.relu if means else F.gelu
        seen = dim if means else 2 * dim
        self.types, self.gaps = nn.Embedding(len(TYPES), SMALL), nn.Embedding(len(GAPS), SMALL)
        self.mention, self.earliest = nn.Linear(seen, width), nn.Linear(seen, width)
        self.paper, self.kind = nn.Linear(dim, width), nn.Linear(SMALL, width)
        self.role = nn.Linear(width, len(ROLES))
        self.left, self.right = nn.Linear(seen, width), nn.Linear(seen, width)
        self.both, self.between = nn.Linear(width, width), nn.Linear(dim, width)
        self.one, self.other = nn.Linear(width, width), nn.Linear(width, width)
        self.kinds, self.deep = nn.Linear(3 * SMALL, width), nn.Linear(width, width)
        self.relation = nn.Linear(width, len(CLASSES))
        if means:
            self.counts = nn.Embedding(MANY + 1, width)
            self.terms, self.pairs = (nn.Linear(3 * width, width, bias=False) for _ in range(2))

    def forward(self, flat, at):
        def dropped(x):
            return F.dropout(x, self.drop, self.training)

        sums = torch.cat([torch.zeros(1, flat.shape[1]), flat.float().cumsum(0)])

        def mean(start, end):
            return ((sums[end] - sums[start]) / (end - start).clamp(min=1)[:, None]).to(flat.dtype)

        def seen(start, end):
            return dropped(mean(start, end) if self.means else torch.cat([flat[start], flat[end - 1]], -1))

        kinds = self.types(at["type"])
        if self.training:
            kinds = kinds * (torch.rand(len(kinds), 1) >= UNTYPED)
        mentions = self.mention(seen(at["m0"], at["m1"]))
        total = torch.zeros(len(at["many"]), mentions.shape[1], dtype=mentions.dtype)
        terms = total.index_add(0, at["term_of"], mentions) / at["many"][:, None].to(mentions.dtype)
        begin, end = at["m0"][at["first_of"]], at["m1"][at["first_of"]]
        paper = mean(at["p0"], at["p1"]) if self.means else flat[at["p0"] - 1]
        terms = terms + self.earliest(seen(begin, end)) + self.paper(paper) + self.kind(kinds)
        if self.means:
            terms = terms + self.counts(at["many"].clamp(max=MANY))
        terms = dropped(self.bend(terms))
        if self.means:
            terms = terms + dropped(self.bend(self.terms(around(terms, at["paper"]))))
        left, right = self.left(seen(at["l0"], at["l1"])), self.right(seen(at["r0"], at["r1"]))
        told = torch.cat([kinds[at["one"]], kinds[at["other"]], self.gaps(at["gap"])], -1)
        pairs = (
            left + right + self.both(left * right) + self.between(mean(at["b0"], at["b1"])) + self.kinds(told)
        )
        pairs = pairs + self.one(terms[at["one"]]) + self.other(terms[at["other"]])
        pairs = dropped(self.bend(pairs))
        deep = self.deep(pairs)
        if self.means:
            deep = deep + self.pairs(around(pairs, at["of"]))
        pairs = dropped(self.bend(deep))
        return self.role(terms).float(), self.relation(pairs).float()


def read(path):
    """The weights of a decider that :func:`write` wrote, to be trained further."""
    with np.load(path, allow_pickle=False) as arrays:
        return {
            name: torch.from_numpy(arrays[name].astype(np.float32)) for name in arrays.files if "." in name
        }


def write(path, state, **more):
    """Write a decider's weights, in sixteen bits, as kg/extraction/decider.py reads them."""
    arrays = {name: value.numpy().astype(np.float16) for name, value in state.items()}
    np.savez_compressed(path, **arrays, **more)


def decision_loss(scores, marks):
    """The loss of what a decider says of the terms and pairs of some papers."""
    of_term, of_pair = scores
    role, relation = (
        torch.from_numpy(np.concatenate(told).astype(np.float32))
        for told in zip(*((one.roles, one.relations) for one in marks), strict=True)
    )
    loss = TERM_WEIGHT * F.cross_entropy(of_term, role, label_smoothing=0.05)
    return loss + PAIR_WEIGHT * F.cross_entropy(of_pair, relation)


def learn(loss, model, opt, plan):
    """One step of the optimizer and of its rates."""
    opt.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    opt.step()
    plan.step()


def figures(found, marks):
    """The accuracy of roles, and the best F1 of relations with any threshold, in percent."""
    roles, relations = (np.concatenate(one) for one in zip(*found, strict=True))
    right = roles.argmax(1) == np.concatenate([m.roles for m in marks]).argmax(1)
    relations[:, CLASSES.index(NONE)] = 0
    told = np.concatenate([m.relations for m in marks]).argmax(1)
    order = np.argsort(-relations.max(1), kind="stable")
    hits = np.cumsum((relations.argmax(1) == told)[order])
    f1 = (2 * hits / (np.arange(1, len(hits) + 1) + sum(m.stated for m in marks))).max()
    return {"role": round(float(100 * right.mean()), 2), "relation F1": round(float(100 * f1), 2)}
