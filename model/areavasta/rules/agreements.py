"""Rules by which councils make and leave agreements for one function (D.Lgs. 267/2000 art. 30).

`lead` is the commune that leads the agreement of a place for a function, itself included, -1 where there is
none, (place, function).
"""

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Numbers
from areavasta.rules.cooperation import UTILITY_DIGITS, logistic
from areavasta.rules.sums import positions, sum_by

Index = NDArray[np.intp]
Flags = NDArray[np.bool_]

NO_AGREEMENT = -1
"""In place of a lead commune where a function is in no agreement."""

FEWEST = 2
"""Communes below which there is no agreement."""


def chooses(member: Flags, worth: Numbers, draw: Numbers, friction: float, scale: float) -> Flags:
    """Return which councils change by logit: members leave, the others enter.

    `worth` of the agreement and `friction` of entering are EUR a head and year; `draw` is uniform.
    """
    utility = np.where(member, -worth, worth - friction).round(UTILITY_DIGITS)
    return np.asarray(draw < logistic(utility / scale))


def best_partner(council: Index, gain: Numbers) -> Index:
    """Return the row of the best offer to each council, in its order; ties to the earlier row.

    `council` and `gain`, EUR a head, are those of each offer, (row,).
    """
    order = np.lexsort((-gain.round(UTILITY_DIGITS), council))
    council = council[order]
    first = np.ones(order.size, dtype=bool)
    first[1:] = council[1:] != council[:-1]
    return np.asarray(order[first])


def without(lead: Index, place: Index, function: Index) -> Index:
    """Return agreements without those who leave; without its lead, or with one commune, one ends."""
    lead = lead.copy()
    lead[place, function] = NO_AGREEMENT
    member, held = np.divmod(positions(lead >= 0), lead.shape[1])
    head = lead[member, held]
    group = head * lead.shape[1] + held
    leads = lead[head, held] == head
    stands = leads & (np.bincount(group)[group] >= FEWEST)
    lead[member[~stands], held[~stands]] = NO_AGREEMENT
    return lead


def with_proposals(
    lead: Index,
    proposals: list[tuple[int, int, int]],
    asked: Index,
    residents: Numbers,
    largest: float,
) -> tuple[Index, list[tuple[int, int]]]:
    """Return agreements once proposals (place, partner, function) are carried out in order, and who entered.

    `asked` is `lead` when partners were asked: whose agreement has changed since waits for another year. Of
    two communes the one with more residents leads, at a tie the first by code.
    """
    lead = lead.copy()
    entered: list[tuple[int, int]] = []
    for place, partner, function in proposals:
        column = lead[:, function]
        head = int(column[partner])
        if column[place] >= 0 or head != asked[partner, function]:
            continue
        if head < 0:
            head = leader(place, partner, residents)
            column[partner] = head
            entered.append((partner, function))
        elif np.count_nonzero(column == head) + 1 > largest:
            continue
        column[place] = head
        entered.append((place, function))
    return lead, entered


def leader(one: int, other: int, residents: Numbers) -> int:
    """Return which of two communes leads: the one with more residents, at a tie the first by code."""
    return min((one, other), key=lambda place: (-residents[place], place))


def managed_jointly(lead: Index, own: Flags, residents: Numbers, fewest_residents: float) -> Flags:
    """Return which places hold all of `own`, (place, function), in agreements large enough, (place,).

    D.L. 78/2010 art. 14 c. 28 and 31: the communes of an agreement must reach a number of residents.
    """
    place, function = np.nonzero(lead >= 0)
    group = lead[place, function] * lead.shape[1] + function
    enough = np.zeros(lead.shape, dtype=bool)
    enough[place, function] = sum_by(group, residents[place])[group] >= fewest_residents
    return np.asarray(~(own & ~enough).any(axis=1))
