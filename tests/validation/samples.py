"""Histories small enough to work out by hand."""

from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from areavasta.synthetic import generate_territory
from areavasta.territory import ALTITUDE_ZONES, NEED_GROUPS, Territory
from experiments.validation.history import FIRST, LAST, History

YEARS = LAST - FIRST + 1

OUTSIDE = -1
"""Union of who is in none."""

RESIDENTS = (500.0, 2_000.0, 4_000.0, 8_000.0, 15_000.0, 40_000.0, 150_000.0, 300_000.0)
"""A commune in each class of size, and a second city."""


GIVEN = ("years", "territory", "mountain")
"""Fields of a history that are not (year, place)."""


@cache
def eight_communes() -> Territory:
    """Return eight communes: the first in the mountains, the others on the plain, need 2 EUR a group."""
    territory = generate_territory(len(RESIDENTS), 1)
    zones = np.full(len(RESIDENTS), ALTITUDE_ZONES.index("plain"), dtype=np.int8)
    zones[0] = ALTITUDE_ZONES.index("internal_mountain")
    return replace(
        territory,
        population=np.array(RESIDENTS),
        altitude_zone=zones,
        need=np.full((len(RESIDENTS), len(NEED_GROUPS)), 2.0),
    )


def history(*, places: int = len(RESIDENTS), **changes: Any) -> History:
    """Return a history in which nothing happens: all at 100 EUR, nobody in a union, but for the changes.

    A change is (place,), for all years, or (year, place). Other than eight communes are generated ones.
    """
    territory = eight_communes() if places == len(RESIDENTS) else generate_territory(places, 1)
    shape = (YEARS, places)
    values: dict[str, NDArray[Any]] = {
        item.name: np.full(shape, 100.0) for item in fields(History) if item.name not in GIVEN
    }
    values["population"] = np.tile(territory.population, (YEARS, 1))
    values["union"] = np.full(shape, OUTSIDE, dtype=np.int64)
    for name, value in changes.items():
        values[name] = np.broadcast_to(np.asarray(value), shape).copy()
    return History(
        years=np.arange(FIRST, LAST + 1), territory=territory,
        mountain=np.arange(places) == 0, **values,
    )  # fmt: skip
