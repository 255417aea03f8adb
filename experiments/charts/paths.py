"""Draw when a reform acts: both paths with bands, above the paired difference."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.charts import style
from experiments.charts.findings import paths_title
from experiments.charts.frame import Caption, alternative_text, caption, draw_footer, draw_header
from experiments.charts.page import Block, Page, spread
from experiments.charts.path_labels import Story, difference_labels, has_band, path_labels
from experiments.charts.plot import Curve, Panel, nice_ticks, padded, tick_decimals
from experiments.charts.reading import Claim, Reading, read, series
from experiments.charts.words import LABELS, label
from experiments.language import long_date, number

if TYPE_CHECKING:
    from areavasta.indicators import Indicator
    from experiments.comparison import Comparison

PATHS_HEIGHT, DIFFERENCE_HEIGHT = 100.0, 72.0
TICK_GAP, LABEL_GAP = 5.0, 6.0
LABEL_SHARE = 0.36
# A panel never shows less than this many smallest relevant effects, so that noise is not blown up.
LEAST_SPAN = 4.0


def draw_paths(
    comparison: Comparison, scenario: str, indicator: Indicator, lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart and return it with its words and the data behind it."""
    first = comparison.first_year
    story = Story(
        read(comparison, scenario, indicator, lang),
        series(comparison.paths, scenario, indicator).loc[first:],
        series(comparison.paths, comparison.scenarios[0], indicator).loc[first:],
        series(comparison.differences, scenario, indicator).loc[first:],
        comparison.effective[scenario],
    )
    words = _caption(comparison, scenario, story, lang)
    page = Page(width_cm)
    top = draw_header(page, words)
    bottom = _draw_panels(page, top + 7.0, story)
    draw_footer(page, bottom, words)
    return page, words, _table(story)


def _draw_panels(page: Page, top: float, story: Story) -> float:
    """Draw both plots with their labels and return the bottom edge."""
    reading, lang = story.reading, story.reading.lang
    values, changes = _range([story.reform, story.present], reading), _difference_range(story)
    ticks = nice_ticks(*values)
    tick_labels = [number(value, lang, tick_decimals(ticks)) for value in ticks]
    difference_ticks = nice_ticks(*changes, most=5)
    signs = [number(v, lang, tick_decimals(difference_ticks), signed=True) for v in difference_ticks]
    tick_width = max(style.width_of(text, style.LABEL) for text in tick_labels + signs)
    limit = LABEL_SHARE * page.width
    blocks, notes = path_labels(story, limit), difference_labels(story, limit)
    label_width = max(style.width_of(text, kind) for block in blocks + notes for text, kind in block.lines)
    left, right = page.left + tick_width + TICK_GAP, page.right - label_width - LABEL_GAP
    years = (float(story.years[0]), float(story.years[-1]))
    top += style.LABEL.leading + 2.0
    height = max(PATHS_HEIGHT, sum(block.height + 2.0 for block in blocks))
    paths = Panel(left, right, top, top + height, years, values)
    _draw_grid(page, paths, ticks, tick_labels)
    _draw_effective(page, paths, story)
    _draw_paths(page, paths, story)
    _draw_labels(page, paths, blocks)
    top = _draw_difference_heading(page, paths.bottom + 8.0, story)
    height = max(DIFFERENCE_HEIGHT, sum(block.height + 2.0 for block in notes))
    lower = Panel(left, right, top, top + height, years, changes)
    _draw_difference(page, lower, story, difference_ticks, signs)
    _draw_labels(page, lower, notes)
    return _draw_years(page, lower, story.years) + 3.0


def _range(tables: list[pd.DataFrame], reading: Reading) -> tuple[float, float]:
    """Return the values that a plot must hold, never a narrower span than a few relevant effects."""
    low = float(min(table.to_numpy().min() for table in tables))
    high = float(max(table.to_numpy().max() for table in tables))
    missing = max(LEAST_SPAN * reading.threshold - (high - low), 0.0)
    return padded(low - missing / 2.0, high + missing / 2.0)


