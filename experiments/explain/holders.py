"""Who holds the functions of a commune, and what each part of the cost of holding them is."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from areavasta.holdings import AREA, COMMUNE, REGION, UNION
from areavasta.model import TerritorialModel
from areavasta.rules.sums import sum_by
from areavasta.services import unit_cost
from experiments.explain.books import body_name
from experiments.explain.words import say

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One holding of a commune this year: who, and the numbers that make cost and felt service.

    `key` names the form and the holder; `level_of_government` is a position on the level axis.
    """

    key: str
    holder: str
    function: int
    level_of_government: int
    members: int
    served: float
    residents: float
    base: float
    share: float
    duplication: float
    scale: float
    slack: float
    coordination: float
    cost: float
    level: float
    proximity: float

    @property
    def spent(self) -> float:
        """Spending for the commune, EUR."""
        return self.cost * self.level


@dataclass(frozen=True)
class Holders:
    """All holdings of a model whose year has closed; columns are (row,) and (pool,)."""

    model: TerritorialModel
    served: Numbers
    scale: Numbers

    @classmethod
    def of(cls, model: TerritorialModel) -> "Holders":
        """Read the holdings of the year that closed last."""
        holdings, rows = model.state.holdings, model.cost_rows
        served = sum_by(holdings.pool, model.state.population.take(holdings.place))
        return cls(model, served, unit_cost(served, rows.elasticity, rows.floor))

    def rows_of(self, place: int, lang: str) -> list[Row]:
        """Return the holdings of a commune, in the order of functions and levels."""
        return [self._row(int(row), lang) for row in np.flatnonzero(self.model.state.holdings.place == place)]

    def _row(self, row: int, lang: str) -> Row:
        model = self.model
        holdings, state, delivery = model.state.holdings, model.state, model.delivery
        pool, share = holdings.pool[row], float(holdings.share[row])
        place, function = int(holdings.place[row]), int(holdings.function[row])
        form = self._form(row)
        return Row(
            key=f"{form}/{holdings.provider[row]}",
            holder=say(form, lang, name=self._name(row, lang)),
            function=function,
            level_of_government=int(holdings.level[row]),
            members=int(holdings.pool_members[pool]),
            served=float(self.served[pool]),
            residents=float(state.population[place]),
            base=float(state.base[place, function] * state.price),
            share=share,
            duplication=float(model.cost_rows.fixed[row] / share),
            scale=float(self.scale[pool]),
            slack=1.0 + float(delivery.slack[pool]),
            coordination=float(delivery.coordination[row]),
            cost=float(delivery.cost[row]),
            level=float(delivery.level[row]),
            proximity=float(model.felt_part[row] / share),
        )

    def _form(self, row: int) -> str:
        """Return the form of management of a row, as the catalogue names it."""
        holdings, providers = self.model.state.holdings, self.model.providers
        if holdings.agreed[row]:
            return "agreement"
        level, provider = int(holdings.level[row]), int(holdings.provider[row])
        if level == COMMUNE:
            if provider >= providers.district:
                return "district"
            return "agency" if provider == providers.agency else "own"
        return {UNION: "union", AREA: "area", REGION: "region"}[level]

    def _name(self, row: int, lang: str) -> str:
        """Return the name of the holder."""
        provider, providers = int(self.model.state.holdings.provider[row]), self.model.providers
        if provider >= providers.district:
            return self.model.territory.district_names[provider - providers.district]
        return body_name(self.model, provider, lang)


def product_of_cost(row: Row) -> float:
    """Return the product of the parts of a row's cost, EUR: what the cost must be."""
    parts = (row.residents, row.base, row.share, row.duplication, row.scale, row.slack, row.coordination)
    return math.prod(parts)
