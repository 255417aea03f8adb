"""What a sweep varies and how: the keys that files in `conf/sweep/` write."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from areavasta.settings.fields import Origin, constant


class Method(Enum):
    """Name how points are chosen: every combination, two ways to spread a number of them, or one by one."""

    grid = "grid"
    latin_hypercube = "latin_hypercube"
    sobol = "sobol"
    listed = "listed"


@dataclass
class Sweep:
    """A design: factors by the key of a setting, and the points at which all of them are set.

    A factor is `{}` (the whole range of the setting, or all its values), `{low: 0, high: 40}`, or a list of
    values. `scenarios` is a factor too: names of files. Ranges and values are checked before anything runs.
    """

    method: Method = Method.sobol
    points: int = constant(
        64, 1, 1000000, unit="points", origin=Origin.choice, source="sweep",
        meaning="points of latin_hypercube and sobol; of sobol a power of two",
    )  # fmt: skip
    levels: int = constant(
        5, 2, 1000, unit="values", origin=Origin.choice, source="sweep",
        meaning="values that grid takes from a range, ends included",
    )  # fmt: skip
    factors: dict[str, Any] = field(default_factory=dict)
    communes: bool = False
    fail_fast: bool = False
    store: str | None = None
