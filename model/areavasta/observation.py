"""Observation: what a run records each year, in columns; it draws nothing and changes nothing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import ACCOUNT_LEVELS
from areavasta.indicators import indicator_values
from areavasta.measures import Measures, measure
from areavasta.rules.sums import sum_by
from areavasta.settings import BASE_YEAR

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Column = NDArray[np.generic]

COMMUNE_COLUMNS = (
    "population", "need", "cost", "spending", "service", "below_essential", "own_revenue", "transfers",
    "tax_effort", "cash", "trust", "slack", "ampi", "economy", "services", "social", "environment",
    "functions_in_union", "functions_in_agreement", "union",
)  # fmt: skip
"""Quantities of a commune and year: money in EUR a head, service and slack as shares, AMPI and domains in
points and standard deviations, `below_essential` and the functions in a union or agreement as counts,
`union` as a number."""


@dataclass(frozen=True)
class RunTables:
    """All that one run recorded, as columns of equal length in each table."""

    indicators: dict[str, Column]
    communes: dict[str, Column]
    flows: dict[str, Column]


class Observation:
    """The records of one run, from 2026 on."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model
        self.years: list[int] = []
        self._indicators: list[dict[str, float]] = []
        self._communes: list[dict[str, NDArray[np.float64]]] = []
        self._flows: list[tuple[list[tuple[str, str]], NDArray[np.intp], NDArray[np.int64]]] = []

    def record(self) -> None:
        """Record the year that has just closed, unless it belongs to the burn-in."""
        model = self.model
        if model.year < BASE_YEAR:
            return
        measures = measure(model)
        communes = commune_values(model, measures)
        self.years.append(model.year)
        self._communes.append(communes)
        self._indicators.append(indicator_values(model, measures, communes))
        self._record_flows()

    def latest(self, indicator: str) -> float:
        """Return the last value of an indicator, not a number before 2026: for Mesa's own collectors."""
        return self._indicators[-1][indicator] if self._indicators else float("nan")

    def _record_flows(self) -> None:
        """Sum the year's flows by booking (one kind and rule), level of payer and payee, and function."""
        ledger = self.model.ledger
        levels, functions = ledger.levels, ledger.functions + 1
        payer, payee, function, cents = ledger.columns()
        booking = np.repeat(np.arange(len(ledger.flows)), [flow.cents.size for flow in ledger.flows])
        pair = (booking * len(ACCOUNT_LEVELS) + levels[payer]) * len(ACCOUNT_LEVELS) + levels[payee]
        sums = sum_by(pair * functions + function + 1, cents)
        codes = np.flatnonzero(sums)
        names = [(flow.kind.value, flow.rule) for flow in ledger.flows]
        self._flows.append((names, codes, sums[codes].astype(np.int64)))

    def tables(self) -> RunTables:
        """Return everything recorded as tables."""
        return RunTables(self._indicator_table(), self._commune_table(), self._flow_table())

    def _indicator_table(self) -> dict[str, Column]:
        names = list(self._indicators[0]) if self._indicators else []
        return {
            "year": np.repeat(np.array(self.years, dtype=np.int16), len(names)),
            "indicator": np.tile(np.array(names, dtype=object), len(self.years)),
            "value": np.array([row[name] for row in self._indicators for name in names]),
        }

    def _commune_table(self) -> dict[str, Column]:
        places = len(self.model.territory.codes)
        table: dict[str, Column] = {
            "year": np.repeat(np.array(self.years, dtype=np.int16), places),
            "istat_code": np.tile(np.array(self.model.territory.codes, dtype=object), len(self.years)),
        }
        for name in COMMUNE_COLUMNS:
            table[name] = np.concatenate([row[name] for row in self._communes])
        return table

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


def commune_values(model: "TerritorialModel", measures: Measures) -> dict[str, NDArray[np.float64]]:
    """Return this year's quantities of communes, (place,) each, named as in COMMUNE_COLUMNS."""
    state = model.state
    residents = np.maximum(state.population, 1.0)
    own = state.effort * state.capacity
    slack = measures.slack
    domains = dict(zip(("economy", "services", "social", "environment"), state.wellbeing.T, strict=True))
    return {
        "population": state.population,
        "need": state.need[:, measures.communal].sum(axis=1),
        "cost": measures.cost[:, 0] / residents,
        "spending": measures.spent[:, 0] / residents,
        "service": model.mean_service,
        "below_essential": measures.below_essential,
        "own_revenue": own,
        "transfers": model.transfers / residents,
        "tax_effort": state.effort,
        "cash": model.ledger.balance[: model.accounts.communes] / 100.0 / residents,
        "trust": state.trust,
        "slack": slack / np.maximum(measures.cost.sum(axis=1) - slack, 1e-9),
        "ampi": state.ampi,
        **domains,
        "functions_in_union": model.structure.functions_in_union.astype(float),
        "functions_in_agreement": model.structure.functions_in_agreement.astype(float),
        "union": state.union.astype(float),
    }
