"""What trying a point gave: objectives, bounds, whether it holds, and why not."""

import math
from dataclasses import dataclass
from enum import Enum

from experiments.search.levers import Point


class Status(Enum):
    """Say what became of a point: within all bounds, beyond one, not admitted by law, or failed to run."""

    holds = "holds"
    breaks = "breaks"
    inadmissible = "inadmissible"
    failed = "failed"


HOPELESS = {Status.inadmissible: 1e9, Status.failed: 1e6}
"""Violation of points that were never measured: greater than that of any that was."""


@dataclass(frozen=True)
class Tried:
    """A point and what it gave; `costs` are the objectives turned so that less is better.

    `objectives` and `bounded` are in the units shown, not numbers where the point was not measured.
    `violation` adds up how far bounds are broken; `reason` says in one line why a point was not measured.
    """

    point: Point
    status: Status
    objectives: tuple[float, ...]
    costs: tuple[float, ...]
    bounded: tuple[float, ...] = ()
    violation: float = 0.0
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether the point is within all bounds."""
        return self.status is Status.holds


def measured(
    point: Point, objectives: tuple[float, ...], costs: tuple[float, ...],
    bounded: tuple[float, ...] = (), violation: float = 0.0,
) -> Tried:  # fmt: skip
    """Return a point that was measured."""
    status = Status.breaks if violation > 0.0 else Status.holds
    return Tried(point, status, objectives, costs, bounded, violation)


def refused(point: Point, status: Status, reason: str, objectives: int, bounds: int) -> Tried:
    """Return a point that could not be measured, and why."""
    unknown = (math.nan,) * objectives
    return Tried(point, status, unknown, unknown, (math.nan,) * bounds, HOPELESS[status], reason)
