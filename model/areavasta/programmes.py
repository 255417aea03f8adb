"""State of programmes: what is in force where, and how far plans have carried it out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from areavasta.randomness import Streams
from areavasta.settings import Parameters
from areavasta.settings.law_programming import Programming

Numbers = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass
class Agreed:
    """Programmes of areas, or of unions, as communes signed them."""

    share: Numbers
    """Part of spending on the functions covered that the programme a commune signed aligns, (place,)."""
    transfer: Numbers
    """What its area or other members pay it for that, below zero what it pays, EUR a head, (place,)."""
    alignment: Numbers
    """Part of that spending that plans have aligned, (place,)."""

    @property
    def signed(self) -> NDArray[np.bool_]:
        """Whether the commune signed a programme that is in force, (place,)."""
        return self.share > 0

    def expire(self) -> None:
        """End all programmes; what they aligned lapses with time."""
        self.share, self.transfer = np.zeros_like(self.share), np.zeros_like(self.transfer)

    def end(self, place: Index) -> None:
        """End at once the part that these communes have in programmes."""
        self.share[place] = self.transfer[place] = self.alignment[place] = 0.0


@dataclass
class Programmes:
    """What areas coordinate; programmes are drafted together, every five years or when their law changes."""

    of_areas: Agreed
    """Programmes of areas: they cover communal and area functions."""
    of_unions: Agreed
    """Programmes of unions: they cover communal functions, and take what those of areas leave."""
    autonomy: Numbers
    """Worth of deciding alone, were all spending aligned, EUR a head a year, (place,)."""
    envelope: Numbers
    """Area money in the first year, part of the services that people are used to, EUR, (place,)."""
    drafted: int = 0
    """Year in which programmes were drafted last, 0 before the first."""
    law: Programming | None = None
    """Law under which they were drafted."""

    @property
    def signed(self) -> NDArray[np.bool_]:
        """Whether the commune signed a programme of its area or of its union, (place,)."""
        return self.of_areas.signed | self.of_unions.signed

    @property
    def alignment(self) -> Numbers:
        """Part of communal spending covered that plans have aligned, under either programme, (place,)."""
        return self.of_areas.alignment + self.of_unions.alignment


def initial_programmes(places: int, parameters: Parameters, streams: Streams) -> Programmes:
    """Return the state before the first programme; autonomy is lognormal with the stated mean."""
    constants = parameters.programming
    spread = constants.autonomy_spread
    noise = streams.of("autonomy in programmes").normal(places)
    return Programmes(
        of_areas=Agreed(np.zeros(places), np.zeros(places), np.zeros(places)),
        of_unions=Agreed(np.zeros(places), np.zeros(places), np.zeros(places)),
        autonomy=constants.autonomy * np.exp(spread * noise - 0.5 * spread * spread),
        envelope=np.zeros(places),
    )
