"""What a paper does with a term: a trained classifier decides, a cue phrase beside a mention is named."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.classifier import Array, Classifier, read
from kg.extraction.cues import cues_at
from kg.extraction.document import Draft, findings
from kg.extraction.layout import layout
from kg.extraction.role_features import features
from kg.extraction.tagger.network import ROLES
from kg.extraction.tagger.role_scores import role_scores
from kg.extraction.view import View, view
from kg.model import Role

# The classifier has its classes in the order of their names.
_BY_NAME = [ROLES.index(name) for name in sorted(ROLES)]


class RoleClassifier:
    """Gives every draft of a Doc its role.

    Parameters
    ----------
    model : Classifier
        Over the features of :mod:`kg.extraction.role_features`; its classes are roles.
    mix : sequence of float
        How much the log-probabilities of the classifier count, and those of the tagger's network.
    """

    def __init__(self, model: Classifier, mix: Sequence[float] = (1.0, 0.0)) -> None:
        self.model, self.mix = model, tuple(mix)

    def __call__(self, doc: Doc) -> Doc:
        """Decide the roles, and name sentence and cue of each."""
        drafts = findings(doc).drafts
        seen = view(doc, drafts)
        places = [[(m.start, m.end) for m in draft.mentions] for draft in drafts]
        probabilities = mixed(self.model(features(seen, drafts)), role_scores(doc, places), self.mix)
        text = layout(doc).text
        for number, draft in enumerate(drafts):
            best = int(probabilities[number].argmax())
            draft.role = self.model.classes[best]
            draft.role_probability = float(probabilities[number, best])
            _name_evidence(text, seen, number, draft)
        findings(doc).view = seen
        return doc


def mixed(own: Array, scores: Array | None, mix: Sequence[float]) -> Array:
    """Two opinions on roles as one: the product of powers of their probabilities.

    Parameters
    ----------
    own : ndarray, shape (terms, classes)
        Probabilities of the classifier; its classes are the roles by name.
    scores : ndarray, shape (terms, roles), or None
        Log-probabilities of the network, as :func:`role_scores` gives them.
    mix : sequence of float
        The two powers.
    """
    if scores is None or not len(own):
        return own
    odds = mix[0] * np.log(np.maximum(own, 1e-6)) + mix[1] * scores[:, _BY_NAME]
    odds -= odds.max(axis=1, keepdims=True)
    np.exp(odds, out=odds)
    made: Array = odds / odds.sum(axis=1, keepdims=True)
    return made


def _name_evidence(text: str, seen: View, number: int, draft: Draft) -> None:
    """The sentence with the nearest cue for the role; without one, the first of the abstract."""
    best: tuple[int, tuple[int, int], tuple[int, int]] | None = None
    for place, mention in zip(seen.places[number], draft.mentions, strict=True):
        low, high = seen.bounds[place.sentence]
        for found in cues_at(text, low, mention.start, mention.end, high, Role(draft.role)):
            if best is None or found.distance < best[0]:
                best = (found.distance, (found.start, found.end), (low, high))
    if best is not None:
        _, draft.cue, draft.sentence = best
        return
    places = [p for p in seen.places[number] if p.sentence >= seen.titles] or seen.places[number]
    draft.cue, draft.sentence = None, seen.bounds[places[0].sentence]


@Language.factory("roles", default_config={"weights": "decisions.npz"})
def create_roles(nlp: Language, name: str, weights: str) -> RoleClassifier:
    """Make the component with the weights of that name in this package."""
    arrays = read(files(__package__) / weights)
    return RoleClassifier(
        Classifier.from_arrays(arrays, "roles"),
        arrays["roles.mix"].tolist(),
    )
