"""What councils and unions reckon with when they decide on joint work."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.assignment import law_table
from areavasta.cooperation_state import Index, Numbers, delegable_functions
from areavasta.holdings import COMMUNE, UNION
from areavasta.randomness import as_normal
from areavasta.rules.agreements import managed_jointly
from areavasta.rules.cooperation import UTILITY_DIGITS, Choice
from areavasta.rules.incentives import SMALL_COMMUNE
from areavasta.rules.sums import sum_by
from areavasta.services import TRUST_NEUTRAL, TRUST_STRENGTH, unit_cost
from areavasta.settings.law_cooperation import CooperationRule

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


class Reckoning:
    """Gains from joint work, from constants that do not change in a run."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model
        catalogue, service = model.catalogue, model.parameters.service
        self.functions = np.flatnonzero(delegable_functions(catalogue))
        jointly = catalogue.numbers("joint_quality")[self.functions].astype(bool)
        in_district = (catalogue.having("district") & ~catalogue.having("agency"))[self.functions]
        better = 1.0 + service.joint_quality * jointly
        nearness = 1.0 - catalogue.numbers("proximity")[self.functions] * service.union_distance
        self.quality = better * nearness - np.where(in_district, better, 1.0)
        self.elasticity = model.cost_profile.elasticity.take(self.functions, axis=1)
        places, functions = model.state.base.shape
        self.cell = np.arange(places)[:, np.newaxis] * functions + self.functions
        self.coordination = model.cost_profile.coordination[self.functions]
        start, index = model.territory.neighbour_start, model.territory.neighbour_index
        self.neighbours = np.maximum(np.diff(start), 1)
        self.beside, self.neighbour = np.repeat(np.arange(start.size - 1), np.diff(start)), index

    def size(self) -> tuple[Numbers, Numbers]:
        """Return residents and number of members of each union, (union,) each."""
        state, unions = self.model.state, self.model.accounts.unions
        # Those outside unions come first, and are left out.
        residents = sum_by(state.union + 1, state.population, unions + 1)[1:]
        return residents, np.bincount(state.union + 1, minlength=unions + 1)[1:].astype(np.float64)

    def gain(self, place: Index, union: Index, residents: Numbers, communes: Numbers) -> Numbers:
        """Return what a joint function gives a commune, EUR a head, (row, delegable function).

        `residents` and `communes` are those the union would serve, in every function where there is one
        column, (row, 1). Providers count with the slack they
        tend to; service counts by its cost.
        """
        model, state = self.model, self.model.state
        floor = model.cost_profile.floor
        cell = self.cell.take(place, axis=0)
        base = state.base.take(cell) * state.price
        own_slack = state.slack_start.take(state.cooperation.own_provider.take(cell))
        alone = state.population[place, np.newaxis]
        own = base * unit_cost(alone, self.elasticity, floor) * (1.0 + own_slack)
        reorganised = 1.0 - model.parameters.slack.reorganisation_gain
        slack = state.slack_start[model.providers.communes + union] * reorganised
        ease = np.exp(-TRUST_STRENGTH * (state.trust[place] - TRUST_NEUTRAL))
        ease *= 1.0 - model.region.facilitation
        together = 1.0 + self.coordination * np.log(communes) * ease[:, np.newaxis]
        joint = base * unit_cost(residents, self.elasticity, floor) * (1.0 + slack[:, np.newaxis]) * together
        return np.asarray(own * (1.0 + self.quality) - joint)

    def gain_of_members(self, place: Index, union: Index) -> Numbers:
        """Return the gain where a union served all its members in every function, (row, function)."""
        residents, count = (each[union][:, np.newaxis] for each in self.size())
        return self.gain(place, union, residents, count)

    def gain_of_membership(self, place: Index, union: Index, member: NDArray[np.bool_]) -> Numbers:
        """Return the gain by function of being in a union as it is, or as its ambit would make it."""
        state, cooperation = self.model.state, self.model.state.cooperation
        functions, cells = state.shares.shape[1], self.model.accounts.unions * state.shares.shape[1]
        holder, function = self.model.structure.in_union
        held = state.union.take(holder) * functions + function
        cell = union[:, np.newaxis] * functions + self.functions
        adds = ~member[:, np.newaxis]
        served = sum_by(held, state.population.take(holder), cells).take(cell)
        residents = served + np.where(adds, state.population[place][:, np.newaxis], 0.0)
        communes = np.maximum(np.bincount(held, minlength=cells).take(cell) + adds, 1.0)
        new = (self.size()[1][union] == 0)[:, np.newaxis]
        residents = np.where(new, cooperation.residents_of_home[union][:, np.newaxis], residents)
        communes = np.where(new, cooperation.places_of_home[union][:, np.newaxis], communes)
        return self.gain(place, union, residents, communes)

    def delegates(self, union: Index, gain: Numbers) -> NDArray[np.bool_]:
        """Return what joiners would give a union: what it takes, but for what they would lose by."""
        portfolio = self.model.state.cooperation.portfolio[union[:, np.newaxis], self.functions]
        bearable = gain.round(UTILITY_DIGITS) >= -self.model.parameters.cooperation.opt_out
        return np.asarray(portfolio & bearable)

    def worth_of_functions(self, place: Index, gain: Numbers, delegated: NDArray[np.bool_]) -> Numbers:
        """Return the gain from what would be in the union by delegation or by law, EUR a head, (row,)."""
        law = law_table(self.model)
        code = self.cell.take(place, axis=0) * law.shape[2]
        own, by_law = law.take(code + COMMUNE), law.take(code + UNION)
        return np.asarray((gain * (own * delegated + by_law)).sum(axis=1))

    def functions_of_union(self, place: Index, delegated: NDArray[np.bool_]) -> Index:
        """Return how many functions a union would hold for a commune, by law or as delegated, (row,)."""
        law = law_table(self.model).take(place, axis=0)
        given = np.zeros(law.shape[:2], dtype=bool)
        given[:, self.functions] = delegated
        return np.asarray(((law[:, :, UNION] > 0) | (given & (law[:, :, COMMUNE] > 0))).sum(axis=1))

    def incentive(self, place: Index, functions: Numbers) -> Numbers:
        """Return the incentive that a commune brings its union, EUR a head, (row,)."""
        weight, by_work = self.incentive_by_function()
        weighted = self._counted_residents(weight)
        member = self.model.state.union >= 0
        size = weighted[member].sum() or weighted.sum()
        amount = self.model.region.budget.incentives
        by_size = (1.0 - self.model.law.incentives.by_functions) * amount / size
        return np.asarray(weight[place] * (by_size + by_work * functions))

    def incentive_by_function(self) -> tuple[Numbers, float]:
        """Return the weight of communes in incentives, (place,), and the pay of a function, EUR a head."""
        model, state, law = self.model, self.model.state, self.model.law
        small = state.population < SMALL_COMMUNE
        weight = np.asarray(1.0 + law.incentives.small_commune_bonus * small, dtype=np.float64)
        weighted, member = self._counted_residents(weight), state.union >= 0
        work = (weighted * model.structure.functions_in_union)[member].sum()
        if law.cooperation.agreement_incentives:
            work += (weighted * model.structure.functions_in_agreement).sum()
        amount = law.incentives.by_functions * model.region.budget.incentives
        return weight, float(amount / work) if work > 0 else 0.0

    def _counted_residents(self, weight: Numbers) -> Numbers:
        return np.asarray(self.model.state.population * weight * newcomer_weight(self.model))

    def peers(self) -> Numbers:
        """Return the share of neighbours that are in a union, (place,)."""
        member = self.model.state.union >= 0
        return sum_by(self.beside, member[self.neighbour].astype(float), member.size) / self.neighbours

    def politics(self) -> tuple[Numbers, Numbers]:
        """Return the political shock of each council, and the part of it common to each union."""
        model, constants = self.model, self.model.parameters.cooperation
        own = model.streams.of("council politics", model.year).normal(model.accounts.communes)
        common = model.streams.of("union politics", model.year).normal(model.accounts.unions)
        share = constants.common_politics
        spread = constants.political_spread
        return spread * np.sqrt(1.0 - share) * own, spread * np.sqrt(share) * common


