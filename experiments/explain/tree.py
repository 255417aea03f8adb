"""A value as a tree: what it is made of, and how the parts make it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from areavasta.accounts import CENTS_PER_EURO
from experiments import language

TOLERANCE = 1e-9
"""Largest relative difference between a value and what its parts make; money to the cent has none."""


class Operation(Enum):
    """How children make the value of their parent."""

    leaf = "leaf"
    sum = "sum"
    product = "product"
    ratio = "ratio"


class Unit(Enum):
    """What a value counts, with the decimals it is shown with."""

    cents = 2
    euro = 0
    euro_per_head = 1
    number = 3
    factor = 4
    count = -1
    points = -2


@dataclass(frozen=True)
class Node:
    """A value and its parts; `key` names it in every language and scenario, `amount` is in its unit.

    Children of a sum add up to it (in cents exactly), of a product multiply to it; a ratio has two, the
    first (in EUR, where it is cents) over the second. A leaf may have children: they inform, and make
    nothing up. `note` says what the number does not.
    """

    key: str
    label: str
    amount: float
    unit: Unit
    lang: str
    operation: Operation = Operation.leaf
    note: str = ""
    children: tuple["Node", ...] = ()
    is_change: bool = False

    @property
    def cents(self) -> int | None:
        """Whole cents, of money that closes to the cent."""
        return int(self.amount) if self.unit is Unit.cents else None

    @property
    def plain(self) -> float:
        """The amount, in EUR where it is cents."""
        return self.amount / CENTS_PER_EURO if self.unit is Unit.cents else self.amount

    @property
    def value(self) -> str:
        """The value in words of its language; a change carries its sign."""
        return write(self.amount, self.unit, self.lang, self.is_change)

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, key: str) -> "Node | None":
        """Return the first node of a key at or below this one, None when there is none."""
        return next((node for node in self.walk() if node.key == key), None)


def write(amount: float, unit: Unit, lang: str, signed: bool = False) -> str:
    """Write an amount with its unit."""
    if unit is Unit.cents:
        return language.amount(amount / CENTS_PER_EURO, "€", lang, 2, signed)
    if unit is Unit.euro:
        return language.amount(amount, "€", lang, 0, signed)
    if unit is Unit.euro_per_head:
        return language.amount(
            amount, {"it": "€ per abitante", "en": "€ per resident"}[lang], lang, 1, signed
        )
    if unit is Unit.points:
        return language.number(amount, lang, 2, signed)
    return language.number(amount, lang, max(unit.value, 0), signed)


def total(
    key: str, label: str, lang: str, children: tuple[Node, ...], unit: Unit = Unit.cents, note: str = ""
) -> Node:
    """Return the sum of children, which all have its unit."""
    amount = math.fsum(child.amount for child in children)
    return Node(key, label, amount, unit, lang, Operation.sum, note, children)


def misfits(node: Node) -> list[str]:
    """Return the keys of all nodes whose children do not make up their value."""
    return [part.key for part in node.walk() if not _fits(part)]


def _fits(node: Node) -> bool:
    parts = [child.amount for child in node.children]
    if node.operation is Operation.leaf:
        return True
    if node.operation is Operation.sum:
        made = math.fsum(parts)
        if node.unit is Unit.cents:
            return made == node.amount
    elif node.operation is Operation.product:
        made = math.prod(parts)
    else:
        made = node.children[0].plain / parts[1]
    scale = max(1.0, abs(node.amount), *(abs(part) for part in parts)) if parts else 1.0
    return abs(made - node.amount) <= TOLERANCE * scale
