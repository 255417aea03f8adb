"""Elenca gli scenari, o mostra che cosa cambia uno / list scenarios, or show what one changes."""

import argparse
import sys
from typing import TYPE_CHECKING

from experiments.language import LANGUAGES

if TYPE_CHECKING:
    from areavasta.settings import Scenario

BAD_INPUT = 2
"""Exit code when there is no such scenario."""

WORDS = {
    "nothing": ("Non cambia nulla.", "It changes nothing."),
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
    for name, settings in scenarios.items():
        show = _show_one if chosen.name else _show_line
        show(name, settings.present_law, settings.scenario, chosen.lang)
    if not chosen.name:
        print(_word("more", chosen.lang))
    return 0


def _show_line(name: str, present: "Scenario", reform: "Scenario", lang: str) -> None:
    from experiments.provisions import provisions

    print(f"{name}: {getattr(reform.title, lang)}")
    if parts := dict.fromkeys(one.instrument for one in provisions(present, reform, lang)):
        print(f"    {'; '.join(parts)}")


def _show_one(name: str, present: "Scenario", reform: "Scenario", lang: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from experiments.provisions import provisions
    from experiments.terminal import make_console

    console = make_console()
    console.print(f"{name}: {getattr(reform.title, lang)}", markup=False)
    console.print(getattr(reform.reason, lang), markup=False)
    told = provisions(present, reform, lang)
    if not told:
        console.print(_word("nothing", lang))
    for one in told:
        console.print(Padding(Text(one.sentence), (0, 0, 0, 2)))
        console.print(Padding(Text("\n".join(one.keys), style="dim"), (0, 0, 0, 6)))


def _word(key: str, lang: str, **values: object) -> str:
    return WORDS[key][LANGUAGES.index(lang)].format(**values)
