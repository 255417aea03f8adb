"""Boundaries and cells of the region: arcs shared by two sides, rings that close, one cell each."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from areavasta.territory import load_territory
from experiments.territory.shapes import boundaries, contiguous_pairs, simplified, twice_area

SQUARES = [
    [[[(0, 0), (10, 0), (10, 10), (0, 10)]]],
    [[[(10, 0), (20, 0), (20, 10), (10, 10)]]],
]
"""Two square communes side by side."""


@pytest.fixture
def drawn(emilia_romagna: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((emilia_romagna / "boundaries.json").read_text(encoding="utf-8"))
    return content


def ring_points(arcs: list[NDArray[np.int64]], ring: list[int]) -> NDArray[np.int64]:
    return np.concatenate([(arcs[a] if a >= 0 else arcs[~a][::-1])[:-1] for a in ring])


def test_rings_close_and_enclose_the_published_area(drawn: dict[str, Any], emilia_romagna: Path) -> None:
    region = load_territory(emilia_romagna)
    arcs = [np.cumsum(np.array(arc).reshape(-1, 2), axis=0) for arc in drawn["arcs"]]
    assert drawn["codes"] == list(region.codes)
    for polygons, km2 in zip(drawn["rings"], region.area_km2, strict=True):
        enclosed = 0.0
        for ring in (ring for polygon in polygons for ring in polygon):
            ends = [(arcs[a][0], arcs[a][-1]) if a >= 0 else (arcs[~a][-1], arcs[~a][0]) for a in ring]
            assert all(np.array_equal(ends[i - 1][1], ends[i][0]) for i in range(len(ends)))
            enclosed += twice_area([(int(x), int(y)) for x, y in ring_points(arcs, ring)]) / 2e6
        assert enclosed == pytest.approx(km2, rel=0.05)


def test_sides_are_the_communes_that_use_an_arc(drawn: dict[str, Any]) -> None:
    used: dict[int, list[int]] = {}
    for commune, polygons in enumerate(drawn["rings"]):
        for number in (number for polygon in polygons for ring in polygon for number in ring):
            left = number >= 0
            used.setdefault(number if left else ~number, [-1, -1])[0 if left else 1] = commune
    assert used == dict(enumerate(drawn["sides"]))


def test_shared_arcs_are_the_neighbours(drawn: dict[str, Any], emilia_romagna: Path) -> None:
    with (emilia_romagna / "neighbours.csv").open(encoding="utf-8") as stream:
        pairs = {(row["code"], row["neighbour"]) for row in csv.DictReader(stream)}
    codes = drawn["codes"]
    shared = {(codes[min(side)], codes[max(side)]) for side in drawn["sides"] if min(side) >= 0}
    assert shared == pairs


def test_the_file_is_small(emilia_romagna: Path) -> None:
    assert (emilia_romagna / "boundaries.json").stat().st_size < 400_000


def test_each_commune_has_its_cell_and_areas_are_whole(emilia_romagna: Path) -> None:
    region = load_territory(emilia_romagna)
    with (emilia_romagna / "hexes.csv").open(encoding="utf-8") as stream:
        cells = {
            (int(row["q"]), int(row["r"])): region.codes.index(row["code"]) for row in csv.DictReader(stream)
        }
    assert sorted(cells.values()) == list(range(330))
    for area in range(len(region.area_keys)):
        left = {cell for cell, place in cells.items() if region.area[place] == area}
        pending = [left.pop()]
        while pending:
            q, r = pending.pop()
            near = {(q + 1, r), (q - 1, r), (q, r + 1), (q, r - 1), (q - 1, r + 1), (q + 1, r - 1)} & left
            left -= near
            pending += near
        assert not left, region.area_keys[area]


def test_two_squares_share_one_arc() -> None:
    drawn = boundaries(["000001", "000002"], SQUARES)
    assert contiguous_pairs(SQUARES) == [(0, 1)]
    assert sorted(drawn["sides"]) == [[0, -1], [0, 1], [1, -1]]
    shared = drawn["sides"].index([0, 1])
    assert drawn["arcs"][shared] in ([10, 0, 0, 10], [10, 10, 0, -10])


def test_simplifying_keeps_ends_and_what_stands_out() -> None:
    assert simplified(((0, 0), (5, 1), (10, 0)), tolerance=2) == ((0, 0), (10, 0))
    assert simplified(((0, 0), (5, 3), (10, 0)), tolerance=2) == ((0, 0), (5, 3), (10, 0))


def test_a_closed_arc_keeps_an_inside() -> None:
    square = ((0, 0), (10, 0), (10, 10), (0, 10), (0, 0))
    assert len(simplified(square, tolerance=1_000)) >= 4
