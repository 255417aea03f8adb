"""Draw what stands around every chart: bar, reform, title, subtitle, rule and footnote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from experiments.charts import style
from experiments.charts.page import Page
from experiments.charts.words import label
from experiments.language import counted, short_date
from experiments.results import PUBLISHED

if TYPE_CHECKING:
    from experiments.comparison import Comparison

BAR_LENGTH, BAR_HEIGHT = 31.0, 2.4
ALTERNATIVE_TEXT_LIMIT = 250


@dataclass(frozen=True)
class Caption:
    """All that a chart says in words, on the page and in the metadata of its files."""

    lang: str
    reform: str
    title: str
    subtitle: str
    notes: tuple[str, ...]
    alternative: str
    new_money: bool
    run_id: str
    settings_hash: str
    pairs: int
    created: date
    origin: str = PUBLISHED

    @property
    def source(self) -> str:
        """Where the figures come from."""
        return source_line(self.origin, self.lang)

    @property
    def footnote(self) -> str:
        """The notes, the source and the run, as one paragraph."""
        pairs = counted(self.pairs, label("pair", self.lang), label("pairs", self.lang), self.lang)
        run = label(
            "run",
            self.lang,
            run_id=self.run_id,
            settings=self.settings_hash,
            pairs=pairs,
            day=short_date(self.created, self.lang),
        )
        single = (label("one_pair_note", self.lang),) if self.pairs == 1 else ()
        money = (label("new_money_note", self.lang),) if self.new_money else ()
        return " ".join((*self.notes, *single, *money, self.source, run))


def source_line(origin: str, lang: str) -> str:
    """Return the sentence that says where figures of this origin come from."""
    return label(f"source_{origin}", lang)


def caption(
    comparison: Comparison,
    scenario: str,
    lang: str,
    title: str,
    subtitle: str,
    notes: tuple[str, ...],
    alternative: str,
) -> Caption:
    """Bring together the words of one chart of one reform."""
    new_money = scenario in comparison.new_money
    flagged = f"{subtitle}; {label('new_money', lang)}" if new_money else subtitle
    return Caption(
        lang,
        comparison.titles[scenario][lang],
        title,
        flagged,
        notes,
        alternative,
        new_money,
        comparison.run_id,
        comparison.settings_hash,
        comparison.pairs,
        comparison.created,
        comparison.origin,
    )


def alternative_text(sentences: tuple[str, ...]) -> str:
    """Join as many whole sentences as the limit of an alternative text takes, at least the first."""
    text = sentences[0]
    for sentence in sentences[1:]:
        if len(text) + 1 + len(sentence) > ALTERNATIVE_TEXT_LIMIT:
            break
        text = f"{text} {sentence}"
    return text


def draw_header(page: Page, words: Caption) -> float:
    """Draw the bar, the reform, the title and the subtitle; return the bottom edge."""
    page.rectangle(page.left, 0.0, BAR_LENGTH, BAR_HEIGHT, style.REFORM)
    y = BAR_HEIGHT + 4.0
    y = page.paragraph(page.left, y, style.wrap(words.reform, style.KICKER, page.measure), style.KICKER)
    if words.new_money:
        y = _draw_flag(page, y + 2.0, label("new_money", words.lang).upper())
    y += 3.0
    y = page.paragraph(page.left, y, style.wrap_evenly(words.title, style.TITLE, page.measure), style.TITLE)
    subtitle = style.wrap_evenly(words.subtitle, style.SUBTITLE, page.measure)
    return page.paragraph(page.left, y + 1.0, subtitle, style.SUBTITLE)


def draw_footer(page: Page, top: float, words: Caption) -> None:
    """Draw the rule and the footnote, and close the page below them."""
    page.rule(top)
    bottom = page.paragraph(
        page.left, top + 3.0, style.wrap(words.footnote, style.NOTE, page.measure), style.NOTE
    )
    page.close(bottom + 2.0)


def _draw_flag(page: Page, top: float, text: str) -> float:
    """Draw a warning in a box and return its bottom edge."""
    inset, height = 2.6, style.FLAG.leading + 1.2
    width = style.width_of(text, style.FLAG) + 2.0 * inset
    page.rectangle(page.left + 0.25, top, width, height, "white", edge=style.SECONDARY)
    page.text(page.left + 0.25 + inset, top + 0.98 * style.FLAG.size + 0.4, text, style.FLAG)
    return top + height
