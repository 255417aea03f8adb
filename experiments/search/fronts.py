"""Which points no other beats, how much they beat together, and which to look at first."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from experiments.search.outcome import Tried

Numbers = NDArray[np.float64]

REACH = 1.1
"""Reference point of hypervolumes: a tenth beyond the worst of the front, in ranges of the front."""


def dominates(first: Sequence[float], second: Sequence[float]) -> bool:
    """Say whether costs are nowhere higher than others, and somewhere lower."""
    pairs = list(zip(first, second, strict=True))
    return all(one <= other for one, other in pairs) and any(one < other for one, other in pairs)


def unbeaten(tried: Sequence[Tried]) -> list[int]:
    """Return the positions of points that hold and that no other that holds dominates, in order of costs.

    Of points with the same costs the first counts.
    """
    holding = [number for number, one in enumerate(tried) if one.holds]
    first: dict[tuple[float, ...], int] = {}
    for number in holding:
        first.setdefault(tried[number].costs, number)
    costs = list(first)
    kept = [cost for cost in costs if not any(dominates(other, cost) for other in costs)]
    return [first[cost] for cost in sorted(kept)]


def costs_of(tried: Sequence[Tried], numbers: Sequence[int]) -> Numbers:
    """Return the costs of some points, (point, objective)."""
    return np.array([tried[number].costs for number in numbers], dtype=float)


def bounds(front: Numbers) -> tuple[Numbers, Numbers]:
    """Return the best cost of each objective on a front, and how far the worst is from it."""
    ideal = front.min(axis=0)
    width = front.max(axis=0) - ideal
    return ideal, np.where(width > 0.0, width, 1.0)


def hypervolume(costs: Numbers, ideal: Numbers, width: Numbers) -> float:
    """Return the part of the space up to the reference that points dominate, 0 to 1."""
    # Not above: reports and charts read finished searches where pymoo may not be installed.
    from pymoo.indicators.hv import HV

    if not len(costs):
        return 0.0
    shares = (costs - ideal) / width
    reference = np.full(shares.shape[1], REACH)
    return float(HV(ref_point=reference)(shares)) / float(REACH ** shares.shape[1])


def compromise(front: Numbers) -> int:
    """Return the position of the point whose worst objective, in ranges of the front, is least bad."""
    ideal, width = bounds(front)
    shares = (front - ideal) / width
    # Where two are as good at worst, the sum decides; then the order.
    return min(range(len(front)), key=lambda row: (float(shares[row].max()), float(shares[row].sum()), row))


def spread(front: Numbers, count: int) -> list[int]:
    """Return so many positions (0: all): compromise, best of each objective, then the most different."""
    if count == 0 or count >= len(front):
        return list(range(len(front)))
    ideal, width = bounds(front)
    shares = (front - ideal) / width
    best = [int(np.argmin(front[:, objective])) for objective in range(front.shape[1])]
    chosen = list(dict.fromkeys([compromise(front), *best]))[:count]
    while len(chosen) < count:
        gaps = np.linalg.norm(shares[:, None] - shares[None, chosen], axis=2).min(axis=1)
        chosen.append(int(np.argmax(gaps)))
    return sorted(chosen)
