"""Districts, ambits and unions of communes for which no source was read: contiguous, made up, flagged."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from areavasta.randomness import Streams
from areavasta.synthetic import COMMUNES_PER_AMBIT, COMMUNES_PER_DISTRICT, JOINING_SIZES, made_up_unions
from areavasta.synthetic_grid import Grid, evened_groups
from areavasta.territory import Territory

Places = NDArray[Any]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Groups:
    """The district, ambit and union (-1 for none) of each place, as positions."""

    district: Places
    ambit: Places
    union: Places


def membership_by_size(territory: Territory) -> Numbers:
    """Return the share of communes that are in unions, by size up to JOINING_SIZES and above."""
    size = np.searchsorted(JOINING_SIZES, territory.population)
    classes = len(JOINING_SIZES) + 1
    members = np.bincount(size, weights=territory.union >= 0, minlength=classes)
    return members / np.maximum(np.bincount(size, minlength=classes), 1)


def make_groups(
    position_km: Numbers, pairs: tuple[Places, Places], area: Places, residents: Numbers, membership: Numbers
) -> Groups:
    """Split areas into districts, those into ambits, and draw unions within ambits.

    Sizes of groups are the mean ones of Emilia-Romagna; `membership` is the chance to join by size. An
    island counts as a neighbour of the nearest commune of its area.
    """
    streams = Streams(0, 0, 0)
    nothing = np.zeros(area.size)
    touching = Grid(nothing, nothing, position_km, *pairs)
    linked = Grid(nothing, nothing, position_km, *_with_ferries(position_km, pairs, area))
    district = _split(linked, area, COMMUNES_PER_DISTRICT, streams, "imputed districts")
    ambit = _split(linked, district, COMMUNES_PER_AMBIT, streams, "imputed ambits")
    chance = membership[np.searchsorted(JOINING_SIZES, residents)]
    union = made_up_unions(touching, ambit, chance, streams.of("imputed unions"))
    return Groups(district, ambit, union.astype(np.intp))


def _split(grid: Grid, within: Places, communes: float, streams: Streams, name: str) -> Places:
    counts = np.maximum(1, np.round(np.bincount(within) / communes)).astype(np.intp)
    return evened_groups(grid, within, counts, streams.of(name))


def _with_ferries(position_km: Numbers, pairs: tuple[Places, Places], area: Places) -> tuple[Places, Places]:
    """Return the pairs and, for parts of an area that touch no other, a link to its nearest other part."""
    first, second = (list(end) for end in pairs)
    while True:
        inside = area[np.array(first)] == area[np.array(second)]
        ends = np.array(first)[inside], np.array(second)[inside]
        links = csr_array((np.ones(ends[0].size), ends), shape=(area.size, area.size))
        _, piece = connected_components(links, directed=False)
        apart = _pieces_apart(piece, area)
        if not apart:
            return np.array(first), np.array(second)
        for members, others in apart:
            distance, nearest = cKDTree(position_km[others]).query(position_km[members])
            closest = int(np.argmin(np.round(np.asarray(distance), 6)))
            first.append(int(members[closest]))
            second.append(int(others[np.asarray(nearest)[closest]]))


def _pieces_apart(piece: Places, area: Places) -> list[tuple[Places, Places]]:
    """Return, for each area in several pieces, the members of its smallest piece and of the others."""
    found = []
    for one in np.unique(area):
        members = np.flatnonzero(area == one)
        numbers, sizes = np.unique(piece[members], return_counts=True)
        if numbers.size > 1:
            smallest = piece[members] == numbers[np.argmin(sizes)]
            found.append((members[smallest], members[~smallest]))
    return found
