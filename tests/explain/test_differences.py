"""Differences between two trees add up like the trees themselves."""

import math

import pytest

from areavasta import TerritorialModel
from areavasta.observation import COMMUNE_COLUMNS
from experiments.explain.commune import explain_commune
from experiments.explain.difference import explain_difference
from experiments.explain.tree import Node, Operation, Unit, misfits
from tests.explain.conftest import run


def product(first: float, second: float) -> Node:
    """Return a product of two factors."""
    factors = tuple(
        Node(key, key, amount, Unit.number, "en") for key, amount in (("a", first), ("b", second))
    )
    return Node("ab", "ab", first * second, Unit.euro, "en", Operation.product, children=factors)


@pytest.fixture(scope="module")
def present() -> TerritorialModel:
    return run("status_quo", "territory=toy")


@pytest.mark.parametrize("name", COMMUNE_COLUMNS)
def test_differences_add_up(toy: TerritorialModel, present: TerritorialModel, name: str) -> None:
    for place in range(len(toy.territory.codes)):
        before, after = (explain_commune(model, place, "it", name) for model in (present, toy))
        change = explain_difference(before, after)
        assert change.amount == pytest.approx(after.amount - before.amount)
        assert not misfits(change), place


def test_differences_of_books_add_up_to_the_cent(toy: TerritorialModel, present: TerritorialModel) -> None:
    for place in range(len(toy.territory.codes)):
        before, after = (explain_commune(model, place, "it").children[0] for model in (present, toy))
        change = explain_difference(before, after)
        assert not misfits(change)
        assert change.cents == after.cents - before.cents  # type: ignore[operator]


def test_flows_that_begin_or_end_keep_who_pays(toy: TerritorialModel, present: TerritorialModel) -> None:
    found = 0
    for place in range(len(toy.territory.codes)):
        before, after = (explain_commune(model, place, "it", "transfers") for model in (present, toy))
        old, new = ({node.key: node for node in tree.walk()} for tree in (before, after))
        for node in explain_difference(before, after).walk():
            alone = [side[node.key] for side in (old, new) if node.key in side]
            if len(alone) == 1 and alone[0].note and node.key not in (old.keys() & new.keys()):
                assert alone[0].note in node.note
                found += 1
    assert found


def test_equal_trees_do_not_differ(toy: TerritorialModel) -> None:
    tree = explain_commune(toy, 0, "it", "service")
    change = explain_difference(tree, tree)
    assert change.amount == 0
    assert not change.children


def test_factors_share_a_change_by_their_logarithms() -> None:
    change = explain_difference(product(2.0, 3.0), product(4.0, 4.5))
    mean = (18.0 - 6.0) / math.log(18.0 / 6.0)
    assert [child.amount for child in change.children] == pytest.approx(
        [mean * math.log(2.0), mean * math.log(1.5)]
    )
    assert sum(child.amount for child in change.children) == pytest.approx(12.0)


def test_nothing_is_attributed_to_a_factor_that_falls_to_zero() -> None:
    change = explain_difference(product(2.0, 3.0), product(0.0, 3.0))
    assert change.operation is Operation.leaf
    assert [(child.key, child.amount) for child in change.children] == [("a", -2.0)]


def test_what_one_side_lacks_counts_there_as_nothing() -> None:
    one = Node("one", "one", 100, Unit.cents, "it")
    two = Node("two", "two", 250, Unit.cents, "it")
    before = Node("all", "all", 100, Unit.cents, "it", Operation.sum, children=(one,))
    after = Node("all", "all", 250, Unit.cents, "it", Operation.sum, children=(two,))
    change = explain_difference(before, after)
    assert {child.key: child.amount for child in change.children} == {"two": 250, "one": -100}
    assert change.value == "+1,50\u00a0€"
