"""The twin follows where knowledge, accountability and assistance are off, full, or cannot be paid."""

import pytest

from areavasta.settings import Financing, Settings
from tests.twin.comparison import differences
from tests.twin.test_twin import case, named, weigh


def set_all(settings: Settings, level: float) -> None:
    law = settings.scenario
    for name in ("participation", "analysis", "information_system", "bes_update"):
        setattr(law.knowledge, name, level)
    law.accountability.monitoring = law.assistance.capacity = level


@pytest.mark.parametrize("territory", ["toy", "emilia_romagna"])
def test_knowledge_first(territory: str) -> None:
    assert differences(named("knowledge_first", territory)) == []


@pytest.mark.parametrize("level", [0.0, 0.37, 1.0])
@pytest.mark.parametrize("rule", ["standard_needs", "equalisation", "bes_gap", "performance"])
def test_rules_on_what_is_observed(rule: str, level: float) -> None:
    settings = case()
    set_all(settings, level)
    weigh(settings, **{rule: 0.75, "per_capita": 0.25})
    assert differences(settings, years=5, draw=4) == []


@pytest.mark.parametrize("ratio", [0.0, 0.001, 0.01, 0.5])
def test_areas_that_cannot_pay(ratio: float) -> None:
    settings = case("stronger_provinces")
    set_all(settings, 1.0)
    settings.scenario.taxation.area_revenue_ratio = ratio
    assert differences(settings) == []


@pytest.mark.parametrize("financing", list(Financing), ids=lambda item: item.value)
@pytest.mark.parametrize("envelope", [0.0, 42.0])
def test_monitoring_within_the_envelope_or_with_new_money(envelope: float, financing: Financing) -> None:
    settings = case("needs_based_fund")
    settings.scenario.accountability.monitoring = 1.0
    settings.scenario.incentives.amount_per_head = 46.2
    settings.scenario.allocation.region.per_head = envelope
    settings.scenario.financing = financing
    assert differences(settings) == []


def test_off_under_present_law_too() -> None:
    settings = case()
    for law in (settings.present_law, settings.scenario):
        law.accountability.monitoring = law.assistance.capacity = 0.0
        law.knowledge.information_system = law.knowledge.participation = 0.0
    assert differences(settings, years=4) == []
