"""The table of runs: what was run stays, so that a killed calibration goes on where it was."""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.calibration.problem import Integers, Numbers
from experiments.results import ResultsError, results_errors

SECONDS = 5.0
"""Time after which finished runs are written: a kill loses no more than that."""

KEY = "key"
"""Column of the name of a run, a digest of its constants and replicate."""

DIGEST_BYTES = 16

Run = Callable[[list[tuple[Numbers, int]]], Iterator[Numbers]]
"""Whoever runs the model: yields the figures of runs, given as constants and replicate, in their order."""

Progress = Callable[[str, Iterator[Numbers], int], Iterator[Numbers]]
"""Called with a stage, the runs to come and their number; yields the runs."""


def run_key(values: Numbers, replicate: int) -> str:
    """Return the name of a run with these constants and this replicate."""
    digest = hashlib.blake2b(np.ascontiguousarray(values, dtype="<f8").tobytes(), digest_size=DIGEST_BYTES)
    digest.update(int(replicate).to_bytes(8, "little"))
    return digest.hexdigest()


class RunTable:
    """Finished runs in a folder, in shards that are written aside and then renamed.

    Several commands may use one folder: each writes shards of its own, and what both ran is the same.
    Raises ResultsError, in one line, when the folder cannot be read or written.
    """

    def __init__(self, folder: Path, figures: Sequence[str]) -> None:
        self.folder, self.figures = folder, tuple(figures)
        self.damaged: list[Path] = []
        self.found: dict[str, Numbers] = {}
        self._written = 0
        with results_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for path in sorted(folder.glob("*.parquet")):
                self.found |= self._read(path)

    def missing(self, keys: Sequence[str]) -> list[int]:
        """Return the positions of runs that are not there yet, each run once."""
        first = {key: position for position, key in reversed(list(enumerate(keys)))}
        return sorted(position for key, position in first.items() if key not in self.found)

    def fill(self, keys: Iterable[str], outputs: Iterator[Numbers]) -> None:
        """Take finished runs as they come; whatever ends this, those that have come are kept."""
        waiting: dict[str, Numbers] = {}
        last = time.monotonic()
        try:
            for key, output in zip(keys, outputs, strict=True):
                waiting[key] = output
                if time.monotonic() - last > SECONDS:
                    self._write(waiting)
                    waiting, last = {}, time.monotonic()
        finally:
            self._write(waiting)

    def outputs(self, keys: Sequence[str]) -> Numbers:
        """Return the figures (run, figure) of runs that are all there."""
        return np.array([self.found[key] for key in keys])

    def _write(self, runs: dict[str, Numbers]) -> None:
        if not runs:
            return
        columns = dict(zip(self.figures, np.array(list(runs.values())).T, strict=True))
        path = self.folder / f"{time.time_ns():020d}-{os.getpid()}-{self._written}.parquet"
        aside = path.with_suffix(".part")
        with results_errors(self.folder):
            try:
                table = pa.table({KEY: list(runs), **columns})
                pq.write_table(table, aside, compression="zstd", write_page_checksum=True)
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)
        self._written += 1
        self.found |= runs

    def _read(self, path: Path) -> dict[str, Numbers]:
        try:
            table = pq.read_table(path, page_checksum_verification=True)
            block = np.column_stack([table[name].to_numpy() for name in self.figures])
            return dict(zip(table[KEY].to_pylist(), block, strict=True))
        except (pa.ArrowException, KeyError, OSError):
            # Its runs run again; the file stays for whoever wants to know why.
            aside = path.with_suffix(".damaged")
            path.replace(aside)
            self.damaged.append(aside)
            return {}


class KeptSimulator:
    """A simulator whose runs are kept in a table and never run twice; it remembers what each stage asked."""

    def __init__(self, table: RunTable, run: Run, progress: Progress, fitted: Sequence[int]) -> None:
        self.table, self.run, self.progress, self.fitted = table, run, progress, list(fitted)
        self.stages: dict[str, tuple[Numbers, Integers, Numbers]] = {}

    def __call__(self, stage: str, values: Numbers, replicates: Integers) -> Numbers:
        """Return the figures (run, figure), from the table where they are there already.

        Raises ResultsError when a run has no number for a figure that is fitted.
        """
        keys = [run_key(row, int(replicate)) for row, replicate in zip(values, replicates, strict=True)]
        missing = self.table.missing(keys)
        outputs = self.run([(values[i], int(replicates[i])) for i in missing])
        self.table.fill((keys[i] for i in missing), self.progress(stage, outputs, len(missing)))
        found = self.table.outputs(keys)
        self._check(found)
        self.stages[stage] = (values, replicates, found)
        return found

    def _check(self, outputs: Numbers) -> None:
        bad = ~np.isfinite(outputs[:, self.fitted])
        if bad.any():
            column = int(np.argmax(bad.sum(axis=0)))
            name = self.table.figures[self.fitted[column]]
            count = int(bad[:, column].sum())
            raise ResultsError(
                f"figure {name}: {count} runs have no such number; fit others (calibration.figures)"
            )
