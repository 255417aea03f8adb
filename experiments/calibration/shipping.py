"""The posterior as a small folder of its own: draws that runs read, and how they were made."""

import csv
import io
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from areavasta.settings.posterior import DRAWS, MANIFEST, SHIPPED_FOLDER
from experiments.calibration.problem import CalibrationError
from experiments.calibration.procedure import Calibration
from experiments.results import results_errors

DIGITS = 12
"""Significant digits of shipped figures, draws apart."""


def draws_text(table: pd.DataFrame) -> str:
    """Return draws as text that gives every number back exactly."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([repr(float(value)) for value in row] for row in table.to_numpy())
    return file.getvalue()


def posterior_manifest(
    calibration: Calibration, tables: Mapping[str, pd.DataFrame], told: Mapping[str, Any]
) -> dict[str, Any]:
    """Return how a posterior was made: what `told` says of code, budget and seed, then what came out."""
    calibrated = set(tables["constants"]["constant"])
    screening = tables["screening"]
    heard = screening[screening["figure"].isin(_fitted(tables)) & screening["above_chance"]]
    responding = heard[heard["response"] >= told["plan"]["least_response"]]["constant"].unique().tolist()
    every = calibration.problem.priors.names
    return {
        **told,
        "draws": len(calibration.draws),
        "calibrated": list(tables["constants"]["constant"]),
        "responding_but_kept_at_prior": [key for key in every if key in responding and key not in calibrated],
        "kept_at_prior": [key for key in every if key not in calibrated],
        "coverage": {
            "truths": calibration.coverage.truths,
            "share": calibration.coverage.mean,
            "effective_size": calibration.coverage.effective_size,
        },
        **{name: _records(tables[name]) for name in ("constants", "figures", "waves", "emulators")},
    }


def write_posterior(folder: Path, draws: str, manifest: Mapping[str, Any]) -> None:
    """Write a posterior into a folder, each file aside first; draws last, since runs read those.

    Raises ResultsError when the folder cannot be written.
    """
    with results_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        for name, content in ((MANIFEST, text), (DRAWS, draws)):
            aside = folder / f".{name}"
            aside.write_text(content, encoding="utf-8")
            aside.replace(folder / name)


def shipped_manifest() -> dict[str, Any]:
    """Return the manifest of the posterior that comes with the model; raise CalibrationError without one."""
    try:
        found: dict[str, Any] = json.loads((SHIPPED_FOLDER / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CalibrationError(f"{SHIPPED_FOLDER / MANIFEST}: cannot be read: {error}") from None
    return found


def _fitted(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    figures = tables["figures"]
    return figures[figures["role"] != "predicted"]["figure"].tolist()


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): _plain(value) for key, value in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    return value
