"""Agreements for one function: model and twin agree on who makes, leaves and loses them."""

from typing import Any

import pytest

from areavasta.settings import Settings
from areavasta.settings.law_cooperation import CooperationRule
from tests.twin.comparison import differences
from tests.twin.test_twin import case, handed_back, moved, named
from tests.twin.thinning import thinned


def eager(settings: Settings, **law: Any) -> Settings:
    """Return settings under which agreements are made and left often."""
    constants = settings.parameters.agreements
    constants.attention, constants.friction, constants.autonomy_share = 0.4, 2.0, 0.05
    constants.perception_error, constants.logit_scale, constants.largest = 5.0, 3.0, 4.0
    for key, value in law.items():
        setattr(settings.scenario.cooperation, key, value)
        setattr(settings.present_law.cooperation, key, value)
    return settings


@pytest.mark.parametrize("territory", ["toy", "emilia_romagna"])
def test_territories(territory: str) -> None:
    assert differences(eager(named("status_quo", territory)), years=7) == []


@pytest.mark.parametrize("years", thinned([3, 0]))
@pytest.mark.parametrize(("communes", "seed"), [(9, 2), (30, 4), (60, 5)])
def test_generated_territories_with_and_without_minimum_duration(
    communes: int, seed: int, years: int
) -> None:
    settings = eager(case(communes=communes, seed=seed), agreement_years=years)
    assert differences(settings, years=9, draw=0) == []


@pytest.mark.parametrize("rule", thinned(list(CooperationRule)), ids=lambda rule: rule.value)
def test_rules_of_cooperation(rule: CooperationRule) -> None:
    settings = eager(case(communes=60, seed=3), minimum_population=0.0)
    settings.scenario.cooperation.rule = rule
    settings.scenario.cooperation.exemption = False
    assert differences(settings, years=8, draw=0) == []


def test_incentives_that_pay_agreements() -> None:
    settings = eager(case("status_quo", 60, 3))
    settings.scenario.cooperation.agreement_incentives = True
    settings.scenario.incentives.amount_per_head = 20.0
    assert differences(settings, years=6, draw=0) == []


def test_agreements_that_a_law_ends_and_admits_again() -> None:
    settings = eager(case(communes=60, seed=3))
    settings.scenario.cooperation.agreements = False
    settings.scenario.changes = {2030: {"cooperation": {"agreements": True}}}
    assert differences(settings, years=8, draw=0) == []


def test_functions_that_leave_communes_and_come_home() -> None:
    settings = eager(case(communes=60, seed=3))
    keys = ("planning_building", "taxes", "procurement")
    settings.scenario.changes = {
        2028: moved(*keys[::2], area=1.0),
        2029: moved("taxes", commune=0.4, union=0.6),
        2031: handed_back(settings, *keys),
    }
    assert differences(settings, years=9, draw=0) == []


def test_unions_that_come_and_go() -> None:
    settings = eager(case("no_incentives", 60, 3), lock_in_years=0, minimum_population=0.0)
    settings.parameters.cooperation.perception_error = 30.0
    settings.parameters.cooperation.political_spread = 12.0
    assert differences(settings, years=12, draw=0) == []
