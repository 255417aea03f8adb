"""Draw the conditions of a box: each factor's tried values as a bar, and the part that the box takes."""

import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.discover.wording import discover_caption
from experiments.charts.findings import shortest_enough
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.page import Page
from experiments.designs.factors import Factor
from experiments.discover.boxes import Box, Condition
from experiments.discover.labels import say
from experiments.discover.outcome import DiscoverOutcome, boxes_table
from experiments.discover.verdicts import Finding, Verdict
from experiments.discover.words import condition_text, conditions_text, goal_text, subject_text
from experiments.factor_names import factor_value

BAR, ROW_PADDING = 6.0, 3.5
ENDS = style.Type(6.2, "regular", style.SECONDARY)


def draw_boxes(
    outcome: DiscoverOutcome, verdict: Verdict, lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart of one reform and return it with its words and the data behind it."""
    box = verdict.box
    assert box is not None
    page = Page(width_cm)
    words = _caption(outcome, verdict, box, lang)
    top = draw_header(page, words) + 6.0
    factors = {factor.key: factor for factor in outcome.factors}
    for condition in box.conditions:
        page.rule(top)
        share = verdict.reproduced.factors[condition.factor] if verdict.reproduced else 0.0
        top = _draw_condition(page, top + ROW_PADDING, condition, factors[condition.factor], share, lang)
    draw_footer(page, top + 4.0, words)
    return page, words, boxes_table((verdict,))


def _draw_condition(
    page: Page, top: float, condition: Condition, factor: Factor, share: float, lang: str
) -> float:
    """Draw the words and the bar of one condition and return the bottom edge."""
    lines = style.wrap(condition_text(condition, lang), style.LABEL_STRONG, page.measure)
    top = page.paragraph(page.left, top, lines, style.LABEL_STRONG)
    told = say("found_again", lang, share=language.percent_within(share, lang))
    top = page.paragraph(page.left, top, [told], style.LABEL_SECONDARY) + 2.5
    if factor.values:
        return _draw_values(page, top, condition, factor, lang)
    page.rectangle(page.left, top, page.measure, BAR, style.UNCHANGED_BAR)
    span = factor.high - factor.low
    low = factor.low if condition.low is None else condition.low
    high = factor.high if condition.high is None else condition.high
    left = page.left + page.measure * (low - factor.low) / span
    width = page.measure * (high - low) / span
    page.rectangle(left, top, max(width, 1.0), BAR, style.REFORM)
    y = top + BAR + 1.0 + ENDS.size
    page.text(page.left, y, factor_value(factor.key, factor.low, lang), ENDS)
    page.text(page.right, y, factor_value(factor.key, factor.high, lang), ENDS, "right")
    return y + ROW_PADDING


def _draw_values(page: Page, top: float, condition: Condition, factor: Factor, lang: str) -> float:
    """Draw the values of a factor that has no range, a line each; those of the box are full."""
    for value in factor.values:
        chosen = value in condition.values
        color = style.REFORM if chosen else style.PRESENT_LAW
        page.marker(page.left + 3.0, top + 3.0, "s", color, filled=chosen, size=4.0)
        lines = style.wrap(factor_value(factor.key, value, lang), style.LABEL, page.measure - 12.0)
        top = page.paragraph(page.left + 10.0, top - 1.0, lines, style.LABEL) + 2.0
    return top + ROW_PADDING


def _caption(outcome: DiscoverOutcome, verdict: Verdict, box: Box, lang: str) -> Caption:
    title_of = outcome.titles[verdict.reform]
    subject = subject_text(title_of, outcome.wanted.case, lang)
    # The reform stands above the title: the sentence need not name it again.
    short = subject.split("»" if lang == "it" else "”", 1)[1].strip()
    short = short[0].upper() + short[1:]
    title = shortest_enough(
        [say("boxes_fragile", lang, subject=short)]
        if verdict.finding is not Finding.box
        else [
            say("boxes_title_box", lang, subject=short, conditions=conditions_text(box, lang)),
            say("boxes_short", lang, subject=short, count=len(box.conditions)),
        ]
    )
    subtitle = say(
        "boxes_subtitle", lang, goal=goal_text(outcome.wanted.criterion, lang),
        territory=outcome.territory_name[lang], year=outcome.horizon,
        density=language.percent(box.density, lang), coverage=language.percent(box.coverage, lang),
    )  # fmt: skip
    rows = tuple(f"{condition_text(condition, lang)}." for condition in box.conditions)
    return discover_caption(
        outcome, title_of[lang], title, subtitle, (say("boxes_note", lang),),
        (say("boxes_chart", lang), *rows), lang,
    )  # fmt: skip
