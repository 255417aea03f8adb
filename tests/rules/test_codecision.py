"""The rules of the conference by hand: three parties and a region, options ever further from its proposal."""

import numpy as np
import pytest

from areavasta.rules.codecision import (
    FAILURE,
    RULES,
    Table,
    Verdict,
    advantages,
    apart,
    ideal_weights,
    vote_weights,
)


def table(*gain: list[float], region: list[float], demand: float = 0.0, share: float = 0.5) -> Table:
    """Communes of 60, a province of 30 and a metropolitan city of 10 residents; a row for each option."""
    return Table(
        gain=np.array(gain),
        demand=np.full(3, demand),
        region=np.array(region),
        residents=np.array([60.0, 30.0, 10.0]),
        level=np.array([0, 1, 2]),
        population_threshold=share,
        number_threshold=share,
    )


PROPOSAL, HALFWAY, ALL = [-0.1, 0.2, -0.1], [0.1, 0.2, -0.1], [0.3, 0.1, 0.1]


def test_each_rule_on_one_table() -> None:
    on_table = table(PROPOSAL, HALFWAY, ALL, region=[0.4, 0.2, 0.1])
    assert RULES["none"](on_table) == Verdict(0, True)
    assert RULES["consultation"](on_table) == Verdict(0, False)
    assert RULES["weighted_majority"](on_table) == Verdict(1, True)
    assert RULES["unanimity"](on_table) == Verdict(2, True)
    assert RULES["nash_bargaining"](on_table) == Verdict(2, True)


def test_the_region_stops_where_it_would_lose() -> None:
    on_table = table(PROPOSAL, HALFWAY, ALL, region=[0.4, 0.2, -0.1])
    assert RULES["weighted_majority"](on_table).option == 1
    assert RULES["unanimity"](on_table) == FAILURE
    assert RULES["nash_bargaining"](on_table) == FAILURE


def test_a_majority_needs_residents_and_seats() -> None:
    few_people = table([-0.1, 0.2, 0.2], region=[1.0])
    few_seats = table([0.2, -0.1, -0.1], region=[1.0])
    assert RULES["weighted_majority"](few_people) == FAILURE
    assert RULES["weighted_majority"](few_seats) == FAILURE
    assert RULES["weighted_majority"](table([0.2, 0.2, -0.1], region=[1.0], share=0.9)) == FAILURE


def test_who_asks_for_more_than_there_is_does_not_sign() -> None:
    assert RULES["unanimity"](table([0.1, 0.1, 0.1], region=[1.0], demand=0.1)).agreed
    assert not RULES["unanimity"](table([0.1, 0.1, 0.1], region=[1.0], demand=0.2)).agreed


def test_bargaining_takes_the_highest_product() -> None:
    # Products 0.1 ** 3 * 0.8 = 0.0008 and 0.2 ** 3 * 0.4 = 0.0032; the last gives the region nothing.
    on_table = table([0.1] * 3, [0.2] * 3, [0.9] * 3, region=[0.8, 0.4, 0.0])
    assert RULES["nash_bargaining"](on_table) == Verdict(1, True)


def test_bargaining_seats_only_levels_that_exist() -> None:
    on_table = Table(
        np.array([[0.1, 0.2]]), np.zeros(2), np.ones(1), np.array([5.0, 5.0]), np.array([0, 1]), 0.5, 0.5
    )
    assert RULES["nash_bargaining"](on_table).agreed


def test_votes_of_communes_go_by_band() -> None:
    # Two communes below 3,000 share their band's 3,000 residents; the city has its own.
    votes = vote_weights(np.array([1_000.0, 2_000.0, 50_000.0, 500.0]), np.array([0, 0, 0, 1]), 2)
    assert votes.tolist() == [1_500.0, 1_500.0, 50_000.0, 500.0]


def test_who_gets_more_than_its_need_is_favoured() -> None:
    # One rule by need, one that gives all to the first of two communes of one area.
    shares, need = np.array([[0.5, 0.5], [1.0, 0.0]]), np.array([0.5, 0.5])
    together = np.zeros(2, dtype=np.intp)
    found = advantages(shares, need, np.array([3.0, 1.0]), together, 1, institution=0.5)
    # The communes: one gains, one loses. The area: votes 3 to 1 for it (0.5), the body indifferent (0).
    np.testing.assert_allclose(found, [[0.0, 0.0], [0.0, 0.25]])


def test_wishes_follow_advantage_and_solidarity_bounds_them() -> None:
    advantage, by_need = np.array([[0.0, 1.0]]), np.array([1.0, 0.0])
    selfish = ideal_weights(advantage, 0.0, np.log(3.0), by_need)
    np.testing.assert_allclose(selfish, [[0.25, 0.75]])
    np.testing.assert_allclose(ideal_weights(advantage, 0.5, np.log(3.0), by_need), [[0.625, 0.375]])
    # Each party's weights are its own, and sum to one.
    both = ideal_weights(np.array([[0.0, 1.0], [0.0, 0.0]]), 0.0, np.log(3.0), by_need)
    np.testing.assert_allclose(both, [[0.25, 0.75], [0.5, 0.5]])


@pytest.mark.parametrize(
    ("first", "second", "expected"), [([1.0, 0.0], [0.0, 1.0], 1.0), ([0.5, 0.5], [0.5, 0.5], 0.0)]
)
def test_distance_is_the_part_of_money_shared_otherwise(
    first: list[float], second: list[float], expected: float
) -> None:
    assert apart(np.array(first), np.array(second)) == expected
