"""Measures of joint work: entries, exits, unions, functions given, what members save, agreements."""

from typing import TYPE_CHECKING

import numpy as np

from areavasta.agents.knowing import kept_by
from areavasta.services import unit_cost

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


def cooperation_values(model: "TerritorialModel") -> dict[str, float]:
    """Return the indicators of cooperation, raw values by key."""
    state, cooperation = model.state, model.state.cooperation
    member = state.union >= 0
    members = np.count_nonzero(member)
    return {
        "joins": float(cooperation.joins),
        "exits": float(cooperation.exits),
        "unions": float(np.count_nonzero(model.reckoning.size()[1])),
        "functions_delegated": float(model.structure.functions_in_union[member].sum() / max(members, 1)),
        "member_saving": member_saving(model),
        "communal_agreements": float(model.structure.agreements),
    }


def member_saving(model: "TerritorialModel") -> float:
    """Return what members of unions save on what they gave them, EUR a head of their residents.

    Cost of the standard service alone, at the slack that each would tend to with this year's assistance and
    monitoring, less cost in the union this year.
    """
    state, rows = model.state, model.rows.union
    if rows.size == 0:
        return 0.0
    place, function, cell = (
        column.take(rows) for column in (state.holdings.place, state.holdings.function, state.holdings.cell)
    )
    own = state.cooperation.own_provider.take(cell)
    slack = state.slack_start.take(own) * kept_by(model, own, 1.0 - state.holdings.overlap.take(rows))
    residents = state.population.take(place)
    scale = unit_cost(
        residents, model.cost_profile.elasticity.take(function, axis=1), model.cost_profile.floor
    )
    efficient = residents * (state.base.take(cell) * state.price)
    alone = efficient * model.cost_rows.fixed.take(rows) * scale * (1.0 + slack)
    of_unions = state.population[state.union >= 0].sum()
    return float((alone.sum() - model.delivery.cost.take(rows).sum()) / of_unions)
