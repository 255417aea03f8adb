"""Whether a box is there again in other worlds: found on one half, told on the other."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.designs.design import generator
from experiments.discover.boxes import Box, Choice, Mask, find_box

LEAST_CASES = 10
"""Cases, and worlds that are none, below which no condition can be told from chance. Assumption."""


@dataclass(frozen=True)
class Reproduced:
    """What resamples say: part of them with a box, and the gain of density of their boxes in other worlds.

    `low`, `median`, `high`: 5th, 50th and 95th percentile of density less the part of cases, on the half of
    the worlds that the box was not found on; no box counts as no gain. `factors`: part of resamples whose
    box has a condition on a factor.
    """

    found: float
    low: float
    median: float
    high: float
    factors: dict[str, float]

    @property
    def holds(self) -> bool:
        """Whether boxes gain density in worlds they were not found on, in 95 % of resamples."""
        return self.low > 0.0


def reproduce(worlds: pd.DataFrame, cases: Mask, choice: Choice, resamples: int, seed: int) -> Reproduced:
    """Find boxes on halves of the worlds and measure them on the other halves."""
    draws = generator(seed, "discover resamples")
    gains: list[float] = []
    boxes: list[Box] = []
    for _ in range(resamples):
        order = draws.permutation(len(worlds))
        first, second = order[: len(order) // 2], order[len(order) // 2 :]
        box, _ = find_box(worlds.iloc[first], cases[first], choice)
        gains.append(_gain(box, worlds.iloc[second], cases[second]))
        boxes += [box] if box is not None else []
    low, median, high = np.quantile(gains, [0.05, 0.5, 0.95]).tolist()
    share = {
        name: sum(any(one.factor == name for one in box.conditions) for box in boxes) / resamples
        for name in worlds.columns
    }
    return Reproduced(len(boxes) / resamples, low, median, high, share)


def _gain(box: Box | None, worlds: pd.DataFrame, cases: Mask) -> float:
    """Return density less the part of cases; nothing without a box, or without a world in it."""
    if box is None:
        return 0.0
    mask = box.holds(worlds)
    return float(cases[mask].mean() - cases.mean()) if mask.any() else 0.0
