"""A simulator whose answer is known: figures that are simple functions of constants, with chance."""

from dataclasses import dataclass, field

import numpy as np

from areavasta.randomness import Streams
from experiments.calibration.problem import Integers, Numbers, Priors, Problem, Target

NAMES = ("level", "slope", "bend", "nuisance", "idle")
"""Constants: the first three move figures, the fourth hardly, the last not at all."""

CHANCE = np.array([0.10, 0.05, 0.20, 0.10])
"""Standard deviation of each figure over chance."""

COMMON = 0.6
"""Part of the variance of chance that figures share."""

TRUTH = np.array([1.4, -0.3, 0.5, 0.5, 0.5])


def priors() -> Priors:
    return Priors(
        NAMES,
        low=np.array([0.0, -1.0, 0.0, 0.0, 0.0]),
        mode=np.array([1.0, 0.0, 0.3, 0.5, 0.5]),
        high=np.array([2.0, 1.0, 1.0, 1.0, 1.0]),
        whole=np.zeros(5, dtype=bool),
    )


def figures(values: Numbers) -> Numbers:
    """Return the figures (run, figure) without chance."""
    level, slope, bend, nuisance, _ = values.T
    return np.column_stack(
        [
            2.0 * level + 0.5 * slope + 0.05 * nuisance,
            np.exp(0.5 * slope) + 0.3 * bend**2,
            level * (1.0 + bend) + 0.02 * nuisance,
            level + slope + bend,
        ]
    )


@dataclass
class Analytic:
    """The simulator; it counts its runs."""

    seed: int = 7
    runs: int = 0
    stages: list[str] = field(default_factory=list)

    def __call__(self, stage: str, values: Numbers, replicates: Integers) -> Numbers:
        self.runs += len(values)
        self.stages.append(stage)
        kind = "screening" if stage == "screening" else stage
        chance = np.array(
            [Streams(self.seed, 0, int(r)).of(f"chance {kind}").normal(1 + len(CHANCE)) for r in replicates]
        )
        shared = np.sqrt(COMMON) * chance[:, :1] + np.sqrt(1.0 - COMMON) * chance[:, 1:]
        return np.asarray(figures(values) + CHANCE * shared)


def problem(seed: int = 3) -> Problem:
    """Return the problem whose figures were simulated at the truth, the last of them held out."""
    sd = 0.05
    chance = Streams(seed, 0, 0).of("published").normal(len(CHANCE))
    simulated = Analytic()("published", TRUTH[np.newaxis], np.array([1], dtype=np.int64))[0]
    values = simulated + sd * chance
    return Problem(
        priors(),
        tuple(Target(f"figure_{i}", float(value), sd, held_out=i == 3) for i, value in enumerate(values)),
    )
