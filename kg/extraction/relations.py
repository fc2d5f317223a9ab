"""Relations that a paper states between its terms: a trained network over pairs of them."""

from __future__ import annotations

from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.decider import CLASSES, FORWARDS, NONE, Decider, read
from kg.extraction.document import DraftRelation, findings
from kg.extraction.pairs import Pair, pairs
from kg.extraction.tagger.states import states
from kg.extraction.view import View, verb_forms, view
from kg.extraction.words import words


class RelationClassifier:
    """Finds the relations between the drafts of a Doc.

    Parameters
    ----------
    decider : Decider
        The network.
    threshold : float
        Least probability of a relation: the network's times those of both terms.
    """

    def __init__(self, decider: Decider, threshold: float) -> None:
        self.decider, self.threshold = decider, threshold

    def __call__(self, doc: Doc) -> Doc:
        """Judge the pairs, and name sentence and cue of each relation found."""
        found, known = findings(doc), states(doc)
        seen = found.view or view(doc, found.drafts)
        rows = found.rows if found.rows is not None else self.decider.terms(known, found.drafts)[0]
        judged = pairs(seen, found.drafts, known)
        probabilities = self.decider.pairs(known, found.drafts, rows, judged)
        probabilities[:, CLASSES.index(NONE)] = 0.0
        sure = [max(m.probability for m in draft.mentions) for draft in found.drafts]
        for pair, row in zip(judged, probabilities, strict=True):
            best = int(row.argmax())
            probability = float(row[best]) * sure[pair.first] * sure[pair.second]
            if probability >= self.threshold:
                found.relations.append(_relation(seen, pair, CLASSES[best], probability))
        found.relations.sort(key=lambda r: (r.head, r.relation, r.tail))
        return doc


def _relation(seen: View, pair: Pair, name: str, probability: float) -> DraftRelation:
    head, tail = (pair.first, pair.second) if name.endswith(FORWARDS) else (pair.second, pair.first)
    sentence = seen.bounds[pair.places[1].sentence]
    return DraftRelation(head, name[:-1], tail, probability, sentence, _cue(seen, pair))


def _cue(seen: View, pair: Pair) -> tuple[int, int] | None:
    """The verb, else the small word, that stands nearest before the later of the two terms."""
    start = pair.places[0].item + 1 if pair.places[0].sentence == pair.places[1].sentence else 0
    middle = seen.sentences[pair.places[1].sentence][start : pair.places[1].item]
    forms, small = verb_forms(), words("small words")
    verb = next((item for item in reversed(middle) if item.text in forms), None)
    word = next((item for item in reversed(middle) if item.text in small), None)
    cue = verb or word
    return (cue.start, cue.end) if cue is not None else None


@Language.factory("relations", default_config={"weights": "decisions.npz"})
def create_relations(nlp: Language, name: str, weights: str) -> RelationClassifier:
    """Make the component with the weights of that name in this package."""
    arrays = read(files(__package__) / weights)
    return RelationClassifier(Decider(arrays), float(arrays["threshold"]))
