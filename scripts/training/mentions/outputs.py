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


def word_loss(scores, target):
    """The loss of what a network says of words whose probabilities are known; a role counts as far as a term does."""
    (of_tag, of_role, of_side), (tags, roles, sides) = parts_of(scores), parts_of(target)
    loss = F.cross_entropy(of_tag, tags, label_smoothing=0.02)
    weight = (1 - tags[:, 0]) * roles.sum(1)
    of_role = -(roles * torch.log_softmax(of_role, -1)).sum(1)
    loss = loss + ROLE_WEIGHT * (weight * of_role).sum() / weight.sum().clamp(min=1)
    return loss + SIDE_WEIGHT * side_loss(of_side, sides, tags[:, 0] < 0.5)
