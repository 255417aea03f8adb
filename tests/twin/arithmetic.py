"""Sums, whole cents and apportionment, one number at a time."""

import math
from collections.abc import Iterable

NEARLY_WHOLE = 1e-6
WEIGHT_STEPS = 1e12
FRACTION_DIGITS = 6


def add_up(numbers: Iterable[float]) -> float:
    """Add one after the other: from Python 3.12 on `sum` compensates, and shifts the last digit."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def mean(numbers: list[float]) -> float:
    return math.fsum(numbers) / len(numbers)


def weighted_mean(numbers: list[float], weights: list[float]) -> float:
    return math.fsum(n * w for n, w in zip(numbers, weights, strict=True)) / math.fsum(weights)


def standardised(numbers: list[float]) -> list[float]:
    """Return distances from the mean in standard deviations; zero where all are equal."""
    centre = mean(numbers)
    spread = math.sqrt(mean([(number - centre) ** 2 for number in numbers]))
    if spread <= 1e-12 * max(1.0, abs(centre)):
        return [0.0] * len(numbers)
    return [(number - centre) / spread for number in numbers]


def parts(numbers: list[float]) -> list[float]:
    """Return each number over their sum; zeros where the sum is zero."""
    total = add_up(numbers)
    return [number / total for number in numbers] if total > 0 else [0.0] * len(numbers)


def within(number: float, low: float, high: float) -> float:
    return min(max(number, low), high)


def whole_cents(euros: float) -> int:
    """Round down to the cent; what is within a millionth of the next cent is that cent."""
    return math.floor(euros * 100.0 + NEARLY_WHOLE)


def apportion(pot: int, weights: list[float]) -> list[int]:
    """Share a pot of cents to the last one, by largest remainder; ties go to the earlier entry."""
    total = add_up(weights)
    if total <= 0:
        return [0] * len(weights)
    steps = [float(round(weight / total * WEIGHT_STEPS)) for weight in weights]
    step_total = add_up(steps)
    quotas = [pot * (step / step_total) for step in steps]
    shares = [math.floor(quota + NEARLY_WHOLE) for quota in quotas]
    remainders = [
        round(quota - share, FRACTION_DIGITS) if step > 0 else -1.0
        for quota, share, step in zip(quotas, shares, steps, strict=True)
    ]
    left = pot - sum(shares)
    by_remainder = sorted(range(len(weights)), key=lambda entry: -remainders[entry])
    for entry in by_remainder[:left] if left > 0 else []:
        shares[entry] += 1
    return shares


def without_specks(weights: list[float]) -> list[float]:
    """Return weights without those too small for a cent to come of them: below one step of apportionment."""
    total = math.fsum(weights)
    return [weight if weight * WEIGHT_STEPS > total else 0.0 for weight in weights]


def fill_under_caps(pot: float, weights: list[float], caps: list[float]) -> list[float]:
    """Pour a pot over all by weight, nobody above its cap: who is full first leaves the rest to others."""
    weights = without_specks(weights)
    wanting = [entry for entry, weight in enumerate(weights) if weight > 0]
    amounts = [0.0] * len(weights)
    pot_left, weight_left = pot, math.fsum(weights)
    for entry in sorted(wanting, key=lambda entry: caps[entry] / weights[entry]):
        amounts[entry] = min(caps[entry], pot_left * weights[entry] / weight_left)
        pot_left -= amounts[entry]
        weight_left -= weights[entry]
    return amounts
