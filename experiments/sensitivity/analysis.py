"""The analysis: indices of every factor and indicator, and how they settle as the sample grows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from areavasta.indicators import Indicator
from experiments.designs.main_effects import is_constant
from experiments.results import ResultsError
from experiments.sensitivity.methods import Method, method_of, subsamples
from experiments.sensitivity.study import DUMMY, Estimate, Numbers, Study

MOST_NAMED = 5
"""Points that are named at most when their outcomes are not finite."""


@dataclass(frozen=True)
class Found:
    """What an analysis gave: tables of indices and of their way there, and points used by indicator.

    `indices` and `convergence`: indicator, factor, other (the second of a pair, else empty), index, value,
    low, high; the latter has the main index alone, and `points`. `spread`: width of the middle 90 % of
    outcomes by indicator, in the unit shown; zero when constant.
    """

    indices: pd.DataFrame
    convergence: pd.DataFrame
    used: dict[str, int]
    spread: dict[str, float]


def analyse(study: Study, shares: Numbers, values: Numbers, indicators: Sequence[Indicator]) -> Found:
    """Return the indices of every indicator; `values` (point, indicator) are in the units shown.

    Raises ResultsError when a method that needs every point has outcomes that are not finite, and for any
    method when too few are.
    """
    method = method_of(study)
    finite = np.isfinite(values)
    if method.needs_all and not finite.all():
        raise ResultsError(_not_finite(study, finite, indicators))
    indices: list[dict[str, object]] = []
    convergence: list[dict[str, object]] = []
    used, spread = {}, {}
    for column, indicator in enumerate(indicators):
        rows = finite[:, column]
        used[indicator.key] = int(rows.sum())
        if used[indicator.key] < 2 * study.wanted.slices and not method.needs_all:
            raise ResultsError(
                f"{indicator.key}: {used[indicator.key]} points with a finite value are too few; "
                f"{study.wanted.slices} slices need {2 * study.wanted.slices}"
            )
        own, outcome = shares[rows], values[rows, column]
        low, high = np.quantile(outcome, [0.05, 0.95])
        spread[indicator.key] = 0.0 if is_constant(outcome) else float(high - low)
        main = _main(method, study, own, outcome)
        others = [] if is_constant(outcome) else method.others(study, own, outcome)
        indices += [_row(indicator, one) for one in [*main, *others]]
        for size in subsamples(method, study, len(outcome)):
            part = _main(method, study, own[:size], outcome[:size]) if size < len(outcome) else main
            convergence += [_row(indicator, one, size) for one in part]
    return Found(pd.DataFrame(indices), pd.DataFrame(convergence), used, spread)


def _main(method: Method, study: Study, shares: Numbers, values: Numbers) -> list[Estimate]:
    """Return the main index of one indicator; of a constant outcome, that nothing moves it."""
    if is_constant(values):
        return [Estimate(name, method.index, 0.0, 0.0, 0.0) for name in (*study.units, DUMMY)]
    return method.main(study, shares, values)


def _row(indicator: Indicator, one: Estimate, points: int | None = None) -> dict[str, object]:
    told: dict[str, object] = {
        "indicator": indicator.key, "factor": one.factor, "other": one.other, "index": one.index,
        "value": one.value, "low": one.low, "high": one.high,
    }  # fmt: skip
    return told if points is None else {**told, "points": points}


def _not_finite(study: Study, finite: NDArray[np.bool_], indicators: Sequence[Indicator]) -> str:
    rows = np.flatnonzero(~finite.all(axis=1))
    named = ", ".join(
        f"{row} ({next(one.key for one, good in zip(indicators, finite[row], strict=True) if not good)})"
        for row in rows[:MOST_NAMED].tolist()
    )
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return (
        f"{study.wanted.method.value}: {len(rows)} of {len(finite)} points have no finite outcome: "
        f"{named}{more}; narrow the factors, or use sensitivity.method=pawn, which takes the others"
    )
