"""Constants of the model: how bodies cost, serve, tax and fare, with what is known of each.

Estimated and assumed constants are drawn from their range (`areavasta.settings.draws`); the default is
the mode of the draw.
"""

from dataclasses import dataclass, field

from areavasta.settings.fields import Origin, assumed, constant, estimated
from areavasta.settings.parameters_agreements import AgreementConstants
from areavasta.settings.parameters_codecision import Conference
from areavasta.settings.parameters_cooperation import CooperationConstants
from areavasta.settings.parameters_knowledge import (
    AccountabilityConstants,
    AssistanceConstants,
    FacilitationConstants,
    KnowledgeConstants,
)
from areavasta.settings.parameters_programming import Integration, Programming

NEED_DATA = "slopes of OpenCivitas standard needs 2022, reduced for sparsity"


@dataclass
class Scale:
    """Elasticity of unit cost to the residents a provider serves, given density and altitude."""

    administration_small: float = estimated(
        -0.33, -0.44, -0.25, "elasticity", "administration, below 5,000 residents", NEED_DATA
    )
    administration_medium: float = estimated(
        -0.09, -0.13, -0.05, "elasticity", "administration, 5,000 to 20,000", NEED_DATA
    )
    roads_small: float = estimated(
        -0.15, -0.25, 0.0, "elasticity", "roads and territory, below 5,000", NEED_DATA
    )
    roads_medium: float = estimated(
        -0.04, -0.08, 0.0, "elasticity", "roads and territory, 5,000 to 20,000", NEED_DATA
    )
    flat_small: float = estimated(0.0, -0.10, 0.0, "elasticity", "waste and police, below 5,000", NEED_DATA)
    area: float = assumed(-0.03, -0.08, 0.0, "elasticity", "area functions, up to 200,000 residents")
    floor: float = assumed(500.0, 200.0, 1000.0, "residents", "smallest size at which elasticities hold")


@dataclass
class Cost:
    """What joint work and overlap add to cost."""

    duplication: float = assumed(
        0.10, 0.0, 0.2, "share of cost", "cost of overlap, at full dispersion of a function"
    )
    coordination_administration: float = assumed(
        0.010, 0.0, 0.02, "per log member", "coordination of administrative and technical functions"
    )
    coordination_person: float = assumed(
        0.005, 0.0, 0.015, "per log member", "coordination of services to persons"
    )
    coordination_area: float = assumed(
        0.005, 0.0, 0.02, "per log member", "coordination of area and regional functions"
    )
    transition: float = assumed(
        0.10,
        0.0,
        0.2,
        "share of yearly cost",
        "reorganisation in the first year, the residual left behind included",
    )
    transition_years: float = estimated(
        5.0, 3.0, 6.0, "years", "years over which reorganisation cost fades to nothing",
        "Ferraresi, Migali and Rizzo 2018: effects grow for up to six years",
    )  # fmt: skip


@dataclass
class Staff:
    """What staff cost."""

    unit_cost: float = assumed(
        42_000.0, 36_000.0, 50_000.0, "EUR a year", "cost of a full-time equivalent, charges included",
        "assumption: pay of local government of about 31,000 EUR in 2022, charges of about a third",
    )  # fmt: skip


@dataclass
class Slack:
    """Cost above the efficient one."""

    start: float = assumed(
        0.12, 0.06, 0.20, "share", "mean slack of providers at the start, and in the figures of need"
    )
    spread: float = assumed(0.25, 0.0, 0.5, "log-sd", "spread of slack between bodies")
    reorganisation_gain: float = assumed(
        0.5, 0.0, 0.8, "share of slack", "slack removed when a union reorganises a function",
        "spans Luca and Modrego 2021 (none) and Ferraresi, Migali and Rizzo 2018 (5 % of spending)",
    )  # fmt: skip
    speed: float = assumed(0.3, 0.15, 0.5, "a year", "part of the way to its target that slack goes")


@dataclass
class Service:
    """Service levels and how citizens feel them."""

    score_spread: float = estimated(
        0.10, 0.08, 0.12, "log-sd", "spread of the target level over communes, by published score",
        "OpenCivitas service levels 2022",
    )  # fmt: skip
    function_spread: float = estimated(
        0.30, 0.2, 0.4, "log-sd", "spread of a commune's target levels over its functions",
        "OpenCivitas service levels 2022 by function",
    )  # fmt: skip
    joint_quality: float = assumed(
        0.03, 0.0, 0.06, "share", "continuity and specialisation of joint police and social services"
    )
    most_use: float = assumed(
        1.25, 1.05, 1.5, "ratio to planned cost", "most money a place can use in a year"
    )
    union_distance: float = assumed(
        0.03, 0.0, 0.08, "share", "proximity lost at a union by a service wholly of proximity"
    )
    area_distance: float = assumed(0.06, 0.0, 0.15, "share", "the same at an area")
    region_distance: float = assumed(0.10, 0.0, 0.25, "share", "the same at the region")
    distance_per_km: float = assumed(
        0.0005, 0.0, 0.0015, "share per km", "proximity lost per km to the seat of the area or region"
    )


