"""Signatures, quorum, plans, complementarity, solidarity and earmarks, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from areavasta.rules.earmarking import ratios_to_plan
from areavasta.rules.integration import composed, exponents
from areavasta.rules.programmes import (
    gain_of_signing,
    pace_of_plans,
    reaches_quorum,
    transfers_between,
    transfers_that_buy,
)
from areavasta.rules.solidarity import contributions_and_receipts, pairs

ONE = np.ones(1)


def test_a_council_signs_for_what_it_gains() -> None:
    gain = gain_of_signing(
        0.5, np.array([10.0, 10.0]), 2.0, np.array([4.0, 20.0]), 2 * np.ones(2), np.zeros(2)
    )
    assert gain.tolist() == [4.0, -4.0]  # 0.5 (10 - 2 - 4) + 2; 0.5 (10 - 2 - 20) + 2


def test_transfers_make_up_for_a_loss_within_the_cap() -> None:
    gain = np.array([1.0, 0.0, -4.0, -5.0])
    assert transfers_that_buy(gain, 5.0).tolist() == [0.0, 0.0, 4.0, 0.0]
    assert transfers_that_buy(gain, 0.0).tolist() == [0.0] * 4


def test_a_programme_needs_enough_communes_and_enough_residents() -> None:
    area = np.array([0, 0, 1, 1, 2])
    people = np.array([10.0, 90.0, 50.0, 50.0, 5.0])
    signs = np.array([True, False, True, False, False])
    assert reaches_quorum(signs, people, area, 3, 0.5).tolist() == [False, True, False]
    assert reaches_quorum(signs, people, area, 3, 0.0).tolist() == [True, True, False]
    # A commune that is alone in its area is enough by itself.
    assert reaches_quorum(np.ones(1, dtype=bool), people[:1], area[:1], 1, 1.0).tolist() == [True]


def test_members_plan_with_the_capacity_of_their_union() -> None:
    pace = pace_of_plans(np.array([1000.0, 1000.0, 4000.0]), np.array([-1, 0, 0]), np.ones(3), 5000.0)
    np.testing.assert_allclose(pace, [1 / 6, 0.5, 0.5])
    delay = np.array([4.0, 4.0, 5.0])
    slow = pace_of_plans(np.array([1000.0, 95000.0, 95000.0]), np.full(3, -1), delay, 5000.0)
    np.testing.assert_allclose(slow, [1 / 6, 0.25, 0.2])


def test_aligned_functions_replace_each_other() -> None:
    assert exponents(-0.5, np.array([0.0, 0.5, 1.0])).tolist() == [-0.5, 0.25, 1.0]
    log_level, weights = np.log([[0.5, 1.5]]), np.array([[0.5], [0.5]])
    domain = np.zeros(2, dtype=np.intp)
    means = [float(composed(log_level, weights, domain, np.array([[r]]))[0, 0]) for r in (-1.0, 0.0, 1.0)]
    # Harmonic, geometric and arithmetic mean of a half and one and a half.
    assert means == pytest.approx([0.75, 0.75**0.5, 1.0])


def test_solidarity_closes_part_of_the_distance() -> None:
    money, need = np.array([150.0, 50.0, 100.0]), np.full(3, 100.0)
    pool = np.zeros(3, dtype=np.intp)
    paid, received = contributions_and_receipts(money, need, money, pool, 0.5)
    assert paid.tolist() == [2500, 0, 0]
    assert received.tolist() == [0, 2500, 0]


def test_nobody_pays_more_than_its_own_revenue() -> None:
    money, need = np.array([160.0, 140.0, 0.0]), np.full(3, 100.0)
    own = np.array([15.0, 140.0, 0.0])
    paid, _ = contributions_and_receipts(money, need, own, np.zeros(3, dtype=np.intp), 1.0)
    # The first could give a quarter of its 60 above the mean: so everybody gives a quarter.
    assert paid.tolist() == [1500, 1000, 0]


def test_payers_meet_payees_in_order() -> None:
    paid, received = np.array([30, 0, 0, 20, 5, 0]), np.array([0, 10, 40, 0, 0, 5])
    payers, payees, cents = pairs(paid, received, np.array([0, 0, 0, 0, 1, 1]))
    flows = list(zip(payers.tolist(), payees.tolist(), cents.tolist(), strict=True))
    assert flows == [(0, 1, 10), (0, 2, 20), (3, 2, 20), (4, 5, 5)]
    payers, payees, cents = pairs(np.array([1, 0]), np.array([0, 1]), np.array([0, 0]))
    assert (payers.tolist(), payees.tolist(), cents.tolist()) == ([0], [1], [1])


@given(
    st.lists(
        st.tuples(st.integers(0, 10**9), st.integers(0, 10**7), st.floats(0, 1), st.integers(0, 3)),
        min_size=1, max_size=40,
    ),
    st.floats(0, 1),
)  # fmt: skip
def test_solidarity_is_settled_to_the_cent_and_keeps_the_order(
    places: list[tuple[int, int, float, int]], share: float
) -> None:
    cents, need, part, pool = (np.array(column) for column in zip(*places, strict=True))
    money, need = cents / 100, need.astype(np.float64)
    paid, received = contributions_and_receipts(money, need, part * money, pool, share)
    assert (paid <= np.ceil(part * cents) + 1).all()
    assert (paid * received == 0).all()
    payers, payees, flows = pairs(paid, received, pool)
    assert (flows > 0).all()
    assert (pool[payers] == pool[payees]).all()
    np.testing.assert_array_equal(np.bincount(payers, flows, pool.size), paid)
    np.testing.assert_array_equal(np.bincount(payees, flows, pool.size), received)
    after = cents - paid + received
    for group in np.unique(pool[need > 0]):
        mine = (pool == group) & (need > 0)
        order = np.argsort(cents[mine] / need[mine], kind="stable")
        level = (after[mine] / need[mine])[order]
        # A cent of rounding on either side is no change of place.
        slack = 2.0 / need[mine].min()
        assert (np.diff(level) >= -slack - 1e-9 * np.abs(level[1:])).all()


def test_earmarked_money_is_spent_beside_the_plan() -> None:
    there, others = ratios_to_plan(100 * ONE, 10 * ONE, 100 * ONE, 20 * ONE, 2.0)
    # 10 first, then 90 over 100 of plan: 28 on functions whose plan is 20, 72 on the other 80.
    assert there[0] == pytest.approx(1.4)
    assert others[0] == pytest.approx(0.9)
    # What they cannot use goes to the others; what the area no longer gives is taken from them.
    assert ratios_to_plan(100 * ONE, 50 * ONE, 100 * ONE, 20 * ONE, 1.5)[0][0] == pytest.approx(1.5)
    assert ratios_to_plan(100 * ONE, 50 * ONE, 100 * ONE, 20 * ONE, 1.5)[1][0] == pytest.approx(70 / 80)
    there, others = ratios_to_plan(90 * ONE, -10 * ONE, 100 * ONE, 20 * ONE, 2.0)
    assert (there[0], others[0]) == (pytest.approx(0.5), pytest.approx(1.0))


def test_without_an_earmark_all_functions_share_in_proportion_to_plan() -> None:
    there, others = ratios_to_plan(80 * ONE, 0 * ONE, 100 * ONE, 20 * ONE, 1.25)
    assert there[0] == others[0] == pytest.approx(0.8)


def test_members_who_gain_pay_those_who_lose_in_proportion() -> None:
    union, people = np.array([0, 0, 0, 1, 1]), np.array([100.0, 300.0, 200.0, 100.0, 200.0])
    gain = np.array([4.0, 2.0, -1.5, 2.0, -1.5])
    # The first union owes 300 of a gain of 1,000: three tenths. The second gains 200 and owes 300: too dear.
    transfer = transfers_between(gain, people, union, 3, 5.0)
    assert transfer == pytest.approx([-1.2, -0.6, 1.5, 0.0, 0.0])
    assert (transfer * people).sum() == pytest.approx(0.0)
    assert not transfers_between(gain, people, union, 3, 1.5).any()
    assert not transfers_between(gain, people, union, 3, 0.0).any()
