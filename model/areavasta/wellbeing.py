"""Wellbeing: BES domains moved by services, and the Adjusted Mazziotta-Pareto composite (AMPI).

Modelled, not observed: initial domains rest on a few published columns and stated noise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from areavasta.functions import DOMAINS, Catalogue
from areavasta.randomness import Streams
from areavasta.rules.fund_allocation import standardised
from areavasta.rules.sums import sum_runs
from areavasta.settings.parameters import Parameters, Wellbeing
from areavasta.territory import Territory

Numbers = NDArray[np.float64]

AMPI_BASE, AMPI_RANGE = 100.0, 60.0
"""Value of the reference and width of the goalposts (Mazziotta and Pareto 2016; ISTAT, Bes)."""

ANCHOR_FALL, ANCHOR_YEARS = 0.10, 10
"""The response of AMPI is stated for services that fall by this share for these years."""

WEIGHT_BOUNDS = (1.0 / 3.0, 3.0)
"""Bounds of a function's wellbeing weight over its cost share, so that no function is all but free."""

NEARLY_ZERO = 1e-6
"""Exponent below which the CES counts as its limit, the geometric mean."""

AMPI_LOWEST, AMPI_HIGHEST = 0.0, 200.0
"""Ends of the index: services ruined for years, or a windfall of many times the budget, lead no further."""

LEAST_RANGE = 0.5
"""Range of a domain over communes and years below which it counts as this, in standard deviations.

Where one commune, or two alike, leave nothing to measure by, yearly shocks would be all that is between the
goalposts, and the index would go anywhere. Assumption: figures of several communes range over two at least.
"""

LEAST_FELT = 0.05
"""Felt service below which wellbeing falls no further; a service is never wholly absent. Assumption."""


@dataclass(frozen=True)
class WellbeingProfile:
    """Constants of wellbeing in one run: weights (function, domain), response per unit of service."""

    weights: Numbers
    response: float
    constants: Wellbeing


def initial_domains(territory: Territory, noise_share: float, streams: Streams) -> Numbers:
    """Return BES domains at the start, in standard deviations, (place, domain)."""
    density = np.log(np.maximum(territory.population, 1.0) / territory.area_km2)
    known = {
        "economy": standardised(territory.taxable_income_per_head),
        "services": standardised(territory.service_score) - standardised(territory.inner_area.astype(float)),
        "social": standardised(territory.taxpayers_per_head) - standardised(territory.share_65_plus),
        "environment": standardised(territory.altitude_m.astype(float)) - standardised(density),
    }
    places = territory.population.size
    noise = streams.of("wellbeing structure").normal(places * len(DOMAINS)).reshape(-1, len(DOMAINS))
    structure = np.stack([standardised(known[domain]) for domain in DOMAINS], axis=1)
    return np.asarray(np.sqrt(1.0 - noise_share) * structure + np.sqrt(noise_share) * noise)


def wellbeing_profile(catalogue: Catalogue, cost_share: Numbers, parameters: Parameters) -> WellbeingProfile:
    """Return weights, half by cost share and half by the catalogue, and the anchored response.

    `cost_share` is each function's share of the territory's cost, (function,). The response makes AMPI
    fall by `ampi_response` when all services fall by 10 % for ten years.
    """
    constants = parameters.wellbeing
    stated = catalogue.numbers("wellbeing_weight") * cost_share
    stated = stated / stated.sum()
    ratio = np.clip(0.5 + 0.5 * stated / np.where(cost_share > 0, cost_share, 1.0), *WEIGHT_BOUNDS)
    combined = cost_share * ratio
    member = catalogue.codes("domain", DOMAINS)[:, np.newaxis] == np.arange(len(DOMAINS))
    weights = combined[:, np.newaxis] * member
    totals = weights.sum(axis=0)
    reached = 1.0 - (1.0 - constants.speed) ** ANCHOR_YEARS
    effect = abs(float(concave(np.array([1.0 - ANCHOR_FALL]), constants.concavity)[0])) * reached
    return WellbeingProfile(
        weights=weights / np.where(totals > 0, totals, 1.0),
        response=constants.ampi_response / effect,
        constants=constants,
    )


def concave(service: Numbers, exponent: float) -> Numbers:
    """Return the use of a service level, zero at standard, with falling returns."""
    return np.asarray((service**exponent - 1.0) / exponent)


def domain_service(felt: Numbers, profile: WellbeingProfile) -> Numbers:
    """Return services as each domain feels them: CES over functions, (place, domain)."""
    rho = profile.constants.substitution
    log_level = np.log(np.maximum(felt, LEAST_FELT))
    if abs(rho) < NEARLY_ZERO:
        return np.asarray(np.exp(log_level @ profile.weights))
    return np.asarray((np.exp(rho * log_level) @ profile.weights) ** (1.0 / rho))


def neighbour_mean(values: Numbers, start: NDArray[np.int32], index: NDArray[np.int32]) -> Numbers:
    """Return the mean over neighbouring communes, (place, column); own value where there are none."""
    counts = start[1:] - start[:-1]
    if index.size == 0:
        return values
    mean = sum_runs(values.take(index, axis=0), start) / np.maximum(counts, 1)[:, np.newaxis]
    return np.where(counts[:, np.newaxis] > 0, mean, values)


@dataclass
class Goalposts:
    """Reference and width of each domain, (domain,), fixed at the end of the burn-in from present law."""

    reference: Numbers
    width: Numbers


def goalposts(domains: Numbers) -> Goalposts:
    """Return goalposts from observed domains, (..., domain): the mean and the range, at least LEAST_RANGE."""
    flat = domains.reshape(-1, domains.shape[-1])
    width = flat.max(axis=0) - flat.min(axis=0)
    return Goalposts(flat.mean(axis=0), np.maximum(width, LEAST_RANGE))


def ampi(domains: Numbers, posts: Goalposts) -> Numbers:
    """Return the Adjusted Mazziotta-Pareto index, (place,): mean less dispersion times its coefficient.

    Each domain is put on a scale where the reference is 100 and the goalposts are 60 apart; a commune
    whose domains are unbalanced loses the product of standard deviation and coefficient of variation. The
    index ends at 0 and 200.
    """
    scaled = AMPI_BASE + AMPI_RANGE * (domains - posts.reference) / posts.width
    mean = scaled.sum(axis=1) / scaled.shape[1]
    deviation = scaled - mean[:, np.newaxis]
    # The penalty has no meaning for means near zero, where the index ends anyway.
    variance = (deviation * deviation).sum(axis=1) / scaled.shape[1]
    index = mean - variance / np.maximum(mean, 1.0)
    return np.asarray(np.minimum(np.maximum(index, AMPI_LOWEST), AMPI_HIGHEST))
