"""The review of functions by hand: what taking gains, and what an area asks for."""

import numpy as np

from areavasta.rules.review import Comparison, choose, yearly_gain


def test_a_gain_is_cost_saved_and_service_felt_by_head() -> None:
    ways = Comparison(
        efficient=np.array([[1_000.0]]), need=np.array([[1_200.0]]), cost=np.array([[1.3]]),
        alternative=np.array([[1.1]]), felt=np.array([[1.0]]), alternative_felt=np.array([[0.95]]),
    )  # fmt: skip
    # 200 EUR saved, 60 EUR of service no longer felt, 100 residents.
    np.testing.assert_allclose(yearly_gain(ways, np.array([100.0])), [[1.4]])


def wanted(gain: list[float], keeping: list[float], taken: list[bool], threshold: float = 1.0) -> list[bool]:
    open_to = np.array([[True, True, False]])
    found = choose(np.array([gain]), np.array([keeping]), np.array([taken]), open_to, threshold)
    return list(map(bool, found[0]))


NONE_TAKEN = [False, False, False]


def test_the_best_above_the_threshold_is_taken() -> None:
    assert wanted([1.5, 2.0, 9.0], [0.0] * 3, NONE_TAKEN) == [False, True, False]
    assert wanted([2.0, 2.0, 0.0], [0.0] * 3, NONE_TAKEN) == [True, False, False]
    assert wanted([1.0, 0.5, 0.0], [0.0] * 3, NONE_TAKEN) == NONE_TAKEN


def test_what_loses_more_than_the_threshold_goes_back_first() -> None:
    assert wanted([9.0, 9.0, 0.0], [0.0, -1.5, 0.0], [False, True, False]) == NONE_TAKEN
    assert wanted([9.0, 0.0, 0.0], [0.0, -1.0, 0.0], [False, True, False]) == [True, True, False]
