"""Rules by which money follows a function to its new holder.

Each rule returns EUR a year per whole function, shape (move,), for the shares that leave a level.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from areavasta.rules.apportionment import Numbers


@dataclass(frozen=True)
class Moved:
    """What is known of functions that moved, EUR a year per whole function, shape (move,).

    `spent` mean spending of the old holder over the three years before the move; `need` standard need;
    `cost` cost of the standard service at the new holder.
    """

    spent: Numbers
    need: Numbers
    cost: Numbers


ResourceRule = Callable[[Moved], Numbers]


def historical(moved: Moved) -> Numbers:
    """Pay what the old holder used to spend."""
    return moved.spent


def standard_need(moved: Moved) -> Numbers:
    """Pay the standard need."""
    return moved.need


def destination_cost(moved: Moved) -> Numbers:
    """Pay what the standard service costs the new holder."""
    return moved.cost


def none(moved: Moved) -> Numbers:
    """Pay nothing."""
    return np.zeros_like(moved.need)


RULES: dict[str, ResourceRule] = {
    "historical": historical,
    "standard_need": standard_need,
    "destination_cost": destination_cost,
    "none": none,
}


def moves_between(origin: Numbers, present: Numbers) -> Numbers:
    """Return the share of each function that went from one level to another.

    `origin` and `present` are shares by level, shape (..., level). Returns shape (..., from level, to
    level); a function that went back has moved nowhere.
    """
    lost = np.maximum(origin - present, 0.0)
    gained = np.maximum(present - origin, 0.0)
    total = gained.sum(axis=-1, keepdims=True)
    parts = gained / np.where(total > 0, total, 1.0)
    return lost[..., :, np.newaxis] * parts[..., np.newaxis, :]
