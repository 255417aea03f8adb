"""Levers: what a search may change in a law, each with its values, its variables, its way to the base."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from areavasta.settings import AREA_KINDS, LEVELS
from experiments.designs.factors import Factor, Value

Point = tuple[Value, ...]
"""Values of all columns of a search space, in order."""

KEPT = "kept"
"""Value of the lever of a function whose holders stay as they are."""

DIGITS = 2
"""Digits of the range of a lever within which its values are rounded: a law writes round figures."""


@dataclass(frozen=True)
class Gene:
    """A variable of the optimiser: a number from low to high, whole if so said, or one of some options."""

    name: str
    low: float = 0.0
    high: float = 1.0
    whole: bool = False
    options: int = 0


class Lever(Protocol):
    """One thing that a search may change: values are those of its columns, raw numbers those of its genes."""

    @property
    def key(self) -> str:
        """Key of the law, or of the group of keys, that the lever moves."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of its columns in tables."""
        ...

    @property
    def genes(self) -> tuple[Gene, ...]:
        """Variables of the optimiser that stand for it."""
        ...

    @property
    def base(self) -> Point:
        """Values that change nothing."""
        ...

    def values(self, raw: Sequence[Any]) -> Point:
        """Return the values that raw numbers stand for: round ones, or the base where it is as near."""
        ...

    def raw(self, values: Point) -> tuple[Any, ...]:
        """Return raw numbers that stand for values, the nearest ones where none does."""
        ...

    def settings(self, values: Point) -> dict[str, Value]:
        """Return what to set in the law, by key."""
        ...

    def distance(self, values: Point) -> float:
        """Return how far values are from the base: 0 at the base, 1 from end to end."""
        ...

    def nearer(self, values: Point, way: float) -> Point:
        """Return values part of the way to the base, or the base where there are none between."""
        ...


@dataclass(frozen=True)
class NumberLever:
    """A number of the law between two ends."""

    factor: Factor
    present: float

    @property
    def key(self) -> str:
        """Key of the law."""
        return self.factor.key

    @property
    def columns(self) -> tuple[str, ...]:
        """The key alone."""
        return (self.key,)

    @property
    def genes(self) -> tuple[Gene, ...]:
        """One number."""
        return (Gene(self.key, self.factor.low, self.factor.high, self.factor.whole),)

    @property
    def base(self) -> Point:
        """The number that the base law has."""
        return (self.present,)

    @property
    def decimals(self) -> int:
        """Decimals of values: as many as make a hundred steps or more of the range."""
        width = self.factor.high - self.factor.low
        return max(DIGITS - math.floor(math.log10(width)), 0) if not self.factor.whole else 0

    def values(self, raw: Sequence[Any]) -> Point:
        """Round, but keep the base where it rounds to the same."""
        rounded = round(float(raw[0]), self.decimals)
        if round(self.present, self.decimals) == rounded:
            return (self.present,)
        inside = min(max(rounded, self.factor.low), self.factor.high)
        return (int(inside) if self.factor.whole else inside,)

    def raw(self, values: Point) -> tuple[Any, ...]:
        """Return the number, within the ends."""
        inside = min(max(float(values[0]), self.factor.low), self.factor.high)
        return (round(inside) if self.factor.whole else inside,)

    def settings(self, values: Point) -> dict[str, Value]:
        """Set the number."""
        return {self.key: values[0]}

    def distance(self, values: Point) -> float:
        """Return the part of the range between the values and the base."""
        return abs(float(values[0]) - self.present) / (self.factor.high - self.factor.low)

    def nearer(self, values: Point, way: float) -> Point:
        """Return the rounded number on the way."""
        return self.values([(1.0 - way) * float(values[0]) + way * self.present])


@dataclass(frozen=True)
class ChoiceLever:
    """A choice of the law among some words, numbers, or yes and no."""

    factor: Factor
    present: Value

    @property
    def key(self) -> str:
        """Key of the law."""
        return self.factor.key

    @property
    def columns(self) -> tuple[str, ...]:
        """The key alone."""
        return (self.key,)

    @property
    def genes(self) -> tuple[Gene, ...]:
        """One choice."""
        return (Gene(self.key, options=len(self.factor.values)),)

    @property
    def base(self) -> Point:
        """What the base law says."""
        return (self.present,)

    def values(self, raw: Sequence[Any]) -> Point:
        """Return the option of that number."""
        return (self.factor.values[int(raw[0])],)

    def raw(self, values: Point) -> tuple[Any, ...]:
        """Return the number of the option; the first for one that is none."""
        known = self.factor.values
        return (known.index(values[0]) if values[0] in known else 0,)

    def settings(self, values: Point) -> dict[str, Value]:
        """Set the option."""
        return {self.key: values[0]}

    def distance(self, values: Point) -> float:
        """Return one unless the choice is that of the base."""
        return float(values[0] != self.present)

    def nearer(self, values: Point, way: float) -> Point:  # noqa: ARG002
        """Return the base: nothing is between two choices."""
        return self.base


@dataclass(frozen=True)
class HolderLever:
    """Who holds a function: one level alone, in all areas, or whoever holds it in the base."""

    function: str
    levels: tuple[str, ...]

    @property
    def key(self) -> str:
        """Key of the function."""
        return f"scenario.functions.{self.function}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The key alone."""
        return (self.key,)

    @property
    def genes(self) -> tuple[Gene, ...]:
        """One choice."""
        return (Gene(self.key, options=len(self.levels) + 1),)

    @property
    def base(self) -> Point:
        """Holders stay."""
        return (KEPT,)

    def values(self, raw: Sequence[Any]) -> Point:
        """Return the level of that number; zero keeps the holders."""
        return ((KEPT, *self.levels)[int(raw[0])],)

    def raw(self, values: Point) -> tuple[Any, ...]:
        """Return the number of a level."""
        return ((KEPT, *self.levels).index(str(values[0])),)

    def settings(self, values: Point) -> dict[str, Value]:
        """Set the shares of all levels, or nothing."""
        if values[0] == KEPT:
            return {}
        return {
            f"{self.key}.{kind}.{level}": float(level == values[0]) for kind in AREA_KINDS for level in LEVELS
        }

    def distance(self, values: Point) -> float:
        """Return one unless holders stay."""
        return float(values[0] != KEPT)

    def nearer(self, values: Point, way: float) -> Point:  # noqa: ARG002
        """Return the base: nothing is between two holders."""
        return self.base
