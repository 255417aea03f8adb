"""Areas coordinate communal functions of area interest: their envelope is money for these."""

from typing import TYPE_CHECKING

import numpy as np

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.rules.apportionment import Numbers
from areavasta.rules.earmarking import ratios_to_plan
from areavasta.rules.sums import sum_by

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


def ratios_of_budget(model: "TerritorialModel", left: Numbers) -> Numbers:
    """Return budget over plan of the functions that communes pay for, (row paid,).

    Coordinated functions first get what the area pays for them beyond the first year; all share the rest.
    What the area gave then is part of the services that people are used to. What it gives less, these
    functions lose. `left` is what communes have for services, EUR, (place,).
    """
    place, most_use = model.rows.place_of_paid, model.parameters.service.most_use
    earmark = model.law.allocation.area.earmark
    received = model.received[Kind.area_allocation] / CENTS_PER_EURO
    if model.first_year:
        model.state.programmes.envelope = received
    if model.first_year or earmark <= 0:
        return np.asarray(np.minimum(left / np.maximum(model.planned, 1e-9), most_use)[place])
    change = received - model.state.programmes.envelope
    coordinated = model.rows.coordinated
    rows, place_there = model.rows.paid_by_commune[coordinated], place[coordinated]
    planned_there = sum_by(place_there, model.delivery.plan[rows], left.size)
    earmarked = np.where(planned_there > 0, earmark * change, 0.0)
    there, others = ratios_to_plan(left, earmarked, model.planned, planned_there, most_use)
    ratio = others.take(place)
    ratio[coordinated] = there[place_there]
    return ratio
