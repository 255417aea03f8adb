"""Money: accounts, flows in whole euro cents, and the closing of the books.

Every flow has a payer, a payee, an amount of at least zero, a kind and a rule. Nothing is created: over all
accounts the sum is zero, and at the end of a year no local body is below zero.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Cents

BodyIndex = NDArray[np.intp]

CENTS_PER_EURO = 100

ACCOUNT_LEVELS = (
    "commune", "union", "area", "agency", "region", "state", "residents", "suppliers",
)  # fmt: skip
"""Levels of accounts; the last three are outside the territory's books and may go below zero."""

LARGEST_EXACT = 2**53
"""Largest number of cents that a double holds exactly; no account may reach it."""


class Kind(Enum):
    """Name what a flow is for: a closed list."""

    own_revenue = "own_revenue"
    waste_tariff = "waste_tariff"
    equalisation = "equalisation"
    compensation = "compensation"
    service_equity = "service_equity"
    state_transfer = "state_transfer"
    regional_allocation = "regional_allocation"
    area_allocation = "area_allocation"
    incentive = "incentive"
    quota = "quota"
    solidarity = "solidarity"
    devolved_resources = "devolved_resources"
    programme = "programme"
    assistance = "assistance"
    knowledge = "knowledge"
    delivery = "delivery"
    transition = "transition"


FLOWS: dict[Kind, tuple[str, str, str]] = {
    Kind.own_revenue: ("residents", "communes, areas", "communal taxes at the effort chosen; areas' taxes"),
    Kind.waste_tariff: ("residents", "the holder of waste", "waste at its planned cost"),
    Kind.equalisation: ("State; net contributors", "communes; State", "the equalisation fund"),
    Kind.compensation: ("State", "communes", "own taxes lost by national law"),
    Kind.service_equity: ("State", "communes", "social services, nurseries, disabled pupils, 2025 to 2030"),
    Kind.state_transfer: ("State", "region", "the regional envelope, the region's functions, new money"),
    Kind.regional_allocation: ("region", "communes", "the regional envelope, by its rules"),
    Kind.area_allocation: ("areas", "communes", "the envelope of each area, by its rules"),
    Kind.incentive: ("region", "unions, communes", "incentives to joint management"),
    Kind.quota: ("communes", "unions", "what members pay for functions they delegated, and for programmes"),
    Kind.solidarity: ("communes", "communes", "the solidarity pool of a union or area"),
    Kind.devolved_resources: ("old holder", "new holder", "resources that follow a function"),
    Kind.programme: (
        "areas, unions, communes",
        "suppliers, communes",
        "drafting and plans of programmes, transfers for agreements",
    ),
    Kind.assistance: ("areas, region", "suppliers", "assistance to communes, facilitation of joint work"),
    Kind.knowledge: ("areas, region", "suppliers", "participation, analysis, data, BES, monitoring"),
    Kind.delivery: ("who delivers", "suppliers", "services"),
    Kind.transition: ("new holder", "suppliers", "reorganisation of a function that moved"),
}
"""Who pays whom, and for what, in each kind of flow."""


class BooksError(ArithmeticError):
    """Stop a run whose books do not close: names the account, the amount and the kinds."""


@dataclass(frozen=True)
class Accounts:
    """Order of all accounts: communes, unions, areas, the agency, the region, then the outside ones."""

    communes: int
    unions: int
    areas: int

    @cached_property
    def union(self) -> int:
        """Position of the first union."""
        return self.communes

    @cached_property
    def area(self) -> int:
        """Position of the first area."""
        return self.communes + self.unions

    @cached_property
    def agency(self) -> int:
        """Position of the agency of all communes."""
        return self.area + self.areas

    @cached_property
    def region(self) -> int:
        """Position of the region."""
        return self.agency + 1

    @cached_property
    def state(self) -> int:
        """Position of the State; first of the outside accounts."""
        return self.region + 1

    @cached_property
    def residents(self) -> int:
        """Position of the residents, who pay taxes and tariffs."""
        return self.state + 1

    @cached_property
    def suppliers(self) -> int:
        """Position of the suppliers, who are paid for services."""
        return self.state + 2

    @cached_property
    def count(self) -> int:
        """Number of accounts."""
        return self.state + 3

    def levels(self) -> NDArray[np.intp]:
        """Return the level of each account as a position in ACCOUNT_LEVELS, shape (account,)."""
        sizes = [self.communes, self.unions, self.areas, 1, 1, 1, 1, 1]
        return np.repeat(np.arange(len(ACCOUNT_LEVELS)), sizes)


class Flows(NamedTuple):
    """Flows of one kind and rule, booked together; `total` is the sum of their cents.

    Payer, payee, function and place are columns as long as `cents`, or one number for all; -1 is none.
    """

    kind: Kind
    rule: str
    payer: BodyIndex | int
    payee: BodyIndex | int
    cents: Cents
    function: BodyIndex | int
    place: BodyIndex | int
    total: int

    def column(self, name: str) -> BodyIndex:
        """Return payer, payee, function or place as a column."""
        value: BodyIndex | int = getattr(self, name)
        return np.full(self.cents.size, value, dtype=np.intp) if isinstance(value, int) else value


