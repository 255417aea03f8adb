"""The region: it makes the law, assigns functions and resources, funds communes and unions."""

from typing import TYPE_CHECKING

import mesa
import numpy as np

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.agents.allocating import allocate
from areavasta.agents.cooperation import newcomer_weight
from areavasta.agents.knowing import pay_for_region_s_work, region_cost_per_head
from areavasta.assignment import assign
from areavasta.rules.apportionment import apportion, whole_cents
from areavasta.rules.incentives import union_weights
from areavasta.rules.regional_budget import RegionalBudget, regional_budget
from areavasta.settings import Financing
from areavasta.start import highest_effort

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


class Region(mesa.Agent):
    """The region; it holds the allocation of functions and money."""

    model: "TerritorialModel"

    def __init__(self, model: "TerritorialModel") -> None:
        super().__init__(model)
        self._set_budget()

    @property
    def name(self) -> str:
        """Name of the region."""
        return self.model.territory.region_name

    @property
    def cash(self) -> float:
        """Balance of the account, EUR."""
        return float(self.model.ledger.balance[self.model.accounts.region] / CENTS_PER_EURO)

    def legislate(self) -> None:
        """Put in force the law of this year."""
        model, law = self.model, self.model.law_in(self.model.year)
        if law is model.law:
            return
        model.law = law
        model.state.effort_ceiling = highest_effort(law, model.territory, model.parameters)
        self._set_budget()

    def assign_functions(self) -> None:
        """Give each function to the levels the law names; whatever moves is reorganised."""
        assign(self.model)

    def receive_transfers(self) -> None:
        """Receive the State's given money, and new money where the scenario asks for it."""
        model, accounts = self.model, self.model.accounts
        if model.first_year:
            rows = model.rows.region
            model.state.region_functions = float(model.delivery.plan[rows].sum())
        amounts = {
            "regional_envelope": self.budget.granted,
            "new_money": self.budget.new_money,
            "regional_functions": model.state.region_functions,
        }
        for rule, amount in amounts.items():
            if amount > 0:
                cents = whole_cents(np.array([amount]))
                model.ledger.post(Kind.state_transfer, rule, accounts.state, accounts.region, cents)

    def support_local_work(self) -> None:
        """Pay for monitoring of services, whose results become known, and for facilitation of joint work."""
        pay_for_region_s_work(self.model)

    def fund_communes(self) -> None:
        """Share the regional envelope among communes by the law's rules, up to what each can use."""
        model = self.model
        pot = whole_cents(np.array([self.budget.envelope - model.conference.cost]))
        most = model.parameters.service.most_use * model.communes.planned_cost()
        model.state.region_history = allocate(
            model, Kind.regional_allocation, np.array([model.accounts.region]), pot,
            np.zeros(model.accounts.communes, dtype=np.intp), model.conference.allocation_weights,
            model.state.region_history, caps=None if model.first_year else most - model.other_money,
        )  # fmt: skip

    def pay_incentives(self) -> None:
        """Pay incentives to unions by residents, functions and small communes; to agreements by functions."""
        model, state = self.model, self.model.state
        unions, to_agreements = model.accounts.unions, model.law.cooperation.agreement_incentives
        if unions == 0 and not to_agreements:
            return
        weights = union_weights(
            state.union, state.population, model.structure.functions_in_union, unions,
            model.law.incentives.by_functions, model.law.incentives.small_commune_bonus,
            newcomer_weight(model), model.structure.functions_in_agreement if to_agreements else None,
        )  # fmt: skip
        cents = apportion(
            whole_cents(np.array([self.budget.incentives])), np.zeros(weights.size, dtype=np.intp), weights
        )
        payees = model.accounts.union + np.arange(unions)
        model.ledger.post(Kind.incentive, "union_incentive", model.accounts.region, payees, cents[:unions])
        if to_agreements:
            communes, paid = model.place_index, cents[unions:]
            model.ledger.post(Kind.incentive, "agreement_incentive", model.accounts.region, communes, paid)

    def _set_budget(self) -> None:
        """Set what the law in force gives the region to spend, and how far that goes.

        `supported` is the part of the monitoring and facilitation of the law that the budget pays;
        `facilitation` the share of coordination cost, and of the friction of entering a union, that it takes
        away.
        """
        model, law = self.model, self.model.law
        per_head = region_cost_per_head(law, model.parameters)
        self.budget: RegionalBudget = regional_budget(
            model.present_law.allocation.region.per_head, model.present_law.incentives.amount_per_head,
            law.allocation.region.per_head, law.incentives.amount_per_head,
            model.first_residents, model.financing is Financing.new_money,
            region_cost_per_head(model.present_law, model.parameters), per_head,
        )  # fmt: skip
        asked = per_head * model.first_residents
        self.supported: float = self.budget.support / asked if asked > 0 else 0.0
        self.facilitation: float = law.facilitation.level * self.supported
