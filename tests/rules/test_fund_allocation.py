"""Allocation rules, each worked by hand on three communes."""

import numpy as np
import pytest

from areavasta.rules.fund_allocation import FROM_KNOWN_FIGURES, RULES, Observed, standardised

PLACES = Observed(
    population=np.array([1000.0, 2000.0, 4000.0]),
    need=np.array([1000.0, 800.0, 600.0]),
    capacity=np.array([300.0, 500.0, 700.0]),
    history=np.array([0.5, 0.3, 0.2]),
    wellbeing=np.array([90.0, 100.0, 110.0]),
    performance=np.array([1.0, 1.0, 1.0]),
    delegated=np.array([0.0, 3.0, 1.0]),
)

Z = np.sqrt(1.5)
"""Standardised distance of the outer of three equally spaced values."""

BY_HAND = {
    "historical": [0.5, 0.3, 0.2],
    "per_capita": [1000.0, 2000.0, 4000.0],
    "standard_needs": [1000.0 * 1000, 2000.0 * 800, 4000.0 * 600],
    # Gaps: 0.8 * 1000 - 300 = 500; 640 - 500 = 140; 480 - 700 < 0, so a tenth of 700.
    "equalisation": [1000.0 * 500, 2000.0 * 140, 4000.0 * 70],
    # 1 + 0.5 z for the lowest, 1 - 0.5 z for the highest, never below one half.
    "bes_gap": [1000.0 * 1000 * (1 + 0.5 * Z), 2000.0 * 800, 4000.0 * 600 * 0.5],
    "performance": [1000.0 * 1000, 2000.0 * 800, 4000.0 * 600],
    "union_incentive": [0.0, 6000.0, 4000.0],
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_each_rule_by_hand(rule: str) -> None:
    """A rule without a row in BY_HAND fails here."""
    np.testing.assert_allclose(RULES[rule](PLACES), BY_HAND[rule], rtol=1e-12)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_rules_on_known_figures_alone_ignore_need_and_wellbeing(rule: str) -> None:
    other = Observed(**{**vars(PLACES), "need": PLACES.need[::-1], "wellbeing": PLACES.wellbeing[::-1]})
    unmoved = RULES[rule](other).tolist() == RULES[rule](PLACES).tolist()
    assert unmoved == (rule in FROM_KNOWN_FIGURES)


def test_performance_pays_more_where_a_euro_gives_more() -> None:
    better = Observed(**{**vars(PLACES), "performance": np.array([0.9, 1.0, 1.1])})
    expected = PLACES.population * PLACES.need * np.clip(1 + 0.5 * np.array([-Z, 0.0, Z]), 0.5, 2.0)
    np.testing.assert_allclose(RULES["performance"](better), expected)


def test_equal_values_have_no_distance() -> None:
    assert standardised(np.full(3, 0.1)).tolist() == [0.0, 0.0, 0.0]
