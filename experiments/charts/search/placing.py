"""Place small labels beside marks, where nothing else stands; a thin line leads to those farther away."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from experiments.charts.page import Point

DIRECTIONS = 16
RING = 2.5
RINGS = 60
GAP = 1.0


@dataclass(frozen=True)
class Box:
    """A rectangle, in points of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Say whether two rectangles share any area."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, other: "Box") -> bool:
        """Say whether the rectangle lies inside another."""
        inside = self.left >= other.left and self.right <= other.right
        return inside and self.top >= other.top and self.bottom <= other.bottom

    @classmethod
    def around(cls, centre: Point, width: float, height: float) -> "Box":
        """Return the rectangle of a size about a point."""
        x, y = centre
        return cls(x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0)


def place(
    marks: Sequence[Point], sizes: Sequence[tuple[float, float]], taken: Sequence[Box], frame: Box,
    start: float,
) -> list[Point]:  # fmt: skip
    """Return a centre for the label of each mark: the nearest free place in the frame, rings outward.

    `sizes` are widths and heights, `start` is how far from its mark a label is tried first. A label that
    finds no place stands beside its mark at any rate.
    """
    used, found = list(taken), []
    for mark, (width, height) in zip(marks, sizes, strict=True):
        padded = width + 2.0 * GAP, height + 2.0 * GAP
        centres = list(_around(mark, start, width, height))
        free = [one for one in centres if Box.around(one, *padded).within(frame)]
        clear = (one for one in free if not any(Box.around(one, *padded).meets(box) for box in used))
        centre = next(clear, centres[0])
        used.append(Box.around(centre, *padded))
        found.append(centre)
    return found


def _around(mark: Point, start: float, width: float, height: float) -> Iterator[Point]:
    x, y = mark
    for ring in range(RINGS):
        reach = start + ring * RING
        for step in range(DIRECTIONS):
            angle = 2.0 * math.pi * step / DIRECTIONS - math.pi / 4.0
            yield (
                x + math.cos(angle) * (reach + width / 2.0), y + math.sin(angle) * (reach + height / 2.0),
            )  # fmt: skip
