"""Measures of who holds what and of the year's money, read from the state and the books."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import ACCOUNT_LEVELS, CENTS_PER_EURO
from areavasta.holdings import AREA, COMMUNE, REGION, UNION
from areavasta.rules.sums import sum_by

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Structure:
    """Measures of who holds what, which change only when a function changes holder.

    `clarity` is the mean over functions of the sum of squared shares, (place,), `pool_clarity` the mean of
    that sum over whom a provider's function serves, (pool,), `functions_in_union` the number of
    functions that the commune's union holds for it, (place,) each; `forms` the part of communal functions,
    by share and commune, that each form manages.
    """

    clarity: Numbers
    pool_clarity: Numbers
    functions_in_union: NDArray[np.intp]
    forms: dict[str, float]


def measure_structure(model: "TerritorialModel") -> Structure:
    """Return the measures of who holds what."""
    shares, holdings = model.state.shares, model.state.holdings
    by_level = shares.sum(axis=0)[model.communal]
    district = model.catalogue.having("district")[model.communal]
    agency = model.catalogue.having("agency")[model.communal]
    parts = {
        "form_own": by_level[~district & ~agency, COMMUNE],
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
        forms={form: float(part.sum() / total) for form, part in parts.items()},
    )


def money_by_level(model: "TerritorialModel") -> dict[str, float]:
    """Return net money by level, EUR: what local levels have to spend, what State and residents pay."""
    ledger = model.ledger
    change = ledger.balance - ledger.opening
    # What suppliers are paid leaves the books for good: it was there to spend.
    change += ledger.paid_to(model.accounts.suppliers)
    by_level = sum_by(ledger.levels, change) / CENTS_PER_EURO
    money = dict(zip(ACCOUNT_LEVELS, by_level.tolist(), strict=True))
    return {**money, "state": -money["state"], "residents": -money["residents"]}
