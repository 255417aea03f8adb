"""Draw a calibration: screening, prior against posterior, figures against published ones, waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.calibration.words import words
from experiments.charts import style
from experiments.charts.files import save_chart
from experiments.charts.frame import Caption, alternative_text, draw_footer, draw_header
from experiments.charts.listing import About
from experiments.charts.page import Page
from experiments.charts.plot import Axis
from experiments.constants import constant_name
from experiments.language import decimals_for, number, percent
from experiments.results import origin_of
from experiments.validation.figures import FIGURES

TEXT_SHARE = 0.46
ROW_PADDING = 2.4
MARK_STEP = 6.0
MOST_ROWS = 20
MOST_DISTANCE = 6.0
RELEVANT_DISTANCE = 2.0
CELL_HEIGHT = 12.0

CLASSES = (
    (4.0, style.REFORM, style.WHITE), (2.0, style.BETTER, style.TEXT), (1.0, style.BAND_HALF, style.TEXT),
    (0.5, style.BAND_NINE, style.TEXT), (0.0, style.UNCHANGED, style.TEXT),
)  # fmt: skip
"""Least response, fill and lettering of cells."""


@dataclass(frozen=True)
class Mark:
    """An interval with its median, on the axis of a chart; what is known before is grey and hollow."""

    low: float
    median: float
    high: float
    before: bool


@dataclass(frozen=True)
class Row:
    """Words on the left and marks on the right, the first on top."""

    name: str
    told: str
    marks: tuple[Mark, ...]


def draw_calibration(
    tables: Mapping[str, pd.DataFrame], manifest: Mapping[str, Any], folder: Path, lang: str
) -> list[Path]:
    """Draw the four charts of a calibration and return the files written: PNG, SVG, PDF and CSV of each."""
    written: list[Path] = []
    for name, drawn in (
        ("1_screening", draw_screening(tables, manifest, lang)),
        ("2_posterior", draw_posterior(tables, manifest, lang)),
        ("3_figures", draw_figures(tables, manifest, lang)),
        ("4_waves", draw_waves(tables, manifest, lang)),
    ):
        page, caption, table = drawn
        stem = folder / f"calibration_{name}_{lang}"
        written += save_chart(page, caption, stem, table, About(name.partition("_")[2]))
    return written


Drawn = tuple[Page, Caption, pd.DataFrame]


def draw_screening(tables: Mapping[str, pd.DataFrame], manifest: Mapping[str, Any], lang: str) -> Drawn:
    """Draw the response of fitted figures to the strongest constants, cell by cell."""
    figures = tables["figures"]
    fitted = figures[figures["role"] != "predicted"]["figure"].tolist()
    table = tables["screening"]
    table = table[table["figure"].isin(fitted)].reset_index(drop=True)
    heard = table["response"].where(table["above_chance"], 0.0).groupby(table["constant"]).max()
    order = heard[heard > 0.0].sort_values(ascending=False, kind="stable").index[:MOST_ROWS].tolist()
    selected = set(manifest["calibrated"])
    title = words("screening_chart", lang, selected=len(selected), all=manifest["constants_screened"])
    caption = _caption(manifest, lang, title, "screening_subtitle", ("screening_note",))
    page = Page(style.PAGE_CM)
    top = draw_header(page, caption) + 4.0
    left = page.left + 0.4 * page.measure
    width = (page.right - left) / len(fitted)
    heads = [style.wrap(FIGURES[key].name[lang], style.LABEL_SECONDARY, width - 4.0) for key in fitted]
    below = top
    for column, head in enumerate(heads):
        x = left + (column + 0.5) * width
        below = max(below, page.paragraph(x, top, head, style.LABEL_SECONDARY, "center"))
    top = below + 3.0
    for constant in order:
        kind = style.LABEL_STRONG if constant in selected else style.LABEL_SECONDARY
        page.paragraph(page.left, top + 2.0, [constant_name(constant, lang)], kind)
        rows = table[table["constant"] == constant].set_index("figure")
        for column, key in enumerate(fitted):
            _draw_cell(page, (left + column * width, top, width), rows.loc[key], lang)
        top += CELL_HEIGHT
    draw_footer(page, top + 2.0, caption)
    return page, caption, table


def _draw_cell(page: Page, place: tuple[float, float, float], row: Any, lang: str) -> None:
    x, y, width = place
    fill, color = style.WHITE, style.SECONDARY
    if row["above_chance"]:
        fill, color = next((f, c) for least, f, c in CLASSES if row["response"] >= least)
    page.rectangle(x + 0.5, y + 0.5, width - 1.0, CELL_HEIGHT - 1.0, fill, edge=style.GRID)
    told = number(row["response"], lang, 1) if row["above_chance"] else "·"
    page.text(x + width / 2.0, y + 0.72 * CELL_HEIGHT, told, style.Type(6.6, "regular", color), "center")


def draw_posterior(tables: Mapping[str, pd.DataFrame], manifest: Mapping[str, Any], lang: str) -> Drawn:
    """Draw prior and posterior intervals of calibrated constants over their ranges."""
    table = tables["constants"]
    rows = [_constant_row(row, lang) for row in _records(table)]
    width = {
        kind: (table[f"{kind}_q95"] - table[f"{kind}_q05"]).to_numpy() for kind in ("prior", "posterior")
    }
    best = int((width["posterior"] / width["prior"]).argmin())
    title = words("posterior_chart", lang, name=constant_name(str(table["constant"].iloc[best]), lang))
    return _intervals(manifest, lang, title, "posterior", rows, (0.0, 1.0), table)


def draw_waves(tables: Mapping[str, pd.DataFrame], manifest: Mapping[str, Any], lang: str) -> Drawn:
    """Draw the interval of every calibrated constant after each wave, over its range."""
    table, ranges = tables["constants_by_wave"], tables["constants"].set_index("constant")
    rows = []
    for constant in ranges.index:
        part = table[table["constant"] == constant].sort_values("wave")
        low, high = float(ranges.loc[constant, "low"]), float(ranges.loc[constant, "high"])
        marks = tuple(_mark(row, "", low, high, row["wave"] == 0) for row in _records(part))
        rows.append(Row(constant_name(str(constant), lang), "", marks))
    last = manifest["waves"][-1]
    share = percent(last["not_ruled_out"], lang)
    title = words("waves_chart", lang, waves=last["wave"], share=share)
    return _intervals(manifest, lang, title, "waves", rows, (0.0, 1.0), table)


def draw_figures(tables: Mapping[str, pd.DataFrame], manifest: Mapping[str, Any], lang: str) -> Drawn:
    """Draw simulated figures around published ones, in standard deviations of these."""
    table = tables["figures"].sort_values("role", kind="stable")
    rows = [_figure_row(row, lang) for row in _records(table)]
    inside = int((table["verdict"] == "within").sum())
    title = words("figures_chart", lang, inside=inside, all=len(table))
    return _intervals(manifest, lang, title, "figures", rows, (-MOST_DISTANCE, MOST_DISTANCE), table)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _constant_row(row: Mapping[str, Any], lang: str) -> Row:
    low, high = row["low"], row["high"]
    places = decimals_for((row["posterior_q95"] - row["posterior_q05"],), 3)
    told = words(
        "from_to", lang, low=number(row["posterior_q05"], lang, places),
        high=number(row["posterior_q95"], lang, places), least=number(low, lang, places),
        most=number(high, lang, places),
    )  # fmt: skip
    marks = (_mark(row, "prior_", low, high, True), _mark(row, "posterior_", low, high, False))
    return Row(constant_name(row["constant"], lang), told, marks)


def _figure_row(row: Mapping[str, Any], lang: str) -> Row:
    figure = FIGURES[row["figure"]]
    low, high = row["published"], row["published"] + row["published_sd"]
    told = words(
        "published_and_simulated", lang, published=number(row["published"], lang, figure.decimals),
        simulated=number(row["posterior_q50"], lang, figure.decimals), role=words(row["role"], lang),
        verdict=words(f"{row['verdict']}_verdict", lang),
    )  # fmt: skip
    marks = (_mark(row, "prior_", low, high, True), _mark(row, "posterior_", low, high, False))
    return Row(figure.name[lang], told, marks)


def _mark(row: Mapping[str, Any], kind: str, low: float, high: float, before: bool) -> Mark:
    first, median, last = ((row[f"{kind}{name}"] - low) / (high - low) for name in ("q05", "q50", "q95"))
    return Mark(first, median, last, before)


def _intervals(
    manifest: Mapping[str, Any], lang: str, title: str, chart: str, rows: Sequence[Row],
    ends: tuple[float, float], table: pd.DataFrame,
) -> Drawn:  # fmt: skip
    caption = _caption(manifest, lang, title, f"{chart}_subtitle", (f"{chart}_chart_note",))
    page = Page(style.PAGE_CM)
    axis = Axis(page.left + TEXT_SHARE * page.measure + 6.0, page.right - 6.0, *ends)
    top = draw_header(page, caption) + 4.0
    heights = [_height(page, row) for row in rows]
    bottom = top + sum(heights)
    if ends[0] < 0.0:
        low, high = (axis.x(side * RELEVANT_DISTANCE) for side in (-1.0, 1.0))
        page.rectangle(low, top, high - low, bottom - top, style.IRRELEVANT)
        page.line([(axis.x(0.0), top), (axis.x(0.0), bottom)], style.TEXT, 0.8)
    for row, height in zip(rows, heights, strict=True):
        page.rule(top)
        below = top + ROW_PADDING
        for line, kind in _lines(page, row):
            below = page.paragraph(page.left, below, [line], kind)
        middle = top + height / 2.0 - MARK_STEP * (len(row.marks) - 1) / 2.0
        for place, mark in enumerate(row.marks):
            _draw_mark(page, middle + MARK_STEP * place, axis, mark)
        top += height
    bottom = _draw_axis(page, top, axis, chart, lang)
    draw_footer(page, bottom, caption)
    return page, caption, table


def _lines(page: Page, row: Row) -> list[tuple[str, style.Type]]:
    texts = ((row.name, style.LABEL_STRONG), (row.told, style.LABEL_SECONDARY))
    measure = TEXT_SHARE * page.measure
    return [(line, kind) for text, kind in texts if text for line in style.wrap(text, kind, measure)]


def _height(page: Page, row: Row) -> float:
    lettering = sum(kind.leading for _, kind in _lines(page, row))
    return max(lettering, MARK_STEP * len(row.marks)) + 2.0 * ROW_PADDING


def _draw_mark(page: Page, y: float, axis: Axis, mark: Mark) -> None:
    color = style.PRESENT_LAW if mark.before else style.REFORM
    dashes = {"dashes": (2.0, 1.4)} if mark.before else {}
    page.line([(axis.x(mark.low), y), (axis.x(mark.high), y)], color, 1.0 if mark.before else 1.8, **dashes)
    if axis.low <= mark.median <= axis.high:
        page.marker(axis.x(mark.median), y, "o", color, filled=not mark.before, size=3.6)
    for end, arrow, outside in (
        (axis.low, "<", mark.low < axis.low),
        (axis.high, ">", mark.high > axis.high),
    ):
        if outside:
            page.marker(axis.x(end), y, arrow, color, filled=True, size=2.6)


def _draw_axis(page: Page, bottom: float, axis: Axis, chart: str, lang: str) -> float:
    page.rule(bottom)
    y = bottom + 9.0
    if axis.low < 0.0:
        for value in range(int(axis.low), int(axis.high) + 1, 2):
            page.text(axis.x(value), y, number(value, lang, signed=True), style.LABEL_SECONDARY, "center")
    else:
        page.text(axis.left, y, words("lowest", lang), style.LABEL_SECONDARY)
        page.text(axis.right, y, words("highest", lang), style.LABEL_SECONDARY, "right")
    lines = style.wrap(words(f"{chart}_axis", lang), style.LABEL_SECONDARY, axis.right - axis.left)
    return page.paragraph(axis.right, y + 2.0, lines, style.LABEL_SECONDARY, "right") + 4.0


def _caption(
    manifest: Mapping[str, Any], lang: str, title: str, subtitle: str, notes: Sequence[str]
) -> Caption:
    territory = manifest["territory"]["name"][lang]
    told = words(subtitle, lang, territory=territory)
    return Caption(
        lang=lang,
        reform=words("title", lang),
        title=title,
        subtitle=told,
        notes=tuple(words(note, lang) for note in notes),
        alternative=alternative_text((f"{told}: {title}.",)),
        new_money=False,
        run_id=manifest["run_id"],
        settings_hash=manifest["settings_hash"],
        pairs=manifest["runs"],
        created=datetime.fromisoformat(manifest["created"]).date(),
        origin=origin_of(manifest),
    )
