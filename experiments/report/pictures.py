"""The charts of a report: those of the results in its language, drawn anew where they are missing."""

from __future__ import annotations

import logging
from base64 import b64encode
from pathlib import Path

from experiments.charts.listing import About, ChartEntry, read_charts
from experiments.language import LANGUAGES
from experiments.report.blocks import Picture
from experiments.report.folder import Results

FRONT_INDICATORS = 6
"""Indicators that the chart of effects on a first page shows."""

MOST_BYTES = 300_000
"""Size of a drawing beyond which a page carries the bitmap instead: maps."""

CHARTS = "charts"
"""Folder of the charts within results."""

ALWAYS = ("paths", "effects", "groups", "flows")
"""Kinds of charts that every reform has."""


def read_pictures(folder: Path, lang: str) -> list[Picture]:
    """Return the charts of a folder in a language, else in the one there is, in the order of their names."""
    entries = read_charts(folder)
    others = [other for other in LANGUAGES if other != lang]
    for one in (lang, *others):
        if found := [entry for entry in entries if entry.lang == one]:
            return [_picture(entry) for entry in found]
    return []


def pictures_of(results: Results, lang: str, scratch: Path) -> list[Picture]:
    """Return all charts of results in a language; a comparison's are drawn into `scratch` where they lack."""
    found = read_pictures(results.folder / CHARTS, lang)
    if results.comparison is None or _whole(results, found, lang):
        return found
    _draw(results, lang, scratch)
    return read_pictures(scratch, lang)


def front_effects(results: Results, reform: str, lang: str, scratch: Path) -> Picture:
    """Draw the effects on the first main indicators, short enough for a first page."""
    from areavasta.indicators import INDICATORS, MAIN_INDICATORS
    from experiments.charts.effects import draw_effects
    from experiments.charts.files import save_chart
    from experiments.charts.style import COLUMN_CM

    chosen = [INDICATORS[key] for key in MAIN_INDICATORS[:FRONT_INDICATORS]]
    page, words, table = draw_effects(results.compared, reform, chosen, lang, COLUMN_CM)
    folder, about = scratch / "front", About("front_effects", reform, year=results.compared.horizon)
    save_chart(page, words, folder / f"{reform}_0_effects_{lang}", table, about)
    return next(one for one in read_pictures(folder, lang) if one.reform == reform)


def _whole(results: Results, found: list[Picture], lang: str) -> bool:
    """Say whether the charts are in the language, and all there, for every reform."""
    there = {(one.reform, one.kind) for one in found if one.lang == lang}
    return all((reform, kind) in there for reform in results.compared.reforms for kind in ALWAYS)


def _draw(results: Results, lang: str, scratch: Path) -> None:
    from areavasta.indicators import INDICATORS, MAIN_INDICATORS
    from experiments.charts import draw_ablation, draw_charts

    logging.getLogger("experiments.charts").setLevel(logging.ERROR)
    comparison, main = results.compared, MAIN_INDICATORS
    if results.territory is not None:
        draw_charts(comparison, scratch, lang, results.territory, main, results.shapes)
    if results.ablation is not None:
        draw_ablation(comparison, results.ablation, scratch, lang, [INDICATORS[key] for key in main])


def _picture(entry: ChartEntry) -> Picture:
    bitmap = _address(entry.files["png"], "image/png")
    heavy = entry.files["svg"].stat().st_size > MOST_BYTES
    return Picture(
        name=entry.name,
        lang=entry.lang,
        kind=entry.kind,
        reform=entry.reform or "",
        indicator=entry.indicator or "",
        title=entry.title,
        alternative=entry.alternative,
        address=bitmap if heavy else _address(entry.files["svg"], "image/svg+xml"),
        bitmap=bitmap,
        data=entry.files["csv"],
        data_address=_address(entry.files["csv"], "text/csv"),
        width_cm=entry.width_cm,
    )


def _address(path: Path, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}"
