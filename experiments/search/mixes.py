"""Levers that share a whole: weights that sum to one, in twentieths."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.designs.factors import Value
from experiments.search.levers import Gene, Point

PARTS = 20
"""Parts into which a group of weights is divided: weights are multiples of one twentieth."""

SHARPNESS = 3
"""Power that turns raw numbers into weights: without it, a search would hardly ever try one rule alone."""


@dataclass(frozen=True)
class MixLever:
    """Weights that sum to one: members that may have weight; the others of the group get none."""

    group: str
    members: tuple[str, ...]
    present: tuple[float, ...]
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        """Key of the group of weights."""
        return self.group

    @property
    def columns(self) -> tuple[str, ...]:
        """Keys of all weights of the group."""
        return tuple(f"{self.group}.{name}" for name in self.names)

    @property
    def genes(self) -> tuple[Gene, ...]:
        """One number for every weight that may be above zero."""
        return tuple(Gene(f"{self.group}.{name}") for name in self.members)

    @property
    def base(self) -> Point:
        """Weights of the base law."""
        return self.present

    def values(self, raw: Sequence[Any]) -> Point:
        """Repair raw numbers into twentieths that sum to one; keep the base where it is as near."""
        sharp = [max(float(number), 0.0) ** SHARPNESS for number in raw]
        given = dict(zip(self.members, _apportion(sharp, PARTS), strict=True))
        parts = [given.get(name, 0) for name in self.names]
        return self._of_parts(parts)

    def _of_parts(self, parts: list[int]) -> Point:
        if parts == _apportion(list(self.present), PARTS):
            return self.present
        return tuple(round(part / PARTS, 10) for part in parts)

    def raw(self, values: Point) -> tuple[Any, ...]:
        """Return numbers whose repair gives the weights of the members."""
        weights = dict(zip(self.names, values, strict=True))
        return tuple(float(weights[name]) ** (1.0 / SHARPNESS) for name in self.members)

    def settings(self, values: Point) -> dict[str, Value]:
        """Set every weight of the group."""
        return dict(zip(self.columns, values, strict=True))

    def distance(self, values: Point) -> float:
        """Return the part of the whole that goes elsewhere than in the base."""
        pairs = zip(values, self.present, strict=True)
        return sum(abs(float(value) - present) for value, present in pairs) / 2.0

    def nearer(self, values: Point, way: float) -> Point:
        """Return a mixture of both, in twentieths."""
        pairs = zip(values, self.present, strict=True)
        mixed = [(1.0 - way) * float(value) + way * present for value, present in pairs]
        parts = _apportion(mixed, PARTS)
        return self._of_parts(parts)


def _apportion(weights: Sequence[float], parts: int) -> list[int]:
    """Return parts in proportion to weights, by largest remainder; all to the first when none weighs."""
    total = math.fsum(weights)
    if total <= 0.0:
        return [parts if position == 0 else 0 for position in range(len(weights))]
    exact = [weight / total * parts for weight in weights]
    given = [math.floor(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda position: (given[position] - exact[position], position))
    for position in order[: parts - sum(given)]:
        given[position] += 1
    return given
