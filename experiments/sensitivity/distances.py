"""Distances between distributions, quickly enough for resamples."""

import numpy as np

from experiments.sensitivity.study import Numbers


def slice_distances(shares: Numbers, values: Numbers, slices: int) -> Numbers:
    """Return for each factor the median over slices of its range of the Kolmogorov-Smirnov distance.

    `shares` (point, factor), `values` (point,). The distance is that between the outcomes of a slice and all
    outcomes: the index of Pianosi and Wagener 2018, the same as SALib's `pawn`, some fifty times as fast.
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    last_of_equals = np.append(ordered[1:] != ordered[:-1], True)
    whole = np.arange(1, len(values) + 1) / len(values)
    edges = np.quantile(shares, np.linspace(0.0, 1.0, slices + 1), axis=0)
    distances = np.full((slices, shares.shape[1]), np.nan)
    for factor in range(shares.shape[1]):
        column = shares[order, factor]
        inside = (column[:, None] >= edges[:-1, factor]) & (column[:, None] < edges[1:, factor])
        counts = inside.sum(axis=0)
        full = counts > 0
        parts = np.cumsum(inside[:, full], axis=0)[last_of_equals] / counts[full]
        distances[full, factor] = np.abs(parts - whole[last_of_equals, None]).max(axis=0)
    return np.asarray(np.nanmedian(distances, axis=0))
