"""Constants of programmes of areas and unions, and of integration; assumptions, drawn from their ranges."""

from dataclasses import dataclass

from areavasta.settings.fields import assumed


@dataclass
class Programming:
    """What programmes cost, why communes sign them, and how fast plans carry them out."""

    drafting_cost: float = assumed(
        1.0, 0.5, 2.0, "EUR per resident of the area or union", "drafting a programme, once in five years"
    )
    plan_cost: float = assumed(
        2.0, 1.0, 4.0, "EUR a head a year", "planning in a commune that signed, were all spending aligned"
    )
    benefit: float = assumed(0.015, 0.005, 0.03, "share", "what a council thinks that aligned spending gains")
    autonomy: float = assumed(
        11.0, 6.0, 18.0, "EUR a head a year", "mean worth of deciding alone, were all spending aligned"
    )
    autonomy_spread: float = assumed(0.6, 0.4, 0.9, "log-sd", "spread of that worth between communes")
    trust_weight: float = assumed(
        4.0, 0.0, 8.0, "EUR a head a year", "worth of signing to a council that trusts wholly"
    )
    noise: float = assumed(2.0, 0.0, 4.0, "EUR a head a year, sd", "what else decides a signature")
    delay: float = assumed(3.0, 1.0, 6.0, "years", "time that plans take where capacity is no limit")
    participation_delay: float = assumed(
        1.0, 0.0, 2.0, "years", "further time that plans take where participation is full"
    )
    trust_gain: float = assumed(
        0.02,
        0.0,
        0.06,
        "a year",
        "part of missing trust that carrying out an agreement on all spending gives",
    )
    half_capacity: float = assumed(
        5000.0, 2000.0, 10000.0, "residents", "size at which half of a programme is carried out in a year"
    )


@dataclass
class Integration:
    """What aligned spending does for wellbeing."""

    complementarity: float = assumed(
        0.7, 0.0, 1.0, "share", "way of the CES exponent to one that wholly aligned functions go"
    )
    spillover: float = assumed(0.2, 0.0, 0.5, "share", "neighbours' mean alignment that a commune feels")
