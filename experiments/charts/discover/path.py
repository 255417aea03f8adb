"""Draw coverage against density of every box of the peeling, and the one that is told."""

import pandas as pd

from experiments import language
from experiments.charts import style
from experiments.charts.discover.wording import discover_caption
from experiments.charts.frame import Caption, draw_footer, draw_header
from experiments.charts.page import Page
from experiments.discover.labels import say
from experiments.discover.outcome import DiscoverOutcome, path_table
from experiments.discover.verdicts import Verdict

HEIGHT = 120.0
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
LEFT = 24.0


def draw_path(
    outcome: DiscoverOutcome, verdict: Verdict, lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart of one reform and return it with its words and the data behind it."""
    page = Page(width_cm)
    words = _caption(outcome, verdict, lang)
    top = draw_header(page, words) + 6.0
    lines = style.wrap(f"↑ {say('density', lang)}", style.LABEL_STRONG, page.measure)
    top = page.paragraph(page.left, top, lines, style.LABEL_STRONG) + 5.0
    left, right, bottom = page.left + LEFT, page.right - 4.0, top + HEIGHT

    def place(coverage: float, density: float) -> tuple[float, float]:
        return left + coverage * (right - left), bottom - density * HEIGHT

    _draw_grid(page, left, right, top, bottom, lang)
    rate = bottom - verdict.rate * HEIGHT
    page.line([(left, rate), (right, rate)], style.PRESENT_LAW, 1.0, linestyle="--")
    for box in verdict.path:
        page.marker(*place(box.coverage, box.density), "o", style.BETTER, filled=True, size=2.6)
    if verdict.box is not None:
        x, y = place(verdict.box.coverage, verdict.box.density)
        page.marker(x, y, "D", style.REFORM, filled=True, size=6.0)
    y = bottom + 2.4 * style.LABEL.size + 4.0
    lines = style.wrap(f"{say('coverage', lang)} →", style.LABEL_STRONG, page.measure)
    end = page.paragraph(page.right, y, lines, style.LABEL_STRONG, "right")
    end = _draw_key(page, end + 4.0, verdict, lang)
    draw_footer(page, end + 4.0, words)
    return page, words, path_table((verdict,))


def _draw_grid(page: Page, left: float, right: float, top: float, bottom: float, lang: str) -> None:
    for tick in TICKS:
        y = bottom - tick * (bottom - top)
        page.line([(left, y), (right, y)], style.GRID, 0.5)
        text = language.percent(tick, lang)
        page.text(left - 3.0, y + 0.35 * style.LABEL.size, text, style.LABEL_SECONDARY, "right")
        x = left + tick * (right - left)
        align = "right" if tick == TICKS[-1] else "center"
        page.text(x + (4.0 if align == "right" else 0.0), bottom + 9.0, text, style.LABEL_SECONDARY, align)  # type: ignore[arg-type]
    page.line([(left, bottom), (right, bottom)], style.TEXT, 0.8)


def _draw_key(page: Page, top: float, verdict: Verdict, lang: str) -> float:
    """Say what the diamond and the dashed line are."""
    x, y = page.left, top + 0.85 * style.LABEL.size
    page.line([(x, y - 2.4), (x + 14.0, y - 2.4)], style.PRESENT_LAW, 1.0, linestyle="--")
    text = f"{say('general', lang)} {language.percent(verdict.rate, lang)}"
    page.text(x + 17.0, y, text, style.LABEL)
    if verdict.box is not None:
        x += 17.0 + style.width_of(text, style.LABEL) + 12.0
        page.marker(x + 3.0, y - 2.4, "D", style.REFORM, filled=True, size=5.0)
        page.text(x + 9.0, y, say("chosen", lang), style.LABEL)
    return top + style.LABEL.leading


def _caption(outcome: DiscoverOutcome, verdict: Verdict, lang: str) -> Caption:
    if verdict.box is None:
        title = say("path_title_none", lang)
    else:
        title = say(
            "path_title", lang, density=language.percent(verdict.box.density, lang),
            coverage=language.percent(verdict.box.coverage, lang),
        )  # fmt: skip
    subtitle = say("path_subtitle", lang, territory=outcome.territory_name[lang], year=outcome.horizon)
    return discover_caption(
        outcome, outcome.titles[verdict.reform][lang], title, subtitle, (say("path_note", lang),),
        (say("path_chart", lang),), lang,
    )  # fmt: skip
