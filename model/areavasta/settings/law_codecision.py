"""Law of co-decision: the permanent conference, the metropolitan seat, the review of functions."""

from dataclasses import dataclass
from enum import Enum

from areavasta.settings.fields import Origin, constant


class CodecisionRule(Enum):
    """Name the rule by which the conference of levels decides on the region's proposals."""

    none = "none"
    consultation = "consultation"
    weighted_majority = "weighted_majority"
    unanimity = "unanimity"
    nash_bargaining = "nash_bargaining"


@dataclass
class Codecision:
    """The permanent conference of communes, areas and region."""

    rule: CodecisionRule = CodecisionRule.none
    population_threshold: float = constant(
        0.5, 0.0, 1.0, unit="share of residents", origin=Origin.choice, source="law",
        meaning="residents that those in favour must represent under weighted_majority",
    )  # fmt: skip
    number_threshold: float = constant(
        0.5, 0.0, 1.0, unit="share of seats", origin=Origin.choice, source="law",
        meaning="seats that must be in favour under weighted_majority",
    )  # fmt: skip
    concession: float = constant(
        0.5, 0.0, 1.0, unit="share of the way", origin=Origin.choice, source="law",
        meaning="how far the region goes from its proposal toward what the others want, to agree",
    )  # fmt: skip
    inertia: float = constant(
        0.5, 0.0, 1.0, unit="share", origin=Origin.choice, source="law",
        meaning="part of last year's weights that stays in force when no agreement is found",
    )  # fmt: skip
    longest_delay: int = constant(
        3, 0, 20, unit="years", origin=Origin.choice, source="law",
        meaning="years after which the region moves functions without an agreement",
    )  # fmt: skip


@dataclass
class Metropolitan:
    """The metropolitan city in regional programming."""

    seat_weight: float = constant(
        0.0, 0.0, 1.0, unit="share", origin=Origin.choice, source="law",
        meaning="weight of what the metropolitan city wants in the region's proposal",
    )  # fmt: skip
