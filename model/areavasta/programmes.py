"""State of area programmes: what is in force where, and how far plans have carried it out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from areavasta.randomness import Streams
from areavasta.settings import Parameters
from areavasta.settings.law_programming import Programming

Numbers = NDArray[np.float64]


@dataclass
class Programmes:
    """What areas coordinate; programmes are drafted together, every five years or when their law changes."""

    signed: NDArray[np.bool_]
    """Whether the commune signed a programme that is in force, (place,)."""
    transfer: Numbers
    """What its area pays it for that, EUR a head a year, (place,)."""
    alignment: Numbers
    """Part of spending on the functions covered that plans have aligned, (place,)."""
    autonomy: Numbers
    """Worth of deciding alone, were all spending aligned, EUR a head a year, (place,)."""
    envelope: Numbers
    """Area money in the first year, part of the services that people are used to, EUR, (place,)."""
    drafted: int = 0
    """Year in which programmes were drafted last, 0 before the first."""
    law: Programming | None = None
    """Law under which they were drafted."""


def initial_programmes(places: int, parameters: Parameters, streams: Streams) -> Programmes:
    """Return the state before the first programme; autonomy is lognormal with the stated mean."""
    constants = parameters.programming
    spread = constants.autonomy_spread
    noise = streams.of("autonomy in programmes").normal(places)
    return Programmes(
        signed=np.zeros(places, dtype=bool),
        transfer=np.zeros(places),
        alignment=np.zeros(places),
        autonomy=constants.autonomy * np.exp(spread * noise - 0.5 * spread * spread),
        envelope=np.zeros(places),
    )
