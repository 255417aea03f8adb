"""Machines break down under commands; `python -m tests.faults.breakdown_campaign` tries it more often."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.breakdown_campaign import RECORD
from tests.faults.breakdowns import KINDS, Case, NotAllowedError, run_case
from tests.faults.judge import Verdict

FIRST = 100_001
"""Number of the first case: one that no campaign had when it was recorded."""

FEW = {
    "full disk": 3,
    "read-only disk": 1,
    "clock": 1,
    "damaged store": 2,
    "kill -9": 1,
    "no memory": 1,
    "report": 1,
}
"""Cases of each kind that every change is tested with."""

LEAST = 100
"""Cases of a recorded campaign, all kinds together."""


def wrong_cases(kind: str, first: int, cases: int, scratch: Path) -> dict[int, str]:
    try:
        found = {number: run_case(kind, number, scratch) for number in range(first, first + cases)}
    except NotAllowedError:
        pytest.skip("this machine does not let us mount a small disk")
    return {number: f"{case.command}: {case.wrong}" for number, case in found.items() if case.wrong}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_finished_is_lost_and_nothing_half_done_is_left(kind: str, tmp_path: Path) -> None:
    assert wrong_cases(kind, FIRST, FEW[kind], tmp_path) == {}


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_many_breakdowns(kind: str, tmp_path: Path) -> None:
    assert wrong_cases(kind, FIRST + 1000, 10, tmp_path) == {}


def test_the_recorded_campaign_was_large_and_lost_nothing() -> None:
    kinds = json.loads(RECORD.read_text(encoding="utf-8"))["kinds"]
    assert set(kinds) == set(KINDS)
    total: Counter[str] = Counter()
    for one in kinds.values():
        total.update(one)
    assert total["cases"] >= LEAST
    assert total["went wrong"] == total["of them lost"] == 0
    # Machines on which nothing breaks, or nothing is finished before it does, test nothing.
    assert total["stopped"] > 0
    assert total["runs finished before"] > 100


def test_a_lost_run_is_wrong() -> None:
    assert Case("sweep", Verdict(0, ""), finished=3, lost=1).wrong == "1 finished runs were lost"
    assert not Case("sweep", Verdict(0, ""), finished=3).wrong
