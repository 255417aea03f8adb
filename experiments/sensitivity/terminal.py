"""What `sensitivity` says in the terminal: what was varied, and for each indicator what it depends on."""

from rich.console import Console
from rich.text import Text

from experiments import language
from experiments.charts.reading import indicator_name
from experiments.sensitivity.labels import word
from experiments.sensitivity.results import SensitivityOutcome, text_of
from experiments.sensitivity.verdicts import FactorVerdict, Sample, Verdict, has_steps
from experiments.sensitivity.words import factor_name, index_words, note_words, short_claim
from experiments.terminal import show_origin
from experiments.terminal_tables import plain_table

FACTORS_SHOWN = 3
"""Factors that the table has of each indicator."""


def show_sensitivity(console: Console, outcome: SensitivityOutcome, lang: str) -> None:
    """Print the scope, the factors that each indicator depends on most, and every verdict in words."""
    console.print(Text(word("title", lang), style="bold"))
    console.print(scope(outcome, lang))
    show_origin(console, outcome.origin, lang)
    if outcome.failed:
        failed = language.counted(outcome.failed, word("run", lang), word("runs", lang), lang)
        console.print(Text(word("failed", lang, count=failed), style="bold"))
    console.print()
    table, steps = plain_table(""), has_steps(outcome.study)
    table.add_column(word("indicator", lang), overflow="fold", ratio=1)
    for heading in (f"index_{outcome.index}", "interval"):
        table.add_column(word(heading, lang), justify="right", no_wrap=True)
    table.add_column(word("claim", lang), no_wrap=True)
    for verdict in outcome.verdicts:
        if verdict.sample is not Sample.constant:
            name = Text(indicator_name(verdict.indicator, lang), style="bold")
            table.add_row(name.append(f", {verdict.indicator.unit[lang]}", "not bold") if steps else name)
            for one in verdict.factors[:FACTORS_SHOWN]:
                table.add_row(*_cells(outcome, verdict, one, lang))
    console.print(table)
    console.print(Text(note_words(outcome.study, outcome.index, lang), style="dim"))
    console.print()
    for verdict in outcome.verdicts:
        console.print(Text(text_of(outcome, verdict, lang)))


def scope(outcome: SensitivityOutcome, lang: str) -> str:
    """Say where and when, which method, and how much was run."""
    wanted = outcome.study.wanted
    count = len(outcome.study.factors)
    return word(
        "scope", lang, territory=outcome.territory_name[lang], year=outcome.horizon,
        what=word(wanted.of.value, lang, scenario=outcome.scenario[lang]),
        method=word("given" if outcome.given else wanted.method.value, lang),
        factors=language.counted(count, word("factor", lang), word("factors", lang), lang),
        points=language.counted(outcome.points, word("point", lang), word("points", lang), lang),
        runs=language.number(outcome.runs, lang),
    )  # fmt: skip


def _cells(
    outcome: SensitivityOutcome, verdict: Verdict, one: FactorVerdict, lang: str
) -> tuple[str, str, str, str]:
    study, indicator = outcome.study, verdict.indicator
    ends = [index_words(end, study, indicator, lang, unit=False) for end in (one.low, one.high)]
    spread = f"da {ends[0]} a {ends[1]}" if lang == "it" else f"{ends[0]} to {ends[1]}"
    return (
        f"  {factor_name(one.factor, lang)}",
        index_words(one.value, study, indicator, lang, unit=False),
        spread,
        short_claim(one.claim, study, lang),
    )
