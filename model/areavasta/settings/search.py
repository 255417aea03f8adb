"""What a search for reforms may change, what it aims at and how long it looks: keys of `conf/search/`."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from areavasta.settings.fields import Origin, constant


class Algorithm(Enum):
    """Name the optimiser: by crowding (two or three objectives), or by reference directions (more)."""

    nsga2 = "nsga2"
    nsga3 = "nsga3"


class Statistic(Enum):
    """Tell what an objective is over all runs: their mean, their median, or what most of them reach."""

    mean = "mean"
    median = "median"
    cautious = "cautious"


class Measured(Enum):
    """Tell what a bound is about: the difference from present law, or the level itself."""

    difference = "difference"
    level = "level"


@dataclass
class Goal:
    """A bound on one indicator, in the unit that tables show; without an indicator there is no goal."""

    indicator: str | None = None
    at_most: float | None = None
    at_least: float | None = None
    of: Measured = Measured.level


@dataclass
class Search:
    """Levers, objectives and constraints of a search, and how much it may run.

    A lever is the key of a setting of the law (`{}`, `{low: 0, high: 16}` or a list of values), a group of
    weights that sum to one (`{}` or a list of its members), or a function (`{}` or a list of levels: who
    holds it whole). Objectives and constraints are indicators, `new_money`, `communes_worse` and
    `worst_commune`. With a goal the search looks for the least change that reaches it, whatever the
    objectives. Every candidate, and present law, gets the pairs of `run` under each of the shocks.
    """

    algorithm: Algorithm = Algorithm.nsga2
    population: int = constant(
        40, 4, 10000, unit="reforms", origin=Origin.choice, source="search",
        meaning="reforms that are tried in each generation",
    )  # fmt: skip
    generations: int = constant(
        15, 1, 10000, unit="generations", origin=Origin.choice, source="search",
        meaning="generations, the first of which is drawn at random",
    )  # fmt: skip
    statistic: Statistic = Statistic.mean
    caution: float = constant(
        0.8, 0.5, 1.0, unit="share of runs", origin=Origin.choice, source="search",
        meaning="runs that do at least as well as a cautious value",
    )  # fmt: skip
    levers: dict[str, Any] = field(default_factory=dict)
    objectives: dict[str, Any] = field(default_factory=dict)
    constraints: dict[str, Any] = field(default_factory=dict)
    goal: Goal = field(default_factory=Goal)
    shocks: dict[str, Any] = field(default_factory=dict)
    start: list[str] = field(default_factory=list)
    random: bool = True
    written: int = constant(
        8, 0, 10000, unit="reforms", origin=Origin.choice, source="search",
        meaning="unbeaten reforms that are written as scenarios; zero writes all",
    )  # fmt: skip
    fresh: int = constant(
        10, 0, 100000, unit="draws", origin=Origin.choice, source="search",
        meaning="draws, under another seed, that reforms written as scenarios are run again with",
    )  # fmt: skip
    check: bool = False
    store: str | None = None
