import copy
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from areavasta.settings import (
    AREA_KINDS,
    LEVELS,
    CodecisionRule,
    Financing,
    NeedBasis,
    ResourceRule,
    Reviewers,
    Settings,
    TerritoryChoice,
)
from areavasta.settings.law_review import Review
from areavasta.synthetic import generate_territory
from areavasta.territory import Territory
from experiments import compose
from tests.twin.comparison import differences
from tests.twin.thinning import thinned

SHIPPED = (
    "status_quo",
    "stronger_provinces",
    "regional_centralism",
    "needs_based_fund",
    "fund_cut",
    "strong_codecision",
    "metropolitan_leap",
)
MOVING = ("stronger_provinces", "regional_centralism")
RULES = (
    "historical", "per_capita", "standard_needs", "equalisation", "bes_gap", "performance", "union_incentive",
)  # fmt: skip
TAKEN = (
    "planning_building", "procurement", "ict", "area_planning_environment", "provincial_roads",
    "single_procurement",
)  # fmt: skip

Change = Callable[[Settings], None]


@lru_cache
def shipped(scenario: str) -> Settings:
    return compose(f"scenarios={scenario}")


def case(scenario: str = "status_quo", communes: int = 40, seed: int = 1) -> Settings:
    settings = copy.deepcopy(shipped(scenario))
    settings.territory = TerritoryChoice(synthetic_communes=communes, synthetic_seed=seed)
    return settings


def named(scenario: str, territory: str) -> Settings:
    settings = copy.deepcopy(shipped(scenario))
    settings.territory = TerritoryChoice(name=territory)
    return settings


def weigh(settings: Settings, **weights: float) -> None:
    for envelope in (settings.scenario.allocation.region, settings.scenario.allocation.area):
        for rule in RULES:
            setattr(envelope.rules, rule, weights.get(rule, 0.0))


def moved(*keys: str, **shares: float) -> dict[str, Any]:
    """Return a dated change that gives functions to levels."""
    row = {level: shares.get(level, 0.0) for level in LEVELS}
    return {"functions": {key: dict.fromkeys(AREA_KINDS, row) for key in keys}}


def handed_back(settings: Settings, *keys: str) -> dict[str, Any]:
    """Return a dated change that gives functions back to those who hold them under present law."""
    table = settings.present_law.functions
    return {
        "functions": {
            key: {
                kind: {level: getattr(getattr(table[key], kind), level) for level in LEVELS}
                for kind in AREA_KINDS
            }
            for key in keys
        }
    }


# --- Territories ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", SHIPPED)
def test_toy(scenario: str) -> None:
    assert differences(named(scenario, "toy")) == []


@pytest.mark.parametrize("scenario", ["status_quo", *MOVING])
@pytest.mark.parametrize(("communes", "seed"), [(1, 1), (7, 3), (40, 2), (120, 5)])
def test_synthetic(scenario: str, communes: int, seed: int) -> None:
    assert differences(case(scenario, communes, seed), years=4) == []


@given(
    communes=st.integers(1, 25), seed=st.integers(0, 1000), draw=st.integers(0, 50),
    replicate=st.integers(0, 20), scenario=st.sampled_from(SHIPPED),
)  # fmt: skip
@tries(max_examples=20, deadline=None, derandomize=True, database=None)
def test_any_small_territory(communes: int, seed: int, draw: int, replicate: int, scenario: str) -> None:
    assert differences(case(scenario, communes, seed), years=3, draw=draw, replicate=replicate) == []


@pytest.mark.parametrize("scenario", thinned(SHIPPED, every=5))
def test_emilia_romagna(scenario: str) -> None:
    assert differences(named(scenario, "emilia_romagna")) == []


@pytest.mark.parametrize(("draw", "replicate"), [(0, 0), (1, 0), (7, 3)])
def test_draws_and_replicates(draw: int, replicate: int) -> None:
    assert differences(case("stronger_provinces"), draw=draw, replicate=replicate) == []


@pytest.mark.long
def test_long_run() -> None:
    assert differences(named("stronger_provinces", "emilia_romagna"), years=20) == []


# --- Rules ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_allocation_rule(rule: str) -> None:
    settings = case()
    weigh(settings, **{rule: 1.0})
    assert differences(settings) == []


def test_mixed_allocation_rules() -> None:
    settings = case()
    weigh(settings, historical=0.4, equalisation=0.3, bes_gap=0.2, union_incentive=0.1)
    assert differences(settings) == []


@pytest.mark.parametrize("scenario", MOVING)
@pytest.mark.parametrize("rule", list(ResourceRule))
def test_resource_rule(rule: ResourceRule, scenario: str) -> None:
    settings = case(scenario)
    settings.scenario.resources.rule = rule
    settings.scenario.resources.phase_years = 3
    assert differences(settings) == []


@pytest.mark.parametrize("financing", list(Financing))
def test_doubled_incentives(financing: Financing) -> None:
    settings = case()
    settings.scenario.financing = financing
    settings.scenario.incentives.amount_per_head *= 2
    assert differences(settings) == []


