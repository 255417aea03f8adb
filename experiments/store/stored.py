"""What a store has of a list of tasks, in the order of the tasks."""

import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from experiments.engine import Closing
from experiments.results import ResultsError
from experiments.store.shards import HEAD, Place, ShardIndex, read_shard

TASKS_AT_ONCE = 500
"""Tasks whose rows are put in order together: it bounds what is in memory."""

SHARDS_AT_HAND = 8
"""Shards kept in memory while rows are put in order."""


@dataclass(frozen=True)
class Failure:
    """A run that failed: the position of its task, and why, in one line."""

    task: int
    error: str


class StoredRuns:
    """What is stored of tasks under one record, as it was when this was made."""

    def __init__(self, index: ShardIndex, runs: Sequence[str]) -> None:
        self._index = index
        self._runs = runs
        self._shards: OrderedDict[Path, pa.Table] = OrderedDict()

    @property
    def missing(self) -> list[int]:
        """Positions of the tasks whose run is not there."""
        return [task for task, run in enumerate(self._runs) if run not in self._index.found]

    def tables(self) -> Iterator[pa.Table]:
        """Yield what was recorded, some hundred tasks at a time, in the order of tasks.

        Columns: `task` (position among the tasks), then those of the record. Failed runs have no rows.
        Raises ResultsError when a run is missing, or its shard was damaged since this was made.
        """
        if missing := self.missing:
            raise ResultsError(
                f"{self._index.folder}: {len(missing)} runs are missing, the first of task {missing[0]}"
            )
        for first in range(0, len(self._runs), TASKS_AT_ONCE):
            numbers, parts = [], []
            for task, run in enumerate(self._runs[first : first + TASKS_AT_ONCE], start=first):
                place = self._index.found[run]
                if not place.failed:
                    parts.append(self._rows(place))
                    numbers.append(np.full(place.rows, task, dtype=np.int32))
            if parts:
                whole = pa.concat_tables(parts, promote_options="default").combine_chunks()
                yield whole.add_column(0, "task", pa.array(np.concatenate(numbers)))

    def table(self) -> pa.Table:
        """Return all that `tables` yields as one table."""
        parts = list(self.tables())
        return pa.concat_tables(parts, promote_options="default").combine_chunks() if parts else pa.table({})

    def failures(self) -> list[Failure]:
        """Return the tasks whose run failed, in order."""
        found = ((task, self._index.found.get(run)) for task, run in enumerate(self._runs))
        return [
            Failure(task, self._cell(place, "error"))
            for task, place in found
            if place is not None and place.failed
        ]

    def closing(self) -> Closing:
        """Return what the closed books of all runs that did not fail say together; each run counts once."""
        total = Closing()
        for run in dict.fromkeys(self._runs):
            place = self._index.found.get(run)
            if place is not None and not place.failed:
                total += Closing(**json.loads(self._cell(place, "closing")))
        return total

    def _rows(self, place: Place) -> pa.Table:
        shard = self._shard(place.shard)
        measured = [name for name in shard.column_names if name not in HEAD.names]
        return shard.select(measured).slice(place.start, place.rows)

    def _cell(self, place: Place, column: str) -> str:
        return str(self._shard(place.shard)[column][place.start].as_py())

    def _shard(self, path: Path) -> pa.Table:
        if path not in self._shards:
            self._shards[path] = read_shard(path).drop_columns(["told"])
            while len(self._shards) > SHARDS_AT_HAND:
                self._shards.popitem(last=False)
        self._shards.move_to_end(path)
        return self._shards[path]
