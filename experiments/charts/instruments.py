"""Draw which instrument does what: a waterfall from present law to the whole reform, with what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from experiments.ablation import ALL, ALONE, FULL, TOGETHER
from experiments.charts import style
from experiments.charts.findings import instruments_title
from experiments.charts.frame import Caption, alternative_text, caption, draw_footer, draw_header
from experiments.charts.page import Page, overlapping
from experiments.charts.plot import Axis, nice_ticks, padded, shown_decimals, tick_decimals
from experiments.charts.reading import Claim, Reading, read_contribution
from experiments.charts.words import label
from experiments.instruments import instrument_label
from experiments.language import amount, number

if TYPE_CHECKING:
    from areavasta.indicators import Indicator
    from experiments.ablation import Ablation
    from experiments.comparison import Comparison

MOST_CHARTS = 3
TEXT_SHARE = 0.46
ROW_PADDING = 2.2
BAR_HEIGHT = 8.0
CAP = 2.4
# An interval shorter than this, in points, vanishes below the mark at the end of its bar.
SHORT = 3.0
MOST_TICKS = 4
HEADING = style.Type(6.8, "semibold", style.SECONDARY)
BETTER_HEADING = style.Type(6.8, "semibold", style.REFORM)
WORSE_HEADING = style.Type(6.8, "semibold", style.MUCH_WORSE)


@dataclass(frozen=True)
class Step:
    """One bar: its key and name, what it does, and the difference from present law that it starts at."""

    key: str
    name: str
    reading: Reading
    start: float

    @property
    def end(self) -> float:
        """Difference from present law at which the bar ends."""
        return self.start + self.reading.median

    @property
    def span(self) -> tuple[float, float]:
        """Ends of the interval around the end of the bar."""
        return self.start + self.reading.low, self.start + self.reading.high


def moved_most(
    ablation: Ablation, reform: str, indicators: Sequence[Indicator], pairs: int, lang: str
) -> list[Indicator]:
    """Return the indicators that the reform, or an instrument alone, moves most, in relevant effects."""
    parts = [*((key, ALONE) for key in ablation.instruments[reform]), (ALL, TOGETHER), (ALL, FULL)]
    moved: dict[str, float] = {}
    for indicator in indicators:
        readings = [read_contribution(ablation, reform, indicator, part, pairs, lang) for part in parts]
        sizes = [abs(one.multiples[1]) for one in readings if one.claim is Claim.sign]
        if sizes:
            moved[indicator.key] = max(sizes)
    most = sorted(moved, key=lambda key: -moved[key])[:MOST_CHARTS]
    return [indicator for key in most for indicator in indicators if indicator.key == key]


def draw_instruments(
    comparison: Comparison, ablation: Ablation, reform: str, indicator: Indicator, lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart and return it with its words and the data behind it."""
    steps = _steps(comparison, ablation, reform, indicator, lang)
    words = _caption(comparison, reform, steps, lang)
    page = Page(width_cm)
    axis = _axis(page, steps)
    top = _draw_heading(page, draw_header(page, words) + 4.0, axis, steps[0].reading)
    bottom = _draw_rows(page, top, axis, steps)
    bottom = _draw_axis(page, bottom, axis, steps[0].reading)
    draw_footer(page, bottom, words)
    return page, words, _table(steps)


def _steps(
    comparison: Comparison, ablation: Ablation, reform: str, indicator: Indicator, lang: str
) -> list[Step]:
    """Return the instruments alone, best first, what they do only together, and the whole reform."""

    def of(instrument: str, measure: str) -> Reading:
        return read_contribution(ablation, reform, indicator, (instrument, measure), comparison.pairs, lang)

    alone = {key: of(key, ALONE) for key in ablation.instruments[reform]}
    steps: list[Step] = []
    level = 0.0
    for key in sorted(alone, key=lambda key: -alone[key].multiples[1]):
        steps.append(Step(key, instrument_label(key, lang), alone[key], level))
        level = steps[-1].end
    steps.append(Step(TOGETHER, label("only_together", lang), of(ALL, TOGETHER), level))
    return [*steps, Step(FULL, label("full_reform", lang), of(ALL, FULL), 0.0)]


def _axis(page: Page, steps: Sequence[Step]) -> Axis:
    """Choose an axis that holds zero, every bar and every interval."""
    least = steps[0].reading.threshold
    ends = [-least, least, *(value for step in steps for value in (step.start, step.end, *step.span))]
    return Axis(page.left + TEXT_SHARE * page.measure + 6.0, page.right - 4.0, *padded(min(ends), max(ends)))


