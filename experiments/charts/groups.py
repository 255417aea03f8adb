"""Draw who gains and who loses: diverging bars by size of commune, by communes and by residents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from experiments.charts import style
from experiments.charts.findings import groups_title
from experiments.charts.frame import Caption, alternative_text, caption, draw_footer, draw_header
from experiments.charts.page import Page
from experiments.charts.words import label
from experiments.comparison_communes import SIZE_LIMITS, size_class
from experiments.language import MILLION, counted, number

if TYPE_CHECKING:
    from experiments.comparison import Comparison

BAR_HEIGHT, ROW_HEIGHT, SECTION_GAP = 12.5, 20.0, 9.0
LABEL_GAP = 2.5
COLUMN_GAP, EXACT = 6.0, 0.01
ROUNDING, HALF_A_PERCENT = 1e-9, 0.005
NUMBER = style.Type(6.6, "semibold")
NUMBER_ON_BLUE = style.Type(6.6, "semibold", style.WHITE)
MIDDLE_HEADING = style.Type(6.8, "semibold", style.SECONDARY)
BETTER_HEADING = style.Type(6.8, "semibold", style.REFORM)
WORSE_HEADING = style.Type(6.8, "semibold", style.MUCH_WORSE)


@dataclass(frozen=True)
class Row:
    """One row of bars: its names and its shares, between 0 and 1, which add up to 1."""

    name: str
    size: str
    worse: float
    better: float

    @property
    def middle(self) -> float:
        """Share of the unchanged and the uncertain."""
        return max(1.0 - self.worse - self.better, 0.0)


@dataclass(frozen=True)
class Columns:
    """Where the bars stand: the zero line, points for a share of one, the left edge of the bars apart."""

    zero: float
    scale: float
    apart: float


def draw_groups(
    comparison: Comparison, scenario: str, edge: str, lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart and return it with its words and the data behind it.

    The edge is the smallest relevant effect in words.
    """
    communes = comparison.communes[comparison.communes["scenario"] == scenario]
    classes, totals = _class_rows(communes, lang), _total_rows(communes, lang)
    words = _caption(comparison, scenario, communes, classes, edge, lang)
    page = Page(width_cm)
    columns = _columns(page, [*classes, *totals], lang)
    top = _draw_heading(page, draw_header(page, words) + 5.0, columns, lang)
    start = top
    for row in classes:
        top = _draw_row(page, top, columns, row, lang)
    page.rule(top + SECTION_GAP / 2.0 - 2.0, style.TEXT, 0.8)
    top += SECTION_GAP
    for row in totals:
        top = _draw_row(page, top, columns, row, lang)
    page.line([(columns.zero, start - 3.0), (columns.zero, top)], style.TEXT, 0.8)
    draw_footer(page, top + 6.0, words)
    return page, words, _table(classes, totals)


def size_name(position: int, lang: str) -> str:
    """Name a size class by its residents."""
    limits = [number(limit, lang) for limit in SIZE_LIMITS]
    if position == 0:
        return label("up_to", lang, high=limits[0])
    if position == len(limits):
        return label("above", lang, low=limits[-1])
    low = number(SIZE_LIMITS[position - 1] + 1, lang)
    return label("between", lang, low=low, high=limits[position])


def _class_rows(communes: pd.DataFrame, lang: str) -> list[Row]:
    """Return one row a size class that has any commune."""
    rows = []
    for position, members in communes.groupby(size_class(communes["population"].to_numpy())):
        size = counted(len(members), label("commune", lang), label("communes", lang), lang)
        name = size_name(int(str(position)), lang)
        rows.append(Row(name, size, _share(members, "worse"), _share(members, "better")))
    return rows


def _total_rows(communes: pd.DataFrame, lang: str) -> list[Row]:
    """Return the rows of all communes, counted and weighted by residents."""
    population = communes["population"]
    residents = float(population.sum())
    weighted = [
        float(population[communes["verdict"] == verdict].sum()) / residents for verdict in ("worse", "better")
    ]
    if residents >= MILLION:
        shown = label("million", lang, count=number(residents / MILLION, lang, 1))
    else:
        shown = label("residents", lang, count=number(residents, lang))
    size = counted(len(communes), label("commune", lang), label("communes", lang), lang)
    return [
        Row(label("all_communes", lang), size, _share(communes, "worse"), _share(communes, "better")),
        Row(label("by_residents", lang), shown, *weighted),
    ]


def _share(communes: pd.DataFrame, verdict: str) -> float:
    """Return the share of communes with a verdict."""
    return float((communes["verdict"] == verdict).mean())


