"""The rules by which figures, directions and identities are judged."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.validation.contrasts import CONTRASTS, contrast_of
from experiments.validation.figures import FIGURES
from experiments.validation.verdicts import (
    NINE_IN_TEN,
    Verdict,
    judge_contrast,
    judge_figure,
    judge_identity,
    spread,
)

FIGURE = replace(FIGURES["exits"], target=10.0, sd=1.0)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (10.0, Verdict.within), (10.0 + 0.99 * NINE_IN_TEN, Verdict.within),
        (10.0 - 1.01 * NINE_IN_TEN, Verdict.near), (10.0 + 1.99 * NINE_IN_TEN, Verdict.near),
        (10.0 + 2.01 * NINE_IN_TEN, Verdict.off),
    ],
)  # fmt: skip
def test_one_value_is_judged_by_the_published_range_alone(value: float, verdict: Verdict) -> None:
    assert judge_figure(FIGURE, [value]).verdict is verdict


def test_both_ranges_count_as_independent_errors_do() -> None:
    # Median 13, half-range 3: with the published half-range 1.645 there is room for 3.42.
    values = np.linspace(13.0 - 3.0 / 0.9, 13.0 + 3.0 / 0.9, 1_001)
    found = judge_figure(FIGURE, values.tolist())
    assert (found.low, found.median, found.high) == pytest.approx((10.0, 13.0, 16.0))
    assert found.verdict is Verdict.within
    assert judge_figure(FIGURE, (values + 1.0).tolist()).verdict is Verdict.near


def test_a_lower_bound_agrees_with_more() -> None:
    bound = replace(FIGURE, bound="least")
    assert judge_figure(bound, [100.0]).verdict is Verdict.within
    assert judge_figure(bound, [5.0]).verdict is Verdict.off


@pytest.mark.parametrize(("never", "verdict"), [(8, Verdict.within), (5, Verdict.near), (4, Verdict.off)])
def test_what_never_happened_must_not_happen_in_four_of_five_pairs(never: int, verdict: Verdict) -> None:
    values = [0.0] * never + [2.0] * (10 - never)
    assert judge_figure(FIGURES["cities_entered"], values).verdict is verdict


def test_what_cannot_be_compared_or_worked_out_gets_no_verdict() -> None:
    assert judge_figure(replace(FIGURE, comparable=False), [10.0]).verdict is Verdict.not_comparable
    assert judge_figure(FIGURE, []).verdict is Verdict.missing


@pytest.mark.parametrize(
    ("below", "verdict"), [(10, Verdict.within), (8, Verdict.within), (7, Verdict.near), (4, Verdict.off)]
)
def test_a_direction_must_hold_in_four_of_five_pairs(below: int, verdict: Verdict) -> None:
    values = [-1.0] * below + [1.0] * (10 - below)
    assert judge_contrast(CONTRASTS["clarity_cheaper"], values).verdict is verdict


def test_no_change_means_in_no_pair() -> None:
    assert judge_contrast(CONTRASTS["frozen_keeps"], [0.0, 0.0]).verdict is Verdict.within
    assert judge_contrast(CONTRASTS["frozen_keeps"], [0.0] * 99 + [1.0]).verdict is Verdict.off


def test_an_identity_holds_exactly_or_not() -> None:
    assert judge_identity(0.0).verdict is Verdict.within
    assert judge_identity(1e-9).verdict is Verdict.off


def test_an_interval_leaves_out_a_twentieth_at_each_end() -> None:
    assert spread(list(range(101))) == (50.0, 5.0, 95.0)


def test_a_contrast_is_after_less_before_in_the_unit_shown() -> None:
    paths = {
        "present": {2034: {"gini": 0.031, "cost": 10.0}},
        "needs": {2034: {"gini": 0.028}},
        "frozen": {2027: {"communes_in_unions": 250.0}, 2034: {"communes_in_unions": 251.0}},
    }
    assert contrast_of(CONTRASTS["needs_lower_inequality"], paths) == pytest.approx(-0.3)
    assert contrast_of(CONTRASTS["frozen_keeps"], paths) == 1.0
