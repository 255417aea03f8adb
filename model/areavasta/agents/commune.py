"""Communes: they plan services, set taxes, pay their unions and deliver near the citizen."""

from typing import TYPE_CHECKING

import numpy as np

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.agents.agreeing import decide_agreements
from areavasta.agents.coordinating import ratios_of_budget
from areavasta.agents.delivering import post_transition
from areavasta.agents.joining import move_communes
from areavasta.agents.knowing import friction_relief
from areavasta.agents.window import Window
from areavasta.rules.apportionment import Cents, Numbers, whole_cents
from areavasta.rules.sums import sum_by
from areavasta.services import coordination_factor, service_level, standard_cost
from areavasta.start import lowest_effort

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


class Commune(Window):
    """A window on one commune."""

    @property
    def istat_code(self) -> str:
        """Six-digit ISTAT code."""
        return self.model.territory.codes[self.index]

    @property
    def name(self) -> str:
        """Name of the commune."""
        return self.model.territory.names[self.index]

    @property
    def population(self) -> float:
        """Residents."""
        return float(self.model.state.population[self.index])

    @property
    def effort(self) -> float:
        """Tax effort over standard effort."""
        return float(self.model.state.effort[self.index])

    @property
    def service(self) -> float:
        """Felt service, share of standard, weighted by need."""
        return float(self.model.mean_service[self.index])

    @property
    def ampi(self) -> float:
        """Composite wellbeing, 100 at the reference."""
        return float(self.model.state.ampi[self.index])

    @property
    def cash(self) -> float:
        """Balance of the account, EUR."""
        return float(self.model.ledger.balance[self.index] / CENTS_PER_EURO)

    @property
    def agreements(self) -> dict[str, str]:
        """Code of the commune that leads the agreement, by key of the functions it manages by agreement."""
        lead, keys = self.model.state.cooperation.lead[self.index], self.model.catalogue.keys
        return {keys[f]: self.model.territory.codes[lead[f]] for f in np.flatnonzero(lead >= 0)}

    @property
    def union(self) -> str | None:
        """Key of its union, None outside."""
        union = int(self.model.state.union[self.index])
        return None if union < 0 else self.model.union_slots.keys[union]


class Communes:
    """All communes, deciding at once: each act is one decision of every council."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model

    def decide_cooperation(self) -> None:
        """Enter the union of the ambit, leave it, or found one."""
        move_communes(self.model)

    def decide_agreements(self) -> None:
        """Make or leave an agreement for one function with neighbours; end those that cannot stand."""
        decide_agreements(self.model)

    def plan_services(self) -> None:
        """Work out what the standard service costs this year, and what the level people are used to would."""
        model, state = self.model, self.model.state
        coordination = coordination_factor(
            state.holdings, model.cost_rows, state.trust, model.region.facilitation,
            friction_relief(model),
        )  # fmt: skip
        cost = standard_cost(
            state.holdings, model.cost_rows, state.population,
            state.base * state.price, state.slack, coordination,
        )  # fmt: skip
        model.delivery.begin(state, model.parameters.cost, model.year, cost, coordination)
        model.planned = self._by_place(model.delivery.plan)
        model.reorganising = self._by_place(model.delivery.transition)

    def collect_tariff(self) -> None:
        """Have residents pay the tariff of waste to whoever holds it: it covers the planned cost."""
        holdings, delivery = self.model.state.holdings, self.model.delivery
        rows = self.model.rows.tariff
        self.model.ledger.post(
            Kind.waste_tariff, "full_cost", self.model.accounts.residents, holdings.body[rows],
            whole_cents(delivery.plan[rows] + delivery.transition[rows]),
            function=holdings.function[rows], place=holdings.place[rows],
        )  # fmt: skip

    def planned_cost(self) -> Numbers:
        """Return what communes must pay to keep their services, EUR, (place,): quotas to unions included."""
        return self.model.planned + self.model.reorganising

    def set_taxes(self) -> None:
        """Move tax effort toward what planned services need, within the law's bounds, and collect."""
        model, state = self.model, self.model.state
        standard = state.capacity * state.population
        money = model.ledger.balance[: model.accounts.communes] / CENTS_PER_EURO
        gap = self.planned_cost() - money - state.effort * standard
        answer = model.parameters.finance.effort_speed * gap / np.maximum(standard, 1.0)
        lowest = lowest_effort(model.law, state.effort_ceiling)
        state.effort = np.clip(state.effort + answer, lowest, state.effort_ceiling)
        model.ledger.post(
            Kind.own_revenue, "tax_effort", model.accounts.residents, model.place_index,
            whole_cents(state.effort * standard), place=model.place_index,
        )  # fmt: skip
        self._remember_money(standard)

    def _remember_money(self, standard: Numbers) -> None:
        """Keep what came from others this year, and what there is besides the regional allocation."""
        model = self.model
        communes = slice(model.accounts.communes)
        own = whole_cents(model.state.effort * standard)
        balance = model.ledger.balance[communes]
        model.transfers = (balance - model.ledger.opening[communes] - own) / CENTS_PER_EURO
        model.other_money = (balance - model.received[Kind.regional_allocation]) / CENTS_PER_EURO

    def share_out_budget(self) -> None:
        """Give each function its part of the money there is, and pay unions for what they hold."""
        model, delivery = self.model, self.model.delivery
        rows = model.rows.paid_by_commune
        available = model.ledger.balance[: model.accounts.communes] / CENTS_PER_EURO
        kept = np.minimum(1.0, available / np.maximum(model.reorganising, 1e-9))
        left = np.maximum(available - model.reorganising, 0.0)
        if model.state.reorganisations:
            delivery.transition[rows] *= kept[model.rows.place_of_paid]
        delivery.budget[rows] = whole_cents(delivery.plan.take(rows) * ratios_of_budget(model, left))
        self._pay_unions()

    def _pay_unions(self) -> None:
        model, delivery, holdings = self.model, self.model.delivery, self.model.state.holdings
        rows = model.rows.union
        quota: Cents = delivery.budget.take(rows)
        if model.state.reorganisations:
            quota = quota + whole_cents(delivery.transition.take(rows))
        place = holdings.place.take(rows)
        model.ledger.post(
            Kind.quota, "cost_of_members", place, holdings.body.take(rows), quota,
            function=holdings.function.take(rows), place=place,
        )  # fmt: skip

    def deliver(self) -> None:
        """Pay suppliers for what communes deliver themselves, alone, in a district or by agreement."""
        model, delivery, holdings = self.model, self.model.delivery, self.model.state.holdings
        rows = model.rows.own
        place, function, budget = (
            holdings.place.take(rows),
            holdings.function.take(rows),
            delivery.budget.take(rows),
        )
        delivery.level[rows] = service_level(budget, delivery.cost.take(rows))
        model.ledger.post(
            Kind.delivery, "own", place, model.accounts.suppliers, budget,
            function=function, place=place,
        )  # fmt: skip
        post_transition(model, rows)

    def _by_place(self, values: Numbers) -> Numbers:
        rows = self.model.rows.paid_by_commune
        return sum_by(self.model.rows.place_of_paid, values.take(rows), self.model.accounts.communes)
