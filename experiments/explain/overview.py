"""The services of a commune in one table: who holds each function, at what cost, at what level."""

from rich import box
from rich.table import Table

from areavasta.model import TerritorialModel
from experiments import language
from experiments.explain.holders import Holders, Row
from experiments.factor_names import function_name
from experiments.language import LANGUAGES

COLUMNS: dict[str, tuple[str, str]] = {
    "function": ("Funzione", "Function"),
    "holder": ("Titolare", "Holder"),
    "cost": ("Costo €", "Cost €"),
    "slack": ("Ineff.", "Slack"),
    "level": ("Livello", "Level"),
    "felt": ("Ricevuto", "Felt"),
}
"""Heads of the columns."""

NOTE = (
    "Titolare: fra parentesi i Comuni che serve; costo standard per abitante; inefficienza: fattore del "
    "costo; livello: spesa su costo; ricevuto: con quota e prossimità; * sotto il livello essenziale (LEP).",
    "Holder: in brackets the communes it serves; standard cost per resident; slack: factor of cost; "
    "level: spending over cost; felt: with share and proximity; * below the essential level (LEP).",
)
"""What the columns say."""

NARROWEST = {"function": 16, "holder": 21}
"""Widths of the columns of words, in characters, below which words would be cut."""


def services_table(model: TerritorialModel, place: int, lang: str) -> Table:
    """Return the table of a commune's services in the year that closed last."""
    column = LANGUAGES.index(lang)
    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        caption=NOTE[column],
        caption_justify="left",
    )
    for key, names in COLUMNS.items():
        table.add_column(
            names[column], justify="left" if key in NARROWEST else "right", min_width=NARROWEST.get(key),
            overflow="fold",
        )  # fmt: skip
    seen = -1
    for row in Holders.of(model).rows_of(place, lang):
        table.add_row(*_cells(model, place, row, lang, is_first=row.function != seen))
        seen = row.function
    return table


def _cells(model: TerritorialModel, place: int, row: Row, lang: str, is_first: bool) -> list[str]:
    number = language.number
    felt = float(model.state.felt[place, row.function])
    below = felt < model.law.services.essential_level
    several = f" ({number(row.members, lang)})" if row.members > 1 else ""
    part = "" if row.share == 1.0 else f", {language.percent(row.share, lang)}"
    return [
        function_name(model.catalogue.keys[row.function], lang) if is_first else "",
        f"{row.holder}{several}{part}",
        number(row.cost / max(row.residents, 1.0), lang, 1),
        number(row.slack, lang, 3),
        number(row.level, lang, 3),
        f"{number(felt, lang, 3)}{'*' if below else ''}" if is_first else "",
    ]
