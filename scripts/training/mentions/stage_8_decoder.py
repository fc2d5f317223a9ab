"""Stage 8: fit on held-out training papers what decides which candidates are terms (a logistic regression).

    python stage_8_decoder.py --gold DIR [--extra DIR] --weights DIR

Neither the network of the folder (stage 7) nor what taught it has seen the held-out papers. The threshold is the
middle of the plateau of mention F1 in cross-validation over them; dev is only reported. The folder's settings are
written anew.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import numpy as np
from common import SEPARATOR, evaluate, load_extra, load_gold, load_scorer, make_nlp, report
from docbin import space_after
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from stage_4_teacher import fold_of

from kg.extraction.tagger.component import TermTagger
from kg.extraction.tagger.decode import TYPES, Decoding, all_candidates, select
from kg.extraction.tagger.network import Words

STRENGTH, PARTS, WINDOW = 0.3, 5, 5


def label(network, papers):
    """Label probabilities of each paper."""
    return [network(Words(p.words, p.n_title, space_after(p)))[0] for p in papers]


def truth(paper, gold_mentions):
    out = {}
    for (field, s, e), i in gold_mentions(paper.gold).items():
        shift = 0 if field == "title" else paper.title_end + len(SEPARATOR)
        out[s + shift, e + shift] = TYPES.index(paper.gold["terms"][i]["t"])
    return out


def fit(rows):
    """Decoding from (features, spans right, spans, type share, right types) rows."""
    x = np.array([r[0] for r in rows])
    right, total = np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
    weight = total**-0.5  # a name found often counts more, but less than in proportion
    scaler = StandardScaler().fit(x)
    z = scaler.transform(x)
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(
        np.concatenate([z, z]),
        np.r_[np.ones(len(z)), np.zeros(len(z))],
        sample_weight=np.r_[right * weight, (total - right) * weight],
    )
    coef = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - coef @ scaler.mean_)
    share = np.clip(np.array([r[3] for r in rows]), 0.01, 0.99)
    odds, typed = np.log(share / (1 - share))[:, None], np.array([r[4] for r in rows])
    kind = LogisticRegression(C=1.0).fit(
        np.concatenate([odds, odds]),
        np.r_[np.ones(len(odds)), np.zeros(len(odds))],
        sample_weight=np.r_[typed, right - typed],
    )
    return Decoding(
        tuple(round(float(c), 5) for c in coef),
        round(bias, 5),
        0.5,
        (round(float(kind.coef_[0][0]), 4), round(float(kind.intercept_[0]), 4)),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", required=True, type=Path)
    parser.add_argument("--extra", type=Path)
    parser.add_argument("--weights", required=True, type=Path)
    parser.add_argument("--log", type=Path)
    args = parser.parse_args()
    nlp, scorer = make_nlp(), load_scorer(args.gold)
    train = load_gold(args.gold / "train.jsonl", args.gold, nlp)
    if args.extra:
        train += load_extra(args.extra, args.gold, nlp)
    dev = load_gold(args.gold / "dev.jsonl", args.gold, nlp)
    tagger = TermTagger().from_disk(args.weights)
    papers, rows = fold_of(train, 0)[1], []
    found = all_candidates(papers, label(tagger.network, papers))
    for paper, cs in zip(papers, found, strict=True):
        gold, part = truth(paper, scorer.gold_mentions), []
        for c in cs:
            hits = [gold[s] for s in c.spans if s in gold]
            part.append((c.features, len(hits), len(c.spans), c.type_share, hits.count(c.type)))
        rows.append(part)
    grid = np.round(np.arange(0.3, 0.61, 0.025), 3)
    guess = {t: [None] * len(papers) for t in grid}
    for k in range(PARTS):
        settings = asdict(fit([r for i, part in enumerate(rows) if i % PARTS != k for r in part]))
        for t in grid:
            for i in range(k, len(papers), PARTS):
                guess[t][i] = select(papers[i].text, found[i], Decoding(**{**settings, "keep": float(t)}))
    scores = {t: evaluate(papers, guess[t], args.gold)["all"] for t in grid}
    plain = evaluate(
        papers, [select(p.text, c, Decoding()) for p, c in zip(papers, found, strict=True)], args.gold
    )["all"]
    print("held out, mean confidence:", plain)
    for t in grid:
        print("held out, fitted, keep", t, scores[t])
    smooth = np.convolve([scores[t]["mention"] for t in grid], np.ones(WINDOW) / WINDOW, "valid")
    best = grid[int(smooth.argmax()) + WINDOW // 2]  # the middle of the plateau, not a lucky peak
    settings = asdict(fit([r for part in rows for r in part]))
    settings["keep"] = float(best)
    tagger.settings = Decoding(**settings)
    tagger.to_disk(args.weights)
    cs = all_candidates(dev, label(tagger.network, dev))
    terms = [select(p.text, c, tagger.settings) for p, c in zip(dev, cs, strict=True)]
    report(f"fitted decoder, dev, keep={best}", evaluate(dev, terms, args.gold), args.log)


if __name__ == "__main__":
    main()
