"""What a calibration says in the terminal, in Italian or English."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from experiments import language
from experiments.calibration.words import words
from experiments.constants import constant_name
from experiments.terminal_tables import plain_table
from experiments.validation.figures import FIGURES

SIGNIFICANT = 3
"""Decimals of constants, at most, for two significant digits of their interval."""

COLUMN_WIDTHS = (10, 12, 18)
"""Columns for two values and an interval."""


def show_calibration(console: Console, manifest: Mapping[str, Any], lang: str) -> None:
    """Print what was screened, how waves went, constants, figures, and what to be careful about."""
    console.print(Text(words("title", lang), style="bold"))
    runs = language.number(manifest["runs"], lang)
    territory = manifest["territory"]["name"][lang]
    console.print(words("scope", lang, territory=territory, runs=runs, seed=manifest["seed"]))
    console.print(screening_words(manifest, lang))
    for table, note in (
        (waves_table(manifest, lang), words("waves_note", lang)),
        (constants_block(manifest, lang, console.width), coverage_words(manifest, lang)),
        (figures_block(manifest, lang, console.width), words("figures_note", lang)),
    ):
        console.print()
        console.print(table)
        console.print(Text(note, style="dim"))
    console.print()
    told = words("shipped" if manifest["plan"]["ship"] else "use", lang)
    console.print(told)


def screening_words(manifest: Mapping[str, Any], lang: str) -> str:
    """Say what was selected by which rule, and what responds but was left out."""
    plan = manifest["plan"]
    told = words(
        "screening", lang, selected=len(manifest["calibrated"]), all=manifest["constants_screened"],
        least=language.number(plan["least_response"], lang, 1),
    )  # fmt: skip
    left = manifest["responding_but_kept_at_prior"]
    if left:
        names = ", ".join(constant_name(key, lang) for key in left)
        told += " " + words("left", lang, most=plan["most_parameters"], names=names)
    return told


def coverage_words(manifest: Mapping[str, Any], lang: str) -> str:
    """Say how often intervals hold a known truth."""
    coverage = manifest["coverage"]
    share = language.percent(coverage["share"], lang)
    return words("coverage_note", lang, truths=coverage["truths"], share=share)


def waves_table(manifest: Mapping[str, Any], lang: str) -> Table:
    """Return a row for each wave."""
    table = _table(lang, "waves", ("wave", "runs", "kept", "explained", "within", "shift", "effective"))
    for wave in manifest["waves"]:
        shift = "–" if wave["shift"] is None else language.number(wave["shift"], lang, 2)
        table.add_row(
            str(wave["wave"]), language.number(wave["runs"], lang),
            language.percent(wave["not_ruled_out"], lang, 1), language.percent(wave["explained"], lang),
            language.percent(wave["within_two_sd"], lang), shift,
            language.number(wave["effective_size"], lang),
        )  # fmt: skip
    return table


def constants_block(manifest: Mapping[str, Any], lang: str, width: int) -> Group:
    """Return two lines for each calibrated constant: medians and interval, then its key and prior."""
    parts = _heading("constants", ("constant", "prior", "posterior", "interval"), lang, width)
    for row in manifest["constants"]:
        places = language.decimals_for((row["posterior_q95"] - row["posterior_q05"],), SIGNIFICANT)
        cells = [
            constant_name(row["constant"], lang),
            *(language.number(row[f"{kind}_q50"], lang, places) for kind in ("prior", "posterior")),
            _interval(row, "posterior", lang, places),
        ]
        coverage = language.percent(row["coverage"], lang)
        prior = _interval(row, "prior", lang, places)
        told = words("constant_note", lang, constant=short(row["constant"]), prior=prior, coverage=coverage)
        parts += [_line(cells, width), _note(told)]
    return Group(*parts)


def figures_block(manifest: Mapping[str, Any], lang: str, width: int) -> Group:
    """Return two lines for each figure, those that were fitted first: values, then role and verdict."""
    parts = _heading("figures", ("figure", "published", "posterior", "interval"), lang, width)
    for row in sorted(manifest["figures"], key=lambda row: row["role"] == "predicted"):
        figure = FIGURES[row["figure"]]
        places = figure.decimals
        cells = [
            figure.name[lang], language.number(row["published"], lang, places),
            _shown(row["posterior_q50"], lang, places), _interval(row, "posterior", lang, places),
        ]  # fmt: skip
        told = words(
            "figure_note", lang, role=words(row["role"], lang),
            verdict=words(f"{row['verdict']}_verdict", lang), prior=_interval(row, "prior", lang, places),
        )  # fmt: skip
        parts += [_line(cells, width), _note(told)]
    return Group(*parts)


def short(key: str) -> str:
    """Return the key of a constant without the section that all share."""
    return key.removeprefix("parameters.")


def _shown(value: float | None, lang: str, places: int) -> str:
    return "–" if value is None else language.number(value, lang, places)


def _interval(row: Mapping[str, Any], kind: str, lang: str, places: int) -> str:
    low, high = row[f"{kind}_q05"], row[f"{kind}_q95"]
    return "–" if low is None else language.interval(low, high, lang, places, signed=False)


def _heading(title: str, columns: Iterable[str], lang: str, width: int) -> list[RenderableType]:
    heads = [words(column, lang) for column in columns]
    return [
        Text(words(title, lang), style="bold"),
        _line(heads, width, "dim"),
        Rule(style="dim", characters="─"),
    ]


def _line(cells: Iterable[str], width: int, style: str = "") -> Table:
    line = Table.grid(padding=(0, 1, 0, 0))
    line.width = width
    line.add_column(ratio=1)
    for size in COLUMN_WIDTHS:
        line.add_column(justify="right", width=size)
    line.add_row(*cells, style=style)
    return line


def _note(told: str) -> Padding:
    return Padding(Text(told, style="dim"), (0, 0, 0, 2))


def _table(lang: str, title: str, columns: Iterable[str]) -> Table:
    table = plain_table(words(title, lang))
    for number, column in enumerate(columns):
        table.add_column(words(column, lang) if column else "", justify="right" if number else "left")
    return table
