"""The last campaign of mutation testing: most mutants die, and whoever lives has a reason."""

import json

import pytest

from tests.mutants.campaign import GROUPS, RECORD, SAMPLE

LEAST_SHARE = 0.85


@pytest.mark.parametrize("group", GROUPS)
def test_most_mutants_die_and_survivors_have_reasons(group: str) -> None:
    told = json.loads(RECORD.read_text(encoding="utf-8"))[group]
    assert told["mutants"] >= SAMPLE
    assert told["killed"] / told["mutants"] >= LEAST_SHARE
    assert len(told["survivors"]) == told["mutants"] - told["killed"]
    assert all(one["reason"] for one in told["survivors"])
