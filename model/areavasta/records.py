"""Records: what is kept of each year for every commune, from which indicators and tables are made."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import Kind
from areavasta.holdings import MONEY_LEVELS
from areavasta.programme_measures import coordinated_service
from areavasta.rules.sums import sum_by

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Records:
    """Columns of one year, (place,) where nothing else is said; of several, (year, place).

    `cost` of the standard service and what was `spent` on services are EUR by level that has the money,
    (place, 3): communal, area, region; `slack` is the part of cost that is slack, EUR. `own_revenue`,
    `transfers`, `fund_need` are EUR a head, `regional_money` cents. `below_essential` counts the functions
    that citizens feel below the essential level; `coordinated` is the service of the functions that areas
    coordinate. `information`, `participation` and `assistance` are those of areas, (area,).
    """

    population: Numbers
    service: Numbers
    below_essential: Numbers
    coordinated: Numbers
    ampi: Numbers
    trust: Numbers
    effort: Numbers
    own_revenue: Numbers
    transfers: Numbers
    regional_money: Numbers
    cost: Numbers
    spent: Numbers
    slack: Numbers
    clarity: Numbers
    fund_need: Numbers
    need_ratio: Numbers
    bes_observed: Numbers
    information: Numbers
    participation: Numbers
    assistance: Numbers


def record_year(model: "TerritorialModel") -> Records:
    """Return the columns of the year that has just closed."""
    holdings, delivery, state = model.state.holdings, model.delivery, model.state
    places, known = model.accounts.communes, model.state.knowledge
    above = delivery.cost * (delivery.slack / (1.0 + delivery.slack)).take(holdings.pool)
    below = (state.felt < model.law.services.essential_level) & state.needed
    return Records(
        population=state.population,
        service=model.mean_service,
        below_essential=below.sum(axis=1).astype(float),
        coordinated=coordinated_service(model),
        ampi=state.ampi,
        trust=state.trust,
        effort=state.effort,
        own_revenue=state.effort * state.capacity,
        transfers=model.transfers / np.maximum(state.population, 1.0),
        regional_money=model.received[Kind.regional_allocation].astype(float),
        cost=by_place_and_level(holdings.money_cell, delivery.cost, places),
        spent=by_place_and_level(holdings.money_cell, delivery.spent, places),
        slack=model.rows.by_place(above),
        clarity=model.structure.clarity,
        fund_need=model.fund_need,
        need_ratio=known.need_ratio,
        bes_observed=known.bes_observed,
        information=known.information,
        participation=known.activity.participation,
        assistance=known.activity.assistance,
    )


def by_place_and_level(index: NDArray[np.intp], values: Numbers, places: int) -> Numbers:
    """Return row values summed by place and level that has the money, (place, 3), from their `money_cell`."""
    return sum_by(index, values, places * MONEY_LEVELS).reshape(places, MONEY_LEVELS)


def stack(years: Sequence[Records]) -> Records:
    """Return the columns of several years as one, with the year as first axis."""
    names = [item.name for item in fields(Records)]
    return Records(**{name: np.stack([getattr(year, name) for year in years]) for name in names})
