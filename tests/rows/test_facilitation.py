"""Facilitation by the region: it lowers coordination cost and entry friction, and it is paid for."""

import copy
from functools import cache

import numpy as np
import pytest

from areavasta import Settings, TerritorialModel
from areavasta.indicators import INDICATORS
from areavasta.synthetic import generate_territory
from experiments import compose

YEARS = 5


@cache
def run(*changes: str) -> TerritorialModel:
    frozen = ("scenarios=status_quo", "scenario.cooperation.rule=frozen")
    return TerritorialModel(compose(*frozen, *changes), seed=1).run_years(YEARS)


def at(level: float, *changes: str) -> TerritorialModel:
    return run(f"scenario.facilitation.level={level}", *changes)


def change(key: str, before: TerritorialModel, after: TerritorialModel) -> float:
    """Return the change of an indicator in the unit shown."""
    return (after.observation.latest(key) - before.observation.latest(key)) * INDICATORS[key].scale


def paid_for(model: TerritorialModel, column: str, word: str) -> int:
    """Return the cents of the last year's flows of a kind or rule."""
    flows = model.observation.tables().flows
    return int(flows["cents"][(flows["year"] == model.year) & (flows[column] == word)].sum())


def test_facilitation_lowers_the_cost_of_coordination() -> None:
    none, full = at(0), at(0.6)
    assert change("facilitation", none, full) == pytest.approx(60)
    assert (
        change("coordination_cost", none, full) <= -INDICATORS["coordination_cost"].smallest_relevant_effect
    )


def test_facilitation_is_paid_out_of_the_communes_envelope() -> None:
    before, full = at(0.2), at(0.6)
    # Two euros a head and unit of level; residents of the first year pay for those of later ones.
    assert change("knowledge_cost", before, full) == pytest.approx(0.8, abs=0.03)
    assert change("money_state", before, full) == pytest.approx(0.0, abs=1e-4)
    rise = paid_for(full, "rule", "facilitation") - paid_for(before, "rule", "facilitation")
    fall = paid_for(before, "kind", "regional_allocation") - paid_for(full, "kind", "regional_allocation")
    assert rise == pytest.approx(80 * before.first_residents, abs=2)
    assert fall == pytest.approx(rise, abs=2)


def test_a_region_without_money_facilitates_in_part() -> None:
    settings = copy.deepcopy(compose("scenarios=status_quo"))
    settings.scenario.facilitation.level = 0.6
    settings.scenario.incentives.amount_per_head = 46.5
    model = TerritorialModel(settings, seed=1, territory=generate_territory(40, 1)).run_years(2)
    # 46.91 EUR were granted, incentives take 46.5; monitoring and facilitation ask for 0.5 and 1.2.
    assert model.region.facilitation == pytest.approx(0.6 * (46.01 + 0.5 + 0.4 - 46.5) / 1.7)
    assert model.observation.latest("facilitation") == pytest.approx(model.region.facilitation)


def switched_off(cost: float) -> Settings:
    settings = copy.deepcopy(compose("scenarios=status_quo"))
    for law in (settings.present_law, settings.scenario):
        law.facilitation.level = 0.0
    settings.parameters.facilitation.cost = cost
    return settings


def test_off_is_off() -> None:
    models = [TerritorialModel(switched_off(cost), seed=1).run_years(3) for cost in (1.0, 4.0)]
    np.testing.assert_array_equal(models[0].ledger.balance, models[1].ledger.balance)
    assert "facilitation" not in set(models[1].observation.tables().flows["rule"])
