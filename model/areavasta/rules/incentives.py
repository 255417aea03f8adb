"""How the region's incentives are shared among unions."""

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Numbers
from areavasta.rules.sums import sum_by

SMALL_COMMUNE = 5_000.0
"""Residents below which a commune counts as small (D.L. 78/2010 art. 14 c. 28)."""


def union_weights(
    union: NDArray[np.intp],
    population: Numbers,
    delegated: NDArray[np.intp],
    unions: int,
    by_functions: float,
    small_commune_bonus: float,
    emphasis: Numbers | float = 1.0,
    agreed: NDArray[np.intp] | None = None,
) -> Numbers:
    """Return weights of unions, (union,), summing to one: residents, and residents times functions.

    `union` is the union of each place or -1, `delegated` the number of its functions held by the union,
    `emphasis` a further weight of its residents. Where agreements are paid too, `agreed` is the number of
    functions that a place manages by agreement, and places follow the unions, (union plus place,).
    """
    members = union >= 0
    residents = population * (1.0 + small_commune_bonus * (population < SMALL_COMMUNE)) * emphasis
    size = sum_by(union[members], residents[members], unions)
    work = sum_by(union[members], (residents * delegated)[members], unions)
    if agreed is not None:
        size, work = np.append(size, np.zeros(union.size)), np.append(work, residents * agreed)
    return (1.0 - by_functions) * _parts(size) + by_functions * _parts(work)


def _parts(amounts: Numbers) -> Numbers:
    total = amounts.sum()
    return amounts / total if total > 0 else np.zeros_like(amounts)
