"""Spoilt input is refused clearly or does no harm; `python -m tests.faults.campaign` tries much more."""

import json

import pytest

from tests.faults.campaign import RECORD
from tests.faults.cases import KINDS, Ground, run_case
from tests.faults.judge import judge

FEW = {"scenarios": 12, "command lines": 60, "territories": 80, "stores": 60, "results": 8}
"""Cases of each kind that every change is tested with."""

FIRST = 100_000
"""Number of the first of them: cases that no campaign had when it was recorded."""

LEAST = 10_000
"""Cases of a recorded campaign, all kinds together."""


@pytest.mark.parametrize("kind", KINDS)
def test_spoilt_input_is_refused_clearly_or_does_no_harm(kind: str, ground: Ground) -> None:
    wrong = {
        number: verdict.wrong
        for number in range(FIRST, FIRST + FEW[kind])
        if (verdict := run_case(kind, number, ground)).wrong
    }
    assert not wrong


def test_the_recorded_campaign_was_large_and_found_nothing() -> None:
    counts = json.loads(RECORD.read_text(encoding="utf-8"))["kinds"]
    assert set(counts) == set(KINDS)
    assert sum(sum(one.values()) for one in counts.values()) >= LEAST
    for kind, one in counts.items():
        assert not one.get("wrong"), kind
        # A campaign that is only refused, or only accepted, tests nothing.
        assert one["refused"] > 0, kind
        assert one["accepted"] > 0, kind


def test_the_judge_sees_what_is_wrong() -> None:
    def raises() -> int:
        raise ValueError

    def silent() -> int:
        return 2

    assert judge(raises).wrong.startswith("raises")
    assert judge(silent).wrong.startswith("says nothing clear")
    assert judge(lambda: 0, nonsense=True).wrong == "accepts nonsense"
    assert judge(lambda: 7).wrong == "ends with code 7"
    assert not judge(lambda: 0).wrong
