"""A BERT encoder in plain torch: MiniLM's weights, and case embeddings beside its lower-cased pieces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn

CASES = 8


def case_of(word: str) -> int:
    """How a word is written: lower, Title, UPPER, miXed, digits, digits and letters, one capital, other."""
    if word.islower():
        return 5 if any(c.isdigit() for c in word) else 0
    if any(c.isdigit() for c in word):
        return 5 if any(c.isalpha() for c in word) else 4
    if not any(c.isalpha() for c in word):
        return 7
    if len(word) == 1:
        return 6
    if word.isupper():
        return 2
    if word[0].isupper() and not any(c.isupper() for c in word[1:]):
        return 1
    return 3


class Layer(nn.Module):
    def __init__(self, dim, heads, inner, drop):
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv, self.out = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.up, self.down = nn.Linear(dim, inner), nn.Linear(inner, dim)
        self.norm1, self.norm2 = nn.LayerNorm(dim, eps=1e-12), nn.LayerNorm(dim, eps=1e-12)

    def forward(self, x, mask):
        n, t, d = x.shape
        q, k, v = self.qkv(x).view(n, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(
            q, k, v, attn_mask=mask
        )  # no dropout here: it forbids the fast kernel
        a = self.out(a.transpose(1, 2).reshape(n, t, d))
        x = self.norm1(x + F.dropout(a, self.drop, self.training))
        h = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(h, self.drop, self.training))


class Encoder(nn.Module):
    def __init__(self, vocab=30522, dim=384, layers=6, heads=12, inner=1536, drop=0.1, positions=512):
        super().__init__()
        self.words, self.places = nn.Embedding(vocab, dim), nn.Embedding(positions, dim)
        self.kinds, self.cases = nn.Embedding(2, dim), nn.Embedding(CASES, dim)
        nn.init.zeros_(self.cases.weight)
        self.norm, self.drop = nn.LayerNorm(dim, eps=1e-12), drop
        self.layers = nn.ModuleList(Layer(dim, heads, inner, drop) for _ in range(layers))

    def forward(self, ids, cases, kinds, mask):
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kinds(kinds) + self.cases(cases)
        x = F.dropout(self.norm(x), self.drop, self.training)
        if torch.is_autocast_enabled("cpu"):
            x = x.to(torch.bfloat16)
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def load_encoder(folder, layers=6, drop=0.1) -> Encoder:
    """The encoder with the weights of a BERT checkpoint folder (safetensors)."""
    old = load_file(str(Path(folder) / "model.safetensors"))
    old = {k.removeprefix("bert."): v for k, v in old.items()}
    model = Encoder(layers=layers, drop=drop)
    new = {
        "words.weight": old["embeddings.word_embeddings.weight"],
        "places.weight": old["embeddings.position_embeddings.weight"],
        "kinds.weight": old["embeddings.token_type_embeddings.weight"],
        "cases.weight": torch.zeros(CASES, 384),
        "norm.weight": old["embeddings.LayerNorm.weight"],
        "norm.bias": old["embeddings.LayerNorm.bias"],
    }
    for i in range(layers):
        src, dst = f"encoder.layer.{i}.", f"layers.{i}."
        for part in ("weight", "bias"):
            new[dst + "qkv." + part] = torch.cat(
                [old[src + f"attention.self.{n}.{part}"] for n in ("query", "key", "value")]
            )
            for a, b in (
                ("attention.output.dense", "out"),
                ("intermediate.dense", "up"),
                ("output.dense", "down"),
                ("attention.output.LayerNorm", "norm1"),
                ("output.LayerNorm", "norm2"),
            ):
                new[dst + f"{b}.{part}"] = old[src + f"{a}.{part}"]
    model.load_state_dict(new)
    return model


class Pieces:
    """Word pieces of tokenised papers."""

    def __init__(self, folder):
        self.tok = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
        self.tok.no_truncation()
        self.tok.no_padding()
        self.unk, self.cls, self.sep, self.mask = (
            self.tok.token_to_id(t) for t in ("[UNK]", "[CLS]", "[SEP]", "[MASK]")
        )
        self.cache: dict[str, list[int]] = {}

    def word(self, word):
        ids = self.cache.get(word)
        if ids is None:
            ids = self.tok.encode(word, add_special_tokens=False).ids[:12] or [self.unk]
            self.cache[word] = ids
        return ids

    def encode(self, words, n_title, limit=512):
        """ids, case ids, kinds, index of each word's first piece (-1 where cut off), word of each piece."""
        ids, cases, kinds, first, owner = [self.cls], [7], [1], [], [-1]
        for k, word in enumerate(words):
            if k == n_title:
                ids.append(self.sep), cases.append(7), kinds.append(1), owner.append(-1)
            pieces = self.word(word)
            if len(ids) + len(pieces) > limit - 1:
                first += [-1] * (len(words) - k)
                break
            first.append(len(ids))
            ids += pieces
            cases += [case_of(word)] * len(pieces)
            kinds += [1 if k < n_title else 0] * len(pieces)
            owner += [k] * len(pieces)
        ids.append(self.sep), cases.append(7), kinds.append(0), owner.append(-1)
        return tuple(np.array(x, np.int32) for x in (ids, cases, kinds, first, owner))


def pad(arrays, value=0):
    out = np.full((len(arrays), max(len(a) for a in arrays)), value, np.int64)
    for row, a in zip(out, arrays, strict=True):
        row[: len(a)] = a
    return torch.from_numpy(out)
