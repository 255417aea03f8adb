"""The store of runs: what was simulated once is not simulated again, whoever asks and however often."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pyarrow as pa

from experiments.engine_processes import TASKS_PER_PROCESS, Engine, ProcessEngine, RunError
from experiments.results import ResultsError
from experiments.store.identity import Identity, Namer, RunTask, code_version
from experiments.store.lock import at_work
from experiments.store.records import INDICATORS, Record
from experiments.store.shards import PASSING, ShardIndex
from experiments.store.simulating import Outcome, lost, simulate
from experiments.store.stored import StoredRuns
from experiments.store.writer import Entry, Writer

MOST_TOGETHER = 4
"""Runs that are worked out together at most: what they save is three quarters of what any number would."""

LEAST_SHARES = 8
"""Shares of the work that a process gets at least, so that all end at about the same time."""

Progress = Callable[[int, int], None]
"""Called with how many of the runs that were missing are done, and how many were missing."""


class RunStore:
    """A folder of finished runs, for any number of commands at once.

    A run is known by all that its outcome depends on, and by nothing else: laws, parameters, territory,
    years, seed, draw, replicate and the version of the code; which engine works it out changes nothing.
    Runs are only ever added; a failed run is kept with its error and not tried again, unless the machine was
    at fault, for want of memory or disk: then whoever asks next tries it again. Every method raises
    ResultsError, in one line, when the folder cannot be read or written, and TerritoryError for a territory
    whose tables are wrong.
    """

    def __init__(self, path: Path, engine: Engine | None = None) -> None:
        self.path = path
        self.engine = engine or ProcessEngine()

    def run_all(
        self,
        tasks: Sequence[RunTask],
        record: Record = INDICATORS,
        processes: int = 0,
        fail_fast: bool = False,
        progress: Progress | None = None,
    ) -> pa.Table:
        """Run the tasks that are missing and return what was recorded of all of them.

        Columns: `task` (position among the tasks), then those of the record; for indicators `year` and one
        column each, raw values. Rows stand in the order of tasks and are the same to the bit whether runs
        were stored before or not. Failed runs have no rows: `stored(...).failures()` tells them.
        """
        self.fill(tasks, (record,), processes, fail_fast, progress)
        return self.stored(tasks, record).table()

    def fill(
        self,
        tasks: Sequence[RunTask],
        records: Sequence[Record] = (INDICATORS,),
        processes: int = 0,
        fail_fast: bool = False,
        progress: Progress | None = None,
    ) -> None:
        """Run every task of which a record is missing, once for all records, and store what it gives.

        `processes` 0 uses every core. A failing run is stored as failed and the others go on; with
        `fail_fast` the first one raises RunError. Whatever ends this, finished runs are kept, but for those
        of the last five seconds (or hundredth of the time it took) when the process is killed.
        """
        for record in records:
            record.resolve()
        names = self._names(tasks)
        positions = {run: task for task, run in reversed(list(enumerate(names)))}
        indexes = [ShardIndex(self.folder(record), frozenset(positions)) for record in records]
        with at_work(self.path):
            for index in indexes:
                index.refresh()
            missing = [task for task in sorted(positions.values()) if _lacks(indexes, names[task])]
            job = _Job(records, indexes, fail_fast, len(missing), progress)
            job.run(tasks, names, missing, self.engine, processes)
        if job.passing:
            logging.getLogger(__name__).warning(
                "%s: %d of %d runs failed, the first: %s; the same command tries them again",
                self.path, len(job.passing), len(missing), job.passing[0],
            )  # fmt: skip

    def stored(self, tasks: Sequence[RunTask], record: Record = INDICATORS) -> StoredRuns:
        """Return what there is of tasks, without running any."""
        names = self._names(tasks)
        index = ShardIndex(self.folder(record), frozenset(names))
        index.refresh()
        return StoredRuns(index, names)

    def folder(self, record: Record) -> Path:
        """Return where the shards of a record are, for the present version of the code."""
        return self.path / code_version() / record.key

    @staticmethod
    def _names(tasks: Sequence[RunTask]) -> list[str]:
        namer = Namer()
        return [namer.identity(task).run for task in tasks]


def together(but_scenario: Mapping[int, str], processes: int) -> list[list[int]]:
    """Return tasks in groups that differ in nothing but their scenario, for these save years together.

    `but_scenario` has for each task the name that it shares with those. Groups are small enough to keep
    every process at work to the end.
    """
    most = max(1, min(MOST_TOGETHER, len(but_scenario) // (processes * LEAST_SHARES)))
    groups: list[list[int]] = []
    latest: dict[str, list[int]] = {}
    for task, name in but_scenario.items():
        group = latest.get(name)
        if group is None or len(group) == most:
            group = latest[name] = []
            groups.append(group)
        group.append(task)
    return groups


def _lacks(indexes: Sequence[ShardIndex], run: str) -> bool:
    places = [index.found.get(run) for index in indexes]
    return any(place is None or place.passing for place in places)


class _Job:
    """Missing tasks on their way through the processes into the store."""

    def __init__(
        self,
        records: Sequence[Record],
        indexes: Sequence[ShardIndex],
        fail_fast: bool,
        total: int,
        progress: Progress | None,
    ) -> None:
        self.records, self.indexes = tuple(records), indexes
        self.writers = [Writer(index) for index in indexes]
        self.fail_fast = fail_fast
        self.total, self.done, self.progress = total, 0, progress
        self.passing: list[str] = []

    def run(
        self, tasks: Sequence[RunTask], names: Sequence[str], missing: list[int], engine: Engine,
        processes: int,
    ) -> None:  # fmt: skip
        """Run the missing tasks, batch by batch; what other commands finish meanwhile is left out."""
        count = engine.count(processes) if missing else 1
        size = TASKS_PER_PROCESS * count
        while missing:
            batch, rest = missing[:size], missing[size:]
            namer = Namer()
            identities = {task: namer.identity(tasks[task]) for task in batch}
            groups = together({task: namer.but_scenario(tasks[task]) for task in batch}, count)
            run_groups = partial(self._run_groups, tasks, identities, engine, processes)
            suspected = run_groups(groups)
            run_groups([[task] for task in suspected])
            for index in self.indexes:
                index.refresh()
            missing = [task for task in rest if _lacks(self.indexes, names[task])]
            self._tell(len(rest) - len(missing))

    def _run_groups(
        self,
        tasks: Sequence[RunTask],
        identities: Mapping[int, Identity],
        engine: Engine,
        processes: int,
        groups: list[list[int]],
    ) -> list[int]:
        """Run groups; return the tasks of those over which processes died: which was at fault is not told."""
        again: list[int] = []
        grouped = [[tasks[task] for task in group] for group in groups]
        found = engine.map(partial(simulate, self.records), grouped, processes, lost)
        try:
            with closing(found):
                for group, of_group, outcomes in zip(groups, grouped, found, strict=True):
                    if len(group) > 1 and outcomes == lost(of_group):
                        again += group
                        continue
                    for task, outcome in zip(group, outcomes, strict=True):
                        self._store(identities[task], outcome)
                        if outcome.error is not None and self.fail_fast:
                            raise RunError(f"task {task}: {outcome.error}")
        except ResultsError:
            raise
        except BaseException:
            self._flush()
            raise
        self._flush()
        return again

    def _store(self, identity: Identity, outcome: Outcome) -> None:
        if outcome.error is not None and outcome.error.startswith(PASSING):
            self.passing.append(outcome.error)
        for number, writer in enumerate(self.writers):
            writer.add(Entry.of_outcome(identity, outcome, number))
        self._tell(1)

    def _flush(self) -> None:
        for writer in self.writers:
            writer.flush()

    def _tell(self, done: int) -> None:
        self.done += done
        if self.progress is not None:
            self.progress(self.done, self.total)