@dataclass
class Finance:
    """Fiscal capacity, tax response and the money of levels above communes."""

    capacity_mean: float = constant(
        469.0, 100.0, 2000.0, unit="EUR a head", origin=Origin.measured,
        source="OpenCivitas, Emilia-Romagna, unweighted mean of communes",
        meaning="mean fiscal capacity of communes, waste tariff apart",
    )  # fmt: skip
    property_residual: float = estimated(
        0.32, 0.25, 0.40, "log-sd", "spread of capacity that income does not explain; drawn per replicate",
        "correlation -0.78 of capacity and needs part of the fund, Italian communes",
    )  # fmt: skip
    surtax_weight: float = assumed(
        0.2, 0.1, 0.3, "share", "weight of the surtax in own revenue at standard effort"
    )
    effort_speed: float = assumed(
        0.6, 0.2, 1.0, "a year", "part of the gap between planned cost and money that taxes answer"
    )
    capacity_noise: float = assumed(0.01, 0.0, 0.03, "log-sd a year", "yearly noise of tax bases")
    allocation_noise: float = assumed(
        0.2, 0.0, 0.4, "log-sd", "spread of the historical regional allocation around need"
    )


@dataclass
class Need:
    """Standard needs beyond the published figures, and their drift."""

    published_total: float = constant(
        834.0, 300.0, 3000.0, unit="EUR a head", origin=Origin.measured,
        source="OpenCivitas 2022: total standard spending of the region's communes",
        meaning="total standard need to which the six groups are scaled",
    )  # fmt: skip
    groups_total: float = constant(
        820.0, 300.0, 3000.0, unit="EUR a head", origin=Origin.measured,
        source="OpenCivitas 2022: sum of six groups, weighted by residents",
        meaning="sum of the six groups before scaling",
    )  # fmt: skip
    road_elasticity: float = assumed(
        0.3, 0.0, 0.5, "elasticity", "need of roads and environment to land per resident"
    )
    mountain_roads: float = assumed(0.3, 0.0, 0.6, "share", "more need of roads in the mountains")
    social_growth: float = assumed(0.006, 0.0, 0.012, "a year", "growth of social need by ageing")
    mountain_drift: float = assumed(-0.005, -0.010, 0.0, "a year", "drift of population, mountain")
    plain_drift: float = assumed(0.001, -0.002, 0.004, "a year", "drift of population, elsewhere")


@dataclass
class Wellbeing:
    """BES domains and their composite."""

    ampi_response: float = assumed(
        1.0, 0.3, 3.0, "AMPI points", "fall of AMPI when all services fall by 10 % for ten years"
    )
    substitution: float = assumed(-0.5, -3.0, 0.5, "CES exponent", "substitution between functions")
    concavity: float = assumed(0.5, 0.3, 0.7, "exponent", "returns of services in wellbeing")
    speed: float = assumed(0.15, 0.10, 0.30, "a year", "part of the way to its target that a domain goes")
    neighbours: float = assumed(0.10, 0.0, 0.2, "share", "weight of neighbours' services")
    noise_share: float = assumed(
        0.4, 0.2, 0.6, "share of variance", "initial domains not explained by published columns"
    )
    shock: float = assumed(0.02, 0.0, 0.05, "sd of domain", "yearly shock of a domain")


@dataclass
class Trust:
    """Trust of communes in joint work."""

    start: float = assumed(0.5, 0.3, 0.7, "index 0-1", "mean trust of communes")
    spread: float = assumed(0.10, 0.05, 0.15, "sd", "spread of trust between communes")


@dataclass
class Parameters:
    """All constants of the model that are not law."""

    scale: Scale = field(default_factory=Scale)
    cost: Cost = field(default_factory=Cost)
    staff: Staff = field(default_factory=Staff)
    slack: Slack = field(default_factory=Slack)
    service: Service = field(default_factory=Service)
    finance: Finance = field(default_factory=Finance)
    need: Need = field(default_factory=Need)
    wellbeing: Wellbeing = field(default_factory=Wellbeing)
    trust: Trust = field(default_factory=Trust)
    knowledge: KnowledgeConstants = field(default_factory=KnowledgeConstants)
    accountability: AccountabilityConstants = field(default_factory=AccountabilityConstants)
    assistance: AssistanceConstants = field(default_factory=AssistanceConstants)
    facilitation: FacilitationConstants = field(default_factory=FacilitationConstants)
    programming: Programming = field(default_factory=Programming)
    integration: Integration = field(default_factory=Integration)
    conference: Conference = field(default_factory=Conference)
    cooperation: CooperationConstants = field(default_factory=CooperationConstants)
    agreements: AgreementConstants = field(default_factory=AgreementConstants)
