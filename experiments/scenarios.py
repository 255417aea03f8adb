"""Elenca gli scenari, o mostra che cosa cambia uno / list scenarios, or show what one changes."""

from typing import TYPE_CHECKING

from experiments._help import CommandParser
from experiments.language import LANGUAGES
from experiments.refusal import refuse

if TYPE_CHECKING:
    from rich.console import Console

    from areavasta.settings import Scenario

EXAMPLES = (
    ("", "tutti, con il titolo e ciò che cambiano / all of them, with title and what they change"),
    ("fund_cut", "uno per intero, disposizione per disposizione / one in full, provision by provision"),
    ("fund_cut --lang en", "lo stesso in inglese / the same in English"),
)

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
    parser = CommandParser("scenarios")
    parser.add_argument("name", nargs="?", help="scenario da mostrare per intero / scenario to show in full")
    parser.add_argument("--lang", choices=LANGUAGES, default="it", help="lingua / language (it)")
    chosen = parser.parse_args(arguments)
    from experiments._config_files import GROUPS, ConfigurationError, options
    from experiments._hydra import PROJECT_ROOT, compose
    from experiments.terminal import make_console

    console, wrong = make_console(), []
    show = _show_one if chosen.name else _show_line
    names = [chosen.name] if chosen.name else options(PROJECT_ROOT, GROUPS["scenarios"])
    for name in names:
        try:
            settings = compose(f"scenarios={name}", root=PROJECT_ROOT)
        except ConfigurationError as error:
            wrong.append(error)
            continue
        console.print(f"{name}: {getattr(settings.scenario.title, chosen.lang)}")
        show(console, settings.present_law, settings.scenario, chosen.lang)
    if not chosen.name:
        console.print(_word("more", chosen.lang))
    return refuse(*wrong) if wrong else 0


def _show_line(console: "Console", present: "Scenario", reform: "Scenario", lang: str) -> None:
    from rich.padding import Padding

    from experiments.provisions import provisions

    if parts := dict.fromkeys(one.instrument for one in provisions(present, reform, lang)):
        console.print(Padding("; ".join(parts), (0, 0, 0, 4), expand=False))


def _show_one(console: "Console", present: "Scenario", reform: "Scenario", lang: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from experiments.provisions import provisions

    console.print(getattr(reform.reason, lang))
    told = provisions(present, reform, lang)
    if not told:
        console.print(_word("nothing", lang))
    for one in told:
        console.print(Padding(Text(one.sentence), (0, 0, 0, 2)))
        console.print(Padding(Text("\n".join(one.keys), style="dim"), (0, 0, 0, 6)))


def _word(key: str, lang: str, **values: object) -> str:
    return WORDS[key][LANGUAGES.index(lang)].format(**values)