def _difference_range(story: Story) -> tuple[float, float]:
    """Return the values that hold the differences and the strip of the smallest relevant effect."""
    threshold = story.reading.threshold
    values = story.difference.to_numpy()
    return padded(min(float(values.min()), -threshold), max(float(values.max()), threshold))


def _draw_grid(page: Page, panel: Panel, ticks: Curve, labels: list[str]) -> None:
    """Draw grid lines and their values."""
    for value, text in zip(ticks, labels, strict=True):
        y = float(panel.y(value))
        page.line([(panel.left, y), (panel.right, y)], style.GRID, 0.5)
        page.text(panel.left - TICK_GAP, y + 0.35 * style.LABEL.size, text, style.LABEL_SECONDARY, "right")


def _draw_effective(page: Page, panel: Panel, story: Story) -> None:
    """Mark the year from which the reform is in force, when the plot shows it."""
    if not panel.years[0] <= story.effective <= panel.years[1]:
        return
    x = float(panel.x(story.effective))
    ends = [(x, panel.top - style.LABEL.leading - 1.0), (x, panel.bottom)]
    page.line(ends, style.TEXT, 0.8, linestyle=(0, (2, 2)))
    lang = story.reading.lang
    text = label("in_force", lang, day=long_date(date(story.effective, 1, 1), lang))
    fits = x + 3.0 + style.width_of(text, style.LABEL_SECONDARY) <= page.right
    # The grid line of the highest value must not run through the words.
    y = panel.top - 3.5
    page.text(x + (3.0 if fits else -3.0), y, text, style.LABEL_SECONDARY, "left" if fits else "right")


def _draw_paths(page: Page, panel: Panel, story: Story) -> None:
    """Draw the bands and medians of both scenarios."""
    x = panel.x(story.years)
    reform = {name: panel.y(story.reform[name].to_numpy()) for name in story.reform}
    present = {name: panel.y(story.present[name].to_numpy()) for name in story.present}
    page.band(x, reform["q05"], reform["q95"], style.BAND_NINE)
    page.band(x, reform["q25"], reform["q75"], style.BAND_HALF)
    if has_band(story.present):
        for edge in ("q05", "q95"):
            page.line(np.column_stack([x, present[edge]]), style.PRESENT_LAW, 0.9, linestyle=(0, (1, 1.6)))
    page.line(np.column_stack([x, present["q50"]]), style.PRESENT_LAW, 1.3, linestyle=(0, (5, 2.5)))
    page.line(np.column_stack([x, reform["q50"]]), style.REFORM, 2.0)
    # Shown through a reform that lies on it: present law must never vanish.
    hidden = np.allclose(reform["q50"], present["q50"], atol=0.5)
    if hidden:
        page.line(np.column_stack([x, present["q50"]]), "white", 0.8, linestyle=(0, (3, 4)))
    page.marker(
        float(x[-1]),
        float(present["q50"][-1]),
        "o",
        style.PRESENT_LAW,
        filled=False,
        size=7.0 if hidden else 4.6,
    )
    page.marker(float(x[-1]), float(reform["q50"][-1]), "o", style.REFORM, filled=True, size=3.8)


def _draw_labels(page: Page, panel: Panel, blocks: list[Block]) -> None:
    """Write blocks beside the heights of their values, moved apart where they would touch."""
    placed = [Block(float(panel.y(block.anchor)), block.lines) for block in blocks]
    tops = spread(placed, panel.top - 4.0, panel.bottom + 4.0)
    for block, top in zip(placed, tops, strict=True):
        page.block(panel.right + LABEL_GAP, top, block)


def _draw_difference_heading(page: Page, top: float, story: Story) -> float:
    """Write the heading of the lower plot and return its bottom edge."""
    reading = story.reading
    heading = f"{label('difference', reading.lang)}, {reading.unit}"
    lines = style.wrap(heading, style.HEADING, page.measure)
    return page.paragraph(page.left, top, lines, style.HEADING) + 5.0


