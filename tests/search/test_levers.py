"""Levers: their values, what they set, how far they go, and what law refuses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areavasta.functions import load_catalogue
from areavasta.settings import check_settings
from experiments import compose
from experiments._config_files import ConfigurationError
from experiments.designs.points import settings_at
from experiments.search.levers import KEPT, HolderLever, NumberLever
from experiments.search.mixes import MixLever
from experiments.search.reading import point_of, read_levers, read_space

LAW = compose().scenario
RULES = "scenario.allocation.region.rules"


def test_numbers_are_round_and_the_base_stays_as_it_is() -> None:
    space = read_space({"scenario.incentives.amount_per_head": {"low": 0, "high": 16}}, LAW)
    (lever,) = space.levers
    assert lever.base == (4.01,)
    assert lever.values([3.97]) == (4.01,)
    assert lever.values([7.77777]) == (7.8,)
    assert lever.distance((12.01,)) == 0.5
    assert lever.nearer((12.0,), 0.5) == (8.0,)
    assert lever.nearer((12.0,), 0.25) == (10.0,)
    assert lever.nearer((4.2,), 0.5) == (4.1,)


def test_whole_numbers_and_choices() -> None:
    told = {"scenario.review.period_years": {"low": 0, "high": 6}, "scenario.codecision.rule": {}}
    space = read_space(told, LAW)
    assert space.base == (0, "consultation")
    point = (5, "unanimity")
    assert space.settings(point) == dict(zip(space.columns, point, strict=True))
    assert space.settings(space.base) == {}
    assert space.changed(point) == 2
    assert space.distance(point) == pytest.approx(5 / 6 + 1)


@given(st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3))
def test_any_raw_numbers_are_repaired_into_weights_that_law_admits(raw: list[float]) -> None:
    members = ("historical", "standard_needs", "bes_gap")
    (lever,) = read_space({RULES: list(members)}, LAW).levers
    values = lever.values(raw)
    assert sum(map(float, values)) == pytest.approx(1.0, abs=1e-12)
    assert all(float(value) * 20 == pytest.approx(round(float(value) * 20)) for value in values)
    weights = dict(zip(lever.columns, values, strict=True))
    assert all(weights[f"{RULES}.{name}"] == 0 for name in ("per_capita", "equalisation", "performance"))
    assert lever.values(lever.raw(values)) == values


def test_points_of_weights_and_holders_are_laws() -> None:
    told: dict[str, Any] = {
        RULES: {},
        "scenario.functions.planning_building": {},
        "scenario.functions.waste": {},
    }
    settings = compose()
    space = read_space(told, settings.scenario)
    weights = (0.1, 0.2, 0.7, 0.0, 0.0, 0.0, 0.0)
    law = settings_at(settings, space.settings((*weights, "region", "area")))
    check_settings(law, load_catalogue())
    assert law.scenario.functions["planning_building"].province.region == 1.0
    assert law.scenario.functions["planning_building"].metropolitan.commune == 0.0
    assert law.scenario.functions["waste"].province.area == 1.0


def test_holders_are_those_that_the_catalogue_admits_and_do_not_hold_already() -> None:
    levers, problems = read_levers(
        {f"scenario.functions.{name}": {} for name in ("social_services", "civil_protection")}, LAW
    )
    assert problems == []
    social, protection = levers
    assert isinstance(social, HolderLever)
    assert isinstance(protection, HolderLever)
    assert social.levels == ("union",), "communes hold it alone today, areas and region may not"
    assert protection.levels == ("commune", "union", "area", "region")
    assert social.base == (KEPT,)


def test_shares_of_a_function_leave_out_what_is_not_admitted() -> None:
    (lever,) = read_space({"scenario.functions.provincial_roads.province": {}}, LAW).levers
    assert isinstance(lever, MixLever)
    assert lever.members == ("area", "region")
    assert lever.base == (0.0, 0.0, 0.8, 0.2)


def test_another_law_has_its_point() -> None:
    told = {
        "scenario.incentives.amount_per_head": {"low": 0, "high": 6}, RULES: {},
        "scenario.functions.provincial_roads": {}, "scenario.codecision.rule": {},
    }  # fmt: skip
    space = read_space(told, LAW)
    other = compose("scenarios=multilevel_governance").scenario
    assert point_of(space, told, other) == (
        6.0, 0.0, 0.0, 0.7, 0.0, 0.3, 0.0, 0.0, "area", "weighted_majority",
    )  # fmt: skip
    assert point_of(space, told, LAW) == space.base


def test_every_lever_of_the_shipped_files_holds() -> None:
    for name in ("governance", "funds", "robust"):
        settings = compose(f"search={name}")
        space = read_space(settings.search.levers, settings.scenario)
        assert space.levers
        assert all(space.distance(space.base) == 0 for _ in space.levers)
        assert all(
            lever.factor.low <= lever.present <= lever.factor.high
            for lever in space.levers
            if isinstance(lever, NumberLever)
        ), "present law can be told by the levers"


MISTAKES = {
    "search.levers={amount_per_head: {}}": "did you mean scenario.incentives.amount_per_head?",
    "search.levers={scenario.incentives.amont: {}}": "did you mean scenario.incentives.amount_per_head?",
    "search.levers={parameters.cost.duplication: {}}": "is no key of the law; a lever begins with scenario.",
    "search.levers={scenario.functions.social_services: [area]}": "outside its admissible forms (own, union, "
    "district), area: D.L. 78/2010",
    "search.levers={scenario.functions.waste.province: [region, commune]}": "outside its admissible forms",
    "search.levers={scenario.functions.waste.province.region: {}}": "outside its admissible forms",
    "search.levers={scenario.functions.strategic_plan: {}}": "has one holder whatever happens",
    "search.levers={scenario.functions.wste: {}}": "did you mean waste?",
    "search.levers={scenario.context.ageing: {}}": "no law sets it",
    "search.levers={scenario.services.essential_level: {}}": "is the yardstick",
    "search.levers={scenario.financing: {}}": "name new_money among them",
    "search.levers={scenario.solidarity.share: {low: 0, high: 3}}": "must lie between 0 and 1",
    f"search.levers={{{RULES}: [historcal]}}": "did you mean historical?",
    f"search.levers={{{RULES}: 3}}": "write {} or a list of members among historical",
    f"search.levers={{{RULES}: {{}}, {RULES}.historical: {{}}}}": "is part of the lever",
    "search.levers=3": "it must be a group of levers",
    "search.objectives={amp: {}}": "did you mean ampi?",
    "search.objectives={spending: {}}": "is neither better high nor low",
    "search.objectives={cost: {direction: left}}": "it must be up or down",
    "search.objectives={cost: {twards: 0}}": "did you mean toward?",
    "search.constraints={cost: {at_mst: 1}}": "did you mean at_most?",
    "search.constraints={cost: {at_most: much}}": "it must be a number",
    "search.constraints={cost: {of: level}}": "has no bound; write at_most or at_least",
    "search.goal={indicator: below_esential, at_most: 10}": "did you mean below_essential?",
    "search.goal={indicator: cost}": "says nothing of cost; write at_most or at_least",
    "search.goal.at_most=3": "has a bound but no indicator",
    "search.shocks={cut: {2030: {equalisaton: {}}}}": "did you mean equalisation?",
    "search.shocks={cut: 3}": "is no group of years",
    "search.start=[fund_ct]": "did you mean fund_cut?",
    "search.population=2": "must lie between 4 and 10000",
    "search=fonds": "did you mean funds?",
}


@pytest.mark.parametrize(("argument", "told"), MISTAKES.items())
def test_a_mistake_is_one_line_that_says_what_would_be_right(argument: str, told: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        compose(argument)
    (line,) = str(error.value).splitlines()
    assert line.startswith("command line, search")
    assert told in line
