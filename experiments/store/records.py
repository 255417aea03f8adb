"""Records: what a finished run leaves in the store, each worked out by a named function."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from areavasta.model import TerritorialModel
from experiments.results import ResultsError
from experiments.tables import SCHEMAS

Columns = Mapping[str, Any]
"""Columns of equal length by name; single numbers make one row."""


@dataclass(frozen=True)
class Record:
    """What to keep of a run: `function`, told by its import path, takes the finished model.

    It returns columns of equal length by name, or single numbers for one row; every run must get the same
    columns. It draws and changes nothing, and its module must be importable in other processes. Raise
    `version` whenever it returns something else: what the store has of the older version then counts no more.
    `tables` are those of the observation that it reads; a run records no others. With `last_year` it reads
    no year but the last, and a run that nothing else is kept of observes no other: that takes a tenth less
    time.
    """

    function: str
    version: int = 1
    tables: tuple[str, ...] = ("indicators",)
    last_year: bool = False

    @property
    def key(self) -> str:
        """Name of the record in the store."""
        return f"{self.function}-{self.version}"

    def resolve(self) -> Callable[[TerritorialModel], Columns]:
        """Return the function; raise ResultsError when there is none of that name."""
        module, _, name = self.function.rpartition(".")
        try:
            found: Callable[[TerritorialModel], Columns] = getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError, ValueError) as error:
            raise ResultsError(f"record {self.function}: cannot be imported: {error}") from None
        return found

    def of(self, model: TerritorialModel) -> pa.Table:
        """Return what is kept of a finished model."""
        columns = self.resolve()(model)
        return pa.table({name: np.atleast_1d(values) for name, values in columns.items()})


def indicators(model: TerritorialModel) -> Columns:
    """Return every indicator of every year from 2026 on: one row a year, raw values."""
    recorded = model.observation.tables().indicators
    names = list(dict.fromkeys(recorded["indicator"].tolist()))
    values = recorded["value"].reshape(-1, len(names))
    return {"year": recorded["year"][:: len(names)], **dict(zip(names, values.T, strict=True))}


def last_year(model: TerritorialModel) -> Columns:
    """Return every indicator of the last year: one row, raw values."""
    return {name: values[-1:] for name, values in indicators(model).items()}


def communes(model: TerritorialModel) -> Columns:
    """Return what every commune got every year from 2026 on: one row a year and commune."""
    recorded = model.observation.tables().communes
    kinds = {
        field.name: field.type for field in SCHEMAS["communes"] if not pa.types.is_dictionary(field.type)
    }
    return {
        name: values.astype(kinds[name].to_pandas_dtype()) if name in kinds else values
        for name, values in recorded.items()
    }


INDICATORS = Record("experiments.store.records.indicators")
"""All indicators, one row a year."""

LAST_YEAR = Record("experiments.store.records.last_year", last_year=True)
"""All indicators of the last year, one row."""

COMMUNES = Record("experiments.store.records.communes", tables=("communes",))
"""Quantities of communes, one row a year and commune: some hundred times as large."""
