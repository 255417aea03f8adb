"""The posterior: weights on the emulator's likelihood, a sample by them, and its coverage."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from areavasta.randomness import Stream
from experiments.calibration.problem import Numbers

CHUNK = 2048
"""Points whose covariances are factored at a time."""


@dataclass(frozen=True)
class Weighted:
    """Candidate points (point, constant) with weights that sum to one."""

    values: Numbers
    weights: Numbers

    @property
    def effective_size(self) -> float:
        """Number of equal weights that would tell as much (Kish)."""
        return float(1.0 / np.sum(self.weights**2))

    def quantiles(self, shares: Numbers) -> Numbers:
        """Return weighted quantiles (share, constant)."""
        return np.column_stack([weighted_quantiles(column, self.weights, shares) for column in self.values.T])

    def mean(self) -> Numbers:
        """Return the mean of each constant."""
        return np.asarray(self.weights @ self.values)


def weighted_quantiles(values: Numbers, weights: Numbers, shares: Numbers) -> Numbers:
    """Return quantiles of weighted values, from the middle of each weight's step."""
    order = np.argsort(values, kind="stable")
    steps = np.cumsum(weights[order])
    return np.asarray(np.interp(shares, steps - 0.5 * weights[order], values[order]))


def log_likelihoods(
    targets: Numbers, mean: Numbers, variance: Numbers, covariance: Numbers, own: Numbers
) -> Numbers:
    """Return the log-likelihood (target, point) of targets (target, figure) at emulated points.

    Normal, with the covariance of one run's chance (which figures share), the variance of the emulator
    (point, figure) and that of the figure itself (figure).
    """
    return np.concatenate(
        [
            _log_likelihoods(targets, mean[part], variance[part], covariance, own)
            for part in _slices(len(mean))
        ],
        axis=1,
    )


def _log_likelihoods(
    targets: Numbers, mean: Numbers, variance: Numbers, covariance: Numbers, own: Numbers
) -> Numbers:
    whole = covariance[np.newaxis] + np.eye(len(own)) * (variance + own)[:, np.newaxis, :]
    factor = np.linalg.cholesky(whole)
    gap = targets.T[np.newaxis] - mean[:, :, np.newaxis]
    reduced = np.linalg.solve(factor, gap)
    volume = np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
    return np.asarray((-0.5 * (reduced**2).sum(axis=1) - volume[:, np.newaxis]).T)


def normalised(logs: Numbers) -> Numbers:
    """Return weights (…, point) that sum to one from log-weights."""
    weights = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def resample(weighted: Weighted, draws: int, stream: Stream) -> Numbers:
    """Return points (draw, constant) chosen by weight, by systematic resampling in a random order."""
    numbers = stream.uniform(1 + draws)
    places = (np.arange(draws) + numbers[0]) / draws
    steps = np.cumsum(weighted.weights)
    found = np.minimum(np.searchsorted(steps, places * steps[-1]), len(steps) - 1)
    return np.asarray(weighted.values[found[np.argsort(numbers[1:], kind="stable")]])


def _slices(count: int) -> Iterator[slice]:
    for first in range(0, count, CHUNK):
        yield slice(first, first + CHUNK)
