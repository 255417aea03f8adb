"""Areas coordinate communal functions of area interest: their envelope is money for these."""

from typing import TYPE_CHECKING

import numpy as np

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.rules.apportionment import Numbers, whole_cents
from areavasta.rules.earmarking import ratios_to_plan
from areavasta.rules.sums import sum_by

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


def spend_earmarked_money(model: "TerritorialModel", left: Numbers) -> None:
    """Give coordinated functions first what the area pays for them beyond the first year; all share the rest.

    What the area gave then is part of the services that people are used to. What it gives less, these
    functions lose. `left` is what communes have for services, EUR, (place,).
    """
    earmark = model.law.allocation.area.earmark
    received = model.received[Kind.area_allocation] / CENTS_PER_EURO
    if model.first_year:
        model.state.programmes.envelope = received
    if model.first_year or earmark <= 0:
        return
    change = received - model.state.programmes.envelope
    delivery, rows, place = model.delivery, model.rows.paid_by_commune, model.rows.place_of_paid
    coordinated = model.programmable.is_coordinated[model.state.holdings.function[rows]]
    there_rows, there_place = rows[coordinated], place[coordinated]
    planned_there = sum_by(there_place, delivery.plan[there_rows], left.size)
    earmarked = np.where(planned_there > 0, earmark * change, 0.0)
    there, others = ratios_to_plan(
        left, earmarked, model.planned, planned_there, model.parameters.service.most_use
    )
    ratio = np.where(coordinated, there[place], others[place])
    delivery.budget[rows] = whole_cents(delivery.plan[rows] * ratio)
