"""Money goes where its name says, and help that nobody pays for helps nobody."""

import numpy as np
import pytest

from areavasta import TerritorialModel
from areavasta.accounts import Kind
from experiments import compose

WASTE_TO_AREAS = tuple(
    f"scenario.functions.waste.{kind}.{level}={share}"
    for kind in ("province", "metropolitan")
    for level, share in (("commune", 0.0), ("area", 1.0))
)


def run(*arguments: str, years: int = 5) -> TerritorialModel:
    return TerritorialModel(compose(*arguments), seed=1, replicate=1).run_years(years)


def test_the_tariff_pays_for_waste_alone_also_where_areas_are_short_of_money() -> None:
    model = run("scenarios=status_quo", *WASTE_TO_AREAS, "scenario.taxation.area_revenue_ratio=0.5")
    waste = model.catalogue.index["waste"]
    year = model.ledger.closed_year
    assert year is not None
    tariff = sum(int(flow.total) for flow in year.flows if flow.kind is Kind.waste_tariff)
    spent = sum(
        int(flow.cents[flow.column("function") == waste].sum())
        for flow in year.flows
        if flow.kind in (Kind.delivery, Kind.transition)
    )
    assert spent == pytest.approx(tariff, rel=1e-6)
    held = model.state.holdings.function == waste
    others = (model.state.holdings.level == 2) & ~held
    assert model.delivery.level[held].mean() > 0.95
    assert model.delivery.level[others].mean() < 0.7


@pytest.mark.parametrize("ceiling", [0.0, 0.002])
def test_a_ceiling_of_tax_effort_below_its_floor_is_what_councils_choose(ceiling: float) -> None:
    model = run(
        "scenarios=status_quo", f"scenario.taxation.surtax_ceiling={ceiling}",
        "scenario.equalisation.cut_per_head=400",
    )  # fmt: skip
    assert model.state.effort_ceiling < model.law.taxation.effort_floor
    assert np.allclose(model.state.effort, model.state.effort_ceiling)


def test_facilitation_that_the_budget_does_not_reach_eases_no_agreement() -> None:
    told = []
    for level in (0.0, 0.6):
        model = run(
            "scenarios=status_quo", "scenario.incentives.amount_per_head=60",
            f"scenario.facilitation.level={level}", years=8,
        )  # fmt: skip
        assert model.region.supported == 0.0
        told.append(model.state.cooperation.lead)
    assert np.array_equal(told[0], told[1])
