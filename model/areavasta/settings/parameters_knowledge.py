"""Constants of knowledge, accountability, technical assistance and facilitation."""

from dataclasses import dataclass
from typing import Any

from areavasta.settings.fields import assumed


def _cost(meaning: str) -> Any:
    return assumed(1.0, 0.5, 2.0, "EUR a head a year at full intensity", meaning)


@dataclass
class KnowledgeConstants:
    """How information grows and what it is worth."""

    start: float = assumed(0.45, 0.25, 0.65, "index 0-1", "information of areas at the start")
    collection: float = assumed(
        0.2, 0.1, 0.3, "a year", "part of the unknown that a full information system collects"
    )
    decay: float = assumed(0.10, 0.05, 0.2, "a year", "part of the known that is out of date a year later")
    participation_gain: float = assumed(
        0.05, 0.0, 0.1, "a year", "part of the unknown that full participation tells"
    )
    need_error: float = assumed(0.15, 0.0, 0.4, "log-sd", "error of observed need without information")
    analysis_effect: float = assumed(0.5, 0.2, 0.8, "share", "part of that error that full analysis removes")
    cost_error: float = assumed(
        0.10, 0.0, 0.3, "log-sd", "error of an area on what others' functions cost, without information"
    )
    bes_error: float = assumed(
        10.0, 0.0, 30.0, "AMPI points", "error of observed wellbeing without information"
    )
    bes_effect: float = assumed(0.8, 0.5, 1.0, "share", "part of that error that full updating removes")
    bes_lag: float = assumed(4.0, 1.0, 6.0, "years", "mean lag of observed wellbeing without updating")
    persistence: float = assumed(0.8, 0.5, 0.95, "a year", "part of an error that lasts for a year")
    trust_gain: float = assumed(0.02, 0.01, 0.03, "a year", "part of missing trust that participation gives")
    trust_reversion: float = assumed(
        0.05, 0.025, 0.075, "a year", "part of the way to its own level that a commune's trust goes"
    )
    participation_cost: float = _cost("cost of participation")
    analysis_cost: float = _cost("cost of analyses")
    information_system_cost: float = _cost("cost of information systems")
    bes_update_cost: float = _cost("cost of updating and sharing the BES")


@dataclass
class AccountabilityConstants:
    """What monitoring does and costs."""

    monitoring_effect: float = assumed(
        0.4, 0.0, 0.8, "share of slack", "slack removed by monitoring that is clear and wholly known"
    )
    monitoring_cost: float = _cost("cost of monitoring")


@dataclass
class AssistanceConstants:
    """What technical assistance does and costs."""

    slack_effect: float = assumed(0.4, 0.0, 0.8, "share of slack", "slack removed by ample assistance")
    friction_effect: float = assumed(0.1, 0.0, 0.3, "share", "coordination cost removed by ample assistance")
    scale: float = assumed(
        0.5, 0.25, 1.0, "full offices a head", "assistance that has two thirds of its effect"
    )
    small_weight: float = assumed(
        3.0, 0.0, 6.0, "ratio", "more assistance a head for the smallest commune, falling to none at 5,000"
    )
    cost: float = _cost("cost of technical assistance")


@dataclass
class FacilitationConstants:
    """What the region's facilitation of joint work costs."""

    cost: float = assumed(
        2.0, 1.0, 4.0, "EUR a head a year per unit of level",
        "cost of facilitation; at present 1.8 M EUR, a tenth of the incentives to unions",
    )  # fmt: skip
