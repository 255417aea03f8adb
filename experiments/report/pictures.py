"""The charts of a report: those of the results in its language, drawn anew where they are missing."""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from html import unescape
from pathlib import Path

from experiments.language import LANGUAGES
from experiments.report.blocks import Picture
from experiments.report.folder import Results

FRONT_INDICATORS = 6
"""Indicators that the chart of effects on a first page shows."""

_SPOKEN = re.compile(r"<title[^>]*>(.*?)</title>\s*<desc[^>]*>(.*?)</desc>", re.DOTALL)
_WIDTH = re.compile(r'<svg [^>]*?width="([0-9.]+)pt"', re.DOTALL)
POINTS_PER_CM = 72.0 / 2.54


def read_pictures(folder: Path, lang: str) -> list[Picture]:
    """Return the charts of a folder in a language, else in the one there is, in the order of their names."""
    others = [other for other in LANGUAGES if other != lang]
    for one in (lang, *others):
        if found := sorted(folder.glob(f"*_{one}.svg")):
            return [_picture(path, one) for path in found]
    return []


def pictures_of(results: Results, lang: str, scratch: Path) -> list[Picture]:
    """Return all charts of results in a language; a comparison's are drawn into `scratch` where they lack."""
    found = read_pictures(results.folder / "charts", lang)
    if results.comparison is None or (found and found[0].lang == lang):
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
    save_chart(page, words, scratch / f"{reform}_0_front_{lang}", table)
    return _picture(scratch / f"{reform}_0_front_{lang}.svg", lang)


def _draw(results: Results, lang: str, scratch: Path) -> None:
    from areavasta.indicators import INDICATORS, MAIN_INDICATORS
    from experiments.charts import draw_ablation, draw_charts

    logging.getLogger("experiments.charts").setLevel(logging.ERROR)
    comparison, main = results.compared, MAIN_INDICATORS
    if results.territory is not None:
        draw_charts(comparison, scratch, lang, results.territory, main, results.shapes)
    if results.ablation is not None:
        draw_ablation(comparison, results.ablation, scratch, lang, [INDICATORS[key] for key in main])


def _picture(path: Path, lang: str) -> Picture:
    text = path.read_text(encoding="utf-8")
    spoken, width = _SPOKEN.search(text), _WIDTH.search(text)
    title, alternative = map(unescape, spoken.groups()) if spoken else (path.stem, path.stem)
    name = path.stem.removesuffix(f"_{lang}")
    matched = re.match(r"(?P<reform>.+?)_\d_(?P<kind>[a-z]+)(?:_(?P<indicator>.+))?$", name)
    reform, kind, indicator = (
        (matched[key] or "" for key in ("reform", "kind", "indicator")) if matched else ("", name, "")
    )
    data = path.with_suffix(".csv")
    return Picture(
        name=name,
        lang=lang,
        kind=kind,
        reform=reform,
        indicator=indicator,
        title=title,
        alternative=alternative,
        address=_address(text.encode(), "image/svg+xml"),
        bitmap=_address(path.with_suffix(".png").read_bytes(), "image/png"),
        data=data,
        data_address=_address(data.read_bytes(), "text/csv") if data.is_file() else "",
        width_cm=float(width[1]) / POINTS_PER_CM if width else 8.0,
    )


def _address(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"
