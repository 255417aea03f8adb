"""The map of the page: shapes as SVG paths, once a territory, and the class of every commune, once a year."""

import math
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.path import Path
from numpy.typing import NDArray

from areavasta.territory import Territory
from experiments.charts.maps import classify
from experiments.charts.shapes import Drawing, hexagon_map, load_shapes
from experiments.comparison_communes import POINTS, RELEVANT_POINTS, SURE, verdicts
from experiments.dashboard.request import Request, tables_folder, territory_asked
from experiments.dashboard.running import Outcome

Numbers = NDArray[np.float64]

WIDTH = 1_600
"""Width of a picture in its own units; coordinates are whole."""

MARGIN = 8

ASPECT = 1.6
"""Width over height, in cells, of the grid of hexagons of a territory without shapes."""


@lru_cache(maxsize=4)
def pictures(territory_name: str) -> dict[str, dict[str, Any]]:
    """Return the maps of a territory by name: real borders, where it has them, and hexagons.

    A territory without shapes gets hexagons in rows. Raises RequestError for one that cannot be used.
    """
    asked = Request(territory=territory_name)
    territory = territory_asked(asked)
    shapes = load_shapes(tables_folder(asked))
    if shapes is not None and shapes.codes == tuple(territory.codes):
        return {"real": _picture(shapes.real, territory), "hexagons": _picture(shapes.hexagons, territory)}
    return {"hexagons": _picture(hexagon_map(_grid(len(territory.codes))), territory)}


def _grid(communes: int) -> list[tuple[int, int]]:
    across = max(1, math.ceil(math.sqrt(communes * ASPECT)))
    cells = (divmod(commune, across) for commune in range(communes))
    # Each second row moves a cell to the left in axial coordinates, so that rows stay below one another.
    return [(column + row // 2, -row) for row, column in cells]


def _picture(drawing: Drawing, territory: Territory) -> dict[str, Any]:
    """Return one map: a path a commune, their centres, outlines of unions and areas, names of areas."""
    points = np.concatenate([np.asarray(path.vertices, dtype=float) for path in drawing.communes])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (WIDTH - 2 * MARGIN) / (high[0] - low[0])

    def placed(vertices: Numbers) -> NDArray[np.int64]:
        x = MARGIN + scale * (vertices[:, 0] - low[0])
        y = MARGIN + scale * (high[1] - vertices[:, 1])
        return np.asarray(np.rint(np.column_stack([x, y])), dtype=np.int64)

    def written(path: Path) -> str:
        return _written(placed(np.asarray(path.vertices, dtype=float)), path)

    centres = placed(np.asarray(drawing.centres, dtype=float))
    return {
        "width": WIDTH,
        "height": int(2 * MARGIN + scale * (high[1] - low[1])),
        "communes": [written(path) for path in drawing.communes],
        "centres": centres.tolist(),
        "unions": written(drawing.outline(np.asarray(territory.union))),
        "areas": written(drawing.outline(np.asarray(territory.area))),
        "labels": _labels(centres, territory),
    }


def _written(points: NDArray[np.int64], path: Path) -> str:
    """Write a path with relative, whole steps, without steps that go nowhere."""
    first_then_lines = np.r_[Path.MOVETO, np.full(len(points) - 1, Path.LINETO)]
    codes = first_then_lines if path.codes is None else np.asarray(path.codes)
    parts: list[str] = []
    x = y = 0
    for (east, south), code in zip(points.tolist(), codes.tolist(), strict=True):
        if code == Path.CLOSEPOLY:
            parts.append("z")
        elif code == Path.MOVETO:
            parts.append(f"M{east} {south}")
            x, y = east, south
        elif (east, south) != (x, y):
            parts.append(f"l{east - x} {south - y}")
            x, y = east, south
    return "".join(parts)


def _labels(centres: NDArray[np.int64], territory: Territory) -> list[dict[str, Any]]:
    """Return the short name of each area, at the commune nearest to its middle."""
    area, labels = np.asarray(territory.area), []
    for position, key in enumerate(territory.area_keys):
        members = centres[area == position]
        if len(members):
            distance = np.hypot(*(members - members.mean(axis=0)).T)
            x, y = members[int(distance.argmin())].tolist()
            labels.append({"text": key, "x": x, "y": y})
    return labels


def changes(outcome: Outcome) -> Numbers:
    """Return the change of felt service, (pair, year, commune), points of standard."""
    service = outcome.values["service"]
    return np.asarray(POINTS * (service[1] - service[0]))


def classes_by_year(outcome: Outcome) -> list[str]:
    """Return for every year one digit a commune: its class on the map, much worse to much better."""
    points = changes(outcome)
    told = []
    for year in range(points.shape[1]):
        now = points[:, year]
        frame = pd.DataFrame(
            {
                "median": np.median(now, axis=0),
                "verdict": verdicts(now >= RELEVANT_POINTS, now <= -RELEVANT_POINTS),
            }
        )
        told.append("".join(str(kind) for kind in classify(frame, RELEVANT_POINTS)))
    return told


def breaches_by_year(outcome: Outcome) -> list[list[int]]:
    """Return for every year the communes where more functions miss the essential level than today's law."""
    below = outcome.values["below_essential"]
    share = (below[1] > below[0]).mean(axis=0)
    return [np.flatnonzero(year >= SURE).tolist() for year in share]
