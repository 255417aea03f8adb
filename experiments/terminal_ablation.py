"""Tables of what each instrument of a reform contributes, in the terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments import language
from experiments.ablation import ALL, FULL, REMOVED, TOGETHER, Ablation
from experiments.charts.reading import Claim, Reading, indicator_name, read_contribution
from experiments.comparison import Comparison
from experiments.instruments import instrument_label
from experiments.terminal import reform_line
from experiments.terminal_tables import plain_table
from experiments.terminal_words import word

NAME_WIDTH, FIGURE_WIDTH = 24, 17
"""Columns for an instrument and for one indicator, with the space after it."""

MARKS = {
    (True, True): ("▲", "△"),
    (True, False): ("▼", "▽"),
    (False, True): ("↑", "↑"),
    (False, False): ("↓", "↓"),
}
"""Marks by whether the indicator is judged and improves (or rises): very likely, likely."""

UNCERTAIN, NEGLIGIBLE = "?", "="

Row = tuple[str, tuple[str, str]]


def show_ablation(console: Console, comparison: Comparison, ablation: Ablation, lang: str) -> None:
    """Print, for every reform, what each instrument contributes to the main indicators that move."""
    for scenario, instruments in ablation.instruments.items():
        rows: list[Row] = [(instrument_label(key, lang), (key, REMOVED)) for key in instruments]
        rows += [(word("all_instruments", lang), (ALL, FULL)), (word("only_together", lang), (ALL, TOGETHER))]
        console.print()
        title = word(
            "instruments", lang, number=comparison.reforms.index(scenario) + 1, year=comparison.horizon
        )
        console.print(Text(title, style="bold"), reform_line(comparison, scenario, lang), sep="\n")
        tables = list(_tables(comparison, ablation, scenario, rows, console.width, lang))
        if not tables:
            console.print(word("no_instrument_moves", lang))
        for table in tables:
            console.print()
            console.print(table)
    console.print(Text(word("instruments_note", lang), style="dim"))


def _tables(
    comparison: Comparison, ablation: Ablation, scenario: str, rows: list[Row], width: int, lang: str
) -> Iterable[Table]:
    """Yield tables of a width: as many indicators side by side as fit, those that any row moves."""
    columns: dict[str, list[Reading]] = {}
    for key in MAIN_INDICATORS:
        readings = [
            read_contribution(ablation, scenario, INDICATORS[key], part, comparison.pairs, lang)
            for _, part in rows
        ]
        if any(one.claim not in (Claim.none, Claim.negligible) for one in readings):
            columns[key] = readings
    keys = list(columns)
    count = max((width - NAME_WIDTH) // FIGURE_WIDTH, 1)
    for first in range(0, len(keys), count):
        chunk = keys[first : first + count]
        table = plain_table("")
        table.title = None
        table.add_column(word("instrument", lang), width=NAME_WIDTH - 1)
        for key in chunk:
            indicator = INDICATORS[key]
            heading = f"{indicator_name(indicator, lang)}\n({indicator.unit[lang]})"
            table.add_column(heading, justify="right", width=FIGURE_WIDTH - 1)
        for number, (name, _) in enumerate(rows):
            table.add_row(
                name, *(_cell(columns[key][number]) for key in chunk),
                end_section=number == len(rows) - 3,
            )  # fmt: skip
        yield table


def _cell(reading: Reading) -> Text:
    """Write the median with its mark, and its interval below."""
    figure = language.number(reading.median, reading.lang, reading.decimals, signed=True)
    if reading.claim is Claim.none:
        return Text(f"0 {NEGLIGIBLE}")
    cell = Text(f"{figure} {mark(reading)}", style="bold" if reading.claim is Claim.sign else "")
    spread = reading.spread().strip("()").replace(language.NO_BREAK_SPACE, " ")
    return cell.append(f"\n{spread}", style="dim not bold") if spread else cell


def mark(reading: Reading) -> str:
    """Return the sign of what may be claimed: full from 80 %, hollow from 60 %."""
    if reading.claim in (Claim.none, Claim.negligible):
        return NEGLIGIBLE
    if reading.claim is not Claim.sign:
        return UNCERTAIN
    very_likely, likely = MARKS[reading.judged, reading.improving]
    return very_likely if reading.probability >= language.VERY_LIKELY else likely
