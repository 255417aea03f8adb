"""Draw which factors act together on an indicator: a circle of factors, and a line for each clear pair."""

import math
from collections.abc import Iterator

import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.page import Block, Page, spread
from experiments.charts.reading import indicator_name
from experiments.charts.sensitivity.wording import indicator_notes, page_caption, what
from experiments.sensitivity.labels import word
from experiments.sensitivity.results import SensitivityOutcome
from experiments.sensitivity.verdicts import CLEAR, Verdict
from experiments.sensitivity.words import factor_name

RADIUS = 74.0
NODE = (3.0, 16.0)
LINE = (0.8, 7.0)
WHOLE_LINE = 0.3
"""Second-order index drawn with the thickest line."""

GAP = 12.0


def interactions(outcome: SensitivityOutcome, verdict: Verdict) -> pd.DataFrame:
    """Return the pairs of factors that act together, the largest first.

    Their second-order index is surely above zero, and both matter: among many pairs, chance alone would
    leave some above zero.
    """
    own = outcome.found.indices
    clear = [one.factor for one in verdict.factors if one.claim in CLEAR]
    pairs = own[(own["indicator"] == verdict.indicator.key) & (own["index"] == "second") & (own["low"] > 0.0)]
    both = pairs["factor"].isin(clear) & pairs["other"].isin(clear)
    return pairs[both].sort_values("value", ascending=False)


def draw_network(
    outcome: SensitivityOutcome, verdict: Verdict, lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the page of one indicator, which has clear pairs, and return it with its words and data."""
    pairs = interactions(outcome, verdict)
    totals = {one.factor: one for one in verdict.factors}
    names = list(dict.fromkeys([*pairs["factor"], *pairs["other"]]))
    page = Page(width_cm)
    words = _caption(outcome, verdict, pairs, lang)
    center = (page.left + page.measure / 2.0, draw_header(page, words) + 18.0 + RADIUS)
    places = _places(center, len(names))
    at = dict(zip(names, places, strict=True))
    bottom = _draw_labels(page, center, at, {name: totals[name].value for name in names}, lang)
    for first, second, value in reversed(list(_pairs(pairs))):
        width = LINE[0] + min(value / WHOLE_LINE, 1.0) * (LINE[1] - LINE[0])
        page.line([at[first], at[second]], style.BAND_HALF, width)
    for name, (x, y) in at.items():
        size = NODE[0] + min(max(totals[name].value, 0.0), 1.0) * (NODE[1] - NODE[0])
        page.marker(x, y, "o", style.REFORM, filled=True, size=size)
    draw_footer(page, max(bottom, center[1] + RADIUS + 12.0) + 4.0, words)
    return page, words, pairs


def _pairs(pairs: pd.DataFrame) -> Iterator[tuple[str, str, float]]:
    return zip(pairs["factor"], pairs["other"], pairs["value"].astype(float), strict=True)


def _places(center: tuple[float, float], count: int) -> list[tuple[float, float]]:
    """Return places around a circle, none exactly at its top or bottom."""
    turns = [(place + 0.5) / count * 2.0 * math.pi for place in range(count)]
    return [(center[0] + RADIUS * math.sin(turn), center[1] - RADIUS * math.cos(turn)) for turn in turns]


def _draw_labels(
    page: Page, center: tuple[float, float], at: dict[str, tuple[float, float]], totals: dict[str, float],
    lang: str,
) -> float:  # fmt: skip
    """Write names and total indices beside the circle, on the side of each; return the bottom edge."""
    bottom = center[1]
    for side in (-1, 1):
        edge = center[0] + side * (RADIUS + GAP)
        room = (edge - page.left) if side < 0 else (page.right - edge)
        own = [name for name, (x, _) in at.items() if (x >= center[0]) == (side > 0)]
        blocks = []
        for name in own:
            lines = style.wrap(factor_name(name, lang), style.LABEL_STRONG, room)
            told = language.percent(max(totals[name], 0.0), lang)
            styled = [*((line, style.LABEL_STRONG) for line in lines), (told, style.LABEL_SECONDARY)]
            blocks.append(Block(at[name][1], tuple(styled)))
        tops = spread(blocks, center[1] - RADIUS - 10.0, center[1] + RADIUS + 10.0, gap=3.0)
        for name, block, top in zip(own, blocks, tops, strict=True):
            x, y = at[name]
            middle = top + block.height / 2.0
            page.line([(x, y), (edge - side * 2.0, middle)], style.GRID, 0.5)
            below = top
            for line, kind in block.lines:
                below = page.paragraph(edge, below, [line], kind, "right" if side < 0 else "left")
            bottom = max(bottom, below)
    return bottom


def _caption(outcome: SensitivityOutcome, verdict: Verdict, pairs: pd.DataFrame, lang: str) -> Caption:
    name = indicator_name(verdict.indicator, lang)
    sentences = [
        word(
            "network_title", lang, name=name, first=factor_name(first, lang),
            second=factor_name(second, lang), value=language.percent(value, lang),
        )
        for first, second, value in _pairs(pairs)
    ]  # fmt: skip
    subtitle = word("network_subtitle", lang, year=outcome.horizon, what=what(outcome, lang))
    notes = (word("network_note", lang), *indicator_notes(name, lang))
    rows = (word("chart_network", lang), *(f"{sentence}." for sentence in sentences[1:]))
    return page_caption(outcome, sentences[0], subtitle, notes, rows, lang)
