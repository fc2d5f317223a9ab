"""What the networks say of every word: probabilities of labels, of roles, and of sides of relations."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from common import LABELS, ROLES, SIDES

OUTPUTS = len(LABELS) + len(ROLES) + SIDES
ROLE_WEIGHT, SIDE_WEIGHT = 0.25, 0.1  # of their losses, beside that of the labels


def parts_of(outputs):
    """What a network says of the labels, of the roles, and of the relations that a word's term is a side of."""
    return outputs.split((len(LABELS), len(ROLES), SIDES), 1)


def probabilities(logits):
    """Probabilities of the labels, then of the roles, then of each side of each relation."""
    tags, roles, sides = parts_of(logits)
    return torch.cat([torch.softmax(tags, -1), torch.softmax(roles, -1), torch.sigmoid(sides)], -1)


def side_loss(of_side, sides, told):
    """The loss of the sides, over the words of terms."""
    if not told.any():
        return of_side.sum() * 0
    return F.binary_cross_entropy_with_logits(of_side[told], sides[told], reduction="none").sum(1).mean()
