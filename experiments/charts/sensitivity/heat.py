"""Draw factors by indicators: one cell each, with its figure, darker the more the factor matters."""

from collections import Counter

import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.page import Page
from experiments.charts.reading import indicator_name
from experiments.charts.sensitivity.wording import indicator_notes, page_caption, what
from experiments.sensitivity.labels import word
from experiments.sensitivity.results import SensitivityOutcome
from experiments.sensitivity.study import CHANCE
from experiments.sensitivity.verdicts import CLEAR, FactorVerdict, Sample, Verdict, has_steps
from experiments.sensitivity.words import factor_name, note_words

TEXT_SHARE = 0.36
CELL_HEIGHT = 12.0
SHADES = (
    (0.6, style.REFORM, style.WHITE),
    (0.3, style.BETTER, style.TEXT),
    (0.15, style.BAND_HALF, style.TEXT),
)
"""Least part of the largest scale, fill and colour of the figure; below them the lightest fill."""

FULL_SCALE = 10.0
"""Smallest relevant effects that count as a whole for the shade."""


def draw_heat(outcome: SensitivityOutcome, lang: str, width_cm: float) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the page and return it with its words and the data behind it."""
    page = Page(width_cm)
    words = _caption(outcome, lang)
    top = draw_header(page, words) + 6.0
    names = [
        f"{position}  {indicator_name(one.indicator, lang)}"
        for position, one in enumerate(outcome.verdicts, start=1)
    ]
    top = _draw_names(page, top, names)
    left = page.left + TEXT_SHARE * page.measure
    width = (page.right - left) / len(outcome.verdicts)
    for column in range(len(outcome.verdicts)):
        page.text(left + (column + 0.5) * width, top + 8.0, str(column + 1), style.LABEL_STRONG, "center")
    top += 12.0
    for factor in _order(outcome):
        top = _draw_row(page, top, outcome, factor, (left, width), lang)
    page.rule(top)
    draw_footer(page, top + 4.0, words)
    return page, words, _table(outcome)


def _order(outcome: SensitivityOutcome) -> list[str]:
    """Return factors, those that matter for most indicators first, chance last."""
    clear = Counter(
        one.factor for verdict in outcome.verdicts for one in verdict.factors if one.claim in CLEAR
    )
    names = [name for name in outcome.study.units if name != CHANCE]
    names.sort(key=lambda name: -clear[name])
    return names + [name for name in outcome.study.units if name == CHANCE]


def _draw_names(page: Page, top: float, names: list[str]) -> float:
    """Write which number stands for which indicator, in two columns."""
    half = (len(names) + 1) // 2
    bottoms = []
    for start, column in ((0, page.left), (half, page.left + page.measure / 2.0)):
        y = top
        for name in names[start : start + half]:
            lines = style.wrap(name, style.LABEL_SECONDARY, page.measure / 2.0 - 6.0)
            y = page.paragraph(column, y, lines, style.LABEL_SECONDARY)
        bottoms.append(y)
    return max(bottoms) + 3.0


def _draw_row(
    page: Page, top: float, outcome: SensitivityOutcome, factor: str, columns: tuple[float, float], lang: str
) -> float:
    left, width = columns
    lines = style.wrap(factor_name(factor, lang), style.LABEL, TEXT_SHARE * page.measure - 4.0)
    height = max(CELL_HEIGHT, len(lines) * style.LABEL.leading + 3.0)
    page.rule(top)
    page.paragraph(page.left, top + (height - len(lines) * style.LABEL.leading) / 2.0, lines, style.LABEL)
    for column, verdict in enumerate(outcome.verdicts):
        one = next(one for one in verdict.factors if one.factor == factor)
        if verdict.sample is not Sample.constant:
            _draw_cell(page, (left + column * width, top, width, height), outcome, verdict, one, lang)
    return top + height


def _draw_cell(
    page: Page, box: tuple[float, float, float, float], outcome: SensitivityOutcome, verdict: Verdict,
    one: FactorVerdict, lang: str,
) -> None:  # fmt: skip
    x, y, width, height = box
    value = _shown(outcome, verdict, one)
    kind = style.LABEL_SECONDARY
    if one.claim in CLEAR:
        share = value / FULL_SCALE if has_steps(outcome.study) else value
        fill, color = next(
            ((fill, color) for least, fill, color in SHADES if share >= least), (style.BAND_NINE, style.TEXT)
        )
        page.rectangle(x + 0.5, y + 0.5, width - 1.0, height - 1.0, fill)
        kind = style.Type(6.6, "semibold", color)
    page.text(x + width / 2.0, y + height / 2.0 + 2.3, _text(outcome, value, lang), kind, "center")


def _shown(outcome: SensitivityOutcome, verdict: Verdict, one: FactorVerdict) -> float:
    if has_steps(outcome.study):
        return one.value / verdict.indicator.smallest_relevant_effect
    return max(one.value, 0.0)


def _text(outcome: SensitivityOutcome, value: float, lang: str) -> str:
    if outcome.index == "total":
        return language.percent(min(value, 1.0), lang)
    if outcome.index == "median":
        return language.number(value, lang, 2)
    return language.number(value, lang, 1 if value < FULL_SCALE else 0)


def _caption(outcome: SensitivityOutcome, lang: str) -> Caption:
    clear = Counter(one.factor for verdict in outcome.verdicts for one in verdict.clear)
    told = {"year": outcome.horizon, "what": what(outcome, lang)}
    if clear:
        (factor, count), *others = clear.most_common()
        told_of = {"count": count, "all": len(outcome.verdicts)}
        if alike := sum(number == count for _, number in others):
            title = word("heat_tie", lang, factors=alike + 1, **told_of)
        else:
            title = word("heat_title", lang, factor=factor_name(factor, lang), **told_of)
    else:
        title = word("heat_none", lang)
    key = "heat_multiples" if has_steps(outcome.study) else f"subtitle_{outcome.index}"
    names = " ".join(indicator_name(one.indicator, lang) for one in outcome.verdicts)
    about = note_words(outcome.study, outcome.index, lang)
    notes = (word("heat_note", lang), about, *indicator_notes(names, lang))
    rows = [
        f"{factor_name(name, lang)}: {number}/{len(outcome.verdicts)}."
        for name, number in clear.most_common()
    ]
    return page_caption(
        outcome, title, word(key, lang, **told), notes, (word("chart_heat", lang), *rows), lang
    )


def _table(outcome: SensitivityOutcome) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "factor": one.factor, "indicator": verdict.indicator.key, "index": outcome.index,
                "value": one.value, "low": one.low, "high": one.high, "noise": verdict.noise,
                "claim": one.claim.value, "sample": verdict.sample.value,
            }
            for verdict in outcome.verdicts
            for one in verdict.factors
        ]
    )  # fmt: skip
