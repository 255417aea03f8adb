"""Main effects: what each factor explains alone, from the points of any design."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.designs.factors import Factor, is_ordered

Numbers = NDArray[np.float64]

CURVES = (3, 2, 1)
"""Highest powers of an ordered factor that are tried, as far as there are points enough."""

POINTS_PER_TERM = 2
"""Points for each term of a fit, at least, so that what it leaves over can be told from chance."""

SAME = 1e-12
"""Part of the largest value by which values differ that are the same but for rounding."""


@dataclass(frozen=True)
class MainEffects:
    """A fit of point means by the sum of what each factor does: curves of ordered ones, levels of choices.

    All factors are fitted at once, so that none is given what another does: neither in a grid, where they
    are apart, nor in a few random points, where they are not. `terms` are the columns (point, term), each
    less its mean; `own` says which belong to which factor, (factor, term); `order` are the points.
    """

    order: NDArray[np.integer]
    terms: Numbers
    own: NDArray[np.bool_]

    @classmethod
    def of(cls, frame: pd.DataFrame, factors: Sequence[Factor]) -> "MainEffects":
        """Return the fit of a table of runs, a row each, with the point and its factors."""
        points = frame.drop_duplicates("point").sort_values("point")
        for power in CURVES:
            columns = [_terms(points[factor.key].to_numpy(), factor, power) for factor in factors]
            if len(points) >= POINTS_PER_TERM * (1 + sum(part.shape[1] for part in columns)):
                break
        own = np.repeat(np.eye(len(columns), dtype=bool), [part.shape[1] for part in columns], axis=1)
        return cls(points["point"].to_numpy(), np.hstack(columns), own)

    @cached_property
    def _inverse(self) -> Numbers:
        return np.asarray(np.linalg.pinv(self.terms), dtype=np.float64)

    def shares(self, frame: pd.DataFrame, values: Numbers) -> Numbers:
        """Return the part of the variance of all runs that each factor explains alone, (factor,), 0 to 1.

        Less what would come out of points at random; 0 where there are too few points to tell.
        """
        total = float(values.var())
        left = len(self.order) - 1 - self.terms.shape[1]
        if is_constant(values) or left <= 0:
            return np.zeros(len(self.own))
        by_point = frame.assign(value=values).groupby("point")["value"].mean()
        means = by_point.reindex(pd.Index(self.order)).to_numpy() - by_point.mean()
        inverse = self._inverse
        found = inverse @ means
        noise = float(((means - self.terms @ found) ** 2).sum()) / left
        shares = np.zeros(len(self.own))
        for number, mine in enumerate(self.own):
            part = self.terms[:, mine]
            by_chance = noise * float(((part @ inverse[mine]) ** 2).sum()) / len(means)
            shares[number] = (float((part @ found[mine]).var()) - by_chance) / total
        return np.clip(shares, 0.0, 1.0)


def is_constant(values: Numbers) -> bool:
    """Whether outcomes differ by no more than rounding."""
    return float(np.ptp(values)) <= SAME * float(np.abs(values).max())


def _terms(values: NDArray[np.generic], factor: Factor, power: int) -> Numbers:
    """Return the columns of one factor over the points, each less its mean."""
    distinct = np.unique(values)
    if not is_ordered(factor):
        columns = [(values == value).astype(np.float64) for value in distinct[1:]]
    else:
        numbers = values.astype(np.float64)
        width = float(np.ptp(numbers)) or 1.0
        scaled = 2.0 * (numbers - numbers.min()) / width - 1.0
        columns = [scaled**exponent for exponent in range(1, min(power, len(distinct) - 1) + 1)]
    table = np.array(columns).reshape(len(columns), len(values)).T
    return np.asarray(table - table.mean(axis=0))
