"""Places of made-up territories on a brick pattern, and contiguous groups grown over them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from areavasta.randomness import Stream

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]

SPACING_KM = 8.3
"""Distance of neighbours on the grid: the root of the mean area of a commune, 68 km2."""

JITTER = 0.3
"""Part of the spacing by which a place may lie off the grid."""


@dataclass(frozen=True)
class Grid:
    """Places in rows of a brick pattern: positions from 0 to 1, km, and contiguous pairs given once."""

    x: Numbers
    y: Numbers
    position_km: Numbers
    first: Places
    second: Places


def make_grid(places: int, stream: Stream) -> Grid:
    """Place communes on a brick pattern twice as wide as high; contiguity follows the pattern."""
    columns = min(places, int(np.ceil(np.sqrt(2.0 * places))))
    place = np.arange(places)
    row, column = place // columns, place % columns
    shift = JITTER * (2.0 * stream.uniform(2 * places) - 1.0)
    x = column + 0.5 * (row % 2) + shift[:places]
    y = row + shift[places:]
    # In a brick pattern each place touches two of the row above: straight and to the left or right.
    beside = np.where(row % 2 == 1, 1, -1)
    first, second = [], []
    for right, up in ((1, 0), (0, 1), (beside, 1)):
        there = place + right + up * columns
        inside = (column + right >= 0) & (column + right < columns) & (there < places)
        first.append(place[inside])
        second.append(there[inside])
    rows = float(row[-1] + 1)
    position_km = np.round(np.column_stack([x, y]) * SPACING_KM, 3)
    return Grid(
        x=np.clip((x + 0.5) / (columns + 0.5), 0.0, 1.0),
        y=np.clip((y + 0.5) / rows, 0.0, 1.0),
        position_km=position_km,
        first=np.concatenate(first),
        second=np.concatenate(second),
    )


def links_within(grid: Grid, within: Places) -> csr_array:
    """Return the contiguity of places in one group, weighted by distance in whole metres."""
    same = within[grid.first] == within[grid.second]
    first, second = grid.first[same], grid.second[same]
    apart = grid.position_km[first] - grid.position_km[second]
    metres = np.round(np.sqrt((apart * apart).sum(axis=1)) * 1000.0)
    places = within.size
    return csr_array((metres, (first, second)), shape=(places, places))


def _grown(links: csr_array, seats: Places) -> Places:
    """Return the position of the seat nearest along contiguous places: so every group is contiguous."""
    _, _, source = dijkstra(links, directed=False, indices=seats, min_only=True, return_predecessors=True)
    position = np.zeros(int(seats.max()) + 1, dtype=np.intp)
    position[seats] = np.arange(seats.size)
    group: Places = position[source]
    return group


def evened_groups(grid: Grid, within: Places, counts: Places, stream: Stream) -> Places:
    """Split each outer group into `counts` contiguous groups of similar size; return that of each place."""
    rank = stream.uniform(within.size)
    order = np.lexsort((rank, within))
    sizes = np.bincount(within, minlength=counts.size)
    start = np.cumsum(sizes) - sizes
    in_group = np.arange(within.size) - np.repeat(start, sizes)
    seats = order[in_group < np.repeat(counts, sizes)]
    links = links_within(grid, within)
    group = _grown(links, seats)
    for _ in range(2):
        group = _grown(links, central_places(grid, group, seats.size))
    return group


def central_places(grid: Grid, group: Places, groups: int) -> Places:
    """Return of each group the place nearest to its centre."""
    size = np.bincount(group, minlength=groups)
    centre = [np.bincount(group, weights=axis, minlength=groups) / size for axis in grid.position_km.T]
    apart = grid.position_km - np.column_stack(centre)[group]
    order = np.lexsort((np.round((apart * apart).sum(axis=1), 6), group))
    seats: Places = order[np.cumsum(size) - size]
    return seats


def ordered_by_area(grid: Grid, area: Places) -> tuple[Grid, Places]:
    """Return places in order of area, so that codes run area by area as ISTAT's do."""
    order = np.argsort(area, kind="stable")
    new = np.empty_like(order)
    new[order] = np.arange(order.size)
    ends = np.sort(np.column_stack([new[grid.first], new[grid.second]]), axis=1)
    moved = Grid(grid.x[order], grid.y[order], grid.position_km[order], ends[:, 0], ends[:, 1])
    return moved, area[order]
