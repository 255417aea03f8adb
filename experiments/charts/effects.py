"""Draw how much a reform changes and how surely: dots and intervals in smallest relevant effects."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from experiments.charts import style
from experiments.charts.findings import effects_title
from experiments.charts.frame import Caption, alternative_text, caption, draw_footer, draw_header
from experiments.charts.page import Page, overlapping
from experiments.charts.plot import Axis, shown_decimals
from experiments.charts.reading import Claim, Reading, read
from experiments.charts.words import label
from experiments.language import number

if TYPE_CHECKING:
    from areavasta.indicators import Indicator
    from experiments.comparison import Comparison

TEXT_SHARE = 0.44
LEAST_REACH, MOST_REACH = 2.0, 6.0
ROW_PADDING = 2.2
HEADING_GAP = 3.0
# An interval shorter than this, in points, vanishes below its mark: no ends are drawn.
SHORT = 8.0
HEADING = style.Type(6.8, "semibold", style.SECONDARY)
BETTER_HEADING = style.Type(6.8, "semibold", style.REFORM)
WORSE_HEADING = style.Type(6.8, "semibold", style.MUCH_WORSE)


def draw_effects(
    comparison: Comparison, scenario: str, indicators: Sequence[Indicator], lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart and return it with its words and the data behind it."""
    readings = [read(comparison, scenario, indicator, lang) for indicator in indicators]
    # Best first, so that the order repeats what the colours say; neutral indicators come last.
    readings.sort(key=lambda reading: (not reading.judged, -reading.multiples[1]))
    page = Page(width_cm)
    axis = _axis(page, readings)
    words = _caption(comparison, scenario, readings, axis, lang)
    top = _draw_heading(page, draw_header(page, words) + 4.0, axis, readings, lang)
    bottom = _draw_rows(page, top, axis, readings)
    bottom = _draw_axis(page, bottom, axis, lang)
    draw_footer(page, bottom, words)
    return page, words, _table(readings)


def _axis(page: Page, readings: Sequence[Reading]) -> Axis:
    """Choose an axis that holds the intervals, within reason."""
    ends = [reading.multiples for reading in readings]
    low = max(-MOST_REACH, min(-LEAST_REACH, math.floor(min(end[0] for end in ends))))
    high = min(MOST_REACH, max(LEAST_REACH, math.ceil(max(end[2] for end in ends))))
    left = page.left + TEXT_SHARE * page.measure + 6.0
    axis = Axis(left, page.right - 4.0, float(low), float(high))
    # The side to the right of the strip holds its heading.
    lang = readings[0].lang
    widest = max(style.width_of(label(key, lang), HEADING) for key in ("improves_arrow", "rises_arrow"))
    while axis.x(1.0) + HEADING_GAP + widest > page.right:
        axis = Axis(left, axis.right, axis.low, axis.high + 1.0)
    return axis


def _draw_heading(page: Page, top: float, axis: Axis, readings: Sequence[Reading], lang: str) -> float:
    """Name both sides and the strip, as far as they fit, and draw a rule below."""
    judged = any(reading.judged for reading in readings)
    worse = label("worsens_arrow" if judged else "falls_arrow", lang)
    better = label("improves_arrow" if judged else "rises_arrow", lang)
    middle = label("strip_heading", lang)
    left = axis.x(-1.0) - HEADING_GAP
    right = axis.x(1.0) + HEADING_GAP
    half = style.width_of(middle, style.LABEL_SECONDARY) / 2.0
    y = top + style.LABEL_STRONG.size
    page.text(left, y, worse, WORSE_HEADING if judged else HEADING, "right")
    page.text(right, y, better, BETTER_HEADING if judged else HEADING)
    strip = (axis.x(0.0) - half - 1.0, axis.x(0.0) + half + 1.0)
    if not overlapping([(0.0, left), strip, (right, page.right)]):
        page.text(axis.x(0.0), y, middle, style.LABEL_SECONDARY, "center")
    return y + 4.0


def _draw_rows(page: Page, top: float, axis: Axis, readings: Sequence[Reading]) -> float:
    """Draw one row an indicator over the strip, and return the bottom edge."""
    rows = [_lines(page, reading) for reading in readings]
    split = next((row for row, reading in enumerate(readings) if row and not reading.judged), None)
    heading = HEADING.leading + 2.0 * ROW_PADDING
    heights = [sum(kind.leading for _, kind in lines) + 2.0 * ROW_PADDING for lines in rows]
    bottom = top + sum(heights) + (heading if split is not None else 0.0)
    page.rectangle(axis.x(-1.0), top, axis.x(1.0) - axis.x(-1.0), bottom - top, style.IRRELEVANT)
    page.line([(axis.x(0.0), top), (axis.x(0.0), bottom)], style.TEXT, 0.8)
    for row, (reading, lines, height) in enumerate(zip(readings, rows, heights, strict=True)):
        page.rule(top)
        if row == split:
            _draw_neutral_heading(page, top, axis, reading.lang)
            top += heading
        edge = top + ROW_PADDING
        for text, kind in lines:
            edge = page.paragraph(page.left, edge, [text], kind)
        _draw_mark(page, top + height / 2.0, axis, reading)
        top += height
    return top


