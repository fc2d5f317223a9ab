"""What all the training stages share: paths, reading, tokens, labels, scoring."""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
import torch

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from kg.extraction.decider import RELATIONS, ROLES, TYPES  # noqa: E402
from kg.extraction.pairs import FAR  # noqa: E402
from kg.extraction.tokenizer import create_tokenizer  # noqa: E402

LABELS = ("O", *(f"{p}-{t}" for t in TYPES for p in "BI"))  # 11 labels
SIDES = 2 * len(RELATIONS)  # the head of each relation, then the tail of each
LABEL_ID = {label: i for i, label in enumerate(LABELS)}


def read_jsonl(path):
    """Yield the JSON objects of a plain or gzipped file, one a line."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write_jsonl(path, rows):
    with open(path, "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def normal(text):
    return re.sub(r"\W+", " ", text.lower()).strip()


def grams(text, n=8):
    words = normal(text).split()
    return {hash(" ".join(words[i : i + n])) for i in range(len(words) - n + 1)}


def clean(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def make_nlp():
    nlp = spacy.blank("en")
    nlp.tokenizer = create_tokenizer()(nlp)
    return nlp


def fewer_bits():
    """Arithmetic in bfloat16 where the processor has it; elsewhere it would be many times slower."""
    has = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=has)


SEPARATOR = "\n\n"


@dataclass
class Paper:
    """One paper as tokens of title + SEPARATOR + abstract, white space left out."""

    id: str
    text: str
    title_end: int
    words: list[str]
    starts: np.ndarray
    ends: np.ndarray
    n_title: int
    labels: np.ndarray | None = None
    roles: np.ndarray | None = None  # number in ROLES, -1 outside of terms
    sides: np.ndarray | None = None  # (words, SIDES): of which relations a word's term is head or tail
    places: dict[str, list[tuple[int, int]]] | None = None  # the words of each annotated term's mentions
    field: str = ""
    gold: dict | None = None


def tokenise(nlp, paper, gold_mentions=None):
    title_end = len(paper["title"])
    text = paper["title"] + SEPARATOR + paper["abstract"]
    keep = [t for t in nlp.make_doc(text) if not t.is_space]
    starts = np.array([t.idx for t in keep], np.int32)
    ends = np.array([t.idx + len(t) for t in keep], np.int32)
    labels = roles = sides = places = None
    if gold_mentions:
        labels, roles = np.zeros(len(keep), np.int64), np.full(len(keep), -1, np.int64)
        places = {}
        for (field, s, e), i in gold_mentions(paper).items():
            shift = 0 if field == "title" else title_end + len(SEPARATOR)
            inside = np.flatnonzero((starts < e + shift) & (ends > s + shift))
            if len(inside) and starts[inside[0]] == s + shift and ends[inside[-1]] == e + shift:
                kind = paper["terms"][i]["t"]
                labels[inside] = LABEL_ID["I-" + kind]
                labels[inside[0]] = LABEL_ID["B-" + kind]
                roles[inside] = ROLES.index(paper["terms"][i]["r"])
                mention = int(inside[0]), int(inside[-1]) + 1
                places.setdefault(paper["terms"][i]["c"], []).append(mention)
        sides = sides_of(len(keep), places, paper["relations"])
    return Paper(
        id=str(paper["id"]),
        text=text,
        title_end=title_end,
        words=[t.text for t in keep],
        starts=starts,
        ends=ends,
        n_title=int((starts < title_end).sum()),
        labels=labels,
        roles=roles,
        sides=sides,
        places=places,
        field=paper.get("field", ""),
        gold=paper if gold_mentions else None,
    )


def sides_of(words, places, relations):
    """Of which relations each word's term is head or tail; `places` holds the words of a term's mentions."""
    sides = np.zeros((words, SIDES), np.float32)
    for head, relation, tail in relations:
        at = RELATIONS.index(relation)
        for one in places.get(head, ()):
            for other in places.get(tail, ()):
                if abs(one[0] - other[0]) <= FAR:
                    sides[slice(*one), at] = 1
                    sides[slice(*other), len(RELATIONS) + at] = 1
    return sides


def load_scorer(gold_dir):
    """The functions of score.py, which lies beside the gold."""
    sys.path.insert(0, str(gold_dir))
    import score

    return score


def load_gold(path, gold_dir, nlp=None):
    scorer = load_scorer(gold_dir)
    nlp = nlp or make_nlp()
    return [tokenise(nlp, p, scorer.gold_mentions) for p in read_jsonl(path)]


def load_extra(folder, gold_dir, nlp=None):
    """The further annotated batches: batchNNN.jsonl (terms) beside batchNNN.src.jsonl (texts)."""
    scorer = load_scorer(gold_dir)
    nlp = nlp or make_nlp()
    papers = []
    for path in sorted(Path(folder).glob("batch???.jsonl")):
        try:
            notes = {str(row["id"]): row for row in read_jsonl(path)}
        except json.JSONDecodeError:
            continue
        source = list(read_jsonl(path.with_name(path.stem + ".src.jsonl")))
        if any(str(p["id"]) not in notes for p in source):
            continue
        for p in source:
            p = {**p, **notes[str(p["id"])], "field": "extra"}
            p["terms"] = [t for t in p["terms"] if t.get("t") in TYPES and t.get("s")]
            papers.append(tokenise(nlp, p, scorer.gold_mentions))
    return papers


def to_prediction(paper, terms):
    """A line for score.py: the label of a concept is its lower-case surface."""
    mentions, links = [], {}
    for term in terms:
        in_title = term.start < paper.title_end
        shift = 0 if in_title else paper.title_end + len(SEPARATOR)
        surface = paper.text[term.start : term.end].lower()
        mentions.append(
            {
                "field": "title" if in_title else "abstract",
                "start": term.start - shift,
                "end": term.end - shift,
                "type": term.type,
                "concept": surface,
            }
        )
        links.setdefault(surface, {"concept": surface, "type": term.type, "role": "uses"})
    return {"id": paper.id, "mentions": mentions, "links": list(links.values()), "relations": []}


def evaluate(papers, terms, gold_dir):
    """All figures of score.py that mentions alone decide, over all papers and by field."""
    scorer = load_scorer(gold_dir)
    guess = [to_prediction(p, t) for p, t in zip(papers, terms, strict=True)]
    out = {}
    for field in ("all", *sorted({p.field for p in papers})):
        keep = [i for i, p in enumerate(papers) if field in ("all", p.field)]
        r = scorer.score([papers[i].gold for i in keep], [guess[i] for i in keep])
        out[field] = {k: r[k]["f1"] for k in ("mention", "span", "overlap", "link", "typed_link")}
        out[field]["P/R"] = f"{r['mention']['p']:.1f}/{r['mention']['r']:.1f}"
        if field == "all":
            out["types"] = {t: v["f1"] for t, v in r["per_type"].items()}
    return out


def tags_of(probs):
    """The label probabilities of each paper, without those of the roles."""
    return [p[:, : len(LABELS)] for p in probs]


def role_accuracy(papers, probs, gold_dir):
    """Share of the annotated terms whose likeliest role, over all their words, is the annotated one."""
    scorer, right, total = load_scorer(gold_dir), 0, 0
    for paper, p in zip(papers, probs, strict=True):
        odds, sums = np.log(np.maximum(p[:, len(LABELS) : len(LABELS) + len(ROLES)], 1e-4)), {}
        for (field, s, e), i in scorer.gold_mentions(paper.gold).items():
            shift = 0 if field == "title" else paper.title_end + len(SEPARATOR)
            inside = np.flatnonzero((paper.starts < e + shift) & (paper.ends > s + shift))
            if len(inside):
                sums[i] = sums.get(i, 0) + odds[inside].mean(0)
        right += sum(ROLES[int(v.argmax())] == paper.gold["terms"][i]["r"] for i, v in sums.items())
        total += len(sums)
    return round(100 * right / max(total, 1), 2)


def report(tag, result, log=None):
    line = tag + " | " + " | ".join(f"{k} {v}" for k, v in result.items()).replace("'", "")
    print(line, flush=True)
    if log:
        with open(log, "a", encoding="utf-8") as out:
            out.write(line + "\n")
