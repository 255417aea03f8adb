"""Draw what is given up: every two objectives against each other, with present law and other scenarios."""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.findings import shortest_enough
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.page import Page
from experiments.charts.plot import nice_ticks, padded, tick_decimals
from experiments.charts.search.key import draw_key
from experiments.charts.search.labels import say
from experiments.charts.search.placing import Box, place
from experiments.charts.search.wording import scope, search_caption
from experiments.charts.style import LABEL_SECONDARY, LABEL_STRONG
from experiments.search.measures import Aim
from experiments.search.results import Named, SearchOutcome, Standing
from experiments.search.words import aim_name, amount

PANEL_WIDTH, PANEL_HEIGHT, GUTTER = 140.0, 130.0, 14.0
BEYOND = 0.35
"""How far the frame goes beyond marked points, in their span, to show what else was tried."""

FAR = 12.0
"""Points between a mark and its letter from which on a line joins them."""

MARK = style.Type(6.5, "semibold", style.TEXT)


@dataclass(frozen=True)
class Frame:
    """One plot: where it stands and which values it spans, by two objectives."""

    box: Box
    across: tuple[float, float]
    up: tuple[float, float]

    def place(self, values: Sequence[float]) -> tuple[float, float]:
        """Place a pair of values."""
        (left, right), (low, high) = self.across, self.up
        x = self.box.left + (values[0] - left) / (right - left) * (self.box.right - self.box.left)
        y = self.box.bottom - (values[1] - low) / (high - low) * (self.box.bottom - self.box.top)
        return x, y

    def holds(self, values: Sequence[float]) -> bool:
        """Say whether a pair of values is inside."""
        (left, right), (low, high) = self.across, self.up
        return left <= values[0] <= right and low <= values[1] <= high


