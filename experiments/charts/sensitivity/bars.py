"""Draw what one indicator depends on: a bar with its interval for each factor, over the strip of noise."""

from dataclasses import dataclass

import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.page import Page
from experiments.charts.plot import Axis, nice_ticks, tick_decimals
from experiments.charts.reading import indicator_name
from experiments.charts.sensitivity.wording import (
    indicator_notes,
    page_caption,
    strip_word,
    verdict_title,
    what,
)
from experiments.sensitivity.labels import word
from experiments.sensitivity.results import SensitivityOutcome
from experiments.sensitivity.study import DUMMY
from experiments.sensitivity.verdicts import CLEAR, FactorVerdict, Verdict, has_steps
from experiments.sensitivity.words import claim_words, factor_name, index_words

TEXT_SHARE = 0.42
MOST_FACTORS = 12
ROW_PADDING = 2.0
BAR = 5.0
LEAST_SPAN = 1.15


@dataclass(frozen=True)
class _Row:
    """A factor with its main index and, where known, what it does alone."""

    name: str
    told: str
    value: float
    low: float
    high: float
    alone: float | None
    clear: bool


def draw_bars(
    outcome: SensitivityOutcome, verdict: Verdict, lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the page of one indicator and return it with its words and the data behind it."""
    rows = [_row(outcome, verdict, one, lang) for one in verdict.factors[:MOST_FACTORS]]
    if not has_steps(outcome.study):  # of steps the dummy has exactly none
        rows.append(_dummy(outcome, verdict, lang))
    page = Page(width_cm)
    words = _caption(outcome, verdict, lang)
    top = draw_header(page, words) + 5.0
    axis = _axis(page, verdict, rows)
    bottom = _draw_rows(page, _draw_heading(page, top, axis, outcome, rows, lang), axis, verdict, rows)
    draw_footer(page, _draw_axis(page, bottom, axis, outcome, lang), words)
    return page, words, _table(outcome, verdict)


def _alone(outcome: SensitivityOutcome, verdict: Verdict, factor: str) -> float | None:
    own = outcome.found.indices
    rows = own[
        (own["indicator"] == verdict.indicator.key) & (own["factor"] == factor) & (own["index"] == "first")
    ]
    if not len(rows) or outcome.index != "total":
        return None
    return float(rows["value"].iloc[0])


def _row(outcome: SensitivityOutcome, verdict: Verdict, one: FactorVerdict, lang: str) -> _Row:
    told = index_words(one.value, outcome.study, verdict.indicator, lang)
    return _Row(
        factor_name(one.factor, lang), f"{told}: {claim_words(one.claim, outcome.study, lang)}", one.value,
        one.low, one.high, _alone(outcome, verdict, one.factor), one.claim in CLEAR,
    )  # fmt: skip


def _dummy(outcome: SensitivityOutcome, verdict: Verdict, lang: str) -> _Row:
    own = outcome.found.indices
    row = own[
        (own["indicator"] == verdict.indicator.key)
        & (own["factor"] == DUMMY)
        & (own["index"] == outcome.index)
    ].iloc[0]
    ends = (float(row["value"]), float(row["low"]), float(row["high"]))
    return _Row(word(DUMMY, lang), word("sets_noise", lang), *ends, None, False)


def _axis(page: Page, verdict: Verdict, rows: list[_Row]) -> Axis:
    high = LEAST_SPAN * max(verdict.noise, *(row.value for row in rows))
    high = max(high, min(max(row.high for row in rows), 1.5 * high))
    lowest = min(0.0, *(row.low for row in rows))
    # Room for every dot; of whiskers that go further an arrow tells.
    marks = min(0.0, *(row.value for row in rows), *(row.alone or 0.0 for row in rows))
    low = min(max(lowest, -0.12 * high), marks)
    return Axis(page.left + TEXT_SHARE * page.measure + 6.0, page.right - 12.0, low, high)


def _draw_heading(
    page: Page, top: float, axis: Axis, outcome: SensitivityOutcome, rows: list[_Row], lang: str
) -> float:
    """Name the strip and the marks above the first row, as far as they fit."""
    y = top + style.LABEL.size
    page.text(axis.x(0.0), y, strip_word(outcome, lang), style.LABEL_SECONDARY)
    right = page.right
    if rows and rows[0].alone is not None:
        for key, kind in (
            ("in_all", style.Type(6.6, "semibold", style.REFORM)),
            ("alone", style.LABEL_SECONDARY),
        ):
            page.text(right, y, word(key, lang), kind, "right")
            right -= style.width_of(word(key, lang), kind) + 8.0
    return y + 4.0


def _draw_rows(page: Page, top: float, axis: Axis, verdict: Verdict, rows: list[_Row]) -> float:
    measure = TEXT_SHARE * page.measure
    texts = [
        [(line, style.LABEL_STRONG) for line in style.wrap(row.name, style.LABEL_STRONG, measure)]
        + [(line, style.LABEL_SECONDARY) for line in style.wrap(row.told, style.LABEL_SECONDARY, measure)]
        for row in rows
    ]
    heights = [sum(kind.leading for _, kind in lines) + 2.0 * ROW_PADDING for lines in texts]
    bottom = top + sum(heights)
    page.rectangle(axis.x(0.0), top, axis.x(verdict.noise) - axis.x(0.0), bottom - top, style.IRRELEVANT)
    for row, lines, height in zip(rows, texts, heights, strict=True):
        page.rule(top)
        edge = top + ROW_PADDING
        for text, kind in lines:
            edge = page.paragraph(page.left, edge, [text], kind)
        _draw_mark(page, top + height / 2.0, axis, row)
        top += height
    page.line([(axis.x(0.0), bottom - sum(heights)), (axis.x(0.0), bottom)], style.TEXT, 0.8)
    return bottom


def _draw_mark(page: Page, y: float, axis: Axis, row: _Row) -> None:
    color = style.REFORM if row.clear else style.PRESENT_LAW
    start, end = sorted((axis.x(0.0), axis.x(row.value)))
    fill = style.BAND_NINE if row.clear else style.UNCHANGED_BAR
    page.rectangle(start, y - BAR / 2.0, end - start, BAR, fill)
    page.line([(axis.x(row.low), y), (axis.x(row.high), y)], color, 1.8)
    for value in (row.low, row.high):
        if axis.low <= value <= axis.high:
            page.line([(axis.x(value), y - 2.8), (axis.x(value), y + 2.8)], color, 1.2)
    if row.high > axis.high:
        page.marker(axis.x(axis.high) + 2.0, y, ">", color, filled=True, size=3.6)
    if row.low < axis.low:
        page.marker(axis.x(axis.low) - 2.0, y, "<", color, filled=True, size=3.6)
    if row.alone is not None:
        page.marker(axis.x(row.alone), y, "D", style.PRESENT_LAW, filled=False, size=4.0)
    page.marker(axis.x(row.value), y, "o", color, filled=row.clear, size=4.8)


def _draw_axis(page: Page, bottom: float, axis: Axis, outcome: SensitivityOutcome, lang: str) -> float:
    page.rule(bottom)
    ticks = nice_ticks(max(axis.low, 0.0), axis.high)
    decimals = tick_decimals(ticks)
    for tick in ticks.tolist():
        if outcome.index == "total":
            text = language.percent(tick, lang, max(decimals - 2, 0))
        else:
            text = language.number(tick, lang, decimals)
        page.text(axis.x(tick), bottom + 9.0, text, style.LABEL_SECONDARY, "center")
    return bottom + 14.0


def _caption(outcome: SensitivityOutcome, verdict: Verdict, lang: str) -> Caption:
    name = indicator_name(verdict.indicator, lang)
    title = verdict_title(outcome, verdict, lang)
    subtitle = word(
        f"subtitle_{outcome.index}", lang, year=outcome.horizon, unit=verdict.indicator.unit[lang],
        what=what(outcome, lang),
    )  # fmt: skip
    index = word(f"index_{outcome.index}", lang)
    notes = [word("bars_note", lang, index=index[0].lower() + index[1:])]
    if outcome.index == "total":
        notes.append(word("alone_note", lang))
    notes.append(word("strip_steps" if has_steps(outcome.study) else "strip_noise", lang))
    left = verdict.factors[MOST_FACTORS:]
    if left:
        value = index_words(left[0].value, outcome.study, verdict.indicator, lang)
        notes.append(word("left_out", lang, count=len(left), value=value))
    notes += indicator_notes(name, lang)
    rows = [
        f"{factor_name(one.factor, lang)}: {index_words(one.value, outcome.study, verdict.indicator, lang)}, "
        f"{claim_words(one.claim, outcome.study, lang)}."
        for one in verdict.factors
    ]
    return page_caption(outcome, title, subtitle, tuple(notes), (word("chart_bars", lang), *rows), lang)


def _table(outcome: SensitivityOutcome, verdict: Verdict) -> pd.DataFrame:
    own = outcome.found.indices
    claims = {one.factor: one.claim.value for one in verdict.factors}
    rows = own[own["indicator"] == verdict.indicator.key]
    return rows.assign(noise=verdict.noise, claim=rows["factor"].map(claims).fillna(""))
