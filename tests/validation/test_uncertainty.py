"""Nothing uncertain is left unsaid: every number has unit, range and source, every fixed one its meaning."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import pytest

from areavasta.settings import Law, Origin, Parameters, Run, Settings, draw_parameters, uncertain_constants
from experiments import compose
from experiments._odd import ODD
from experiments.validation.contrasts import CONTRASTS
from experiments.validation.documented import fixed_constants
from experiments.validation.figures import FIGURES
from experiments.validation.identities import IDENTITIES
from experiments.validation.reference import present_hash, read_reference


def numbers(node: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield place, value and declaration of every number below a dataclass."""
    for item in fields(node):
        value, where = getattr(node, item.name), f"{place}{item.name}"
        if is_dataclass(value):
            yield from numbers(value, f"{where}.")
        elif isinstance(value, int | float) and not isinstance(value, bool | Enum):
            yield where, value, item.metadata


@pytest.mark.parametrize("section", [Parameters(), Law(), Run()], ids=["parameters", "law", "run"])
def test_every_number_of_the_settings_has_range_unit_source_and_status(section: object) -> None:
    found = list(numbers(section, ""))
    assert found
    for place, value, about in found:
        assert about, f"{place} is declared without range, unit and source"
        assert about["low"] <= value <= about["high"], place
        assert isinstance(about["origin"], Origin), place
        assert all(about[key] for key in ("unit", "source", "meaning")), place


def test_every_uncertain_constant_is_documented_and_drawn() -> None:
    text = ODD.read_text(encoding="utf-8")
    first, second = (draw_parameters(Settings(), 1, draw) for draw in (1, 2))
    drawn = {place: getattr(node, item.name) for node, place, item in uncertain_constants(first)}
    other = {place: getattr(node, item.name) for node, place, item in uncertain_constants(second)}
    assert drawn
    for place, value in drawn.items():
        assert f"| `{place.removeprefix('parameters.')}` |" in text, place
        assert value != other[place], place


def test_what_is_drawn_at_the_start_has_its_prior_in_the_settings() -> None:
    uncertain = {place for _, place, _ in uncertain_constants(Parameters())}
    for name in (
        "slack.start",
        "slack.spread",
        "trust.start",
        "trust.spread",
        "cooperation.initial_functions",
    ):
        assert f"parameters.{name}" in uncertain


def test_every_fixed_number_says_what_it_is() -> None:
    found = fixed_constants()
    assert len(found) > 10
    assert [place for place, _, meaning in found if not meaning] == []


def test_the_reference_has_every_row_and_is_of_these_settings() -> None:
    reference = read_reference()
    assert {row["key"] for row in reference["rows"]} == {*FIGURES, *CONTRASTS, *IDENTITIES}
    settings = compose()
    assert (reference["draws"], reference["replicates"]) == (settings.run.draws, settings.run.replicates)
    assert reference["settings_hash"] == present_hash(settings), (
        "the validation in model/ODD.md is of other settings: run `python -m experiments validate`, then "
        "`python -m experiments._odd results/latest`"
    )
