"""Draw what a factor of a sweep does to each main indicator: small multiples, one page a factor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments.charts import style
from experiments.charts.files import save_chart
from experiments.charts.findings import shortest_enough
from experiments.charts.frame import Caption, alternative_text, draw_footer, draw_header
from experiments.charts.listing import About
from experiments.charts.page import Page, overlapping
from experiments.charts.plot import nice_ticks, padded, tick_decimals
from experiments.charts.reading import indicator_name
from experiments.charts.words import label
from experiments.designs.factors import Factor, is_ordered
from experiments.designs.keys import SCENARIOS
from experiments.designs.responses import Group, Response, respond, response_table
from experiments.designs.results import SweepOutcome
from experiments.factor_names import factor_name, factor_value
from experiments.language import (
    ALMOST_CERTAIN,
    LIKELY,
    amount,
    certainty,
    decimals_for,
    number,
    percent,
)

COLUMNS = 3
GUTTER = 14.0
PLOT_HEIGHT = 62.0
TICK_GAP = 4.0
MOST_TICKS = 4
CAP = 2.0
# A panel never shows less than this many smallest relevant effects, so that noise is not blown up.
LEAST_SPAN = 4.0
SIGNIFICANT = 3


def draw_sweep(outcome: SweepOutcome, folder: Path, lang: str, width_cm: float = style.PAGE_CM) -> list[Path]:
    """Draw one page a factor into a folder; return the files written, named ``N_FACTOR_LANG``."""
    indicators = [INDICATORS[key] for key in MAIN_INDICATORS]
    written: list[Path] = []
    for position, factor in enumerate(outcome.factors, start=1):
        responses = [respond(outcome, factor, indicator) for indicator in indicators]
        page, words, table = draw_responses(outcome, responses, lang, width_cm)
        stem = folder / f"{position}_{factor.key.replace('.', '_')}_{lang}"
        written += save_chart(page, words, stem, table, About("responses"))
    return written


def draw_responses(
    outcome: SweepOutcome, responses: Sequence[Response], lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the page of one factor and return it with its words and the data behind it."""
    words = _caption(outcome, responses, lang)
    page = Page(width_cm)
    top = draw_header(page, words) + 7.0
    width = (page.measure - (COLUMNS - 1) * GUTTER) / COLUMNS
    for first in range(0, len(responses), COLUMNS):
        row = responses[first : first + COLUMNS]
        heads = [_heading(one, lang, width) for one in row]
        height = max(sum(kind.leading for _, kind in lines) for lines in heads)
        for column, (one, lines) in enumerate(zip(row, heads, strict=True)):
            left = page.left + column * (width + GUTTER)
            below = top
            for text, kind in lines:
                below = page.paragraph(left, below, [text], kind)
            _draw_panel(page, _Panel(left, left + width, top + height + 6.0, one, lang))
        top += height + 6.0 + PLOT_HEIGHT + 22.0
    draw_footer(page, top - 6.0, words)
    return page, words, response_table(responses)


def _heading(response: Response, lang: str, width: float) -> list[tuple[str, style.Type]]:
    """Write name and unit of a panel, then its change and the part of the variance."""
    name = f"{indicator_name(response.indicator, lang)}, {response.indicator.unit[lang]}"
    told = label(
        "response_panel", lang, change=_change(response, lang, unit=False),
        share=percent(response.share, lang),
    )  # fmt: skip
    lines = [(line, style.LABEL_STRONG) for line in style.wrap(name, style.LABEL_STRONG, width)]
    return lines + [(line, style.LABEL_SECONDARY) for line in style.wrap(told, style.LABEL_SECONDARY, width)]


def _change(response: Response, lang: str, unit: bool = True) -> str:
    """Write a change with its sign; among choices, which have no direction, without."""
    value = response.change if is_ordered(response.factor) else abs(response.change)
    decimals = decimals_for([value], response.indicator.decimals)
    signed = is_ordered(response.factor)
    if not unit:
        return number(value, lang, decimals, signed=signed)
    return amount(value, response.indicator.unit[lang], lang, decimals, signed=signed)


