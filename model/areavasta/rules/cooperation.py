"""Rules by which councils enter and leave unions, and what a joint function saves."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Numbers

Flags = NDArray[np.bool_]

UTILITY_DIGITS = 12
"""Digits to which utilities are compared; below them two are a tie."""

LARGEST_EXPONENT = 700.0
"""Largest exponent that a double bears; a choice so unlikely is never made."""


@dataclass(frozen=True)
class Choice:
    """What councils weigh, EUR a head and year; arrays over the councils that take the matter up.

    `worth` is what membership is worth in all, as the council sees it; `gain` the true saving, quality and
    incentive, which an exempt commune must show to be absent; `newcomer` the further incentive of who
    enters. `attends` is false for those who are only obliged; `draw` is uniform.
    """

    member: Flags
    attends: Flags
    obliged: Flags
    worth: Numbers
    gain: Numbers
    newcomer: Numbers
    draw: Numbers
    friction: float
    barrier: float
    scale: float
    exemption: bool


CooperationRule = Callable[[Choice], Flags]
"""Returns which councils change: members leave, the others want to enter."""


def voluntary(choice: Choice) -> Flags:
    """Let every council choose by logit."""
    return _chooses(choice, np.zeros_like(choice.worth))


def incentive(choice: Choice) -> Flags:
    """Let every council choose; who enters is paid more for some years."""
    return _chooses(choice, choice.newcomer)


def mandatory(choice: Choice) -> Flags:
    """Oblige small communes to be in a union, unless exempt because they gain nothing; others choose."""
    exempt = choice.exemption & (choice.gain.round(UTILITY_DIGITS) <= 0)
    return np.where(choice.obliged & ~exempt, ~choice.member, voluntary(choice))


def frozen(choice: Choice) -> Flags:
    """Change nothing."""
    return np.zeros(choice.worth.shape, dtype=bool)


RULES: dict[str, CooperationRule] = {
    "voluntary": voluntary,
    "incentive": incentive,
    "mandatory": mandatory,
    "frozen": frozen,
}


def _chooses(choice: Choice, more: Numbers) -> Flags:
    utility = np.where(choice.member, -choice.worth - choice.barrier, choice.worth + more - choice.friction)
    chance = logistic(utility.round(UTILITY_DIGITS) / choice.scale)
    return np.asarray(choice.attends & (choice.draw < chance))


def logistic(odds: NDArray[np.floating]) -> Numbers:
    """Return the chance that goes with log odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.maximum(odds, -LARGEST_EXPONENT))))


def chosen_function(gain: Numbers, candidate: Flags, threshold: float) -> NDArray[np.intp]:
    """Return the further function that each union takes, -1 for none: the best above the threshold.

    `gain` is the mean gain of members, EUR a head, `candidate` what may be taken, (union, function) each.
    """
    offered = np.where(candidate, gain.round(UTILITY_DIGITS), -np.inf)
    best = offered.argmax(axis=1)
    return np.where(offered[np.arange(best.size), best] > threshold, best, -1)


def contiguous_group(places: list[int], start: NDArray[np.int32], neighbours: NDArray[np.int32]) -> list[int]:
    """Return the largest group of places, in order, that hang together; ties to the lowest code."""
    left, best = set(places), list[int]()
    for place in places:
        if place not in left:
            continue
        group, reached = [], [place]
        left.discard(place)
        while reached:
            here = reached.pop()
            group.append(here)
            near = [k for k in neighbours[start[here] : start[here + 1]].tolist() if k in left]
            left.difference_update(near)
            reached += near
        if len(group) > len(best):
            best = group
    return sorted(best)
