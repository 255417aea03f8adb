"""Place years and values on a plot, and choose round values for its axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

MOST_TICKS = 6

Curve = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Panel:
    """One plot: where it stands in points and which values it spans."""

    left: float
    right: float
    top: float
    bottom: float
    years: tuple[float, float]
    values: tuple[float, float]

    def x(self, year: Curve | float) -> Curve:
        """Place a year."""
        first, last = self.years
        span = last - first
        share = (np.asarray(year) - first) / span if span else np.full(np.shape(year), 1.0)
        return np.asarray(self.left + share * (self.right - self.left))

    def y(self, value: Curve | float) -> Curve:
        """Place a value."""
        low, high = self.values
        share = (np.asarray(value) - low) / (high - low)
        return np.asarray(self.bottom - share * (self.bottom - self.top))


def nice_ticks(low: float, high: float, most: int = MOST_TICKS) -> Curve:
    """Return the round values between low and high, at least two and at most ``most`` of them."""
    span = high - low
    power = 10.0 ** math.floor(math.log10(span / most))
    ticks = np.asarray([low, high])
    for factor in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0):
        step = factor * power
        multiples = np.arange(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
        if len(multiples) > 1:
            ticks = multiples * step
        if len(multiples) <= most:
            break
    return ticks


def padded(low: float, high: float, share: float = 0.04) -> tuple[float, float]:
    """Widen a span by a share of it on both sides."""
    pad = share * (high - low)
    return low - pad, high + pad


def tick_decimals(ticks: Curve) -> int:
    """Return the decimals that tell neighbouring ticks apart."""
    step = float(ticks[1] - ticks[0])
    return next((d for d in range(9) if abs(round(step, d) - step) < 1e-6 * step), 9)


def shown_decimals(value: float) -> int:
    """Return the decimals of a round value such as a threshold."""
    return next((d for d in range(9) if abs(round(value, d) - value) <= 1e-6 * abs(value)), 9)


@dataclass(frozen=True)
class Axis:
    """A horizontal axis of values in the unit shown, placed in points."""

    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        """Place a value; beyond the axis, at its end."""
        inside = min(max(value, self.low), self.high)
        return self.left + (inside - self.low) / (self.high - self.low) * (self.right - self.left)
