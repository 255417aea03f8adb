"""What every constant says of itself: unit, range, kind of source and source."""

from dataclasses import field
from enum import Enum
from typing import Any


class Origin(Enum):
    """Tell how a constant is known; only the last two kinds are drawn from their range."""

    law = "law"
    measured = "measured"
    choice = "choice"
    estimated = "estimated"
    assumed = "assumed"


def constant(
    default: float,
    low: float,
    high: float,
    *,
    unit: str,
    origin: Origin,
    source: str,
    meaning: str,
) -> Any:
    """Declare a bounded constant of a settings dataclass.

    `low` and `high` are the values a file may give it, both included; for estimates and assumptions
    they are also the range that parameter draws cover. Dataclasses ask for `Any` as the type of a
    field's default.
    """
    return field(
        default=default,
        metadata={
            "low": low,
            "high": high,
            "unit": unit,
            "origin": origin,
            "source": source,
            "meaning": meaning,
        },
    )


def assumed(
    default: float, low: float, high: float, unit: str, meaning: str, source: str = "assumption"
) -> Any:
    """Declare a constant for which no figure exists; parameter draws cover its range."""
    return constant(default, low, high, unit=unit, origin=Origin.assumed, source=source, meaning=meaning)


def estimated(default: float, low: float, high: float, unit: str, meaning: str, source: str) -> Any:
    """Declare a constant estimated from figures; parameter draws cover its range."""
    return constant(default, low, high, unit=unit, origin=Origin.estimated, source=source, meaning=meaning)
