"""Observation: what a run records each year, in columns; it draws nothing and changes nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import ACCOUNT_LEVELS, CENTS_PER_EURO
from areavasta.indicators import indicator_values, year_values
from areavasta.records import Records, by_place_and_level, record_year, stack
from areavasta.rules.sums import sum_by
from areavasta.settings import BASE_YEAR
from areavasta.staff import staff_by_row

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Column = NDArray[np.generic]

COMMUNE_COLUMNS = (
    "population", "need", "cost", "spending", "service", "below_essential", "own_revenue", "transfers",
    "tax_effort", "cash", "trust", "slack", "ampi", "economy", "services", "social", "environment",
    "functions_in_union", "functions_in_agreement", "staff", "union",
)  # fmt: skip
"""Quantities of a commune and year: money in EUR a head, service and slack as shares, AMPI and domains in
points and standard deviations, `below_essential` and the functions in a union or agreement as counts,
`staff` of what communes hold, in any form, as full-time equivalents, `union` as a number."""


TABLES = ("indicators", "communes", "flows")
"""Tables that a run can record; indicators it always does."""


@dataclass(frozen=True)
class RunTables:
    """All that one run recorded, as columns of equal length in each table; none in one not recorded."""

    indicators: dict[str, Column]
    communes: dict[str, Column]
    flows: dict[str, Column]


class Observation:
    """The records of one run, from a year on; `tables` names those that are asked for."""

    def __init__(
        self, model: "TerritorialModel", tables: Collection[str] = TABLES, first_year: int = BASE_YEAR
    ) -> None:
        self.model = model
        self.first_year = first_year
        self.asked = frozenset(tables)
        self.years: list[int] = []
        self._records: list[Records] = []
        self._values: list[dict[str, float]] = []
        self._latest: dict[str, NDArray[np.float64]] = {}
        self._communes: list[dict[str, Column]] = []
        self._flows: list[tuple[list[tuple[str, str]], NDArray[np.intp], NDArray[np.int64]]] = []

    def record(self) -> None:
        """Record the year that has just closed, unless it comes before those that are asked for."""
        model = self.model
        if model.year < self.first_year:
            return
        self.years.append(model.year)
        record, staff = record_year(model), staff_by_row(model)
        self._records.append(record)
        self._values.append(year_values(model, record, staff))
        self._latest = {}
        if "communes" in self.asked:
            self._communes.append(commune_columns(model, staff))
        if "flows" in self.asked:
            self._record_flows()

    def latest(self, indicator: str) -> float:
        """Return the last value of an indicator, not a number before the first: for Mesa's own collectors."""
        if not self.years:
            return float("nan")
        if not self._latest:
            self._latest = self._indicators(1)
        return float(self._latest[indicator][0])

    def _indicators(self, years: int) -> dict[str, NDArray[np.float64]]:
        """Return all indicators of the last years, (year,) each."""
        return indicator_values(stack(self._records[-years:]), self._values[-years:], self.model)

    def _record_flows(self) -> None:
        """Sum the year's flows by booking (one kind and rule), level of payer and payee, and function."""
        ledger = self.model.ledger
        levels, functions = ledger.levels, ledger.functions + 1
        payer, payee, function, cents = ledger.columns()
        booking = np.repeat(np.arange(len(ledger.flows)), [flow.cents.size for flow in ledger.flows])
        pair = (booking * len(ACCOUNT_LEVELS) + levels[payer]) * len(ACCOUNT_LEVELS) + levels[payee]
        sums = sum_by(pair * functions + function + 1, cents)
        codes = np.flatnonzero(sums != 0)
        names = [(flow.kind.value, flow.rule) for flow in ledger.flows]
        self._flows.append((names, codes, sums[codes].astype(np.int64)))

    def tables(self) -> RunTables:
        """Return everything recorded as tables."""
        return RunTables(
            self._indicator_table(),
            self._commune_table() if "communes" in self.asked else {},
            self._flow_table() if "flows" in self.asked else {},
        )

    def _indicator_table(self) -> dict[str, Column]:
        indicators = self._indicators(len(self.years)) if self.years else {}
        return {
            "year": np.repeat(np.array(self.years, dtype=np.int16), len(indicators)),
            "indicator": np.tile(np.array(list(indicators), dtype=object), len(self.years)),
            "value": np.array(list(indicators.values())).T.ravel(),
        }

    def _commune_table(self) -> dict[str, Column]:
        territory, columns = self.model.territory, commune_values(stack(self._records))
        columns |= {name: np.stack([row[name] for row in self._communes]) for name in self._communes[0]}
        return {
            "year": np.repeat(np.array(self.years, dtype=np.int16), len(territory.codes)),
            "istat_code": np.tile(np.array(territory.codes, dtype=object), len(self.years)),
            **{name: columns[name].ravel() for name in COMMUNE_COLUMNS},
        }

    def _flow_table(self) -> dict[str, Column]:
        levels = np.array(ACCOUNT_LEVELS, dtype=object)
        keys = np.array(["", *self.model.catalogue.keys], dtype=object)
        tables: list[dict[str, Column]] = []
        for year, (names, codes, cents) in zip(self.years, self._flows, strict=True):
            pair, function = codes // keys.size, codes % keys.size
            booking = np.array(names, dtype=object)[pair // levels.size**2]
            table: dict[str, Column] = {
                "year": np.full(codes.size, year, dtype=np.int16),
                "kind": booking[:, 0],
                "rule": booking[:, 1],
                "payer_level": levels[pair // levels.size % levels.size],
                "payee_level": levels[pair % levels.size],
                "function": keys[function],
                "cents": cents,
            }
            tables.append(table)
        return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}


def commune_values(years: Records) -> dict[str, Column]:
    """Return quantities of communes that follow from their records, (year, place) each."""
    residents, slack = np.maximum(years.population, 1.0), years.slack
    return {
        "population": years.population,
        "cost": years.cost[:, :, 0] / residents,
        "spending": years.spent[:, :, 0] / residents,
        "service": years.service,
        "below_essential": years.below_essential,
        "own_revenue": years.own_revenue,
        "transfers": years.transfers,
        "tax_effort": years.effort,
        "trust": years.trust,
        "slack": slack / np.maximum(years.cost.sum(axis=2) - slack, 1e-9),
        "ampi": years.ampi,
    }


def commune_columns(model: "TerritorialModel", staff: NDArray[np.float64]) -> dict[str, Column]:
    """Return this year's quantities of communes that their records do not hold, (place,) each.

    `staff` is that of holdings, full-time equivalents, (row,).
    """
    state = model.state
    cash = model.ledger.balance[: model.accounts.communes] / CENTS_PER_EURO
    return {
        "need": state.need[:, model.communal].sum(axis=1),
        "cash": cash / np.maximum(state.population, 1.0),
        **dict(zip(("economy", "services", "social", "environment"), state.wellbeing.T, strict=True)),
        "functions_in_union": model.structure.functions_in_union.astype(float),
        "functions_in_agreement": model.structure.functions_in_agreement.astype(float),
        "staff": by_place_and_level(state.holdings.money_cell, staff, state.population.size)[:, 0],
        "union": state.union.astype(float),
    }
