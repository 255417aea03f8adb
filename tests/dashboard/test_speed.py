"""How soon the dashboard shows itself, and answers to a lever moved on the region; run by `make bench`."""

import time
from typing import Any

import pytest

from tests.dashboard.acting import set_lever, wait_for_run
from tests.dashboard.conftest import DESKTOP, opened

pytestmark = pytest.mark.bench

FIRST_PAINT, ANSWER = 3.0, 2.0
"""Seconds that the first paint and the answer to a lever may take."""

TURNS = 5


def test_first_paint_and_answer_to_a_lever_are_quick(context: Any, address: str) -> None:
    with opened(context, address, DESKTOP) as (page, _):
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000")
        answers = []
        for turn in range(TURNS):
            before = str(page.text_content("#av-run-id"))
            start = time.perf_counter()
            set_lever(page, "incentives.amount_per_head", 11 + turn)
            wait_for_run(page, before)
            answers.append(round(time.perf_counter() - start, 2))
    print(f"\ndashboard: first paint {paint:.2f} s; answers to a lever {answers} s")
    assert paint < FIRST_PAINT
    assert sorted(answers)[TURNS // 2] < ANSWER
