"""Measures of the year that has just closed, read from the state, the deliveries and the books."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import ACCOUNT_LEVELS, CENTS_PER_EURO, Kind
from areavasta.assignment import MONEY_LEVELS
from areavasta.rules.sums import sum_by

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]

SPENT_ON_SUPPLIERS = (Kind.delivery, Kind.transition)
"""Kinds by which money leaves the books for good."""


def communal_forms(
    model: "TerritorialModel",
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which communal functions are held alone, in districts, in the agency, (communal,) each."""
    district = model.catalogue.having("district")[model.communal]
    agency = model.catalogue.having("agency")[model.communal]
    return ~district & ~agency, district, agency


@dataclass(frozen=True)
class Measures:
    """Measures of a year by place: EUR by level that has the money, (place, 3): communal, area, region.

    `cost` of the standard service, `spent` on services; `slack` the part of cost that is slack, EUR, and
    `below_essential` the number of functions that citizens feel below the essential level, (place,).
    """

    communal: NDArray[np.bool_]
    cost: Numbers
    spent: Numbers
    slack: Numbers
    below_essential: Numbers


def measure(model: "TerritorialModel") -> Measures:
    """Return the measures of the year."""
    holdings, delivery, state = model.state.holdings, model.delivery, model.state
    slack = state.slack[holdings.pool_provider, holdings.pool_function]
    above = delivery.cost * (slack / (1.0 + slack))[holdings.pool]
    below = (state.felt < model.law.services.essential_level) & (state.need > 0)
    level = np.maximum(holdings.level - 1, 0)
    places = model.accounts.communes
    return Measures(
        communal=model.communal,
        cost=_by_place(holdings.place * MONEY_LEVELS + level, delivery.cost, places),
        spent=_by_place(holdings.place * MONEY_LEVELS + level, delivery.cost * delivery.level, places),
        slack=sum_by(holdings.place, above, places),
        below_essential=below.sum(axis=1).astype(float),
    )


def _by_place(index: NDArray[np.intp], values: Numbers, places: int) -> Numbers:
    return sum_by(index, values, places * MONEY_LEVELS).reshape(places, MONEY_LEVELS)


def clarity(model: "TerritorialModel") -> float:
    """Return 1 less overlap: the mean over functions and residents of the sum of squared shares."""
    squares = (model.state.shares**2).sum(axis=2).mean(axis=1)
    return float(np.average(squares, weights=model.state.population))


def misallocation(model: "TerritorialModel") -> float:
    """Return half the sum of distances between communes' shares of regional money and of need."""
    state = model.state
    received = model.received[Kind.regional_allocation].astype(float)
    need = state.population * state.need[:, model.national_state.in_fund].sum(axis=1)
    if received.sum() <= 0:
        return 0.0
    return float(0.5 * np.abs(received / received.sum() - need / need.sum()).sum())


def money_by_level(model: "TerritorialModel") -> dict[str, float]:
    """Return net money by level, EUR: what local levels have to spend, what State and residents pay."""
    ledger = model.ledger
    change = (ledger.balance - ledger.opening).astype(float)
    for flow in ledger.flows:
        if flow.kind in SPENT_ON_SUPPLIERS:
            change += sum_by(flow.payer, flow.cents, change.size)
    by_level = sum_by(ledger.levels, change) / CENTS_PER_EURO
    money = dict(zip(ACCOUNT_LEVELS, by_level.tolist(), strict=True))
    return {**money, "state": -money["state"], "residents": -money["residents"]}
