"""Draw money between levels of government: who pays in rows, who receives in columns, and what changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from experiments.charts import style
from experiments.charts.findings_flows import FlowChange, flows_title
from experiments.charts.frame import Caption, alternative_text, caption, draw_footer, draw_header
from experiments.charts.page import Page
from experiments.charts.words import label
from experiments.comparison_flows import LEAST_SHARE, RELEVANT_EURO
from experiments.language import amount, number

if TYPE_CHECKING:
    from experiments.comparison import Comparison

PAYERS = ("residents", "state", "region", "area", "commune", "union", "agency")
PAYEES = ("commune", "union", "agency", "area", "region", "state")
"""Order of rows and columns."""

UNITS = (("thousands", 1e3), ("millions", 1e6), ("billions", 1e9), ("trillions", 1e12))
"""Units of money and what each counts, EUR."""

MOST = 20_000.0
"""Largest figure that a cell holds: beyond it money is told in the next unit."""

LEAST_SHOWN = 0.05
"""Flows below this, in the unit shown, both with and without the reform, are left out."""

LARGE = 10.0
"""Amounts from which decimals are left out."""

ROW, GAP, KEY = 24.0, 1.6, 8.0
ROW_GAP = 4.0
AMOUNT = style.Type(6.6, "semibold")
CHANGE = style.Type(6.0)
ROW_NAME = style.Type(6.6, "semibold")
COLUMN_NAME = style.Type(6.2, "semibold")
MORE, LESS, SAME = 1, -1, 0
FILLS = {MORE: style.BAND_HALF, LESS: style.WORSE, SAME: style.UNCHANGED}


@dataclass(frozen=True)
class Cell:
    """One flow in the unit shown: who pays whom, how much, how much more, and whether that is told."""

    payer: str
    payee: str
    amount: float
    change: float
    side: int
    probability: float


@dataclass(frozen=True)
class Money:
    """How money is told: the divisor of EUR and the key of the unit's word."""

    divisor: float
    unit: str


