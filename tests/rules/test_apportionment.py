"""Sharing of money: to the last cent, in order, under caps."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from areavasta.rules.apportionment import apportion, fill_under_caps, share_out, whole_cents

ONE_POT = np.zeros(3, dtype=np.intp)


def cents(*amounts: int) -> np.ndarray:
    return np.array(amounts, dtype=np.int64)


def test_a_pot_is_paid_out_to_the_last_cent_by_largest_remainder() -> None:
    # 100 cents by 1:1:1 is 33.33 each; the cent that is left goes to the first of equals.
    assert apportion(cents(100), ONE_POT, np.ones(3)).tolist() == [34, 33, 33]
    # 10 cents by 5:3:1 of 9 is 5.56, 3.33, 1.11: the first has the largest remainder.
    assert apportion(cents(10), ONE_POT, np.array([5.0, 3.0, 1.0])).tolist() == [6, 3, 1]


def test_pots_are_shared_apart() -> None:
    pot = np.array([0, 1, 0, 1])
    assert apportion(cents(7, 3), pot, np.ones(4)).tolist() == [4, 2, 3, 1]


def test_nobody_without_weight_gets_a_cent_and_a_pot_nobody_asks_for_is_kept() -> None:
    assert apportion(cents(101), ONE_POT, np.array([0.0, 1.0, 1.0])).tolist() == [0, 51, 50]
    assert apportion(cents(101), ONE_POT, np.zeros(3)).tolist() == [0, 0, 0]


def test_the_last_digits_of_a_weight_decide_nothing() -> None:
    wobble = np.array([1.0, 1.0 + 3e-16, 1.0 - 3e-16])
    assert apportion(cents(100), ONE_POT, wobble).tolist() == [34, 33, 33]


@given(
    st.lists(st.integers(0, 10**13), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1e9)), min_size=1, max_size=60),
)
def test_shares_sum_to_each_pot(amounts: list[int], entries: list[tuple[int, float]]) -> None:
    pots = np.array(amounts, dtype=np.int64)
    pot = np.array([which % len(amounts) for which, _ in entries])
    weights = np.array([weight for _, weight in entries])
    shares = apportion(pots, pot, weights)
    assert (shares >= 0).all()
    for number, amount in enumerate(amounts):
        asked = weights[pot == number].sum() > 0
        assert shares[pot == number].sum() == (amount if asked else 0)


@given(st.integers(0, 10**10), st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_a_pot_among_others_is_shared_as_it_is_alone(amount: int, weights: list[float]) -> None:
    entries = np.array(weights)
    alone = apportion(cents(amount), np.zeros(entries.size, dtype=np.intp), entries)
    pot = np.tile([0, 1], entries.size)
    together = apportion(cents(amount, 7), pot, np.stack([entries, np.ones_like(entries)], axis=1).ravel())
    assert together[::2].tolist() == alone.tolist()


@given(
    st.floats(0.01, 1e9),
    st.lists(st.tuples(st.just(0.0) | st.floats(1e-3, 1e6), st.floats(0, 1e8)), min_size=1, max_size=40),
)
def test_caps_hold_and_what_they_refuse_goes_to_the_others(
    pot: float, entries: list[tuple[float, float]]
) -> None:
    weights = np.array([weight for weight, _ in entries])
    caps = np.array([cap for _, cap in entries])
    amounts = fill_under_caps(pot, weights, caps)
    assert (amounts <= caps * (1 + 1e-12)).all()
    assert (amounts[weights == 0] == 0).all()
    room = caps[weights > 0].sum()
    np.testing.assert_allclose(amounts.sum(), min(pot, room), rtol=1e-9, atol=1e-9)


def test_filling_by_hand() -> None:
    # 100 by 1:1:2 with a cap of 10 on the first: 90 are left for 1:2.
    filled = fill_under_caps(100.0, np.array([1.0, 1.0, 2.0]), np.array([10.0, 100.0, 100.0]))
    assert filled.tolist() == [10.0, 30.0, 60.0]


def test_whole_cents_round_down_but_not_the_noise_of_doubles() -> None:
    assert whole_cents(np.array([1.239, 0.1 + 0.2, 2.0])).tolist() == [123, 30, 200]


@given(st.integers(0, 10**13), st.lists(st.floats(0, 1e9), max_size=60))
def test_a_single_pot_is_shared_as_one_of_several(amount: int, asked: list[float]) -> None:
    weights, pot = np.array(asked), np.zeros(len(asked), dtype=np.intp)
    assert share_out(amount, weights).tolist() == apportion(cents(amount, 0), pot, weights).tolist()
