"""Inequality of what citizens get: Gini and Theil over communes, weighted by residents."""

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.sums import sum_by

Numbers = NDArray[np.float64]


def gini(values: Numbers, weights: Numbers) -> float:
    """Return the weighted Gini index, 0 to 1, from the area under the Lorenz curve."""
    order = np.argsort(values, kind="stable")
    people = np.cumsum(weights[order])
    received = np.cumsum((values * weights)[order])
    if received[-1] <= 0:
        return 0.0
    below = np.concatenate(([0.0], received[:-1])) + received
    return float(1.0 - (weights[order] * below).sum() / (people[-1] * received[-1]))


def theil(values: Numbers, weights: Numbers) -> float:
    """Return the weighted Theil T index, at least 0; values are positive."""
    share = weights / weights.sum()
    ratio = values / (share * values).sum()
    return float((share * ratio * np.log(np.maximum(ratio, 1e-300))).sum())


def theil_between(values: Numbers, weights: Numbers, group: NDArray[np.integer]) -> float:
    """Return the part of the Theil index between groups, as if each had its mean."""
    size = sum_by(group, weights)
    mean = sum_by(group, values * weights) / np.where(size > 0, size, 1.0)
    return theil(mean[size > 0], size[size > 0])
