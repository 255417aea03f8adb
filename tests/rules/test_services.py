"""Scale, proximity, inequality and AMPI against hand work and a peer library."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

from areavasta.inequality import gini, theil, theil_between
from areavasta.services import elasticities, service_level, unit_cost
from areavasta.settings.parameters import Scale
from areavasta.wellbeing import ampi, concave, goalposts, neighbour_mean

SIZES = np.array([500.0, 5_000.0, 20_000.0, 200_000.0])


def test_unit_cost_is_log_linear_between_its_knots() -> None:
    administration = elasticities(Scale())[:, [1]]
    cost = unit_cost(SIZES, administration, 500.0)
    np.testing.assert_allclose(cost[1:], [4**0.09, 1.0, 1.0])
    assert cost[0] / cost[1] == pytest.approx(10**0.33)


def test_level_is_money_over_cost_and_one_where_nothing_is_needed() -> None:
    level = service_level(np.array([30, 500, 0, 700]), np.array([0.5, 10.0, 4.0, 0.0]))
    assert level.tolist() == [0.6, 0.5, 0.0, 1.0]


def test_below_the_floor_unit_cost_is_that_of_the_floor() -> None:
    administration = elasticities(Scale())[:, [1]]
    low, floor = unit_cost(np.array([69.0, 500.0]), administration, 500.0)
    assert low == floor


def test_twice_the_population_costs_twice_at_constant_scale() -> None:
    none = np.zeros((3, 4))
    np.testing.assert_array_equal(unit_cost(SIZES, none, 500.0), unit_cost(2 * SIZES, none, 500.0))


values = st.lists(st.floats(0.1, 10.0), min_size=2, max_size=40)


# PySAL's own, under NumPy 2.5.
@pytest.mark.filterwarnings("ignore:Setting the shape on a NumPy array:DeprecationWarning")
@given(values)
def test_gini_and_theil_equal_those_of_pysal_for_equal_weights(numbers: list[float]) -> None:
    array, ones = np.array(numbers), np.ones(len(numbers))
    # PySAL corrects nothing for small samples; both divide by n squared.
    assert gini(array, ones) == pytest.approx(Gini(array).g, abs=1e-9)
    assert theil(array, ones) == pytest.approx(Theil(array).T, abs=1e-9)
    group = np.arange(array.size) % 2
    assert theil_between(array, ones, group) == pytest.approx(float(TheilD(array, group).bg[0]), abs=1e-9)


def test_a_weight_is_as_many_people() -> None:
    few, weights = np.array([1.0, 2.0, 4.0]), np.array([3.0, 1.0, 2.0])
    each = np.repeat(few, weights.astype(int))
    ones = np.ones(each.size)
    assert gini(few, weights) == pytest.approx(gini(each, ones))
    assert theil(few, weights) == pytest.approx(theil(each, ones))


def test_years_together_have_the_indices_of_each_alone() -> None:
    values, weights = (
        np.array([[1.0, 2.0, 4.0], [3.0, 3.0, 1.0]]),
        np.array([[3.0, 1.0, 2.0], [1.0, 2.0, 5.0]]),
    )
    group = np.array([0, 2, 2])
    for index in (gini, theil, lambda level, people: theil_between(level, people, group)):
        alone = [float(index(*year)) for year in zip(values, weights, strict=True)]
        assert index(values, weights).tolist() == alone


def test_ampi_by_hand() -> None:
    # Two domains, goalposts 0 to 2 with reference 1: the first commune scores 70 and 130.
    domains = np.array([[0.0, 2.0], [1.0, 1.0], [2.0, 0.0]])
    scores = ampi(domains, goalposts(domains))
    # Mean 100, standard deviation 30: 100 - 30 * 30 / 100.
    np.testing.assert_allclose(scores, [91.0, 100.0, 91.0])


def test_ampi_keeps_a_scale_where_communes_are_alike_and_ends_at_zero_and_two_hundred() -> None:
    # Goalposts half a standard deviation apart: a shock of 0.05 is six points.
    posts = goalposts(np.array([[1.0, 0.0], [1.02, 0.01]]))
    np.testing.assert_allclose(posts.width, 0.5)
    away = ampi(posts.reference + np.array([[0.05, 0.05], [-9.0, -9.0], [9.0, 9.0], [0.0, -3.0]]), posts)
    # The last one scores 100 and -260: mean -80.
    np.testing.assert_allclose(away, [106.0, 0.0, 200.0, 0.0])


def test_where_nobody_gets_anything_there_is_no_inequality() -> None:
    nothing, people = np.zeros((1, 3)), np.array([[1.0, 2.0, 3.0]])
    assert theil(nothing, people).tolist() == gini(nothing, people).tolist() == [0.0]
    assert theil_between(nothing, people, np.array([0, 1, 1])).tolist() == [0.0]


def test_neighbours_are_averaged_and_islands_keep_their_own() -> None:
    start, index = np.array([0, 1, 3, 4, 4], dtype=np.int32), np.array([1, 0, 2, 1], dtype=np.int32)
    own = np.array([[1.0], [2.0], [3.0], [9.0]])
    np.testing.assert_allclose(neighbour_mean(own, start, index), [[2.0], [2.0], [2.0], [9.0]])


def test_use_of_services_is_zero_at_standard_and_falls_off() -> None:
    below, standard, above = concave(np.array([0.9, 1.0, 1.1]), 0.5)
    assert standard == 0.0
    assert -below > above > 0
