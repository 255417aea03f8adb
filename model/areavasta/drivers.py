"""Drivers: what happens to the territory whoever governs it."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]


class Drivers:
    """Demography, tax bases and prices, with the shocks that a scenario writes in its context."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model
        constants = model.parameters.need
        self.drift = np.where(model.mountain, constants.mountain_drift, constants.plain_drift)
        self.social = np.array([item.need_pattern == "social" for item in model.catalogue.functions])
        self.in_fund = model.in_fund.astype(np.float64)
        self.tax_base = model.state.capacity.copy()

    def advance(self) -> None:
        """Move population, social need, tax bases and prices by one year; the first year is the start."""
        model, state = self.model, self.model.state
        context = model.law_in(model.year).context
        if not model.first_year:
            state.population = state.population * (1.0 + context.ageing * self.drift)
            growth = np.where(self.social, 1.0 + context.ageing * model.parameters.need.social_growth, 1.0)
            state.base *= growth
            state.need *= growth
            self.tax_base = self.tax_base * (1.0 + context.tax_base_growth)
            state.price *= 1.0 + context.price_growth
        model.total_need = np.einsum("pf->p", state.need)
        model.fund_need = np.einsum("pf,f->p", state.need, self.in_fund)
        noise = model.streams.of("tax base", model.year).normal(state.capacity.size)
        state.capacity = self.tax_base * np.exp(model.parameters.finance.capacity_noise * noise)
