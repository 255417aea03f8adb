"""What the history of cooperation leaves behind: entries, exits, and the functions each union took."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from areavasta.functions import Catalogue
from areavasta.holdings import Providers
from areavasta.randomness import Streams
from areavasta.rules.agreements import NO_AGREEMENT
from areavasta.rules.sums import sum_by
from areavasta.settings import Parameters
from areavasta.territory import Territory

Numbers = NDArray[np.float64]
Index = NDArray[np.intp]

FOUNDING_SHARE = 0.5
"""Part of known unions that held a function in 2022 from which on a new union starts with it."""


@dataclass(frozen=True)
class UnionSlots:
    """Unions that exist, then one reserved for each ambit that has none.

    `home` is the union that each place may join, that of its ambit, (place,).
    """

    home: Index
    keys: tuple[str, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=8)
def union_slots(territory: Territory) -> UnionSlots:
    """Return the unions of a territory and those its ambits without a union may found.

    Where an ambit has several unions its communes may join the one with most members there.
    """
    unions, ambits = len(territory.union_keys), len(territory.ambit_keys)
    ambit, union = territory.ambit.astype(np.intp), territory.union.astype(np.intp)
    member = union >= 0
    count = np.bincount(ambit[member] * max(unions, 1) + union[member], minlength=ambits * max(unions, 1))
    members = count.reshape(ambits, -1)
    reserved = np.flatnonzero(members.sum(axis=1) == 0)
    of_ambit = members.argmax(axis=1)
    of_ambit[reserved] = unions + np.arange(reserved.size)
    return UnionSlots(
        home=of_ambit[ambit],
        keys=territory.union_keys + tuple(territory.ambit_keys[k] for k in reserved),
        names=territory.union_names + tuple(territory.ambit_names[k] for k in reserved),
    )


@dataclass
class CooperationState:
    """Arrays of the history of cooperation; unions include those not founded yet."""

    home: Index
    """Union that each place may join, (place,)."""
    first_of_home: Index
    """Place with the lowest code among those that may join a union, (union,)."""
    residents_of_home: Numbers
    """Residents of places that may join a union, at the start, (union,)."""
    places_of_home: Numbers
    """Number of those places, (union,)."""
    own_provider: Index
    """Provider of a function where a commune does not delegate it, (place, function)."""
    autonomy: Numbers
    """Value of deciding alone, EUR a head and year, (place,)."""
    portfolio: NDArray[np.bool_]
    """Functions that a union takes from whoever joins, (union, function)."""
    founding: NDArray[np.bool_]
    """Functions with which a new union starts, (function,)."""
    largest: Numbers
    """Most residents that a union has had, (union,)."""
    moved: Index
    """Year of the last entry or exit, 0 where there was none since 2023, (place,)."""
    changed: NDArray[np.bool_]
    """Whose membership, delegations or agreements changed since functions were last assigned, (place,)."""
    lead: Index
    """Commune that leads the agreement for a function, itself included, -1 for none, (place, function)."""
    assigned_lead: Index
    """The same when functions were last assigned."""
    agreed_since: Index
    """Year in which a place entered its agreement for a function, (place, function)."""
    joins: int = 0
    """Entries since 2026."""
    exits: int = 0
    """Exits since 2026, those by dissolution included."""


def initial_cooperation(
    territory: Territory,
    catalogue: Catalogue,
    providers: Providers,
    delegated: NDArray[np.bool_],
    parameters: Parameters,
    streams: Streams,
) -> CooperationState:
    """Return cooperation as it stood at the end of 2022; autonomy is drawn."""
    places, unions = territory.population.size, providers.unions
    home, union = union_slots(territory).home, territory.union.astype(np.intp)
    constants = parameters.cooperation
    spread = constants.autonomy_spread
    noise = streams.of("autonomy").normal(places)
    delegable = delegable_functions(catalogue)
    founding = delegable & (catalogue.numbers("initial_union_share") >= FOUNDING_SHARE)
    held = np.zeros((unions, delegable.size), dtype=bool)
    np.logical_or.at(held, union[union >= 0], delegated[union >= 0])
    members = sum_by(union[union >= 0], np.ones(np.count_nonzero(union >= 0)), unions)
    first = np.zeros(unions, dtype=np.intp)
    first[home[::-1]] = np.arange(places)[::-1]
    by_district = catalogue.having("district") & ~catalogue.having("agency")
    district = providers.district + providers.district_of
    return CooperationState(
        home=home,
        first_of_home=first,
        residents_of_home=sum_by(home, territory.population, unions),
        places_of_home=sum_by(home, np.ones(places), unions),
        own_provider=np.where(by_district, district[:, np.newaxis], np.arange(places)[:, np.newaxis]),
        autonomy=np.asarray(constants.autonomy * np.exp(spread * noise - 0.5 * spread * spread)),
        portfolio=np.where((members > 0)[:, np.newaxis], held, founding),
        founding=founding,
        largest=sum_by(union[union >= 0], territory.population[union >= 0], unions),
        moved=np.zeros(places, dtype=np.intp),
        changed=np.zeros(places, dtype=bool),
        lead=np.full(delegated.shape, NO_AGREEMENT),
        assigned_lead=np.full(delegated.shape, NO_AGREEMENT),
        agreed_since=np.zeros(delegated.shape, dtype=np.intp),
    )


def delegable_functions(catalogue: Catalogue) -> NDArray[np.bool_]:
    """Return which functions communes may give to a union, (function,)."""
    communal = np.array([function.home == "commune" for function in catalogue.functions])
    return communal & catalogue.having("union")
