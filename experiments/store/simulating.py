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
from experiments.engine import Closing, release, set_apart, territory_of
from experiments.store.identity import Identity, RunTask
from experiments.store.records import Record
from experiments.store.shards import PASSING

FORESEEN = (BooksError, SettingsError, TerritoryError)
"""Errors that say by themselves what is wrong; of others the kind is told too."""


@dataclass(frozen=True)
class Outcome:
    """What one run gave: a table for each record and the closing of its books; or its error, in one line."""

    identity: Identity
    tables: tuple[pa.Table, ...]
    closing: str | None
    error: str | None


def simulate(records: Sequence[Record], named: tuple[RunTask, Identity]) -> Outcome:
    """Run a task, which comes with its identity, and return what records keep of it.

    Errors are outcomes too; those of the machine, such as a lack of memory, are told as passing.
    """
    task, identity = named
    try:
        model = finished_model(task, {table for record in records for table in record.tables})
        try:
            tables = tuple(record.of(model) for record in records)
            closing = Closing.of_run(model.certificates)
        finally:
            release(model)
    except (MemoryError, OSError) as error:
        return Outcome(identity, (), None, f"{PASSING}{_one_line(error)}")
    except Exception as error:
        return Outcome(identity, (), None, _one_line(error))
    return Outcome(identity, tables, json.dumps(asdict(closing)), None)


def lost(named: tuple[RunTask, Identity]) -> Outcome:
    """Return the outcome of a run over which processes died."""
    return Outcome(named[1], (), None, f"{PASSING}its process died, perhaps for want of memory")


def finished_model(task: RunTask, tables: Collection[str] = TABLES) -> TerritorialModel:
    """Return the model of a task after its last year, with the tables that it is to record."""
    settings = task.settings
    territory = territory_of(settings.territory)
    set_apart()
    model = TerritorialModel(settings, task.seed, task.draw, task.replicate, territory, tables)
    return model.run_years(settings.run.years)


def _one_line(error: Exception) -> str:
    told = "; ".join(str(error).splitlines())
    return told if isinstance(error, FORESEEN) else f"{type(error).__name__}: {told}".removesuffix(": ")
