"""Boundaries of communes as arcs that two sides share, so that outlines of groups need no geometry."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Point = tuple[int, int]
Points = tuple[Point, ...]
Ring = list[Point]

FORMAT = "areavasta-boundaries-1"
"""Name of the format of boundaries.json."""

CRS = "EPSG:32632"
"""UTM 32N: metres, true to shape over the region."""

TOLERANCE_M = 60.0
"""Largest distance of a simplified boundary from the true one: less than the line of a map 17 cm wide."""

SMALLEST_PART_M2 = 250_000.0
"""Detached parts and holes below this area are left out of the drawing; it would be a dot."""

OUTSIDE = -1


def whole_metre_polygons(geometry: Any) -> list[list[Ring]]:
    """Return the polygons of a commune (a shapely geometry in metres) as rings of whole metres.

    The first ring of a polygon is the outer one, counter-clockwise, then holes, clockwise; without the
    repeated last point. Parts too small to be drawn are left out, but never the largest one.
    """
    import shapely

    parts = sorted(shapely.get_parts(geometry), key=lambda part: -float(part.area))
    polygons = []
    for i, part in enumerate(parts):
        if i and part.area < SMALLEST_PART_M2:
            continue
        rings = [part.exterior, *(hole for hole in part.interiors)]
        polygons.append([_oriented(_whole(ring), outer=k == 0) for k, ring in enumerate(rings)])
    return polygons


def _whole(ring: Any) -> Ring:
    """Return the points of a ring in whole metres, without repeats."""
    points = [(round(x), round(y)) for x, y in ring.coords[:-1]]
    return [point for i, point in enumerate(points) if point != points[i - 1]]


def _oriented(ring: Ring, outer: bool) -> Ring:
    return ring if (twice_area(ring) > 0) == outer else ring[::-1]


def twice_area(ring: Ring) -> int:
    """Return twice the signed area of a ring, positive when counter-clockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True))


def contiguous_pairs(communes: list[list[list[Ring]]]) -> list[tuple[int, int]]:
    """Return the pairs of positions, lower first, that share a stretch of boundary."""
    pairs = set()
    for owners in _owners(communes).values():
        if len(owners) > 1:
            pairs.add((min(owners), max(owners)))
    return sorted(pairs)


def _edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return zip(ring, ring[1:] + ring[:1], strict=True)


def _owners(communes: list[list[list[Ring]]]) -> dict[tuple[Point, Point], set[int]]:
    """Return the communes on either side of each stretch between two points."""
    owners: dict[tuple[Point, Point], set[int]] = defaultdict(set)
    for i, polygons in enumerate(communes):
        for ring in (ring for polygon in polygons for ring in polygon):
            for a, b in _edges(ring):
                owners[min(a, b), max(a, b)].add(i)
    return owners


def _junctions(communes: list[list[list[Ring]]]) -> set[Point]:
    """Return the points where boundaries meet: arcs end there, and simplifying keeps them."""
    near: dict[Point, set[Point]] = defaultdict(set)
    for a, b in _owners(communes):
        near[a].add(b)
        near[b].add(a)
    return {point for point, others in near.items() if len(others) != 2}  # noqa: PLR2004


def _cut(ring: Ring, junctions: set[Point]) -> list[Points]:
    """Cut a ring into arcs at its junctions; a ring without any is one closed arc from its lowest point."""
    at = [i for i, point in enumerate(ring) if point in junctions] or [ring.index(min(ring))]
    turned = ring[at[0] :] + ring[: at[0]]
    ends = [i - at[0] for i in at[1:]] + [len(ring)]
    starts = [0, *ends[:-1]]
    closed = [*turned, turned[0]]
    return [tuple(closed[a : b + 1]) for a, b in zip(starts, ends, strict=True)]


def simplified(points: Points, tolerance: float) -> Points:
    """Return an arc with fewer points (Douglas and Peucker), its ends kept; a closed one stays a ring."""
    line = np.array(points, dtype=np.float64)
    if points[0] == points[-1]:
        far = int(np.argmax(((line - line[0]) ** 2).sum(axis=1)))
        keep = _kept(line, 0, far, tolerance) | _kept(line, far, len(line) - 1, tolerance) | {0, far}
        if len(keep) < 3:  # noqa: PLR2004 - a triangle is the least that encloses anything
            keep |= {far // 2, (far + len(line) - 1) // 2}
    else:
        keep = _kept(line, 0, len(line) - 1, tolerance)
    return tuple(points[i] for i in sorted(keep | {0, len(points) - 1}))


def _kept(line: NDArray[np.float64], start: int, end: int, tolerance: float) -> set[int]:
    """Return the positions between two points that lie further than the tolerance from their chord."""
    kept: set[int] = set()
    pending = [(start, end)]
    while pending:
        a, b = pending.pop()
        if b - a < 2:  # noqa: PLR2004 - nothing lies between
            continue
        chord, rays = line[b] - line[a], line[a + 1 : b] - line[a]
        length = float(np.hypot(*chord))
        across = np.abs(chord[0] * rays[:, 1] - chord[1] * rays[:, 0])
        apart = across / length if length else np.hypot(rays[:, 0], rays[:, 1])
        far = int(np.argmax(apart))
        if apart[far] > tolerance:
            middle = a + 1 + far
            kept.add(middle)
            pending += [(a, middle), (middle, b)]
    return kept


def boundaries(codes: list[str], communes: list[list[list[Ring]]]) -> dict[str, Any]:
    """Return the content of boundaries.json: arcs, the communes at their sides, the rings they make."""
    junctions = _junctions(communes)
    numbers: dict[Points, int] = {}
    sides: list[list[int]] = []
    rings: list[list[list[list[int]]]] = []
    for i, polygons in enumerate(communes):
        rings.append(
            [
                [_numbered(_cut(ring, junctions), i, numbers, sides) for ring in polygon]
                for polygon in polygons
            ]
        )
    arcs = [_delta(simplified(points, TOLERANCE_M)) for points in numbers]
    corners = np.array([point for points in numbers for point in points])
    return {
        "format": FORMAT,
        "crs": CRS,
        "bbox": [*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist()],
        "codes": codes,
        "arcs": arcs,
        "sides": sides,
        "rings": rings,
    }


def _numbered(
    cut: list[Points], commune: int, numbers: dict[Points, int], sides: list[list[int]]
) -> list[int]:
    """Return the numbers of a ring's arcs, ~number when walked backward; note the commune at their left."""
    ring = []
    for points in cut:
        backward = points[::-1]
        if backward in numbers:
            number = numbers[backward]
            sides[number][1] = commune
            ring.append(~number)
        else:
            numbers[points] = len(sides)
            ring.append(len(sides))
            sides.append([commune, OUTSIDE])
    return ring


def _delta(points: Points) -> list[int]:
    """Return a point and the steps that follow it, as one flat list."""
    steps = np.diff(np.array(points), axis=0, prepend=0)
    return [int(value) for value in steps.ravel()]


def boundaries_text(content: dict[str, Any]) -> str:
    """Return boundaries.json, one arc a line."""
    head = {key: content[key] for key in ("format", "crs", "bbox")}
    parts = [json.dumps(head)[1:-1]]
    for key in ("codes", "arcs", "sides", "rings"):
        rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in content[key])
        parts.append(f'"{key}": [\n{rows}\n]')
    return "{" + ",\n".join(parts) + "}\n"
