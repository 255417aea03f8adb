"""The experiment behind the union effect: some unions are founded anew, in years drawn at random.

Under present law few communes join a union, mostly those that gain most. As in the studies of the years
in which the region's unions were founded, a part of today's unions is taken away at the start and
founded again between 2025 and 2028, whatever councils would choose; communes that are in no union at the
end of 2022 never enter one.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from areavasta.agents.commune import Communes
from areavasta.agents.joining import enter
from areavasta.model import TerritorialModel
from areavasta.randomness import Streams
from areavasta.settings import Settings
from areavasta.territory import Territory
from experiments.validation.history import LAST, History, present_law_only, record_history

FOUNDED_SHARE = 1 / 3
"""Part of unions that are founded anew: enough to measure, few enough that incentives a head stay usual."""

FOUNDING_YEARS = (2025, 2028)
"""First and last year of foundation: six years can be seen after the last."""

LARGEST_STUDIED = 60_000
"""Residents above which a commune is left out, as cities have no like among joiners."""

NEVER = 0
"""Year of entry of who never enters."""


@dataclass(frozen=True)
class Formation:
    """A run of the experiment: its history, and the year in which each commune enters, (place,).

    `studied` are those that enter and those that never do, below the size studied; members from the
    start are not among them.
    """

    history: History
    entry: NDArray[np.int64]
    studied: NDArray[np.bool_]


class FormingCommunes(Communes):
    """Councils that enter the union of their ambit in a given year, and otherwise stay as they are."""

    def __init__(self, model: TerritorialModel, entry: NDArray[np.int64]) -> None:
        super().__init__(model)
        self.entry = entry

    def decide_cooperation(self) -> None:
        """Enter in the given year, with the functions that a council would give of its own will."""
        model, state = self.model, self.model.state
        place = np.flatnonzero((self.entry == model.year) & (state.union < 0))
        if place.size == 0:
            return
        home = state.cooperation.home[place]
        gain = model.reckoning.gain_of_membership(place, home, np.zeros(place.size, dtype=bool))
        delegated = np.zeros(state.delegated.shape, dtype=bool)
        delegated[np.ix_(place, model.reckoning.functions)] = model.reckoning.delegates(home, gain)
        enter(model, place, delegated)


def founding_years(territory: Territory, streams: Streams) -> NDArray[np.int64]:
    """Return the year in which each union is founded anew, (union,); NEVER for those that stay."""
    unions = len(territory.union_keys)
    order = np.argsort(streams.of("unions founded anew").uniform(unions), kind="stable")
    first, last = FOUNDING_YEARS
    drawn = first + np.floor(streams.of("year of foundation").uniform(unions) * (last + 1 - first))
    years = np.full(unions, NEVER, dtype=np.int64)
    chosen = order[: max(1, round(FOUNDED_SHARE * unions))]
    years[chosen] = drawn[chosen].astype(np.int64)
    return years


def run_formation(
    settings: Settings, seed: int, draw: int, replicate: int, territory: Territory, last: int = LAST
) -> Formation:
    """Return one run of the experiment under present law."""
    years = founding_years(territory, Streams(seed, draw, replicate))
    member = territory.union >= 0
    entry = np.where(member, years[np.where(member, territory.union, 0)], NEVER)
    start = replace(territory, union=np.where(entry > NEVER, -1, territory.union).astype(np.int16))
    history = record_history(
        present_law_only(settings), seed, draw, replicate, start, last,
        prepare=lambda model: setattr(model, "communes", FormingCommunes(model, entry)),
    )  # fmt: skip
    small = territory.population <= LARGEST_STUDIED
    return Formation(history, entry, small & ((entry > NEVER) | ~member))
