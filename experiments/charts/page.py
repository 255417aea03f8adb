"""Draw one chart on a page measured in points, from the top down, with nothing scaled afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from experiments.charts import style
from experiments.charts.lettering import Align, Lettering
from experiments.charts.style import Type

Point = tuple[float, float]

THIN = 0.5


@dataclass(frozen=True)
class Block:
    """Lines of lettering that stand together beside a height of the plot."""

    anchor: float
    lines: tuple[tuple[str, Type], ...]

    @property
    def height(self) -> float:
        """Height in points."""
        return sum(kind.leading for _, kind in self.lines)


class Page:
    """A drawing surface: x to the right and y downwards, in points from the upper left corner."""

    def __init__(self, width_cm: float) -> None:
        """Open a page of a width in centimetres; its height is set at the end by ``close``."""
        self.width = width_cm * style.POINTS_PER_CM
        self.height = 0.0
        self.margin = 0.15 * style.POINTS_PER_CM
        self.left, self.right = self.margin, self.width - self.margin
        self.figure = Figure(dpi=style.DPI, facecolor="white")
        self.texts: list[Lettering] = []
        self._flip = Affine2D()
        self._place = self._flip + self.figure.dpi_scale_trans

    @property
    def measure(self) -> float:
        """Width between the margins."""
        return self.right - self.left

    def close(self, height: float) -> None:
        """Set the height of the page, once everything stands on it."""
        # Whole pixels: a fraction would leave a grey edge.
        self.height = np.ceil(height * style.DPI / 72.0) * 72.0 / style.DPI
        self.figure.set_size_inches(self.width / 72.0, self.height / 72.0)
        self._flip.clear().scale(1.0 / 72.0, -1.0 / 72.0).translate(0.0, self.height / 72.0)

    def text(
        self, x: float, y: float, text: str, kind: Type, align: Align = "left", casing: bool = False
    ) -> None:
        """Write one line with its baseline at y; a casing outlines it in white."""
        item = Lettering(x, y, text, kind, align, casing)
        self._add(item)
        self.texts.append(item)

    def paragraph(
        self, x: float, top: float, lines: Iterable[str], kind: Type, align: Align = "left"
    ) -> float:
        """Write lines from a top edge and return the bottom edge."""
        for line in lines:
            self.text(x, top + 0.93 * kind.size, line, kind, align)
            top += kind.leading
        return top

    def block(self, x: float, top: float, block: Block) -> None:
        """Write the lines of a block from a top edge."""
        for line, kind in block.lines:
            top = self.paragraph(x, top, [line], kind)

    def line(
        self, points: Sequence[Point] | np.ndarray[Any, Any], color: str, width: float, **options: Any
    ) -> None:
        """Draw a line through points (n, 2); options are those of a matplotlib line."""
        xy = np.asarray(points, dtype=float)
        options = {"solid_capstyle": "butt", "dash_capstyle": "butt", "solid_joinstyle": "round", **options}
        self._add(Line2D(xy[:, 0], xy[:, 1], color=color, linewidth=width, **options))

    def rule(self, y: float, color: str = style.GRID, width: float = 0.5, left: float | None = None) -> None:
        """Draw a horizontal rule to the right margin."""
        self.line([(self.left if left is None else left, y), (self.right, y)], color, width)

    def fill(self, path: Path, color: str, edge: str = "none", width: float = 0.0) -> PathPatch:
        """Fill a path given in points."""
        patch = PathPatch(_rounded(path), facecolor=color, edgecolor=edge, linewidth=width)
        self._add(patch)
        return patch

    def stroke(self, path: Path, color: str, width: float) -> None:
        """Draw the outline of a path given in points, with round joins."""
        options: dict[str, Any] = {"joinstyle": "round", "capstyle": "round"}
        self._add(PathPatch(_rounded(path), facecolor="none", edgecolor=color, linewidth=width, **options))

    def rectangle(
        self, x: float, y: float, width: float, height: float, color: str, edge: str = "none"
    ) -> Path:
        """Fill a rectangle, with a thin edge if that has a colour, and return its path."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
        path = Path(np.asarray(corners), closed=True)
        self.fill(path, color, edge, 0.0 if edge == "none" else THIN)
        return path

    def band(
        self, x: np.ndarray[Any, Any], low: np.ndarray[Any, Any], high: np.ndarray[Any, Any], color: str
    ) -> None:
        """Fill the area between two curves; all three are (n,) in points."""
        outline = np.column_stack([np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]])])
        self.fill(Path(np.vstack([outline, outline[:1]]), closed=True), color)

    def hatch(self, path: Path, color: str, spacing: float = 2.4, width: float = 0.5) -> None:
        """Hatch a path with rising strokes a fixed distance apart, the same wherever the path lies."""
        box = path.get_extents()
        step = spacing * np.sqrt(2.0)
        first, last = np.floor((box.x0 + box.y0) / step), np.ceil((box.x1 + box.y1) / step)
        sums = np.arange(first, last + 1) * step
        if not len(sums):
            return
        starts = np.column_stack([sums - box.y1, np.full(len(sums), box.y1)])
        ends = np.column_stack([sums - box.y0, np.full(len(sums), box.y0)])
        codes = np.tile([Path.MOVETO, Path.LINETO], len(sums))
        strokes = Path(np.stack([starts, ends], axis=1).reshape(-1, 2), codes)
        patch = PathPatch(strokes, facecolor="none", edgecolor=color, linewidth=width)
        self._add(patch)
        patch.set_clip_path(path, self._place)

    def marker(self, x: float, y: float, shape: str, color: str, filled: bool, size: float = 5.0) -> None:
        """Draw a mark, filled or hollow; size is its diameter in points."""
        face = color if filled else "white"
        edge = 1.4
        self.line(
            [(x, y)], color, 0.0, marker=shape, markersize=size, markerfacecolor=face, markeredgewidth=edge
        )

    def _add(self, artist: Artist) -> None:
        """Put an artist on the page, above all that came before."""
        artist.set_transform(self._place)
        artist.set_zorder(2)
        self.figure.add_artist(artist)


