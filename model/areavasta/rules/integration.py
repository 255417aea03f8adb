"""Complementarity between functions: the CES exponent moves toward one where spending is aligned."""

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Numbers

NEARLY_ZERO = 1e-6
"""Exponent below which the CES counts as its limit, the geometric mean."""

EXPONENT_DIGITS = 12
"""Digits of an exponent, so that the last ones do not decide whether it counts as zero."""


def exponents(substitution: float, strength: Numbers) -> Numbers:
    """Return CES exponents, the shape of `strength`: 0 leaves `substitution`, 1 makes it one."""
    return np.asarray((substitution + (1.0 - substitution) * strength).round(EXPONENT_DIGITS))


def composed(log_level: Numbers, weights: Numbers, domain: NDArray[np.intp], exponent: Numbers) -> Numbers:
    """Return services as each domain feels them: CES over its functions, (place, domain).

    `log_level` has shape (place, function), `weights` (function, domain) sum to one in a domain, `domain`
    is that of each function, `exponent` has shape (place, domain).
    """
    geometric = np.abs(exponent) < NEARLY_ZERO
    safe = np.where(geometric, 1.0, exponent)
    service = (np.exp(safe.take(domain, axis=1) * log_level) @ weights) ** (1.0 / safe)
    if geometric.any():
        service = np.where(geometric, np.exp(log_level @ weights), service)
    return np.asarray(service)
