"""Who signs a programme, when it is in force, and how plans carry it out."""

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Numbers
from areavasta.rules.sums import sum_by

UTILITY_DIGITS = 12
"""Digits to which utilities and shares are compared."""


def gain_of_signing(
    share: Numbers | float,
    benefit: Numbers,
    plan_cost: float,
    autonomy: Numbers,
    trust: Numbers,
    noise: Numbers,
) -> Numbers:
    """Return what a council thinks it gains by signing, EUR a head a year, (place,).

    `share` is the part of spending to be aligned; benefit, cost of planning and autonomy are those of
    aligning all; `trust` and `noise` are in EUR a head and do not depend on how much is aligned.
    """
    gain = share * (benefit - plan_cost - autonomy) + trust + noise
    return np.asarray(np.round(gain, UTILITY_DIGITS))


def transfers_that_buy(gain: Numbers, most: float) -> Numbers:
    """Return the least transfers that make up for a loss, up to `most`, EUR a head; zero to all others."""
    return np.where((gain <= 0) & (gain + most > 0), -gain, 0.0)


def transfers_between(
    gain: Numbers, population: Numbers, ambit: NDArray[np.intp], ambits: int, most: float
) -> Numbers:
    """Return what those who lose are paid, and those who gain pay (below zero), EUR a head, (place,).

    Who gains pays in proportion to its gain. Nobody is paid in an ambit that gains less than it owes.
    """
    paid = transfers_that_buy(gain, most)
    won = np.maximum(gain, 0.0)
    owed, there = sum_by(ambit, paid * population, ambits), sum_by(ambit, won * population, ambits)
    part = np.round(owed / np.maximum(there, 1e-9), UTILITY_DIGITS)
    part = np.where(part < 1, part, 0.0)[ambit]
    return np.where(part > 0, paid - part * won, 0.0)


def reaches_quorum(
    signs: NDArray[np.bool_], population: Numbers, ambit: NDArray[np.integer], ambits: int, quorum: float
) -> NDArray[np.bool_]:
    """Return in which areas, or unions, those who sign are enough, by number and by residents, (ambit,).

    Nothing is in force where nobody signs.
    """
    communes = sum_by(ambit, np.ones(ambit.size), ambits)
    number = sum_by(ambit, signs.astype(np.float64), ambits) / np.maximum(communes, 1.0)
    everybody = np.maximum(sum_by(ambit, population, ambits), 1.0)
    residents = sum_by(ambit, signs * population, ambits) / everybody
    enough = np.round(np.minimum(number, residents), UTILITY_DIGITS) >= quorum
    return np.asarray(enough & (number > 0))


def pace_of_plans(population: Numbers, union: NDArray[np.intp], delay: Numbers, half: float) -> Numbers:
    """Return the part of what is missing that plans carry out in a year, (place,).

    `delay` is in years, (place,). The part grows with the residents of who plans: the commune, or its union
    where it is a member.
    """
    size = population
    members = union >= 0
    if members.any():
        size = population.copy()
        size[members] = sum_by(union[members], population[members])[union[members]]
    return np.minimum(size / (size + half), 1.0 / delay)
