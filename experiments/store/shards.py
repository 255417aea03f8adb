"""Shards: files of finished runs, each written once, aside, then renamed; what is damaged does not count."""

import hashlib
import logging
import os
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.results import ResultsError, results_errors

ENDING = ".parquet"
PARTIAL = ".partial"
"""Ending of a file that its writer is at work on, or was killed over."""

DAMAGED = ".damaged"
"""Ending of a file that could not be read and was set aside."""

SUM_DIGITS = 16
"""Hexadecimal digits of the sum of bytes in the name of a shard."""

HEAD = pa.schema(
    [("run", pa.string()), ("told", pa.string()), ("closing", pa.string()), ("error", pa.string())]
)
"""First columns of every shard: name of the run; and on its first row all that the name is the hash of, what
its closed books say, and what stopped it when it failed (it then has this one row)."""


PASSING = "this machine could not finish it: "
"""How the error of a run begins that failed for want of memory or disk, and is tried again."""


@dataclass(frozen=True)
class Place:
    """Where the rows of a run are; whether it failed, and if so for a passing cause."""

    shard: Path
    start: int
    rows: int
    failed: bool
    passing: bool


def write_shard(folder: Path, table: pa.Table) -> Path:
    """Write a shard under a name of its own, which holds the sum of its bytes, and return its path.

    Raises ResultsError when it cannot be written; nothing is left then.
    """
    aside = folder / f"{uuid4().hex}{PARTIAL}"
    measured = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    with results_errors(aside):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            pq.write_table(
                table, aside, compression="zstd", row_group_size=max(table.num_rows, 1), store_schema=False,
                use_dictionary=[field.name for field in table.schema if field.name not in measured],
                use_byte_stream_split=measured,
            )  # fmt: skip
            with aside.open("rb") as file:
                os.fsync(file.fileno())
            # Names in order of time are for people; nothing depends on them.
            path = folder / f"{time.time_ns():020d}-{_sum(aside.read_bytes())}{ENDING}"
            return aside.rename(path)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise


def read_shard(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Read a shard that is, to the last byte, what was written; raise ResultsError when it is not."""
    with results_errors(path):
        content = path.read_bytes()
        if not is_whole(path, content):
            raise ResultsError(f"{path}: is damaged or cut short")
        table: pa.Table = pq.ParquetFile(pa.BufferReader(content)).read(columns=columns)
        return table


def is_whole(path: Path, content: bytes) -> bool:
    """Say whether the content of a shard is that which its name was made from."""
    return path.stem.endswith(_sum(content))


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:SUM_DIGITS]


def places(path: Path, table: pa.Table) -> Iterator[tuple[str, Place]]:
    """Yield every run of a shard, of which a table has the columns `run` and `error`, and where it is."""
    runs = table["run"].combine_chunks().dictionary_encode()
    codes = runs.indices.to_numpy()
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    ends = np.append(starts[1:], codes.size)
    failed = table["error"].is_valid().to_numpy()
    passing = pc.fill_null(pc.starts_with(table["error"], pattern=PASSING), False).to_numpy()
    names = runs.dictionary.to_pylist()
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield names[codes[start]], Place(path, start, end - start, bool(failed[start]), bool(passing[start]))


def better(place: Place, other: Place | None) -> bool:
    """Return whether a place of a run counts rather than one that was found before."""
    return other is None or (other.passing and not place.passing)


class ShardIndex:
    """Where the wanted runs are among the shards of a folder; the first sound shard that has a run counts.

    One in which the run failed for a passing cause counts only as long as there is no other.
    A shard that cannot be read is named in one line and set aside; its runs are then missing.
    """

    def __init__(self, folder: Path, wanted: Collection[str]) -> None:
        self.folder = folder
        self.found: dict[str, Place] = {}
        self._wanted = wanted if isinstance(wanted, set | frozenset) else frozenset(wanted)
        self._known: set[Path] = set()

    def refresh(self) -> None:
        """Look into the shards that have come since the last look."""
        for path in sorted(self.folder.glob(f"*{ENDING}")):
            if path not in self._known:
                self._known.add(path)
                self._look_into(path)

    def add(self, path: Path, table: pa.Table) -> None:
        """Count a shard that was just written from a table."""
        self._known.add(path)
        self._count(path, table)

    def _look_into(self, path: Path) -> None:
        try:
            if self._may_have_wanted(path):
                self._count(path, read_shard(path, ["run", "error"]))
        except ResultsError as error:
            if path.exists():
                set_aside(path, error)

    def _may_have_wanted(self, path: Path) -> bool:
        """Look at the names of runs alone: most shards of a large store need not be read whole."""
        try:
            with pq.ParquetFile(path) as file:
                names = file.read(columns=["run"])["run"].unique().to_pylist()
        except (OSError, pa.ArrowException):
            return True
        return not self._wanted.isdisjoint(names)

    def _count(self, path: Path, table: pa.Table) -> None:
        for run, place in places(path, table):
            if run in self._wanted and better(place, self.found.get(run)):
                self.found[run] = place


def set_aside(path: Path, error: ResultsError) -> None:
    """Name a damaged shard in one line and rename it, where that is possible, so that it counts no more."""
    logging.getLogger(__name__).warning("%s; its runs do not count and are run again when asked for", error)
    with suppress(OSError):
        path.rename(path.with_suffix(DAMAGED))
