"""Keyed random streams: one for each decision, draw, replicate and year.

Two scenarios with one seed read the same numbers for the same place and decision, so that they differ
by the reform alone.
"""

import threading
from functools import lru_cache
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


REMEMBERED, LONGEST_REMEMBERED = 512, 2**14
"""Columns of numbers that a process keeps, those of two runs, and the longest of them: 64 MB at most."""


class _Generator(threading.local):
    """One generator for each thread: to set it back costs less than to make one."""

    def __init__(self) -> None:
        self.philox = np.random.Philox(key=0)


_GENERATOR = _Generator()


def words(key: NDArray[np.uint64], count: int) -> NDArray[np.uint64]:
    """Return the first `count` words of Philox at a key."""
    generator = _GENERATOR.philox
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
    """The random numbers of one decision in one year; position i belongs to place i.

    They cannot be written to: scenarios of one pair, and points of one seed, share them.
    """

    seed: int
    draw: int
    replicate: int
    decision: str
    year: int

    def uniform(self, count: int) -> NDArray[np.float64]:
        """Return `count` numbers in [0, 1), from raw Philox words."""
        return self._numbers(count, normal=False)

    def normal(self, count: int) -> NDArray[np.float64]:
        """Return `count` standard normal numbers."""
        return self._numbers(count, normal=True)

    def _numbers(self, count: int, *, normal: bool) -> NDArray[np.float64]:
        draw = _remembered if count <= LONGEST_REMEMBERED else _drawn
        return draw(self, count, normal)


def _drawn(stream: Stream, count: int, normal: bool) -> NDArray[np.float64]:
    text = "/".join(str(part) for part in stream)
    digest = blake2b(text.encode(), digest_size=16).digest()
    raw = words(np.frombuffer(digest, dtype="<u8"), count)
    uniform = (raw >> WORD_SHIFT).astype(np.float64) * UNIT
    numbers = as_normal(uniform) if normal else uniform
    numbers.flags.writeable = False
    return numbers


_remembered = lru_cache(maxsize=REMEMBERED)(_drawn)


def as_normal(uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the standard normal quantiles of uniform numbers."""
    # A zero would become minus infinity.
    numbers: NDArray[np.float64] = ndtri(np.maximum(uniform, UNIT / 2))
    return numbers


class Streams(NamedTuple):
    """All streams of one run."""

    seed: int
    draw: int
    replicate: int

    def of(self, decision: str, year: int = 0) -> Stream:
        """Return the stream of a decision; year 0 is for what is drawn once."""
        return Stream(self.seed, self.draw, self.replicate, decision, year)
