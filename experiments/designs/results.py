"""Results of a sweep: its tables in a folder, and what they say at the horizon."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from areavasta.indicators import INDICATORS as EVERY_INDICATOR
from areavasta.indicators import MAIN_INDICATORS
from areavasta.settings import Settings
from experiments.designs.design import Design
from experiments.designs.factors import Factor
from experiments.designs.main_effects import MainEffects
from experiments.designs.running import DesignRuns, FailedRun, run_design
from experiments.engine import engine_of, territory_of
from experiments.engine_processes import RunError
from experiments.manifest import SHORT, finish_manifest, make_manifest
from experiments.results import PUBLISHED, origin_of, results_errors
from experiments.store import COMMUNES, INDICATORS, RunStore
from experiments.store.identity import code_version
from experiments.terminal import run_progress

TABLE, DESIGN, COMMUNE_TABLE, FAILURES = (
    "sweep.parquet",
    "design.parquet",
    "communes.parquet",
    "failures.parquet",
)
"""Files of a sweep: indicators of every run and year, points, communes when asked for, runs that failed."""


@dataclass(frozen=True)
class SweepOutcome:
    """A finished sweep: `values` has a row a run with its last year, the factors and the main indicators."""

    run_id: str
    settings_hash: str
    created: date
    territory_name: dict[str, str]
    horizon: int
    titles: dict[str, dict[str, str]]
    new_money: bool
    factors: tuple[Factor, ...]
    values: pd.DataFrame
    origin: str = PUBLISHED

    @property
    def when(self) -> str:
        """The last year of the runs, or the years, where the length of a run is a factor."""
        first, last = int(self.values["year"].min()), int(self.values["year"].max())
        return str(last) if first == last else f"{first}–{last}"

    def where(self, lang: str) -> str:
        """Return the name of the territory, or of all, where the territory is a factor."""
        names = [factor.values for factor in self.factors if factor.key == "territory.name"]
        return ", ".join(map(str, names[0])) if names else self.territory_name[lang]

    @cached_property
    def explained(self) -> dict[str, dict[str, float]]:
        """Part of the variance that each factor explains alone, by key of indicator, then of factor."""
        fit, keys = MainEffects.of(self.values, self.factors), [factor.key for factor in self.factors]
        return {
            key: dict(zip(keys, fit.shares(self.values, self.values[key].to_numpy(np.float64)), strict=True))
            for key in EVERY_INDICATOR
            if key in self.values
        }


def write_sweep(
    folder: Path,
    settings: Settings,
    design: Design,
    laws: Mapping[str, Settings],
    created: datetime,
    root: Path,
) -> dict[str, Any]:
    """Run a design and write its tables into a folder; return the manifest, which is not yet written.

    Raises RunError when every run failed, or with `sweep.fail_fast` the first one.
    """
    wanted = settings.sweep
    store = RunStore(
        Path(wanted.store).absolute() if wanted.store else root / "results" / "store",
        engine_of(settings.engine),
    )
    records = (INDICATORS, COMMUNES) if wanted.communes else (INDICATORS,)
    with run_progress(settings.lang.value) as progress:
        found = run_design(settings, design, store, laws, records, wanted.fail_fast, progress)
    runs = found[0]
    failures = runs.failures()
    if len(failures) == len(design.points) * len(runs.pairs):
        raise RunError(f"every run failed; the first: {failures[0].error}")
    with results_errors(folder):
        write_tables(folder, design, dict(zip((TABLE, COMMUNE_TABLE), found, strict=False)), failures)
    manifest = make_manifest("sweep", laws, territory_of(settings.territory), created, root)
    manifest["sweep"] = _told(settings, design, runs, len(failures))
    digest = hashlib.sha256(manifest["settings_hash"].encode())
    digest.update(json.dumps(manifest["sweep"], sort_keys=True).encode())
    manifest["settings_hash"] = digest.hexdigest()[:SHORT]
    finish_manifest(manifest, folder, runs.closing(), TABLE)
    return manifest


def write_tables(
    folder: Path, design: Design, found: Mapping[str, DesignRuns], failures: list[FailedRun]
) -> None:
    """Write the points, what was recorded and, when there are any, the runs that failed."""
    pq.write_table(design.table(), folder / DESIGN, compression="zstd", store_schema=False)
    for name, runs in found.items():
        write_stream(runs.tables(), folder / name)
    if failures:
        table = pa.Table.from_pylist([asdict(failure) for failure in failures])
        pq.write_table(table, folder / FAILURES, compression="zstd", store_schema=False)


def write_stream(tables: Iterator[pa.Table], path: Path) -> None:
    """Write tables of the same columns as one file, as they come; there is at least one."""
    first = next(tables)
    with pq.ParquetWriter(path, first.schema, compression="zstd", store_schema=False) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)


def _told(settings: Settings, design: Design, runs: DesignRuns, failed: int) -> dict[str, Any]:
    return {
        "method": settings.sweep.method.value,
        "points": len(design.points),
        "factors": [asdict(factor) for factor in design.factors],
        "runs": len(design.points) * len(runs.pairs),
        "failed_runs": failed,
        "code": code_version(),
    }


def read_sweep(
    folder: Path, manifest: Mapping[str, Any], indicators: Sequence[str] = MAIN_INDICATORS
) -> SweepOutcome:
    """Return what the tables of a sweep say at the horizon; raise ResultsError when one cannot be read."""
    factors = tuple(
        Factor(**{**told, "values": tuple(told["values"])}) for told in manifest["sweep"]["factors"]
    )
    with results_errors(folder):
        values = _last_years(folder / TABLE, factors, manifest["horizon"], indicators)
    scenarios = manifest["scenarios"]
    return SweepOutcome(
        run_id=manifest["run_id"],
        settings_hash=manifest["settings_hash"],
        created=datetime.fromisoformat(manifest["created"]).date(),
        territory_name=manifest["territory"]["name"],
        origin=origin_of(manifest),
        horizon=manifest["horizon"],
        titles={name: told["title"] for name, told in scenarios.items()},
        new_money=any(told["new_money"] for told in scenarios.values()),
        factors=factors,
        values=values,
    )


def _last_years(
    path: Path, factors: tuple[Factor, ...], horizon: int, indicators: Sequence[str]
) -> pd.DataFrame:
    """Return the last year of every run; only a sweep over `run.years` has several."""
    keys = [factor.key for factor in factors]
    columns = ["point", *keys, "draw", "replicate", "year", *indicators]
    kept = None if "run.years" in keys else pc.field("year") == horizon
    frame: pd.DataFrame = pq.read_table(path, columns=columns, filters=kept).to_pandas()
    last = frame.groupby(["point", "draw", "replicate"])["year"].transform("max")
    return frame[frame["year"] == last].reset_index(drop=True)
