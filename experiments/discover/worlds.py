"""Worlds: points of a design run under present law and every reform, or the points of a finished sweep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from areavasta.indicators import INDICATORS, Indicator
from areavasta.settings import Settings
from areavasta.settings.sensitivity import Outcome
from experiments.designs.design import Design
from experiments.designs.factors import Factor
from experiments.designs.results import read_sweep
from experiments.designs.running import run_designs, without_draws
from experiments.engine import Closing
from experiments.results import ResultsError, read_manifest, results_folder
from experiments.sensitivity.outcomes import given_outcomes, point_means
from experiments.store import RunStore
from experiments.store.runs import Progress


@dataclass(frozen=True)
class Worlds:
    """Factors and their value in every world, and the indicator of every option there, in the unit shown.

    `factors` has a column a factor, `values` a column an option, of which present law is the first where it
    was run. Worlds in which a run failed are in `failed`, not in the tables.
    """

    design: tuple[Factor, ...]
    factors: pd.DataFrame
    values: pd.DataFrame
    failed: int
    runs: int
    closing: Closing


def run_worlds(
    settings: Settings,
    laws: Mapping[str, Settings],
    design: Design,
    store: RunStore,
    progress: Progress | None = None,
) -> Worlds:
    """Run every world under every law, the first of which is present law."""
    indicator = INDICATORS[settings.discover.criterion.indicator]
    single = [without_draws(law, settings.discover.replicates) for law in laws.values()]
    found = run_designs([(law, design, {}) for law in single], store, progress)
    columns = [point_means(runs, [indicator])[:, 0] for runs in found]
    values = pd.DataFrame(dict(zip(laws, columns, strict=True)))
    factors = design.table().to_pandas().drop(columns="point")
    whole = values.notna().all(axis=1)
    closing = sum((runs.closing() for runs in found), Closing())
    count = sum(len(design.points) * len(runs.pairs) for runs in found)
    return Worlds(
        design.factors, factors[whole].reset_index(drop=True), values[whole].reset_index(drop=True),
        int((~whole).sum()), count, closing,
    )  # fmt: skip


def given_worlds(named: str, indicator: Indicator) -> tuple[Worlds, dict[str, Any]]:
    """Return the worlds of a finished sweep of one scenario, and its manifest; else raise ResultsError."""
    folder = results_folder(named)
    manifest = read_manifest(folder)
    if manifest.get("command") != "sweep":
        raise ResultsError(
            f"discover.sweep={named}: holds no sweep, but results of {manifest.get('command')}"
        )
    scenarios = list(manifest["scenarios"])
    if len(scenarios) > 1:
        raise ResultsError(
            f"discover.sweep={named}: has {len(scenarios)} scenarios; a sweep of one reform is needed"
        )
    outcome = read_sweep(folder, manifest, [indicator.key])
    points, values = given_outcomes(outcome.values, [indicator])
    factors = points[[factor.key for factor in outcome.factors]].reset_index(drop=True)
    sweep = manifest["sweep"]
    worlds = Worlds(
        outcome.factors, factors, pd.DataFrame({scenarios[0]: values[:, 0]}),
        sweep["points"] - len(factors), sweep["runs"], Closing(**manifest["closing"]),
    )  # fmt: skip
    return worlds, manifest


def criterion_values(worlds: Worlds, reform: str, of: Outcome) -> NDArray[np.float64]:
    """Return the indicator of a reform in every world, or how far it is from that of present law there."""
    values = worlds.values[reform].to_numpy(np.float64)
    if of is Outcome.effect:
        return np.asarray(values - worlds.values.iloc[:, 0].to_numpy(np.float64))
    return values


def reforms_of(values: pd.DataFrame, of: Outcome) -> Sequence[str]:
    """Return the options that are reforms."""
    columns = [str(name) for name in values.columns]
    return columns[1:] if of is Outcome.effect or len(columns) > 1 else columns


def store_of(wanted: str | None, root: Path, engine: Any) -> RunStore:
    """Return the store that settings choose."""
    return RunStore(Path(wanted).absolute() if wanted else root / "results" / "store", engine)