def draw_tradeoff(outcome: SearchOutcome, lang: str, width_cm: float) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart and return it with its words and the data behind it."""
    page = Page(width_cm)
    words = _caption(outcome, lang)
    top = draw_header(page, words) + 7.0
    pairs = list(combinations(range(len(outcome.evaluator.ruler.aims)), 2))
    columns = max(1, min(len(pairs), int((page.measure + GUTTER) // (PANEL_WIDTH + GUTTER))))
    width = (page.measure - (columns - 1) * GUTTER) / columns
    for first in range(0, len(pairs), columns):
        row = pairs[first : first + columns]
        heads = [_heading(outcome.evaluator.ruler.aims[up], lang, True, width) for _, up in row]
        head = max(len(lines) for lines in heads) * LABEL_STRONG.leading
        bottoms = []
        for column, (pair, lines) in enumerate(zip(row, heads, strict=True)):
            left = page.left + column * (width + GUTTER)
            lowest = head - len(lines) * LABEL_STRONG.leading
            page.paragraph(left, top + lowest, lines, LABEL_STRONG)
            bottoms.append(_draw_panel(page, (left, top + head + 4.0, width), outcome, pair, lang))
        top = max(bottoms) + 8.0
    draw_footer(page, _draw_keys(page, top, outcome, lang) + 5.0, words)
    return page, words, _table(outcome)


def _heading(aim: Aim, lang: str, upright: bool, width: float) -> list[str]:
    """Name an objective, its unit, and which way is better."""
    way = ("up" if aim.direction > 0 else "down") if upright else ("right" if aim.direction > 0 else "left")
    told = f"{aim_name(aim, lang)}, {aim.measure.unit[lang]}"
    arrow = say(way, lang)
    text = f"{arrow} · {told}" if way == "left" else f"{told} · {arrow}"
    return style.wrap(text, LABEL_STRONG, width)


def _draw_panel(
    page: Page, place_at: tuple[float, float, float], outcome: SearchOutcome, pair: tuple[int, int],
    lang: str,
) -> float:  # fmt: skip
    """Draw two objectives against each other and return the bottom edge."""
    left, top, width = place_at
    first, second = (outcome.evaluator.ruler.aims[at] for at in pair)
    across, up = (_span(outcome, at) for at in pair)
    up_ticks, across_ticks = nice_ticks(*up, 5), nice_ticks(*across, 4)
    signs = [language.number(v, lang, tick_decimals(up_ticks), signed=True) for v in up_ticks]
    room = max(style.width_of(text, LABEL_SECONDARY) for text in signs) + 4.0
    frame = Frame(Box(left + room, top, left + width, top + PANEL_HEIGHT), across, up)
    _draw_better(page, frame, (first, second))
    for value, text in zip(up_ticks.tolist(), signs, strict=True):
        y = frame.place((across[0], value))[1]
        page.line([(frame.box.left, y), (frame.box.right, y)], style.GRID, 0.5)
        page.text(frame.box.left - 3.0, y + 0.35 * LABEL_SECONDARY.size, text, LABEL_SECONDARY, "right")
    for value in across_ticks.tolist():
        x = frame.place((value, up[0]))[0]
        page.line([(x, frame.box.top), (x, frame.box.bottom)], style.GRID, 0.5)
        text = language.number(value, lang, tick_decimals(across_ticks), signed=True)
        half = style.width_of(text, LABEL_SECONDARY) / 2.0
        centre = min(max(x, frame.box.left + half), frame.box.right - half)
        page.text(centre, frame.box.bottom + 9.0, text, LABEL_SECONDARY, "center")
    _draw_zero(page, frame)
    _draw_points(page, frame, outcome, pair)
    lines = _heading(first, lang, False, width)
    return page.paragraph(left + width, frame.box.bottom + 13.0, lines, LABEL_STRONG, "right")


def _span(outcome: SearchOutcome, at: int) -> tuple[float, float]:
    """Return the values of an objective that a frame spans: all marked points, zero, and some beyond."""
    marked = [0.0, *(one.objectives[at] for one in outcome.front)]
    marked += [one.tried.objectives[at] for one in _others(outcome) if one.tried is not None]
    least = outcome.evaluator.ruler.aims[at].measure.smallest_relevant_effect
    low, high = min(marked), max(*marked, min(marked) + least)
    tried = [one.objectives[at] for one in outcome.searched.found if one.holds]
    wide = BEYOND * (high - low)
    inside = [value for value in tried if low - wide <= value <= high + wide]
    return padded(min([low, *inside]), max([high, *inside]), 0.06)


def _draw_better(page: Page, frame: Frame, aims: tuple[Aim, Aim]) -> None:
    """Shade where both objectives are better than under present law."""
    x, y = frame.place((0.0, 0.0))
    left, right = (x, frame.box.right) if aims[0].direction > 0 else (frame.box.left, x)
    top, bottom = (frame.box.top, y) if aims[1].direction > 0 else (y, frame.box.bottom)
    page.rectangle(left, top, right - left, bottom - top, style.BETTER_IN_BOTH)


def _draw_zero(page: Page, frame: Frame) -> None:
    """Draw the lines of present law."""
    x, y = frame.place((0.0, 0.0))
    page.line([(frame.box.left, y), (frame.box.right, y)], style.TEXT, 0.8)
    page.line([(x, frame.box.top), (x, frame.box.bottom)], style.TEXT, 0.8)


def _draw_points(page: Page, frame: Frame, outcome: SearchOutcome, pair: tuple[int, int]) -> None:
    """Draw what was tried, the front, other scenarios by letter, present law, the reform to look at."""

    def of(values: Sequence[float]) -> tuple[float, float]:
        return values[pair[0]], values[pair[1]]

    front = {one.point for one in outcome.front}
    for one in outcome.searched.found:
        if one.holds and one.point not in front and frame.holds(of(one.objectives)):
            page.marker(*frame.place(of(one.objectives)), "o", style.BEATEN, filled=True, size=0.8)
    taken = []
    for one in outcome.front:
        x, y = frame.place(of(one.objectives))
        page.marker(x, y, "o", style.REFORM, filled=True, size=2.2)
        taken.append(Box.around((x, y), 3.6, 3.6))
    others = [(one, of(one.tried.objectives)) for one in _others(outcome) if one.tried is not None]
    spots = [frame.place(values) for _, values in others]
    for spot in spots:
        page.marker(*spot, "D", style.TEXT, filled=True, size=2.6)
        taken.append(Box.around(spot, 4.4, 4.4))
    zero = frame.place((0.0, 0.0))
    page.marker(*zero, "s", style.BLACK, filled=False, size=5.0)
    taken.append(Box.around(zero, 7.0, 7.0))
    if outcome.recommended is not None:
        spot = frame.place(of(outcome.recommended.tried.objectives))
        page.marker(*spot, "D", style.REFORM, filled=True, size=5.4)
        taken.append(Box.around(spot, 8.0, 8.0))
    letters = [letter(at) for at in range(len(others))]
    sizes = [(style.width_of(text, MARK), 0.72 * MARK.size) for text in letters]
    centres = place(spots, sizes, taken, frame.box, 2.6)
    for text, spot, (x, y) in zip(letters, spots, centres, strict=True):
        if float(np.hypot(x - spot[0], y - spot[1])) > FAR:
            page.line([spot, (x, y)], style.SECONDARY, 0.4)
        page.text(x, y + 0.36 * MARK.size, text, MARK, "center", casing=True)


def letter(at: int) -> str:
    """Return the letter of a scenario: A to Z, then A1 and so on."""
    turn, place_in = divmod(at, len(string.ascii_uppercase))
    return string.ascii_uppercase[place_in] + (str(turn) if turn else "")


def _others(outcome: SearchOutcome) -> list[Named]:
    """Return the scenarios, other than present law, that gave a result."""
    return [one for one in outcome.named[1:] if one.tried is not None]


def _draw_keys(page: Page, top: float, outcome: SearchOutcome, lang: str) -> float:
    marks = [
        ("o", style.REFORM, True, 3.0, say("front_key", lang)),
        ("D", style.REFORM, True, 5.0, say("recommended_key", lang)),
        ("s", style.BLACK, False, 5.0, say("present_key", lang)),
        ("o", style.BEATEN, True, 1.2, say("tried_key", lang)),
        ("s", style.BETTER_IN_BOTH, True, 5.0, say("better_key", lang)),
    ]
    top = draw_key(page, top, marks)
    others = _others(outcome)
    if not others:
        return top
    told = [(letter(at), one.title[lang].replace("'", "’")) for at, one in enumerate(others)]
    text = "  ".join(f"{mark}\u00a0{name}".replace(" ", "\u00a0") for mark, name in told)
    lines = style.wrap(text.replace("\u00a0\u00a0", " "), style.LABEL, page.measure)
    page.marker(page.left + 3.0, top + 4.4, "D", style.TEXT, filled=True, size=3.0)
    page.text(page.left + 10.0, top + 0.93 * style.LABEL.size, say("named_key", lang), style.LABEL)
    return page.paragraph(page.left, top + style.LABEL.leading, lines, style.LABEL)


def _caption(outcome: SearchOutcome, lang: str) -> Caption:
    aims = outcome.evaluator.ruler.aims
    subtitle = say("subtitle", lang, **scope(outcome, lang))
    rows = []
    for at, aim in enumerate(aims):
        values = sorted((one.objectives[at] for one in outcome.front), key=lambda one: aim.direction * one)
        told = [amount(value, aim.measure, lang) for value in (values[0], values[-1])]
        rows.append(say("extremes", lang, name=aim_name(aim, lang), worst=told[0], best=told[1]))
    note = (say("tradeoff_note", lang),)
    return search_caption(
        outcome, _title(outcome, lang), subtitle, note, (say("tradeoff_chart", lang), *rows), lang
    )


def _title(outcome: SearchOutcome, lang: str) -> str:
    others = _others(outcome)
    beaten = sum(one.standing(outcome.front) is Standing.beaten for one in others)
    if not others:
        present = outcome.named[0].standing(outcome.front)
        return say("beats_law" if present is Standing.beaten else "not_beats_law", lang)
    key = "beats_all" if beaten == len(others) else "beats_some" if beaten else "beats_none"
    return shortest_enough([say(key, lang, count=beaten, all=len(others))])


def _table(outcome: SearchOutcome) -> pd.DataFrame:
    """Return a row a point: what it is, its letter or name, and its objectives."""
    keys = [aim.key for aim in outcome.evaluator.ruler.aims]
    named = {reform.tried.point: reform.name for reform in outcome.reforms}
    front = {one.point for one in outcome.front}
    rows: list[dict[str, object]] = [
        {"kind": "unbeaten" if one.point in front else "tried", "mark": "", "name": named.get(one.point, "")}
        | dict(zip(keys, one.objectives, strict=True))
        for one in outcome.searched.found
        if one.holds
    ]
    for at, one in enumerate(_others(outcome)):
        assert one.tried is not None
        row = {"kind": "scenario", "mark": letter(at), "name": one.name}
        rows.append(row | dict(zip(keys, one.tried.objectives, strict=True)))
    return pd.DataFrame(rows)
