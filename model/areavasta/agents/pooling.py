"""Solidarity between communes of a union or an area."""

from typing import TYPE_CHECKING

import numpy as np

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.rules.solidarity import contributions_and_receipts, pairs
from areavasta.rules.sums import sum_by
from areavasta.settings.law_programming import Pool

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


def pool_resources(model: "TerritorialModel") -> None:
    """Have communes with more resources for the services they pay for give a share to those with less.

    Need is what the standard of these services costs; communes outside unions are in no union's pool.
    """
    law, state = model.law.solidarity, model.state
    if law.share <= 0:
        return
    pool = state.union if law.ambit is Pool.union else model.territory.area.astype(np.intp)
    places = np.flatnonzero(pool >= 0)
    rows = model.rows.paid_by_commune
    need = sum_by(model.rows.place_of_paid, model.delivery.cost.take(rows), model.accounts.communes)
    money = model.ledger.balance[: model.accounts.communes] / CENTS_PER_EURO
    own = state.effort * state.capacity * state.population
    paid, received = contributions_and_receipts(
        money[places], need[places], own[places], pool[places], law.share
    )
    payers, payees, cents = pairs(paid, received, pool[places])
    model.ledger.post(
        Kind.solidarity, f"{law.ambit.value}_pool", places[payers], places[payees], cents,
        place=places[payers],
    )  # fmt: skip
