"""Constants of co-decision: what levels want, what they ask for, and how trust answers."""

from dataclasses import dataclass

from areavasta.settings.fields import assumed


@dataclass
class Conference:
    """What the levels want in the conference, and what comes of it."""

    solidarity: float = assumed(
        0.3, 0.0, 0.6, "share", "part of what a level wants that follows need, not its own advantage"
    )
    sharpness: float = assumed(
        20.0, 10.0, 40.0, "per unit of advantage", "how closely a level asks for the rules that favour it"
    )
    noise: float = assumed(0.05, 0.0, 0.1, "sd of advantage", "yearly noise of what a level wants")
    institution: float = assumed(
        0.5, 0.0, 1.0, "share", "interest of the area as a body, beside the vote of its communes"
    )
    demand: float = assumed(
        0.05, 0.0, 0.1, "share of the envelope", "concession that a level without trust asks for"
    )
    move_noise: float = assumed(
        0.05, 0.0, 0.1, "sd of share of need", "yearly noise of support for moving functions"
    )
    move_trust: float = assumed(
        0.2, 0.0, 0.4, "share of need per unit of trust", "weight of trust in support for moving functions"
    )
    trust_up: float = assumed(0.06, 0.03, 0.09, "a year", "part of missing trust that an agreement gives")
    trust_down: float = assumed(0.08, 0.04, 0.12, "a year", "part of trust that a failure costs")
    consultation_effect: float = assumed(
        0.05, 0.0, 0.15, "share", "effect on trust of an opinion that does not bind, over one that does"
    )
    cost: float = assumed(
        0.1, 0.02, 0.3, "EUR a head", "yearly cost of a conference that decides, out of the envelope"
    )
