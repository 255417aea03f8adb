"""The whole procedure: screening, waves of history matching, posterior, prediction, coverage."""

from dataclasses import dataclass

import numpy as np

from areavasta.randomness import Streams
from areavasta.settings import CalibrationPlan
from experiments.calibration.coverage import Coverage, measure_coverage
from experiments.calibration.emulator import Fit, check, fit_emulator, pooled_covariance
from experiments.calibration.matching import Emulators, Region
from experiments.calibration.posterior import Weighted, log_likelihoods, normalised, resample
from experiments.calibration.problem import (
    CalibrationError,
    Integers,
    Numbers,
    Problem,
    Simulator,
    latin_hypercube,
    shifted_sobol,
)
from experiments.calibration.screening import Screening, screen

MOST_BATCHES = 32
"""Batches of candidates after which the search for points that are not ruled out ends."""

STEADY = 0.9
"""Waves end when one leaves more than this share of what the one before had left."""

SETTLED = 0.1
"""... and no posterior mean moves by more than this many standard deviations of its prior."""

FEWEST_POINTS_PER_CONSTANT = 5


@dataclass(frozen=True)
class Design:
    """Points of waves: scaled selected constants (point, constant) and runs (point, replicate, figure)."""

    x: Numbers
    runs: Numbers

    def and_also(self, other: "Design") -> "Design":
        """Return both together."""
        return Design(np.concatenate([self.x, other.x]), np.concatenate([self.runs, other.runs]))


@dataclass(frozen=True)
class Wave:
    """What one wave did: the part of the prior not ruled out, emulators and their fit, the posterior so far.

    `shift` is the greatest move of a posterior mean since the wave before, in sd of the prior.
    """

    number: int
    runs: int
    trained_on: int
    share: float
    emulators: Emulators
    fits: tuple[Fit, ...]
    posterior: Weighted
    shift: float


@dataclass(frozen=True)
class Calibration:
    """Everything that came out; figures are (run, figure) in the order of the problem's targets.

    `selected` are positions of the calibrated constants, `figures` those of the figures that inform them,
    `draws` their joint posterior sample (draw, constant).
    """

    problem: Problem
    screening: Screening
    selected: tuple[int, ...]
    figures: tuple[int, ...]
    waves: tuple[Wave, ...]
    draws: Numbers
    prior_figures: Numbers
    posterior_figures: Numbers
    coverage: Coverage


def calibrate(problem: Problem, simulator: Simulator, plan: CalibrationPlan, seed: int) -> Calibration:
    """Calibrate; the result follows from problem, simulator, plan and seed alone.

    Raises CalibrationError when no constant responds, or when every point is ruled out.
    """
    from threadpoolctl import threadpool_limits

    # Sums must not depend on how many threads share them out.
    with threadpool_limits(limits=1):
        return _calibrate(problem, simulator, plan, seed)


def _calibrate(problem: Problem, simulator: Simulator, plan: CalibrationPlan, seed: int) -> Calibration:
    screening = screen(problem, simulator, plan, seed)
    if not screening.selected:
        raise CalibrationError(
            "no figure responds to any constant beyond chance and calibration.least_response; "
            "name other figures, or lower it"
        )
    selected, figures = screening.selected, informative(problem, screening)
    work = _Waves(problem, simulator, plan, seed, selected, figures)
    waves = work.run()
    draws = resample(waves[-1].posterior, plan.draws, Streams(seed, 0, 0).of("calibration resample"))
    posterior_figures = work.simulate("prediction", draws[:, np.newaxis, :])[:, 0]
    first = work.first
    coverage = measure_coverage(
        waves[0].emulators, first.x, first.runs[:, :, list(figures)], work.own, work.candidates(), plan, seed
    )
    prior_figures = first.runs.reshape(-1, first.runs.shape[-1])
    return Calibration(
        problem, screening, selected, figures, waves, draws, prior_figures, posterior_figures, coverage
    )


def informative(problem: Problem, screening: Screening) -> tuple[int, ...]:
    """Return the figures, held out ones apart, that move with a selected constant beyond chance."""
    effect = screening.effect[list(screening.selected)]
    return tuple(i for i in problem.fitted if (effect[:, i] > screening.noise[i]).any())


