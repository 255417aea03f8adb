"""The reference validation: the last table that was looked at, kept beside the figures.

The model documentation shows it. It is stale when settings, territory or figures are no longer those it
was made with.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from areavasta.settings import Settings
from experiments.engine import territory_of
from experiments.manifest import plain_settings, settings_hash
from experiments.results import read_manifest
from experiments.validation.files import TABLE
from experiments.validation.history import present_law_only

REFERENCE = Path(__file__).parent / "reference.json"
"""Rows, drift, and what they were made with."""

KEPT = ("key", "median", "low", "high", "verdict")
"""Columns of the table that are kept."""

DIGITS = 6
"""Significant digits kept."""


def present_hash(settings: Settings) -> str:
    """Return the hash of everything that a validation under these settings depends on."""
    present = plain_settings({"status_quo": present_law_only(settings)})
    return settings_hash(present, territory_of(settings.territory))


def keep_reference(folder: Path) -> None:
    """Make the results in a folder the reference.

    Raises ResultsError when the folder holds no validation, ValueError when it is of other settings.
    """
    manifest = read_manifest(folder)
    if manifest["command"] != "validate":
        raise ValueError(f"{folder}: holds results of {manifest['command']}; name those of validate")
    table = pq.read_table(folder / TABLE).to_pandas()
    drift = pq.read_table(folder / "spin_up.parquet").to_pandas()
    rows = [{name: _short(row[name]) for name in KEPT} for row in table.to_dict("records")]
    told = {
        "settings_hash": manifest["settings_hash"],
        "draws": manifest["draws"],
        "replicates": manifest["replicates"],
        "rows": rows,
        "drift": _drift(drift),
    }
    aside = REFERENCE.with_suffix(".part")
    aside.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    aside.replace(REFERENCE)


def _drift(drift: pd.DataFrame) -> list[list[Any]]:
    medians = drift.groupby(["quantity", "period"], sort=False, as_index=False)["change"].median()
    columns = (medians[name].to_list() for name in ("quantity", "period", "change"))
    return [[quantity, period, _short(value)] for quantity, period, value in zip(*columns, strict=True)]


def _short(value: Any) -> Any:
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def read_reference() -> dict[str, Any]:
    """Return the reference."""
    told: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return told
