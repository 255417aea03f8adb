"""Information, errors, assistance and slack, by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from areavasta.rules.accountability import slack_factor, slack_target
from areavasta.rules.assistance import assistance_effect, assistance_per_head
from areavasta.rules.knowledge import (
    catching_up,
    collected,
    error_spread,
    observed_ratio,
    persisting,
    trust_after,
)
from areavasta.rules.regional_budget import regional_budget


def one(number: float) -> np.ndarray:
    return np.array([number])


def test_information_grows_by_what_is_collected_and_told_and_decays() -> None:
    # 10 % of the unknown 0.55 is collected and 2 % told, 10 % of the known 0.45 goes out of date.
    after = collected(one(0.45), one(0.5), one(0.4), 0.2, 0.05, 0.1)
    assert after[0] == pytest.approx(0.471)


share = st.floats(0.0, 1.0)


@given(share, share, share, st.floats(0.1, 0.3), st.floats(0.0, 0.1), st.floats(0.05, 0.2))
def test_information_stays_between_nothing_and_all(
    start: float, system: float, participation: float, collection: float, gain: float, decay: float
) -> None:
    known = one(start)
    for _ in range(40):
        known = collected(known, one(system), one(participation), collection, gain, decay)
        assert 0 <= known[0] <= 1


def test_errors_shrink_with_information_and_effort() -> None:
    # 55 % is unknown, and a fifth of all analyses removes a tenth of the error.
    assert error_spread(one(0.45), one(0.2), 0.15, 0.5)[0] == pytest.approx(0.07425)
    assert error_spread(one(1.0), one(0.0), 0.15, 0.5)[0] == 0
    assert error_spread(one(0.0), one(0.0), 0.15, 0.5)[0] == 0.15


def test_errors_persist_with_the_same_spread() -> None:
    assert persisting(one(1.0), one(-1.0), 0.8)[0] == pytest.approx(0.8 - 0.6)
    rng = np.random.default_rng(1)
    error = rng.standard_normal(20_000)
    for _ in range(10):
        error = persisting(error, rng.standard_normal(20_000), 0.8)
    assert error.std() == pytest.approx(1.0, abs=0.03)


def test_observed_needs_are_right_on_average_and_exact_without_error() -> None:
    error = np.random.default_rng(1).standard_normal(50_000)
    assert observed_ratio(error, np.full(error.size, 0.15)).mean() == pytest.approx(1.0, abs=0.003)
    assert (observed_ratio(error, np.zeros(error.size)) == 1.0).all()
    assert observed_ratio(one(2.0), one(0.1))[0] == pytest.approx(math.exp(0.195))


def test_news_of_wellbeing_is_known_at_once_only_when_updated() -> None:
    np.testing.assert_allclose(catching_up(np.array([0.0, 0.5, 1.0]), 4.0), [0.2, 1 / 3, 1.0])


def test_working_together_raises_trust_and_trust_goes_back() -> None:
    # Up by 0.004, a hundredth of the missing 0.4; back by 0.005, a twentieth of the way to 0.5.
    assert trust_after(one(0.6), one(0.5), one(0.01), 0.05)[0] == pytest.approx(0.599)
    assert trust_after(one(0.5), one(0.5), one(0.0), 0.05)[0] == 0.5


def test_assistance_follows_need_and_small_size_and_is_all_shared_out() -> None:
    area = np.array([0, 0, 1])
    people, need = np.array([1_000.0, 9_000.0, 500.0]), np.array([600.0, 500.0, 700.0])
    per_head = assistance_per_head(area, people, need, np.array([0.5, 0.2]), 3.0)
    # Weights: 600 * (1 + 3 * 0.8) = 2040 and 500; 10,000 residents share 5,000 offices a head.
    total = 1_000 * 2040 + 9_000 * 500
    np.testing.assert_allclose(per_head, [5_000 * 2040 / total, 5_000 * 500 / total, 0.2])
    assert (per_head * people)[:2].sum() == pytest.approx(5_000)


def test_assistance_has_falling_returns() -> None:
    np.testing.assert_allclose(
        assistance_effect(np.array([0.0, 0.5, 1.0]), 0.5), [0.0, 1 - math.exp(-1), 1 - math.exp(-2)]
    )


def test_slack_falls_with_help_known_results_and_reorganisation() -> None:
    factor = slack_factor(np.array([0.0, 0.5, 0.5]), np.array([0.0, 0.0, 0.45]), 0.5, 0.4, 0.4)
    np.testing.assert_allclose(factor, [1.0, 0.8, 0.8 * (1 - 0.4 * 0.5 * 0.45)])
    target = slack_target(np.full(3, 0.12), factor, np.array([False, False, True]), 0.5)
    np.testing.assert_allclose(target, [0.12, 0.096, 0.12 * factor[2] * 0.5])


@given(share, share, share, st.floats(0, 0.8), st.floats(0, 0.8))
def test_slack_keeps_its_sign(helped: float, known: float, monitoring: float, a: float, b: float) -> None:
    assert 0 <= slack_factor(one(helped), one(known), monitoring, a, b)[0] <= 1


def test_monitoring_comes_out_of_the_communes_envelope() -> None:
    # Present law grants 42 + 4 + 0.5 EUR a head; monitoring doubles.
    budget = regional_budget(42.0, 4.0, 42.0, 4.0, 100.0, False, 0.5, 1.0)
    assert (budget.granted, budget.support, budget.incentives) == (4650, 100, 400)
    assert budget.envelope == pytest.approx(4150)


def test_monitoring_stops_where_the_budget_ends() -> None:
    budget = regional_budget(1.0, 4.0, 1.0, 4.5, 100.0, False, 0.0, 2.0)
    assert (budget.incentives, budget.support, budget.envelope) == (450, 50, 0)


def test_new_money_pays_for_more_monitoring() -> None:
    budget = regional_budget(42.0, 4.0, 42.0, 4.0, 100.0, True, 0.5, 1.0)
    assert (budget.new_money, budget.support, budget.envelope) == (50, 100, 4200)
