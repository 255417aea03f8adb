"""The table of validation on the screen."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pandas as pd
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from experiments import language
from experiments.terminal_tables import plain_table
from experiments.validation.effects_table import mean_effects
from experiments.validation.rows import Row, counts
from experiments.validation.spin_up import BURN_IN, LATER, QUANTITIES
from experiments.validation.union_effect import OUTCOMES
from experiments.validation.verdicts import Verdict
from experiments.validation.words import word

STYLES = {Verdict.within: "bold not dim", Verdict.near: "not dim", Verdict.off: "bold reverse"}
"""How verdicts look; they are words first."""


def show_validation(
    console: Console,
    rows: Sequence[Row],
    frames: dict[str, pd.DataFrame],
    manifest: dict[str, Any],
    lang: str,
) -> None:
    """Print the table, the reasons of rows that do not agree, the union effect and the drift."""
    console.print(Text(word("title", lang), style="bold"))
    console.print(scope(manifest, lang))
    console.print()
    console.print(rows_table(rows, lang))
    console.print()
    for text in summary(rows, lang):
        console.print(text)
    console.print(Text(word("rule", lang), style="dim"))
    console.print()
    for number, line in enumerate(reasons(rows, lang)):
        if number == 0:
            console.print(word("why", lang))
        console.print(Padding(line, (0, 0, 0, 2)))
    console.print()
    console.print(effects_table(frames["union_effect"], lang))
    console.print(Text(word("effects_note", lang), style="dim"))
    console.print()
    console.print(drift_line(frames["spin_up"], lang))


def scope(manifest: dict[str, Any], lang: str) -> str:
    """Return what was simulated, in words."""
    return word(
        "scope" if manifest["draws"] else "scope_central", lang,
        territory=manifest["territory"]["name"][lang], first=manifest["first_year"],
        last=manifest["horizon"], seed=manifest["seed"], replicates=manifest["replicates"],
        pairs=language.counted(manifest["pairs"], word("pair", lang), word("pairs", lang), lang),
        draws=language.counted(manifest["draws"], word("draw", lang), word("draws", lang), lang),
    )  # fmt: skip


def rows_table(rows: Sequence[Row], lang: str) -> Table:
    """Return the rows by pattern: a line with name and verdict, and one with the figures."""
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    for pattern, members in groupby(rows, key=lambda row: row.pattern):
        table.add_row(Text(word(f"pattern_{pattern}", lang), style="bold"))
        for row in members:
            verdict = row.judgement.verdict
            table.add_row(row.name[lang], Text(word(verdict.value, lang), style=STYLES.get(verdict, "dim")))
            table.add_row(Padding(Text(figures_line(row, lang), style="dim"), (0, 0, 0, 2)))
    return table


def figures_line(row: Row, lang: str) -> str:
    """Return the published figure, that of the model with its interval, and the status, in words."""
    median, interval = row.shown(lang)
    key = "figures_line" if interval != "–" else "figures_line_exact"
    return word(
        key, lang, published=row.published[lang], median=median, interval=interval,
        status=word(row.status.value, lang),
    )  # fmt: skip


def summary(rows: Sequence[Row], lang: str) -> list[str]:
    """Return the counts of verdicts, for rows that are evidence and for the others."""
    return [
        word("count", lang, status=word("evidence" if evidence else "no_evidence", lang), **found)
        for evidence, found in ((True, counts(rows, True)), (False, counts(rows, False)))
    ]


def reasons(rows: Sequence[Row], lang: str) -> list[str]:
    """Return a line for each reason why rows do not agree, with these rows; nothing when all agree."""
    told: dict[str, list[str]] = {}
    for row in rows:
        if row.disagrees or row.negligible:
            name = f"{row.name[lang]} ({word(row.judgement.verdict.value, lang)})"
            told.setdefault(reason(row, lang), []).append(name)
    return [f"{'; '.join(names)}: {why}." for why, names in told.items()]


def reason(row: Row, lang: str) -> str:
    """Return why a row does not agree, or that what it shows is negligible."""
    why = row.why[lang] if row.disagrees else ""
    parts = (word("negligible", lang) if row.negligible else "", why)
    return "; ".join(part for part in parts if part) or word("no_reason", lang)


def effects_table(estimates: pd.DataFrame, lang: str) -> Table:
    """Return the union effect by panel, estimator and outcome."""
    table = plain_table(word("effects", lang))
    table.add_column(word("panel", lang), ratio=1)
    table.add_column(word("estimator", lang))
    for outcome in OUTCOMES:
        table.add_column(word(outcome, lang), justify="right")
    for panel, estimator, effects in mean_effects(estimates):
        cells = []
        for outcome in OUTCOMES:
            median, low, high = effects[outcome]
            between = language.interval(low, high, lang, 1)
            cells.append(f"{language.number(median, lang, 1, signed=True)} ({between})")
        table.add_row(word(panel, lang), word(estimator, lang), *cells)
    return table


def drift_line(drift: pd.DataFrame, lang: str) -> str:
    """Return how much the mean commune moves a year in the burn-in and later, in words."""
    medians = drift.groupby(["quantity", "period"])["change"].median()
    parts = (
        word(
            "drift_part", lang, name=word(name, lang).lower(),
            first=language.number(medians[name, BURN_IN], lang, 1, signed=True),
            last=language.number(medians[name, LATER], lang, 1, signed=True),
        )
        for name in QUANTITIES
    )  # fmt: skip
    return word(
        "drift",
        lang,
        burn_in=BURN_IN.replace("-", "–"),
        later=LATER.replace("-", "–"),
        parts="; ".join(parts),
    )
