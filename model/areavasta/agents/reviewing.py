"""Areas review who holds a function: they ask to take it whole, or to hand it back."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.agents.knowing import friction_relief
from areavasta.holdings import AREA
from areavasta.review_state import ReviewState
from areavasta.rules.apportionment import Numbers
from areavasta.rules.review import Comparison, choose, yearly_gain
from areavasta.rules.sums import sum_by
from areavasta.services import (
    coordination_factor,
    coordination_friction,
    standard_cost,
    unit_cost,
)
from areavasta.settings import BASE_YEAR, Reviewers

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Index = NDArray[np.intp]


class Reviews:
    """The review of functions in every area."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model
        territory, catalogue = model.territory, model.catalogue
        self.area = territory.area.astype(np.intp)
        self.shape = (len(territory.area_keys), len(catalogue.keys))
        self.members = np.bincount(self.area, minlength=self.shape[0])
        self.functions = np.arange(self.shape[1])
        self.movable = catalogue.having("area") & ~model.is_tariff
        home = catalogue.codes("home", ("commune", "area", "region"))
        service = model.parameters.service
        far = service.area_distance + service.distance_per_km * territory.area_distance_km
        own = np.stack([np.zeros_like(far), far, np.full_like(far, np.inf)], axis=1)[:, home]
        distance = np.maximum(far[:, np.newaxis] - own, 0.0)
        self.felt_at_area: Numbers = 1.0 - catalogue.numbers("proximity") * distance
        self.metropolitan = territory.area_metropolitan
        nothing, zeros = np.zeros(self.shape, dtype=bool), np.zeros(self.shape)
        model.state.review = ReviewState(nothing, nothing, zeros, zeros, zeros, zeros)

    def review(self) -> None:
        """Let areas say what they want to hold, in the years of a review."""
        model, law = self.model, self.model.law.review
        state = model.state.review
        state.wanted = state.taken
        due = law.period_years > 0 and model.year > BASE_YEAR
        if not due or (model.year - BASE_YEAR) % law.period_years != 0:
            return
        now, others = self._now(), self._part_of_others()
        gain = yearly_gain(replace(now, cost=self._observed(now.cost, others)), self._residents())
        reviewing = self.metropolitan | (law.areas is Reviewers.all)
        open_to = reviewing[:, np.newaxis] & self.movable & (others > 0)
        state.expected = np.where(state.taken, state.expected, gain)
        net = gain - self._transition(now, others) / law.period_years
        seen = self._observed(state.cost_before, state.others_before)
        kept = self._gain_of_taken(now.efficient, now.need, now.cost, now.felt, seen, self.functions)
        keeping = np.where(reviewing[:, np.newaxis], kept, 0.0)
        state.wanted = choose(net, keeping, state.taken, open_to, law.threshold)
        new = state.wanted & ~state.taken
        state.cost_before = np.where(new, now.cost, state.cost_before)
        state.others_before = np.where(new, others, state.others_before)
        state.felt_before = np.where(new, now.felt, state.felt_before)

    def accept(self) -> None:
        """Put in force what areas asked for."""
        state = self.model.state.review
        state.changed |= bool((state.wanted != state.taken).any())
        state.taken = state.wanted

    def overlay(self, shares: Numbers, taken: NDArray[np.bool_]) -> Numbers:
        """Return the law's shares, (place, function, level), with what areas took by review wholly theirs."""
        if not taken.any():
            return shares
        shares = shares.copy()
        shares[taken[self.area]] = np.eye(shares.shape[2])[AREA]
        return shares

    def realised(self) -> Numbers:
        """Return what the functions taken gain against their holders before, EUR a head, (area, function).

        It counts true costs, which areas do not see.
        """
        gain = np.zeros(self.shape)
        functions = np.flatnonzero(self.model.state.review.taken.any(axis=0))
        cost_before = self.model.state.review.cost_before[:, functions]
        gain[:, functions] = self._gain_of_taken(*self._present(functions), cost_before, functions)
        return gain

    def _gain_of_taken(
        self,
        efficient: Numbers,
        need: Numbers,
        cost: Numbers,
        felt: Numbers,
        cost_before: Numbers,
        functions: Index,
    ) -> Numbers:
        """Return the gain of functions taken against a cost before, ratio to efficient; EUR a head."""
        state = self.model.state.review
        back = Comparison(efficient, need, cost_before, cost, state.felt_before[:, functions], felt)
        return np.where(state.taken[:, functions], yearly_gain(back, self._residents()), 0.0)

    def _observed(self, cost: Numbers, others: Numbers) -> Numbers:
        """Return a cost as areas observe it this year: they know their own part and err on that of others."""
        return np.asarray(cost * (1.0 + others * (self.model.state.knowledge.cost_ratio - 1.0)))

    def _residents(self) -> Numbers:
        return sum_by(self.area, self.model.state.population, self.shape[0])

    def _by_area(self, values: Numbers) -> Numbers:
        """Return the sum over the communes of each area, (area, function), of values (place, function)."""
        areas, functions = self.shape[0], values.shape[1]
        cell = self.area[:, np.newaxis] * functions + np.arange(functions)
        return sum_by(cell.ravel(), values.ravel(), areas * functions).reshape(areas, functions)

    def _part_of_others(self) -> Numbers:
        """Return the part of each function that levels other than the area hold, by residents."""
        state = self.model.state
        elsewhere = np.round(1.0 - state.shares[:, :, AREA], 12)
        held = self._by_area(state.population[:, np.newaxis] * elsewhere * state.needed)
        return np.asarray(held / np.maximum(self._residents(), 1.0)[:, np.newaxis])

    def _present(self, functions: Index) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Return efficient cost and need, EUR, and the ratios of cost and felt service to them, as held now.

        Each has shape (area, function), for these functions.
        """
        model, state = self.model, self.model.state
        people, places = state.population[:, np.newaxis], state.base.shape
        efficient = self._by_area(people * state.base[:, functions] * state.price)
        needed = state.need[:, functions]
        need = self._by_area(people * needed)
        cost = sum_by(state.holdings.cell, self._cost(), state.base.size).reshape(places)[:, functions]
        felt = sum_by(state.holdings.cell, model.felt_part, state.base.size).reshape(places)[:, functions]
        return (
            efficient,
            need,
            self._by_area(cost) / np.where(efficient > 0, efficient, 1.0),
            self._by_area(felt * people * needed) / np.where(need > 0, need, 1.0),
        )

    def _now(self) -> Comparison:
        """Return how functions are held, and how areas would hold them whole, (area, function)."""
        model, state = self.model, self.model.state
        people = state.population[:, np.newaxis]
        efficient, need, cost, felt = self._present(self.functions)
        ease = coordination_friction(state.trust, model.region.facilitation, friction_relief(model))
        log_members = np.log(np.maximum(self.members, 1))[self.area]
        joint = 1.0 + model.cost_profile.coordination * (log_members * ease)[:, np.newaxis]
        # An area serves all its residents, whatever the function.
        scale = unit_cost(
            self._residents()[:, np.newaxis],
            model.cost_profile.elasticity,
            model.cost_profile.floor,
        )
        own = slice(model.providers.area, model.providers.area + self.shape[0])
        # What an area does not hold yet it will learn to hold as well as it holds the rest.
        held = self._by_area(state.shares[:, :, AREA]) > 0
        slack = 1.0 + np.where(held, state.slack[own], state.slack_start[own][:, np.newaxis])
        base = self._by_area(people * state.base * state.price * joint)
        return Comparison(
            efficient=efficient,
            need=need,
            cost=cost,
            alternative=scale * slack * base / np.where(efficient > 0, efficient, 1.0),
            felt=felt,
            alternative_felt=self._by_area(self.felt_at_area * people * state.need)
            / np.where(need > 0, need, 1.0),
        )

    def _cost(self) -> Numbers:
        """Return what holdings cost at this year's people and prices, reorganisation apart, EUR, (row,)."""
        model, state = self.model, self.model.state
        coordination = coordination_factor(
            state.holdings, model.cost_rows, state.trust, model.region.facilitation,
            friction_relief(model),
        )  # fmt: skip
        return standard_cost(
            state.holdings, model.cost_rows, state.population,
            state.base * state.price, state.slack, coordination,
        )  # fmt: skip

    def _transition(self, now: Comparison, others: Numbers) -> Numbers:
        """Return what reorganising the part of others would cost until it is over, EUR a head."""
        constants = self.model.parameters.cost
        years = 0.5 * (constants.transition_years + 1.0)
        whole = now.efficient * now.alternative / np.maximum(self._residents(), 1.0)[:, np.newaxis]
        return np.asarray(constants.transition * years * others * whole)
