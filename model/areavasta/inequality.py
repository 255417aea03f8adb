"""Inequality of what citizens get: Gini and Theil over communes, weighted by residents, year by year.

Values and weights have shape (..., place); an index has their leading shape.
"""

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.sums import sum_by

Numbers = NDArray[np.float64]


def gini(values: Numbers, weights: Numbers) -> Numbers:
    """Return the weighted Gini index, 0 to 1, from the area under the Lorenz curve."""
    order = np.argsort(values, axis=-1, kind="stable")
    people = np.take_along_axis(weights, order, axis=-1)
    received = np.cumsum(np.take_along_axis(values * weights, order, axis=-1), axis=-1)
    below = received.copy()
    below[..., 1:] += received[..., :-1]
    whole = np.cumsum(people, axis=-1)[..., -1] * received[..., -1]
    index = 1.0 - (people * below).sum(axis=-1) / np.where(whole > 0, whole, 1.0)
    return np.asarray(np.where(whole > 0, index, 0.0))


def theil(values: Numbers, weights: Numbers) -> Numbers:
    """Return the weighted Theil T index, at least 0; values are at least 0, and where all are 0 so is it."""
    share = weights / weights.sum(axis=-1, keepdims=True)
    mean = (share * values).sum(axis=-1, keepdims=True)
    ratio = values / np.where(mean > 0, mean, 1.0)
    return np.asarray((share * ratio * np.log(np.maximum(ratio, 1e-300))).sum(axis=-1))


def theil_between(values: Numbers, weights: Numbers, group: NDArray[np.integer]) -> Numbers:
    """Return the part of the Theil index between groups, as if each had its mean; `group` is (place,)."""
    years = values.size // group.size
    shape = (*values.shape[:-1], int(group.max()) + 1)
    cell = (np.arange(years)[:, np.newaxis] * shape[-1] + group).ravel()
    size, total = (
        sum_by(cell, amounts.ravel(), years * shape[-1]).reshape(shape)
        for amounts in (weights, values * weights)
    )
    mean = total / np.where(size > 0, size, 1.0)
    present = np.bincount(group) > 0
    return theil(np.compress(present, mean, axis=-1), np.compress(present, size, axis=-1))
