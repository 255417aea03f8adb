"""Keyed random streams: one for each decision, draw, replicate and year.

Two scenarios with one seed read the same numbers for the same place and decision, so that they differ
by the reform alone.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

WORD_SHIFT = np.uint64(11)
"""Bits dropped from a 64-bit word, so that 53 remain: all that a double holds."""

UNIT = 2.0**-53
"""Width of one step of a uniform number."""


@dataclass(frozen=True)
class Stream:
    """The random numbers of one decision in one year; position i belongs to place i."""

    seed: int
    draw: int
    replicate: int
    decision: str
    year: int

    def uniform(self, count: int) -> NDArray[np.float64]:
        """Return `count` numbers in [0, 1), from raw Philox words."""
        text = f"{self.seed}/{self.draw}/{self.replicate}/{self.decision}/{self.year}"
        digest = blake2b(text.encode(), digest_size=16).digest()
        words = np.random.Philox(key=np.frombuffer(digest, dtype="<u8")).random_raw(count)
        return (words >> WORD_SHIFT).astype(np.float64) * UNIT

    def normal(self, count: int) -> NDArray[np.float64]:
        """Return `count` standard normal numbers."""
        return as_normal(self.uniform(count))


def as_normal(uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the standard normal quantiles of uniform numbers."""
    # A zero would become minus infinity.
    numbers: NDArray[np.float64] = ndtri(np.maximum(uniform, UNIT / 2))
    return numbers


@dataclass(frozen=True)
class Streams:
    """All streams of one run."""

    seed: int
    draw: int
    replicate: int

    def of(self, decision: str, year: int = 0) -> Stream:
        """Return the stream of a decision; year 0 is for what is drawn once."""
        return Stream(self.seed, self.draw, self.replicate, decision, year)
