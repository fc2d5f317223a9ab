"""What a paper does with a term: a trained network decides, a cue phrase beside a mention is named."""

from __future__ import annotations

from importlib.resources import files

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.cues import cues_at
from kg.extraction.decider import ROLES, Decider, read
from kg.extraction.document import Draft, findings
from kg.extraction.layout import layout
from kg.extraction.tagger.states import states
from kg.extraction.view import View, view
from kg.model import Role


class RoleClassifier:
    """Gives every draft of a Doc its role.

    Parameters
    ----------
    decider : Decider
        The network.
    """

    def __init__(self, decider: Decider) -> None:
        self.decider = decider

    def __call__(self, doc: Doc) -> Doc:
        """Decide the roles, and name sentence and cue of each."""
        found = findings(doc)
        drafts = found.drafts
        found.view = seen = view(doc, drafts)
        found.rows, probabilities = self.decider.terms(states(doc), drafts)
        text = layout(doc).text
        for number, draft in enumerate(drafts):
            best = int(probabilities[number].argmax())
            draft.role = ROLES[best]
            draft.role_probability = float(probabilities[number, best])
            _name_evidence(text, seen, number, draft)
        return doc


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
    return RoleClassifier(Decider(read(files(__package__) / weights)))
