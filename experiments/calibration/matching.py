"""History matching: rule out what cannot have given the figures, wave by wave."""

from dataclasses import dataclass

import numpy as np

from experiments.calibration.emulator import Emulator
from experiments.calibration.problem import Numbers


@dataclass(frozen=True)
class Emulators:
    """Emulators of several figures on one design, and the covariance (figure, figure) of one run."""

    figures: tuple[Emulator, ...]
    covariance: Numbers

    def predict(self, x: Numbers) -> tuple[Numbers, Numbers]:
        """Return means and variances (point, figure) at scaled points (point, constant)."""
        parts = [figure.predict(x) for figure in self.figures]
        return np.column_stack([mean for mean, _ in parts]), np.column_stack([var for _, var in parts])

    @property
    def noise(self) -> Numbers:
        """Variance of one run, by figure."""
        return np.asarray(np.diag(self.covariance))


def implausibility(
    target: Numbers, variance: Numbers, mean: Numbers, emulator_variance: Numbers, noise: Numbers
) -> Numbers:
    """Return the distance of figures from emulated ones (point, figure), in standard deviations.

    `|z - E| / sqrt(Var emulator + Var noise + Var figure and discrepancy)`; Craig, Goldstein, Seheult and
    Smith 1997, Vernon, Goldstein and Bower 2010.
    """
    return np.asarray(np.abs(target - mean) / np.sqrt(emulator_variance + noise + variance))


def kept(distance: Numbers, cut: float) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Tell which points (point, figure) are not ruled out: the second greatest distance is within the cut.

    The greatest alone may be the fault of one emulator; a single figure has no second.
    """
    if distance.shape[1] == 1:
        return np.asarray(distance[:, 0] <= cut)
    return np.asarray(np.partition(distance, -2, axis=1)[:, -2] <= cut)


@dataclass(frozen=True)
class Region:
    """What is not ruled out: points within the cut of every wave so far."""

    target: Numbers
    variance: Numbers
    cut: float
    waves: tuple[Emulators, ...] = ()

    def and_also(self, emulators: Emulators) -> "Region":
        """Return what another wave leaves of it."""
        return Region(self.target, self.variance, self.cut, (*self.waves, emulators))

    def distances(self, emulators: Emulators, x: Numbers) -> Numbers:
        """Return the implausibility (point, figure) of scaled points by one wave's emulators."""
        mean, variance = emulators.predict(x)
        return implausibility(self.target, self.variance, mean, variance, emulators.noise)

    def keeps(self, x: Numbers) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Tell which scaled points (point, constant) are left; each wave judges what is left before it."""
        left = np.ones(len(x), dtype=bool)
        for emulators in self.waves:
            left[left] = kept(self.distances(emulators, x[left]), self.cut) if left.any() else False
        return left
