"""Measures of programmes, integration, solidarity and the functions that areas coordinate."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.agents.programming import covered_functions
from areavasta.rules.sums import sum_by

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]

DRAFTING_AND_PLANS = ("drafting", "plans", "union_drafting", "union_plans")
"""What programmes cost: rules of flows, those of areas first."""


def programme_values(model: "TerritorialModel") -> dict[str, float]:
    """Return the indicators of this part of the model, raw values by key."""
    residents = float(model.state.population.sum())
    return {
        **_alignment(model, residents),
        **_in_force(model),
        "agreements_signed": float(model.state.programmes.signed.mean()),
        "programme_cost": _paid(model, Kind.programme, DRAFTING_AND_PLANS) / residents,
        "solidarity_paid": _paid(model, Kind.solidarity, ("union_pool", "area_pool")) / residents,
    }


def _in_force(model: "TerritorialModel") -> dict[str, float]:
    """Return the number of programmes that communes signed, by drafter."""
    programmes = model.state.programmes
    areas = np.bincount(model.territory.area[programmes.of_areas.signed])
    unions = np.bincount(model.state.union[programmes.of_unions.signed])
    return {
        "area_programmes": float(np.count_nonzero(areas)), "union_programmes": float(np.count_nonzero(unions))
    }  # fmt: skip


def _paid(model: "TerritorialModel", kind: Kind, rules: tuple[str, ...]) -> float:
    flows = (flow for flow in model.ledger.flows if flow.kind is kind and flow.rule in rules)
    return sum(flow.total for flow in flows) / CENTS_PER_EURO


def _alignment(model: "TerritorialModel", residents: float) -> dict[str, float]:
    """Return spending in programmes, the part of it that plans carry out, and the integration index."""
    programmes, delivery, holdings = model.state.programmes, model.delivery, model.state.holdings
    if not (programmes.signed.any() or programmes.alignment.any()):
        return {"programme_spending": 0.0, "implemented": 0.0, "integration": 0.0}
    spent = sum_by(holdings.cell, delivery.spent, model.state.need.size).reshape(model.state.need.shape)
    covered = covered_functions(model.law, model.programmable)
    agreed = carried_out = aligned = 0.0
    for programme, functions in (
        (programmes.of_areas, model.programmable.admitted), (programmes.of_unions, model.in_fund)
    ):  # fmt: skip
        by_place = np.einsum("pf,f->p", spent, covered * functions)
        agreed += float((by_place * programme.share).sum())
        carried_out += float((by_place * programme.alignment)[programme.signed].sum())
        aligned += float((by_place * programme.alignment).sum())
    return {
        "programme_spending": agreed / residents,
        "implemented": min(1.0, carried_out / agreed) if agreed > 0 else 0.0,
        "integration": aligned / max(float(spent.sum()), 1e-9),
    }


def coordinated_service(model: "TerritorialModel") -> Numbers:
    """Return the service of the functions that areas coordinate, weighted by need, (place,)."""
    state = model.state
    functions = model.programmable.coordinated
    need = state.need[:, functions]
    level = (state.felt[:, functions] * need).sum(axis=1) / np.maximum(need.sum(axis=1), 1e-9)
    return np.asarray(level)
