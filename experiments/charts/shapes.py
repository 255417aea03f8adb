"""Read the shapes of a territory: real boundaries with shared arcs, and one hexagon a commune."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from itertools import chain
from pathlib import Path as FilePath
from typing import Any

import numpy as np
from matplotlib.path import Path

Array = np.ndarray[Any, Any]

FORMAT = "areavasta-boundaries-1"
OUTSIDE = -1
# Sides of a pointy-top hexagon, from its corner at -30 degrees: neighbour (q, r) across each side.
_ACROSS = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))


@dataclass(frozen=True)
class Drawing:
    """One map: x to the right and y upwards, in a unit of its own.

    communes holds one path a commune; edges are (k, 2) arrays of points, each there once; sides (edges, 2)
    the positions of the communes on both sides of an edge, -1 outside; centres (communes, 2).
    """

    communes: tuple[Path, ...]
    edges: tuple[Array, ...]
    sides: Array
    centres: Array

    def outline(self, keys: Array) -> Path:
        """Join the edges between communes of different keys (communes,), such as unions or areas."""
        across = np.append(keys, OUTSIDE)[self.sides]
        return _joined([self.edges[edge] for edge in np.flatnonzero(across[:, 0] != across[:, 1])])


@dataclass(frozen=True)
class Shapes:
    """Both maps of a territory; codes are in the order of the communes."""

    codes: tuple[str, ...]
    real: Drawing
    hexagons: Drawing


def load_shapes(folder: FilePath | None) -> Shapes | None:
    """Read both maps from a territory's folder; none when it has no shapes.

    Raises ``ValueError`` when a file has another format than the one this reads.
    """
    if folder is None:
        return None
    boundaries, hexes = folder / "boundaries.json", folder / "hexes.csv"
    if not boundaries.is_file() or not hexes.is_file():
        return None
    content = json.loads(boundaries.read_text(encoding="utf-8"))
    if content.get("format") != FORMAT:
        raise ValueError(f"{boundaries.name}: the format is {content.get('format')!r}, not {FORMAT!r}")
    codes = tuple(content["codes"])
    with hexes.open(encoding="utf-8", newline="") as file:
        cells = {row["code"]: (int(row["q"]), int(row["r"])) for row in csv.DictReader(file)}
    if missing := sorted(set(codes) ^ set(cells)):
        raise ValueError(f"{hexes.name} and {boundaries.name} disagree on the communes {', '.join(missing)}")
    return Shapes(codes, _real(content), hexagon_map([cells[code] for code in codes]))


def hexagon_map(cells: list[tuple[int, int]]) -> Drawing:
    """Draw hexagons of circumradius one at axial coordinates (q, r), r upwards, one a commune."""
    angles = np.radians(np.arange(-30.0, 330.0, 60.0))
    corners = np.column_stack([np.cos(angles), np.sin(angles)])
    centres = np.asarray([(math.sqrt(3.0) * (q + r / 2.0), 1.5 * r) for q, r in cells])
    position = {cell: commune for commune, cell in enumerate(cells)}
    paths, edges, sides = [], [], []
    for commune, (q, r) in enumerate(cells):
        ring = centres[commune] + corners
        paths.append(Path(np.vstack([ring, ring[:1]]), closed=True))
        for side, (east, north) in enumerate(_ACROSS):
            other = position.get((q + east, r + north), OUTSIDE)
            if other < commune:
                edges.append(np.vstack([ring[side], ring[(side + 1) % 6]]))
                sides.append((commune, other))
    return Drawing(tuple(paths), tuple(edges), np.asarray(sides), centres)


def _real(content: dict[str, Any]) -> Drawing:
    """Decode arcs and rings of whole metres."""
    arcs = tuple(np.cumsum(np.asarray(arc).reshape(-1, 2), axis=0) for arc in content["arcs"])
    paths = tuple(_commune(polygons, arcs) for polygons in content["rings"])
    centres = np.asarray([(path.get_extents().p0 + path.get_extents().p1) / 2.0 for path in paths])
    return Drawing(paths, arcs, np.asarray(content["sides"]), centres)


def _commune(polygons: list[list[list[int]]], arcs: tuple[Array, ...]) -> Path:
    """Join the rings of a commune; holes run the other way round and so stay empty."""
    rings = []
    for ring in chain.from_iterable(polygons):
        parts = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]
        rings.append(np.vstack([part[:-1] for part in parts] + [parts[0][:1]]).astype(float))
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def _joined(lines: list[Array]) -> Path:
    """Join lines into one path that lifts the pen between them."""
    if not lines:
        return Path(np.zeros((0, 2)))
    codes = [np.r_[Path.MOVETO, np.full(len(line) - 1, Path.LINETO)] for line in lines]
    return Path(np.vstack(lines).astype(float), np.concatenate(codes))
