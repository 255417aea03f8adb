"""Elenca gli scenari, o mostra che cosa cambia uno / list scenarios, or show what one changes."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from experiments.language import LANGUAGES

if TYPE_CHECKING:
    from areavasta.settings import Scenario

BAD_INPUT = 2
"""Exit code when there is no such scenario."""

TOLD_APART = frozenset({"title", "reason", "effective", "financing", "changes"})
"""Keys of a scenario that are no provisions of law."""

WORDS = {
    "from": ("Dal {year}", "From {year}"),
    "key": ("voce", "key"),
    "present": ("legislazione vigente", "present law"),
    "reform": ("riforma", "reform"),
    "nothing": ("Non cambia nulla.", "It changes nothing."),
    "new_money": ("Con risorse nuove.", "With new money."),
    "more": (
        "Per intero: python -m experiments scenarios NOME",
        "In full: python -m experiments scenarios NAME --lang en",
    ),
}
"""What is printed, in Italian and English."""


def main(arguments: list[str]) -> int:
    """List all scenarios with title and changed parts, or one in full; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m experiments scenarios", description=__doc__)
    parser.add_argument("name", nargs="?", help="scenario to show in full / scenario da mostrare per intero")
    parser.add_argument("--lang", choices=LANGUAGES, default="it", help="language / lingua")
    chosen = parser.parse_args(arguments)
    from experiments._config_files import GROUPS, ConfigurationError, options
    from experiments._hydra import PROJECT_ROOT, compose

    try:
        names = [chosen.name] if chosen.name else options(PROJECT_ROOT, GROUPS["scenarios"])
        scenarios = {name: compose(f"scenarios={name}") for name in names}
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    column = LANGUAGES.index(chosen.lang)
    for name, settings in scenarios.items():
        show = _show_one if chosen.name else _show_line
        show(name, settings.present_law, settings.scenario, column)
    if not chosen.name:
        print(WORDS["more"][column])
    return 0


def provisions(present: "Scenario", reform: "Scenario") -> Iterator[tuple[int, str, Any, Any]]:
    """Yield (year, key, value of present law, value of the reform) of everything that a reform changes."""
    before = dict(_leaves(asdict(present)))
    for key, value in _leaves(asdict(reform)):
        if before.get(key) != value:
            yield reform.effective, key, before.get(key), value
    for year, changes in sorted(reform.changes.items()):
        for key, value in _leaves(changes):
            yield int(year), key, before.get(key), value


def _leaves(tree: Mapping[Any, Any], place: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in tree.items():
        key = f"{place}.{name}" if place else str(name)
        if not place and name in TOLD_APART:
            continue
        if isinstance(value, Mapping):
            yield from _leaves(value, key)
        else:
            yield key, getattr(value, "value", value)


def _show_line(name: str, present: "Scenario", reform: "Scenario", column: int) -> None:
    parts = dict.fromkeys(key.split(".")[0] for _, key, _, _ in provisions(present, reform))
    print(f"{name}: {getattr(reform.title, LANGUAGES[column])}")
    if parts:
        print(f"    {', '.join(parts)}")


def _show_one(name: str, present: "Scenario", reform: "Scenario", column: int) -> None:
    from rich import box
    from rich.table import Table

    from experiments.terminal import make_console

    console = make_console()
    console.print(f"{name}: {getattr(reform.title, LANGUAGES[column])}", markup=False)
    console.print(getattr(reform.reason, LANGUAGES[column]), markup=False)
    if reform.financing.value == "new_money":
        console.print(WORDS["new_money"][column])
    told = list(provisions(present, reform))
    if not told:
        console.print(WORDS["nothing"][column])
    for year in dict.fromkeys(row[0] for row in told):
        table = Table(
            title=WORDS["from"][column].format(year=year), title_justify="left", box=box.SIMPLE_HEAD
        )
        for word in ("key", "present", "reform"):
            table.add_column(WORDS[word][column], overflow="fold")
        for _, key, before, after in (row for row in told if row[0] == year):
            table.add_row(key, "–" if before is None else str(before), str(after))
        console.print(table)
