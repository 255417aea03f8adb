"""Draw the reforms that no other beats as lines through an axis for every objective and lever."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.findings import shortest_enough
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.lettering import Align
from experiments.charts.page import Page
from experiments.charts.search.axes import ParallelAxis, lever_axes, objective_axes
from experiments.charts.search.key import draw_key
from experiments.charts.search.labels import say
from experiments.charts.search.wording import scope, search_caption
from experiments.charts.style import LABEL, LABEL_SECONDARY, LABEL_STRONG
from experiments.search.results import SearchOutcome

MOST_LEVERS = 12
"""Levers drawn, those that the front moves farthest; the data behind the chart has all."""

TEXT_SHARE, COLUMN_GAP, ROW_GAP = 0.42, 14.0, 5.0
END_SHARE = 0.48
"""Part of an axis that the words of each of its ends may take."""

TICK, END_GAP = 2.5, 4.0
ALIGNS: tuple[Align, Align] = ("left", "right")


def draw_parallel(outcome: SearchOutcome, lang: str, width_cm: float) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart and return it with its words and the data behind it."""
    page = Page(width_cm)
    objectives, levers = list(objective_axes(outcome)), lever_axes(outcome)
    farthest = sorted(levers, key=lambda axis: -axis.departure)[:MOST_LEVERS]
    shown = [axis for axis in levers if axis in farthest]
    words = _caption(outcome, len(shown) < len(levers), lang)
    top = draw_key(page, draw_header(page, words) + 5.0, _key(lang)) + 3.0
    left = page.left + TEXT_SHARE * page.measure + COLUMN_GAP
    span = left, page.right - 4.0
    heights: list[float] = []
    for heading, axes in (("objectives_heading", objectives), ("levers_heading", shown)):
        if axes:
            lines = style.wrap(say(heading, lang), style.HEADING, page.measure)
            top = page.paragraph(page.left, top + 2.0, lines, style.HEADING) + 1.0
        for axis in axes:
            page.rule(top)
            top, height = _draw_axis(page, top, span, axis, lang)
            heights.append(height)
    drawn = [*objectives, *shown]
    _draw_lines(page, drawn, heights, span)
    for axis, y in zip(drawn, heights, strict=True):
        _draw_ends(page, y, span, axis, lang)
    draw_footer(page, top + 2.0, words)
    return page, words, _table(outcome, [*objectives, *levers])


def _key(lang: str) -> list[tuple[str, str, bool, float, str]]:
    return [
        ("-", style.REFORM, True, 2.0, say("recommended_key", lang)),
        ("-", style.BETTER, True, 0.9, say("others_key", lang)),
        ("--", style.PRESENT_LAW, True, 1.3, say("present_key", lang)),
    ]


def _draw_axis(
    page: Page, top: float, span: tuple[float, float], axis: ParallelAxis, lang: str
) -> tuple[float, float]:
    """Draw the words and the axis of a row; return its bottom edge and the height of its axis."""
    left, right = span
    measure = left - COLUMN_GAP - page.left
    told = [(axis.name[lang], LABEL_STRONG), (say("today", lang, value=axis.today[lang]), LABEL_SECONDARY)]
    told.append((say("picked", lang, value=axis.then[lang]), LABEL))
    edge = top + 2.0
    for text, kind in told:
        edge = page.paragraph(page.left, edge, style.wrap(text, kind, measure), kind)
    y = top + ROW_GAP + 6.0
    page.line([(left, y), (right, y)], style.TEXT, 0.8)
    for step in range(axis.steps):
        x = left + step / max(axis.steps - 1, 1) * (right - left)
        page.line([(x, y - TICK), (x, y + TICK)], style.TEXT, 0.8)
    lowest = max(height for _, _, height in _ends(span, axis, lang))
    return max(edge, y + END_GAP + lowest) + ROW_GAP, y