def newcomer_weight(model: "TerritorialModel") -> Numbers:
    """Return the weight of each commune in incentives for having entered lately, (place,)."""
    law, moved = model.law.cooperation, model.state.cooperation.moved
    if law.rule is not CooperationRule.incentive:
        return np.ones(moved.size)
    lately = (model.state.union >= 0) & (moved > 0) & (model.year - moved < law.lock_in_years)
    return np.asarray(1.0 + law.newcomer_bonus * lately, dtype=np.float64)


def councils_that_decide(model: "TerritorialModel") -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which councils may choose this year, and which are obliged to be in a union, (place,) each.

    Councils of an ambit without a union take the matter up together: one alone cannot found any.
    """
    state, law = model.state, model.law.cooperation
    cooperation, member = state.cooperation, state.union >= 0
    alone = ~member & (model.reckoning.size()[1][cooperation.home] == 0)
    watch = np.where(alone, cooperation.first_of_home[cooperation.home], model.place_index)
    draw = model.streams.of("attention to unions", model.year).uniform(member.size)[watch]
    free = (cooperation.moved == 0) | (model.year - cooperation.moved >= law.lock_in_years)
    attends = free & (draw < model.parameters.cooperation.attention)
    possible = ~alone | (cooperation.places_of_home[cooperation.home] > 1)
    return attends & possible, obliged_councils(model) & possible


def obliged_councils(model: "TerritorialModel") -> NDArray[np.bool_]:
    """Return which councils must be in a union, (place,): small ones that do not manage all by agreement.

    D.L. 78/2010 art. 14 c. 28: fundamental functions in unions or agreements.
    """
    state, law = model.state, model.law.cooperation
    if law.rule is not CooperationRule.mandatory:
        return np.zeros(state.union.size, dtype=bool)
    functions = model.agreements.fundamental
    place = np.repeat(model.place_index, functions.size)
    cell = model.agreements.cell(place, np.tile(functions, model.place_index.size))
    own = (model.agreements.held(place, cell) > 0).reshape(-1, functions.size)
    jointly = managed_jointly(
        state.cooperation.lead[:, functions], own, state.population, law.minimum_population
    )
    return (state.population < law.mandatory_threshold) & ~jointly


def weigh_membership(model: "TerritorialModel", place: Index, attends: NDArray[np.bool_]) -> tuple[
    Choice, NDArray[np.bool_]
]:  # fmt: skip
    """Return what these councils weigh, and the functions they have or would have in a union."""
    state, constants, law = model.state, model.parameters.cooperation, model.law.cooperation
    cooperation, reckoning, accounts = state.cooperation, model.reckoning, model.accounts
    member = state.union[place] >= 0
    union = np.where(member, state.union[place], cooperation.home[place])
    by_function = reckoning.gain_of_membership(place, union, member)
    own = state.delegated.take(reckoning.cell.take(place, axis=0))
    delegated = np.where(member[:, np.newaxis], own, reckoning.delegates(union, by_function))
    would_hold = reckoning.functions_of_union(place, delegated)
    functions = np.where(member, model.structure.functions_in_union[place], would_hold).astype(float)
    incentive = reckoning.incentive(place, functions)
    gain = reckoning.worth_of_functions(place, by_function, delegated) + incentive
    error = as_normal(model.streams.of("perceived saving", model.year).uniform(accounts.communes)[place])
    known = state.knowledge.information[model.territory.area[place]]
    own_politics, common = reckoning.politics()
    worth = gain + constants.perception_error * (1.0 - known) * error
    worth += constants.peer_weight * reckoning.peers()[place] - cooperation.autonomy[place]
    worth += own_politics[place] + common[union]
    choice = Choice(
        member=member,
        attends=attends,
        obliged=obliged_councils(model)[place],
        worth=worth,
        gain=gain,
        newcomer=law.newcomer_bonus * incentive,
        draw=model.streams.of("cooperation", model.year).uniform(accounts.communes)[place],
        friction=constants.entry_friction * (1.0 - model.region.facilitation),
        barrier=constants.exit_barrier,
        scale=constants.logit_scale,
        exemption=law.exemption,
    )
    return choice, delegated
