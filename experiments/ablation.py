"""What each instrument of a reform contributes, and what the instruments do only together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.comparison import write_frame
from experiments.comparison_indicators import (
    IndicatorTable,
    Numbers,
    difference_columns,
    level_medians,
    read_indicators,
)
from experiments.instruments import Part, variant_name
from experiments.results import results_errors

FILE = "ablation.parquet"

ALL = "all"
"""Instrument of the measures that are about all instruments at once."""

REMOVED, ALONE, TOGETHER, FULL = "removed", "alone", "together", "full"
"""Measures: the reform less the reform without an instrument; present law with that instrument alone, less
present law; the full effect less the sum of the effects alone; the full effect."""

ROUNDING = 1e-12
"""Part of a level below which a rest is the rounding of a sum."""


@dataclass(frozen=True)
class Ablation:
    """Contributions of instruments at the horizon, for reforms that have any.

    `effects` is long, by reform, indicator, instrument and measure: median, 5th and 95th percentile of the
    paired difference, shares of pairs beyond the smallest relevant effect, and the median levels that the
    difference goes `level_from` and `level_to`. Values are raw: the indicator's `scale` turns them into the
    unit shown.
    """

    instruments: dict[str, tuple[str, ...]]
    effects: pd.DataFrame


def build_ablation(folder: Path, manifest: dict[str, Any]) -> Ablation:
    """Return the contributions of the instruments whose variants the manifest of a folder names.

    Raises ResultsError when a run is missing.
    """
    told: dict[str, dict[str, str]] = manifest["variants"]
    with results_errors(folder):
        table = read_indicators(folder / "indicators.parquet", [*manifest["scenarios"], *told])
    found: dict[str, dict[str, None]] = {}
    for one in told.values():
        found.setdefault(one["reform"], {})[one["instrument"]] = None
    instruments = {reform: tuple(keys) for reform, keys in found.items()}
    return Ablation(instruments, ablation_table(table, instruments))


def ablation_table(table: IndicatorTable, instruments: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return the measures of every reform, instrument and indicator; the table starts with present law."""
    frames = [
        _rows(table, reform, measure)
        for reform, keys in instruments.items()
        for measure in _measures(table, reform, keys)
    ]
    return pd.concat(frames, ignore_index=True)


def write_ablation(ablation: Ablation, folder: Path) -> None:
    """Write the table of contributions."""
    write_frame(ablation.effects, folder / FILE)


@dataclass(frozen=True)
class _Measure:
    """One measure: the levels (indicator, pair) that it goes from and to, and their difference."""

    instrument: str
    name: str
    start: Numbers
    end: Numbers
    difference: Numbers


def _measures(table: IndicatorTable, reform: str, instruments: Sequence[str]) -> Iterator[_Measure]:
    last = {name: table.values[:, position, -1] for position, name in enumerate(table.scenarios)}
    present, full = last[table.scenarios[0]], last[reform]
    added = np.zeros_like(full)
    for key in instruments:
        without = last[variant_name(reform, key, Part.without)]
        alone = last[variant_name(reform, key, Part.only)]
        added += alone - present
        yield _Measure(key, REMOVED, without, full, full - without)
        yield _Measure(key, ALONE, present, alone, alone - present)
    rest = (full - present) - added
    rest[np.abs(rest) <= ROUNDING * np.maximum(np.abs(full), np.abs(present))] = 0.0
    yield _Measure(ALL, TOGETHER, present + added, full, rest)
    yield _Measure(ALL, FULL, present, full, full - present)


def _rows(table: IndicatorTable, reform: str, measure: _Measure) -> pd.DataFrame:
    key = {"reform": reform, "indicator": list(table.indicators)}
    columns = {
        "instrument": measure.instrument,
        "measure": measure.name,
        "level_from": level_medians(measure.start),
        "level_to": level_medians(measure.end),
    }
    return pd.DataFrame({**key, **columns, **difference_columns(measure.difference, table.indicators)})
