"""Law of the review of functions: when areas look again at who holds what."""

from dataclasses import dataclass
from enum import Enum

from areavasta.settings.fields import Origin, constant


class Reviewers(Enum):
    """Say which areas review functions: the metropolitan city, or provinces too."""

    metropolitan = "metropolitan"
    all = "all"


@dataclass
class Review:
    """The review by the metropolitan city, and by provinces where the law recognises it."""

    period_years: int = constant(
        0, 0, 20, unit="years", origin=Origin.choice, source="law",
        meaning="years between reviews, counted from 2026; zero is never",
    )  # fmt: skip
    threshold: float = constant(
        0.5, 0.0, 50.0, unit="EUR a head", origin=Origin.choice, source="law",
        meaning="expected yearly gain above which a function is taken; below minus it, it is handed back",
    )  # fmt: skip
    areas: Reviewers = Reviewers.metropolitan