def test_need_of_all_functions() -> None:
    settings = case("stronger_provinces")
    settings.scenario.equalisation.need_basis = NeedBasis.all_functions
    assert differences(settings) == []


def test_highest_surtax_of_a_reform() -> None:
    settings = case()
    settings.scenario.taxation.surtax_ceiling = 0.02
    settings.scenario.equalisation.cut_per_head = 100.0
    assert differences(settings) == []


def test_shocks() -> None:
    settings = case("stronger_provinces")
    settings.scenario.context.price_growth = 0.05
    settings.scenario.context.tax_base_growth = -0.1
    settings.scenario.context.ageing = 3.0
    settings.scenario.equalisation.cut_per_head = 300.0
    assert differences(settings) == []


@pytest.mark.parametrize("scenario", ["needs_based_fund", "stronger_provinces"])
@pytest.mark.parametrize("rule", list(CodecisionRule))
def test_codecision(rule: CodecisionRule, scenario: str) -> None:
    settings = case(scenario)
    settings.scenario.codecision.rule = rule
    settings.scenario.metropolitan.seat_weight = 0.4
    assert differences(settings) == []


@pytest.mark.parametrize("rule", list(CodecisionRule))
def test_review_of_functions(rule: CodecisionRule) -> None:
    settings = case("regional_centralism", communes=60)
    settings.scenario.codecision.rule = rule
    settings.scenario.codecision.longest_delay = 1
    settings.scenario.review = Review(period_years=1, threshold=0.0, areas=Reviewers.all)
    settings.scenario.changes = {2031: handed_back(settings, *TAKEN)}
    assert differences(settings, years=9) == []


# --- Envelopes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("per_head", [700.0, 3000.0, 40000.0])
def test_caps_that_bind(per_head: float) -> None:
    settings = case()
    settings.present_law.allocation.region.per_head = per_head
    settings.scenario.allocation.region.per_head = per_head
    weigh(settings, per_capita=0.5, standard_needs=0.5)
    assert differences(settings) == []


@pytest.mark.parametrize("per_head", [300.0, 600.0, 900.0, 1200.0])
def test_caps_where_one_rule_has_no_takers(per_head: float) -> None:
    settings = case(communes=1)
    settings.scenario.financing = Financing.new_money
    settings.scenario.allocation.region.per_head = per_head
    weigh(settings, per_capita=0.5, union_incentive=0.5)
    assert differences(settings) == []


def test_envelopes_that_stop_and_start_again() -> None:
    settings = case()
    allocation = settings.scenario.allocation
    allocation.region.per_head = allocation.area.per_head = 0.0
    again = {"historical": 1.0, "standard_needs": 0.0}
    settings.scenario.changes = {
        2029: {"allocation": {"region": {"per_head": 42.0}, "area": {"per_head": 8.0, "rules": again}}}
    }
    assert differences(settings) == []


# --- Functions that move more than once -------------------------------------------------------------------


@pytest.mark.parametrize("keys", [("ict",), TAKEN])
def test_hand_back(keys: tuple[str, ...]) -> None:
    settings = case("stronger_provinces")
    settings.scenario.changes = {2030: handed_back(settings, *keys)}
    assert differences(settings) == []


def test_taken_handed_back_and_taken_again() -> None:
    settings = case("stronger_provinces")
    again = moved("planning_building", "procurement", "ict", area=1.0)
    settings.scenario.changes = {2029: handed_back(settings, *TAKEN), 2030: again}
    assert differences(settings) == []


@pytest.mark.parametrize("rule", list(ResourceRule))
def test_taken_by_areas_and_passed_on_to_the_region(rule: ResourceRule) -> None:
    settings = case("stronger_provinces")
    settings.scenario.resources.rule = rule
    settings.scenario.changes = {2030: moved("procurement", region=1.0)}
    assert differences(settings) == []


def test_function_given_to_unions() -> None:
    settings = case()
    settings.scenario.changes = {2028: moved("registry", "taxes", union=1.0)}
    assert differences(settings) == []


# --- Neighbours -------------------------------------------------------------------------------------------


def with_islands(territory: Territory, *islands: int) -> Territory:
    """Return the territory with some communes that touch no other."""
    around: list[list[int]] = []
    for place in range(len(territory.codes)):
        first, last = territory.neighbour_start[place : place + 2].tolist()
        near = territory.neighbour_index[first:last].tolist()
        around.append([k for k in near if place not in islands and k not in islands])
    return replace(
        territory,
        neighbour_start=np.cumsum([0, *map(len, around)]).astype(np.int32),
        neighbour_index=np.array([k for near in around for k in near], dtype=np.int32),
    )


@pytest.mark.parametrize("islands", [(0,), (0, 5), (39,), (12, 38, 39), tuple(range(40))])
def test_communes_without_neighbours(islands: tuple[int, ...]) -> None:
    territory = with_islands(generate_territory(40, 1), *islands)
    assert differences(case(), territory=territory) == []
