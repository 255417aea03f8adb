"""State of the review of functions: what areas took by it, and what it cost before."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass
class ReviewState:
    """What reviews have left in force."""

    taken: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))
    """Functions that an area took whole by review, (area, function)."""
    wanted: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))
    """The same as areas propose it this year."""
    cost_before: Numbers = field(default_factory=lambda: np.zeros((0, 0)))
    """Cost over efficient cost under the holders before, (area, function)."""
    others_before: Numbers = field(default_factory=lambda: np.zeros((0, 0)))
    """Part of the function that others held then, (area, function)."""
    felt_before: Numbers = field(default_factory=lambda: np.zeros((0, 0)))
    """Part of the service that citizens felt under them, (area, function)."""
    expected: Numbers = field(default_factory=lambda: np.zeros((0, 0)))
    """Gain that the area expected from observed costs, transition apart, EUR a head, (area, function)."""
    changed: bool = False
    """Whether what areas hold has changed and is not assigned yet."""
