"""Indicators that follow from records alone: the communes of all years at once, (year, place) to (year,)."""

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import CENTS_PER_EURO
from areavasta.inequality import gini, theil, theil_between
from areavasta.records import Records
from areavasta.rules.incentives import SMALL_COMMUNE
from areavasta.territory import Territory

Numbers = NDArray[np.float64]

LOWEST_PART = 5
"""The lowest communes are one in so many, at least one."""


def territory_indicators(
    years: Records, territory: Territory, mountain: NDArray[np.bool_]
) -> dict[str, Numbers]:
    """Return the indicators that records of years give, raw values by key, (year,) each.

    `mountain` says which communes lie in the mountains.
    """
    return {
        **_services(years, territory, mountain),
        **_costs(years),
        **_money(years, territory),
        **_knowledge(years, territory),
        "ampi": average(years.ampi, years.population),
        "ampi_by_commune": years.ampi.mean(axis=1),
        "ampi_gap": _gap(mountain, years.ampi, years.population),
        "clarity": average(years.clarity, years.population),
    }


def average(values: Numbers, weights: Numbers) -> Numbers:
    """Return the weighted mean over the last axis."""
    return np.asarray((values * weights).sum(axis=-1) / weights.sum(axis=-1))


def _services(years: Records, territory: Territory, mountain: NDArray[np.bool_]) -> dict[str, Numbers]:
    population, service = years.population, years.service
    lowest = np.sort(service, axis=1)[:, : -(-service.shape[1] // LOWEST_PART)]
    coordinated = average(years.coordinated, population)
    variance = average((years.coordinated - coordinated[:, np.newaxis]) ** 2, population)
    return {
        "service": average(service, population),
        "service_by_commune": service.mean(axis=1),
        "service_small": np.array(
            [level[small].mean() for level, small in zip(service, _small(population), strict=True)]
        ),
        "service_lowest_fifth": lowest.mean(axis=1),
        "gini": gini(service, population),
        "theil": theil(service, population),
        "theil_areas": theil_between(service, population, territory.area),
        "theil_altitude": theil_between(service, population, territory.altitude_zone),
        "service_gap": _gap(mountain, service, population),
        "coordinated_level": coordinated,
        "coordinated_spread": np.sqrt(variance),
    }


def _small(population: Numbers) -> NDArray[np.bool_]:
    """Return which communes are small; all of them in a year without small ones."""
    small = population < SMALL_COMMUNE
    return small | ~small.any(axis=1, keepdims=True)


def _gap(mountain: NDArray[np.bool_], values: Numbers, population: Numbers) -> Numbers:
    """Return the mean of plain and hills less that of mountains; zero where either is missing."""
    if mountain.all() or not mountain.any():
        return np.zeros(len(values))
    plain, high = (
        average(np.compress(part, values, axis=1), np.compress(part, population, axis=1))
        for part in (~mountain, mountain)
    )
    return plain - high


def _costs(years: Records) -> dict[str, Numbers]:
    residents, slack = years.population.sum(axis=1), years.slack.sum(axis=1)
    per_commune = np.maximum(years.population, 1.0)
    by_place, spent = years.cost.sum(axis=2), years.spent
    cost, small = by_place.sum(axis=1), _small(years.population)
    return {
        "cost": cost / residents,
        "cost_by_commune": (by_place / per_commune).mean(axis=1),
        "cost_small": np.array(
            [
                amount[few].sum() / people[few].sum()
                for amount, people, few in zip(by_place, years.population, small, strict=True)
            ]
        ),
        "spending": spent.reshape(len(spent), -1).sum(axis=1) / residents,
        "spending_by_commune": (spent.sum(axis=2) / per_commune).mean(axis=1),
        "communal_spending": spent[:, :, 0].sum(axis=1) / residents,
        "area_spending": spent[:, :, 1].sum(axis=1) / residents,
        "regional_spending": spent[:, :, 2].sum(axis=1) / residents,
        "slack": slack / np.maximum(cost - slack, 1e-9),
    }


def _money(years: Records, territory: Territory) -> dict[str, Numbers]:
    own = (years.own_revenue * years.population).sum(axis=1)
    transfers = (years.transfers * years.population).sum(axis=1)
    return {
        "tax_effort": average(years.effort, years.population),
        "transfer_dependence": transfers / np.maximum(own + transfers, 1e-9),
        "misallocation": _misallocation(years),
        "metropolitan_funds": _metropolitan_funds(years, territory),
    }


def _misallocation(years: Records) -> Numbers:
    """Return half the sum of distances between communes' shares of regional money and of need."""
    received, need = years.regional_money, years.population * years.fund_need
    total = received.sum(axis=1, keepdims=True)
    apart = received / np.where(total > 0, total, 1.0) - need / need.sum(axis=1, keepdims=True)
    return np.where(total[:, 0] > 0, 0.5 * np.abs(apart).sum(axis=1), 0.0)


def _metropolitan_funds(years: Records, territory: Territory) -> Numbers:
    """Return regional money a head inside the metropolitan city less outside, EUR; zero without both."""
    inside = territory.area_metropolitan[territory.area].astype(bool)
    if inside.all() or not inside.any():
        return np.zeros(len(years.population))
    money, people = years.regional_money / CENTS_PER_EURO, years.population
    within, without = (
        np.compress(part, money, axis=1).sum(axis=1) / np.compress(part, people, axis=1).sum(axis=1)
        for part in (inside, ~inside)
    )
    return np.asarray(within - without)


def _knowledge(years: Records, territory: Territory) -> dict[str, Numbers]:
    people = years.population
    number = max(people.shape[1] // LOWEST_PART, 1)
    lowest = np.argsort(years.ampi, axis=1, kind="stable")[:, :number]
    served = average(
        np.take_along_axis(years.service, lowest, axis=1), np.take_along_axis(people, lowest, axis=1)
    )
    by_area = {
        name: average(np.take(values, territory.area, axis=1), people)
        for name, values in (
            ("information", years.information),
            ("participation", years.participation),
            ("assistance", years.assistance),
        )
    }
    return {
        **by_area,
        "need_error": average(np.abs(years.need_ratio - 1.0), people),
        "bes_error": average(np.abs(years.bes_observed - years.ampi), people),
        "trust": average(years.trust, people),
        "lowest_fifth_gap": average(years.service, people) - served,
    }
