"""Spin-up: how much a run moves in its first years, before any reform, against how much it moves later."""

import numpy as np

from experiments.validation.history import FIRST, History

QUANTITIES = ("cost", "spending", "service", "own_revenue")
"""Quantities of communes that would drift if the start were out of balance."""

BURN_IN, LATER = "2023-2026", "2026-2034"
"""Periods compared: the burn-in ends where results begin."""

PERIODS = {BURN_IN: (FIRST, 2026), LATER: (2026, 2034)}
"""First and last year of each period."""


def drift(history: History) -> dict[tuple[str, str], float]:
    """Return the yearly change of the mean commune by quantity and period, per cent."""
    found = {}
    for quantity in QUANTITIES:
        level = np.log(getattr(history, quantity)).mean(axis=1)
        for period, (first, last) in PERIODS.items():
            change = level[history.at(last)] - level[history.at(first)]
            found[quantity, period] = float(100.0 * change / (last - first))
    return found
