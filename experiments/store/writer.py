"""Finished runs on their way into shards: gathered, so that writing takes no time to speak of."""

from dataclasses import dataclass
from time import monotonic

import numpy as np
import pyarrow as pa

from experiments.store.identity import Identity
from experiments.store.shards import HEAD, ShardIndex, write_shard
from experiments.store.simulating import Outcome

RUNS_PER_SHARD = 500
BYTES_PER_SHARD = 64 * 2**20
"""Runs, and bytes of what they recorded, that are gathered at most."""

SHORTEST_WAIT = 5.0
"""Seconds for which finished runs wait at least, unless there are many."""

LONGEST_WAIT = 0.01
"""Part of the time of the whole job for which they wait at most, when that is longer: the most work that is
lost when the process is killed. It keeps the shards of a job of days at a few hundred."""


@dataclass(frozen=True)
class Entry:
    """A run to be stored under one record: its table, as a stream, or its error."""

    identity: Identity
    stream: pa.Buffer | None
    closing: str | None
    error: str | None

    @classmethod
    def of_outcome(cls, identity: Identity, outcome: Outcome, position: int) -> "Entry":
        """Return what a run gave to the record at a position."""
        stream = None if outcome.error is not None else outcome.tables[position]
        return cls(identity, stream, outcome.closing, outcome.error)


class Writer:
    """Gather the runs of one record and write them as shards of the folder of an index."""

    def __init__(self, index: ShardIndex) -> None:
        self._index = index
        self._entries: list[Entry] = []
        self._bytes = 0
        self._begun = self._written = monotonic()

    def add(self, entry: Entry) -> None:
        """Take a run; write all that are gathered when it is time."""
        self._entries.append(entry)
        self._bytes += entry.stream.size if entry.stream is not None else 0
        now = monotonic()
        wait = max(SHORTEST_WAIT, LONGEST_WAIT * (now - self._begun))
        full = len(self._entries) >= RUNS_PER_SHARD or self._bytes >= BYTES_PER_SHARD
        if full or now - self._written >= wait:
            self.flush()

    def flush(self) -> None:
        """Write what is gathered; raise ResultsError when that is not possible."""
        entries, self._entries, self._bytes = self._entries, [], 0
        if entries:
            table = shard_table(entries)
            self._index.add(write_shard(self._index.folder, table), table)
        self._written = monotonic()


def shard_table(entries: list[Entry]) -> pa.Table:
    """Return the rows of runs, under the columns of HEAD."""
    tables = [
        None if entry.stream is None else pa.ipc.open_stream(entry.stream).read_all() for entry in entries
    ]
    found = [table for table in tables if table is not None]
    schema = pa.unify_schemas([table.schema for table in found]) if found else pa.schema([])
    one_row = pa.table([pa.nulls(1, field.type) for field in schema], schema=schema)
    bodies = [one_row if table is None else table for table in tables]
    rows = np.array([1 if table is None else table.num_rows for table in tables])
    first = np.zeros(rows.sum(), dtype=bool)
    first[np.cumsum(rows) - rows] = True

    def on_first_row(texts: list[str | None]) -> pa.Array:
        column = np.full(first.size, None, dtype=object)
        column[first] = texts
        return pa.array(column, type=pa.string())

    head = pa.table(
        [
            pa.array(np.repeat([entry.identity.run for entry in entries], rows), type=pa.string()),
            on_first_row([entry.identity.told for entry in entries]),
            on_first_row([entry.closing for entry in entries]),
            on_first_row([entry.error for entry in entries]),
        ],
        schema=HEAD,
    )
    whole = pa.concat_tables(bodies, promote_options="default") if found else pa.table({})
    for name in whole.column_names:
        head = head.append_column(name, whole[name])
    return head
