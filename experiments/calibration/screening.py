"""Morris screening: which constants any figure responds to, beyond chance."""

import warnings
from dataclasses import dataclass

import numpy as np

from areavasta.randomness import Streams
from areavasta.settings import CalibrationPlan
from experiments.calibration.problem import Numbers, Problem, Simulator

CHANCE = "chance"
"""Dummy factor: it changes the random numbers and nothing else, so its effect is the noise floor."""

LEVELS = 4
"""Levels of the grid on which trajectories walk."""

CENTRAL = (0.05, 0.95)
"""Quantiles of the priors between which trajectories walk: corners of all ranges at once are not credible."""

SEED_RANGE = 2**31


@dataclass(frozen=True)
class Screening:
    """Effects (constant, figure) of a constant over its central range, and what chance alone does (figure).

    `effect` is Morris' mu*, `spread` his sigma, both in the unit of the figure; `response` is the effect
    in standard deviations of the figure. `selected` are positions of constants, the strongest first.
    """

    effect: Numbers
    spread: Numbers
    response: Numbers
    noise: Numbers
    selected: tuple[int, ...]

    @property
    def strongest(self) -> Numbers:
        """Greatest response of any figure to each constant that is above chance, else zero."""
        heard = np.where(self.effect > self.noise, self.response, 0.0)
        return np.asarray(heard.max(axis=1))


def screen(problem: Problem, simulator: Simulator, plan: CalibrationPlan, seed: int) -> Screening:
    """Walk Morris trajectories through all constants and select those that figures respond to.

    A constant is selected when, for at least one figure that is not held out, its effect is above that of
    chance and at least `least_response` standard deviations of the figure; of more than `most_parameters`
    the strongest. A figure that some runs cannot give has no effects.
    """
    from SALib.analyze import morris as analysis
    from SALib.sample import morris as sampling

    priors = problem.priors
    names = [*priors.names, CHANCE]
    space = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    number = int(Streams(seed, 0, 0).of("calibration trajectories").uniform(1)[0] * SEED_RANGE)
    walk = sampling.sample(space, plan.trajectories, num_levels=LEVELS, seed=number + 1)
    low, high = CENTRAL
    values = priors.values(low + (high - low) * walk[:, :-1])
    trajectory = np.repeat(np.arange(plan.trajectories), len(names) + 1)
    replicates = 2 * trajectory + (walk[:, -1] > 0.5) + 1  # noqa: PLR2004  # the middle of the unit range
    outputs = simulator("screening", values, replicates.astype(np.int64))
    effect, spread = np.zeros((len(names), outputs.shape[1])), np.zeros((len(names), outputs.shape[1]))
    for figure, column in enumerate(outputs.T):
        # SALib would return zeros without a word; simulators answer for figures that are fitted.
        if not np.isfinite(column).all():
            effect[:, figure] = spread[:, figure] = np.nan
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = analysis.analyze(space, walk, column, num_levels=LEVELS, seed=1)
        effect[:, figure] = np.asarray(found["mu_star"], dtype=float)
        spread[:, figure] = np.asarray(found["sigma"], dtype=float)
    return select(problem, plan, effect[:-1], spread[:-1], effect[-1])


def select(
    problem: Problem, plan: CalibrationPlan, effect: Numbers, spread: Numbers, noise: Numbers
) -> Screening:
    """Apply the rule of selection to effects (constant, figure) and the noise floor (figure)."""
    response = effect / problem.sds
    fitted = problem.fitted
    heard = np.where(effect > noise, response, 0.0)[:, fitted].max(axis=1, initial=0.0)
    order = np.argsort(-heard, kind="stable")
    selected = [int(i) for i in order if heard[i] >= plan.least_response][: plan.most_parameters]
    return Screening(effect, spread, response, noise, tuple(selected))
