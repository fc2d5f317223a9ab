"""Confidence that means something: scores turned into probabilities by logistic calibration.

After Platt (Probabilistic outputs for support vector machines, 1999): of the mentions, links and
relations given at 0.8, about 80 % are right. The two numbers of each kind stand in ``config.cfg``;
``scripts/training/calibration.py`` finds them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import findings

_EDGE = 1e-4


def calibrated(score: float, curve: Sequence[float]) -> float:
    """The probability of a score: logistic of slope times log-odds plus shift.

    Examples
    --------
    >>> calibrated(0.7, (1.0, 0.0))
    0.7
    >>> calibrated(0.7, (1.5, 0.2)) > 0.7
    True
    """
    score = min(max(score, _EDGE), 1.0 - _EDGE)
    odds = curve[0] * math.log(score / (1.0 - score)) + curve[1]
    return round(1.0 / (1.0 + math.exp(-odds)), 6)


class Confidence:
    """Replaces the scores on the drafts of a Doc by probabilities.

    Parameters
    ----------
    mentions, links, relations : sequence of float
        Slope and shift of each.
    """

    def __init__(self, mentions: Sequence[float], links: Sequence[float], relations: Sequence[float]) -> None:
        self.mentions, self.links, self.relations = mentions, links, relations

    def __call__(self, doc: Doc) -> Doc:
        """Calibrate; a draft's role is made so certain that its link comes out right."""
        found = findings(doc)
        for draft in found.drafts:
            sure = max(m.probability for m in draft.mentions)
            link = calibrated(draft.role_probability * sure, self.links)
            draft.mentions = [
                m._replace(probability=calibrated(m.probability, self.mentions)) for m in draft.mentions
            ]
            draft.role_probability = min(1.0, link / max(m.probability for m in draft.mentions))
        for relation in found.relations:
            relation.probability = calibrated(relation.probability, self.relations)
        return doc


@Language.factory("confidence")
def create_confidence(
    nlp: Language, name: str, mentions: list[float], links: list[float], relations: list[float]
) -> Confidence:
    """Make the component."""
    return Confidence(mentions, links, relations)
