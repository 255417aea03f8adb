"""The State: it runs the equalisation fund of communes by national law."""

from typing import TYPE_CHECKING

import numpy as np

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.holdings import communal_share
from areavasta.rules.apportionment import Numbers, apportion, whole_cents
from areavasta.rules.equalisation import (
    SERVICE_EQUITY_YEARS,
    formula_part,
    need_of_functions_held,
    relative_need,
    service_equity_in_year,
    share_in_year,
)
from areavasta.settings import NeedBasis
from areavasta.start import lowest_effort

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

LEAST_WEIGHT = 1e-9
"""Weight of the historical part below which it is not paid and need not be set."""


class NationalState:
    """The State outside the territory: it pays the fund, and net contributors pay it."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model
        self.social = np.array([float(item.need_pattern == "social") for item in model.catalogue.functions])
        self.reference_need = float(model.fund_need.mean())
        self.reference_capacity = model.parameters.finance.capacity_mean

    def _counted_need(self) -> Numbers:
        """Return the need that the fund counts, EUR a head, (place,): of functions held, or of all."""
        model, state = self.model, self.model.state
        everything = model.fund_need
        if not state.moves.any() or model.law.equalisation.need_basis is NeedBasis.all_functions:
            return everything
        need = state.need[:, model.in_fund]
        origin = communal_share(state.origin)[:, model.in_fund]
        held = communal_share(state.shares)[:, model.in_fund]
        still_held = (need * held / np.where(origin > 0, origin, 1.0)).sum(axis=1)
        return need_of_functions_held(everything, still_held, state.population)

    def equalise(self) -> None:
        """Pay each commune its part of the fund, or take its contribution; in the first year set history."""
        model, year = self.model, self.model.year
        rules = model.law.equalisation
        weight = share_in_year(rules.needs_share, rules.needs_share_step, year) * share_in_year(
            rules.capacity_share, rules.capacity_share_step, year
        )
        self._pay_compensation()
        self._pay_service_equity()
        need = relative_need(self._counted_need(), float(model.fund_need.mean()), self.reference_need)
        formula = model.state.population * formula_part(
            need, model.state.capacity, rules.need_factor, self.reference_capacity
        )
        if model.first_year and weight < 1.0 - LEAST_WEIGHT:
            self._set_history(weight, weight * formula)
        fund = (1.0 - weight) * model.state.historical_fund + weight * formula
        self._settle(fund - rules.cut_per_head * model.state.population)

    def _settle(self, fund: Numbers) -> None:
        model, places = self.model, self.model.place_index
        model.ledger.post(
            Kind.equalisation, "fund", model.accounts.state, places, whole_cents(np.maximum(fund, 0.0)),
            place=places,
        )  # fmt: skip
        # A contribution never takes more than the commune has or can raise at its lowest effort.
        effort = lowest_effort(model.law, model.state.effort_ceiling)
        least = effort * model.state.capacity * model.state.population
        money = model.ledger.balance[: model.accounts.communes] / CENTS_PER_EURO + least
        owed = np.minimum(np.maximum(-fund, 0.0), np.maximum(money, 0.0))
        model.ledger.post(
            Kind.equalisation, "contribution", places, model.accounts.state, whole_cents(owed), place=places
        )

    def _pay_compensation(self) -> None:
        model, state = self.model, self.model.state
        # In proportion to need, with the stated mean over communes: an assumption of the model.
        relative = model.fund_need / model.fund_need.mean()
        amount = state.population * model.law.equalisation.compensation_per_head * relative
        model.ledger.post(
            Kind.compensation, "by_need", model.accounts.state, model.place_index, whole_cents(amount),
            place=model.place_index,
        )  # fmt: skip

    def _pay_service_equity(self) -> None:
        model, state = self.model, self.model.state
        rules = model.law.equalisation
        per_head = service_equity_in_year(
            rules.service_equity_per_head, rules.service_equity_step, model.year
        )
        own_flow = SERVICE_EQUITY_YEARS[0] <= model.year <= SERVICE_EQUITY_YEARS[1]
        weights = state.population * np.einsum("pf,f->p", state.need, self.social)
        pot = whole_cents(np.array([per_head * state.population.sum()]))
        cents = apportion(pot, np.zeros(weights.size, dtype=np.intp), weights)
        model.ledger.post(
            Kind.service_equity if own_flow else Kind.equalisation, "social_need",
            model.accounts.state, model.place_index, cents, place=model.place_index,
        )  # fmt: skip

    def _set_history(self, weight: float, formula: Numbers) -> None:
        """Set the historical part so that the first year balances at the level people are used to.

        That level's mean moves by one factor, so that the mean historical part is the stated one.
        """
        model, state = self.model, self.model.state
        communes = model.accounts.communes
        other = model.ledger.balance[:communes] / CENTS_PER_EURO + formula
        other += state.effort * state.capacity * state.population
        planned = model.communes.planned_cost()
        residents = np.maximum(state.population, 1.0)
        stated = (1.0 - weight) * model.law.equalisation.historical_per_head
        factor = (stated + (other / residents).mean()) / (planned / residents).mean()
        state.target[:, model.in_fund] *= factor
        model.delivery.plan[model.rows.paid_by_commune] *= factor
        model.planned = model.planned * factor
        state.historical_fund = (planned * factor - other) / (1.0 - weight)
