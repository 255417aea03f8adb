"""What `sweep` says in the terminal: the design, the runs, and what each factor moves most."""

from typing import Any

from rich.console import Console
from rich.text import Text

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments import language
from experiments.charts.reading import indicator_name
from experiments.designs.factors import Factor, is_ordered
from experiments.designs.responses import Response, respond
from experiments.designs.results import SweepOutcome
from experiments.factor_names import factor_name
from experiments.terminal import show_origin
from experiments.terminal_tables import plain_table
from experiments.terminal_words import word

MOVED_MOST = 3
"""Indicators that are told of each factor."""


def show_sweep(console: Console, outcome: SweepOutcome, manifest: dict[str, Any], lang: str) -> None:
    """Print what was varied, how many runs there are, and the indicators that each factor moves most."""
    told = manifest["sweep"]
    console.print(Text(word("sweep_title", lang), style="bold"))
    console.print(
        word(
            "sweep_scope", lang, territory=outcome.where(lang), method=word(told["method"], lang),
            points=language.counted(told["points"], word("point", lang), word("points", lang), lang),
            runs=language.number(told["runs"], lang), year=outcome.when,
        ),
        word("simulation", lang),
        sep="\n",
    )  # fmt: skip
    show_origin(console, outcome.origin, lang)
    if told["failed_runs"]:
        failed = language.counted(told["failed_runs"], word("run", lang), word("runs", lang), lang)
        console.print(Text(word("sweep_failed", lang, runs=failed), style="bold"))
    console.print()
    table = plain_table(word("sweep_table", lang, year=outcome.when))
    table.add_column(word("sweep_factor", lang), overflow="fold")
    for heading in ("sweep_change", "sweep_share"):
        table.add_column(word(heading, lang), justify="right")
    for factor in outcome.factors:
        table.add_row(Text(factor_name(factor.key, lang), style="bold"))
        for one in _moved_most(outcome, factor):
            name, *figures = _cells(one, lang)
            table.add_row(f"  {name}", *figures)
    console.print(table)
    console.print(Text(word("sweep_note", lang), style="dim"))


def _moved_most(outcome: SweepOutcome, factor: Factor) -> list[Response]:
    responses = [respond(outcome, factor, INDICATORS[key]) for key in MAIN_INDICATORS]
    return sorted(responses, key=lambda one: -one.weight)[:MOVED_MOST]


def _cells(one: Response, lang: str) -> tuple[str, str, str]:
    value = one.change if is_ordered(one.factor) else abs(one.change)
    decimals = language.decimals_for([value], one.indicator.decimals)
    change = language.amount(value, one.indicator.unit[lang], lang, decimals, signed=is_ordered(one.factor))
    return indicator_name(one.indicator, lang), change, language.percent(one.share, lang)
