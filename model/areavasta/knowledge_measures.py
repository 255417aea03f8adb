"""Indicators of knowledge, accountability and assistance, from what was done and what is known."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.incentives import SMALL_COMMUNE

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]

LOWEST_PART = 5
"""The lowest communes by wellbeing are one in so many, at least one."""


def knowledge_values(model: "TerritorialModel", cost: Numbers) -> dict[str, float]:
    """Return the year's indicators, raw values by key; `cost` is that of each place, EUR."""
    state, known = model.state, model.state.knowledge
    done, area, people = known.activity, model.territory.area, model.state.population
    small = people < SMALL_COMMUNE
    if not small.any():
        small = np.ones_like(small)

    def mean(values: Numbers) -> float:
        return float((values * people).sum() / people.sum())

    lowest = np.argsort(state.ampi, kind="stable")[: max(people.size // LOWEST_PART, 1)]
    served = float(np.average(model.mean_service[lowest], weights=people[lowest]))
    return {
        "information": mean(known.information[area]),
        "participation": mean(done.participation[area]),
        "monitoring": done.monitoring,
        "facilitation": done.facilitation,
        "assistance": mean(done.assistance[area]),
        "knowledge_cost": done.cost / people.sum(),
        "need_error": mean(np.abs(known.need_ratio - 1.0)),
        "bes_error": mean(np.abs(known.bes_observed - state.ampi)),
        "misallocation_information": known.information_error,
        "misallocation_rule": known.rule_distance,
        "trust": mean(state.trust),
        "cost_small": float(cost[small].sum() / people[small].sum()),
        "lowest_fifth_gap": mean(model.mean_service) - served,
    }
