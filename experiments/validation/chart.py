"""The chart of validation: published figures and those of the model on one axis."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.files import save_chart
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.listing import About
from experiments.charts.page import Page
from experiments.charts.plot import Axis
from experiments.results import origin_of
from experiments.validation.rows import Row
from experiments.validation.verdicts import Verdict
from experiments.validation.words import word

REACH = 4.0
"""Half-widths of the published uncertainty that the axis shows on each side."""

NAMES, FIGURES = 0.40, 0.27
"""Parts of the width for names, and for published and own figures."""

ROW, HEADING = 11.0, 14.0
"""Heights of a row and of the heading of a pattern, in points."""

SHAPES = {Verdict.within: "o", Verdict.near: "D", Verdict.off: "s"}
"""Marks of verdicts."""


def charted(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that have a verdict and an uncertainty to measure distance by."""
    return [row for row in rows if row.judgement.verdict in SHAPES and row.half > 0]


def draw_validation(rows: Sequence[Row], manifest: dict[str, Any], folder: Path, lang: str) -> list[Path]:
    """Draw the chart into a folder and return its files; none when nothing can be shown."""
    shown = charted(rows)
    if not shown:
        return []
    page, words = Page(style.PAGE_CM), _caption(shown, manifest, lang)
    top = draw_header(page, words) + 6.0
    axis = Axis(page.left + (NAMES + FIGURES) * page.measure + 6.0, page.right - 6.0, -REACH, REACH)
    bottom = _draw_rows(page, top, axis, shown, lang)
    draw_footer(page, _draw_axis(page, bottom, axis, lang), words)
    return save_chart(page, words, folder / f"validation_{lang}", _table(shown, lang), About("validation"))


def multiples(row: Row) -> tuple[float, float, float]:
    """Return low, median and high as distances from the published figure in its half-widths."""
    one = row.judgement
    low, median, high = ((value - row.target) / row.half for value in (one.low, one.median, one.high))
    return low, median, high


def _draw_rows(page: Page, top: float, axis: Axis, rows: Sequence[Row], lang: str) -> float:
    patterns = [(pattern, list(members)) for pattern, members in groupby(rows, key=lambda row: row.pattern)]
    bottom = top + HEADING * len(patterns) + ROW * len(rows)
    page.rectangle(axis.x(-1.0), top, axis.x(1.0) - axis.x(-1.0), bottom - top, style.IRRELEVANT)
    page.line([(axis.x(0.0), top), (axis.x(0.0), bottom)], style.TEXT, 0.8)
    _draw_headings(page, top, lang)
    y = top
    for pattern, members in patterns:
        page.rule(y)
        page.text(page.left, y + 10.0, word(f"pattern_{pattern}", lang), style.LABEL_STRONG)
        y += HEADING
        for row in members:
            _draw_row(page, y, axis, row, lang)
            y += ROW
    return y


def _draw_headings(page: Page, top: float, lang: str) -> None:
    """Name the columns of figures, beside the first pattern."""
    for key, edge in zip(("published", "ours"), _edges(page), strict=True):
        page.text(edge, top + 10.0, word(key, lang), style.LABEL_SECONDARY, "right")


def _edges(page: Page) -> tuple[float, float]:
    """Return the right edges of the columns of published and own figures."""
    right = page.left + (NAMES + FIGURES) * page.measure
    return right - 0.5 * FIGURES * page.measure, right


def _draw_row(page: Page, top: float, axis: Axis, row: Row, lang: str) -> None:
    baseline, middle = top + 7.6, top + ROW / 2.0
    name = style.wrap(row.name[lang], style.LABEL, NAMES * page.measure)
    page.text(page.left, baseline, name[0] if len(name) == 1 else f"{name[0]} …", style.LABEL)
    published, ours = _edges(page)
    page.text(published, baseline, row.published[lang], style.LABEL_SECONDARY, "right")
    page.text(ours, baseline, row.shown(lang)[0], style.LABEL, "right")
    _draw_mark(page, middle, axis, row)


def _draw_mark(page: Page, y: float, axis: Axis, row: Row) -> None:
    low, median, high = multiples(row)
    off = row.judgement.verdict is Verdict.off
    color = style.MUCH_WORSE if off else style.REFORM if row.is_evidence else style.PRESENT_LAW
    if high > low:
        page.line([(axis.x(low), y), (axis.x(high), y)], color, 1.8)
    for end, arrow, outside in ((axis.low, "<", low < axis.low), (axis.high, ">", high > axis.high)):
        if outside:
            page.marker(axis.x(end) + (2.0 if arrow == ">" else -2.0), y, arrow, color, filled=True, size=3.6)
    if axis.low <= median <= axis.high:
        page.marker(axis.x(median), y, SHAPES[row.judgement.verdict], color, row.is_evidence, size=4.4)


def _draw_axis(page: Page, bottom: float, axis: Axis, lang: str) -> float:
    page.rule(bottom)
    for multiple in range(-int(REACH), int(REACH) + 1):
        told = language.number(multiple, lang, signed=True)
        page.text(axis.x(multiple), bottom + 9.0, told, style.LABEL_SECONDARY, "center")
    lines = style.wrap(word("chart_axis", lang), style.LABEL_SECONDARY, axis.right - axis.left)
    center = (axis.left + axis.right) / 2.0
    return page.paragraph(center, bottom + 11.0, lines, style.LABEL_SECONDARY, "center") + 4.0


def _caption(rows: Sequence[Row], manifest: dict[str, Any], lang: str) -> Caption:
    evidence = [row for row in rows if row.is_evidence]
    within = sum(row.judgement.verdict is Verdict.within for row in evidence)
    title = word("chart_title", lang, within=within, all=len(evidence))
    territory = manifest["territory"]["name"][lang]
    alternative = f"{word('chart_kind', lang)}, {territory}: {title}."
    return Caption(
        lang, word("kicker", lang), title, word("chart_subtitle", lang, territory=territory),
        (word("chart_note", lang),), alternative, False, manifest["run_id"], manifest["settings_hash"],
        manifest["pairs"], datetime.fromisoformat(manifest["created"]).date(),
        origin_of(manifest),
    )  # fmt: skip


def _table(rows: Sequence[Row], lang: str) -> pd.DataFrame:
    distances = [multiples(row) for row in rows]
    return pd.DataFrame(
        {
            "figure": [row.key for row in rows],
            "name": [row.name[lang] for row in rows],
            "published": [row.target for row in rows],
            "published_half_width": [row.half for row in rows],
            "median": [row.judgement.median for row in rows],
            "q05": [row.judgement.low for row in rows],
            "q95": [row.judgement.high for row in rows],
            "distance_q05": [one[0] for one in distances],
            "distance_median": [one[1] for one in distances],
            "distance_q95": [one[2] for one in distances],
            "status": [row.status.value for row in rows],
            "verdict": [word(row.judgement.verdict.value, lang) for row in rows],
        }
    )
