"""Sums over groups of rows."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def sum_by(index: NDArray[np.integer], values: NDArray[np.number], size: int = 0) -> Numbers:
    """Return the sum of `values` for each number in `index`, shape (at least `size`,).

    Rows are added in their order, so that the result is the same everywhere.
    """
    return np.bincount(index, weights=values, minlength=size).astype(np.float64, copy=False)
