"""Made-up territories of any size, with the sizes, needs and groups of Emilia-Romagna as a pattern."""

from dataclasses import fields
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from areavasta.randomness import Stream, Streams
from areavasta.synthetic_figures import Figures, make_figures
from areavasta.synthetic_grid import (
    Grid,
    Numbers,
    Places,
    central_places,
    evened_groups,
    links_within,
    make_grid,
    ordered_by_area,
)
from areavasta.territory import Territory, contiguity, distance_km
from areavasta.territory_tables import CONFIDENCES

COMMUNES_PER_AREA = 37
"""Communes of an area when their number is not given: 330 in nine areas."""

COMMUNES_PER_AMBIT = 6.5
"""Communes of an ambit: 330 in 51."""

COMMUNES_PER_DISTRICT = 8.7
"""Communes of a social-health district: 330 in 38."""

MOST_AREAS = 10_000
"""Areas that a territory may have at most: positions of groups are 16-bit."""

BELT_KM = (15.0, 25.0, 40.0, 60.0)
"""Distances from the seat at which the classes of inner areas after the pole begin to change."""

LARGEST = 100_000
"""Communes that a territory may have at most."""

JOINING_SIZES = (1_000.0, 3_000.0, 5_000.0, 10_000.0, 20_000.0, 60_000.0)
"""Residents at which the chance to join a union changes."""

JOINING = (0.86, 0.75, 0.80, 0.82, 0.80, 0.65, 0.25)
"""Chance that a commune would join a union, by size up to JOINING_SIZES and above; not all who would can."""


def generate_territory(communes: int, seed: int, areas: int | None = None) -> Territory:
    """Make up a territory of 1 to 100,000 communes; the same numbers give the same one on any machine.

    Without `areas` there is one for 37 communes. The area of most residents is a metropolitan city when
    there are two or more. Raises ValueError for numbers that make no territory.
    """
    count = max(1, round(communes / COMMUNES_PER_AREA)) if areas is None else areas
    if not 1 <= communes <= LARGEST:
        raise ValueError(f"communes is {communes}; it must be from 1 to {LARGEST}")
    if not 1 <= count <= min(communes, MOST_AREAS):
        raise ValueError(f"areas is {count}; it must be from 1 to {min(communes, MOST_AREAS)}")
    streams = Streams(seed, 0, 0)
    grid = make_grid(communes, streams.of("synthetic positions"))
    everywhere = np.zeros(communes, dtype=np.intp)
    area = evened_groups(grid, everywhere, np.array([count]), streams.of("synthetic areas"))
    grid, area = ordered_by_area(grid, area)
    return _fill(grid, area, streams, f"synthetic_{communes}_{seed}_{count}")


def made_up_unions(grid: Grid, ambit: Places, chance: Numbers, stream: Stream) -> NDArray[np.int16]:
    """Return the union of each place, -1 for none, from the chance that it would join one.

    Of each ambit it is the largest contiguous lot of those who would.
    """
    joins = stream.uniform(ambit.size) < chance
    apart = np.where(joins, ambit, ambit.max() + 1 + np.arange(ambit.size))
    _, lot = connected_components(links_within(grid, apart), directed=False)
    size = np.bincount(lot)
    order = np.lexsort((lot, -size[lot], ambit))
    _, best = np.unique(ambit[order], return_index=True)
    chosen = lot[order[best]]
    member = np.isin(lot, chosen[size[chosen] > 1])
    union = np.full(ambit.size, -1, dtype=np.int16)
    union[member] = np.unique(lot[member], return_inverse=True)[1]
    return union


def _fill(grid: Grid, area: Places, streams: Streams, key: str) -> Territory:
    """Give each place its figures and groups."""
    places, areas = area.size, int(area.max()) + 1
    seat = central_places(grid, area, areas)
    figures = make_figures(grid, area, seat, streams)
    district = _split(grid, area, COMMUNES_PER_DISTRICT, streams.of("synthetic districts"))
    ambit = _split(grid, district, COMMUNES_PER_AMBIT, streams.of("synthetic ambits"))
    chance = np.array(JOINING)[np.searchsorted(JOINING_SIZES, figures.population)]
    union = made_up_unions(grid, ambit, chance, streams.of("synthetic unions"))
    largest = int(np.argmax(np.bincount(area, weights=figures.population)))
    far = distance_km(grid.position_km, seat[area])
    start, index = contiguity(grid.first, grid.second, places)
    unions, ambits, districts = (int(group.max()) + 1 for group in (union, ambit, district))
    return Territory(
        key=key,
        codes=tuple(f"{i:06d}" for i in range(1, places + 1)),
        names=_numbered("Comune", places),
        **{field.name: getattr(figures, field.name) for field in fields(figures)},
        inner_area=inner_area_class(far, seat),
        union=union,
        union_keys=_keys("U", unions),
        union_names=_numbered("Unione", unions),
        union_functions=(None,) * unions,
        ambit=ambit.astype(np.int16),
        ambit_keys=_keys("M", ambits),
        ambit_names=_numbered("Ambito", ambits),
        ambit_confidence=np.full(places, len(CONFIDENCES) - 1, dtype=np.int8),
        district=district.astype(np.int16),
        district_keys=_keys("D", districts),
        district_names=_numbered("Distretto", districts),
        area=area.astype(np.int16),
        area_keys=_keys("A", areas),
        area_names=_numbered("Area", areas),
        area_metropolitan=(np.arange(areas) == largest) & (areas > 1),
        area_seat=seat,
        region_name=f"Regione di {places} comuni",
        region_seat=int(seat[largest]),
        position_km=grid.position_km,
        area_distance_km=far,
        region_distance_km=distance_km(grid.position_km, int(seat[largest])),
        neighbour_start=start,
        neighbour_index=index,
        imputed=(),
        sha256=_digest(figures, union, ambit, area, grid.position_km),
    )


def _split(grid: Grid, within: Places, communes: float, stream: Stream) -> Places:
    """Split groups into contiguous ones of about so many communes."""
    counts = np.maximum(1, np.round(np.bincount(within) / communes)).astype(np.intp)
    return evened_groups(grid, within, counts, stream)


def inner_area_class(far: Numbers, seat: Places) -> NDArray[np.int8]:
    """Return the inner-area class by distance from the seat; seats are poles."""
    classes = (np.searchsorted(BELT_KM, far) + 1).astype(np.int8)
    classes[seat] = 0
    return classes


def _keys(letter: str, count: int) -> tuple[str, ...]:
    return tuple(f"{letter}{i:04d}" for i in range(1, count + 1))


def _numbered(word: str, count: int) -> tuple[str, ...]:
    return tuple(f"{word} {i}" for i in range(1, count + 1))


def _digest(figures: Figures, *arrays: NDArray[Any]) -> str:
    """Return the sha256 of what makes a territory itself."""
    digest = sha256()
    for array in (*(getattr(figures, field.name) for field in fields(figures)), *arrays):
        digest.update(np.ascontiguousarray(array).astype("<f8").tobytes())
    return digest.hexdigest()
