"""Draw how far a search has come by the reforms it tried, against as many random trials."""

import numpy as np
import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.findings import shortest_enough
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.page import Page
from experiments.charts.plot import Panel, nice_ticks, tick_decimals
from experiments.charts.search.key import draw_key
from experiments.charts.search.labels import say
from experiments.charts.search.wording import scope, search_caption
from experiments.charts.style import LABEL_SECONDARY, LABEL_STRONG
from experiments.search.results import SearchOutcome
from experiments.search.searching import LEAST, RANDOM, SEARCH

HEIGHT = 120.0
LAST_PART = 0.75
"""Part of the trials after which growth is told."""


def draw_progress(outcome: SearchOutcome, lang: str, width_cm: float) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart and return it with its words and the data behind it."""
    page, goal = Page(width_cm), not outcome.evaluator.ruler.aims
    words = _caption(outcome, lang)
    paths = _paths(outcome)
    heading = say("change_axis" if goal else "hypervolume_axis", lang)
    top = draw_header(page, words) + 6.0
    top = page.paragraph(page.left, top, style.wrap(heading, LABEL_STRONG, page.measure), LABEL_STRONG) + 4.0
    values = np.concatenate([one["value"].to_numpy(float) for one in paths.values()])
    known = values[np.isfinite(values)]
    high = 1.05 * max(float(known.max()) if len(known) else 1.0, 1e-3)
    last = max(int(one["evaluations"].max()) for one in paths.values())
    ticks = nice_ticks(0.0, high, 5)
    told = [language.number(tick, lang, tick_decimals(ticks)) for tick in ticks.tolist()]
    left = page.left + max(style.width_of(text, LABEL_SECONDARY) for text in told) + 4.0
    panel = Panel(left, page.right - 6.0, top, top + HEIGHT, (0.0, float(last)), (0.0, high))
    _draw_grid(page, panel, list(zip(ticks.tolist(), told, strict=True)), last, lang)
    _draw_paths(page, panel, paths)
    lines = style.wrap(say("trials_axis", lang), LABEL_STRONG, page.measure)
    top = page.paragraph(page.right, panel.bottom + 13.0, lines, LABEL_STRONG, "right")
    top = draw_key(page, top + 2.0, _key(paths, lang))
    draw_footer(page, top + 3.0, words)
    return page, words, outcome.convergence


def _paths(outcome: SearchOutcome) -> dict[tuple[str, int], pd.DataFrame]:
    """Return trials and values of every track; the last steps to a goal go on where its search ends."""
    column = "hypervolume" if outcome.evaluator.ruler.aims else "best_change"
    whole = outcome.convergence.assign(value=outcome.convergence[column])
    paths = {}
    for method in (SEARCH, RANDOM):
        own = whole[whole["method"] == method]
        for repeat in own["repeat"].unique().tolist():
            paths[method, int(repeat)] = own.loc[own["repeat"] == repeat, ["evaluations", "value"]]
    last = whole[whole["method"] == LEAST]
    if len(last) and (SEARCH, 1) in paths:
        before = paths[SEARCH, 1]
        after = pd.DataFrame(
            {
                "evaluations": last["evaluations"] + before["evaluations"].max(),
                # The last steps are told apart: the best so far is that of both.
                "value": np.fmin(last["value"], before["value"].iloc[-1]),
            }
        )
        paths[SEARCH, 1] = pd.concat([before, after])
    return paths


def _draw_grid(page: Page, panel: Panel, ticks: list[tuple[float, str]], last: int, lang: str) -> None:
    for value, text in ticks:
        y = float(panel.y(value))
        page.line([(panel.left, y), (panel.right, y)], style.GRID, 0.5)
        page.text(panel.left - 4.0, y + 0.35 * LABEL_SECONDARY.size, text, LABEL_SECONDARY, "right")
    page.line([(panel.left, panel.bottom), (panel.right, panel.bottom)], style.TEXT, 0.8)
    for value in nice_ticks(0.0, float(last), 5).tolist():
        text = language.number(value, lang)
        half = style.width_of(text, LABEL_SECONDARY) / 2.0
        x = min(float(panel.x(value)), page.right - half)
        page.text(x, panel.bottom + 9.0, text, LABEL_SECONDARY, "center")


def _draw_paths(page: Page, panel: Panel, paths: dict[tuple[str, int], pd.DataFrame]) -> None:
    """Draw each seed thinly and the median of all thickly; a single seed is its own median."""
    looks = {RANDOM: (style.PRESENT_LAW, 1.3, (0, (5, 2.5))), SEARCH: (style.REFORM, 2.0, "-")}
    for method, (color, width, line) in looks.items():
        own = [one for (name, _), one in paths.items() if name == method]
        if len(own) > 1:
            for one in own:
                _draw_path(page, panel, one, color, 0.5, line)
        if own:
            joined = pd.concat(own).groupby("evaluations")["value"].median().reset_index()
            _draw_path(page, panel, joined, color, width, line)


def _draw_path(page: Page, panel: Panel, path: pd.DataFrame, color: str, width: float, line: object) -> None:
    known = path[np.isfinite(path["value"].to_numpy(float))]
    if known.empty:
        return
    x, y = panel.x(known["evaluations"].to_numpy(float)), panel.y(known["value"].to_numpy(float))
    page.line(np.column_stack([x, y]), color, width, linestyle=line)
    if len(known) == 1:
        page.marker(float(x[0]), float(y[0]), "o", color, filled=True, size=2.0)


def _key(paths: dict[tuple[str, int], pd.DataFrame], lang: str) -> list[tuple[str, str, bool, float, str]]:
    marks = [("-", style.REFORM, True, 2.0, say("search_line", lang))]
    if any(method == RANDOM for method, _ in paths):
        marks.append(("--", style.PRESENT_LAW, True, 1.3, say("random_line", lang)))
    return marks


def _growth(outcome: SearchOutcome, lang: str) -> str:
    """Write by how much hypervolume grew in the last quarter of the trials of the first search."""
    own = _paths(outcome)[SEARCH, 1]
    volumes, trials = own["value"].to_numpy(float), own["evaluations"].to_numpy(float)
    before = volumes[trials <= LAST_PART * trials[-1]]
    start = float(before[-1]) if len(before) else 0.0
    return language.percent((volumes[-1] - start) / volumes[-1] if volumes[-1] > 0.0 else 0.0, lang, 1)


def _caption(outcome: SearchOutcome, lang: str) -> Caption:
    told, goal = scope(outcome, lang), not outcome.evaluator.ruler.aims
    key = "goal_subtitle" if goal else "convergence_subtitle"
    subtitle = say(key, lang, **{name: told[name] for name in ("territory", "year", "runs")})
    seeds = len({repeat for _, repeat in _paths(outcome)})
    if goal:
        notes = [say("goal_note", lang)]
    else:
        notes = [say("convergence_note", lang, growth=_growth(outcome, lang))]
    if seeds > 1:
        notes.append(say("seeds_note", lang, count=seeds))
    title = _goal_title(outcome, lang) if goal else _title(outcome, lang)
    return search_caption(
        outcome, shortest_enough([title]), subtitle, tuple(notes), (say("convergence_chart", lang),), lang
    )


def _title(outcome: SearchOutcome, lang: str) -> str:
    ends = {key: float(one["value"].iloc[-1]) for key, one in _paths(outcome).items()}
    repeats = sorted({repeat for _, repeat in ends})
    if (RANDOM, 1) not in ends:
        return say("alone", lang, growth=_growth(outcome, lang))
    if len(repeats) > 1:
        wins = sum(ends[SEARCH, repeat] > ends[RANDOM, repeat] for repeat in repeats)
        return say("check_wins", lang, wins=wins, all=len(repeats))
    search, random = ends[SEARCH, 1], ends[RANDOM, 1]
    figures = {
        name: language.number(value, lang, 2) for name, value in (("search", search), ("random", random))
    }
    return say("search_wins" if search > random else "random_wins", lang, **figures)


def _goal_title(outcome: SearchOutcome, lang: str) -> str:
    pick = outcome.searched.pick
    if pick is None:
        return say("goal_missed", lang)
    levers = language.counted(int(pick.objectives[0]), say("lever", lang), say("levers", lang), lang)
    return say("goal_reached", lang, levers=levers)
