"""One run of a task, in whatever process: what it gives, or why it failed."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

import pyarrow as pa

from areavasta.accounts import BooksError
from areavasta.model import TerritorialModel
from areavasta.observation import TABLES
from areavasta.settings import SettingsError
from areavasta.territory import TerritoryError
from experiments.engine import Closing, Companions
from experiments.store.identity import RunTask
from experiments.store.records import Record
from experiments.store.shards import PASSING

FORESEEN = (BooksError, SettingsError, TerritoryError)
"""Errors that say by themselves what is wrong; of others the kind is told too."""


@dataclass(frozen=True)
class Outcome:
    """What one run gave: a table for each record and the closing of its books; or its error, in one line.

    Tables are streams of Arrow: between processes they go ten times as fast as tables do.
    """

    tables: tuple[pa.Buffer, ...]
    closing: str | None
    error: str | None


def simulate(records: Sequence[Record], tasks: Sequence[RunTask]) -> list[Outcome]:
    """Run tasks that differ in nothing but their scenario and return what records keep of each.

    Errors are outcomes too; those of the machine, such as a lack of memory, are told as passing.
    """
    tables = {table for record in records for table in record.tables}
    last_year = all(record.last_year for record in records)
    runs = companions(tasks, tables, last_year=last_year)
    try:
        return [_outcome(records, runs, task) for task in tasks]
    finally:
        runs.release()


def _outcome(records: Sequence[Record], runs: Companions, task: RunTask) -> Outcome:
    try:
        model = finished_model(task, runs)
        tables = tuple(_streamed(record.of(model)) for record in records)
        closing = Closing.of_run(model.certificates)
    except (MemoryError, OSError) as error:
        return Outcome((), None, f"{PASSING}{_one_line(error)}")
    except Exception as error:
        return Outcome((), None, _one_line(error))
    return Outcome(tables, json.dumps(asdict(closing)), None)


def lost(tasks: Sequence[RunTask]) -> list[Outcome]:
    """Return the outcomes of runs over which processes died."""
    error = f"{PASSING}its process died, perhaps for want of memory"
    return [Outcome((), None, error) for _ in tasks]


def companions(
    tasks: Sequence[RunTask], tables: Collection[str] = TABLES, *, last_year: bool = False
) -> Companions:
    """Return the runs of tasks that differ in nothing but their scenario; see there what they record."""
    first = tasks[0]
    chance = first.seed, first.draw, first.replicate
    return Companions([task.settings for task in tasks], chance, tables, last_year=last_year)


def finished_model(task: RunTask, runs: Companions | None = None) -> TerritorialModel:
    """Return the model of a task after its last year; without its companions, it goes alone."""
    return (runs or companions([task])).finished(task.settings)


def _streamed(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue()


def _one_line(error: Exception) -> str:
    told = "; ".join(str(error).splitlines())
    return told if isinstance(error, FORESEEN) else f"{type(error).__name__}: {told}".removesuffix(": ")
