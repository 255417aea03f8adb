"""Services: scale, cost of the standard service, and what citizens feel."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import CENTS_PER_EURO
from areavasta.functions import COORDINATION_PROFILES, SCALE_PROFILES, Catalogue
from areavasta.holdings import AREA, COMMUNE, LEVELS, REGION, UNION, Holdings
from areavasta.rules.sums import positions, sum_by
from areavasta.settings.parameters import Parameters, Scale

Numbers = NDArray[np.float64]
Index = NDArray[np.intp]

SCALE_KNOTS = (5_000.0, 20_000.0, 200_000.0)
"""Residents at which elasticities change; above the last, unit cost is constant. Source: need data."""

LOG_KNOTS = tuple(math.log(knot) for knot in SCALE_KNOTS)
"""Their logarithms."""

TRUST_STRENGTH = 2.0
"""Fall of log coordination cost for a unit of trust. Range 0 to 4; assumption."""

TRUST_NEUTRAL = 0.5
"""Trust at which coordination costs what its constant says."""


def elasticities(scale: Scale) -> Numbers:
    """Return elasticities by segment and profile (order of SCALE_PROFILES), shape (segment, profile)."""
    return np.array(
        [
            [0.0, 0.0, 0.0],
            [scale.administration_small, scale.administration_medium, 0.0],
            [scale.roads_small, scale.roads_medium, 0.0],
            [scale.flat_small, 0.0, 0.0],
            [scale.area, scale.area, scale.area],
        ]
    ).T


def function_elasticities(catalogue: Catalogue, scale: Scale) -> Numbers:
    """Return elasticities by segment and function, shape (segment, function)."""
    return elasticities(scale).take(catalogue.codes("scale", SCALE_PROFILES), axis=1)


def unit_cost(residents: Numbers, elasticity: Numbers, floor: float) -> Numbers:
    """Return unit cost over that of a very large provider, piecewise log-linear in residents.

    `elasticity` has shape (segment, ...), where ... is that of `residents` or goes with it. Below `floor`
    residents the cost is that of `floor`: elasticities are not known there.
    """
    smallest, first = math.log(floor), LOG_KNOTS[0]
    size = np.log(np.maximum(residents, floor))
    log_cost = elasticity[0] * (np.minimum(np.maximum(size, smallest), first) - first)
    for segment, (low, high) in enumerate(pairwise(LOG_KNOTS), start=1):
        slope = elasticity[segment]
        # Most functions cost the same from some size on: there is nothing to add there.
        if slope.any():
            log_cost = log_cost + slope * (np.minimum(np.maximum(size, low), high) - high)
    return np.asarray(np.exp(log_cost))


@dataclass(frozen=True)
class CostProfile:
    """Constants of each function in one run: elasticity (segment, function), coordination (function,).

    `agreement` is the coordination cost of an agreement over that of a union.
    """

    elasticity: Numbers
    coordination: Numbers
    agreement: float
    floor: float
    duplication: float


def cost_profile(catalogue: Catalogue, parameters: Parameters) -> CostProfile:
    """Return the cost constants of functions under these parameters."""
    cost = parameters.cost
    by_profile = np.array(
        [cost.coordination_administration, cost.coordination_person, cost.coordination_area]
    )
    return CostProfile(
        elasticity=function_elasticities(catalogue, parameters.scale),
        coordination=by_profile[catalogue.codes("coordination", COORDINATION_PROFILES)],
        agreement=parameters.agreements.coordination,
        floor=parameters.scale.floor,
        duplication=cost.duplication,
    )


@dataclass(frozen=True)
class CostRows:
    """Parts of cost that change only when a function changes holder.

    `fixed` is share times duplication, `coordination` its constant times log members, (row,) each;
    `elasticity` is that of each provider's function, (segment, pool).
    """

    fixed: Numbers
    coordination: Numbers
    elasticity: Numbers
    floor: float


def cost_rows(holdings: Holdings, profile: CostProfile) -> CostRows:
    """Return the fixed parts of the cost of these holdings."""
    by_pool = profile.coordination.take(holdings.pool_function) * np.log(holdings.pool_members)
    coordination = by_pool.take(holdings.pool)
    coordination[holdings.agreed.nonzero()[0]] *= profile.agreement
    return CostRows(
        fixed=holdings.share * (1.0 + profile.duplication * holdings.overlap),
        coordination=coordination,
        elasticity=profile.elasticity.take(holdings.pool_function, axis=1),
        floor=profile.floor,
    )


def coordination_friction(trust: Numbers, facilitation: float, relief: Numbers) -> Numbers:
    """Return the friction of joint work, one at neutral trust without help, shape (place,).

    `relief` is the part of it that assistance takes off each commune, (place,).
    """
    distrust = np.exp(-TRUST_STRENGTH * (trust - TRUST_NEUTRAL))
    return np.asarray(distrust * (1.0 - facilitation) * (1.0 - relief))


def coordination_factor(
    holdings: Holdings, rows: CostRows, trust: Numbers, facilitation: float, relief: Numbers
) -> Numbers:
    """Return the cost of coordination as a factor of at least one, shape (row,)."""
    ease = coordination_friction(trust, facilitation, relief)
    factor = ease.take(holdings.place)
    factor *= rows.coordination
    factor += 1.0
    return factor


def standard_cost(
    holdings: Holdings,
    rows: CostRows,
    population: Numbers,
    base: Numbers,
    slack: Numbers,
    coordination: Numbers,
) -> Numbers:
    """Return the cost of the standard service, EUR a year, shape (row,).

    Residents times base cost times share, scale, coordination, slack and duplication, as in the model
    documentation.
    """
    served = sum_by(holdings.pool, population.take(holdings.place))
    pool_factor = unit_cost(served, rows.elasticity, rows.floor)
    pool_factor *= 1.0 + slack.take(holdings.pool_pair)
    cost = (population[:, np.newaxis] * base).take(holdings.cell)
    cost *= rows.fixed
    cost *= pool_factor.take(holdings.pool)
    cost *= coordination
    return cost


def service_level(spent_cents: NDArray[np.int64], cost: Numbers) -> Numbers:
    """Return money over the cost of the standard service, in EUR; one where nothing is needed."""
    needed = cost > 0
    return np.where(needed, spent_cents / np.where(needed, cost * CENTS_PER_EURO, 1.0), 1.0)


@dataclass(frozen=True)
class Nearness:
    """How much of a service citizens feel as each level holds it, (place, function, level).

    `agreed` is that of functions which an agreement holds, `away` where another commune leads it,
    (function,) each.
    """

    felt: Numbers
    agreed: Numbers
    away: Numbers


def nearness(catalogue: Catalogue, parameters: Parameters, area_km: Numbers, region_km: Numbers) -> Nearness:
    """Return what distance takes from services, which does not change in a run.

    The loss counts from the function's home level, so that no function loses where it belongs; in an
    agreement it is that of a union for all but the lead commune. Joint police and social services gain by
    continuity and specialisation, in unions, districts and agreements alike.
    """
    service = parameters.service
    distance = np.zeros((area_km.size, LEVELS))
    distance[:, UNION] = service.union_distance
    distance[:, AREA] = service.area_distance + service.distance_per_km * area_km
    distance[:, REGION] = service.region_distance + service.distance_per_km * region_km
    home = catalogue.codes("home", ("commune", "union", "area", "region"))
    loss = np.maximum(distance[:, np.newaxis, :] - distance[:, home][:, :, np.newaxis], 0.0)
    felt_of = catalogue.numbers("proximity")
    gains = catalogue.numbers("joint_quality").astype(bool)
    joint = np.where(gains, 1.0 + service.joint_quality, 1.0)
    felt = np.ascontiguousarray(1.0 - felt_of[:, np.newaxis] * loss)
    felt[:, :, UNION] *= joint
    in_district = catalogue.having("district") & ~catalogue.having("agency")
    felt[:, in_district, COMMUNE] *= joint[in_district]
    return Nearness(felt, agreed=joint, away=joint * (1.0 - felt_of * service.union_distance))


def proximity(holdings: Holdings, near: Nearness) -> Numbers:
    """Return how much of a service citizens feel as it is held, shape (row,)."""
    felt = near.felt.take(holdings.code)
    agreed = positions(holdings.agreed)
    function = holdings.function.take(agreed)
    leads = holdings.provider.take(agreed) == holdings.place.take(agreed)
    felt[agreed] = np.where(leads, near.agreed.take(function), near.away.take(function))
    return felt


def felt_service(
    holdings: Holdings, level: Numbers, felt_part: Numbers, needed: NDArray[np.bool_]
) -> Numbers:
    """Return the service that citizens feel, share of standard, (place, function); one where none is needed.

    `felt_part` is share times proximity, shape (row,).
    """
    felt = sum_by(holdings.cell, level * felt_part, needed.size).reshape(needed.shape)
    return np.where(needed, felt, 1.0)
