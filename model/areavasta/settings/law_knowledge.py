"""Sections of the law on knowledge, accountability and technical assistance."""

from dataclasses import dataclass
from typing import Any

from areavasta.settings.fields import Origin, constant


def _intensity(default: float, meaning: str) -> Any:
    return constant(
        default, 0.0, 1.0, unit="intensity", origin=Origin.assumed, source="assumption", meaning=meaning
    )


@dataclass
class KnowledgeLaw:
    """What provinces and the metropolitan city do to know their territory, from nothing to all they could."""

    participation: float = _intensity(0.05, "participatory co-programming")
    analysis: float = _intensity(0.2, "socio-economic analyses of the territory")
    information_system: float = _intensity(0.5, "integrated information system fed by communes")
    bes_update: float = _intensity(0.3, "updating and sharing of the BES of communes")


@dataclass
class AccountabilityLaw:
    """What the region does so that results are known and somebody answers for them."""

    monitoring: float = _intensity(0.5, "monitoring of services, with published results")


@dataclass
class AssistanceLaw:
    """What provinces and the metropolitan city do to help communes work well."""

    capacity: float = _intensity(0.3, "staff for technical assistance, part of a full office")
