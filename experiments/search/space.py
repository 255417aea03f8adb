"""The space of a search: all its levers, and the points that they span."""

import math
from dataclasses import dataclass
from typing import Any

from experiments.designs.factors import Value
from experiments.search.levers import Gene, Lever, Point


@dataclass(frozen=True)
class Space:
    """All levers of a search, and the points that they span."""

    levers: tuple[Lever, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of columns of a point, in order."""
        return tuple(column for lever in self.levers for column in lever.columns)

    @property
    def genes(self) -> tuple[Gene, ...]:
        """Variables of the optimiser."""
        return tuple(gene for lever in self.levers for gene in lever.genes)

    @property
    def base(self) -> Point:
        """The point that changes nothing."""
        return tuple(value for lever in self.levers for value in lever.base)

    def parts(self, point: Point) -> list[Point]:
        """Return the values of each lever."""
        found, start = [], 0
        for lever in self.levers:
            end = start + len(lever.columns)
            found.append(point[start:end])
            start = end
        return found

    def raw(self, point: Point) -> dict[str, Any]:
        """Return raw numbers that stand for a point, as near as can be."""
        return {
            gene.name: number
            for lever, part in zip(self.levers, self.parts(point), strict=True)
            for gene, number in zip(lever.genes, lever.raw(part), strict=True)
        }

    def settings(self, point: Point) -> dict[str, Value]:
        """Return what a point sets in the law, by key; levers at their base set nothing."""
        told: dict[str, Value] = {}
        for lever, part in zip(self.levers, self.parts(point), strict=True):
            if part != lever.base:
                told |= lever.settings(part)
        return told

    def changed(self, point: Point) -> int:
        """Return how many levers are not at their base."""
        return sum(part != lever.base for lever, part in zip(self.levers, self.parts(point), strict=True))

    def distance(self, point: Point) -> float:
        """Return the sum over levers of how far each is from its base, from end to end being one."""
        return math.fsum(
            lever.distance(part) for lever, part in zip(self.levers, self.parts(point), strict=True)
        )
