"""The books: every kind of flow moves money and makes none; what does not close stops the run."""

import numpy as np
import pytest

from areavasta.accounts import ACCOUNT_LEVELS, Accounts, BooksError, Kind, Ledger

BOOKS = Accounts(communes=3, unions=1, areas=1)


def amounts(*cents: int) -> np.ndarray:
    return np.array(cents, dtype=np.int64)


def test_accounts_are_named_by_level_in_order() -> None:
    names = [ACCOUNT_LEVELS[level] for level in BOOKS.levels()]
    assert names == ["commune"] * 3 + ["union", "area", "agency", "region", "state", "residents", "suppliers"]
    assert (BOOKS.union, BOOKS.area, BOOKS.agency, BOOKS.region) == (3, 4, 5, 6)
    assert (BOOKS.state, BOOKS.residents, BOOKS.suppliers, BOOKS.count) == (7, 8, 9, 10)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_every_kind_moves_money_from_payer_to_payee(kind: Kind) -> None:
    ledger = Ledger(BOOKS, functions=2)
    ledger.post(kind, "by_hand", BOOKS.state, np.arange(3), amounts(5, 6, 7), function=1)
    certificate = ledger.close(2026)
    assert ledger.balance[:3].tolist() == [5, 6, 7]
    assert ledger.balance[BOOKS.state] == -18
    assert (certificate.moved_cents, certificate.flows, certificate.discrepancy_cents) == (18, 3, 0)
    assert ledger.flows[0].kind is kind
    assert ledger.flows[0].column("function").tolist() == [1, 1, 1]


def test_balances_carry_over() -> None:
    ledger = Ledger(BOOKS, functions=1)
    ledger.post(Kind.own_revenue, "tax", BOOKS.residents, np.arange(3), amounts(10, 10, 10))
    ledger.close(2026)
    ledger.open_year()
    ledger.post(Kind.delivery, "own", np.arange(3), BOOKS.suppliers, amounts(4, 5, 6))
    assert ledger.close(2027).lowest_local_balance_cents == 0
    ledger.open_year()
    assert ledger.closed_year is not None
    assert ledger.closed_year.opening[:3].tolist() == [10, 10, 10]
    assert ledger.closed_year.closing[:3].tolist() == [6, 5, 4]
    assert ledger.balance[:3].tolist() == [6, 5, 4]


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(BooksError, match="quota by cost: a flow of -1 cents"):
        Ledger(BOOKS, functions=1).post(Kind.quota, "cost", 0, 3, amounts(-1))


def test_a_local_body_below_zero_stops_the_run_and_is_named() -> None:
    ledger = Ledger(BOOKS, functions=1)
    ledger.post(Kind.delivery, "own", np.array([1]), BOOKS.suppliers, amounts(7))
    with pytest.raises(BooksError, match=r"year 2031: account 1 \(commune\) is off by -7 cents.*delivery"):
        ledger.close(2031)


def test_money_that_no_flow_explains_stops_the_run() -> None:
    ledger = Ledger(BOOKS, functions=1)
    ledger.post(Kind.own_revenue, "tax", BOOKS.residents, np.arange(3), amounts(10, 10, 10))
    ledger.balance[2] += 1
    with pytest.raises(BooksError, match=r"account 2 \(commune\) is off by 1 cents.*own_revenue"):
        ledger.close(2026)


def test_columns_join_single_numbers_and_arrays_in_the_order_of_booking() -> None:
    ledger = Ledger(BOOKS, functions=2)
    ledger.post(Kind.own_revenue, "tax", BOOKS.residents, np.arange(2), amounts(10, 20))
    ledger.post(Kind.delivery, "own", np.arange(2), BOOKS.suppliers, amounts(4, 5), function=np.array([1, 0]))
    payer, payee, function, cents = (column.tolist() for column in ledger.columns())
    assert payer == [BOOKS.residents, BOOKS.residents, 0, 1]
    assert payee == [0, 1, BOOKS.suppliers, BOOKS.suppliers]
    assert (function, cents) == ([-1, -1, 1, 0], [10, 20, 4, 5])
    assert ledger.paid_to(BOOKS.suppliers)[:3].tolist() == [4, 5, 0]
