"""A study: the factors of an analysis, its method and size, as the methods want to be told."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from areavasta.settings.sensitivity import Analysis, Sensitivity
from experiments.designs.factors import Factor
from experiments.sensitivity.checks import SEED

Numbers = NDArray[np.float64]

DUMMY = "dummy"
"""Name of the factor that enters nowhere: what is found of it is noise."""

CHANCE = "chance"
"""Name that stands for the seed."""


@dataclass(frozen=True)
class Estimate:
    """One index of a factor (of a pair of factors: `other`) with the ends of its interval of 95 %."""

    factor: str
    index: str
    value: float
    low: float
    high: float
    other: str = ""

    @classmethod
    def around(cls, factor: str, index: str, value: float, half: float, other: str = "") -> "Estimate":
        """Return an estimate whose interval reaches as far on both sides."""
        return cls(factor, index, float(value), float(value - half), float(value + half), other)


@dataclass(frozen=True)
class Study:
    """Factors, what is wanted of them, and the seed of samples and resamples."""

    wanted: Sensitivity
    factors: tuple[Factor, ...]
    seed: int

    @property
    def members(self) -> list[str]:
        """Return for every factor the name it is judged under: its group, chance, or its own key."""
        groups = {key: str(name) for name, keys in self.wanted.groups.items() for key in keys}
        return [
            CHANCE if factor.key == SEED else groups.get(factor.key, factor.key) for factor in self.factors
        ]

    @property
    def units(self) -> list[str]:
        """Return the names that are judged, in order, without the dummy."""
        return list(dict.fromkeys(self.members))

    @property
    def second_order(self) -> bool:
        """Whether the design tells pairs of factors apart."""
        return self.wanted.second_order and self.wanted.method is Analysis.sobol and len(self.units) > 1

    def problem(self, dummy: bool) -> dict[str, Any]:
        """Return what SALib calls a problem: all factors go from 0 to 1, the share of the way through."""
        members = [*self.members, DUMMY] if dummy else self.members
        keys = [factor.key for factor in self.factors]
        names = ([*keys, DUMMY] if dummy else keys) if self.wanted.groups else members
        told = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
        return {**told, "groups": members} if self.wanted.groups else told

    def whole_number(self, name: str) -> int:
        """Return a whole number above zero that depends on the seed and on what it is for."""
        # Zero means no seed to some methods.
        digest = np.random.SeedSequence([self.seed, *name.encode()]).generate_state(1, np.uint32)
        return int(digest[0]) + 1
