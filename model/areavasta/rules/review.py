"""Review of functions: what an area expects to gain by holding one whole."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Numbers

GAIN_DIGITS = 12
"""Digits to which gains are compared."""


@dataclass(frozen=True)
class Comparison:
    """Two ways of holding each function of an area, (area, function).

    `efficient` cost at scale one and no slack, EUR; `cost` and `alternative` as ratios to it; `felt` and
    `alternative_felt` parts of the service that citizens feel; `need` at standard, EUR.
    """

    efficient: Numbers
    need: Numbers
    cost: Numbers
    alternative: Numbers
    felt: Numbers
    alternative_felt: Numbers


def yearly_gain(ways: Comparison, residents: Numbers) -> Numbers:
    """Return what the alternative gains: cost saved plus service felt at its standard cost, EUR a head."""
    saved = ways.efficient * (ways.cost - ways.alternative)
    felt = ways.need * (ways.alternative_felt - ways.felt)
    return np.asarray((saved + felt) / np.maximum(residents, 1.0)[:, np.newaxis])


def choose(
    gain: Numbers, keeping: Numbers, taken: NDArray[np.bool_], open_to: NDArray[np.bool_], threshold: float
) -> NDArray[np.bool_]:
    """Return what each area wants to hold: one more or one less function, or the same, (area, function).

    `gain` by taking and `keeping` what is taken, EUR a head; `open_to` says what an area may take. What loses
    more than the threshold goes back first; ties go to the first function.
    """
    wanted = taken.copy()
    losing = np.where(taken, np.round(keeping, GAIN_DIGITS), np.inf)
    gaining = np.where(open_to & ~taken, np.round(gain, GAIN_DIGITS), -np.inf)
    for area in range(len(taken)):
        if losing[area].min() < -threshold:
            wanted[area, int(np.argmin(losing[area]))] = False
        elif gaining[area].max() > threshold:
            wanted[area, int(np.argmax(gaining[area]))] = True
    return wanted