def _draw_heading(page: Page, top: float, axis: Axis, reading: Reading) -> float:
    """Say on which side is better, or more, and return the bottom edge."""
    keys, kinds = ("falls_arrow", "rises_arrow"), (HEADING, HEADING)
    if reading.judged and reading.indicator.better > 0:
        keys, kinds = ("worsens_arrow", "improves_arrow"), (WORSE_HEADING, BETTER_HEADING)
    elif reading.judged:
        keys, kinds = ("improves_left", "worsens_right"), (BETTER_HEADING, WORSE_HEADING)
    y = top + style.LABEL_STRONG.size
    page.text(axis.left, y, label(keys[0], reading.lang), kinds[0])
    page.text(axis.right, y, label(keys[1], reading.lang), kinds[1], "right")
    return y + 4.0


def _draw_rows(page: Page, top: float, axis: Axis, steps: Sequence[Step]) -> float:
    """Draw present law, then one row a step, and return the bottom edge."""
    first = steps[0].reading
    level = amount(first.base, first.unit, first.lang, first.indicator.decimals)
    texts = ((label("present_law", first.lang), style.LABEL_STRONG), (level, style.LABEL))
    rows = [_wrapped(page, texts), *(_lines(page, step) for step in steps)]
    heights = [sum(kind.leading for _, kind in lines) + 2.0 * ROW_PADDING for lines in rows]
    edges = [top + sum(heights[:row]) for row in range(len(rows) + 1)]
    for step, edge, height in zip(steps, edges[1:], heights[1:], strict=False):
        low, high = (axis.x(step.start + side * step.reading.threshold) for side in (-1.0, 1.0))
        page.rectangle(low, edge, high - low, height, style.IRRELEVANT)
    zero = axis.x(0.0)
    page.line([(zero, top), (zero, edges[-1])], style.PRESENT_LAW, 0.8, dashes=(3.0, 2.0))
    middles = [edge + height / 2.0 for edge, height in zip(edges, heights, strict=False)]
    for row, (lines, edge) in enumerate(zip(rows, edges, strict=False)):
        last = row == len(rows) - 1
        page.rule(edge, *((style.TEXT, 0.8) if last else ()))
        below = edge + ROW_PADDING
        for text, kind in lines:
            below = page.paragraph(page.left, below, [text], kind)
    page.marker(zero, middles[0], "o", style.PRESENT_LAW, filled=False, size=4.8)
    _draw_bars(page, axis, steps, middles)
    return edges[-1]


def _wrapped(page: Page, texts: Sequence[tuple[str, style.Type]]) -> list[tuple[str, style.Type]]:
    measure = TEXT_SHARE * page.measure
    return [(line, kind) for text, kind in texts for line in style.wrap(text, kind, measure)]


def _lines(page: Page, step: Step) -> list[tuple[str, style.Type]]:
    """Write name, effect and verdict of a row, wrapped to the column of text; no figures if negligible."""
    reading = step.reading
    effect = number(reading.median, reading.lang, reading.decimals, signed=True)
    texts = [(step.name, style.LABEL_STRONG)]
    if reading.claim not in (Claim.none, Claim.negligible):
        texts.append((f"{effect} {reading.spread()}".rstrip(), style.LABEL))
    return _wrapped(page, [*texts, (reading.verdict(), style.LABEL_SECONDARY)])


def _draw_bars(page: Page, axis: Axis, steps: Sequence[Step], middles: Sequence[float]) -> None:
    """Draw the bars with their intervals, each joined to the next; the first middle is of present law."""
    half = BAR_HEIGHT / 2.0
    before = 0.0
    for step, above, y in zip(steps, middles, middles[1:], strict=False):
        page.line([(axis.x(before), above + half), (axis.x(before), y - half)], style.SECONDARY, 0.5)
        _draw_bar(page, axis, step, y)
        before = step.end


