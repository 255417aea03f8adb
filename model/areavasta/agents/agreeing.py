"""How councils decide on managing one function together by agreement, and what ends agreements."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.agents.agreement_gains import Agreed, joined
from areavasta.randomness import as_normal
from areavasta.rules.agreements import best_partner, chooses, with_proposals, without
from areavasta.rules.cooperation import UTILITY_DIGITS
from areavasta.rules.sums import positions, sum_by
from areavasta.settings.law_cooperation import CooperationRule

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]
Index = NDArray[np.intp]
Flags = NDArray[np.bool_]

DRAWS = 4
"""Draws of each council in a year: attention, function on the agenda, choice, error of perception."""


@dataclass(frozen=True)
class Councils:
    """Councils that look at one function this year, in order of place.

    `share` is the part of the function that communes hold, `member` says who manages it by agreement; `draw`
    is uniform, `error` standard normal.
    """

    place: Index
    function: Index
    share: Numbers
    member: Flags
    draw: Numbers
    error: Numbers


@dataclass(frozen=True)
class Neighbours:
    """Pairs of a council, numbered by `council`, and a neighbour.

    `head` leads the agreement that the neighbour is in, -1 where it is in none.
    """

    council: Index
    place: Index
    neighbour: Index
    function: Index
    head: Index


@dataclass(frozen=True)
class Offers:
    """Whom councils may ask, a row each, in order of council.

    The partner leads the agreement of a neighbour (`grouped`), or is the neighbour; `now` is what it has,
    `share` the part of the function that communes hold there. `with_council` is the agreement with it.
    """

    council: Index
    grouped: Flags
    share: Numbers
    now: Agreed
    with_council: Agreed


def decide_agreements(model: "TerritorialModel") -> None:
    """Have councils that take a function up make or leave an agreement; end those that cannot stand."""
    cooperation, law = model.state.cooperation, model.law.cooperation
    if model.first_year:
        return
    before = cooperation.lead
    _end_without_ground(model)
    entered: list[tuple[int, int]] = []
    if law.agreements and law.rule is not CooperationRule.frozen:
        entered = _decide(model)
    if cooperation.lead is not before:
        moved = positions(cooperation.lead != before)
        cooperation.changed[moved // before.shape[1]] = True
    for place, function in entered:
        cooperation.agreed_since[place, function] = model.year


def _end_without_ground(model: "TerritorialModel") -> None:
    """Take out of agreements who holds the function no more, or everybody where the law admits none."""
    cooperation = model.state.cooperation
    cell = positions(cooperation.lead >= 0)
    place, function = np.divmod(cell, cooperation.lead.shape[1])
    out = (model.agreements.held(place, cell) <= 0) | (not model.law.cooperation.agreements)
    if out.any():
        cooperation.lead = without(cooperation.lead, place[out], function[out])


def _decide(model: "TerritorialModel") -> list[tuple[int, int]]:
    """Have councils choose on the function they look at; return who entered, place and function."""
    cooperation, constants = model.state.cooperation, model.parameters.agreements
    councils = _councils(model)
    near = _neighbours(model, councils)
    offers, own = _offers(model, councils, near)
    best, gain = _weigh(model, councils, offers, own)
    changes = (councils.member | (best >= 0)) & chooses(
        councils.member, gain * councils.share + _other_worth(model, councils, near), councils.draw,
        constants.friction * (1.0 - model.region.facilitation), constants.logit_scale,
    )  # fmt: skip
    asked = cooperation.lead
    leaving, entering = positions(changes & councils.member), positions(changes & ~councils.member)
    if leaving.size:
        cooperation.lead = without(asked, councils.place[leaving], councils.function[leaving])
    if entering.size == 0:
        return []
    partner = offers.now.place[best[entering]]
    columns = (councils.place[entering], partner, councils.function[entering])
    proposals = list(zip(*(column.tolist() for column in columns), strict=True))
    cooperation.lead, entered = with_proposals(
        cooperation.lead, proposals, asked, model.state.population, constants.largest
    )
    return entered


def _councils(model: "TerritorialModel") -> Councils:
    """Return who looks at which function: one that it holds, and that no agreement binds it to."""
    cooperation, agreements = model.state.cooperation, model.agreements
    draws = model.streams.of("agreements", model.year).uniform(DRAWS * model.accounts.communes)
    attention, agenda, draw, error = draws.reshape(DRAWS, -1)
    place = positions(attention < model.parameters.agreements.attention)
    function = agreements.functions[(agenda[place] * agreements.functions.size).astype(np.intp)]
    cell = agreements.cell(place, function)
    share = agreements.held(place, cell)
    member = cooperation.lead.take(cell) >= 0
    years = model.year - cooperation.agreed_since.take(cell)
    bound = member & (years < model.law.cooperation.agreement_years)
    free = positions((share > 0) & ~bound)
    place = place[free]
    return Councils(place, function[free], share[free], member[free], draw[place], as_normal(error[place]))


def _neighbours(model: "TerritorialModel", councils: Councils) -> Neighbours:
    """Return the neighbours of councils, in order of council and neighbour."""
    reckoning = model.reckoning
    number = np.full(model.accounts.communes, -1)
    number[councils.place] = np.arange(councils.place.size)
    council = number.take(reckoning.beside)
    pair = positions(council >= 0)
    council, neighbour = council[pair], reckoning.neighbour[pair].astype(np.intp)
    function = councils.function.take(council)
    head = model.state.cooperation.lead.take(model.agreements.cell(neighbour, function))
    return Neighbours(council, councils.place.take(council), neighbour, function, head)


def _offers(model: "TerritorialModel", councils: Councils, near: Neighbours) -> tuple[Offers, Agreed]:
    """Return whom councils may ask, and the agreements of those that are in one, (member,).

    A neighbour of the same ambit that holds the function, and an agreement that has room.
    """
    agreements, people, ambit = model.agreements, model.state.population, model.territory.ambit
    communes, residents = agreements.sizes()
    grouped = near.head >= 0
    partner = np.where(grouped, near.head, near.neighbour)
    cell = agreements.cell(partner, near.function)
    share, count = agreements.held(partner, cell), np.where(grouped, communes.take(cell), 1.0)
    has_room = count + 1.0 <= model.parameters.agreements.largest
    possible = has_room & (share > 0) & (ambit.take(partner) == ambit.take(near.place))
    row = positions(possible & ~councils.member.take(near.council))
    place, function, cell = near.place[row], near.function[row], cell[row]
    partner, grouped, count = partner[row], grouped[row], count[row]
    served = np.where(grouped, residents.take(cell), people.take(partner))
    mine, theirs = people.take(place), people.take(partner)
    leads = ~grouped & ((mine > theirs) | ((mine == theirs) & (place < partner)))
    lead = np.where(leads, place, partner)
    now = Agreed(partner, function, partner, count, served)
    with_council = Agreed(place, function, lead, count + 1.0, served + mine)
    member = positions(councils.member)
    own_lead = model.state.cooperation.lead[councils.place[member], councils.function[member]]
    own_cell = agreements.cell(own_lead, councils.function[member])
    own = Agreed(
        councils.place[member], councils.function[member], own_lead,
        communes.take(own_cell), residents.take(own_cell),
    )  # fmt: skip
    return Offers(near.council[row], grouped, share[row], now, with_council), own


def _weigh(
    model: "TerritorialModel", councils: Councils, offers: Offers, own: Agreed
) -> tuple[Index, Numbers]:
    """Return the best offer to each council, -1 for none, and the gain from it or from its own agreement.

    Only partners that lose nothing are asked: who is alone weighs its autonomy, who leads an agreement only
    what the newcomer changes.
    """
    agreements, count = model.agreements, offers.council.size
    joint = offers.with_council
    for_partner = Agreed(offers.now.place, joint.function, joint.lead, joint.communes, joint.residents)
    gains = agreements.gain(joined(joint, for_partner, offers.now, own))
    asked, after, now = gains[: 3 * count].reshape(3, count)
    members = gains[3 * count :]
    alone = np.where(offers.grouped, 0.0, agreements.worth_of_agreeing(offers.now.place))
    better = (after - now) * offers.share + alone
    willing = positions(better.round(UTILITY_DIGITS) >= 0)
    chosen = willing[best_partner(offers.council[willing], asked[willing])]
    best, gain = np.full(councils.place.size, -1), np.zeros(councils.place.size)
    best[offers.council[chosen]], gain[offers.council[chosen]] = chosen, asked[chosen]
    gain[councils.member] = members
    return best, gain


def _other_worth(model: "TerritorialModel", councils: Councils, near: Neighbours) -> Numbers:
    """Return what weighs beside the gain: neighbours, incentive, autonomy, error; EUR a head, (council,)."""
    constants = model.parameters.agreements
    information = model.state.knowledge.information[model.territory.area[councils.place]]
    delegated = model.state.delegated.take(model.agreements.cell(near.neighbour, near.function))
    jointly = (near.head >= 0) | delegated
    peers = (
        sum_by(near.council, jointly.astype(float), councils.place.size)
        / model.reckoning.neighbours[councils.place]
    )
    error = constants.perception_error * (1.0 - information) * councils.error
    worth = constants.peer_weight * peers + model.agreements.worth_of_agreeing(councils.place)
    return np.asarray(worth + error)
