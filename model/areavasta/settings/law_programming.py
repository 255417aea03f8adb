"""The law of programmes of areas and unions, their integration, and solidarity between communes."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from areavasta.settings.fields import Origin, constant


class Drafter(Enum):
    """Name who drafts programmes: each area for its communes, each union for its members, or both."""

    area = "area"
    union = "union"
    both = "both"


class Pool(Enum):
    """Name the ambit whose communes pool resources."""

    union = "union"
    area = "area"


def _chosen(default: float, low: float, high: float, unit: str, meaning: str) -> Any:
    return constant(default, low, high, unit=unit, origin=Origin.choice, source="law", meaning=meaning)


def _covered(default: float, domain: str) -> Any:
    return _chosen(default, 0.0, 1.0, "share", f"part of communal and area functions of {domain} covered")


@dataclass
class ProgrammeDomains:
    """Functions that programmes cover, by wellbeing domain: those of communes and areas, waste apart."""

    economy: float = _covered(0.0, "the economy")
    services: float = _covered(1.0, "services")
    social: float = _covered(1.0, "the social domain")
    environment: float = _covered(1.0, "the environment")


@dataclass
class Programming:
    """Strategic programmes, the agreements that communes sign, the plans that carry them out.

    A union's programme covers communal functions of its members. Where a commune signs both, the
    union's takes its share of the spending that the area's leaves: no spending is aligned twice.
    """

    drafter: Drafter = Drafter.area
    programmes: float = _chosen(
        0.0, 0.0, 1.0, "share of spending", "spending on the functions covered that a programme aligns"
    )
    agreements: float = _chosen(
        0.0,
        0.0,
        50.0,
        "EUR a head a year",
        "most that its area, or other members, pay a commune for a signature",
    )
    implementation: float = _chosen(
        0.0, 0.0, 1.0, "share", "part of a programme that plans of communes and unions carry out"
    )
    quorum: float = _chosen(
        0.5,
        0.0,
        1.0,
        "share",
        "least part of its communes, and of its residents, that must sign",
    )
    covers: ProgrammeDomains = field(default_factory=ProgrammeDomains)


@dataclass
class Integration:
    """What aligned spending does."""

    alignment: float = _chosen(
        0.0, 0.0, 1.0, "share", "part of the complementarity of aligned functions that is sought"
    )


@dataclass
class Solidarity:
    """A pool of communes: those with more resources for what they need pay those with less."""

    share: float = _chosen(
        0.0, 0.0, 1.0, "share", "part of resources above the pool's mean, in proportion to need, that is paid"
    )
    ambit: Pool = Pool.union
