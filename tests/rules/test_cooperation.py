import math
from dataclasses import replace

import numpy as np
import pytest

from areavasta.rules.cooperation import RULES, Choice, chosen_function, contiguous_group

# Four councils: a member that gains, a member that loses, one that would enter, one that would not.
CHOICE = Choice(
    member=np.array([True, True, False, False]),
    attends=np.array([True, True, True, True]),
    obliged=np.array([False, True, True, True]),
    worth=np.array([30.0, -60.0, 80.0, -10.0]),
    gain=np.array([30.0, 5.0, 80.0, -1.0]),
    newcomer=np.array([8.0, 8.0, 8.0, 8.0]),
    draw=np.array([0.5, 0.5, 0.5, 0.5]),
    friction=20.0,
    barrier=6.0,
    scale=6.0,
    exemption=True,
)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("voluntary", [False, True, True, False]),
        ("incentive", [False, True, True, False]),
        # The second may not leave; the fourth shows that it gains nothing.
        ("mandatory", [False, False, True, False]),
        ("frozen", [False, False, False, False]),
    ],
)
def test_rules(rule: str, changes: list[bool]) -> None:
    assert RULES[rule](CHOICE).tolist() == changes


def test_without_exemption_everybody_obliged_enters() -> None:
    assert RULES["mandatory"](replace(CHOICE, exemption=False)).tolist() == [False, False, True, True]


def test_a_choice_that_is_all_but_impossible_is_not_made() -> None:
    far = replace(CHOICE, worth=np.array([1e6, 1e6, -1e6, -1e6]), draw=np.zeros(4) + 1e-300)
    assert not RULES["voluntary"](far).any()


def test_who_is_only_obliged_does_not_choose() -> None:
    nobody = replace(CHOICE, attends=np.zeros(4, dtype=bool), obliged=np.zeros(4, dtype=bool))
    assert not RULES["mandatory"](nobody).any()


@pytest.mark.parametrize(("rule", "net"), [("voluntary", 22.0 - 20.0), ("incentive", 22.0 + 8.0 - 20.0)])
def test_the_chance_to_enter_is_a_logit(rule: str, net: float) -> None:
    chance = 1.0 / (1.0 + math.exp(-net / 6.0))
    for draw, enters in ((chance - 1e-6, True), (chance + 1e-6, False)):
        choice = replace(CHOICE, worth=np.full(4, 22.0), draw=np.full(4, draw))
        assert RULES[rule](choice)[2] == enters


def test_the_chance_to_leave_is_a_logit() -> None:
    chance = 1.0 / (1.0 + math.exp((4.0 + 6.0) / 6.0))
    for draw, leaves in ((chance - 1e-6, True), (chance + 1e-6, False)):
        choice = replace(CHOICE, worth=np.full(4, 4.0), draw=np.full(4, draw))
        assert RULES["voluntary"](choice)[0] == leaves


def test_a_union_takes_the_best_function_above_the_threshold() -> None:
    gain = np.array([[1.0, 5.0, 5.0, 9.0], [1.0, 2.0, 2.5, 9.0], [0.0, 0.0, 0.0, 0.0]])
    candidate = np.array([[True, True, True, False], [True, True, True, False], [True, True, True, True]])
    # Ties go to the first; what is not offered is not taken; below the threshold nothing is.
    assert chosen_function(gain, candidate, 3.0).tolist() == [1, -1, -1]
    assert chosen_function(gain, candidate, 2.0).tolist() == [1, 2, -1]


def test_the_largest_group_that_hangs_together() -> None:
    # A chain 0 - 1 - 2 - 3 - 4.
    start = np.array([0, 1, 3, 5, 7, 8], dtype=np.int32)
    neighbours = np.array([1, 0, 2, 1, 3, 2, 4, 3], dtype=np.int32)
    assert contiguous_group([0, 1, 3, 4], start, neighbours) == [0, 1]
    assert contiguous_group([0, 2, 3, 4], start, neighbours) == [2, 3, 4]
    assert contiguous_group([0, 2, 4], start, neighbours) == [0]
