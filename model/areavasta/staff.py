"""Staff: the full-time equivalents that services take; they are where their function is."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.assignment import SHARE_DIGITS
from areavasta.rules.sums import sum_by

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]


def staff_by_row(model: "TerritorialModel") -> Numbers:
    """Return the staff that the standard service of each holding takes, full-time equivalents, (row,).

    Its cost, times the personnel share of the function, over the cost of one of them. Both rise with
    prices, so that these do not matter.
    """
    at_first_prices = model.delivery.cost / model.state.price
    paid_to_staff = model.catalogue.numbers("personnel_share").take(model.state.holdings.function)
    return np.asarray(at_first_prices * paid_to_staff / model.parameters.staff.unit_cost)


def staff_by_provider(model: "TerritorialModel", staff: Numbers) -> Numbers:
    """Return the staff of each provider, (provider,), from that of holdings, (row,)."""
    return sum_by(model.state.holdings.provider, staff, model.providers.count)


def staff_values(model: "TerritorialModel", staff: Numbers) -> dict[str, float]:
    """Return the indicators of staff, raw values by key, from that of holdings, (row,).

    Districts are associations of communes and count with them.
    """
    providers, by_provider = model.providers, staff_by_provider(model, staff)
    communes = by_provider[: providers.communes].sum() + by_provider[providers.district :].sum()
    return {
        "staff": float(staff.sum()),
        "staff_commune": float(communes),
        "staff_union": float(by_provider[providers.communes : providers.area].sum()),
        "staff_area": float(by_provider[providers.area : providers.agency].sum()),
        "staff_agency": float(by_provider[providers.agency]),
        "staff_region": float(by_provider[providers.region]),
        "staff_moved": float(_moved(model, staff)),
    }


def _moved(model: "TerritorialModel", staff: Numbers) -> float:
    """Return the staff who work at another level of government than at the start."""
    holdings, origin = model.state.holdings, model.state.origin
    gained = holdings.share - origin.take(holdings.code)
    moved = (gained >= 10.0**-SHARE_DIGITS).nonzero()[0]
    return float((staff.take(moved) * gained.take(moved) / holdings.share.take(moved)).sum())
