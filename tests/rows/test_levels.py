"""Rows of the design on who holds functions and on what the region does, and outcomes at an end of ranges.

Each outcome moves, on the real region, by at least its smallest relevant effect; off is off.
"""

from functools import cache

import numpy as np
import pytest

from areavasta import TerritorialModel
from experiments import compose
from tests.rows.test_codecision import relevant

YEARS = 12

FROZEN = "scenario.cooperation.rule=frozen"
KINDS = ("province", "metropolitan")
OVERLAPS = {
    "civil_protection": ("commune", "region"), "procurement": ("commune", "area"),
    "area_planning_environment": ("area", "region"), "provincial_roads": ("area", "region"),
    "school_network": ("area", "region"), "data_assistance": ("area", "region"),
}  # fmt: skip
"""Functions that two levels share in most areas under present law; the first of them holds it by name."""


@cache
def run(*changes: str, scenario: str = "status_quo", years: int = YEARS) -> TerritorialModel:
    return TerritorialModel(compose(f"scenarios={scenario}", *changes), seed=1).run_years(years)


def held(function: str, **shares: float) -> list[str]:
    """Return the settings that give a function to levels by shares, in all kinds of area."""
    keys = [f"scenario.functions.{function}.{kind}" for kind in KINDS]
    return [f"{key}.{level}={share}" for key in keys for level, share in shares.items()]


def overlap(first: float) -> list[str]:
    changes = [held(key, **{one: first, other: 1.0 - first}) for key, (one, other) in OVERLAPS.items()]
    return [change for each in changes for change in each]


def service_of_area_functions(model: TerritorialModel) -> float:
    """Return the service that citizens feel of functions that are areas' by name, percent of standard."""
    of_areas = np.array([function.home == "area" for function in model.catalogue.functions])
    need = model.state.need[:, of_areas] * model.state.population[:, np.newaxis]
    return 100.0 * float((model.state.felt[:, of_areas] * need).sum() / need.sum())


# --- Rows: precise definition of functions; management in the forms the law allows -------------------------


def test_one_holder_for_each_function_is_clearer_and_cheaper() -> None:
    shared, clear = run(FROZEN, *overlap(0.5)), run(FROZEN, *overlap(1.0))
    assert relevant("clarity", clear, shared) >= 1
    assert relevant("cost", clear, shared) <= -1
    assert relevant("slack", clear, shared) < 0


def test_what_communes_manage_jointly_costs_less() -> None:
    everybody = ("scenario.cooperation.exemption=false", "scenario.cooperation.mandatory_threshold=60000")
    own, joint = run(FROZEN), run("scenario.cooperation.rule=mandatory", *everybody)
    assert relevant("form_union", joint, own) >= 1
    assert relevant("form_own", joint, own) <= -1
    assert relevant("cost", joint, own) <= -1
    by_law = run(FROZEN, *held("general_administration", commune=0.0, union=1.0))
    assert relevant("form_union", by_law, own) >= 1
    assert relevant("cost_by_commune", by_law, own) <= -1


# --- Row: communal level, proximity services ---------------------------------------------------------------


def test_services_that_move_away_lose_proximity() -> None:
    """The same move to areas costs the least served more where distance matters than where it does not."""
    most = {"union_distance": 0.08, "area_distance": 0.15, "region_distance": 0.25, "distance_per_km": 0.0015}
    to_areas = [
        *held("local_transport", commune=0.0, area=1.0), *held("business_desk", commune=0.0, area=1.0),
        *held("taxes", commune=0.0, area=1.0),
        *held("planning_building", commune=0.0, area=1.0, region=0.0),
        *held("civil_protection", commune=0.0, area=1.0, region=0.0),
    ]  # fmt: skip
    lost = {}
    for part in (0.0, 1.0):
        distances = [f"parameters.service.{key}={part * value}" for key, value in most.items()]
        near, far = run(FROZEN, *distances), run(FROZEN, *distances, *to_areas)
        lost[part] = [-relevant(key, far, near) for key in ("service_small", "service_lowest_fifth")]
    assert lost[1.0][0] - lost[0.0][0] >= 1
    assert lost[1.0][1] - lost[0.0][1] >= 1


