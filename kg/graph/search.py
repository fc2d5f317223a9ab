"""Full-text search over titles, abstracts, labels and aliases (SQLite's FTS5, BM25)."""

from __future__ import annotations

import re

from kg.graph.answers import Hit
from kg.graph.store import Store

_WORD = re.compile(r"\w+")


def match_expression(words: str) -> str:
    """An FTS5 expression that finds all words of what a user typed, with no syntax of FTS5 left.

    Each word is quoted; the last one also matches as the beginning of a word. Words in double
    quotes are a phrase.

    Examples
    --------
    >>> match_expression('low-rank "large language" adapt')
    '"low" "rank" "large language" "adapt"*'
    >>> match_expression('" OR 1=1; --')
    '"OR" "1" "1"*'
    """
    terms: list[str] = []
    for phrase, rest in re.findall(r'"([^"]*)"|([^"]+)', words):
        if phrase:
            found = _WORD.findall(phrase)
            if found:
                terms.append('"' + " ".join(found) + '"')
        else:
            terms += [f'"{word}"' for word in _WORD.findall(rest)]
    if terms and not words.rstrip().endswith('"'):
        terms[-1] += "*"
    return " ".join(terms)


def search(store: Store, words: str, *, limit: int = 20) -> list[Hit]:
    """Papers and concepts that hold all the words, the best first.

    A title or label counts five times as much as an abstract or alias.

    Parameters
    ----------
    store : Store
        Where to look.
    words : str
        What the user typed; any text is safe.
    limit : int
        Most hits of each kind.
    """
    expression = match_expression(words)
    if not expression:
        return []
    hits = [
        Hit("concept", identifier, label, round(-score, 3), label)
        for identifier, label, score in store.rows(
            "SELECT c.id, c.label, bm25(concept_search, 5.0, 2.0) AS score FROM concept_search"
            " JOIN concepts c ON c.number = concept_search.rowid"
            " WHERE concept_search MATCH ? ORDER BY score, c.papers DESC, c.id LIMIT ?",
            (expression, limit),
        )
    ]
    hits += [
        Hit("paper", identifier, title, round(-score, 3), excerpt)
        for identifier, title, score, excerpt in store.rows(
            "SELECT p.id, p.title, bm25(paper_search, 5.0, 1.0) AS score,"
            " snippet(paper_search, -1, '[', ']', '…', 16) FROM paper_search"
            " JOIN papers p ON p.number = paper_search.rowid"
            " WHERE paper_search MATCH ? ORDER BY score, p.id LIMIT ?",
            (expression, limit),
        )
    ]
    return sorted(hits, key=lambda h: -h.score)  # of equals concepts first, then as the queries order them
