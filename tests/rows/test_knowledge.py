"""Rows of the seed on knowledge, accountability and assistance: each moves its outcome, and off is off."""

import copy
from functools import cache

import numpy as np
import pytest

from areavasta import Settings, TerritorialModel
from areavasta.indicators import INDICATORS
from areavasta.settings import BASE_YEAR
from experiments import compose

YEARS = 12
SETTLED = BASE_YEAR + 3
"""From this year on what the reform of 2027 does is in the figures."""

NEEDS = ("scenario.allocation.region.rules.historical=0", "scenario.allocation.region.rules.standard_needs=1")
BES = (
    "scenario.allocation.region.rules.historical=0", "scenario.allocation.region.rules.bes_gap=1",
    "scenario.allocation.region.per_head=120", "scenario.financing=new_money",
)  # fmt: skip
ROWS: dict[str, tuple[str, tuple[str, ...], str, dict[str, int]]] = {
    # setting: (where, the law it matters under, activity, outcomes with their direction)
    "participation": ("knowledge", NEEDS, "participation", {"trust": 1, "information": 1}),
    "analysis": ("knowledge", NEEDS, "need_error", {"misallocation": -1, "misallocation_information": -1}),
    "information_system": ("knowledge", NEEDS, "information", {"misallocation": -1, "slack": -1}),
    "bes_update": ("knowledge", BES, "bes_error", {"lowest_fifth_gap": -1, "misallocation_information": -1}),
    "monitoring": ("accountability", (), "monitoring", {"slack": -1, "cost": -1}),
    "capacity": ("assistance", (), "assistance", {"cost_small": -1, "slack": -1}),
}


@cache
def means(*overrides: str) -> dict[str, float]:
    """Return indicators, in the unit shown, as means over the settled years."""
    model = TerritorialModel(compose("scenarios=status_quo", *overrides), seed=1).run_years(YEARS)
    table = model.observation.tables().indicators
    settled = table["year"].astype(int) >= SETTLED
    return {
        key: float(
            table["value"].astype(float)[settled & (table["indicator"] == key)].mean() * indicator.scale
        )
        for key, indicator in INDICATORS.items()
    }


@pytest.mark.parametrize("setting", sorted(ROWS))
def test_the_row_moves_its_outcome(setting: str) -> None:
    section, law, activity, outcomes = ROWS[setting]
    none, full = (means(f"scenario.{section}.{setting}={level}", *law) for level in (0, 1))
    assert abs(full[activity] - none[activity]) >= INDICATORS[activity].smallest_relevant_effect
    for key, direction in outcomes.items():
        moved = (full[key] - none[key]) * direction
        assert moved >= INDICATORS[key].smallest_relevant_effect, f"{key} moved by {moved}"


@pytest.mark.parametrize("setting", sorted(ROWS))
def test_the_row_costs_what_it_should(setting: str) -> None:
    section, law, _, _ = ROWS[setting]
    none, full = (means(f"scenario.{section}.{setting}={level}", *law) for level in (0, 1))
    # One euro a head at full intensity; residents of the first year pay for those of later ones.
    assert full["knowledge_cost"] - none["knowledge_cost"] == pytest.approx(1.0, abs=0.03)
    if not law:
        # Whoever pays, the State does not.
        assert full["money_state"] == pytest.approx(none["money_state"], abs=1e-4)


CONSTANTS = {
    "participation": {
        "knowledge": {"participation_gain": 0.1, "trust_gain": 0.03, "participation_cost": 2.0}
    },
    "analysis": {"knowledge": {"analysis_effect": 0.8, "analysis_cost": 2.0}},
    "information_system": {"knowledge": {"collection": 0.3, "information_system_cost": 2.0}},
    "bes_update": {"knowledge": {"bes_effect": 1.0, "bes_update_cost": 2.0}},
    "monitoring": {"accountability": {"monitoring_effect": 0.8, "monitoring_cost": 2.0}},
    "capacity": {"assistance": {"slack_effect": 0.8, "friction_effect": 0.3, "scale": 1.0, "cost": 2.0}},
}
"""Constants that only matter when the setting is above zero."""


def switched_off(setting: str) -> Settings:
    section, law, _, _ = ROWS[setting]
    settings = copy.deepcopy(compose("scenarios=status_quo", *law))
    for each in (settings.present_law, settings.scenario):
        setattr(getattr(each, section), setting, 0.0)
    return settings


@pytest.mark.parametrize("setting", sorted(ROWS))
def test_off_is_off(setting: str) -> None:
    """Where the setting is zero, what the mechanism would do or cost changes nothing; nothing is paid."""
    plain, other = switched_off(setting), switched_off(setting)
    for section, constants in CONSTANTS[setting].items():
        for name, value in constants.items():
            setattr(getattr(other.parameters, section), name, value)
    models = [TerritorialModel(each, seed=1).run_years(4) for each in (plain, other)]
    tables = [model.observation.tables() for model in models]
    np.testing.assert_array_equal(tables[0].indicators["value"], tables[1].indicators["value"])
    np.testing.assert_array_equal(models[0].ledger.balance, models[1].ledger.balance)
    rule = "assistance" if setting == "capacity" else setting
    assert rule not in set(tables[0].flows["rule"])


def test_without_error_the_observed_is_the_true() -> None:
    error_free = ("parameters.knowledge.need_error=0", *NEEDS)
    assert means(*error_free)["need_error"] == 0
    assert means(*error_free)["misallocation_information"] == pytest.approx(0.0, abs=1e-9)


def test_rules_that_read_neither_need_nor_wellbeing_do_not_err() -> None:
    assert means()["misallocation_information"] == pytest.approx(0.0, abs=1e-9)
    assert means()["need_error"] > 1


def test_small_communes_gain_most_from_assistance() -> None:
    model = TerritorialModel(compose("scenarios=status_quo"), seed=1).run_years(1)
    effect, population = model.state.knowledge.assistance_effect, model.state.population
    assert effect[population < 2_000].mean() > 1.3 * effect[population > 20_000].mean()


def test_monitoring_works_better_where_one_level_alone_answers() -> None:
    """Clear competences and monitoring do together what neither does alone."""
    clear = {
        monitoring: TerritorialModel(
            compose("scenarios=stronger_provinces", f"scenario.accountability.monitoring={monitoring}"),
            seed=1,
        ).run_years(YEARS)
        for monitoring in (0, 1)
    }
    region = clear[1].accounts.area
    areas = slice(region, region + clear[1].accounts.areas)
    planning = clear[1].catalogue.index["area_planning_environment"]
    kept = clear[1].state.slack[areas, planning] / clear[0].state.slack[areas, planning]
    plain = {
        monitoring: TerritorialModel(
            compose("scenarios=status_quo", f"scenario.accountability.monitoring={monitoring}"), seed=1
        ).run_years(YEARS)
        for monitoring in (0, 1)
    }
    kept_unclear = plain[1].state.slack[areas, planning] / plain[0].state.slack[areas, planning]
    assert (kept < kept_unclear - 0.05).all()


@pytest.mark.parametrize("draw", range(5))
def test_in_thirty_years_of_present_law_nothing_collapses_or_sticks(draw: int) -> None:
    model = TerritorialModel(compose("scenarios=status_quo"), seed=1, draw=draw).run_years(30)
    known, trust = model.state.knowledge, model.state.trust
    assert ((known.information > 0.1) & (known.information < 0.9)).all()
    assert ((trust > 0.02) & (trust < 0.98)).all()
    assert trust.std() > 0.03
    assert np.isfinite(known.bes_observed).all()
    assert (known.need_ratio > 0).all()
    assert (model.state.slack >= 0).all()
