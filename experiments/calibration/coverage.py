"""Coverage: whether 90 % intervals hold the truth nine times in ten, where the truth is known."""

from dataclasses import dataclass

import numpy as np

from areavasta.randomness import Streams
from areavasta.settings import CalibrationPlan
from experiments.calibration.emulator import refit
from experiments.calibration.matching import Emulators, implausibility, kept
from experiments.calibration.posterior import Weighted, log_likelihoods, normalised, resample
from experiments.calibration.problem import Numbers

FOLDS = 4
"""Parts of the design: the truths of one are judged by emulators that never saw it."""

INTERVAL = (0.05, 0.95)
"""Ends of the interval whose coverage is measured."""


@dataclass(frozen=True)
class Coverage:
    """Share of truths within their 90 % interval by constant, and what the intervals are worth.

    `narrowing` (constant) is the mean width of intervals in widths of the prior's; `effective_size` the
    median effective size of the weights.
    """

    truths: int
    by_constant: Numbers
    narrowing: Numbers
    effective_size: float

    @property
    def mean(self) -> float:
        """Share over all constants."""
        return float(self.by_constant.mean())


def measure_coverage(
    emulators: Emulators,
    x: Numbers,
    runs: Numbers,
    own: Numbers,
    candidates: Numbers,
    plan: CalibrationPlan,
    seed: int,
) -> Coverage:
    """Take runs of the first wave for the truth, one after the other, and calibrate on each.

    `x` (point, constant) and `runs` (point, replicate, figure) are the wave's design, drawn from the prior;
    `own` (figure) the variance of published figures, which are drawn around the run; `candidates` (point,
    constant) of the prior. Emulator, cut, weights and resampling are those of the calibration.
    """
    truths = min(plan.pseudo_truths, len(x))
    noise = Streams(seed, 0, 0).of("calibration pseudo-truths").normal(truths * len(own)).reshape(truths, -1)
    targets = runs[:truths, 0] + noise * np.sqrt(own)
    means = runs.mean(axis=1)
    inside = np.zeros((truths, x.shape[1]))
    widths = np.zeros((truths, x.shape[1]))
    sizes = np.zeros(truths)
    for fold in range(FOLDS):
        mine = np.arange(fold, truths, FOLDS)
        others = [i for i in range(len(x)) if i % FOLDS != fold or i >= truths]
        seen = Emulators(
            tuple(refit(one, others, means[:, i]) for i, one in enumerate(emulators.figures)),
            emulators.covariance,
        )
        mean, variance = seen.predict(candidates)
        logs = log_likelihoods(targets[mine], mean, variance, seen.covariance, own)
        for row, truth in enumerate(mine):
            distance = implausibility(targets[truth], own, mean, variance, seen.noise)
            possible = kept(distance, plan.cut)
            if not possible.any():
                continue
            weighted = Weighted(candidates[possible], normalised(logs[row][possible]))
            stream = Streams(seed, 0, int(truth) + 1).of("calibration resample")
            low, high = np.quantile(resample(weighted, plan.draws, stream), INTERVAL, axis=0)
            inside[truth] = (low <= x[truth]) & (x[truth] <= high)
            widths[truth] = high - low
            sizes[truth] = weighted.effective_size
    prior_low, prior_high = np.quantile(candidates, INTERVAL, axis=0)
    narrowing = widths.mean(axis=0) / (prior_high - prior_low)
    return Coverage(truths, inside.mean(axis=0), narrowing, float(np.median(sizes)))
