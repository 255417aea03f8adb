"""What makes a provider waste less: assistance, known results with one clear holder, reorganisation."""

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Numbers


def slack_factor(
    assistance: Numbers, clear_and_known: Numbers, monitoring: float, assistance_effect: float,
    monitoring_effect: float,
) -> Numbers:  # fmt: skip
    """Return the part of its slack that a provider's function keeps, 0 to 1, (pool,).

    `assistance` is the part of the greatest effect; `clear_and_known` clarity times information: monitoring
    works where one level alone answers and its results are known.
    """
    helped = 1.0 - assistance_effect * assistance
    return np.asarray(helped * (1.0 - monitoring_effect * monitoring * clear_and_known))


def slack_target(start: Numbers, factor: Numbers, reorganised: NDArray[np.bool_], gain: float) -> Numbers:
    """Return the slack that a provider's function tends to, (pool,): less where a union reorganised it."""
    return np.asarray(start * factor * (1.0 - gain * reorganised))
