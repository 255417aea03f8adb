"""Draw one line of text exactly where it was measured: outlines in bitmaps, shared glyphs in SVG."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, Bbox

from experiments.charts import style
from experiments.charts.style import Type

Align = Literal["left", "center", "right"]

CASING = 2.2


class Lettering(Artist):
    """One line of text with its baseline at a point of the page.

    A casing is a white outline that keeps the text legible on a map. matplotlib lays its own text out anew
    for each format, by the pixel; this is twice as fast and stands where it was measured.
    """

    def __init__(self, x: float, y: float, text: str, kind: Type, align: Align, casing: bool) -> None:
        """Place a text at (x, y) in points from the upper left corner."""
        super().__init__()
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        self.x, self.y = x - shift * style.width_of(text, kind), y
        self.text, self.kind, self.casing = text, kind, casing

    def extent(self) -> Bbox:
        """Return the box of the ink, in points from the upper left corner."""
        path = outline(self.text, self.kind)
        ink = np.asarray(path.vertices, dtype=float)[np.asarray(path.codes) != Path.CLOSEPOLY]
        low, high = ink.min(axis=0), ink.max(axis=0)
        return Bbox.from_extents(self.x + low[0], self.y - high[1], self.x + high[0], self.y - low[1])

    def draw(self, renderer: RendererBase) -> None:
        """Draw the text with a renderer."""
        graphics = renderer.new_gc()
        color = to_rgb(self.kind.color)
        graphics.set_foreground(color)
        x, y = self.get_transform().transform((self.x, self.y))
        pixels = np.asarray(renderer.points_to_pixels(1.0)).item()
        place = Affine2D().scale(pixels).translate(x, y)
        if self.casing:
            _draw_casing(renderer, outline(self.text, self.kind), place)
        if self.casing or _is_bitmap(renderer):
            graphics.set_linewidth(0.0)
            renderer.draw_path(graphics, outline(self.text, self.kind), place, color)
        else:
            # SVG counts downwards from the top, PDF upwards from the bottom.
            height = renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y
            renderer.draw_text(graphics, x, height, self.text, style.font(self.kind, self.text), 0.0)
        graphics.restore()


@lru_cache(maxsize=4096)
def outline(text: str, kind: Type) -> Path:
    """Return the outlines of a line of text, in points, y upwards from its baseline."""
    path = TextPath((0.0, 0.0), text, size=kind.size, prop=style.font(kind, text))
    return Path(path.vertices, path.codes)


def _is_bitmap(renderer: RendererBase) -> bool:
    """Tell whether a renderer draws pixels."""
    return hasattr(renderer, "buffer_rgba")


def _draw_casing(renderer: RendererBase, path: Path, place: Affine2D) -> None:
    """Draw the white outline below the letters."""
    graphics = renderer.new_gc()
    graphics.set_foreground(style.WHITE)
    graphics.set_linewidth(CASING)
    graphics.set_joinstyle("round")
    renderer.draw_path(graphics, path, place, None)
    graphics.restore()
