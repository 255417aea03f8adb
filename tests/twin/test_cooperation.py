import pytest

from areavasta.settings.law_cooperation import CooperationRule
from tests.twin.comparison import differences
from tests.twin.test_twin import case, named

SCENARIOS = ("unions_everywhere", "municipal_autonomy", "no_incentives")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_toy(scenario: str) -> None:
    assert differences(named(scenario, "toy"), years=12) == []


@pytest.mark.parametrize("rule", list(CooperationRule), ids=lambda rule: rule.value)
@pytest.mark.parametrize(("communes", "seed"), [(9, 2), (60, 5)])
def test_rules(rule: CooperationRule, communes: int, seed: int) -> None:
    settings = case(communes=communes, seed=seed)
    settings.scenario.cooperation.rule = rule
    settings.scenario.cooperation.exemption = seed == 2
    assert differences(settings, years=8) == []


def test_unions_that_dissolve_and_are_founded_anew() -> None:
    settings = case("no_incentives", 60, 3)
    for law in (settings.present_law, settings.scenario):
        law.cooperation.lock_in_years = 0
        law.cooperation.minimum_population = 0.0
    settings.parameters.cooperation.perception_error = 30.0
    settings.parameters.cooperation.political_spread = 12.0
    assert differences(settings, years=12, draw=0) == []


def test_functions_that_the_law_gives_to_unions() -> None:
    settings = case(communes=60, seed=3)
    for key in ("local_police", "taxes"):
        for kind in ("province", "metropolitan"):
            shares = getattr(settings.scenario.functions[key], kind)
            shares.commune, shares.union, shares.area, shares.region = 0.5, 0.5, 0.0, 0.0
    settings.scenario.cooperation.rule = CooperationRule.incentive
    assert differences(settings, years=8) == []


def test_emilia_romagna() -> None:
    assert differences(named("unions_everywhere", "emilia_romagna"), years=5) == []
