"""Parameter draws: what is not known about the constants, from a posterior or from their stated ranges."""

import copy
import math
from typing import TYPE_CHECKING

import numpy as np

from areavasta.randomness import Streams
from areavasta.settings.parameters import Parameters
from areavasta.settings.posterior import load_posterior
from areavasta.settings.uncertain import uncertain_constants

if TYPE_CHECKING:
    from areavasta.settings.run import Settings


def draw_parameters(settings: "Settings", seed: int, draw: int) -> Parameters:
    """Return the parameters of one draw; draw 0 is the parameters as they stand.

    Calibrated constants take the values of one row of the posterior in force (`run.posterior`), all of one
    row, since they are known jointly; draw k takes the k-th row in an order that the seed shuffles, and
    begins again after the last. Every other uncertain constant follows a triangular distribution over its
    range with its mode at the given value: an assumption. A constant that the settings change from its
    default, or that `run.held` names, keeps the value it has in every draw.
    """
    if draw == 0:
        return settings.parameters
    drawn, streams = copy.deepcopy(settings.parameters), Streams(seed, draw, 0)
    calibrated = posterior_row(settings.run.posterior, seed, draw)
    for section, place, item in uncertain_constants(drawn):
        given = getattr(section, item.name)
        if given != item.default or place in settings.run.held:
            continue
        if place in calibrated:
            setattr(section, item.name, calibrated[place])
            continue
        uniform = float(streams.of(f"parameter {place}").uniform(1)[0])
        setattr(section, item.name, triangular(uniform, item.metadata["low"], given, item.metadata["high"]))
    return drawn


def posterior_row(choice: str, seed: int, draw: int) -> dict[str, float]:
    """Return the calibrated constants of a draw (1 and above) by key; nothing without a posterior."""
    posterior = load_posterior(choice)
    if posterior is None:
        return {}
    order = np.argsort(Streams(seed, 0, 0).of("posterior rows").uniform(len(posterior.rows)), kind="stable")
    row = posterior.rows[order[(draw - 1) % len(posterior.rows)]]
    return dict(zip(posterior.keys, row, strict=True))


def triangular(uniform: float, low: float, mode: float, high: float) -> float:
    """Return the quantile `uniform` (0 to 1) of the triangular distribution on [low, high]."""
    if high <= low:
        return low
    split = (mode - low) / (high - low)
    if uniform < split:
        return low + math.sqrt(uniform * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - uniform) * (high - low) * (high - mode))
