"""The files of a validation: tables, fragments of HTML, chart, manifest."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments import language
from experiments.comparison import write_frame
from experiments.engine import territory_of
from experiments.manifest import SHORT, make_manifest
from experiments.results import write_manifest
from experiments.validation.chart import draw_validation
from experiments.validation.history import FIRST, LAST, present_law_only
from experiments.validation.page import fragment
from experiments.validation.rows import Row, table_of

if TYPE_CHECKING:
    from areavasta.settings import Settings
    from experiments.validation.runs import PairFigures

TABLE = "validation.parquet"
"""File of the table; a row a figure."""


def new_manifest(settings: "Settings", created: datetime, root: Path) -> dict[str, Any]:
    """Return everything known before the runs; years are those that figures are measured on."""
    present = present_law_only(replace(settings, reforms=[]))
    territory = territory_of(settings.territory)
    manifest = make_manifest("validate", {"status_quo": present}, territory, created, root)
    return {**manifest, "first_year": FIRST, "horizon": LAST}


def values_table(runs: "Sequence[PairFigures]") -> pd.DataFrame:
    """Return every figure and contrast of every pair, one a row."""
    rows = [
        (*run.pair, key, value) for run in runs for key, value in {**run.figures, **run.contrasts}.items()
    ]
    return pd.DataFrame(rows, columns=["draw", "replicate", "figure", "value"])


def drift_table(runs: "Sequence[PairFigures]") -> pd.DataFrame:
    """Return the yearly change of the mean commune, per cent, by pair, quantity and period."""
    rows = [(*run.pair, *key, value) for run in runs for key, value in run.drift.items()]
    return pd.DataFrame(rows, columns=["draw", "replicate", "quantity", "period", "change"])


def write_validation(
    folder: Path, rows: Sequence[Row], frames: dict[str, pd.DataFrame], manifest: dict[str, Any]
) -> None:
    """Write all files of a validation into a folder; the manifest gets the id of the run.

    The id follows from settings and table: the same results have the same id.
    """
    for name, frame in {"validation": table_of(rows), **frames}.items():
        write_frame(frame, folder / f"{name}.parquet")
    digest = hashlib.sha256(manifest["settings_hash"].encode() + (folder / TABLE).read_bytes())
    manifest["run_id"] = digest.hexdigest()[:SHORT]
    for one in language.LANGUAGES:
        text = fragment(rows, manifest, one)
        (folder / f"validation_{one}.html").write_text(text, encoding="utf-8")
        draw_validation(rows, manifest, folder / "charts", one)
    write_manifest(folder, manifest)