def _draw_neutral_heading(page: Page, top: float, axis: Axis, lang: str) -> None:
    """Say that from here on the right is more, not better."""
    top += ROW_PADDING
    page.paragraph(page.left, top, [label("neutral_heading", lang)], HEADING)
    y = top + 0.93 * HEADING.size
    page.text(axis.x(-1.0) - HEADING_GAP, y, label("falls_arrow", lang), HEADING, "right")
    page.text(axis.x(1.0) + HEADING_GAP, y, label("rises_arrow", lang), HEADING)


def _lines(page: Page, reading: Reading) -> list[tuple[str, style.Type]]:
    """Write name, difference and verdict of a row, wrapped to the column of text."""
    measure = TEXT_SHARE * page.measure
    texts = (
        (reading.name, style.LABEL_STRONG),
        (f"{reading.difference()} {reading.spread()}".rstrip(), style.LABEL),
        (reading.verdict(), style.LABEL_SECONDARY),
    )
    return [(line, kind) for text, kind in texts for line in style.wrap(text, kind, measure)]


def _draw_mark(page: Page, y: float, axis: Axis, reading: Reading) -> None:
    """Draw the interval and the median; an arrowhead stands where they leave the scale."""
    low, middle, high = reading.multiples
    sure = reading.claim is Claim.sign and reading.judged
    color = style.PRESENT_LAW if not sure else style.REFORM if reading.improving else style.MUCH_WORSE
    shape = "s" if sure and not reading.improving else "o" if reading.judged else "D"
    short = axis.x(high) - axis.x(low) < SHORT
    if high > low:
        page.line([(axis.x(low), y), (axis.x(high), y)], color, 1.8)
        for end in (low, high):
            if axis.low <= end <= axis.high and not short:
                page.line([(axis.x(end), y - 2.8), (axis.x(end), y + 2.8)], color, 1.2)
    for end, arrow, outside in ((axis.low, "<", low < axis.low), (axis.high, ">", high > axis.high)):
        if outside:
            page.marker(axis.x(end) + (2.0 if arrow == ">" else -2.0), y, arrow, color, filled=True, size=3.6)
    if axis.low <= middle <= axis.high:
        small = short and reading.claim is Claim.negligible
        page.marker(axis.x(middle), y, shape, color, filled=reading.beyond, size=3.4 if small else 4.8)


def _draw_axis(page: Page, bottom: float, axis: Axis, lang: str) -> float:
    """Write the multiples below the rows and return the bottom edge."""
    page.rule(bottom)
    y = bottom + 9.0
    for multiple in range(int(axis.low), int(axis.high) + 1):
        page.text(axis.x(multiple), y, number(multiple, lang, signed=True), style.LABEL_SECONDARY, "center")
    lines = style.wrap(label("multiples", lang), style.LABEL_SECONDARY, axis.right - axis.left + 16.0)
    widest = max(style.width_of(line, style.LABEL_SECONDARY) for line in lines)
    center = min((axis.left + axis.right) / 2.0, page.right - widest / 2.0)
    return page.paragraph(center, y + 2.0, lines, style.LABEL_SECONDARY, "center") + 4.0


def _caption(
    comparison: Comparison, scenario: str, readings: Sequence[Reading], axis: Axis, lang: str
) -> Caption:
    """Write the words of the chart."""
    title = effects_title(readings, comparison.horizon, lang)
    territory = comparison.territory_name[lang]
    subtitle = label("effects_subtitle", lang, year=comparison.horizon, territory=territory)
    if comparison.pairs > 1:
        subtitle = f"{subtitle}; {label('interval', lang)}"
    sizes = [number(reading.threshold, lang, shown_decimals(reading.threshold)) for reading in readings]
    notes = [label("effects_note", lang)] if comparison.pairs > 1 else []
    if any(reading.multiples[0] < axis.low or reading.multiples[2] > axis.high for reading in readings):
        notes.append(label("off_scale_note", lang))
    notes.append(label("smallest_effects", lang, sizes="; ".join(sizes)))
    names = " ".join(reading.name for reading in readings)
    notes += [label(word, lang) for word in ("LEP", "AMPI") if word in names]
    lead = f"{label('effects_chart', lang)}, {territory}, {comparison.horizon}: {title}."
    rows = tuple(f"{reading.name}: {reading.difference()}, {reading.verdict()}." for reading in readings)
    return caption(comparison, scenario, lang, title, subtitle, tuple(notes), alternative_text((lead, *rows)))


def _table(readings: Sequence[Reading]) -> pd.DataFrame:
    """Return one row an indicator, in shown units."""
    return pd.DataFrame(
        {
            "indicator": [reading.indicator.key for reading in readings],
            "name": [reading.name for reading in readings],
            "unit": [reading.unit for reading in readings],
            "present_law": [reading.base for reading in readings],
            "reform": [reading.reform for reading in readings],
            "difference_median": [reading.median for reading in readings],
            "difference_q05": [reading.low for reading in readings],
            "difference_q95": [reading.high for reading in readings],
            "smallest_relevant_effect": [reading.threshold for reading in readings],
            "share_of_pairs_up": [reading.p_up for reading in readings],
            "share_of_pairs_down": [reading.p_down for reading in readings],
            "verdict": [reading.verdict() for reading in readings],
        }
    )
