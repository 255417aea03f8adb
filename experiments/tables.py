"""Tables of results: their columns, and how they are written row group by row group."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from areavasta.observation import COMMUNE_COLUMNS, RunTables
from areavasta.territory import ALTITUDE_ZONES, Territory

Column = NDArray[np.generic]

MONEY_COLUMNS = ("need", "cost", "spending", "own_revenue", "transfers", "cash")
"""Quantities of communes in EUR a head: kept in full precision."""

COUNT_COLUMNS = ("below_essential", "functions_in_union", "functions_in_agreement", "union")
"""Quantities of communes that are whole numbers."""

ROWS_PER_GROUP = 100_000
"""Rows gathered before a row group is written."""

WORD = pa.dictionary(pa.int32(), pa.string())

RUN_FIELDS = [("scenario", WORD), ("draw", pa.int32()), ("replicate", pa.int32()), ("year", pa.int16())]
"""First columns of every table of runs."""


def _commune_type(column: str) -> pa.DataType:
    if column in MONEY_COLUMNS:
        return pa.float64()
    return pa.int16() if column in COUNT_COLUMNS else pa.float32()


SCHEMAS = {
    "indicators": pa.schema([*RUN_FIELDS, ("indicator", WORD), ("value", pa.float64())]),
    "communes": pa.schema(
        [*RUN_FIELDS, ("istat_code", WORD), *((name, _commune_type(name)) for name in COMMUNE_COLUMNS)]
    ),
    "flows": pa.schema(
        [
            *RUN_FIELDS,
            *((name, WORD) for name in ("kind", "rule", "payer_level", "payee_level", "function")),
            ("cents", pa.int64()),
        ]
    ),
}
"""Columns of the tables that runs write."""


def run_tables(
    scenario: str, pair: tuple[int, int], recorded: RunTables, kinds: Iterable[str] = tuple(SCHEMAS)
) -> dict[str, pa.Table]:
    """Return what one run recorded, with scenario, draw and replicate, as compact tables of some kinds."""
    return {kind: _table(scenario, pair, getattr(recorded, kind), SCHEMAS[kind]) for kind in kinds}


def _table(
    scenario: str, pair: tuple[int, int], columns: Mapping[str, Column], schema: pa.Schema
) -> pa.Table:
    rows = len(columns["year"])
    names = pa.DictionaryArray.from_arrays(np.zeros(rows, dtype=np.int32), [scenario])
    first = [names, *(np.full(rows, number, dtype=np.int32) for number in pair)]
    others = [_array(columns[field.name], field.type) for field in list(schema)[len(first) :]]
    return pa.table([*first, *others], schema=schema)


def _array(values: Column, kind: pa.DataType) -> pa.Array:
    if kind == WORD:
        return pa.array(values, type=pa.string()).dictionary_encode()
    return pa.array(values.astype(kind.to_pandas_dtype()), type=kind)


class TableWriter:
    """Write one table of runs, in row groups, as its parts come in order."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        measured = [field.name for field in schema if pa.types.is_floating(field.type)]
        self._writer = pq.ParquetWriter(
            path,
            schema,
            compression="zstd",
            # Measured numbers hardly repeat: splitting their bytes packs them better than a dictionary.
            use_dictionary=[field.name for field in schema if field.name not in measured],
            use_byte_stream_split=measured,
            # Readers get plain words instead of Arrow's own codes for them.
            store_schema=False,
        )
        self._parts: list[pa.Table] = []
        self._rows = 0

    def add(self, part: pa.Table) -> None:
        """Append rows."""
        self._parts.append(part)
        self._rows += part.num_rows
        if self._rows >= ROWS_PER_GROUP:
            self._write()

    def close(self) -> None:
        """Write what waits and finish the file."""
        if self._parts:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        whole = pa.concat_tables(self._parts).unify_dictionaries()
        self._writer.write_table(whole, row_group_size=max(whole.num_rows, 1))
        self._parts, self._rows = [], 0


def places_table(territory: Territory) -> pa.Table:
    """Return one row a commune: what the results need to know of the places they speak of.

    Residents are those of 1 January 2023; `union` is the key of the union at the end of 2022, or empty.
    """
    unions = [territory.union_keys[position] if position >= 0 else "" for position in territory.union]
    return pa.table(
        {
            "istat_code": list(territory.codes),
            "name": list(territory.names),
            "population": territory.population,
            "altitude": [ALTITUDE_ZONES[zone] for zone in territory.altitude_zone],
            "area": [territory.area_keys[position] for position in territory.area],
            "area_name": [territory.area_names[position] for position in territory.area],
            "union": unions,
        }
    )
