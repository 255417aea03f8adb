"""The national equalisation fund of communes: shares of need and capacity, and the part by formula."""

import numpy as np

from areavasta.rules.apportionment import Numbers

REFERENCE_YEAR = 2024
"""Year for which the law's shares are stated."""

SERVICE_EQUITY_YEARS = (2025, 2030)
"""Years in which service-equity money is a flow of its own; in the others it is part of the fund."""


def share_in_year(share: float, step: float, year: int) -> float:
    """Return a share that moves by `step` a year from its value in 2024, within 0 and 1."""
    return min(1.0, max(0.0, share + step * (year - REFERENCE_YEAR)))


def service_equity_in_year(start: float, step: float, year: int) -> float:
    """Return service-equity money, EUR a head: from 2023, growing by `step` a year up to 2030."""
    return max(0.0, start + step * (min(year, SERVICE_EQUITY_YEARS[1]) - (REFERENCE_YEAR - 1)))


def formula_part(need: Numbers, capacity: Numbers, need_factor: float, reference_capacity: float) -> Numbers:
    """Return need times national capacity over need, less capacity, EUR a head, shape (place,).

    Capacity counts relative to its yearly mean over communes, on the scale of the reference mean: growth
    of all tax bases together drains no fund.
    """
    return np.asarray(need_factor * need - capacity * (reference_capacity / capacity.mean()))


def relative_need(need: Numbers, mean_need: float, reference_need: float) -> Numbers:
    """Return need on the scale of the reference mean, EUR a head, shape (place,).

    `mean_need` is this year's mean over communes of all need: growth of all needs together draws no fund.
    """
    return np.asarray(need * (reference_need / mean_need))


def need_of_functions_held(all_need: Numbers, held_need: Numbers, population: Numbers) -> Numbers:
    """Return need of the functions held, on the scale of all need, EUR a head, shape (place,).

    Residents' total stays that of all functions: who holds a function changes who gets the fund, not
    what the State pays to the territory.
    """
    total = (population * held_need).sum()
    return np.asarray(held_need * ((population * all_need).sum() / total if total > 0 else 1.0))
