"""Solidarity: who has more for what it needs pays who has less, and nobody changes place."""

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Cents, Numbers, apportion, whole_cents
from areavasta.rules.sums import sum_by

Index = NDArray[np.intp]

EURO_DIGITS = 6
"""Digits of an amount that count, so that rounding of doubles moves no money."""


def contributions_and_receipts(
    money: Numbers, need: Numbers, own: Numbers, pool: Index, share: float
) -> tuple[Cents, Cents]:
    """Return what each place pays into its pool and gets from it, in cents, (place,) each.

    `money`, `need` and `own` revenue in EUR; `pool` numbers the pools from zero. Every place's money over
    need goes toward the pool's by one part of the distance, at most `share`, and smaller where a place
    would pay more than its own revenue: so the order of places stays.
    """
    pools = int(pool.max()) + 1 if pool.size else 0
    total_need = sum_by(pool, need, pools)
    mean = sum_by(pool, money, pools) / np.where(total_need > 0, total_need, 1.0)
    distance = np.round(money - mean[pool] * need, EURO_DIGITS)
    above, below = np.maximum(distance, 0.0), np.maximum(-distance, 0.0)
    bound = np.where(above > 0, own / np.where(above > 0, above, 1.0), np.inf)
    part = np.full(pools, share)
    np.minimum.at(part, pool, bound)
    asked = (total_need > 0) & (sum_by(pool, below, pools) > 0)
    paid = np.where(asked[pool], whole_cents(part[pool] * above), 0)
    pots = sum_by(pool, paid, pools).astype(np.int64)
    return paid, apportion(pots, pool, below)


def pairs(paid: Cents, received: Cents, pool: Index) -> tuple[Index, Index, Cents]:
    """Return payers, payees and cents of the flows that settle all pools.

    Payers meet payees in the order of places, pool by pool: the first payer pays the first payee until
    one of the two is done. In every pool as much is paid as received.
    """
    order = np.argsort(pool, kind="stable")
    payers, payees = order[paid[order] > 0], order[received[order] > 0]
    paid_up_to, received_up_to = np.cumsum(paid[payers]), np.cumsum(received[payees])
    ends = np.sort(np.concatenate((np.zeros(1, dtype=np.int64), paid_up_to, received_up_to)))
    cents = ends[1:] - ends[:-1]
    paying = cents > 0
    ends, cents = ends[1:][paying], cents[paying]
    return (
        payers[np.searchsorted(paid_up_to, ends)],
        payees[np.searchsorted(received_up_to, ends)],
        cents,
    )
