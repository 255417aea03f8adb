"""Keyed random streams: one for each decision, draw, replicate and year.

Two scenarios with one seed read the same numbers for the same place and decision, so that they differ
by the reform alone.
"""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

WORD_SHIFT = np.uint64(11)
"""Bits dropped from a 64-bit word, so that 53 remain: all that a double holds."""

UNIT = 2.0**-53
"""Width of one step of a uniform number."""

NOTHING = np.zeros(4, dtype=np.uint64)
"""Counter and buffer of Philox before its first word."""


def words(generator: np.random.Philox, key: NDArray[np.uint64], count: int) -> NDArray[np.uint64]:
    """Return the first `count` words of Philox at a key; to set one back costs less than to make one."""
    generator.state = {
        "bit_generator": "Philox",
        "state": {"counter": NOTHING, "key": key},
        "buffer": NOTHING,
        "buffer_pos": NOTHING.size,
        "has_uint32": 0,
        "uinteger": 0,
    }
    return np.asarray(generator.random_raw(count))


class Stream(NamedTuple):
    """The random numbers of one decision in one year; position i belongs to place i."""

    seed: int
    draw: int
    replicate: int
    decision: str
    year: int
    generator: np.random.Philox

    def uniform(self, count: int) -> NDArray[np.float64]:
        """Return `count` numbers in [0, 1), from raw Philox words."""
        text = f"{self.seed}/{self.draw}/{self.replicate}/{self.decision}/{self.year}"
        digest = blake2b(text.encode(), digest_size=16).digest()
        raw = words(self.generator, np.frombuffer(digest, dtype="<u8"), count)
        return (raw >> WORD_SHIFT).astype(np.float64) * UNIT

    def normal(self, count: int) -> NDArray[np.float64]:
        """Return `count` standard normal numbers."""
        return as_normal(self.uniform(count))


def as_normal(uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the standard normal quantiles of uniform numbers."""
    # A zero would become minus infinity.
    numbers: NDArray[np.float64] = ndtri(np.maximum(uniform, UNIT / 2))
    return numbers


def _philox() -> np.random.Philox:
    return np.random.Philox(key=0)


@dataclass(frozen=True)
class Streams:
    """All streams of one run."""

    seed: int
    draw: int
    replicate: int
    generator: np.random.Philox = field(default_factory=_philox, repr=False, compare=False)

    def of(self, decision: str, year: int = 0) -> Stream:
        """Return the stream of a decision; year 0 is for what is drawn once."""
        return Stream(self.seed, self.draw, self.replicate, decision, year, self.generator)
