"""Indicators of the twin on what is known, commune by commune."""

import math
from typing import TYPE_CHECKING

from tests.twin.arithmetic import weighted_mean

if TYPE_CHECKING:
    from tests.twin.model import TwinModel

SMALL_COMMUNE = 5_000.0


def knowledge(twin: "TwinModel") -> dict[str, float]:
    """Return indicators of knowledge, accountability and assistance, raw values by key."""
    knowing, communes = twin.knowing, twin.communes
    people = [commune.population for commune in communes]
    small = [c for c in communes if c.population < SMALL_COMMUNE] or communes
    cost = math.fsum(h.cost for commune in small for h in commune.holdings)
    lowest = sorted(communes, key=lambda c: c.ampi)[: max(len(communes) // 5, 1)]
    served = weighted_mean([c.mean_service for c in lowest], [c.population for c in lowest])
    return {
        "information": weighted_mean([knowing.information[c.area] for c in communes], people),
        "participation": weighted_mean([knowing.done[c.area]["participation"] for c in communes], people),
        "monitoring": knowing.monitoring,
        "facilitation": knowing.facilitation,
        "assistance": weighted_mean([knowing.done[c.area]["assistance"] for c in communes], people),
        "knowledge_cost": knowing.cost / math.fsum(people),
        "need_error": weighted_mean([abs(c.need_ratio - 1.0) for c in communes], people),
        "bes_error": weighted_mean([abs(c.observed_ampi - c.ampi) for c in communes], people),
        "misallocation_information": twin.regional_envelope.information_error,
        "misallocation_rule": twin.regional_envelope.rule_distance,
        "trust": weighted_mean([commune.trust for commune in communes], people),
        "cost_small": cost / math.fsum(commune.population for commune in small),
        "lowest_fifth_gap": weighted_mean([c.mean_service for c in communes], people) - served,
    }