def draw_flows(
    comparison: Comparison, scenario: str, lang: str, width_cm: float
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart and return it with its words and the data behind it."""
    flows = comparison.flows[comparison.flows["scenario"] == scenario]
    money = unit_of(flows)
    cells = shown_cells(flows, money)
    words = _caption(comparison, scenario, cells, money, lang)
    page = Page(width_cm)
    top = _draw_key(page, draw_header(page, words) + 4.0, lang)
    bottom = _draw_matrix(page, top + 6.0, cells, lang)
    draw_footer(page, bottom + 5.0, words)
    return page, words, flows.drop(columns="scenario")


def unit_of(flows: pd.DataFrame) -> Money:
    """Return how money is told: in the first unit in which the largest flow fits a cell."""
    largest = float(flows[["base", "reform"]].to_numpy().max(initial=0.0))
    unit, divisor = next((one for one in UNITS if largest < MOST * one[1]), UNITS[-1])
    return Money(divisor, unit)


def shown_cells(flows: pd.DataFrame, money: Money) -> list[Cell]:
    """Return the flows that are large enough to be told, in EUR over the divisor."""
    cells = []
    for flow in flows.to_dict("records"):
        before, after, change = (flow[name] / money.divisor for name in ("base", "reform", "median"))
        if max(before, after) < LEAST_SHOWN:
            continue
        side = MORE if flow["p_up"] >= LEAST_SHARE else LESS if flow["p_down"] >= LEAST_SHARE else SAME
        sure = max(flow["p_up"], flow["p_down"])
        cells.append(Cell(flow["payer"], flow["payee"], after, change, side, sure))
    return cells


def _draw_key(page: Page, top: float, lang: str) -> float:
    """Draw what the fills mean."""
    x, y = page.left, top + 0.85 * style.LABEL.size
    for side, word in ((MORE, "more_money"), (LESS, "less_money"), (SAME, "same_money")):
        _fill(page, x, top, 14.0, KEY, side)
        text = label(word, lang)
        page.text(x + 17.0, y, text, style.LABEL)
        x += 17.0 + style.width_of(text, style.LABEL) + 10.0
    return top + KEY


def _fill(page: Page, x: float, y: float, width: float, height: float, side: int) -> None:
    path = page.rectangle(x, y, width, height, FILLS[side])
    if side == LESS:
        page.hatch(path, style.WORSE_HATCH, spacing=4.0, width=0.35)


def _draw_matrix(page: Page, top: float, cells: list[Cell], lang: str) -> float:
    """Draw the table of flows and return its bottom edge."""
    payers = [level for level in PAYERS if any(cell.payer == level for cell in cells)]
    payees = [level for level in PAYEES if any(cell.payee == level for cell in cells)]
    names = {level: label(f"payer_{level}", lang).split("|") for level in payers}
    width = max((style.width_of(line, ROW_NAME) for lines in names.values() for line in lines), default=0.0)
    left = page.left + width + ROW_GAP
    step = (page.right - left) / max(len(payees), 1)
    top = _draw_headings(page, top, left, step, payees, lang)
    for row, payer in enumerate(payers):
        y = top + row * (ROW + GAP)
        first = y + ROW / 2.0 + 0.35 * ROW_NAME.size - (len(names[payer]) - 1) * ROW_NAME.leading / 2.0
        for position, line in enumerate(names[payer]):
            page.text(page.left, first + position * ROW_NAME.leading, line, ROW_NAME)
        for column, payee in enumerate(payees):
            found = [cell for cell in cells if (cell.payer, cell.payee) == (payer, payee)]
            if found:
                _draw_cell(page, left + column * step, y, step - GAP, found[0], lang)
    return top + len(payers) * (ROW + GAP)


def _draw_headings(page: Page, top: float, left: float, step: float, payees: list[str], lang: str) -> float:
    """Name the columns, over the word that says they receive; return the bottom edge."""
    page.text(page.left, top + 0.93 * COLUMN_NAME.size, label("who_pays", lang), style.NOTE)
    page.text(left, top + 0.93 * COLUMN_NAME.size, label("who_receives", lang), style.NOTE)
    top += style.NOTE.leading + 1.0
    for column, payee in enumerate(payees):
        text = label(f"payee_{payee}", lang)
        center = left + column * step + (step - GAP) / 2.0
        page.text(center, top + 0.93 * COLUMN_NAME.size, text, COLUMN_NAME, "center")
    return top + COLUMN_NAME.leading + 2.0


def _draw_cell(page: Page, x: float, y: float, width: float, cell: Cell, lang: str) -> None:
    """Draw one flow: its amount, and in brackets what the reform changes."""
    _fill(page, x, y, width, ROW, cell.side)
    center, casing = x + width / 2.0, cell.side == LESS
    page.text(center, y + 0.44 * ROW, figure(cell.amount, lang), AMOUNT, "center", casing)
    change = f"({figure(cell.change, lang, signed=True)})"
    page.text(center, y + 0.82 * ROW, change, CHANGE, "center", casing)


def figure(value: float, lang: str, signed: bool = False) -> str:
    """Write money in the unit shown, with a decimal where it is below ten."""
    return number(value, lang, _decimals(value), signed)


def _caption(comparison: Comparison, scenario: str, cells: list[Cell], money: Money, lang: str) -> Caption:
    """Write the words of the chart."""
    told = sorted(
        (cell for cell in cells if cell.side != SAME), key=lambda cell: abs(cell.change), reverse=True
    )
    unit = label(money.unit, lang)
    changes = [
        FlowChange(
            cell.payer, cell.payee, cell.side == MORE,
            amount(abs(cell.change), unit, lang, _decimals(cell.change)), cell.probability,
        )
        for cell in told
    ]  # fmt: skip
    title = flows_title(changes, comparison.horizon, comparison.pairs, lang)
    territory = comparison.territory_name[lang]
    subtitle = label("flows_subtitle", lang, year=comparison.horizon, unit=unit, territory=territory)
    lead = f"{label('flows_chart', lang)}, {territory}, {comparison.horizon}: {title}."
    rows = tuple(f"{_names(cell, lang)}: {figure(cell.change, lang, signed=True)}." for cell in told[1:])
    least = amount(RELEVANT_EURO, label("per_resident", lang), lang)
    notes = (label("flows_note", lang, least=least),)
    return caption(comparison, scenario, lang, title, subtitle, notes, alternative_text((lead, *rows)))


def _decimals(value: float) -> int:
    return 1 if LEAST_SHOWN <= abs(value) < LARGE else 0


def _names(cell: Cell, lang: str) -> str:
    payer, payee = label(f"payer_{cell.payer}", lang), label(f"payee_{cell.payee}", lang)
    return f"{payer.replace('|', ' ')} – {payee}"
