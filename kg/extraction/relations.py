"""Relations that a paper states between its terms: a trained classifier over pairs of them."""

from __future__ import annotations

from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.classifier import Classifier, read
from kg.extraction.document import DraftRelation, findings
from kg.extraction.relation_features import Pair, features, gate, numbers, pairs
from kg.extraction.tagger.states import states
from kg.extraction.view import View, verb_forms, view
from kg.extraction.words import words

NONE = "none"
FORWARDS, BACKWARDS = ">", "<"


class RelationClassifier:
    """Finds the relations between the drafts of a Doc.

    Parameters
    ----------
    model : Classifier
        Over the features and numbers of :mod:`kg.extraction.relation_features`; its classes are ``none``
        and each relation followed by ``>`` (the term that stands first is the head) or ``<``.
    open_gates : frozenset of str
        Kinds of pairs that are worth judging.
    threshold : float
        Least probability of a relation: that of its classifier times those of both terms.
    """

    def __init__(self, model: Classifier, open_gates: frozenset[str], threshold: float) -> None:
        self.model, self.open_gates, self.threshold = model, open_gates, threshold

    def __call__(self, doc: Doc) -> Doc:
        """Judge the pairs, and name sentence and cue of each relation found."""
        found = findings(doc)
        seen = found.view or view(doc, found.drafts)
        judged = [p for p in pairs(seen, found.drafts) if gate(seen, found.drafts, p) in self.open_gates]
        probabilities = self.model(
            [features(seen, found.drafts, pair) for pair in judged],
            numbers(states(doc), seen, found.drafts, judged),
        )
        none = self.model.classes.index(NONE)
        probabilities[:, none] = 0.0
        sure = [max(m.probability for m in draft.mentions) for draft in found.drafts]
        for pair, row in zip(judged, probabilities, strict=True):
            best = int(row.argmax())
            probability = float(row[best]) * sure[pair.first] * sure[pair.second]
            if probability >= self.threshold:
                found.relations.append(_relation(seen, pair, self.model.classes[best], probability))
        found.relations.sort(key=lambda r: (r.head, r.relation, r.tail))
        return doc


def _relation(seen: View, pair: Pair, name: str, probability: float) -> DraftRelation:
    head, tail = (pair.first, pair.second) if name.endswith(FORWARDS) else (pair.second, pair.first)
    sentence = seen.bounds[pair.right.sentence]
    return DraftRelation(head, name[:-1], tail, probability, sentence, _cue(seen, pair))


def _cue(seen: View, pair: Pair) -> tuple[int, int] | None:
    """The verb, else the small word, that stands nearest before the later of the two terms."""
    start = pair.left.item + 1 if pair.left.sentence == pair.right.sentence else 0
    middle = seen.sentences[pair.right.sentence][start : pair.right.item]
    forms, small = verb_forms(), words("small words")
    verb = next((item for item in reversed(middle) if item.text in forms), None)
    word = next((item for item in reversed(middle) if item.text in small), None)
    cue = verb or word
    return (cue.start, cue.end) if cue is not None else None


@Language.factory("relations", default_config={"weights": "decisions.npz"})
def create_relations(nlp: Language, name: str, weights: str) -> RelationClassifier:
    """Make the component with the weights of that name in this package."""
    arrays = read(files(__package__) / weights)
    gates = frozenset(str(g) for g in arrays["relations.gates"])
    return RelationClassifier(
        Classifier.from_arrays(arrays, "relations"), gates, float(arrays["relations.threshold"][0])
    )
