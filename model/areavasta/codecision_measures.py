"""Measures of co-decision: whether levels agree, how far from the proposal, who gains by it."""

from typing import TYPE_CHECKING

from areavasta.rules.codecision import apart

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


def codecision_values(model: "TerritorialModel") -> dict[str, float]:
    """Return the indicators of co-decision, raw values by key; zeros where no conference met."""
    state, review = model.state.codecision, model.state.review
    return {
        "agreement": state.agreements / max(state.meetings, 1),
        "years_to_agreement": state.meetings / max(state.agreements, 1),
        "moves_waited": float(state.years_waited),
        "distance_from_proposal": float(apart(state.weights, state.proposal)),
        "functions_reviewed": float(review.taken.sum()),
        "review_gain": _review_gain(model),
    }


def _review_gain(model: "TerritorialModel") -> float:
    """Return what functions taken by review gain against their holders before, EUR a head of those areas."""
    taken = model.state.review.taken
    if not taken.any():
        return 0.0
    gain = model.reviews.realised().sum(axis=1)
    return float(gain @ model.area_residents / (taken.any(axis=1) @ model.area_residents))
