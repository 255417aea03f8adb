"""Designs: the points at which all factors are set."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import product

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.stats import qmc

from areavasta.settings.sweep import Method, Sweep
from experiments.designs.factors import Factor, Value


@dataclass(frozen=True)
class Design:
    """Factors, and one tuple a point with the value of each."""

    factors: tuple[Factor, ...]
    points: tuple[tuple[Value, ...], ...]

    @classmethod
    def grid(cls, factors: Sequence[Factor], levels: int) -> "Design":
        """Return every combination of all values; ranges give so many levels."""
        return cls(tuple(factors), tuple(product(*(factor.levels(levels) for factor in factors))))

    @classmethod
    def listed(cls, factors: Sequence[Factor]) -> "Design":
        """Return the first value of every factor, then the second of every one, and so on."""
        return cls(tuple(factors), tuple(zip(*(factor.values for factor in factors), strict=True)))

    @classmethod
    def latin_hypercube(cls, factors: Sequence[Factor], points: int, seed: int) -> "Design":
        """Return points of which every factor has one in each of as many equal parts of its range."""
        sample = qmc.LatinHypercube(len(factors), rng=generator(seed, "latin hypercube"))
        return cls.of_shares(factors, sample.random(points))

    @classmethod
    def sobol(cls, factors: Sequence[Factor], points: int, seed: int) -> "Design":
        """Return the first points, a power of two, of a scrambled Sobol sequence."""
        sample = qmc.Sobol(len(factors), rng=generator(seed, "sobol"))
        return cls.of_shares(factors, sample.random_base2(points.bit_length() - 1))

    @classmethod
    def of_shares(cls, factors: Sequence[Factor], shares: NDArray[np.float64]) -> "Design":
        """Return the points of a sample (point, factor) of shares, 0 to 1, of the way through each factor."""
        points = (
            tuple(factor.at(share) for factor, share in zip(factors, row, strict=True))
            for row in shares.tolist()
        )
        return cls(tuple(factors), tuple(points))

    @classmethod
    def of_sweep(cls, sweep: Sweep, factors: Sequence[Factor], seed: int) -> "Design":
        """Return the design that settings ask for."""
        if sweep.method is Method.grid:
            return cls.grid(factors, sweep.levels)
        if sweep.method is Method.listed:
            return cls.listed(factors)
        if sweep.method is Method.sobol:
            return cls.sobol(factors, sweep.points, seed)
        return cls.latin_hypercube(factors, sweep.points, seed)

    def values(self, point: int) -> dict[str, Value]:
        """Return the value of every factor at a point."""
        return dict(zip((factor.key for factor in self.factors), self.points[point], strict=True))

    def table(self) -> pa.Table:
        """Return one row a point: `point`, counted from 0, and a column a factor."""
        columns = list(zip(*self.points, strict=True)) or [()] * len(self.factors)
        names = [factor.key for factor in self.factors]
        return pa.table(
            {"point": pa.array(range(len(self.points)), type=pa.int32())}
            | {name: pa.array(column) for name, column in zip(names, columns, strict=True)}
        )


def generator(seed: int, name: str) -> np.random.Generator:
    """Return numbers that depend on the seed and on what they are for alone."""
    digest = blake2b(f"{seed}/{name}".encode(), digest_size=16).digest()
    # SciPy makes a generator of its own from the sequence behind this one: a bare key has none.
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(int.from_bytes(digest, "little"))))
