"""Runs that differ in nothing but their scenario are worked out together, and each is what it is alone."""

from collections.abc import Callable, Generator, Sequence
from typing import Any

import pytest

from experiments import compose
from experiments.store import RunStore, RunTask
from experiments.store.identity import Namer
from experiments.store.runs import MOST_TOGETHER, together

DEADLY = 10.0
"""Cut under which the process dies."""


@pytest.fixture(scope="module")
def laws() -> list[RunTask]:
    """Return sixteen runs: eight laws, each with the same two draws."""
    return [
        RunTask(
            compose("territory=toy", "run.years=2", f"scenario.equalisation.cut_per_head={cut}.0"), 1, draw
        )
        for cut in range(0, 80, 10)
        for draw in (1, 2)
    ]


def names(tasks: Sequence[RunTask]) -> dict[int, str]:
    namer = Namer()
    return {number: namer.but_scenario(task) for number, task in enumerate(tasks)}


def test_runs_of_one_pair_stand_together(laws: list[RunTask]) -> None:
    groups = together(names(laws), 1)
    assert groups == [[first, first + 2] for first in (0, 1, 4, 5, 8, 9, 12, 13)]


def test_groups_are_small_enough_to_keep_every_process_at_work(laws: list[RunTask]) -> None:
    assert {len(group) for group in together(names(laws * 20), 1)} == {MOST_TOGETHER}
    assert {len(group) for group in together(names(laws), 3)} == {1}
    assert together({}, 2) == []


def test_runs_that_stand_together_give_what_each_gives_alone(store: RunStore, laws: list[RunTask]) -> None:
    table = store.run_all(laws, processes=1)
    alone = RunStore(store.path.parent / "alone")
    for task in laws:
        alone.fill([task], processes=1)
    assert table.equals(alone.stored(laws).table())


class DeadlyEngine:
    """An engine whose process dies over the runs of one law."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def count(self, processes: int) -> int:
        """Return that it has one process."""
        return min(processes, 1)

    def map(
        self,
        work: Callable[[Any], Any],
        tasks: Sequence[Any],
        _: int,
        lost: Callable[[Any], Any] | None = None,
    ) -> Generator[Any, None, None]:
        """Yield what work makes of groups of runs, or what is made of those that are lost."""
        assert lost is not None
        for group in tasks:
            self.sizes.append(len(group))
            cuts = {task.settings.scenario.equalisation.cut_per_head for task in group}
            yield lost(group) if DEADLY in cuts else work(group)


def test_only_the_run_over_which_the_process_dies_is_lost(store: RunStore, laws: list[RunTask]) -> None:
    engine = DeadlyEngine()
    deadly = RunStore(store.path, engine)
    deadly.fill(laws, processes=1)
    assert engine.sizes == [2] * 8 + [1] * 4
    assert [one.task for one in deadly.stored(laws).failures()] == [2, 3]
    whole = RunStore(store.path.parent / "whole").run_all(laws, processes=1)
    kept = [row for row in range(whole.num_rows) if whole["task"][row].as_py() not in (2, 3)]
    assert deadly.stored(laws).table().equals(whole.take(kept))
