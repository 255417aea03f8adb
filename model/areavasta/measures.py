"""Measures of who holds what and of the year's money, read from the state and the books."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import ACCOUNT_LEVELS, CENTS_PER_EURO
from areavasta.holdings import AGENCY, AREA, COMMUNE, DISTRICT, REGION, UNION, Holdings
from areavasta.rules.sums import positions, sum_by

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Structure:
    """Measures of who holds what, which change only when a function changes holder; worked out when asked.

    They read the table of shares, (place, function, level), and its holdings; `communal` says which functions
    are communal, (function,), `forms_of_levels` in which form each level holds them, (function, level).
    """

    shares: Numbers
    holdings: Holdings
    communal: NDArray[np.bool_]
    forms_of_levels: NDArray[np.intp]

    @cached_property
    def clarity(self) -> Numbers:
        """Mean over functions of the sum of squared shares, (place,)."""
        return np.asarray(np.einsum("pfl,pfl->p", self.shares, self.shares) / self.shares.shape[1])

    @cached_property
    def pool_clarity(self) -> Numbers:
        """Mean of the sum of squared shares over whom a provider's function serves, (pool,)."""
        pool = self.holdings.pool
        return np.asarray(1.0 - sum_by(pool, self.holdings.overlap) / self.holdings.pool_members)

    @cached_property
    def in_union(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Place and function of what unions hold, in order, (held,) each."""
        place, function = np.divmod(positions(self.shares[:, :, UNION] > 0), self.shares.shape[1])
        return place, function

    @cached_property
    def functions_in_union(self) -> NDArray[np.intp]:
        """Number of functions that the commune's union holds for it, (place,)."""
        return np.bincount(self.in_union[0], minlength=self.shares.shape[0])

    @cached_property
    def functions_in_agreement(self) -> NDArray[np.intp]:
        """Number of functions that the commune manages by agreement, (place,)."""
        return np.bincount(self.holdings.place[self.holdings.agreed], minlength=self.shares.shape[0])

    @cached_property
    def agreements(self) -> int:
        """Number of agreements, each counted at the commune that leads it."""
        leads = self.holdings.agreed & (self.holdings.provider == self.holdings.place)
        return int(np.count_nonzero(leads))

    @cached_property
    def forms(self) -> dict[str, float]:
        """Part of communal functions, by share and commune, that each form manages."""
        by_level = self.shares.sum(axis=0)[self.communal]
        form = self.forms_of_levels[self.communal, COMMUNE]
        by_agreement = self.holdings.share[self.holdings.agreed].sum()
        parts = {
            "form_own": by_level[form == COMMUNE, COMMUNE].sum() - by_agreement,
            "form_agreement": by_agreement,
            "form_district": by_level[form == DISTRICT, COMMUNE],
            "form_agency": by_level[form == AGENCY, COMMUNE],
            "form_union": by_level[:, UNION],
            "form_area": by_level[:, AREA],
            "form_region": by_level[:, REGION],
        }
        total = by_level.sum()
        return {form: float(part.sum() / total) for form, part in parts.items()}


def measure_structure(model: "TerritorialModel") -> Structure:
    """Return the measures of who holds what."""
    state = model.state
    return Structure(state.shares, state.holdings, model.communal, model.forms)


def money_by_level(model: "TerritorialModel") -> dict[str, float]:
    """Return net money by level, EUR: what local levels have to spend, what State and residents pay."""
    ledger = model.ledger
    change = ledger.balance - ledger.opening
    # What suppliers are paid leaves the books for good: it was there to spend.
    change += ledger.paid_to(model.accounts.suppliers)
    by_level = sum_by(ledger.levels, change) / CENTS_PER_EURO
    money = dict(zip(ACCOUNT_LEVELS, by_level.tolist(), strict=True))
    return {**money, "state": -money["state"], "residents": -money["residents"]}
