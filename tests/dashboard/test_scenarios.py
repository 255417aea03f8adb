"""Levers and the scenario that they make, as values and as a file."""

import math
from dataclasses import fields

import pytest
import yaml

from areavasta.settings.law import RuleWeights
from experiments._config_files import PRESENT_LAW
from experiments._hydra import PROJECT_ROOT
from experiments.dashboard.form import form
from experiments.dashboard.levers import (
    RULES,
    Moves,
    checked_value,
    levers,
    moved,
    scenario_with,
    value_of,
)
from experiments.dashboard.request import Request, base_scenario, scenario_names, settings_of
from experiments.dashboard.running import AT_ONCE, SLOTS, StoppedError, compare
from experiments.dashboard.scenario_file import command_of, scenario_yaml
from experiments.dashboard.words import WORDS
from experiments.language import LANGUAGES

QUICK = (PRESENT_LAW, "fund_cut", "multilevel_governance")
"""Scenarios that others of these tests read too: reading one takes a second."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in QUICK else pytest.mark.long)
        for name in sorted(scenario_names())
    ],
)
def test_every_lever_has_a_value_within_its_range_in_every_scenario(name: str) -> None:
    base = base_scenario(name, "toy")
    for key in levers():
        assert checked_value(key, value_of(base, key)) == value_of(base, key)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("incentives.amount_per_head", -1, "must lie between 0 and"),
        ("incentives.amount_per_head", float("nan"), "must be a number"),
        ("incentives.amount_per_head", "many", "must be a number"),
        ("incentives.amount_per_head", True, "must be a number"),
        ("codecision.rule", "whim", "must be one of"),
        ("codecision.rule", ["unanimity"], "must be one of"),
        ("title", "x", "is no lever; there are"),
    ],
)
def test_a_value_out_of_range_is_refused_in_one_line(key: str, value: object, told: str) -> None:
    with pytest.raises(ValueError, match=told) as error:
        checked_value(key, value)
    assert "\n" not in str(error.value)


def test_a_lever_put_back_is_not_moved() -> None:
    base = base_scenario("multilevel_governance", "toy")
    moves = moved(base, {}, "solidarity.share", 0.25)
    assert moves == {"solidarity.share": 0.25}
    assert moved(base, moves, "solidarity.share", value_of(base, "solidarity.share")) == {}


def test_weights_of_the_regional_fund_always_sum_to_one() -> None:
    base = base_scenario("multilevel_governance", "toy")
    moves: Moves = {}
    for key, value in (("equalisation", 0.7), ("standard_needs", 0.6), ("equalisation", 1.0)):
        moves = moved(base, moves, f"{RULES}.{key}", value)
        weights = scenario_with(base, moves).allocation.region.rules
        shares = [getattr(weights, item.name) for item in fields(RuleWeights)]
        assert math.fsum(shares) == 1.0
        assert min(shares) >= 0.0
        assert getattr(weights, key) == value


def test_the_file_has_the_moved_levers_alone_and_says_how_to_run_it() -> None:
    request = Request("toy", "fund_cut", {"incentives.amount_per_head": 12.5, "codecision.rule": "unanimity"})
    text = scenario_yaml(request)
    content = yaml.safe_load(text)
    assert content["defaults"] == ["fund_cut", "_self_"]
    assert content["title"]["it"].endswith(", con modifiche")
    assert content["incentives"] == {"amount_per_head": 12.5}
    assert content["codecision"] == {"rule": "unanimity"}
    assert set(content) == {"defaults", "title", "reason", "incentives", "codecision"}
    assert f"#   {command_of(request)}\n" in text
    assert request.name.startswith("dashboard_")


def test_the_name_follows_from_what_was_moved() -> None:
    base = Request("toy", "fund_cut")
    assert base.name == "fund_cut"
    names = {Request("toy", "fund_cut", {"solidarity.share": share / 10}).name for share in range(1, 4)}
    assert len(names) == 3
    assert Request("toy", PRESENT_LAW).name != PRESENT_LAW


def test_present_law_beside_itself_makes_no_difference() -> None:
    found = compare(Request("toy", PRESENT_LAW, years=2), lambda _: None, lambda: True)
    assert list(settings_of(found.request)) == [PRESENT_LAW, found.reform]
    assert all((values[0] == values[1]).all() for values in found.values.values())


def test_no_more_comparisons_run_at_once_than_there_are_slots() -> None:
    for _ in range(AT_ONCE):
        SLOTS.acquire()
    try:
        with pytest.raises(StoppedError):
            compare(Request("toy", years=1), lambda _: None, lambda: False)
    finally:
        for _ in range(AT_ONCE):
            SLOTS.release()


def test_a_comparison_that_nobody_wants_stops_and_one_that_is_let_go_leaves_no_files() -> None:
    shares: list[float] = []
    with pytest.raises(StoppedError):
        compare(Request("toy", years=2, pairs=5), shares.append, lambda: len(shares) < 3)
    assert 0.0 < shares[-1] < 1.0
    found = compare(Request("toy", years=1), shares.append, lambda: True)
    folder = found.folder
    assert (folder / "manifest.json").is_file()
    del found
    assert not folder.exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_tells_every_lever_with_the_value_of_present_law(lang: str) -> None:
    shown = form(Request("toy", "multilevel_governance", {"solidarity.share": 0.25}), lang)
    told = [lever for group in shown["groups"] for lever in group["levers"]]
    assert [lever["key"] for lever in told] == list(levers())
    assert all(lever["label"] and lever["help"] and lever["text"] for lever in told)
    assert [lever["key"] for lever in told if lever["moved"]] == ["solidarity.share"]
    assert shown["provisions"]


def test_every_word_has_both_languages_and_stands_in_the_page() -> None:
    for key, texts in WORDS.items():
        assert len(texts) == len(LANGUAGES), key
        assert all(texts), key
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (PROJECT_ROOT / "experiments/dashboard").rglob("*.*")
        if path.suffix in (".py", ".vue") and path.name != "words.py"
    )
    computed = ("tree_", "download_")
    unused = [key for key in WORDS if f'"{key}"' not in source and not key.startswith(computed)]
    assert unused == []
