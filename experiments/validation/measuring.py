"""How each figure is measured on the history of a run: one pure function each."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from areavasta.inequality import gini
from areavasta.territory import ALTITUDE_ZONES, NEED_GROUPS
from experiments.validation.history import FIRST, LAST, History

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

Measure = Callable[[History], float]

SIZE_CLASSES = {
    "small": (0.0, 5_000.0), "medium": (5_000.0, 20_000.0), "large": (20_000.0, np.inf),
}  # fmt: skip
"""Residents above and up to which slopes are taken."""

MEMBERSHIP_CLASSES = {
    "1000": (0.0, 1_000.0), "3000": (1_000.0, 3_000.0), "5000": (3_000.0, 5_000.0),
    "10000": (5_000.0, 10_000.0), "20000": (10_000.0, 20_000.0), "60000": (20_000.0, 60_000.0),
    "above": (60_000.0, np.inf),
}  # fmt: skip
"""Residents above and up to which membership is counted."""

CITY = 100_000.0
"""Residents above which no commune has entered a union."""

SMOOTHING = 0.3
"""Width of the smoother that finds the cheapest size, in ln residents."""

SIZES = np.exp(np.linspace(np.log(1_000.0), np.log(100_000.0), 401))
"""Sizes among which the cheapest is looked for."""

FUND_YEAR, FUND_END = 2024, 2030
"""Years between which the equalisation fund moves to full weight of need and capacity."""


def between(population: Numbers, low: float, high: float) -> Mask:
    """Return who has more than `low` and at most `high` residents; raise ValueError when nobody has."""
    inside = (population > low) & (population <= high)
    if not inside.any():
        raise ValueError(f"no commune has {low:,.0f} to {high:,.0f} residents")
    return inside


def slope(values: Numbers, population: Numbers, low: float, high: float) -> float:
    """Return the slope of ln values in ln residents over communes of a size, by least squares."""
    inside = between(population, low, high)
    size = np.log(population[inside])
    size = size - size.mean()
    return float((size * np.log(values[inside])).sum() / (size * size).sum())


def cheapest_size(values: Numbers, population: Numbers) -> float:
    """Return the size at which a kernel mean of values in ln residents is lowest."""
    distance = (np.log(SIZES)[:, np.newaxis] - np.log(population)) / SMOOTHING
    weight = np.exp(-0.5 * distance * distance)
    return float(SIZES[((weight * values).sum(axis=1) / weight.sum(axis=1)).argmin()])


def _need_slope(size: str, history: History) -> float:
    return slope(history.territory.need.sum(axis=1), history.territory.population, *SIZE_CLASSES[size])


def _group_slope(group: str, history: History) -> float:
    territory = history.territory
    need = territory.need[:, NEED_GROUPS.index(group)]
    return slope(need, territory.population, *SIZE_CLASSES["small"])


def _cost_slope(size: str, history: History) -> float:
    return slope(history.cost[0], history.population[0], *SIZE_CLASSES[size])


def _weighted(values: Numbers, history: History) -> float:
    return float(np.average(values, weights=history.population[0]))


def _correlation(history: History) -> float:
    row = history.at(FUND_YEAR)
    return float(np.corrcoef(history.capacity[row], history.needs_part[row])[0, 1])


def _whole_fund(history: History) -> float:
    row = history.at(FUND_YEAR)
    return float((history.fund[row] + history.equity[row]).mean())


def _fund_fall(history: History) -> float:
    return float(history.fund[history.at(FUND_YEAR)].mean() - history.fund[history.at(FUND_END)].mean())


def _members(year: int, history: History) -> float:
    return float(np.count_nonzero(history.union[history.at(year)] >= 0))


def _unions(year: int, history: History) -> float:
    return float(_union_keys(history, year).size)


def _union_keys(history: History, year: int) -> NDArray[np.int64]:
    union = history.union[history.at(year)]
    return np.unique(union[union >= 0])


def _mean_members(year: int, history: History) -> float:
    return _members(year, history) / _unions(year, history)


def _residents_of_members(history: History) -> float:
    return 100.0 * _weighted(history.union[0] >= 0, history)


def _entries(history: History) -> float:
    member = history.union >= 0
    return float(np.count_nonzero(member[1:] & ~member[:-1]))


def _exits(history: History) -> float:
    member = history.union >= 0
    return float(np.count_nonzero(member[:-1] & ~member[1:]))


def _dissolutions(history: History) -> float:
    years = range(FIRST, LAST)
    ended = (np.setdiff1d(_union_keys(history, y), _union_keys(history, y + 1)).size for y in years)
    return float(sum(ended))


def _membership(size: str, history: History) -> float:
    inside = between(history.territory.population, *MEMBERSHIP_CLASSES[size])
    return _share_of_members(inside, history)


def _share_of_members(inside: Mask, history: History) -> float:
    if not inside.any():
        raise ValueError("no commune lies there")
    return float(100.0 * (history.union[history.at(LAST), inside] >= 0).mean())


def _plain(history: History) -> float:
    plain = history.territory.altitude_zone == ALTITUDE_ZONES.index("plain")
    return _share_of_members(np.asarray(plain), history)


def _cities_entered(history: History) -> float:
    city = history.population[:-1] > CITY
    member = history.union >= 0
    return float(np.count_nonzero(city & member[1:] & ~member[:-1]))


def _spending_over_need(history: History) -> Numbers:
    return np.asarray(history.spending[0] / history.need[0])


def _spending_gini(history: History) -> float:
    ratio = _spending_over_need(history)
    return float(gini(ratio, np.ones_like(ratio)))


def _spending_spread(history: History) -> float:
    alone = history.union[0] < 0
    return float(np.log(_spending_over_need(history)[alone]).std())


MEASURES: dict[str, Measure] = {
    **{f"need_slope_{size}": partial(_need_slope, size) for size in SIZE_CLASSES},
    "need_slope_administration": partial(_group_slope, "administration"),
    "need_slope_roads": partial(_group_slope, "roads_territory"),
    "need_slope_waste": partial(_group_slope, "waste"),
    "need_slope_police": partial(_group_slope, "police"),
    "need_minimum": lambda h: cheapest_size(h.territory.need.sum(axis=1), h.territory.population),
    **{f"cost_slope_{size}": partial(_cost_slope, size) for size in SIZE_CLASSES},
    "cost_minimum": lambda h: cheapest_size(h.cost[0], h.population[0]),
    "need_mean": lambda h: _weighted(h.need[0], h),
    "spending": lambda h: _weighted(h.spending[0], h),
    "capacity_needs_correlation": _correlation,
    "fund_needs_part": lambda h: float(h.needs_part[h.at(FUND_YEAR)].mean()),
    "fund_whole": _whole_fund,
    "fund_fall": _fund_fall,
    "communes_2022": partial(_members, FIRST),
    "unions_2022": partial(_unions, FIRST),
    "mean_members_2022": partial(_mean_members, FIRST),
    "residents_2022": _residents_of_members,
    # Membership of a year is that of its end: 1 January 2025 is the end of 2024.
    "communes_2025": partial(_members, 2024),
    "unions_2025": partial(_unions, 2024),
    "mean_members_2025": partial(_mean_members, 2024),
    "exits": _exits,
    "entries": _entries,
    "dissolutions": _dissolutions,
    **{f"membership_{size}": partial(_membership, size) for size in MEMBERSHIP_CLASSES},
    "membership_mountain": lambda h: _share_of_members(h.mountain, h),
    "membership_plain": _plain,
    "cities_entered": _cities_entered,
    "spending_gini": _spending_gini,
    "spending_spread": _spending_spread,
}
"""Figures by key, in the unit shown; nothing changes hands in the first year, which is the end of 2022."""
