"""Emulators: a Gaussian process for each figure, with what chance adds to one run."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve, solve_triangular

from experiments.calibration.problem import Numbers

LENGTHS = (0.1, 30.0)
"""Bounds of length scales, in shares of a range; at the upper one a constant does not matter."""

WHITE = (1e-6, 2.0)
"""Bounds of the variance of noise, in variances of the figure over the design."""

CHUNK = 4096
"""Points predicted at a time."""


@dataclass(frozen=True)
class Emulator:
    """A Gaussian process of the mean of one figure over chance, as a function of scaled constants.

    `white` is the variance of noise in the mean of a point's runs, `noise` that of a single run.
    """

    x: Numbers
    kernel: object
    factor: Numbers
    weights: Numbers
    centre: float
    spread: float
    white: float
    noise: float

    def predict(self, x: Numbers) -> tuple[Numbers, Numbers]:
        """Return mean and variance of the figure's mean over chance at points (point, constant)."""
        parts = [self._predict(chunk) for chunk in _chunks(x)]
        mean, variance = (np.concatenate(part) for part in zip(*parts, strict=True))
        return mean, variance

    def _predict(self, x: Numbers) -> tuple[Numbers, Numbers]:
        cross = self.kernel(x, self.x)  # type: ignore[operator]
        reduced = solve_triangular(self.factor, cross.T, lower=True, check_finite=False)
        # The kernel's diagonal holds the noise of a mean too, which a prediction of the mean leaves out.
        diagonal = self.kernel.diag(x) - self.white / self.spread**2  # type: ignore[attr-defined]
        variance = np.maximum(diagonal - np.einsum("ij,ij->j", reduced, reduced), 0.0)
        return self.centre + self.spread * (cross @ self.weights), self.spread**2 * variance

    def left_out(self) -> tuple[Numbers, Numbers]:
        """Return the error of each point's mean predicted without it, and its standard deviation.

        Closed form of leave-one-out (Rasmussen and Williams 2006, equations 5.10 to 5.12).
        """
        inverse = cho_solve((self.factor, True), np.eye(len(self.x)))
        variance = 1.0 / np.diag(inverse)
        return self.spread * self.weights * variance, self.spread * np.sqrt(variance)


@dataclass(frozen=True)
class Fit:
    """How well an emulator predicts points left out: share of variance told, share within two sd."""

    explained: float
    within_two: float


def check(emulator: Emulator, means: Numbers) -> Fit:
    """Return how an emulator predicts its own points (mean over runs), each left out in turn."""
    error, sd = emulator.left_out()
    total = float(np.var(means))
    explained = 1.0 - float(np.mean(error**2)) / total if total else 0.0
    return Fit(explained, float(np.mean(np.abs(error) <= 2.0 * sd)))


def fit_emulator(x: Numbers, means: Numbers, noise: float) -> Emulator:
    """Fit a process with a Matern kernel, a length scale for each constant, and white noise.

    `x` (point, constant) is scaled to ranges, `means` (point) are over the runs of each point, `noise` is
    the variance of one run.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

    centre, spread = float(means.mean()), float(means.std()) or 1.0
    signal = ConstantKernel(1.0, (1e-3, 1e3)) * Matern(np.ones(x.shape[1]), LENGTHS, nu=2.5)
    process = GaussianProcessRegressor(signal + WhiteKernel(0.1, WHITE), alpha=1e-10)
    with warnings.catch_warnings():
        # A length scale at its upper bound is what a constant without effect should have.
        warnings.simplefilter("ignore", ConvergenceWarning)
        process.fit(x, (means - centre) / spread)
    white = float(process.kernel_.k2.noise_level) * spread**2
    return Emulator(
        x, process.kernel_, np.asarray(process.L_), np.asarray(process.alpha_), centre, spread, white, noise
    )


def refit(emulator: Emulator, kept: Sequence[int], means: Numbers) -> Emulator:
    """Return the emulator with the same kernel on some of its points only."""
    x = emulator.x[list(kept)]
    covariance = emulator.kernel(x) + 1e-10 * np.eye(len(x))  # type: ignore[operator]
    factor = np.linalg.cholesky(covariance)
    scaled = (means[list(kept)] - emulator.centre) / emulator.spread
    weights = cho_solve((factor, True), scaled)
    return Emulator(
        x, emulator.kernel, factor, weights, emulator.centre, emulator.spread, emulator.white, emulator.noise
    )


def pooled_covariance(runs: Numbers) -> Numbers:
    """Return the covariance (figure, figure) of runs (point, replicate, figure) around their point's mean."""
    points, replicates, figures = runs.shape
    residuals = (runs - runs.mean(axis=1, keepdims=True)).reshape(-1, figures)
    return np.asarray(residuals.T @ residuals / (points * (replicates - 1)))


def _chunks(x: Numbers) -> Iterator[Numbers]:
    for first in range(0, len(x), CHUNK):
        yield x[first : first + CHUNK]
