"""Tables in the terminal: indicators, money by level, who gains and who loses."""

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from areavasta.indicators import INDICATORS, MAIN_INDICATORS, MONEY_LEVELS
from experiments import language
from experiments.charts.reading import Claim, Reading, indicator_name, read
from experiments.comparison import Comparison
from experiments.terminal_words import word

REFORMS_PER_TABLE = 3
"""Reforms that stand side by side in 80 columns."""

FIGURE_WIDTHS = (8, 8, 10, 18)
"""Columns for present law, reform, difference and interval."""

HALF_A_PERCENT = 0.005
"""Share of residents that would round to nothing."""

YEARS_SHOWN = 5
"""Years whose indicators stand side by side in 80 columns."""


def plain_table(title: str) -> Table:
    """Return an empty table in the house style."""
    return Table(
        title=Text(title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0),
        show_edge=False, header_style="dim",
    )  # fmt: skip


def indicator_block(comparison: Comparison, scenario: str, title: str, lang: str, width: int) -> Group:
    """Return the main indicators under present law and a reform at the horizon, for lines of a width.

    Each takes a line of figures, and one with its unit and what may be claimed.
    """
    headings = [
        word("indicator", lang, year=comparison.horizon),
        *(word(key, lang) for key in ("present_law", "the_reform", "difference", "interval")),
    ]
    lines: list[RenderableType] = [
        Text(title, style="bold"),
        _figures(headings, width, "dim", "bottom"),
        Rule(style="dim", characters="─"),
    ]
    for key in MAIN_INDICATORS:
        reading = read(comparison, scenario, INDICATORS[key], lang)
        share = _parameter_share(comparison, scenario, key)
        lines += [_figures(_indicator_cells(reading, lang), width), _claim(reading, share)]
    return Group(*lines)


def _figures(
    cells: Sequence[str], width: int, style: str = "", vertical: Literal["top", "bottom"] = "top"
) -> Table:
    line = Table.grid(padding=(0, 1, 0, 0))
    line.width = width
    line.add_column(ratio=1, vertical=vertical)
    for size in FIGURE_WIDTHS:
        line.add_column(justify="right", width=size, vertical=vertical)
    line.add_row(*cells, style=style)
    return line


def _parameter_share(comparison: Comparison, scenario: str, indicator: str) -> float:
    """Return the part of an effect's variance that parameters make; not a number where it cannot be told."""
    effects = comparison.effects
    row = effects[(effects["scenario"] == scenario) & (effects["indicator"] == indicator)]
    return float(row["parameter_share"].iloc[0])


def _claim(reading: Reading, share: float) -> Padding:
    told = Text(f"{reading.unit}: ", style="dim")
    told.append(reading.verdict(), style="bold not dim" if reading.claim is Claim.sign else "not dim")
    if reading.claim is not Claim.none and not np.isnan(share):
        parts = {"share": share, "rest": 1.0 - share}
        shown = {name: language.percent(part, reading.lang) for name, part in parts.items()}
        told.append(f"; {word('from_parameters', reading.lang, **shown)}", style="dim")
    return Padding(told, (0, 0, 0, 2))


def _indicator_cells(reading: Reading, lang: str) -> list[str]:
    usual = reading.indicator.decimals
    figures = [language.number(value, lang, usual) for value in (reading.base, reading.reform)]
    if reading.claim is Claim.none:
        return [reading.name, *figures, "0", "–"]
    difference = language.number(reading.median, lang, reading.decimals, signed=True)
    return [reading.name, *figures, difference, reading.spread().strip("()") or "–"]


def money_tables(comparison: Comparison, lang: str) -> Iterable[Table]:
    """Yield net money by level: under present law, and its change under each reform."""
    for chunk in _chunks(comparison.reforms):
        table = plain_table(word("money", lang, year=comparison.horizon))
        table.add_column("")
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
        table.add_column(word("group", lang))
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
    table.add_row(word("all", lang), *_group_cells(totals.loc[list(chunk)], lang))
    for grouping, members in groups.groupby("grouping", sort=False):
        table.add_row(Text(word(str(grouping), lang), style="bold"))
        for group, parts in members.groupby("group", sort=False):
            rows = parts.set_index("scenario").loc[list(chunk)]
            name = areas[str(group)] if grouping == "area" else word(str(group), lang)
            table.add_row(name, *_group_cells(rows, lang))


def _group_cells(rows: pd.DataFrame, lang: str) -> list[str]:
    """Return the number of communes, then those better and worse off under each reform, a row each."""
    cells = [language.number(float(rows["communes"].iloc[0]), lang)]
    for row in rows.to_dict("records"):
        for verdict in ("better", "worse"):
            share = row[f"{verdict}_residents"] / max(row["residents"], 1.0)
            part = "<1%" if share < HALF_A_PERCENT else language.percent(share, lang)
            shown = f"{language.number(row[verdict], lang)} ({part})"
            cells.append(shown if row[verdict] else "–")
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
