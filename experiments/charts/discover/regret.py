"""Draw regret: how much each option loses against the best one, in its worst world and in nine of ten."""

import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.discover.wording import discover_caption
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.page import Page
from experiments.charts.plot import Axis, nice_ticks, tick_decimals
from experiments.charts.reading import indicator_name
from experiments.discover.labels import say
from experiments.discover.outcome import DiscoverOutcome
from experiments.discover.words import option_name, ties

TEXT_SHARE, ROW_PADDING, ROOM = 0.42, 3.0, 1.08


def draw_regret(outcome: DiscoverOutcome, lang: str, width_cm: float) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart and return it with its words and the data behind it."""
    table = outcome.regret
    assert table is not None
    page = Page(width_cm)
    words = _caption(outcome, table, lang)
    top = draw_header(page, words) + 6.0
    least = outcome.indicator.smallest_relevant_effect
    high = ROOM * max(float(table["largest"].max()), least)
    axis = Axis(page.left + TEXT_SHARE * page.measure + 6.0, page.right - 8.0, 0.0, high)
    bottom = _draw_rows(page, top, axis, table, outcome, lang)
    page.line([(axis.left, top), (axis.left, bottom)], style.TEXT, 0.8)
    page.rule(bottom)
    ticks = nice_ticks(0.0, high, 4)
    for tick in ticks.tolist():
        text = language.number(tick, lang, tick_decimals(ticks))
        page.text(axis.x(tick), bottom + 9.0, text, style.LABEL_SECONDARY, "center")
    draw_footer(page, bottom + 15.0, words)
    return page, words, table


def _draw_rows(
    page: Page, top: float, axis: Axis, table: pd.DataFrame, outcome: DiscoverOutcome, lang: str
) -> float:
    """Draw a row an option, over the strip of what does not count; return the bottom edge."""
    measure, rows = TEXT_SHARE * page.measure, []
    for row in table.to_dict("records"):
        name = option_name(str(row["option"]), outcome.titles, lang)
        best = f"{say('best', lang)}: {language.percent(row['best'], lang)}"
        lines = [(line, style.LABEL_STRONG) for line in style.wrap(name, style.LABEL_STRONG, measure)]
        lines += [(line, style.LABEL_SECONDARY) for line in style.wrap(best, style.LABEL_SECONDARY, measure)]
        rows.append((row, lines, sum(kind.leading for _, kind in lines) + 2.0 * ROW_PADDING))
    height = sum(row[2] for row in rows)
    strip = axis.x(outcome.indicator.smallest_relevant_effect) - axis.left
    page.rectangle(axis.left, top, strip, height, style.IRRELEVANT)
    for row, lines, tall in rows:
        page.rule(top)
        edge, y = top + ROW_PADDING, top + tall / 2.0
        for text, kind in lines:
            edge = page.paragraph(page.left, edge, [text], kind)
        ends = axis.x(row["q90"]), axis.x(row["largest"])
        page.line([(ends[0], y), (ends[1], y)], style.REFORM, 1.8)
        page.marker(ends[0], y, "o", style.REFORM, filled=False, size=4.6)
        page.marker(ends[1], y, "o", style.REFORM, filled=True, size=4.6)
        top += tall
    return top


def _caption(outcome: DiscoverOutcome, table: pd.DataFrame, lang: str) -> Caption:
    indicator = outcome.indicator
    first = option_name(str(table["option"].iloc[0]), outcome.titles, lang)
    tied = ties(table, indicator)
    title = say("regret_title_tie", lang) if tied else say("regret_title", lang, option=first)
    subtitle = say(
        "regret_subtitle", lang, name=indicator_name(indicator, lang), unit=indicator.unit[lang],
        territory=outcome.territory_name[lang], year=outcome.horizon,
    )  # fmt: skip
    rows = tuple(
        f"{option_name(str(row['option']), outcome.titles, lang)}: "
        f"{language.number(row['largest'], lang, indicator.decimals)}."
        for row in table.to_dict("records")
    )
    return discover_caption(
        outcome, say("title", lang), title, subtitle, (say("regret_note", lang),),
        (say("regret_chart", lang), *rows), lang,
    )  # fmt: skip
