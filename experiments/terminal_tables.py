"""Tables in the terminal: indicators, money by level, who gains and who loses."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from rich import box
from rich.table import Table
from rich.text import Text

from areavasta.indicators import INDICATORS, MAIN_INDICATORS, MONEY_LEVELS
from experiments import language
from experiments.charts.reading import Reading, indicator_name, read
from experiments.comparison import Comparison
from experiments.terminal_words import word

REFORMS_PER_TABLE = 3
"""Reforms that stand side by side in 80 columns."""

YEARS_SHOWN = 5
"""Years whose indicators stand side by side in 80 columns."""


def plain_table(title: str) -> Table:
    """Return an empty table in the house style."""
    return Table(
        title=Text(title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0),
        show_edge=False, header_style="dim",
    )  # fmt: skip


def indicator_table(comparison: Comparison, scenario: str, title: str, lang: str) -> Table:
    """Return the main indicators under present law and a reform at the horizon."""
    table = plain_table(title)
    table.add_column(word("indicator", lang, year=comparison.horizon), ratio=11)
    for key, width in (("present_law", 8), ("the_reform", 8), ("difference", 10)):
        table.add_column(word(key, lang), justify="right", min_width=width)
    table.add_column(word("interval", lang), min_width=14)
    table.add_column(word("reading", lang), ratio=9)
    for key in MAIN_INDICATORS:
        reading = read(comparison, scenario, INDICATORS[key], lang)
        table.add_row(*_indicator_cells(reading, lang))
    return table


def _indicator_cells(reading: Reading, lang: str) -> list[Text]:
    usual = reading.indicator.decimals
    name = Text(reading.name).append(f", {reading.unit}", style="dim")
    figures = [language.number(value, lang, usual) for value in (reading.base, reading.reform)]
    difference = language.number(reading.median, lang, reading.decimals, signed=True)
    spread = reading.spread().strip("()")
    return [name, *map(Text, figures), Text(difference), Text(spread), Text(reading.verdict())]


def money_tables(comparison: Comparison, lang: str) -> Iterable[Table]:
    """Yield net money by level: under present law, and its change under each reform."""
    for chunk in _chunks(comparison.reforms):
        table = plain_table(word("money", lang, year=comparison.horizon))
        table.add_column("", no_wrap=False)
        table.add_column(word("present_law", lang), justify="right", max_width=9)
        for scenario in chunk:
            number = comparison.scenarios.index(scenario)
            table.add_column(word("reform", lang, number=number).capitalize(), justify="right", min_width=10)
        for level in MONEY_LEVELS:
            readings = [read(comparison, scenario, INDICATORS[f"money_{level}"], lang) for scenario in chunk]
            changes = [language.number(one.median, lang, 1, signed=True) for one in readings]
            table.add_row(readings[0].name, language.number(readings[0].base, lang, 1), *changes)
        yield table


def who_tables(comparison: Comparison, areas: dict[str, str], lang: str) -> Iterable[Table]:
    """Yield communes and shares of residents better and worse off, by size, altitude and area.

    Areas are names by key.
    """
    for chunk in _chunks(comparison.reforms):
        table = plain_table(word("who", lang, year=comparison.horizon))
        table.add_column(word("group", lang), no_wrap=False, max_width=26)
        table.add_column(word("communes", lang), justify="right")
        for scenario in chunk:
            for verdict in ("better", "worse"):
                heading = f"{comparison.scenarios.index(scenario)} {word(verdict, lang)}"
                table.add_column(heading, justify="right", no_wrap=True)
        groups = comparison.groups[comparison.groups["scenario"].isin(chunk)]
        _add_groups(table, groups, chunk, areas, lang)
        yield table


def _add_groups(
    table: Table, groups: pd.DataFrame, chunk: Sequence[str], areas: dict[str, str], lang: str
) -> None:
    totals = groups[groups["grouping"] == "size"].groupby("scenario").sum(numeric_only=True)
    rows = [totals.loc[scenario] for scenario in chunk]
    table.add_row(Text(word("all", lang)), *_group_cells(rows, lang), end_section=True)
    for grouping, members in groups.groupby("grouping", sort=False):
        table.add_row(Text(word(str(grouping), lang), style="dim"))
        for group, parts in members.groupby("group", sort=False):
            by_scenario = parts.set_index("scenario")
            rows = [by_scenario.loc[scenario] for scenario in chunk]
            name = areas[str(group)] if grouping == "area" else word(str(group), lang)
            table.add_row(Text(f"  {name}"), *_group_cells(rows, lang))


def _group_cells(rows: Sequence["pd.Series[Any]"], lang: str) -> list[str]:
    cells = [language.number(float(rows[0]["communes"]), lang)]
    for row in rows:
        for verdict in ("better", "worse"):
            share = float(row[f"{verdict}_residents"]) / max(float(row["residents"]), 1.0)
            count = float(row[verdict])
            shown = f"{language.number(count, lang)} ({language.percent(share, lang)})"
            cells.append(shown if count else "–")
    return cells


def _chunks(reforms: Sequence[str]) -> Iterable[Sequence[str]]:
    return (reforms[i : i + REFORMS_PER_TABLE] for i in range(0, len(reforms), REFORMS_PER_TABLE))


def years_table(paths: pd.DataFrame, scenario: str, lang: str, title: str) -> Table:
    """Return the medians of the main indicators in a few years, and the last interval."""
    own = paths[paths["scenario"] == scenario].set_index(["indicator", "year"])
    years = sorted(own.index.unique("year"))
    picked = np.unique(np.linspace(0, len(years) - 1, min(YEARS_SHOWN, len(years))).round().astype(int))
    shown = [years[i] for i in picked]
    table = plain_table(title)
    table.add_column(word("median", lang), ratio=1)
    for year in shown:
        table.add_column(str(year), justify="right")
    table.add_column(word("interval_in", lang, year=years[-1]), max_width=22)
    for key in MAIN_INDICATORS:
        indicator = INDICATORS[key]
        name = Text(indicator_name(indicator, lang)).append(f", {indicator.unit[lang]}", style="dim")
        values = [float(own.loc[(key, year), "q50"]) * indicator.scale for year in shown]
        low, high = (float(own.loc[(key, years[-1]), name]) * indicator.scale for name in ("q05", "q95"))
        figures = [language.number(value, lang, indicator.decimals) for value in values]
        spread = language.interval(low, high, lang, indicator.decimals, signed=False)
        table.add_row(name, *figures, spread)
    return table
