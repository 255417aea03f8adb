"""Rules by which a level shares its envelope among communes.

Each rule reads what the payer observes of the places and returns their weights (at least zero, any scale).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from areavasta.rules.apportionment import Numbers

NEED_COVERED = 0.8
"""Part of need that the equalisation rule sets against own capacity. Range 0.5 to 1; assumption."""

LEAST_OF_CAPACITY = 0.1
"""Least weight in the equalisation rule, as part of own capacity. Range 0 to 0.3; assumption."""

GAP_STRENGTH = 0.5
"""Change of weight for one standard deviation of wellbeing or performance. Range 0 to 1; assumption."""

GAP_BOUNDS = (0.5, 2.0)
"""Bounds of that change: a rule on gaps without bounds gives a few places several times their cost."""


@dataclass(frozen=True)
class Observed:
    """What a payer knows of each place, shape (place,).

    `population` residents; `need` and `capacity` EUR a head; `history` EUR, mean receipts from this payer
    over three years; `wellbeing` AMPI; `performance` felt service over spending per need; `delegated`
    number of functions given to a union, zero outside unions.
    """

    population: Numbers
    need: Numbers
    capacity: Numbers
    history: Numbers
    wellbeing: Numbers
    performance: Numbers
    delegated: Numbers


AllocationRule = Callable[[Observed], Numbers]


def historical(places: Observed) -> Numbers:
    """Share as in the last three years."""
    return places.history


def per_capita(places: Observed) -> Numbers:
    """Share by residents."""
    return places.population


def standard_needs(places: Observed) -> Numbers:
    """Share by standard need."""
    return places.population * places.need


def equalisation(places: Observed) -> Numbers:
    """Share by need that own capacity does not cover."""
    gap = NEED_COVERED * places.need - places.capacity
    return places.population * np.maximum(gap, LEAST_OF_CAPACITY * places.capacity)


def bes_gap(places: Observed) -> Numbers:
    """Share by need, more where wellbeing is below the mean."""
    factor = 1.0 - GAP_STRENGTH * standardised(places.wellbeing)
    return places.population * places.need * bounded(factor)


def performance(places: Observed) -> Numbers:
    """Share by need, more where a euro gives more service."""
    factor = 1.0 + GAP_STRENGTH * standardised(places.performance)
    return places.population * places.need * bounded(factor)


def union_incentive(places: Observed) -> Numbers:
    """Share among members of unions, by residents and functions delegated."""
    return places.population * places.delegated


RULES: dict[str, AllocationRule] = {
    "historical": historical,
    "per_capita": per_capita,
    "standard_needs": standard_needs,
    "equalisation": equalisation,
    "bes_gap": bes_gap,
    "performance": performance,
    "union_incentive": union_incentive,
}

FROM_KNOWN_FIGURES = ("historical", "per_capita", "union_incentive")
"""Rules that read only what the payer knows for certain: neither need nor wellbeing."""


def standardised(values: Numbers) -> Numbers:
    """Return distances from the mean in standard deviations; zero where all values are equal."""
    mean = values.mean()
    deviation = values - mean
    spread = np.sqrt((deviation * deviation).mean())
    return deviation / spread if spread > 1e-12 * max(1.0, abs(mean)) else np.zeros_like(values)


def bounded(factor: Numbers) -> Numbers:
    """Return a change of weight within its bounds."""
    lowest, highest = GAP_BOUNDS
    return np.asarray(np.minimum(np.maximum(factor, lowest), highest))
