"""Responses: what each factor does to each indicator, all other factors varying as the design says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from areavasta.indicators import Indicator
from experiments.designs.factors import Factor, Value, is_ordered
from experiments.designs.results import SweepOutcome

Numbers = NDArray[np.float64]

MOST_VALUES = 8
"""Values of a factor that each make a group of their own; more are brought together."""

GROUPS = 6
"""Groups, of as many points each, of a factor with more values."""

FEWEST = 2
"""Values that a group brings together at least."""

POINTS_COMPARED = 200
"""Points of a group that are held against those of another, at most: more would say the same."""


@dataclass(frozen=True)
class Group:
    """Runs at neighbouring values of a factor, or at one: ends, number, and quantiles in the unit shown."""

    low: Value
    high: Value
    runs: int
    q05: float
    median: float
    q95: float


@dataclass(frozen=True)
class Response:
    """What one factor does to one indicator at the horizon, in the unit shown.

    Groups follow the values of the factor. `change` goes from the median of group `start` to that of `end`:
    the lowest and the highest value, or for choices those with the lowest and the highest median. `p_up` and
    `p_down`: shares of pairs of runs from both, of the same chance, that differ by a relevant effect.
    `share`: part of the variance of all runs that the factor alone explains, by a fit of all factors at once.
    """

    factor: Factor
    indicator: Indicator
    groups: tuple[Group, ...]
    start: int
    end: int
    p_up: float
    p_down: float
    share: float

    @cached_property
    def change(self) -> float:
        """Difference between the medians of both ends."""
        return self.groups[self.end].median - self.groups[self.start].median

    @property
    def multiple(self) -> float:
        """Size of the change in smallest relevant effects."""
        return abs(self.change) / self.indicator.smallest_relevant_effect

    @property
    def weight(self) -> float:
        """Size of the change times the part of the variance: what other factors moved weighs little."""
        return self.multiple * self.share

    @property
    def probability(self) -> float:
        """Share of pairs of runs with a relevant difference of the sign of the change."""
        return self.p_up if self.change >= 0 else self.p_down


def respond(outcome: SweepOutcome, factor: Factor, indicator: Indicator) -> Response:
    """Return what a factor does to an indicator."""
    frame = outcome.values
    grouped = _grouped(frame, factor, len(outcome.factors) == 1)
    values = frame[indicator.key].to_numpy(np.float64) * indicator.scale
    groups = tuple(_group(frame[factor.key], values, rows) for rows in grouped)
    start, end = 0, len(groups) - 1
    if not is_ordered(factor):
        medians = [group.median for group in groups]
        start, end = int(np.argmin(medians)), int(np.argmax(medians))
    up, down = _relevant(frame, values, grouped[start], grouped[end], indicator)
    share = float(outcome.explained[indicator.key][factor.key])
    return Response(factor, indicator, groups, start, end, up, down, share)


def response_table(responses: Sequence[Response]) -> pd.DataFrame:
    """Return one row a factor, indicator and group, in shown units."""
    return pd.DataFrame(
        [
            {
                "factor": one.factor.key, "indicator": one.indicator.key,
                "low": group.low, "high": group.high, "runs": group.runs,
                "median": group.median, "q05": group.q05, "q95": group.q95,
                "smallest_relevant_effect": one.indicator.smallest_relevant_effect,
                "change": one.change, "share_of_variance": one.share,
            }
            for one in responses
            for group in one.groups
        ]
    )  # fmt: skip


def _grouped(frame: pd.DataFrame, factor: Factor, alone: bool) -> list[NDArray[np.bool_]]:
    """Return which rows are in each group of values.

    Where other factors vary too, values that one point has each are brought together: what is between two
    points would be told of all factors alike.
    """
    values = frame[factor.key].to_numpy()
    known = [value for value in factor.values if (values == value).any()] if factor.values else []
    distinct = known if known else np.unique(values).tolist()
    once = not alone and len(distinct) == frame["point"].nunique()
    if not is_ordered(factor) or (len(distinct) <= MOST_VALUES and not once):
        return [values == value for value in distinct]
    parts = np.array_split(np.array(sorted(distinct)), min(GROUPS, max(1, len(distinct) // FEWEST)))
    numbers = values.astype(np.float64)
    return [(numbers >= part[0]) & (numbers <= part[-1]) for part in parts]


def _group(told: "pd.Series[float]", values: Numbers, rows: NDArray[np.bool_]) -> Group:
    low, median, high = np.quantile(values[rows], [0.05, 0.5, 0.95]).tolist()
    chosen = told[rows]
    return Group(chosen.min(), chosen.max(), int(rows.sum()), low, median, high)


def _relevant(
    frame: pd.DataFrame,
    values: Numbers,
    first: NDArray[np.bool_],
    last: NDArray[np.bool_],
    indicator: Indicator,
) -> tuple[float, float]:
    """Return the shares of relevant rises and falls between runs of two groups that share their chance."""
    keys = frame[["draw", "replicate"]].assign(value=values)
    block = [
        keys[rows]
        .groupby(["draw", "replicate"])["value"]
        .apply(lambda part: part.to_numpy()[:POINTS_COMPARED])
        for rows in (first, last)
    ]
    parts = [
        np.subtract.outer(block[1][pair], block[0][pair]).ravel()
        for pair in block[0].index
        if pair in block[1].index
    ]
    differences = np.concatenate(parts) if parts else np.zeros(1)
    least = indicator.smallest_relevant_effect
    return float((differences >= least).mean()), float((differences <= -least).mean())
