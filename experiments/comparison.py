"""Reforms compared with present law, pair by pair, from the tables of a folder of results."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from experiments.comparison_communes import (
    commune_changes,
    commune_effects,
    group_effects,
    read_communes,
)
from experiments.comparison_flows import flow_effects
from experiments.comparison_indicators import effects_table, quantile_table, read_indicators
from experiments.results import MANIFEST, PUBLISHED, ResultsError, origin_of, read_manifest, results_errors

FRAMES = {
    "effects": "effects", "groups": "groups", "communes": "commune_verdicts", "flows": "flow_effects",
}  # fmt: skip
"""Frames that are written beside the runs, and the names of their files."""


@dataclass(frozen=True)
class Comparison:
    """Reforms against present law: `scenarios` starts with present law; frames are long.

    `paths`: quantiles over pairs by indicator, scenario, year. `differences`: the same of reform less
    present law, paired. `effects` at the horizon: medians of both, quantiles of the difference, shares of
    pairs beyond the smallest relevant effect, part of the variance that parameters explain
    (`parameter_share`). `communes`: change of felt service, points of standard, shares of pairs, verdict.
    `changes`: the same of every scenario from the first year to the horizon. `groups`: communes and
    residents by verdict. `flows`: money between levels at the horizon, EUR. Values of indicators are raw:
    their `scale` turns them into the unit shown.
    """

    run_id: str
    settings_hash: str
    created: date
    territory_name: dict[str, str]
    pairs: int
    first_year: int
    horizon: int
    effective: dict[str, int]
    titles: dict[str, dict[str, str]]
    new_money: frozenset[str]
    scenarios: tuple[str, ...]
    paths: pd.DataFrame
    differences: pd.DataFrame
    effects: pd.DataFrame
    communes: pd.DataFrame
    changes: pd.DataFrame
    groups: pd.DataFrame
    flows: pd.DataFrame
    residents: float
    origin: str = PUBLISHED

    @property
    def reforms(self) -> tuple[str, ...]:
        """Scenarios that are compared with present law."""
        return self.scenarios[1:]


def load_comparison(folder: Path) -> Comparison:
    """Return the comparison of a finished folder of results.

    Raises ResultsError when the folder has none.
    """
    return build_comparison(folder, read_manifest(folder))


def build_comparison(folder: Path, manifest: dict[str, Any]) -> Comparison:
    """Compare the scenarios whose runs are in a folder; the manifest says which they are.

    Raises ResultsError when a table is missing or lacks runs, or when there is nothing to compare.
    """
    scenarios: dict[str, Any] = manifest["scenarios"]
    names = tuple(scenarios)
    if len(names) == 1:
        raise ResultsError(f"{folder / MANIFEST}: has one scenario; only `compare` compares")
    with results_errors(folder):
        table = read_indicators(folder / "indicators.parquet", names)
        first, felt = (read_communes(folder, names, manifest[key]) for key in ("first_year", "horizon"))
        residents = float(manifest["territory"]["residents"])
        flows = flow_effects(folder, names, manifest["horizon"], residents)
    communes = commune_effects(felt)
    return Comparison(
        run_id=manifest["run_id"],
        settings_hash=manifest["settings_hash"],
        created=datetime.fromisoformat(manifest["created"]).date(),
        territory_name=manifest["territory"]["name"],
        origin=origin_of(manifest),
        pairs=len(table.pairs),
        first_year=manifest["first_year"],
        horizon=manifest["horizon"],
        effective={name: scenarios[name]["effective"] for name in names},
        titles={name: scenarios[name]["title"] for name in names},
        new_money=frozenset(name for name in names if scenarios[name]["new_money"]),
        scenarios=names,
        paths=quantile_table(table, table.values, names),
        differences=quantile_table(table, table.differences, names[1:]),
        effects=effects_table(table, manifest["draws"], manifest["replicates"]),
        communes=communes,
        changes=commune_changes(first, felt),
        groups=group_effects(communes),
        flows=flows,
        residents=residents,
    )


def write_comparison(comparison: Comparison, folder: Path) -> None:
    """Write effects, groups and verdicts of communes as tables."""
    for frame, file in FRAMES.items():
        write_frame(getattr(comparison, frame), folder / f"{file}.parquet")


def write_frame(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as a plain table."""
    import pyarrow as pa

    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(table, path, compression="zstd", store_schema=False)
