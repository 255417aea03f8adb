"""Every instrument can be switched on alone, and off means off."""

import copy
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from areavasta import Settings, TerritorialModel
from areavasta.indicators import INDICATORS
from areavasta.settings.law_codecision import CodecisionRule
from areavasta.settings.law_cooperation import CooperationRule
from areavasta.synthetic import generate_territory
from experiments import compose
from experiments.instruments import instruments, sections

YEARS = 8


class On(NamedTuple):
    """How to switch an instrument on, by keys of its section; what moves; what it works on, if anything."""

    changes: tuple[str, ...]
    activity: str
    works_on: tuple[str, ...] = ()


MOVED = tuple(
    f"scenario.functions.ict.{kind}.{share}"
    for kind in ("province", "metropolitan")
    for share in ("commune=0.0", "area=1.0")
)
PROGRAMMES = (
    "scenario.programming.programmes=0.5", "scenario.programming.implementation=1.0",
    "scenario.programming.agreements=10.0",
)  # fmt: skip

ON = {
    "functions": On(MOVED, "form_area"),
    "resources": On(("scenario.resources.rule=none",), "money_area", MOVED),
    "equalisation": On(("scenario.equalisation.cut_per_head=40",), "money_state"),
    "taxation": On(("scenario.taxation.surtax_ceiling=0.012",), "tax_effort"),
    "allocation.region": On(
        (
            "scenario.allocation.region.rules.historical=0.0",
            "scenario.allocation.region.rules.standard_needs=1.0",
        ),
        "misallocation_rule",
    ),
    "allocation.area": On(("scenario.allocation.area.per_head=30",), "coordinated_level"),
    "incentives": On(("scenario.incentives.amount_per_head=12",), "communes_in_unions"),
    "facilitation": On(("scenario.facilitation.level=0.6",), "facilitation"),
    "services": On(("scenario.services.essential_level=0.95",), "below_essential"),
    "context": On(("scenario.context.price_growth=0.02",), "cost"),
    "knowledge": On(
        ("scenario.knowledge.participation=0.5", "scenario.knowledge.information_system=1.0"), "information"
    ),
    "accountability": On(("scenario.accountability.monitoring=1.0",), "monitoring"),
    "assistance": On(("scenario.assistance.capacity=1.0",), "assistance"),
    "cooperation": On(("scenario.cooperation.rule=mandatory",), "communes_in_unions"),
    "codecision": On(("scenario.codecision.rule=weighted_majority",), "distance_from_proposal"),
    "metropolitan": On(("scenario.metropolitan.seat_weight=1.0",), "metropolitan_funds"),
    "review": On(
        ("scenario.review.period_years=2", "scenario.review.areas=all"), "functions_reviewed"
    ),
    "programming": On(PROGRAMMES, "programme_spending"),
    "solidarity": On(("scenario.solidarity.share=0.5", "scenario.solidarity.ambit=area"), "solidarity_paid"),
}  # fmt: skip
"""By section of the law; integration has a test of its own."""


@cache
def run(*changes: str) -> TerritorialModel:
    return TerritorialModel(compose("scenarios=status_quo", *changes), seed=1).run_years(YEARS)


def moved(key: str, before: TerritorialModel, after: TerritorialModel) -> float:
    """Return the change of an indicator in units of the smallest relevant effect."""
    item = INDICATORS[key]
    change = after.observation.latest(key) - before.observation.latest(key)
    return change * item.scale / item.smallest_relevant_effect


def test_no_instrument_is_left_out() -> None:
    assert {*ON, "integration"} == set(sections())


@pytest.mark.parametrize("section", ON)
def test_switched_on_alone_it_moves_its_activity(section: str) -> None:
    on = ON[section]
    plain, law = (compose("scenarios=status_quo", *changes).scenario for changes in ((), on.changes))
    assert instruments(plain, law) == (section,)
    assert abs(moved(on.activity, run(*on.works_on), run(*on.works_on, *on.changes))) >= 1


def test_integration_works_on_programmes_alone() -> None:
    """Its effect is small, as the documentation of the model says: it has the right sign."""
    off = "scenario.integration.alignment=0.0"
    assert moved("ampi", run(*PROGRAMMES, off), run(*PROGRAMMES)) > 0
    without = "scenario.programming.implementation=0.0"
    assert moved("ampi", run(without, off), run(without)) == pytest.approx(0.0, abs=0.01)


class Off(NamedTuple):
    """How to switch an instrument off in every law; which indicators are then zero, which flows are none.

    Flows by kind, or by kind and rule.
    """

    changes: dict[str, Any]
    zero: tuple[str, ...] = ()
    no_flows: tuple[str, ...] = ()


KNOWING = ("participation", "analysis", "information_system", "bes_update")
SIGNED = ("agreements_signed", "implemented", "integration")
OFF = {
    "allocation.region": Off(
        {"allocation.region.per_head": 0.0}, ("misallocation",), ("regional_allocation",)
    ),
    "allocation.area": Off({"allocation.area.per_head": 0.0}, (), ("area_allocation",)),
    "incentives": Off({"incentives.amount_per_head": 0.0}, (), ("incentive",)),
    "facilitation": Off({"facilitation.level": 0.0}, ("facilitation",), ("assistance facilitation",)),
    "knowledge": Off(
        {f"knowledge.{key}": 0.0 for key in KNOWING}, ("participation",),
        tuple(f"knowledge {key}" for key in KNOWING),
    ),
    "accountability": Off({"accountability.monitoring": 0.0}, ("monitoring",), ("knowledge monitoring",)),
    "assistance": Off({"assistance.capacity": 0.0}, ("assistance",), ("assistance assistance",)),
    "cooperation": Off({"cooperation.rule": CooperationRule.frozen}, ("joins", "exits")),
    "codecision": Off(
        {"codecision.rule": CodecisionRule.none}, ("agreement", "distance_from_proposal"),
        ("delivery conference",),
    ),
    "review": Off({"review.period_years": 0}, ("functions_reviewed", "review_gain")),
    "programming": Off(
        {"programming.programmes": 0.0}, ("programme_spending", "programme_cost", *SIGNED), ("programme",)
    ),
    "solidarity": Off({"solidarity.share": 0.0}, ("solidarity_paid",), ("solidarity",)),
}  # fmt: skip
"""Instruments that can be off."""


def switched_off(changes: dict[str, Any]) -> Settings:
    """Return the seed's reform of all instruments, with one off in it and in present law."""
    settings = copy.deepcopy(compose("scenarios=multilevel_governance"))
    for law in (settings.present_law, settings.scenario):
        for key, value in changes.items():
            *groups, name = key.split(".")
            section: Any = law
            for group in groups:
                section = getattr(section, group)
            setattr(section, name, value)
    return settings


@pytest.mark.parametrize("section", OFF)
def test_off_means_off_even_beside_all_others(section: str) -> None:
    off = OFF[section]
    model = TerritorialModel(switched_off(off.changes), seed=1, territory=generate_territory(80, 6))
    tables = model.run_years(5).observation.tables()
    for key in off.zero:
        values = tables.indicators["value"][tables.indicators["indicator"] == key].astype(float)
        np.testing.assert_array_equal(values, 0.0, err_msg=key)
    for kind, rule in zip(tables.flows["kind"], tables.flows["rule"], strict=True):
        assert not {f"{kind}", f"{kind} {rule}"} & set(off.no_flows)
