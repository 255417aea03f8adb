"""What a sensitivity analysis varies and how: the keys that files in `conf/sensitivity/` write."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from areavasta.settings.fields import Origin, constant


class Analysis(Enum):
    """Name the method: screening by steps, parts of the variance, or shifts of the whole distribution."""

    morris = "morris"
    sobol = "sobol"
    pawn = "pawn"


class Outcome(Enum):
    """Tell what is explained: the indicators of a scenario, or how far they are from present law."""

    level = "level"
    effect = "effect"


@dataclass
class Sensitivity:
    """Factors as in a sweep, the method, and how sure its indices have to be.

    Whatever is no factor keeps its given value: parameters are not drawn, and `run.draws` and
    `run.replicates` do not count. `groups` names lists of factors that are judged together. `chance` adds
    the seed as a factor. `sweep` names the folder of a finished sweep, whose points are taken as they are.
    """

    method: Analysis = Analysis.sobol
    of: Outcome = Outcome.level
    n: int = constant(
        64, 4, 1000000, unit="rows", origin=Origin.choice, source="sensitivity",
        meaning="trajectories of morris, base rows of sobol (a power of two), points of pawn",
    )  # fmt: skip
    replicates: int = constant(
        1, 1, 100000, unit="replicates", origin=Origin.choice, source="sensitivity",
        meaning="runs of each point, whose mean is taken",
    )  # fmt: skip
    factors: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, Any] = field(default_factory=dict)
    indicators: list[str] = field(default_factory=list)
    chance: bool = True
    second_order: bool = True
    levels: int = constant(
        4, 2, 20, unit="levels", origin=Origin.choice, source="Morris 1991",
        meaning="values that morris takes from a range, an even number",
    )  # fmt: skip
    slices: int = constant(
        10, 3, 50, unit="slices", origin=Origin.choice, source="Pianosi and Wagener 2018",
        meaning="parts of each range that pawn compares with the whole",
    )  # fmt: skip
    resamples: int = constant(
        100, 20, 10000, unit="resamples", origin=Origin.choice, source="sensitivity",
        meaning="resamples behind each interval of 95 %",
    )  # fmt: skip
    precision: float = constant(
        0.15, 0.01, 1.0, unit="index", origin=Origin.choice, source="Sarrazin et al. 2016, who ask for 0.05",
        meaning="widest interval, end to end, with which samples suffice; of morris over the largest index",
    )  # fmt: skip
    sweep: str | None = None
    store: str | None = None
