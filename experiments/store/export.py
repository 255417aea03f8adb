"""Stored runs as one table for other programs: what was recorded, with the settings in which runs differ."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from experiments.cells import harmless
from experiments.results import ResultsError, results_errors
from experiments.store.identity import code_version
from experiments.store.records import COMMUNES, INDICATORS, LAST_YEAR
from experiments.store.shards import HEAD, places, read_shard
from experiments.store.upkeep import shards_of

SHORT_NAMES = {"indicators": INDICATORS.key, "communes": COMMUNES.key, "last_year": LAST_YEAR.key}
"""Short names of records."""

ALWAYS = ("seed", "draw", "replicate")
"""Settings that are told of every run; of the others only those in which runs differ."""

WRITERS: Mapping[str, Any] = {".parquet": pq.ParquetWriter, ".csv": csv.CSVWriter}


def export(store: Path, path: Path, record: str = "indicators") -> int:
    """Write what the present version of the code recorded as a table and return the number of its rows.

    Columns: name of the run, seed, draw, replicate, the settings in which runs differ, then those of the
    record; failed runs are left out. Raises ResultsError for an unknown record or ending, for a damaged
    shard, when nothing is stored, and when the file cannot be written; a file is whole or not there.
    """
    if path.suffix not in WRITERS:
        raise ResultsError(f"{path}: must end in {' or '.join(WRITERS)}")
    folder = store / code_version() / SHORT_NAMES.get(record, record)
    settings = _Settings()
    kinds: dict[str, pa.DataType] = {}
    for table in _shards(folder):
        for field in table.drop_columns(HEAD.names).schema:
            kinds.setdefault(field.name, field.type)
        for told in table["told"].drop_null().to_pylist():
            settings.learn(told)
    if not kinds:
        raise ResultsError(f"{folder}: nothing is stored; {_what_there_is(folder.parent)}")
    schema = pa.schema([("run", pa.string()), *settings.fields(), *kinds.items()])
    aside = path.with_name(f".{path.name}")
    rows = 0
    with results_errors(path):
        try:
            with WRITERS[path.suffix](aside, schema) as writer:
                for table in _shards(folder):
                    part = settings.beside(table, schema)
                    writer.write_table(part)
                    rows += part.num_rows
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    return rows


def _what_there_is(folder: Path) -> str:
    names = {key: name for name, key in SHORT_NAMES.items()}
    found = sorted(names.get(one.name, one.name) for one in folder.glob("*") if shards_of(one))
    return f"write --record {' or '.join(found)}" if found else "`store list` says what there is"


def _shards(folder: Path) -> Iterator[pa.Table]:
    """Yield the rows of runs that did not fail, shard by shard, each run once."""
    seen: set[str] = set()
    for path in shards_of(folder):
        table = read_shard(path)
        kept = [
            table.slice(place.start, place.rows)
            for run, place in places(path, table)
            if not place.failed and run not in seen
        ]
        seen.update(run for run, place in places(path, table) if not place.failed)
        if kept:
            yield pa.concat_tables(kept)


class _Settings:
    """Settings of runs, one column each, as far as runs differ in them."""

    def __init__(self) -> None:
        self._first: dict[str, Any] | None = None
        self._kinds: dict[str, pa.DataType] = {}

    def learn(self, told: str) -> None:
        """Take in the settings of a run."""
        flat = dict(_leaves(json.loads(told)))
        if self._first is None:
            self._first = flat
        for key in {**self._first, **flat}:
            if key in ALWAYS or self._first.get(key) != flat.get(key):
                for value in (self._first.get(key), flat.get(key)):
                    self._kinds[key] = _wider(self._kinds.get(key), value)

    def fields(self) -> list[tuple[str, pa.DataType]]:
        """Return names and types of the columns."""
        others = sorted(key for key in self._kinds if key not in ALWAYS)
        return [(key, self._kinds[key]) for key in (*ALWAYS, *others)]

    def beside(self, table: pa.Table, schema: pa.Schema) -> pa.Table:
        """Return the rows of a shard with their settings, in the columns of a schema."""
        columns: dict[str, list[Any]] = {key: [] for key in self._kinds}
        flat: dict[str, Any] = {}
        for told in table["told"].to_pylist():
            if told is not None:
                flat = dict(_leaves(json.loads(told)))
            for key, column in columns.items():
                value = flat.get(key)
                is_text = value is not None and self._kinds[key] == pa.string()
                column.append(harmless(str(value)) if is_text else value)
        arrays = []
        for field in schema:
            if field.name in columns:
                arrays.append(pa.array(columns[field.name], type=field.type))
            elif field.name in table.column_names:
                arrays.append(table[field.name])
            else:
                arrays.append(pa.nulls(table.num_rows, field.type))
        return pa.table(arrays, schema=schema)


def _leaves(tree: Mapping[str, Any], place: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{place}{key}.")
        else:
            yield f"{place}{key}", value


def _wider(kind: pa.DataType | None, value: Any) -> pa.DataType:
    """Return the type of a column that has held a type so far and now also holds a value."""
    if value is None:
        return kind or pa.int64()
    own = (
        pa.string()
        if isinstance(value, bool | str)
        else pa.int64()
        if isinstance(value, int)
        else pa.float64()
    )
    if kind is None or kind == own or pa.string() in (kind, own):
        return own if kind is None or own == pa.string() else kind
    return pa.float64()
