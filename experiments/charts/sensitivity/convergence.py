"""Draw how indices settle as the sample grows: one small plot an indicator."""

import math

import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.page import Block, Page, spread
from experiments.charts.plot import nice_ticks, padded, tick_decimals
from experiments.charts.reading import indicator_name
from experiments.charts.sensitivity.wording import indicator_notes, page_caption, what
from experiments.sensitivity.labels import word
from experiments.sensitivity.results import SensitivityOutcome
from experiments.sensitivity.study import DUMMY
from experiments.sensitivity.verdicts import Sample, Verdict, has_steps
from experiments.sensitivity.words import factor_name, sample_text

COLUMNS = 2
GUTTER = 16.0
PLOT_HEIGHT = 64.0
TICK_GAP = 4.0
LABEL_SHARE = 0.42
LINES = 3
"""Factors shown of each indicator, the highest at the full sample."""

BEYOND = 0.25
"""How far below zero and above one a part of one is drawn, where small samples put it."""

COLORS = (style.REFORM, style.BETTER, style.MUCH_WORSE)
MARKS = ("o", "s", "D")


def draw_convergence(
    outcome: SensitivityOutcome, lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the page and return it with its words and the data behind it."""
    shown = [verdict for verdict in outcome.verdicts if verdict.sample is not Sample.constant]
    page = Page(width_cm)
    words = _caption(outcome, shown, lang)
    top = draw_header(page, words) + 7.0
    width = (page.measure - (COLUMNS - 1) * GUTTER) / COLUMNS
    for first in range(0, len(shown), COLUMNS):
        heads = [_heading(verdict, outcome, lang, width) for verdict in shown[first : first + COLUMNS]]
        height = max(sum(kind.leading for _, kind in lines) for lines in heads)
        for column, verdict in enumerate(shown[first : first + COLUMNS]):
            left, below = page.left + column * (width + GUTTER), top
            for text, kind in heads[column]:
                below = page.paragraph(left, below, [text], kind)
            _draw_panel(page, (left, left + width, top + height + 6.0), outcome, verdict, lang)
        top += height + PLOT_HEIGHT + 28.0
    draw_footer(page, top - 4.0, words)
    return page, words, outcome.found.convergence


def _heading(
    verdict: Verdict, outcome: SensitivityOutcome, lang: str, width: float
) -> list[tuple[str, style.Type]]:
    texts = (
        (indicator_name(verdict.indicator, lang), style.LABEL_STRONG),
        (sample_text(verdict, outcome.study, lang), style.LABEL_SECONDARY),
    )
    return [(line, kind) for text, kind in texts for line in style.wrap(text, kind, width)]


def _draw_panel(
    page: Page, box: tuple[float, float, float], outcome: SensitivityOutcome, verdict: Verdict, lang: str
) -> None:
    """Draw the lines of the highest factors and of the dummy over the sizes of the sample."""
    whole = outcome.found.convergence
    own = whole[whole["indicator"] == verdict.indicator.key]
    chosen = [one.factor for one in verdict.factors[:LINES]]
    paths = {name: own[own["factor"] == name].sort_values("points") for name in [*chosen, DUMMY]}
    highest = max(float(path["high"].max()) for path in paths.values())
    lowest = min(0.0, *(float(path["low"].min()) for path in paths.values()))
    if not has_steps(outcome.study):
        lowest, highest = max(lowest, -BEYOND), min(highest, 1.0 + BEYOND)
    low, high = padded(lowest, highest)
    ticks = nice_ticks(low, high, 4)
    told = [(tick, _tick(tick, tick_decimals(ticks), outcome, lang)) for tick in ticks.tolist()]
    left = box[0] + max(style.width_of(text, style.LABEL_SECONDARY) for _, text in told) + TICK_GAP
    right, top = box[1] - LABEL_SHARE * (box[1] - box[0]), box[2]
    sizes = sorted(own["points"].unique().tolist())

    def y(value: float) -> float:
        inside = min(max(value, low), high)
        return top + PLOT_HEIGHT * (1.0 - (inside - low) / (high - low))

    def x(size: float) -> float:
        if len(sizes) == 1:
            return (left + right) / 2.0
        share = math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])
        return left + 6.0 + share * (right - left - 12.0)

    for tick, text in told:
        page.line([(left, y(tick)), (right, y(tick))], style.GRID, 0.5)
        page.text(left - TICK_GAP, y(tick) + 0.35 * style.LABEL.size, text, style.LABEL_SECONDARY, "right")
    _draw_paths(page, paths, x, y)
    page.line([(left, top + PLOT_HEIGHT), (right, top + PLOT_HEIGHT)], style.TEXT, 0.8)
    below = top + PLOT_HEIGHT + 9.0
    page.text(x(sizes[0]), below, language.number(sizes[0], lang), style.LABEL_SECONDARY, "center")
    if len(sizes) > 1:
        # The last size ends with the axis: the names of lines stand beside it.
        page.text(right, below, language.number(sizes[-1], lang), style.LABEL_SECONDARY, "right")
    ends = {name: y(float(path["value"].iloc[-1])) for name, path in paths.items()}
    _draw_labels(page, (right + 4.0, box[1], top), ends, lang)


def _draw_paths(page: Page, paths: "dict[str, pd.DataFrame]", x: "object", y: "object") -> None:
    assert callable(x)
    assert callable(y)
    for number, (name, path) in enumerate(paths.items()):
        across = [x(size) for size in path["points"].tolist()]
        line = list(zip(across, map(y, path["value"].tolist()), strict=True))
        if name == DUMMY:
            page.line(line, style.PRESENT_LAW, 1.0, linestyle="--")
            continue
        color = COLORS[number]
        for place, low, high in zip(across, path["low"].tolist(), path["high"].tolist(), strict=True):
            shifted = place + 1.5 * (number - 1)
            page.line([(shifted, y(low)), (shifted, y(high))], color, 1.0)
        page.line(line, color, 1.3)
        for place, height in line:
            page.marker(place, height, MARKS[number], color, filled=True, size=2.4)


def _draw_labels(page: Page, box: tuple[float, float, float], ends: dict[str, float], lang: str) -> None:
    left, right, top = box
    colors = [*COLORS[: len(ends) - 1], style.PRESENT_LAW]
    blocks = []
    for (name, height), color in zip(ends.items(), colors, strict=True):
        kind = style.Type(6.5, "semibold", color if color != style.BETTER else style.SECONDARY)
        lines = style.wrap(factor_name(name, lang), kind, right - left)
        blocks.append(Block(height, tuple((line, kind) for line in lines)))
    for block, edge in zip(blocks, spread(blocks, top - 4.0, top + PLOT_HEIGHT + 14.0), strict=True):
        page.block(left, edge, block)


def _tick(value: float, decimals: int, outcome: SensitivityOutcome, lang: str) -> str:
    if outcome.index == "total":
        return language.percent(value, lang, max(decimals - 2, 0))
    return language.number(value, lang, decimals)


def _caption(outcome: SensitivityOutcome, shown: list[Verdict], lang: str) -> Caption:
    enough = sum(verdict.sample is Sample.enough for verdict in shown)
    title = word("convergence_title", lang, count=enough, all=len(shown))
    subtitle = word(
        "convergence_subtitle", lang, index=word(f"index_{outcome.index}", lang), what=what(outcome, lang)
    )
    names = " ".join(indicator_name(one.indicator, lang) for one in shown)
    notes = (word("convergence_note", lang), *indicator_notes(names, lang))
    rows = [
        f"{indicator_name(one.indicator, lang)}: {sample_text(one, outcome.study, lang)}" for one in shown
    ]
    return page_caption(outcome, title, subtitle, notes, (word("chart_convergence", lang), *rows), lang)
