"""Measures of the year that has just closed, read from the state, the deliveries and the books."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import ACCOUNT_LEVELS, CENTS_PER_EURO, Kind
from areavasta.holdings import AREA, COMMUNE, MONEY_LEVELS, REGION, UNION
from areavasta.rules.sums import sum_by

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Structure:
    """Measures of who holds what, which change only when a function changes holder.

    `clarity` is the mean over functions of the sum of squared shares, (place,), `pool_clarity` the mean of
    that sum over whom a provider's function serves, (pool,), `functions_in_union` the number of
    functions that the commune's union holds for it, `functions_in_agreement` that of those it manages by
    agreement, (place,) each; `agreements` the number of agreements; `forms` the part of communal functions,
    by share and commune, that each form manages.
    """

    clarity: Numbers
    pool_clarity: Numbers
    functions_in_union: NDArray[np.intp]
    functions_in_agreement: NDArray[np.intp]
    agreements: int
    forms: dict[str, float]


def measure_structure(model: "TerritorialModel") -> Structure:
    """Return the measures of who holds what."""
    shares, holdings = model.state.shares, model.state.holdings
    by_level = shares.sum(axis=0)[model.communal]
    district = model.catalogue.having("district")[model.communal]
    agency = model.catalogue.having("agency")[model.communal]
    agreed = np.flatnonzero(holdings.agreed)
    by_agreement = holdings.share[agreed].sum()
    parts = {
        "form_own": by_level[~district & ~agency, COMMUNE].sum() - by_agreement,
        "form_agreement": by_agreement,
        "form_district": by_level[district, COMMUNE],
        "form_agency": by_level[agency, COMMUNE],
        "form_union": by_level[:, UNION],
        "form_area": by_level[:, AREA],
        "form_region": by_level[:, REGION],
    }
    total = by_level.sum()
    return Structure(
        clarity=np.einsum("pfl,pfl->p", shares, shares) / shares.shape[1],
        pool_clarity=1.0 - sum_by(holdings.pool, holdings.overlap) / np.bincount(holdings.pool),
        functions_in_union=np.count_nonzero(shares[:, :, UNION] > 0, axis=1),
        functions_in_agreement=np.bincount(holdings.place[agreed], minlength=shares.shape[0]),
        agreements=int(np.count_nonzero(holdings.provider[agreed] == holdings.place[agreed])),
        forms={form: float(part.sum() / total) for form, part in parts.items()},
    )


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
    above = delivery.cost * (delivery.slack / (1.0 + delivery.slack))[holdings.pool]
    below = (state.felt < model.law.services.essential_level) & (state.need > 0)
    places = model.accounts.communes
    return Measures(
        communal=model.communal,
        cost=_by_place(holdings.money_cell, delivery.cost, places),
        spent=_by_place(holdings.money_cell, delivery.cost * delivery.level, places),
        slack=sum_by(holdings.place, above, places),
        below_essential=below.sum(axis=1).astype(float),
    )


def _by_place(index: NDArray[np.intp], values: Numbers, places: int) -> Numbers:
    return sum_by(index, values, places * MONEY_LEVELS).reshape(places, MONEY_LEVELS)


def misallocation(model: "TerritorialModel") -> float:
    """Return half the sum of distances between communes' shares of regional money and of need."""
    state = model.state
    received = model.received[Kind.regional_allocation].astype(float)
    need = state.population * model.fund_need
    if received.sum() <= 0:
        return 0.0
    return float(0.5 * np.abs(received / received.sum() - need / need.sum()).sum())


def money_by_level(model: "TerritorialModel") -> dict[str, float]:
    """Return net money by level, EUR: what local levels have to spend, what State and residents pay."""
    ledger = model.ledger
    change = (ledger.balance - ledger.opening).astype(float)
    for flow in ledger.flows:
        # What suppliers are paid leaves the books for good: it was there to spend.
        if isinstance(flow.payee, int) and flow.payee == model.accounts.suppliers:
            change += sum_by(flow.column("payer"), flow.cents, change.size)
    by_level = sum_by(ledger.levels, change) / CENTS_PER_EURO
    money = dict(zip(ACCOUNT_LEVELS, by_level.tolist(), strict=True))
    return {**money, "state": -money["state"], "residents": -money["residents"]}
