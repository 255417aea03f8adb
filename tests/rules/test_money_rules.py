"""Resources that follow functions, equalisation, incentives and the regional budget, by hand."""

import numpy as np
import pytest

from areavasta.rules.equalisation import (
    formula_part,
    need_of_functions_held,
    relative_need,
    service_equity_in_year,
    share_in_year,
)
from areavasta.rules.incentives import union_weights
from areavasta.rules.regional_budget import regional_budget
from areavasta.rules.resources import RULES, Moved, moves_between

MOVED = Moved(spent=np.array([[90.0]]), need=np.array([[100.0]]), cost=np.array([[80.0]]))
BY_HAND = {"historical": 90.0, "standard_need": 100.0, "destination_cost": 80.0, "none": 0.0}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_each_resource_rule_by_hand(rule: str) -> None:
    """A rule without a row in BY_HAND fails here."""
    assert RULES[rule](MOVED)[0, 0] == BY_HAND[rule]


def test_a_function_that_goes_back_has_moved_nowhere() -> None:
    origin = np.array([[[0.8, 0.1, 0.1]]])
    assert not moves_between(origin, origin).any()


def test_shares_lost_go_to_those_that_gained_in_proportion() -> None:
    # Communes lose 0.6, of which areas gained two thirds and the region one.
    moves = moves_between(np.array([[[0.8, 0.1, 0.1]]]), np.array([[[0.2, 0.5, 0.3]]]))
    np.testing.assert_allclose(moves[0, 0, 0], [0.0, 0.4, 0.2])
    np.testing.assert_allclose(moves.sum(), 0.6)


def test_the_law_reaches_full_equalisation_of_need_in_2030_and_of_capacity_in_2029() -> None:
    assert share_in_year(0.70, 0.05, 2024) == 0.70
    assert share_in_year(0.70, 0.05, 2029) < 1.0
    assert share_in_year(0.70, 0.05, 2030) == pytest.approx(1.0)
    assert share_in_year(0.75, 0.05, 2029) == pytest.approx(1.0)
    assert share_in_year(0.75, 0.05, 2040) == 1.0


def test_service_equity_grows_to_2030() -> None:
    years = (2023, 2025, 2030, 2040)
    assert [service_equity_in_year(9.0, 2.0, year) for year in years] == [9.0, 13.0, 23.0, 23.0]


def test_the_formula_part_by_hand() -> None:
    # 0.6 of needs of 1,200 and 800 is 720 and 480; capacity is 400 and 600 at the reference mean of 500.
    part = formula_part(np.array([1200.0, 800.0]), np.array([400.0, 600.0]), 0.6, 500.0)
    np.testing.assert_allclose(part, [320.0, -120.0])


def test_growth_of_all_needs_and_tax_bases_together_moves_no_fund() -> None:
    need, capacity = np.array([1200.0, 800.0]), np.array([400.0, 600.0])
    grown = relative_need(need * 1.1, 1100.0, 1000.0)
    np.testing.assert_allclose(grown, need)
    after = formula_part(grown, capacity * 1.3, 0.6, 500.0)
    np.testing.assert_allclose(after, formula_part(need, capacity, 0.6, 500.0))


def test_who_holds_a_function_does_not_change_what_the_state_pays() -> None:
    population = np.array([1000.0, 3000.0])
    everything, held = np.array([900.0, 600.0]), np.array([700.0, 580.0])
    counted = need_of_functions_held(everything, held, population)
    assert (population * counted).sum() == pytest.approx((population * everything).sum())
    assert counted[0] / counted[1] == pytest.approx(700 / 580)


def test_incentives_by_residents_and_functions() -> None:
    # Two unions of one small and one large member each: residents count twice below 5,000.
    weights = union_weights(
        union=np.array([0, 1, -1]), population=np.array([4000.0, 8000.0, 9000.0]),
        delegated=np.array([1, 3, 0]), unions=2, by_functions=0.5, small_commune_bonus=1.0,
    )  # fmt: skip
    # By residents 8,000 and 8,000; by residents times functions 8,000 and 24,000.
    np.testing.assert_allclose(weights, [0.5 * 0.5 + 0.5 * 0.25, 0.5 * 0.5 + 0.5 * 0.75])


def test_new_spending_within_the_envelope_comes_out_of_the_other_allocations() -> None:
    budget = regional_budget(42.0, 4.0, 42.0, 8.0, residents=100.0, new_money=False)
    assert (budget.granted, budget.new_money, budget.incentives, budget.envelope) == (4600, 0, 800, 3800)


def test_new_money_is_what_present_law_does_not_grant() -> None:
    budget = regional_budget(42.0, 4.0, 42.0, 8.0, residents=100.0, new_money=True)
    assert (budget.granted, budget.new_money, budget.incentives, budget.envelope) == (4600, 400, 800, 4200)
