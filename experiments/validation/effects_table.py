"""The union effect over draws: mean effects by panel, estimator and outcome, with their interval."""

from collections.abc import Sequence

import pandas as pd

from experiments.validation.runs import FORMED, JOINED
from experiments.validation.union_effect import OUTCOMES
from experiments.validation.verdicts import spread

ESTIMATORS = ("twfe", "did2s")
"""Estimators in the order of the table."""


def mean_effects(estimates: pd.DataFrame) -> list[tuple[str, str, dict[str, tuple[float, float, float]]]]:
    """Return panel, estimator and, by outcome, median and interval over draws of the mean effect."""
    means = estimates[estimates["since"].isna()]
    found = []
    for panel in (FORMED, JOINED):
        for estimator in ESTIMATORS:
            part = means[(means["panel"] == panel) & (means["estimator"] == estimator)]
            if len(part):
                found.append((panel, estimator, {name: _of(part, name) for name in OUTCOMES}))
    return found


def _of(part: pd.DataFrame, outcome: str) -> tuple[float, float, float]:
    values: Sequence[float] = part.loc[part["outcome"] == outcome, "effect"].to_list()
    return spread(values)
