"""Rules by which the levels decide together: what each wants, and whether and where they meet.

The region brings options, its own proposal first, each a step further toward what the others want. Each rule
reads who gains how much by them and returns a verdict.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Numbers
from areavasta.rules.sums import sum_by

OPTIONS = 21
"""Options from the region's proposal to what the others want."""

GAIN_DIGITS = 12
"""Digits to which gains are compared."""

COMMUNES, PROVINCES, METROPOLITAN = range(3)
"""Levels beside the region, each a delegation when levels bargain."""

LEVELS = 3
"""Their number."""

VOTE_BANDS = np.array([3_000.0, 5_000.0, 10_000.0, 30_000.0, 100_000.0, 250_000.0, 500_000.0])
"""Residents at which the weight of a vote in an area changes (L. 56/2014 art. 1 c. 33)."""


@dataclass(frozen=True)
class Table:
    """What is on the table: gains over no agreement, shares of the envelope or of need.

    `gain` (option, party); `demand` (party,), the least gain that a party asks for; `region` (option,), the
    region's own gain; `residents` and `level` of each party, (party,); the thresholds of a majority.
    """

    gain: Numbers
    demand: Numbers
    region: Numbers
    residents: Numbers
    level: NDArray[np.intp]
    population_threshold: float
    number_threshold: float


@dataclass(frozen=True)
class Verdict:
    """Whether the levels agree, and on which option; -1 stands for none: what is in force partly stays."""

    option: int
    agreed: bool


CodecisionRule = Callable[[Table], Verdict]

FAILURE = Verdict(-1, False)


def none(table: Table) -> Verdict:  # noqa: ARG001
    """Let the region decide."""
    return Verdict(0, True)


def consultation(table: Table) -> Verdict:
    """Let the region decide after an opinion, which is good when the proposal harms no majority."""
    return Verdict(0, bool(_majority(table, np.round(table.gain[:1], GAIN_DIGITS) >= 0)[0]))


def weighted_majority(table: Table) -> Verdict:
    """Agree on the first option that a majority of residents and of seats accepts."""
    return _first(_majority(table, surplus(table) >= 0) & (np.round(table.region, GAIN_DIGITS) >= 0))


def unanimity(table: Table) -> Verdict:
    """Agree on the first option that everybody accepts."""
    return _first((surplus(table) >= 0).all(axis=1) & (np.round(table.region, GAIN_DIGITS) >= 0))


def nash_bargaining(table: Table) -> Verdict:
    """Agree where the product of the levels' gains is highest, each level with one delegation."""
    size = sum_by(table.level, table.residents, LEVELS)
    seated = size > 0
    weight = (table.level[:, np.newaxis] == np.flatnonzero(seated)) * table.residents[:, np.newaxis]
    by_level = (table.gain - table.demand) @ (weight / size[seated])
    gains = np.round(np.column_stack([by_level, table.region]), GAIN_DIGITS)
    possible = (gains > 0).all(axis=1)
    if not possible.any():
        return FAILURE
    product = np.round(np.log(np.where(gains > 0, gains, 1.0)).sum(axis=1), GAIN_DIGITS)
    return Verdict(int(np.argmax(np.where(possible, product, -np.inf))), True)


RULES: dict[str, CodecisionRule] = {
    "none": none,
    "consultation": consultation,
    "weighted_majority": weighted_majority,
    "unanimity": unanimity,
    "nash_bargaining": nash_bargaining,
}


def surplus(table: Table) -> Numbers:
    """Return gains beyond what each party asks for, (option, party)."""
    return np.round(table.gain - table.demand, GAIN_DIGITS)


def _majority(table: Table, accepts: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the options that reach both thresholds, (option,)."""
    residents = np.round(accepts @ table.residents / table.residents.sum(), GAIN_DIGITS)
    seats = np.round(accepts.mean(axis=1), GAIN_DIGITS)
    return np.asarray((residents >= table.population_threshold) & (seats >= table.number_threshold))


def _first(possible: NDArray[np.bool_]) -> Verdict:
    return Verdict(int(np.argmax(possible)), True) if possible.any() else FAILURE


def vote_weights(population: Numbers, area: NDArray[np.intp], areas: int) -> Numbers:
    """Return the weight of each commune's vote in its area: its band's residents, shared by the band."""
    bands = VOTE_BANDS.size + 1
    band = area * bands + np.searchsorted(VOTE_BANDS, population)
    residents = sum_by(band, population, areas * bands)
    number = sum_by(band, np.ones_like(population), areas * bands)
    return np.asarray((residents / np.maximum(number, 1.0))[band])


def advantages(
    shares: Numbers, need: Numbers, votes: Numbers, area: NDArray[np.intp], areas: int, institution: float
) -> Numbers:
    """Return what each party would get by each rule over its part of need, less one, (party, rule).

    `shares` (rule, place) and `need` (place,) are parts of the whole; `area` of `areas` is that of each
    place, `votes` weighs places in their area, both (place,). Parties are the communes of each area, then
    each area: the vote of its communes and the interest of the body. Bounded by one either way.
    """
    cell = (np.arange(len(shares))[:, np.newaxis] * areas + area).ravel()

    def by_area(values: Numbers) -> Numbers:
        return sum_by(cell, values.ravel(), len(shares) * areas).reshape(len(shares), areas)

    scale = np.where(need > 0, need, 1.0)
    own = np.minimum(np.maximum(shares / scale - 1.0, -1.0), 1.0)
    of_communes = by_area(own) / np.maximum(np.bincount(area, minlength=areas), 1)
    of_votes = by_area(own * votes) / np.maximum(sum_by(area, votes, areas), 1e-9)
    total = sum_by(area, need, areas)
    of_body = by_area(shares) / np.where(total > 0, total, 1.0) - 1.0
    of_body = np.minimum(np.maximum(of_body, -1.0), 1.0)
    of_areas = (1.0 - institution) * of_votes + institution * of_body
    return np.concatenate([of_communes.T, of_areas.T])


def ideal_weights(advantage: Numbers, solidarity: float, sharpness: float, by_need: Numbers) -> Numbers:
    """Return the weights that each party wants, (party, rule): more for a rule that favours it.

    Solidarity bounds them: that part goes to `by_need`, (rule,), the weights that follow need alone.
    """
    power = np.exp(sharpness * (advantage - advantage.max(axis=1, keepdims=True)))
    own = power / power.sum(axis=1, keepdims=True)
    return np.asarray((1.0 - solidarity) * own + solidarity * by_need)


def apart(first: Numbers, second: Numbers) -> Numbers:
    """Return half the sum of distances between weights, over the last axis: a share of the envelope."""
    return np.asarray(0.5 * np.abs(first - second).sum(axis=-1))
