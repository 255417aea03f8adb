"""What is calibrated: uncertain constants with their priors, published figures, and who simulates them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from areavasta.randomness import Stream

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]


class CalibrationError(ValueError):
    """Report in one line why a calibration cannot go on."""


@dataclass(frozen=True)
class Priors:
    """Triangular priors of constants: `low`, `mode`, `high` (constant); `whole` marks whole numbers."""

    names: tuple[str, ...]
    low: Numbers
    mode: Numbers
    high: Numbers
    whole: NDArray[np.bool_]

    def values(self, quantiles: Numbers) -> Numbers:
        """Return the values (point, constant) of quantiles between 0 and 1 (point, constant)."""
        width = np.where(self.high > self.low, self.high - self.low, 1.0)
        split = (self.mode - self.low) / width
        rising = self.low + np.sqrt(quantiles * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1.0 - quantiles) * width * (self.high - self.mode))
        found = np.where(quantiles < split, rising, falling)
        return np.where(self.whole, np.rint(found), np.where(self.high > self.low, found, self.low))

    def scaled(self, values: Numbers) -> Numbers:
        """Return values (point, constant) as shares of their range."""
        width = np.where(self.high > self.low, self.high - self.low, 1.0)
        return np.asarray((values - self.low) / width)

    def only(self, columns: Sequence[int]) -> "Priors":
        """Return the priors of some constants."""
        kept = list(columns)
        names = tuple(self.names[i] for i in kept)
        return Priors(names, self.low[kept], self.mode[kept], self.high[kept], self.whole[kept])

    def standard_deviations(self) -> Numbers:
        """Return the standard deviation of each prior, in the unit of the constant."""
        a, b, c = self.low, self.high, self.mode
        return np.asarray(np.sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18.0))


@dataclass(frozen=True)
class Target:
    """A published figure: its value, its standard deviation, and what the model may miss it by.

    With `at_least`, any value from the published one on agrees; such a figure can be held out only.
    """

    key: str
    value: float
    sd: float
    discrepancy: float = 0.0
    held_out: bool = False
    at_least: bool = False

    @property
    def variance(self) -> float:
        """Variance of the figure around what a perfect run of the model gives."""
        return self.sd**2 + self.discrepancy**2


class Simulator(Protocol):
    """Whoever runs the model: a function of values and replicate alone."""

    def __call__(self, stage: str, values: Numbers, replicates: Integers) -> Numbers:
        """Return the figures (run, figure) of runs with given constants (run, constant)."""


@dataclass(frozen=True)
class Problem:
    """Constants and their priors, and the figures in the order in which a simulator returns them."""

    priors: Priors
    targets: tuple[Target, ...]

    @property
    def sds(self) -> Numbers:
        """Standard deviation of each figure, discrepancy included."""
        return np.sqrt([target.variance for target in self.targets])

    @property
    def values(self) -> Numbers:
        """Published value of each figure."""
        return np.array([target.value for target in self.targets])

    @property
    def fitted(self) -> list[int]:
        """Positions of the figures that are not held out."""
        return [i for i, target in enumerate(self.targets) if not target.held_out]


def latin_hypercube(stream: Stream, points: int, columns: int) -> Numbers:
    """Return points (point, column) in the unit cube, one in each equal layer of every column."""
    numbers = stream.uniform(2 * points * columns).reshape(2, points, columns)
    layers = np.argsort(numbers[0], axis=0, kind="stable")
    return np.asarray((layers + numbers[1]) / points)


def shifted_sobol(stream: Stream, first: int, points: int, columns: int) -> Numbers:
    """Return points `first` and following of a Sobol sequence in the unit cube, shifted at random."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(columns, scramble=False)
    if first:
        sequence.fast_forward(first)
    return np.asarray((sequence.random(points) + stream.uniform(columns)) % 1.0)
