"""How decisions on joint work are carried out: entries, exits, foundations, dissolutions, votes."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import Kind
from areavasta.agents.cooperation import councils_that_decide, weigh_membership
from areavasta.assignment import law_table
from areavasta.cooperation_state import Index, Numbers
from areavasta.holdings import COMMUNE
from areavasta.rules.apportionment import apportion
from areavasta.rules.cooperation import RULES, UTILITY_DIGITS, chosen_function, contiguous_group
from areavasta.rules.sums import positions, sum_by
from areavasta.settings import BASE_YEAR
from areavasta.settings.law_cooperation import CooperationRule

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

LASTING = 0.5
"""Part of the most residents it has had below which a union dissolves."""

FEWEST = 2
"""Members below which there is no union."""


def move_communes(model: "TerritorialModel") -> None:
    """Have councils that take the matter up enter, leave, found unions; dissolve what is left too small."""
    state, law = model.state, model.law.cooperation
    if law.rule is CooperationRule.frozen or model.first_year or model.accounts.unions == 0:
        return
    attends, obliged = councils_that_decide(model)
    place = positions(attends | (obliged & (state.union < 0)))
    if place.size == 0:
        return
    choice, functions = weigh_membership(model, place, attends[place])
    changes = RULES[law.rule.value](choice)
    before = state.union.copy()
    delegated = np.zeros(state.delegated.shape, dtype=bool)
    delegated[place[:, np.newaxis], model.reckoning.functions] = functions
    entering = place[changes & ~choice.member]
    leaving = place[changes & choice.member]
    entering = np.concatenate((_admitted(model, entering, before), _founders(model, entering, before)))
    if entering.size + leaving.size:
        enter(model, entering, delegated)
        leave(model, leaving)
        dissolve(model, before)


def _admitted(model: "TerritorialModel", wanting: Index, union: Index) -> Index:
    """Return who borders on a member of the union it wants to enter."""
    reckoning, home = model.reckoning, model.state.cooperation.home
    if wanting.size == 0:
        return wanting
    borders = union[reckoning.neighbour] == home[reckoning.beside]
    return wanting[sum_by(reckoning.beside, borders, union.size)[wanting] > 0]


def _founders(model: "TerritorialModel", wanting: Index, union: Index) -> Index:
    """Return who founds a union where there is none: a contiguous group, large enough for the law."""
    cooperation, law, territory = model.state.cooperation, model.law.cooperation, model.territory
    if wanting.size == 0:
        return wanting
    exists = np.zeros(model.accounts.unions, dtype=bool)
    exists[union[union >= 0]] = True
    wanting = wanting[~exists[cooperation.home[wanting]]]
    found: list[int] = []
    for slot in sorted(set(cooperation.home[wanting].tolist())):
        group = contiguous_group(
            wanting[cooperation.home[wanting] == slot].tolist(),
            territory.neighbour_start, territory.neighbour_index,
        )  # fmt: skip
        enough = model.state.population[group].sum() >= law.minimum_population
        if len(group) >= law.minimum_members and enough:
            found += group
    return np.array(found, dtype=np.intp)


def enter(model: "TerritorialModel", place: Index, delegated: NDArray[np.bool_]) -> None:
    """Put places in the union of their ambit with the functions they give it, (place, function) of all."""
    state, cooperation = model.state, model.state.cooperation
    state.union[place] = cooperation.home[place]
    state.delegated[place] = delegated[place]
    cooperation.moved[place] = model.year
    cooperation.joins += place.size * (model.year >= BASE_YEAR)
    cooperation.changed[place] = True


def leave(model: "TerritorialModel", place: Index) -> None:
    """Take places out of their unions and their programmes; what they had delegated goes home."""
    state, cooperation = model.state, model.state.cooperation
    state.union[place] = -1
    state.delegated[place] = False
    state.programmes.of_unions.end(place)
    cooperation.moved[place] = model.year
    cooperation.exits += place.size * (model.year >= BASE_YEAR)
    cooperation.changed[place] = True


def dissolve(model: "TerritorialModel", before: Index) -> None:
    """End unions that fell below two members or half of the most residents they had.

    Those who were members when the year began, `before` (place,), share the union's cash by residents.
    """
    state, cooperation = model.state, model.state.cooperation
    size, count = model.reckoning.size()
    cooperation.largest = np.maximum(cooperation.largest, size)
    ends = (cooperation.largest > 0) & ((count < FEWEST) | (size < LASTING * cooperation.largest))
    if not ends.any():
        return
    leave(model, positions((state.union >= 0) & ends[state.union]))
    cooperation.largest[ends] = 0.0
    cooperation.portfolio[ends] = cooperation.founding
    heir = positions((before >= 0) & ends[before])
    balance = model.ledger.balance[model.accounts.union : model.accounts.area]
    cents = apportion(np.where(ends, balance, 0), before[heir], state.population[heir])
    model.ledger.post(
        Kind.quota, "dissolution", model.accounts.union + before[heir], heir, cents, place=heir
    )  # fmt: skip


def vote_functions(model: "TerritorialModel") -> None:
    """Have each union that takes the matter up vote on the further function from which members gain most."""
    state, cooperation, reckoning = model.state, model.state.cooperation, model.reckoning
    unions, constants = model.accounts.unions, model.parameters.cooperation
    if model.law.cooperation.rule is CooperationRule.frozen or model.first_year or unions == 0:
        return
    draw = model.streams.of("union agenda", model.year).uniform(unions)
    place = positions((state.union >= 0) & (draw < constants.attention)[state.union])
    if place.size == 0:
        return
    union = state.union[place]
    gain = reckoning.gain_of_members(place, union)
    law = law_table(model)
    gain *= law.take(reckoning.cell.take(place, axis=0) * law.shape[2] + COMMUNE)
    candidate = ~cooperation.portfolio[:, reckoning.functions]
    best = chosen_function(_mean(gain, place, union, model), candidate, constants.vote_threshold)[union]
    agrees = (best >= 0) & (gain[np.arange(place.size), best].round(UTILITY_DIGITS) >= -constants.opt_out)
    function = reckoning.functions[best]
    cooperation.portfolio[union[agrees], function[agrees]] = True
    state.delegated[place[agrees], function[agrees]] = True
    cooperation.changed[place[agrees]] = True


def _mean(gain: Numbers, place: Index, union: Index, model: "TerritorialModel") -> Numbers:
    """Return the mean gain of members by residents, (union, function); zero for the unions not asked."""
    residents = model.state.population[place]
    unions, functions = model.accounts.unions, gain.shape[1]
    cell = (union[:, np.newaxis] * functions + np.arange(functions)).ravel()
    total = sum_by(cell, (gain * residents[:, np.newaxis]).ravel(), unions * functions)
    size = sum_by(union, residents, unions)
    return np.asarray(total.reshape(unions, functions) / np.where(size > 0, size, 1.0)[:, np.newaxis])
