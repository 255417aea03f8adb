"""What factors do to indicators, and the pages that show it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments.charts.responses import draw_responses
from experiments.designs.factors import Factor
from experiments.designs.main_effects import MainEffects
from experiments.designs.responses import respond
from experiments.designs.results import SweepOutcome
from tests.charts.test_layout import clashes

RANGE = Factor("parameters.cost.duplication", 0.0, 0.2)
CHOICE = Factor("scenarios", values=("status_quo", "fund_cut"))
FLAG = Factor("run.seed", values=(1, 2))
NOTHING = Factor("parameters.cost.transition", 0.0, 1.0)


@pytest.fixture(scope="module")
def outcome() -> SweepOutcome:
    """Return an outcome in which spending rises by 100 over the range and the cut lowers service by 0.10."""
    rng = np.random.Generator(np.random.Philox(1))
    points = 96
    share = (np.arange(points) + 0.5) / points
    frame = pd.DataFrame(
        {
            "point": np.repeat(np.arange(points), 2),
            RANGE.key: np.repeat(0.2 * share, 2),
            CHOICE.key: np.repeat(np.resize(["status_quo", "fund_cut"], points), 2),
            FLAG.key: np.repeat(np.resize([1, 1, 2, 2], points), 2),
            NOTHING.key: np.repeat(rng.permutation(share), 2),
            "draw": 0,
            "replicate": np.tile([1, 2], points),
            "year": 2040,
        }
    )
    for position, key in enumerate(MAIN_INDICATORS):
        frame[key] = 1.0 + 0.01 * position
    frame["spending"] = 900.0 + 500.0 * frame[RANGE.key]
    frame["service"] = np.where(frame[CHOICE.key] == "fund_cut", 0.9, 1.0)
    names = {"status_quo": ("Legge vigente", "Present law"), "fund_cut": ("Taglio del fondo", "Fund cut")}
    titles = {key: {"it": it, "en": en} for key, (it, en) in names.items()}
    return SweepOutcome(
        "abc", "def", date(2026, 11, 23), {"it": "Prova", "en": "Trial"}, 2040, titles, False,
        (RANGE, CHOICE, FLAG, NOTHING), frame,
    )  # fmt: skip


def test_a_range_is_read_in_six_groups_from_low_to_high(outcome: SweepOutcome) -> None:
    found = respond(outcome, RANGE, INDICATORS["spending"])
    assert [group.runs for group in found.groups] == [32] * 6
    assert found.change == pytest.approx(100.0 * 5 / 6)
    assert (found.p_up, found.p_down) == (1.0, 0.0)
    assert found.share > 0.95
    assert found.weight == pytest.approx(
        found.change / found.indicator.smallest_relevant_effect * found.share
    )


def test_choices_are_read_from_the_lowest_to_the_highest(outcome: SweepOutcome) -> None:
    found = respond(outcome, CHOICE, INDICATORS["service"])
    assert [group.low for group in found.groups] == ["status_quo", "fund_cut"]
    assert (found.start, found.end) == (1, 0)
    assert found.change == pytest.approx(10.0)
    assert found.share == pytest.approx(1.0)


def test_what_a_factor_does_not_move_has_no_change(outcome: SweepOutcome) -> None:
    found = respond(outcome, RANGE, INDICATORS["service"])
    assert found.change == 0.0
    assert found.p_up == pytest.approx(found.p_down)
    assert respond(outcome, FLAG, INDICATORS["clarity"]).share == 0.0


def design(points: int, seed: int, runs: int = 2) -> pd.DataFrame:
    """Return random points of two ranges and a choice, each with runs of the same chance."""
    rng = np.random.Generator(np.random.Philox(seed))
    frame = pd.DataFrame(
        {
            "point": np.arange(points), RANGE.key: 0.2 * rng.random(points),
            NOTHING.key: rng.random(points), CHOICE.key: rng.choice(CHOICE.values, points),
        }
    )  # fmt: skip
    return pd.concat([frame.assign(replicate=run) for run in range(runs)]).sort_values("point")


def shares(frame: pd.DataFrame, values: "pd.Series[float]") -> list[float]:
    """Return what the two ranges and the choice are said to explain."""
    fit = MainEffects.of(frame, (RANGE, NOTHING, CHOICE))
    return list(map(float, fit.shares(frame, np.asarray(values, dtype=np.float64))))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("points", [16, 32, 256])
def test_a_factor_is_not_told_what_another_does(points: int, seed: int) -> None:
    frame = design(points, seed)
    range_, nothing, choice = shares(frame, 3.0 + frame[RANGE.key] ** 2)
    assert range_ > 0.98
    assert nothing < 0.01
    assert choice < 0.01


def test_shares_are_those_of_an_additive_function() -> None:
    """Variance of a uniform number is 1/12 of its range squared, of a fair choice 1/4 of its step squared."""
    frame = design(4096, 1, runs=1)
    taken = 10.0 * frame[RANGE.key] + 1.0 * frame[NOTHING.key] + 0.5 * (frame[CHOICE.key] == "fund_cut")
    parts = np.array([4.0, 1.0, 12.0 / 16.0])
    assert shares(frame, taken) == pytest.approx((parts / parts.sum()).tolist(), abs=0.03)


def test_chance_that_all_points_share_takes_its_part_and_hides_no_factor() -> None:
    frame = design(16, 3)
    shared = np.where(frame["replicate"] == 0, -1.0, 1.0)
    effect = frame[RANGE.key] - frame[RANGE.key].mean()
    found = shares(frame, shared + effect)
    assert found[0] == pytest.approx(float(effect.var(ddof=0) / (shared + effect).var(ddof=0)), rel=0.02)


def test_rounding_is_no_variance_and_too_few_points_tell_nothing() -> None:
    frame = design(16, 4)
    assert shares(frame, 0.7 + 1e-16 * frame[RANGE.key]) == [0.0, 0.0, 0.0]
    few = design(4, 4)
    assert shares(few, few[RANGE.key]) == [0.0, 0.0, 0.0]


def test_values_that_one_point_has_each_are_brought_together(outcome: SweepOutcome) -> None:
    few = replace(outcome, values=outcome.values[outcome.values["point"] < 8])
    assert [group.runs for group in respond(few, RANGE, INDICATORS["spending"]).groups] == [4] * 4
    alone = replace(few, factors=(RANGE,))
    assert [group.runs for group in respond(alone, RANGE, INDICATORS["spending"]).groups] == [2] * 8


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("position", range(4))
def test_texts_of_a_page_do_not_touch(outcome: SweepOutcome, lang: str, position: int) -> None:
    responses = [respond(outcome, outcome.factors[position], INDICATORS[key]) for key in MAIN_INDICATORS]
    page, words, table = draw_responses(outcome, responses, lang, 17.0)
    assert not clashes(page)
    assert len(words.title.split()) <= 14
    assert len(words.alternative) <= 250
    assert set(table["indicator"]) == set(MAIN_INDICATORS)


def test_titles_say_what_moves_most_and_nothing_more(outcome: SweepOutcome) -> None:
    titles = []
    for factor in outcome.factors:
        responses = [respond(outcome, factor, INDICATORS[key]) for key in MAIN_INDICATORS]
        titles.append(draw_responses(outcome, responses, "en", 17.0)[1].title)
    assert titles[0] == "Spending: +€83 per resident from end to end"
    assert titles[1] == "Service level: 10\N{NO-BREAK SPACE}points between choices"
    assert titles[3] == "In 2040 the factor moves no main indicator in a clear and relevant way"