def _draw_difference(page: Page, panel: Panel, story: Story, ticks: Curve, labels: list[str]) -> None:
    """Draw the paired difference over the strip of the smallest relevant effect."""
    threshold = story.reading.threshold
    top, bottom = float(panel.y(threshold)), float(panel.y(-threshold))
    page.rectangle(panel.left, top, panel.right - panel.left, bottom - top, style.IRRELEVANT)
    x = panel.x(story.years)
    curves = {name: panel.y(story.difference[name].to_numpy()) for name in story.difference}
    page.band(x, curves["q05"], curves["q95"], style.BAND_NINE)
    page.band(x, curves["q25"], curves["q75"], style.BAND_HALF)
    for edge in (top, bottom):
        page.line([(panel.left, edge), (panel.right, edge)], style.SECONDARY, 0.5, linestyle=(0, (3, 2)))
    if has_band(story.difference):
        for name in ("q05", "q95"):
            page.line(np.column_stack([x, curves[name]]), style.REFORM, 0.5)
    zero = float(panel.y(0.0))
    page.line([(panel.left, zero), (panel.right, zero)], style.TEXT, 0.8)
    page.line(np.column_stack([x, curves["q50"]]), style.REFORM, 2.0)
    page.marker(float(x[-1]), float(curves["q50"][-1]), "o", style.REFORM, filled=True, size=3.8)
    for value, text in zip(ticks, labels, strict=True):
        y = float(panel.y(value)) + 0.35 * style.LABEL.size
        page.text(panel.left - TICK_GAP, y, text, style.LABEL_SECONDARY, "right")


def _draw_years(page: Page, panel: Panel, years: Curve) -> float:
    """Write the years below the lower plot and return the bottom edge."""
    first, last = int(years[0]), int(years[-1])
    room = style.width_of("2026", style.LABEL) + 6.0
    a_year = (panel.right - panel.left) / max(last - first, 1)
    step = next((step for step in (1, 2, 5, 10, 20, 50) if step * a_year >= room), max(last - first, 1))
    shown = [year for year in range(first, last + 1, step) if year == last or (last - year) * a_year >= room]
    y = panel.bottom + 12.0
    for year in [*shown, *([] if shown and shown[-1] == last else [last])]:
        page.text(float(panel.x(year)), y, str(year), style.LABEL_SECONDARY, "center")
    return y + 3.0


def _caption(comparison: Comparison, scenario: str, story: Story, lang: str) -> Caption:
    """Write the words of the chart."""
    reading = story.reading
    territory = comparison.territory_name[lang]
    period = f"{comparison.first_year}–{comparison.horizon}"
    subject = f"{reading.name}, {reading.unit}, {territory}, {period}"
    title = paths_title(reading, story.difference, comparison.horizon)
    decimals = story.reading.indicator.decimals
    values = (
        f"{label('reform', lang)} {number(reading.reform, lang, decimals)}, "
        f"{label('present_law', lang).lower()} {number(reading.base, lang, decimals)}."
    )
    change = f"{label('difference', lang)}: {reading.difference()} {reading.spread()}".rstrip()
    certainty = f"; {reading.verdict()}." if reading.claim is not Claim.none else "."
    alternative = alternative_text((f"{label('paths_chart', lang)}: {subject}.", change + certainty, values))
    notes = [label("paths_note", lang)] if comparison.pairs > 1 else []
    notes += [label(word, lang) for word in ("LEP", "AMPI") if word in reading.name and word in LABELS]
    return caption(comparison, scenario, lang, title, subject, tuple(notes), alternative)


def _table(story: Story) -> pd.DataFrame:
    """Return the quantiles of both scenarios and of the difference, one row a year."""
    parts = {"present_law": story.present, "reform": story.reform, "difference": story.difference}
    table = pd.concat([part.add_prefix(f"{name}_") for name, part in parts.items()], axis=1)
    return table.reset_index()
