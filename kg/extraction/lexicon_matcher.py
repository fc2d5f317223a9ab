"""The component that finds the lexicon's names in a text."""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from kg.extraction.document import Candidate, candidates, set_candidates
from kg.extraction.lexicon import entries
from kg.extraction.names import is_acronym, plain


def _keeps_case(name: str) -> bool:
    """Names that mean something else in other letters: acronyms, and single words with a capital."""
    return is_acronym(name) or (" " not in name and name != name.lower()) or any(c.isdigit() for c in name)


class LexiconMatcher:
    """Adds the lexicon's names to what other sources have found; what was there stays.

    Parameters
    ----------
    nlp : Language
        Gives vocabulary and tokenizer.
    probability : float
        Given to every name found.
    """

    def __init__(self, nlp: Language, probability: float) -> None:
        self.probability = probability
        self.exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self.lower = PhraseMatcher(nlp.vocab, attr="LOWER")
        for entry in entries():
            for name in (entry.label, *entry.aliases):
                forms = {name, _plural(name)}
                matcher = self.exact if _keeps_case(name) else self.lower
                matcher.add(entry.type.value, [nlp.make_doc(form) for form in sorted(forms)])

    def __call__(self, doc: Doc) -> Doc:
        """Find the names in a Doc."""
        spans = self.exact(doc, as_spans=True) + self.lower(doc, as_spans=True)
        before = candidates(doc)
        taken = [(c.start, c.end) for c in before]
        new = [
            Candidate(s.start_char, s.end_char, s.label_, self.probability)
            for s in filter_spans(spans)
            if not any(a < s.end_char and s.start_char < b for a, b in taken)
        ]
        set_candidates(doc, [*before, *new])
        return doc


def _plural(name: str) -> str:
    last = plain(name)[-1]
    if not last.isalpha() or last == "s":
        return name
    if last == "y" and name[-2] not in "aeiou":
        return name[:-1] + "ies"
    return name + ("es" if last in "xz" or name.endswith(("sh", "ch")) else "s")


@Language.factory("lexicon", default_config={"probability": 0.7})
def create_lexicon(nlp: Language, name: str, probability: float) -> LexiconMatcher:
    """Make the component."""
    return LexiconMatcher(nlp, probability)
