"""Sharing of money in whole cents, to the last cent, and under caps."""

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.sums import positions, sum_by

Cents = NDArray[np.int64]
Numbers = NDArray[np.float64]

WEIGHT_STEPS = 1e12
"""Weights of a pot are whole numbers of such parts, so that the last digits of a double decide nothing."""

FRACTION_DIGITS = 6
"""Digits of a cent by which remainders are compared; below them two remainders are a tie."""

NO_REMAINDER = -(10**FRACTION_DIGITS)
"""Stands for the remainder, in such digits, of an entry that asks for nothing: below all others."""

NEARLY_WHOLE = 1e-6
"""Part of a cent below which an amount counts as the next whole one: rounding of doubles, not money."""


def whole_cents(euros: Numbers) -> Cents:
    """Return amounts in EUR as whole cents, rounded down."""
    cents = euros * 100.0
    cents += NEARLY_WHOLE
    return np.floor(cents, out=cents).astype(np.int64)


def apportion(pots: Cents, pot: NDArray[np.intp], weights: Numbers) -> Cents:
    """Share several pots at once, each to the last cent, by largest remainder.

    Entry k asks for part of pot `pot[k]` by `weights[k]` (at least zero); ties go to the earlier entry.
    A pot whose weights are all zero is not paid. Returns cents, the shape of `weights`.
    """
    if pots.size == 1:
        return share_out(int(pots[0]), weights)
    totals = sum_by(pot, weights, pots.size)
    paid = totals > 0
    steps = np.rint(weights / np.where(paid, totals, 1.0)[pot] * WEIGHT_STEPS)
    step_totals = sum_by(pot, steps, pots.size)
    quotas: Numbers = pots[pot] * (steps / np.where(paid, step_totals, 1.0)[pot])
    shares: Cents = np.floor(quotas + NEARLY_WHOLE).astype(np.int64)
    given = sum_by(pot, shares, pots.size).astype(np.int64)
    left = np.where(paid, pots - given, 0)
    shares[_largest(_remainders(quotas, shares, steps), pot, left)] += 1
    return shares


def share_out(pot: int, weights: Numbers) -> Cents:
    """Share one pot to the last cent, by largest remainder: as `apportion`, without looking for pots."""
    total = float(weights.cumsum()[-1]) if weights.size else 0.0
    if total <= 0:
        return np.zeros(weights.size, dtype=np.int64)
    steps = np.rint(weights / total * WEIGHT_STEPS)
    # Whole numbers below 2**53 add up to the same in any order.
    quotas: Numbers = pot * (steps / steps.sum())
    shares: Cents = np.floor(quotas + NEARLY_WHOLE).astype(np.int64)
    wanted = min(max(pot - int(shares.sum()), 0), weights.size)
    if wanted:
        number = _ranking(_remainders(quotas, shares, steps))
        shares[np.argpartition(number, wanted - 1)[:wanted]] += 1
    return shares


def _remainders(quotas: Numbers, shares: Cents, steps: Numbers) -> Cents:
    parts = np.rint((quotas - shares) * 10**FRACTION_DIGITS).astype(np.int64)
    return np.asarray(np.where(steps > 0, parts, NO_REMAINDER))


def _ranking(remainders: Cents) -> Cents:
    """Return a number for each entry, lowest for the largest remainder, that no two entries share.

    So the result does not hang on how they are sorted.
    """
    return np.asarray(np.arange(remainders.size) - remainders * remainders.size)


def of_entry(by_pot: NDArray[np.number], pot: NDArray[np.intp]) -> NDArray[np.number]:
    """Return for each entry the number of its pot; that of a single pot stands for all entries."""
    return by_pot if by_pot.size == 1 else np.asarray(by_pot[pot])


def _largest(remainders: Cents, pot: NDArray[np.intp], left: Cents) -> NDArray[np.intp]:
    """Return the entries with the `left[p]` largest remainders of each pot p, earlier ones first."""
    entries = pot.size
    order = np.argsort(_ranking(remainders) - pot * (3 * NO_REMAINDER * entries))
    first = np.concatenate(([0], np.cumsum(np.bincount(pot, minlength=left.size))))[pot[order]]
    return order[np.arange(entries) - first < left[pot[order]]]


def fill_under_caps(pot: float, weights: Numbers, caps: Numbers) -> Numbers:
    """Share a pot by weights so that nobody gets more than its cap; what a cap refuses goes to the others.

    Returns amounts, the shape of `weights`; they sum to the pot, or to what the caps leave room for.
    """
    # A weight below a step of apportionment is none: it could not receive a cent.
    open_to = weights * WEIGHT_STEPS > weights.sum()
    weights = np.where(open_to, weights, 0.0)
    if caps[open_to].sum() <= pot:
        return np.where(open_to, caps, 0.0)
    ratio = np.where(open_to, caps / np.where(open_to, weights, 1.0), np.inf)
    order = np.argsort(ratio, kind="stable")
    capped = np.concatenate(([0.0], np.cumsum(np.where(open_to, caps, 0.0)[order])[:-1]))
    weight_left = np.cumsum(weights[order][::-1])[::-1]
    water = (pot - capped) / np.where(weight_left > 0, weight_left, 1.0)
    level = water[positions(water <= ratio[order])[0]]
    return np.asarray(np.minimum(level * weights, np.where(open_to, caps, 0.0)))