# --- Row: province, area services and further functions recognised -----------------------------------------


REVIEW = ("scenario.review.period_years=3", "scenario.review.areas=all")


@pytest.mark.parametrize(
    ("changes", "scenario"), [((), "stronger_provinces"), (REVIEW, "status_quo")], ids=["by law", "by review"]
)
def test_provinces_with_functions_recognised_serve_them_better(
    changes: tuple[str, ...], scenario: str
) -> None:
    after, before = run(*changes, scenario=scenario), run()
    assert relevant("area_spending", after, before) >= 1
    assert service_of_area_functions(after) - service_of_area_functions(before) >= 1.0


# --- Rows: participation and the metropolitan seat, where they can matter most ------------------------------


def test_participation_brings_funds_nearer_to_need() -> None:
    rules = (
        "scenario.allocation.region.rules.historical=0", "scenario.allocation.region.rules.standard_needs=1",
        "parameters.knowledge.need_error=0.25", "parameters.knowledge.participation_gain=0.1",
    )  # fmt: skip
    none, full = (run(*rules, f"scenario.knowledge.participation={level}") for level in (0, 1))
    assert relevant("misallocation", full, none) <= -1


def test_the_metropolitan_seat_raises_wellbeing_inside_and_not_outside() -> None:
    rules = (
        "scenario.allocation.region.rules.historical=0", "scenario.allocation.region.rules.equalisation=1",
        "scenario.allocation.region.per_head=80", "scenario.financing=new_money",
        "parameters.wellbeing.ampi_response=3.0",
    )  # fmt: skip
    none, full = run(*rules), run(*rules, "scenario.metropolitan.seat_weight=1.0")
    inside = none.territory.area_metropolitan[none.territory.area].astype(bool)
    gain, people = full.state.ampi - none.state.ampi, none.state.population
    assert np.average(gain[inside], weights=people[inside]) >= 0.3
    assert -0.3 < np.average(gain[~inside], weights=people[~inside]) < 0


# --- Row: region, impulse, support, facilitation, funds ----------------------------------------------------


def test_facilitation_lowers_friction_and_cost() -> None:
    none, full = (run(f"scenario.facilitation.level={level}") for level in (0.0, 0.6))
    assert relevant("coordination_cost", full, none) <= -1
    assert relevant("communes_in_unions", full, none) >= 1
    assert relevant("cost", full, none) <= -1


def test_incentives_are_taken_up_and_lower_the_cost_of_small_communes() -> None:
    # Reorganisation costs first and saves later.
    none = run("scenario.incentives.amount_per_head=0.0", years=20)
    much = run("scenario.incentives.amount_per_head=20.0", "scenario.financing=new_money", years=20)
    assert relevant("communes_in_unions", much, none) >= 1
    assert relevant("cost_by_commune", much, none) <= -1


NEEDS = ("scenario.allocation.region.rules.historical=0", "scenario.allocation.region.rules.standard_needs=1")


def test_the_rule_of_the_region_s_envelope_brings_funds_nearer_to_need() -> None:
    assert relevant("misallocation", run(*NEEDS), run()) <= -1


@pytest.mark.parametrize(
    ("off", "changes"),
    [
        (("scenario.incentives.amount_per_head=0.0",), ("scenario.incentives.by_functions=1.0",)),
        (("scenario.review.period_years=0",), ("scenario.review.threshold=0.0", "scenario.review.areas=all")),
        # Levels that meet bargain over the rule even where there is nothing to share.
        (("scenario.allocation.region.per_head=0.0", "scenario.codecision.rule=none"), NEEDS),
    ],
    ids=["incentives", "review", "envelope"],
)
def test_off_is_off(off: tuple[str, ...], changes: tuple[str, ...]) -> None:
    plain, other = run(*off), run(*off, *changes)
    np.testing.assert_array_equal(plain.ledger.balance, other.ledger.balance)
    np.testing.assert_array_equal(plain.state.ampi, other.state.ampi)
