"""What factors do to indicators, and the pages that show it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments.charts.responses import draw_responses
from experiments.designs.factors import Factor
from experiments.designs.responses import explained, respond
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


def test_variance_that_chance_alone_puts_between_groups_does_not_count() -> None:
    rng = np.random.Generator(np.random.Philox(2))
    values = rng.standard_normal(600)
    groups = [np.arange(600) % 6 == group for group in range(6)]
    assert explained(values, groups) < 0.02
    assert explained(values + 10.0 * groups[0], groups) == pytest.approx(0.93, abs=0.02)


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