class _Waves:
    """The waves of one calibration: each fits emulators, rules out, and designs the next."""

    def __init__(
        self,
        problem: Problem,
        simulator: Simulator,
        plan: CalibrationPlan,
        seed: int,
        selected: tuple[int, ...],
        figures: tuple[int, ...],
    ) -> None:
        self.problem, self.simulator, self.plan, self.seed = problem, simulator, plan, seed
        self.selected, self.figures = list(selected), list(figures)
        self.priors = problem.priors.only(selected)
        self.own = (problem.sds**2)[self.figures]
        self.target = problem.values[self.figures]
        self.region = Region(self.target, self.own, plan.cut)

    def run(self) -> tuple[Wave, ...]:
        """Run waves until what is not ruled out and the posterior stand still, or the plan ends."""
        waves: list[Wave] = []
        design = Design(np.empty((0, len(self.selected))), np.empty((0, 0, 0)))
        for number in range(1, self.plan.waves + 1):
            new = self._simulated(number)
            if number == 1:
                self.first = design = new
            else:
                design = design.and_also(new)
            waves.append(self._wave(number, design, len(new.x), waves))
            if number > 1 and _settled(waves[-2], waves[-1]):
                break
        return tuple(waves)

    def candidates(self, batch: int = 0) -> Numbers:
        """Return scaled candidates (point, constant) of the prior."""
        return self.priors.scaled(self.priors.values(self._quantiles("candidates", batch)))

    def simulate(self, stage: str, values: Numbers) -> Numbers:
        """Return the figures (point, replicate, figure) of values (point, replicate, selected constant).

        The other constants come from their priors, anew for every run: with chance they make the noise.
        """
        points, replicates, _ = values.shape
        every = len(self.problem.priors.names)
        stream = Streams(self.seed, 0, 0).of(f"calibration {stage} others")
        whole = self.problem.priors.values(stream.uniform(points * replicates * every).reshape(-1, every))
        whole[:, self.selected] = values.reshape(-1, len(self.selected))
        numbers: Integers = np.arange(1, points * replicates + 1, dtype=np.int64)
        return self.simulator(stage, whole, numbers).reshape(points, replicates, -1)

    def _quantiles(self, purpose: str, batch: int) -> Numbers:
        stream = Streams(self.seed, 0, 0).of(f"calibration {purpose}")
        size = self.plan.candidates
        return shifted_sobol(stream, batch * size, size, len(self.selected))

    def _simulated(self, number: int) -> Design:
        quantiles = self._design(number)
        values = self.priors.values(quantiles)
        repeated = np.repeat(values[:, np.newaxis], self.plan.replicates, axis=1)
        return Design(self.priors.scaled(values), self.simulate(f"wave {number}", repeated))

    def _design(self, number: int) -> Numbers:
        """Return quantiles of a wave's points: a Latin hypercube, then points that are not ruled out."""
        points = self.plan.points
        if number == 1:
            stream = Streams(self.seed, 0, 0).of("calibration first wave")
            return latin_hypercube(stream, points, len(self.selected))
        found: list[Numbers] = []
        for batch in range(MOST_BATCHES):
            quantiles = self._quantiles(f"wave {number}", batch)
            found.append(quantiles[self.region.keeps(self.priors.scaled(self.priors.values(quantiles)))])
            if sum(map(len, found)) >= points:
                break
        return np.concatenate(found)[:points]

    def _wave(self, number: int, design: Design, points: int, before: list[Wave]) -> Wave:
        inside = self.region.keeps(design.x)
        if inside.sum() < FEWEST_POINTS_PER_CONSTANT * len(self.selected):
            inside[:] = True
        x, runs = design.x[inside], design.runs[inside][:, :, self.figures]
        emulators, fits = self._fit(x, runs)
        self.region = self.region.and_also(emulators)
        share, posterior = self._posterior(emulators)
        shift = np.inf
        if before:
            spread = self.priors.standard_deviations()
            shift = float(np.max(np.abs(posterior.mean() - before[-1].posterior.mean()) / spread))
        runs_done = points * self.plan.replicates
        return Wave(number, runs_done, len(x), share, emulators, fits, posterior, shift)

    def _fit(self, x: Numbers, runs: Numbers) -> tuple[Emulators, tuple[Fit, ...]]:
        covariance = pooled_covariance(runs)
        means = runs.mean(axis=1)
        figures = tuple(fit_emulator(x, means[:, i], float(covariance[i, i])) for i in range(means.shape[1]))
        fits = tuple(check(figure, means[:, i]) for i, figure in enumerate(figures))
        return Emulators(figures, covariance), fits

    def _posterior(self, emulators: Emulators) -> tuple[float, Weighted]:
        """Weigh candidates that are not ruled out until the weights are worth enough equal ones."""
        kept, logs, seen = [], [], 0
        weighted = None
        for batch in range(MOST_BATCHES):
            x = self.candidates(batch)
            seen += len(x)
            x = x[self.region.keeps(x)]
            if len(x):
                mean, variance = emulators.predict(x)
                kept.append(x)
                logs.append(
                    log_likelihoods(self.target[np.newaxis], mean, variance, emulators.covariance, self.own)[
                        0
                    ]
                )
                values = self.priors.low + np.concatenate(kept) * (self.priors.high - self.priors.low)
                weighted = Weighted(values, normalised(np.concatenate(logs)))
                if weighted.effective_size >= self.plan.least_effective:
                    break
        if weighted is None:
            raise CalibrationError(self._ruled_out(emulators))
        return len(weighted.weights) / seen, weighted

    def _ruled_out(self, emulators: Emulators) -> str:
        distances = self.region.distances(emulators, self.candidates()).min(axis=0)
        names = [self.problem.targets[i].key for i in self.figures]
        far = ", ".join(f"{names[i]} ({distances[i]:.1f} sd)" for i in np.argsort(-distances)[:3])
        return (
            f"every point is ruled out; the figures farthest from any of them are {far}: hold them out "
            "(calibration.held_out) or allow the model more discrepancy (calibration.discrepancy)"
        )


def _settled(before: Wave, now: Wave) -> bool:
    return now.share > STEADY * before.share and now.shift < SETTLED
