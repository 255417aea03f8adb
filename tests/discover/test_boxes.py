"""A planted box is found, noise is not, and what is said of both is true."""

import numpy as np
import pandas as pd
import pytest

from areavasta.settings.discover import Case, Criterion
from experiments.discover.boxes import Box, Choice, Condition, find_box, inside, limits_of
from experiments.discover.resampling import reproduce
from experiments.discover.verdicts import Finding, cases_of, judge
from tests.discover.conftest import planted, points, wanted

CHOICE = Choice(peel=0.05, mass=0.05, coverage=0.5, significance=0.05)


@pytest.fixture(scope="module")
def worlds() -> pd.DataFrame:
    return points()


def test_a_planted_box_is_found(worlds: pd.DataFrame) -> None:
    box, path = find_box(worlds, planted(worlds), CHOICE)
    assert box is not None
    assert box.coverage >= 0.9
    assert box.density >= 0.9
    found = limits_of(box)
    assert set(found) == {
        "parameters.cost.duplication", "scenario.context.ageing", "scenario.codecision.rule",
    }  # fmt: skip
    duplication, ageing = found["parameters.cost.duplication"], found["scenario.context.ageing"]
    assert duplication.low is None
    assert duplication.high == pytest.approx(0.08, abs=0.01)
    assert ageing.high is None
    assert ageing.low == pytest.approx(1.5, abs=0.15)
    assert set(found["scenario.codecision.rule"].values) == {"none", "nash_bargaining"}
    assert path[0].conditions == ()
    assert path[0].coverage == 1.0


def test_a_whole_number_can_be_a_condition(worlds: pd.DataFrame) -> None:
    cases = (worlds["scenario.review.every_years"] >= 7).to_numpy()
    box, _ = find_box(worlds, cases, CHOICE)
    assert box is not None
    (condition,) = box.conditions
    assert condition.factor == "scenario.review.every_years"
    assert condition.low is not None
    assert 6 < condition.low <= 7


def test_measures_follow_from_the_worlds_inside() -> None:
    table = pd.DataFrame({"a": np.arange(10.0), "b": ["x", "y"] * 5})
    conditions = (Condition("a", low=4.0), Condition("b", values=("x",)))
    assert inside(conditions, table).tolist() == [False] * 4 + [True, False, True, False, True, False]
    assert Box(conditions, 0.0, 0.0, 0.0).holds(table).sum() == 3
    assert inside((Condition("a", high=2.0),), table).sum() == 3


def test_noise_has_no_box_that_holds(worlds: pd.DataFrame) -> None:
    cases = np.random.default_rng(3).random(len(worlds)) < 0.4
    verdict = judge("reform", worlds, cases, wanted(), 1)
    assert verdict.finding in (Finding.none, Finding.fragile)


def test_a_planted_box_is_confirmed_by_resamples(worlds: pd.DataFrame) -> None:
    verdict = judge("reform", worlds, planted(worlds), wanted(), 1)
    assert verdict.finding is Finding.box
    assert verdict.reproduced is not None
    assert verdict.reproduced.low > 0.3
    assert verdict.reproduced.factors["scenario.context.ageing"] > 0.9
    assert verdict.reproduced.factors["parameters.slack.reorganisation_gain"] < 0.5


def test_resamples_depend_on_the_seed_alone(worlds: pd.DataFrame) -> None:
    cases = planted(worlds)
    first, second = (reproduce(worlds, cases, CHOICE, 10, seed=4) for _ in range(2))
    assert first == second
    assert first != reproduce(worlds, cases, CHOICE, 10, seed=5)


@pytest.mark.parametrize(
    ("cases", "finding"),
    [(0, Finding.never), (400, Finding.always), (9, Finding.few), (391, Finding.few)],
)
def test_too_few_cases_are_told(worlds: pd.DataFrame, cases: int, finding: Finding) -> None:
    mask = np.arange(len(worlds)) < cases
    assert judge("reform", worlds, mask, wanted(), 1).finding is finding


def test_cases_are_those_that_miss_or_reach_the_goal() -> None:
    values = np.array([0.5, 1.0, 1.5, 2.5])
    between = Criterion(at_least=1.0, at_most=2.0)
    assert cases_of(values, between, Case.succeeds).tolist() == [False, True, True, False]
    assert cases_of(values, between, Case.fails).tolist() == [True, False, False, True]
    assert cases_of(values, Criterion(at_most=1.0), Case.succeeds).tolist() == [True, True, False, False]
