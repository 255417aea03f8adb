"""Over the ranges of settings nothing saturates or dies: indicators stay in their domain, stocks alive."""

import copy
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from areavasta import Settings, TerritorialModel
from areavasta.indicators import INDICATORS
from areavasta.settings import Parameters, uncertain_constants
from areavasta.settings.law import Law, RuleWeights
from areavasta.synthetic import generate_territory
from experiments import compose

ROUNDING = 1e-9
"""How far sums may leave a domain by rounding."""

DRAWS = range(12)
TERRITORY = generate_territory(60, 7)
ALL = compose("scenarios=multilevel_governance")
PRESENT = compose("scenarios=status_quo")


def out_of_domain(model: TerritorialModel) -> list[str]:
    """Return a line for each indicator and year that is not finite, or outside its domain."""
    table = model.observation.tables().indicators
    found = []
    for year, key, value in zip(table["year"], table["indicator"], table["value"], strict=True):
        item = INDICATORS[str(key)]
        shown = float(value) * item.scale
        if not item.low - ROUNDING <= shown <= item.high + ROUNDING:
            found.append(f"{year} {key} {shown}")
    return found


def dead_stocks(model: TerritorialModel) -> list[str]:
    """Return which of trust and information have collapsed or stuck somewhere."""
    stocks = {"trust": model.state.trust, "information": model.state.knowledge.information}
    return [name for name, stock in stocks.items() if stock.min() < 0.02 or stock.max() > 0.98]


def sections(node: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the key and field of every number of a law, but for the competence table and weights of rules."""
    for item in fields(Law if place == "" else node):
        value = getattr(node, item.name)
        if is_dataclass(value) and not isinstance(value, RuleWeights):
            yield from sections(value, f"{place}{item.name}.")
        elif "low" in item.metadata:
            yield f"{place}{item.name}", item


def with_value(settings: Settings, key: str, value: float) -> Settings:
    changed = copy.deepcopy(settings)
    *groups, name = key.split(".")
    section: Any = changed
    for group in groups:
        section = getattr(section, group)
    setattr(section, name, value)
    return changed


PARAMETERS = {place: item.metadata for _, place, item in uncertain_constants(Parameters())}
LAW = {f"scenario.{key}": item.metadata for key, item in sections(PRESENT.scenario)}


@pytest.mark.parametrize("draw", DRAWS)
def test_thirty_years_of_present_law(draw: int) -> None:
    model = TerritorialModel(PRESENT, seed=1, draw=draw).run_years(30)
    assert out_of_domain(model) == []
    assert dead_stocks(model) == []
    assert model.state.trust.std() > 0.03


@pytest.mark.parametrize("draw", DRAWS)
def test_all_instruments_together(draw: int) -> None:
    model = TerritorialModel(ALL, seed=1, draw=draw).run_years(15)
    assert out_of_domain(model) == []
    assert dead_stocks(model) == []


@pytest.mark.long
@pytest.mark.parametrize("settings", [PRESENT, ALL], ids=["present", "all"])
@pytest.mark.parametrize("bound", ["low", "high"])
@pytest.mark.parametrize("key", PARAMETERS)
def test_each_parameter_at_the_ends_of_its_range(key: str, bound: str, settings: Settings) -> None:
    changed = with_value(settings, key, PARAMETERS[key][bound])
    model = TerritorialModel(changed, seed=1, territory=TERRITORY).run_years(30)
    assert out_of_domain(model) == []
    assert dead_stocks(model) == []


@pytest.mark.long
@pytest.mark.parametrize("bound", ["low", "high"])
@pytest.mark.parametrize("key", LAW)
def test_each_number_of_the_law_at_the_ends_of_its_range(key: str, bound: str) -> None:
    value = LAW[key][bound]
    whole = isinstance(LAW[key]["low"], int) and isinstance(LAW[key]["high"], int)
    changed = with_value(ALL, key, int(value) if whole else float(value))
    model = TerritorialModel(changed, seed=1, territory=TERRITORY).run_years(15)
    assert out_of_domain(model) == []
    assert np.isfinite(model.state.felt).all()
