"""What can be downloaded of a comparison: data, charts, scenario; made in memory when asked for."""

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments.charts import draw_charts
from experiments.charts.files import svg_of
from experiments.charts.paths import draw_paths
from experiments.charts.style import COLUMN_CM
from experiments.dashboard.request import tables_folder
from experiments.dashboard.running import Outcome
from experiments.dashboard.scenario_file import scenario_yaml

DRAWING = threading.Lock()
"""Matplotlib draws one picture at a time."""


@dataclass(frozen=True)
class Download:
    """A file to hand over."""

    name: str
    mime: str
    content: bytes


def parquet_download(outcome: Outcome, lang: str) -> Download:
    """Return the tables and the manifest as they are, in one archive."""
    del lang
    files = sorted(path for path in outcome.folder.iterdir() if path.suffix in (".parquet", ".json"))
    return _archive(outcome, "parquet", ((path.name, path.read_bytes()) for path in files))


def csv_download(outcome: Outcome, lang: str) -> Download:
    """Return the tables as CSV, with the manifest, in one archive."""
    del lang
    return _archive(outcome, "csv", _as_csv(outcome.folder))


def charts_download(outcome: Outcome, lang: str) -> Download:
    """Return all charts of the comparison in a language, with the data behind them, in one archive."""
    folder = outcome.folder / f"charts_{lang}"
    with DRAWING:
        if not folder.is_dir():
            folder.mkdir()
            draw_charts(
                outcome.comparison, folder, lang, outcome.territory, MAIN_INDICATORS,
                tables_folder(outcome.request),
            )  # fmt: skip
    files = sorted(folder.iterdir())
    return _archive(outcome, f"charts_{lang}", ((path.name, path.read_bytes()) for path in files))


def scenario_download(outcome: Outcome, lang: str) -> Download:
    """Return the scenario as a file of `scenarios/`."""
    del lang
    text = scenario_yaml(outcome.request)
    return Download(f"{outcome.reform}.yaml", "application/yaml", text.encode())


DOWNLOADS: dict[str, Callable[[Outcome, str], Download]] = {
    "scenario": scenario_download,
    "parquet": parquet_download,
    "csv": csv_download,
    "charts": charts_download,
}
"""Everything on offer, by the name that the page asks for it; nothing else can be asked for."""


def paths_svg(outcome: Outcome, indicator: str, lang: str) -> str:
    """Return the chart of one indicator over the years, as vectors that name and describe themselves."""
    with DRAWING:
        page, words, _ = draw_paths(
            outcome.comparison, outcome.reform, INDICATORS[indicator], lang, COLUMN_CM
        )
        return svg_of(page, words)


def _archive(outcome: Outcome, kind: str, files: Iterator[tuple[str, bytes]]) -> Download:
    stem = f"{outcome.reform}_{outcome.manifest['run_id']}_{kind}"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(f"{stem}/{name}", content)
    return Download(f"{stem}.zip", "application/zip", file.getvalue())


def _as_csv(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.glob("*.parquet")):
        file = io.BytesIO()
        pa_csv.write_csv(pq.read_table(path), file)
        yield f"{path.stem}.csv", file.getvalue()
    yield "manifest.json", (folder / "manifest.json").read_bytes()
