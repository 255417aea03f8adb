"""How the assistance that an area pays for is shared among its communes, and what it does."""

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.apportionment import Numbers
from areavasta.rules.incentives import SMALL_COMMUNE
from areavasta.rules.sums import sum_by


def assistance_per_head(
    area: NDArray[np.integer], population: Numbers, need: Numbers, capacity: Numbers, small_weight: float
) -> Numbers:
    """Return assistance a head, in full offices, (place,).

    `need` is EUR a head as observed, `capacity` what each area pays for, part of a full office. Shares
    follow need and small size: the mean over the residents of an area is its capacity.
    """
    smallness = np.maximum(1.0 - population / SMALL_COMMUNE, 0.0)
    weight = need * (1.0 + small_weight * smallness)
    residents = sum_by(area, population, capacity.size)
    total = sum_by(area, population * weight, capacity.size)
    scale = capacity * residents / np.where(total > 0, total, 1.0)
    return np.asarray(weight * scale[area])


def assistance_effect(per_head: Numbers, scale: float) -> Numbers:
    """Return the part of the greatest effect that so much assistance has, 0 to 1."""
    return np.asarray(1.0 - np.exp(-per_head / scale))
