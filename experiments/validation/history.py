"""The history of one run, year by year from 2023: all that figures are measured on.

The only place of validation that reads the model's state: figures know arrays alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.model import TerritorialModel
from areavasta.needs import in_mountains
from areavasta.observation import Observation, commune_columns, commune_values
from areavasta.records import record_year, stack
from areavasta.rules.equalisation import formula_part, share_in_year
from areavasta.rules.sums import sum_by
from areavasta.settings import Settings
from areavasta.staff import staff_by_row
from areavasta.territory import Territory

Numbers = NDArray[np.float64]

FIRST, LAST = 2023, 2034
"""Years that figures are measured on: councils decide on unions in eleven, as many as 2015 to 2025."""

SOCIAL_EQUITY = "social_need"
"""Rule of the equalisation flows that are service-equity money before it is a flow of its own."""

RECORDED = ("population", "need", "cost", "spending", "service", "own_revenue", "union")
"""Quantities of communes taken as the model records them."""


@dataclass(frozen=True)
class History:
    """Quantities of one run by year and commune, (year, place) unless said otherwise.

    Money in EUR a head: `need`, `cost` and `spending` of communal functions, `transition` cost of
    reorganisation, `capacity`, `needs_part` of the equalisation fund, `fund` as paid without `equity`.
    `service` is the felt level, share of standard; `union` a number, -1 outside; `mountain` is (place,).
    """

    years: NDArray[np.int64]
    population: Numbers
    need: Numbers
    cost: Numbers
    spending: Numbers
    transition: Numbers
    service: Numbers
    own_revenue: Numbers
    union: NDArray[np.int64]
    capacity: Numbers
    needs_part: Numbers
    fund: Numbers
    equity: Numbers
    territory: Territory
    mountain: NDArray[np.bool_]

    def at(self, year: int) -> int:
        """Return the position of a year."""
        return int(year - self.years[0])


class Recorder(Observation):
    """Stand in for the model's observation: record all years, the burn-in too."""

    def __init__(self, model: TerritorialModel) -> None:
        super().__init__(model)
        self.rows: list[dict[str, Numbers]] = []

    def record(self) -> None:
        """Record the year that has just closed, while its flows are still in the books."""
        of_records = commune_values(stack([record_year(self.model)]))
        values = {name: column[0] for name, column in of_records.items()}
        values |= commune_columns(self.model, staff_by_row(self.model))
        row = {name: np.array(values[name], dtype=float) for name in RECORDED}
        row |= {**_fund(self.model), "transition": _transition(self.model)}
        row["capacity"] = self.model.state.capacity.copy()
        self.rows.append(row)


def _transition(model: TerritorialModel) -> Numbers:
    """Return what communes and their unions pay for reorganisation, EUR a head, (place,)."""
    holdings, places = model.state.holdings, model.accounts.communes
    cells = sum_by(holdings.money_cell, model.delivery.transition, places * 3).reshape(places, 3)
    return np.asarray(cells[:, 0] / np.maximum(model.state.population, 1.0))


def _fund(model: TerritorialModel) -> dict[str, Numbers]:
    """Return what the equalisation fund pays each commune, EUR a head, and its part by need."""
    residents = np.maximum(model.state.population, 1.0)
    fund, equity = np.zeros(residents.size), np.zeros(residents.size)
    for flow in model.ledger.flows:
        if flow.kind not in (Kind.equalisation, Kind.compensation):
            continue
        part = equity if flow.rule == SOCIAL_EQUITY else fund
        sign = -1.0 if flow.rule == "contribution" else 1.0
        part += sign * sum_by(flow.column("place"), flow.cents.astype(float), residents.size)
    rules, finance = model.law.equalisation, model.parameters.finance
    weight = share_in_year(rules.needs_share, rules.needs_share_step, model.year) * share_in_year(
        rules.capacity_share, rules.capacity_share_step, model.year
    )
    formula = formula_part(model.fund_need, model.state.capacity, rules.need_factor, finance.capacity_mean)
    return {
        "fund": fund / CENTS_PER_EURO / residents,
        "equity": equity / CENTS_PER_EURO / residents,
        "needs_part": weight * formula,
    }


def present_law_only(settings: Settings) -> Settings:
    """Return the settings with present law as the scenario."""
    return replace(settings, scenario=settings.present_law)


def record_history(
    settings: Settings,
    seed: int,
    draw: int,
    replicate: int,
    territory: Territory,
    last: int = LAST,
    prepare: Callable[[TerritorialModel], None] | None = None,
) -> History:
    """Return the history of a run from 2023 to the year `last`; `prepare` may change the model before it.

    Raises what the model raises.
    """
    model = TerritorialModel(settings, seed, draw, replicate, territory)
    recorder = Recorder(model)
    model.observation = recorder
    if prepare is not None:
        prepare(model)
    while model.year < last:
        model.step()
    columns = {name: np.stack([row[name] for row in recorder.rows]) for name in recorder.rows[0]}
    return History(
        years=np.arange(FIRST, last + 1),
        territory=territory,
        mountain=in_mountains(territory),
        union=columns.pop("union").astype(np.int64),
        **columns,
    )
