"""Standard needs of communes and functions, from published groups and stated patterns."""

import numpy as np
from numpy.typing import NDArray

from areavasta.functions import Catalogue
from areavasta.rules.sums import sum_by
from areavasta.services import function_elasticities, unit_cost
from areavasta.settings.parameters import Parameters
from areavasta.territory import ALTITUDE_ZONES, NEED_GROUPS, Territory

Numbers = NDArray[np.float64]

MOUNTAIN = tuple(zone for zone in ALTITUDE_ZONES if "mountain" in zone)
"""Altitude zones that count as mountain."""


def in_mountains(territory: Territory) -> NDArray[np.bool_]:
    """Return which communes lie in a mountain zone, shape (place,)."""
    zones = [ALTITUDE_ZONES.index(zone) for zone in MOUNTAIN]
    return np.isin(territory.altitude_zone, zones)


def standard_needs(territory: Territory, catalogue: Catalogue, parameters: Parameters) -> Numbers:
    """Return standard need, EUR a head at the start, (place, function).

    Published groups are split by the catalogue's shares and scaled to the published total; functions of
    areas and of the region follow the catalogue's amount and pattern.
    """
    scaling = parameters.need.published_total / parameters.need.groups_total
    need = np.zeros((territory.population.size, len(catalogue.functions)))
    patterns = need_patterns(territory, parameters)
    for position, function in enumerate(catalogue.functions):
        if function.need_group:
            group = territory.need[:, NEED_GROUPS.index(function.need_group)]
            need[:, position] = group * function.need_share * scaling
        else:
            need[:, position] = function.need_per_head * patterns[function.need_pattern]
    return need


def need_patterns(territory: Territory, parameters: Parameters) -> dict[str, Numbers]:
    """Return relative need by pattern, of mean one over residents, shape (place,) each.

    Roads and environment follow land per resident, roads also the mountains: provinces publish no
    standard need by commune.
    """
    land = (territory.area_km2 / np.maximum(territory.population, 1.0)) ** parameters.need.road_elasticity
    roads = land * (1.0 + parameters.need.mountain_roads * in_mountains(territory))
    metropolitan = territory.area_metropolitan[territory.area].astype(float)
    return {
        "even": np.ones_like(land),
        "land": land / np.average(land, weights=territory.population),
        "roads": roads / np.average(roads, weights=territory.population),
        "metropolitan": metropolitan,
    }


def efficient_base(
    need: Numbers, territory: Territory, catalogue: Catalogue, parameters: Parameters
) -> Numbers:
    """Return efficient cost at scale one and no slack, EUR a head, (place, function).

    Need is observed at the scale of the body that holds the function at home, and at mean slack: one
    basis for every cost and every need of the model.
    """
    scale = scale_at_home(territory.population, territory, catalogue, parameters)
    return np.asarray(need / (scale * (1.0 + parameters.slack.start)))


def scale_at_home(
    population: Numbers, territory: Territory, catalogue: Catalogue, parameters: Parameters
) -> Numbers:
    """Return unit cost at the size of each function's home level, (place, function)."""
    areas = sum_by(territory.area, population, len(territory.area_keys))
    residents = {
        "commune": population,
        "area": areas[territory.area],
        "region": np.full_like(population, population.sum()),
    }
    by_home = np.stack([residents[function.home] for function in catalogue.functions], axis=1)
    return unit_cost(by_home, function_elasticities(catalogue, parameters.scale), parameters.scale.floor)
