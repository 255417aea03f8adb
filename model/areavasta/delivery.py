"""The year's work: cost, plan, budget and level of every holding, one number a row."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from areavasta.holdings import AREA, REGION, UNION, Holdings
from areavasta.rules.apportionment import Cents, Numbers
from areavasta.rules.sums import positions, sum_runs
from areavasta.settings.parameters import Cost
from areavasta.state import State

Index = NDArray[np.intp]


@dataclass(frozen=True)
class Rows:
    """Rows of the holdings by place, who pays and who delivers; each property is an array of row numbers."""

    holdings: Holdings
    is_tariff: NDArray[np.bool_]
    is_coordinated: NDArray[np.bool_]

    def by_place(self, values: Numbers) -> Numbers:
        """Return row values summed by place, (place,)."""
        return sum_runs(values, self.holdings.first)

    @cached_property
    def _is_own(self) -> NDArray[np.bool_]:
        return np.asarray(self.holdings.body == self.holdings.place)

    @cached_property
    def _is_union(self) -> NDArray[np.bool_]:
        return np.asarray(self.holdings.level == UNION)

    @cached_property
    def own(self) -> Index:
        """Rows that communes deliver, alone, in a district or by agreement."""
        return positions(self._is_own)

    @cached_property
    def union(self) -> Index:
        """Rows that unions deliver."""
        return positions(self._is_union)

    @cached_property
    def joint(self) -> Index:
        """Rows that unions, the agency, areas and the region deliver, at one level for all they serve."""
        return positions(~self._is_own)

    @cached_property
    def place_of_paid(self) -> Index:
        """Places of the rows that communes pay."""
        return self.holdings.place.take(self.paid_by_commune)

    @cached_property
    def coordinated(self) -> Index:
        """Which of the rows that communes pay are of functions that areas coordinate."""
        return positions(self.is_coordinated.take(self.holdings.function.take(self.paid_by_commune)))

    @cached_property
    def pool_of_joint(self) -> Index:
        """Pool of each joint row."""
        return self.holdings.pool.take(self.joint)

    @cached_property
    def joint_pools(self) -> Index:
        """Pools of those rows."""
        held = np.zeros(self.holdings.pool_pair.size, dtype=bool)
        held[self.pool_of_joint] = True
        return positions(held)

    @cached_property
    def paid_apart(self) -> NDArray[np.bool_]:
        """Which of those pools residents pay by tariff while their holder has others too, (joint pool,)."""
        provider = self.holdings.pool_provider[self.joint_pools]
        by_tariff = self.is_tariff[self.holdings.pool_function[self.joint_pools]]
        return np.asarray(by_tariff & np.isin(provider, provider[~by_tariff]))

    @cached_property
    def area(self) -> Index:
        """Rows that areas deliver."""
        return positions(self.holdings.level == AREA)

    @cached_property
    def region(self) -> Index:
        """Rows that the region delivers."""
        return positions(self.holdings.level == REGION)

    @cached_property
    def tariff(self) -> Index:
        """Rows that residents pay by tariff."""
        return positions(self.is_tariff.take(self.holdings.function))

    @cached_property
    def paid_by_commune(self) -> Index:
        """Rows that communes pay: what they deliver and what their unions do."""
        return positions(self._is_own | self._is_union)


class Delivery:
    """What the year's services cost, are planned and are given; columns of shape (row,), slack (pool,).

    `level` is money over the cost of the standard service, `spent` that money, EUR: both once all deliver.
    """

    def __init__(self) -> None:
        empty = np.zeros(0)
        self.cost: Numbers = empty
        self.coordination: Numbers = empty
        self.slack: Numbers = empty
        self.plan: Numbers = empty
        self.transition: Numbers = empty
        self.level: Numbers = empty
        self.spent: Numbers = empty
        self.budget: Cents = np.zeros(0, dtype=np.int64)

    def begin(self, state: State, constants: Cost, year: int, cost: Numbers, coordination: Numbers) -> None:
        """Start the year from the standard cost, EUR: plan the level people are used to."""
        self.cost = cost
        self.coordination = coordination
        self.slack = state.slack.take(state.holdings.pool_pair)
        self.plan = state.target.take(state.holdings.cell)
        self.plan *= cost
        self.transition = transition_cost(state, constants, year, cost)
        self.level = np.zeros_like(cost)
        self.budget = np.zeros(cost.size, dtype=np.int64)


def transition_cost(state: State, constants: Cost, year: int, cost: Numbers) -> Numbers:
    """Return the cost of reorganising what moved, EUR, (row,): a share of cost that fades in equal steps."""
    holdings = state.holdings
    if not state.reorganisations:
        return np.zeros_like(cost)
    total = np.zeros(state.shares.size)
    for event in state.reorganisations:
        remaining = 1.0 - (year - event.year) / constants.transition_years
        if remaining > 0:
            total[event.code] += remaining * event.gained
    transition = total.take(holdings.code)
    transition *= constants.transition
    transition *= cost
    transition /= holdings.share
    return transition