def spread(blocks: Sequence[Block], top: float, bottom: float, gap: float = 1.5) -> list[float]:
    """Place blocks as near to their anchors as they can be without touching; return their top edges in order.

    Blocks are taken in the order of their anchors. Where they do not fit between top and bottom, they run on
    below the bottom: the caller makes the plot tall enough.
    """
    order = sorted(range(len(blocks)), key=lambda item: blocks[item].anchor)
    tops = [blocks[item].anchor - blocks[item].height / 2.0 for item in order]
    heights = [blocks[item].height + gap for item in order]
    offsets = np.concatenate([[0.0], np.cumsum(heights)[:-1]]) if order else np.zeros(0)
    settled = _isotonic(np.asarray(tops) - offsets)
    room = bottom - top - (float(sum(heights)) - gap if heights else 0.0)
    settled = np.clip(settled, top, top + max(room, 0.0)) + offsets
    placed = [0.0] * len(blocks)
    for item, edge in zip(order, settled, strict=True):
        placed[item] = float(edge)
    return placed


def overlapping(edges: Sequence[tuple[float, float]]) -> bool:
    """Tell whether any of some (low, high) extents, in order, runs into the next."""
    return any(first[1] > second[0] for first, second in pairwise(edges))


def _rounded(path: Path) -> Path:
    """Round to hundredths of a point, which no printer shows: the vector files halve."""
    return Path(np.round(np.asarray(path.vertices, dtype=float), 2), path.codes)


def _isotonic(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the non-decreasing sequence nearest to the values, by pooling neighbours that disagree."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, count = float(value), 1
        while pools and pools[-1][0] > mean:
            before, weight = pools.pop()
            mean, count = (before * weight + mean * count) / (weight + count), weight + count
        pools.append((mean, count))
    return np.asarray([mean for mean, count in pools for _ in range(count)])