def _draw_bar(page: Page, axis: Axis, step: Step, y: float) -> None:
    """Draw one bar: what is better plain, what is worse hatched, what is unclear grey; then its interval."""
    reading = step.reading
    left, right = sorted((axis.x(step.start), axis.x(step.end)))
    sure = reading.claim is Claim.sign
    whole = step.key == FULL
    color = style.UNCHANGED_BAR
    if sure and not reading.judged:
        color = style.PRESENT_LAW if whole else style.BAND_HALF
    elif sure and reading.improving:
        color = style.MUCH_BETTER if whole else style.BETTER
    elif sure:
        color = style.MUCH_WORSE if whole else style.WORSE
    if right > left:
        edge = "none" if sure else style.PRESENT_LAW
        bar = page.rectangle(left, y - BAR_HEIGHT / 2.0, right - left, BAR_HEIGHT, color, edge)
        if sure and reading.judged and not reading.improving:
            page.hatch(bar, style.WHITE if whole else style.WORSE_HATCH)
    low, high = (axis.x(end) for end in step.span)
    if high - low > SHORT:
        # A white casing keeps the interval legible on a dark bar.
        page.line([(low, y), (high, y)], style.WHITE, 2.8)
        page.line([(low, y), (high, y)], style.TEXT, 1.2)
        for end in (low, high):
            page.line([(end, y - CAP), (end, y + CAP)], style.TEXT, 1.0)
    end = axis.x(step.end)
    page.line([(end, y - BAR_HEIGHT / 2.0), (end, y + BAR_HEIGHT / 2.0)], style.TEXT, 1.4)


def _draw_axis(page: Page, bottom: float, axis: Axis, reading: Reading) -> float:
    """Write the differences below the rows and return the bottom edge."""
    page.rule(bottom)
    y = bottom + 9.0
    for most in range(MOST_TICKS, 1, -1):
        ticks = nice_ticks(axis.low, axis.high, most)
        texts = [number(tick, reading.lang, tick_decimals(ticks), signed=True) for tick in ticks]
        halves = [style.width_of(text, style.LABEL_SECONDARY) / 2.0 for text in texts]
        edges = [
            (axis.x(tick) - half - 2.0, axis.x(tick) + half + 2.0)
            for tick, half in zip(ticks, halves, strict=True)
        ]
        if not overlapping(edges):
            break
    for tick, text, (_, end) in zip(ticks, texts, edges, strict=True):
        if end <= page.right + 2.0:
            page.text(axis.x(tick), y, text, style.LABEL_SECONDARY, "center")
    words = label("instruments_axis", reading.lang, unit=reading.unit)
    lines = style.wrap(words, style.LABEL_SECONDARY, axis.right - axis.left)
    return page.paragraph(axis.right, y + 2.0, lines, style.LABEL_SECONDARY, "right") + 4.0


def _caption(comparison: Comparison, reform: str, steps: Sequence[Step], lang: str) -> Caption:
    """Write the words of the chart."""
    full = steps[-1].reading
    alone = {step.name: step.reading for step in steps[:-2]}
    title = instruments_title(full, alone, comparison.horizon)
    territory = comparison.territory_name[lang]
    subtitle = label(
        "instruments_subtitle", lang, name=full.name, unit=full.unit, territory=territory,
        year=comparison.horizon,
    )  # fmt: skip
    if comparison.pairs > 1:
        subtitle = f"{subtitle}; {label('interval', lang)}"
    size = number(full.threshold, lang, shown_decimals(full.threshold))
    notes = [label("instruments_note", lang, size=size)]
    if comparison.pairs > 1:
        notes.append(label("instruments_medians_note", lang))
    notes += [label(word, lang) for word in ("LEP", "AMPI") if word in full.name]
    lead = f"{label('instruments_chart', lang)}, {territory}, {comparison.horizon}: {title}."
    rows = tuple(f"{step.name}: {step.reading.difference()}." for step in (steps[-2], *steps[:-2]))
    return caption(comparison, reform, lang, title, subtitle, tuple(notes), alternative_text((lead, *rows)))


def _table(steps: Sequence[Step]) -> pd.DataFrame:
    """Return one row a bar, in shown units."""
    return pd.DataFrame(
        {
            "instrument": [step.key for step in steps],
            "name": [step.name for step in steps],
            "unit": [step.reading.unit for step in steps],
            "drawn_from": [step.start for step in steps],
            "difference_median": [step.reading.median for step in steps],
            "difference_q05": [step.reading.low for step in steps],
            "difference_q95": [step.reading.high for step in steps],
            "smallest_relevant_effect": [step.reading.threshold for step in steps],
            "share_of_pairs_up": [step.reading.p_up for step in steps],
            "share_of_pairs_down": [step.reading.p_down for step in steps],
        }
    )
