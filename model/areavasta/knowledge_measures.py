"""Measures of knowledge and accountability, from what was done and what is known."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


def knowledge_values(model: "TerritorialModel") -> dict[str, float]:
    """Return the indicators of the work on knowledge, raw values by key."""
    known = model.state.knowledge
    return {
        "monitoring": known.activity.monitoring,
        "facilitation": known.activity.facilitation,
        "knowledge_cost": known.activity.cost / model.state.population.sum(),
        "misallocation_information": known.information_error,
        "misallocation_rule": known.rule_distance,
    }