@dataclass(frozen=True)
class Certificate:
    """Say that the books of a year closed: the flows, the money moved, and what was left over."""

    year: int
    flows: int
    moved_cents: int
    discrepancy_cents: int
    lowest_local_balance_cents: int


@dataclass(frozen=True)
class ClosedYear:
    """The books of a year that has closed: opening and closing balances, (account,), and its flows."""

    opening: Cents
    closing: Cents
    flows: tuple[Flows, ...]


class Ledger:
    """The books: balances of all accounts and the flows of the present year.

    `closed_year` are the books of the year that closed last, None before the first.
    """

    def __init__(self, accounts: Accounts, functions: int) -> None:
        self.accounts = accounts
        self.functions = functions
        self.levels = accounts.levels()
        self.balance: Cents = np.zeros(accounts.count, dtype=np.int64)
        self.opening: Cents = self.balance.copy()
        self.flows: list[Flows] = []
        self.closed_year: ClosedYear | None = None

    def post(
        self,
        kind: Kind,
        rule: str,
        payer: BodyIndex | int,
        payee: BodyIndex | int,
        cents: Cents,
        *,
        function: BodyIndex | int = -1,
        place: BodyIndex | int = -1,
    ) -> None:
        """Book flows of one kind and rule.

        Single numbers stand for whole columns. Raises BooksError when an amount is negative.
        """
        if cents.size == 0:
            return
        least = np.minimum.reduce(cents)
        if least < 0:
            raise BooksError(f"{kind.value} by {rule}: a flow of {least} cents; amounts are at least 0")
        total = int(np.add.reduce(cents))
        self.flows.append(Flows(kind, rule, payer, payee, cents, function, place, total))
        _add(self.balance, payee, cents, total)
        _take(self.balance, payer, cents, total)

    def columns(self) -> tuple[BodyIndex, BodyIndex, BodyIndex, Cents]:
        """Return payer, payee, function and cents of all flows of this year, in the order of booking."""
        ends = np.cumsum([0, *(flow.cents.size for flow in self.flows)]).tolist()
        table = np.empty((4, ends[-1]), dtype=np.int64)
        for flow, first, end in zip(self.flows, ends, ends[1:], strict=False):
            for row, values in enumerate((flow.payer, flow.payee, flow.function, flow.cents)):
                table[row, first:end] = values
        payer, payee, function, cents = table
        return payer, payee, function, cents

    def paid_to(self, account: int) -> Cents:
        """Return what each account paid this year in flows that all go to one account, (account,)."""
        paid = np.zeros_like(self.balance)
        for flow in self.flows:
            if isinstance(flow.payee, int) and flow.payee == account:
                _add(paid, flow.payer, flow.cents, flow.total)
        return paid

    def close(self, year: int) -> Certificate:
        """Close the year, checking the books anew from the flows alone.

        Raises BooksError, naming account, amount and kinds, when closing differs from opening plus in
        less out, when the accounts do not sum to zero, or when a local body is below zero.
        """
        expected = self.opening.copy()
        for flow in self.flows:
            _add(expected, flow.payee, flow.cents, flow.total)
            _take(expected, flow.payer, flow.cents, flow.total)
        wrong = np.flatnonzero(expected != self.balance)
        if wrong.size:
            raise BooksError(self._complaint(year, int(wrong[0]), int((self.balance - expected)[wrong[0]])))
        local = self.balance[: self.accounts.state]
        if local.min() < 0:
            raise BooksError(self._complaint(year, int(local.argmin()), int(local.min())))
        total = int(self.balance.sum())
        if total != 0:
            raise BooksError(f"year {year}: all accounts sum to {total} cents; they must sum to 0")
        if np.abs(self.balance).max() >= LARGEST_EXACT:
            raise BooksError(
                f"year {year}: an account holds more than {LARGEST_EXACT / CENTS_PER_EURO:.0f} EUR, of which "
                "cents cannot be told; simulate fewer years, or less growth and smaller funds"
            )
        moved = sum(flow.total for flow in self.flows)
        return Certificate(year, sum(flow.cents.size for flow in self.flows), moved, total, int(local.min()))

    def open_year(self) -> None:
        """Carry balances over and start an empty list of flows; the books of the year that ends are kept."""
        balance = self.balance.copy()
        self.closed_year = ClosedYear(self.opening, balance, tuple(self.flows))
        self.opening = balance
        self.flows = []

    def _complaint(self, year: int, account: int, cents: int) -> str:
        kinds = sorted(
            {
                flow.kind.value
                for flow in self.flows
                if account in flow.column("payer") or account in flow.column("payee")
            }
        )
        level = ACCOUNT_LEVELS[self.levels[account]]
        return (
            f"year {year}: account {account} ({level}) is off by {cents} cents, with flows of "
            f"{', '.join(kinds)}"
        )


def _add(balance: Cents, body: BodyIndex | int, cents: Cents, total: int) -> None:
    if isinstance(body, int):
        balance[body] += total
    else:
        np.add.at(balance, body, cents)


def _take(balance: Cents, body: BodyIndex | int, cents: Cents, total: int) -> None:
    if isinstance(body, int):
        balance[body] -= total
    else:
        np.subtract.at(balance, body, cents)
