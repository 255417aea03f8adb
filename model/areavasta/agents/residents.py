"""Residents: they feel the services of every holder, and fare by them."""

from typing import TYPE_CHECKING

import numpy as np

from areavasta.holdings import Spending
from areavasta.integration import service_by_domain
from areavasta.services import felt_service
from areavasta.settings import BASE_YEAR
from areavasta.wellbeing import AMPI_RANGE, ampi, concave, goalposts, neighbour_mean

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

HISTORY_YEARS = 3
"""Years of spending that the historical rule of resources looks back on."""


class Residents:
    """All residents, commune by commune."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model

    def feel_services(self) -> None:
        """Work out what citizens feel of the services delivered, and what a euro gave."""
        model, state = self.model, self.model.state
        state.felt = felt_service(state.holdings, model.delivery.level, model.felt_part, state.needed)
        model.mean_service = np.einsum("pf,pf->p", state.felt, model.need_weight)
        spent = model.delivery.spent = model.delivery.cost * model.delivery.level
        holdings = state.holdings
        spending = Spending(holdings.cell, holdings.level, holdings.share, spent)
        state.spending_history = [*state.spending_history, spending][-HISTORY_YEARS:]
        per_need = model.rows.by_place(spent) / np.maximum(state.population * model.total_need, 1e-9)
        model.performance = model.mean_service / np.maximum(per_need, 1e-9)

    def fare(self) -> None:
        """Move BES domains toward what services sustain, and compose them."""
        model, state = self.model, self.model.state
        profile = model.wellbeing_profile
        constants = profile.constants
        service = service_by_domain(model)
        near = neighbour_mean(service, model.territory.neighbour_start, model.territory.neighbour_index)
        effect = concave(
            (1.0 - constants.neighbours) * service + constants.neighbours * near, constants.concavity
        )
        if model.first_year:
            model.start_service = effect
        per_point = model.goalposts.width / AMPI_RANGE
        target = state.wellbeing_structure + profile.response * per_point * (effect - model.start_service)
        noise = model.streams.of("wellbeing", model.year).normal(state.wellbeing.size).reshape(effect.shape)
        state.wellbeing = (
            state.wellbeing + constants.speed * (target - state.wellbeing) + constants.shock * noise
        )
        if model.year < BASE_YEAR:
            model.burn_in.append(state.wellbeing)
            model.goalposts = goalposts(np.stack(model.burn_in))
        state.ampi = ampi(state.wellbeing, model.goalposts)
