"""Where a reform fails: the keys that files in `conf/discover/` write."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from areavasta.settings.fields import Origin, constant
from areavasta.settings.sensitivity import Outcome


class Case(Enum):
    """Tell which worlds are described: those in which the reform misses its goal, or reaches it."""

    fails = "fails"
    succeeds = "succeeds"


@dataclass
class Criterion:
    """A goal: an indicator, in the unit shown, of at least or at most a value, or between both.

    Of effects the indicator is that of the reform less that of present law in the same world.
    """

    indicator: str = "service"
    of: Outcome = Outcome.effect
    at_least: float | None = None
    at_most: float | None = None


@dataclass
class Discover:
    """Worlds, a goal, and how sure the conditions must be under which reforms miss or reach it.

    `factors` are as in a sweep; those of the law (`scenario.…`), such as shocks of the context, hold under
    present law too. `reforms` are scenarios; without them the one of `scenarios=`, else a default.
    `sweep` names a finished sweep, whose points are taken as they are.
    """

    criterion: Criterion = field(default_factory=Criterion)
    case: Case = Case.fails
    reforms: list[str] = field(default_factory=list)
    factors: dict[str, Any] = field(default_factory=dict)
    points: int = constant(
        300, 20, 1000000, unit="points", origin=Origin.choice, source="discover",
        meaning="worlds, spread over the factors by a Latin hypercube",
    )  # fmt: skip
    replicates: int = constant(
        1, 1, 100000, unit="replicates", origin=Origin.choice, source="discover",
        meaning="runs of each world, whose mean is taken",
    )  # fmt: skip
    peel: float = constant(
        0.05, 0.01, 0.5, unit="share", origin=Origin.choice, source="Friedman and Fisher 1999",
        meaning="part of the worlds that a step of peeling takes away",
    )  # fmt: skip
    mass: float = constant(
        0.05, 0.01, 0.9, unit="share", origin=Origin.choice, source="discover",
        meaning="least part of the worlds that a box holds",
    )  # fmt: skip
    coverage: float = constant(
        0.5, 0.05, 1.0, unit="share", origin=Origin.choice, source="Bryant and Lempert 2010",
        meaning="least part of the cases that the first box holds",
    )  # fmt: skip
    significance: float = constant(
        0.05, 0.001, 0.5, unit="probability", origin=Origin.choice, source="Bryant and Lempert 2010",
        meaning="quasi-p value up to which a condition is kept",
    )  # fmt: skip
    resamples: int = constant(
        30, 10, 10000, unit="resamples", origin=Origin.choice, source="discover",
        meaning="halves of the worlds on which boxes are found, and told on the other half",
    )  # fmt: skip
    sweep: str | None = None
    store: str | None = None
