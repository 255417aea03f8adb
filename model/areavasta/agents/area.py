"""Provinces and the metropolitan city: area services, and an envelope for their communes."""

from typing import TYPE_CHECKING

import numpy as np

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.agents.allocating import allocate
from areavasta.agents.knowing import area_cost_per_head, gather, pay_for_areas_work
from areavasta.agents.window import Window
from areavasta.rules.apportionment import whole_cents
from areavasta.rules.sums import sum_by

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


class Area(Window):
    """A window on one area."""

    @property
    def key(self) -> str:
        """Key of the area."""
        return self.model.territory.area_keys[self.index]

    @property
    def name(self) -> str:
        """Name of the area."""
        return self.model.territory.area_names[self.index]

    @property
    def population(self) -> float:
        """Residents."""
        return float(self.model.state.population[self.model.territory.area == self.index].sum())

    @property
    def cash(self) -> float:
        """Balance of the account, EUR."""
        return float(self.model.ledger.balance[self.model.accounts.area + self.index] / CENTS_PER_EURO)


class Province(Area):
    """A province."""


class MetropolitanCity(Area):
    """The metropolitan city: a province with functions of its own."""


class Areas:
    """All provinces and the metropolitan city, acting at once."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model

    def collect_revenue(self) -> None:
        """Collect areas' own taxes: what all they do under present law costs in the first year, and so on."""
        model = self.model
        if model.first_year:
            rows = model.rows.area
            planned = sum_by(model.state.holdings.body[rows], model.delivery.plan[rows], model.accounts.count)
            envelope = model.present_law.allocation.area.per_head * model.area_residents
            knowing = area_cost_per_head(model.present_law, model.parameters) * model.area_residents
            model.state.area_revenue = planned[model.area_accounts] + envelope + knowing
        revenue = model.state.area_revenue * model.law.taxation.area_revenue_ratio
        model.ledger.post(
            Kind.own_revenue,
            "area_taxes",
            model.accounts.residents,
            model.area_accounts,
            whole_cents(revenue),
        )

    def gather_knowledge(self) -> None:
        """Learn from last year's work, and observe needs and wellbeing anew."""
        gather(self.model)

    def pay_for_knowledge(self) -> None:
        """Pay for participation, analysis, information systems, BES and technical assistance."""
        pay_for_areas_work(self.model)

    def fund_communes(self) -> None:
        """Share each area's envelope among its communes by the area's own rules."""
        model = self.model
        wanted = whole_cents(model.law.allocation.area.per_head * model.area_residents)
        pots = np.minimum(wanted, np.maximum(model.ledger.balance[model.area_accounts], 0))
        model.state.area_history = allocate(
            model, Kind.area_allocation, model.area_accounts, pots, model.territory.area.astype(np.intp),
            model.law.allocation.area.rules, model.state.area_history, caps=None,
        )  # fmt: skip