def _ends(span: tuple[float, float], axis: ParallelAxis, lang: str) -> list[tuple[float, list[str], float]]:
    """Return place, lines and height of the words at both ends of an axis."""
    width = END_SHARE * (span[1] - span[0])
    told = [style.wrap(end[lang], LABEL_SECONDARY, width) for end in axis.ends]
    return [
        (x, lines, len(lines) * LABEL_SECONDARY.leading)
        for x, lines in zip(span, told, strict=True)
    ]  # fmt: skip


def _draw_ends(page: Page, y: float, span: tuple[float, float], axis: ParallelAxis, lang: str) -> None:
    """Write what both ends of an axis mean below it, over the lines that cross there."""
    for (x, lines, _), align in zip(_ends(span, axis, lang), ALIGNS, strict=True):
        for number, line in enumerate(lines):
            baseline = y + END_GAP + 0.93 * LABEL_SECONDARY.size + number * LABEL_SECONDARY.leading
            page.text(x, baseline, line, LABEL_SECONDARY, align, casing=True)


def _draw_lines(
    page: Page, axes: Sequence[ParallelAxis], heights: Sequence[float], span: tuple[float, float]
) -> None:
    """Draw a line for every reform through all axes: others first, then present law, then the first one."""
    left, right = span

    def through(places: Sequence[float], color: str, width: float, line: object = "-") -> None:
        points = [
            (left + place * (right - left), y)
            for place, y in zip(places, heights, strict=True)
            if not np.isnan(place)
        ]
        page.line(points, color, width, linestyle=line)
        if line == "-":
            for x, y in points:
                page.marker(x, y, "o", color, filled=True, size=1.2 * width)

    for reform in range(len(axes[0].front) if axes else 0):
        through([axis.front[reform] for axis in axes], style.BETTER, 0.9)
    through([axis.present for axis in axes], style.PRESENT_LAW, 1.3, (0, (5, 2.5)))
    if axes and not np.isnan(axes[0].picked):
        through([axis.picked for axis in axes], style.REFORM, 2.0)


def moved_by_all(outcome: SearchOutcome) -> int:
    """Return how many levers every reform of the front moves."""
    space = outcome.evaluator.space
    moved = [
        [part != lever.base for lever, part in zip(space.levers, space.parts(one.point), strict=True)]
        for one in outcome.front
    ]
    return int(np.all(moved, axis=0).sum()) if moved else 0


def _caption(outcome: SearchOutcome, left_out: bool, lang: str) -> Caption:
    told = {key: text for key, text in scope(outcome, lang).items() if key != "tried"}
    subtitle = say("parallel_subtitle", lang, **told)
    notes = [say("parallel_note", lang)]
    if left_out:
        notes.append(say("left_out", lang, shown=MOST_LEVERS))
    rows = [
        f"{axis.name[lang]}: {axis.then[lang]}."
        for axis in [*objective_axes(outcome), *lever_axes(outcome)]
    ]  # fmt: skip
    return search_caption(
        outcome, _title(outcome, lang), subtitle, tuple(notes), (say("parallel_chart", lang), *rows), lang
    )


def _title(outcome: SearchOutcome, lang: str) -> str:
    count, levers = len(outcome.front), len(outcome.evaluator.space.levers)
    shared = moved_by_all(outcome)
    if count == 1:
        told = language.counted(shared, say("lever", lang), say("levers", lang), lang)
        return shortest_enough([say("shared_one", lang, levers=told, all=levers)])
    if not shared:
        return say("shared_none", lang, count=count, all=levers)
    told = say("same_lever" if shared == 1 else "same_levers", lang, number=shared)
    return say("shared_all", lang, count=count, levers=told, all=levers)


def _table(outcome: SearchOutcome, axes: Sequence[ParallelAxis]) -> pd.DataFrame:
    """Return a row an axis and reform: its place, 0 to 1, beside those of present law and the first one."""
    names = {reform.tried.point: reform.name for reform in outcome.reforms}
    return pd.DataFrame(
        [
            {
                "axis": axis.key, "reform": at, "name": names.get(one.point, ""), "place": axis.front[at - 1],
                "present": axis.present, "first": axis.picked,
            }
            for axis in axes
            for at, one in enumerate(outcome.front, start=1)
        ]
    )  # fmt: skip