class _Panel:
    """One small plot: groups of runs along the factor, values of the indicator upwards."""

    def __init__(self, left: float, right: float, top: float, response: Response, lang: str) -> None:
        self.response, self.lang = response, lang
        least = response.indicator.smallest_relevant_effect
        low = min(group.q05 for group in response.groups)
        high = max(group.q95 for group in response.groups)
        missing = max(LEAST_SPAN * least - (high - low), 0.0) / 2.0
        self.low, self.high = padded(low - missing, high + missing)
        ticks = nice_ticks(self.low, self.high, MOST_TICKS)
        self.ticks = [(float(tick), number(tick, lang, tick_decimals(ticks))) for tick in ticks]
        tick_width = max(style.width_of(text, style.LABEL_SECONDARY) for _, text in self.ticks)
        self.left, self.right = left + tick_width + TICK_GAP, right
        self.top, self.bottom = top, top + PLOT_HEIGHT
        self.places = self._places()

    def y(self, value: float) -> float:
        """Place a value."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def x(self, share: float) -> float:
        """Place a share of the way along the factor."""
        inset = 8.0
        return self.left + inset + share * (self.right - self.left - 2.0 * inset)

    def _places(self) -> list[float]:
        """Return where each group stands: by its middle value, or evenly for choices."""
        groups = self.response.groups
        if not is_ordered(self.response.factor):
            return [self.x((number + 0.5) / len(groups)) for number in range(len(groups))]
        low, high = _ends(self.response)
        span = (high - low) or 1.0
        return [self.x(((float(one.low) + float(one.high)) / 2.0 - low) / span) for one in groups]


def _ends(response: Response) -> tuple[float, float]:
    """Return the ends of the range of a factor, or of its values."""
    factor = response.factor
    if factor.values:
        return float(response.groups[0].low), float(response.groups[-1].high)
    return factor.low, factor.high


def _draw_panel(page: Page, panel: _Panel) -> None:
    """Draw the grid, the strip around the first group, and each group with its interval."""
    response = panel.response
    base = response.groups[response.start].median
    least = response.indicator.smallest_relevant_effect
    edges = (min(max(panel.y(base + side * least), panel.top), panel.bottom) for side in (-1.0, 1.0))
    strip = sorted(edges)
    page.rectangle(panel.left, strip[0], panel.right - panel.left, strip[1] - strip[0], style.IRRELEVANT)
    for value, text in panel.ticks:
        y = panel.y(value)
        page.line([(panel.left, y), (panel.right, y)], style.GRID, 0.5)
        page.text(panel.left - TICK_GAP, y + 0.35 * style.LABEL.size, text, style.LABEL_SECONDARY, "right")
    if is_ordered(response.factor):
        line = [(x, panel.y(one.median)) for x, one in zip(panel.places, response.groups, strict=True)]
        page.line(line, style.REFORM, 1.0)
    for x, group in zip(panel.places, response.groups, strict=True):
        _draw_group(page, panel, x, group)
    page.line([(panel.left, panel.bottom), (panel.right, panel.bottom)], style.TEXT, 0.8)
    _draw_factor_axis(page, panel)


def _draw_group(page: Page, panel: _Panel, x: float, group: Group) -> None:
    low, high = panel.y(group.q05), panel.y(group.q95)
    page.line([(x, low), (x, high)], style.BAND_HALF, 1.8)
    page.marker(x, panel.y(group.median), "o", style.REFORM, filled=True, size=2.6)


def _draw_factor_axis(page: Page, panel: _Panel) -> None:
    """Write the ends of the range, the values, or the numbers of the choices, as far as they fit."""
    groups, y = panel.response.groups, panel.bottom + 9.0
    if not is_ordered(panel.response.factor):
        marks = [(x, str(position)) for position, x in enumerate(panel.places, start=1)]
    elif all(group.low == group.high for group in groups):
        marks = [(x, _value(one.low, panel.lang)) for x, one in zip(panel.places, groups, strict=True)]
    else:
        marks = [(panel.x(share), _value(end, panel.lang)) for share, end in enumerate(_ends(panel.response))]
    halves = [style.width_of(text, style.LABEL_SECONDARY) / 2.0 + 2.0 for _, text in marks]
    if overlapping([(x - half, x + half) for (x, _), half in zip(marks, halves, strict=True)]):
        marks, halves = [marks[0], marks[-1]], [halves[0], halves[-1]]
    for (x, text), half in zip(marks, halves, strict=True):
        inside = min(max(x, panel.left - TICK_GAP + half), panel.right - half + 2.0)
        page.text(inside, y, text, style.LABEL_SECONDARY, "center")


def _value(value: float | str, lang: str) -> str:
    """Write a value of a factor with a few significant digits."""
    told = f"{float(value):.{SIGNIFICANT}g}"
    if "e" in told:
        return number(float(value), lang)
    return number(float(value), lang, len(told.partition(".")[2]))


def _caption(outcome: SweepOutcome, responses: Sequence[Response], lang: str) -> Caption:
    """Write the words of a page."""
    factor = responses[0].factor
    territory = outcome.where(lang)
    runs = len(outcome.values)
    title = _title(responses, outcome.when, lang)
    subtitle = label(
        "responses_subtitle", lang, year=outcome.when, territory=territory, runs=number(runs, lang)
    )
    names = " ".join(indicator_name(one.indicator, lang) for one in responses)
    notes = [label("responses_note" if is_ordered(factor) else "responses_choices_note", lang)]
    notes += [
        f"{position}: {name}." for position, name in enumerate(_choices(outcome, factor, lang), start=1)
    ]
    notes += [label(word, lang) for word in ("LEP", "AMPI") if word in names]
    name = factor_name(factor.key, lang)
    lead = f"{label('responses_chart', lang)}, {name}, {territory}, {outcome.when}: {title}."
    rows = tuple(
        f"{indicator_name(one.indicator, lang)}: {_change(one, lang)}."
        for one in sorted(responses, key=lambda one: -one.multiple)
    )
    return Caption(
        lang, name, title, subtitle, tuple(notes), alternative_text((lead, *rows)), outcome.new_money,
        outcome.run_id, outcome.settings_hash, runs, outcome.created, outcome.origin,
    )  # fmt: skip


def _choices(outcome: SweepOutcome, factor: Factor, lang: str) -> list[str]:
    """Return the names of choices that numbers stand for; none for a factor whose values are numbers."""
    if is_ordered(factor):
        return []
    if factor.key == SCENARIOS:
        return [outcome.titles[str(value)][lang] for value in factor.values]
    return [factor_value(factor.key, value, lang) for value in factor.values]


def _title(responses: Sequence[Response], when: str, lang: str) -> str:
    """State which indicator the factor moves most, by how much and how surely."""
    clear = [one for one in responses if one.multiple >= 1.0 and one.probability >= LIKELY]
    if not clear:
        return label("responses_nothing", lang, year=when)
    strongest = max(clear, key=lambda one: one.multiple)
    values = {
        "name": indicator_name(strongest.indicator, lang),
        "change": _change(strongest, lang),
        "certainty": certainty(strongest.probability, lang),
    }
    sure = "_sure" if strongest.probability >= ALMOST_CERTAIN else ""
    kind = "ends" if is_ordered(strongest.factor) else "choices"
    return shortest_enough(
        [label(f"responses_{kind}{sure}", lang, **values), label(f"responses_short{sure}", lang, **values)]
    )