def _columns(page: Page, rows: list[Row], lang: str) -> Columns:
    """Share out the width with one scale for all bars, the largest at which they and their words fit."""
    names = max(
        style.width_of(text, kind)
        for row in rows
        for text, kind in ((row.name, style.LABEL_STRONG), (row.size, style.LABEL_SECONDARY))
    )
    left = page.left + names + LABEL_GAP
    room = page.right - left - COLUMN_GAP
    worst, best, middle = (max(getattr(row, side) for row in rows) for side in ("worse", "better", "middle"))
    headings = (
        style.width_of(label("worse_heading", lang), WORSE_HEADING) + LABEL_GAP - names,
        style.width_of(label("better_heading", lang), BETTER_HEADING) + LABEL_GAP,
        max(style.width_of(line, MIDDLE_HEADING) for line in label("middle_lines", lang).split("|")),
    )
    shares = [share for row in rows for share in (row.worse, row.better)]
    outside = max(style.width_of(_percent(share, lang), NUMBER) for share in shares) + 2.0 * LABEL_GAP
    low, high = 0.0, room
    while high - low > EXACT:
        scale = (low + high) / 2.0
        wanted = (worst * scale + outside, best * scale + outside, middle * scale)
        fits = sum(map(max, wanted, headings)) <= room
        low, high = (scale, high) if fits else (low, scale)
    zero = left + max(worst * low + outside, headings[0])
    return Columns(zero, low, page.right - max(middle * low, headings[2]))


def _draw_heading(page: Page, top: float, columns: Columns, lang: str) -> float:
    """Name the sides of the zero line and the bars apart."""
    lines = label("middle_lines", lang).split("|")
    page.paragraph(columns.apart, top, lines, MIDDLE_HEADING)
    y = top + MIDDLE_HEADING.leading * (len(lines) - 1) + 0.93 * MIDDLE_HEADING.size
    page.text(columns.zero - LABEL_GAP, y, label("worse_heading", lang), WORSE_HEADING, "right")
    page.text(columns.zero + LABEL_GAP, y, label("better_heading", lang), BETTER_HEADING)
    return y + 6.0


def _draw_row(page: Page, top: float, columns: Columns, row: Row, lang: str) -> float:
    """Draw the names and bars of one row and return its bottom edge."""
    bar = top + (ROW_HEIGHT - BAR_HEIGHT) / 2.0
    first = top + ROW_HEIGHT / 2.0 - 1.6
    page.text(page.left, first, row.name, style.LABEL_STRONG)
    page.text(page.left, first + 7.6, row.size, style.LABEL_SECONDARY)
    y = bar + BAR_HEIGHT / 2.0 + 0.35 * NUMBER.size
    worse, better = row.worse * columns.scale, row.better * columns.scale
    if worse:
        path = page.rectangle(columns.zero - worse, bar, worse, BAR_HEIGHT, style.WORSE)
        page.hatch(path, style.WORSE_HATCH)
    page.text(columns.zero - worse - LABEL_GAP, y, _percent(row.worse, lang), NUMBER, "right")
    page.rectangle(columns.zero, bar, better, BAR_HEIGHT, style.REFORM)
    shown = _percent(row.better, lang)
    inside = better >= style.width_of(shown, NUMBER) + 2.0 * LABEL_GAP
    x = columns.zero + better + (-LABEL_GAP if inside else LABEL_GAP)
    page.text(x, y, shown, NUMBER_ON_BLUE if inside else NUMBER, "right" if inside else "left")
    page.rectangle(columns.apart, bar, row.middle * columns.scale, BAR_HEIGHT, style.UNCHANGED_BAR)
    page.text(columns.apart + LABEL_GAP, y, _percent(row.middle, lang), NUMBER)
    return top + ROW_HEIGHT


def _percent(share: float, lang: str) -> str:
    """Write a share as whole percents; what is there but rounds to nothing is shown as such."""
    return "<1" if ROUNDING < share < HALF_A_PERCENT else number(100.0 * share, lang)


def _caption(
    comparison: Comparison, scenario: str, communes: pd.DataFrame, classes: list[Row], edge: str, lang: str
) -> Caption:
    """Write the words of the chart."""
    title = groups_title(communes, comparison.pairs, lang)
    territory = comparison.territory_name[lang]
    subtitle = label("groups_subtitle", lang, year=comparison.horizon, territory=territory)
    lead = f"{label('groups_chart', lang)}, {territory}, {comparison.horizon}: {title}."
    better, worse = label("better_heading", lang), label("worse_heading", lang)
    ends = (max(classes, key=lambda row: row.better), max(classes, key=lambda row: row.worse))
    rows = dict.fromkeys(
        f"{row.name}: {better} {_percent(row.better, lang)}%, {worse} {_percent(row.worse, lang)}%."
        for row in ends
    )
    notes = (label("groups_note_one" if comparison.pairs == 1 else "groups_note", lang, edge=edge),)
    return caption(comparison, scenario, lang, title, subtitle, notes, alternative_text((lead, *rows)))


def _table(classes: list[Row], totals: list[Row]) -> pd.DataFrame:
    """Return one row a bar, shares between 0 and 1."""
    rows = [*classes, *totals]
    return pd.DataFrame(
        {
            "group": [row.name for row in rows],
            "size": [row.size for row in rows],
            "worse": [row.worse for row in rows],
            "better": [row.better for row in rows],
            "unchanged_or_uncertain": [row.middle for row in rows],
        }
    )
