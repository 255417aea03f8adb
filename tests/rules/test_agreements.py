import math

import numpy as np
import pytest

from areavasta.rules.agreements import (
    best_partner,
    chooses,
    leader,
    managed_jointly,
    with_proposals,
    without,
)
from areavasta.rules.incentives import union_weights

RESIDENTS = np.array([1_000.0, 4_000.0, 4_000.0, 900.0, 20_000.0])


def test_a_worth_beyond_all_odds_is_certainty() -> None:
    member, worth, draw = np.array([False, False, True, True]), np.array([1e9, -1e9] * 2), np.full(4, 0.5)
    assert chooses(member, worth, draw, 4.0, 1.5).tolist() == [True, False, False, True]


def leads(*first: int, second: tuple[int, ...] = (-1, -1, -1, -1, -1)) -> np.ndarray:
    """Return who leads the agreements of five communes for two functions."""
    return np.array([first, second]).T


@pytest.mark.parametrize(
    ("member", "worth", "utility"), [(False, 7.0, 7.0 - 4.0), (True, 7.0, -7.0), (True, -2.0, 2.0)]
)
def test_the_chance_to_enter_and_to_leave_is_a_logit(member: bool, worth: float, utility: float) -> None:
    chance = 1.0 / (1.0 + math.exp(-utility / 1.5))
    for draw, changes in ((chance - 1e-6, True), (chance + 1e-6, False)):
        chosen = chooses(np.array([member]), np.array([worth]), np.array([draw]), 4.0, 1.5)
        assert chosen.tolist() == [changes]


def test_the_best_partner_of_each_council_is_asked_and_a_tie_goes_to_the_first() -> None:
    council = np.array([0, 0, 0, 2, 2])
    assert best_partner(council, np.array([1.0, 3.0, 2.0, 5.0, 5.0 + 1e-14])).tolist() == [1, 3]


def test_nobody_to_ask() -> None:
    assert best_partner(np.zeros(0, dtype=np.intp), np.zeros(0)).size == 0


def test_the_commune_with_more_residents_leads_and_a_tie_goes_to_the_first_code() -> None:
    assert leader(0, 1, RESIDENTS) == leader(1, 0, RESIDENTS) == 1
    assert leader(1, 2, RESIDENTS) == leader(2, 1, RESIDENTS) == 1


def test_one_of_three_leaves() -> None:
    before = leads(1, 1, 1, -1, -1, second=(0, 0, -1, -1, -1))
    after = without(before, np.array([0]), np.array([0]))
    assert after[:, 0].tolist() == [-1, 1, 1, -1, -1]
    # What they manage by another agreement stays.
    assert after[:, 1].tolist() == [0, 0, -1, -1, -1]
    assert before[0, 0] == 1


def test_an_agreement_ends_without_its_lead_and_with_nobody_but_it() -> None:
    assert without(leads(1, 1, 1, -1, -1), np.array([1]), np.array([0]))[:, 0].tolist() == [-1] * 5
    assert without(leads(1, 1, -1, -1, -1), np.array([0]), np.array([0]))[:, 0].tolist() == [-1] * 5


def test_two_communes_found_an_agreement_and_a_third_enters_it() -> None:
    none = leads(-1, -1, -1, -1, -1)
    founded, entered = with_proposals(none, [(0, 1, 0)], none, RESIDENTS, 3.0)
    assert founded[:, 0].tolist() == [1, 1, -1, -1, -1]
    assert entered == [(1, 0), (0, 0)]
    larger, entered = with_proposals(founded, [(3, 1, 0)], founded, RESIDENTS, 3.0)
    assert larger[:, 0].tolist() == [1, 1, -1, 1, -1]
    assert entered == [(3, 0)]
    assert (none < 0).all()


def test_a_full_agreement_takes_nobody() -> None:
    full = leads(1, 1, 1, -1, -1)
    after, entered = with_proposals(full, [(3, 1, 0)], full, RESIDENTS, 3.0)
    assert after.tolist() == full.tolist()
    assert entered == []


def test_the_last_place_goes_to_the_first_who_asks() -> None:
    two = leads(-1, 1, 1, -1, -1)
    after, entered = with_proposals(two, [(0, 1, 0), (3, 1, 0)], two, RESIDENTS, 3.0)
    assert after[:, 0].tolist() == [1, 1, 1, -1, -1]
    assert entered == [(0, 0)]


def test_whose_agreement_changed_since_it_was_asked_waits() -> None:
    none, three = leads(-1, -1, -1, -1, -1), leads(1, 1, 1, -1, -1)
    # The second wanted the third, who has just gone with the first.
    after, _ = with_proposals(none, [(0, 2, 0), (1, 2, 0)], none, RESIDENTS, 5.0)
    assert after[:, 0].tolist() == [2, -1, 2, -1, -1]
    # The agreement that the fourth asked has ended meanwhile.
    after, entered = with_proposals(none, [(3, 1, 0)], three, RESIDENTS, 5.0)
    assert (after < 0).all()
    assert entered == []
    # Two that ask each other found one agreement.
    after, _ = with_proposals(none, [(0, 1, 0), (1, 0, 0)], none, RESIDENTS, 5.0)
    assert after[:, 0].tolist() == [1, 1, -1, -1, -1]


def test_a_commune_is_free_of_the_obligation_by_agreements_of_enough_residents() -> None:
    own = np.ones((5, 2), dtype=bool)
    both = leads(1, 1, 1, -1, -1, second=(1, 1, 1, -1, -1))
    # Three communes of 1,000, 4,000 and 4,000 residents.
    assert managed_jointly(both, own, RESIDENTS, 9_000.0).tolist() == [True, True, True, False, False]
    assert not managed_jointly(both, own, RESIDENTS, 9_001.0).any()
    one = leads(1, 1, 1, -1, -1)
    assert not managed_jointly(one, own, RESIDENTS, 0.0).any()
    # The second function of the first commune is in its union.
    own[0, 1] = False
    assert managed_jointly(one, own, RESIDENTS, 0.0).tolist() == [True, False, False, False, False]


def test_incentives_by_functions_count_agreements_where_the_law_pays_them() -> None:
    # A union of 1,000 residents with 3 functions; 4,000 residents with one by agreement; 5,000 without.
    union, population = np.array([0, -1, -1]), np.array([1_000.0, 4_000.0, 5_000.0])
    agreed = np.array([0, 1, 0])
    paid = union_weights(union, population, np.array([3, 0, 0]), 1, 0.5, 0.0, agreed=agreed)
    np.testing.assert_allclose(paid, [0.5 + 0.5 * 3 / 7, 0.0, 0.5 * 4 / 7, 0.0])
    assert union_weights(union, population, np.array([3, 0, 0]), 1, 0.5, 0.0).tolist() == [1.0]
