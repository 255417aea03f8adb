"""The law: every key that a file in `scenarios/` may write, section by section."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from areavasta.settings.fields import Origin, constant
from areavasta.settings.law_codecision import Codecision, Metropolitan
from areavasta.settings.law_cooperation import Cooperation
from areavasta.settings.law_knowledge import AccountabilityLaw, AssistanceLaw, KnowledgeLaw
from areavasta.settings.law_programming import Integration, Programming, Solidarity
from areavasta.settings.law_review import Review

LEVELS = ("commune", "union", "area", "region")
"""Levels of government that can hold a share of a function, nearest to the citizen first."""

AREA_KINDS = ("province", "metropolitan")
"""Kinds of area; the competence table has one line for each."""


class ResourceRule(Enum):
    """Name the rule by which resources follow a function to its new holder."""

    historical = "historical"
    standard_need = "standard_need"
    destination_cost = "destination_cost"
    none = "none"


class Financing(Enum):
    """Say who pays for new regional spending: the region's other allocations, or new money."""

    within_envelope = "within_envelope"
    new_money = "new_money"


class NeedBasis(Enum):
    """Say which functions count as need in the equalisation fund."""

    functions_held = "functions_held"
    all_functions = "all_functions"


def _share(meaning: str) -> Any:
    return constant(
        0.0, 0.0, 1.0, unit="share", origin=Origin.choice, source="competence table", meaning=meaning
    )


def _weight(default: float, meaning: str) -> Any:
    return constant(
        default, 0.0, 1.0, unit="share of the envelope", origin=Origin.choice, source="law", meaning=meaning
    )


@dataclass
class Shares:
    """Shares of one function held by each level; they sum to one."""

    commune: float = _share("communes, in the form they manage it")
    union: float = _share("unions, where the commune is a member; else the commune")
    area: float = _share("province or metropolitan city")
    region: float = _share("region")


@dataclass
class Competence:
    """Who holds a function, by kind of area."""

    province: Shares = field(default_factory=Shares)
    metropolitan: Shares = field(default_factory=Shares)


@dataclass
class Resources:
    """How money follows a function that changes holder."""

    rule: ResourceRule = ResourceRule.historical
    phase_years: int = constant(
        1, 1, 10, unit="years", origin=Origin.choice, source="law",
        meaning="years over which the resources reach their full amount",
    )  # fmt: skip


@dataclass
class Equalisation:
    """The national equalisation fund of communes, as it falls on this territory."""

    needs_share: float = constant(
        0.70, 0.0, 1.0, unit="share in 2024", origin=Origin.law,
        source="L. 232/2016 art. 1 c. 449; D.L. 124/2019 art. 57",
        meaning="share of the fund distributed by need and capacity; the rest is historical",
    )  # fmt: skip
    needs_share_step: float = constant(
        0.05, -0.5, 0.5, unit="share a year", origin=Origin.law, source="D.L. 124/2019 art. 57",
        meaning="yearly change of needs_share, up to one (2030)",
    )  # fmt: skip
    capacity_share: float = constant(
        0.75, 0.0, 1.0, unit="share in 2024", origin=Origin.law, source="D.L. 124/2019 art. 57",
        meaning="share of fiscal capacity that is equalised",
    )  # fmt: skip
    capacity_share_step: float = constant(
        0.05, -0.5, 0.5, unit="share a year", origin=Origin.law, source="D.L. 124/2019 art. 57",
        meaning="yearly change of capacity_share, up to one (2029)",
    )  # fmt: skip
    need_factor: float = constant(
        0.63, 0.3, 1.0, unit="share", origin=Origin.measured,
        source="set so that the needs part is -38 EUR a head in 2024 (OpenCivitas, unweighted mean)",
        meaning="national capacity over national need, waste in neither, on the scale of this territory",
    )  # fmt: skip
    historical_per_head: float = constant(
        -19.0, -300.0, 300.0, unit="EUR a head", origin=Origin.measured,
        source="set so that the fund falls by about 25 EUR a head from 2024 to 2030",
        meaning="mean of the historical part at full weight",
    )  # fmt: skip
    compensation_per_head: float = constant(
        137.0, 0.0, 400.0, unit="EUR a head", origin=Origin.measured,
        source="set so that the whole fund is 101 EUR a head in 2024 (OpenCivitas)",
        meaning="compensations for lost own taxes, in proportion to need",
    )  # fmt: skip
    service_equity_per_head: float = constant(
        9.0, 0.0, 100.0, unit="EUR a head in 2023", origin=Origin.assumed,
        source="assumption, L. 234/2021 c. 172-174",
        meaning="money for social services, nurseries and disabled pupils, by social need",
    )  # fmt: skip
    service_equity_step: float = constant(
        2.0, -10.0, 20.0, unit="EUR a head a year", origin=Origin.assumed, source="assumption, L. 207/2024",
        meaning="yearly growth of service_equity_per_head up to 2030",
    )  # fmt: skip
    cut_per_head: float = constant(
        0.0, 0.0, 400.0, unit="EUR a head", origin=Origin.choice, source="law",
        meaning="cut of the fund, equal for every resident",
    )  # fmt: skip
    need_basis: NeedBasis = NeedBasis.functions_held


@dataclass
class Taxation:
    """Bounds of communal taxes and the revenue of areas."""

    effort_floor: float = constant(
        0.90, 0.5, 1.0, unit="ratio to standard effort", origin=Origin.assumed, source="assumption",
        meaning="lowest effort a council chooses",
    )  # fmt: skip
    surtax_ceiling: float = constant(
        0.008, 0.0, 0.02, unit="share of taxable income", origin=Origin.law,
        source="D.Lgs. 360/1998 art. 1 c. 3",
        meaning="highest municipal surtax on income",
    )  # fmt: skip
    area_revenue_ratio: float = constant(
        1.0, 0.0, 3.0, unit="ratio", origin=Origin.choice, source="assumption: areas about 115 EUR a head",
        meaning="areas' own revenue over the cost of their functions and envelope at the start",
    )  # fmt: skip


@dataclass
class RuleWeights:
    """Parts of an envelope that each allocation rule distributes; they sum to one."""

    historical: float = _weight(0.0, "as in the last three years")
    per_capita: float = _weight(0.0, "by residents")
    standard_needs: float = _weight(0.0, "by standard need")
    equalisation: float = _weight(0.0, "by need less own capacity")
    bes_gap: float = _weight(0.0, "by need, more where wellbeing is low")
    performance: float = _weight(0.0, "by need, more where service per euro is high")
    union_incentive: float = _weight(0.0, "to members of unions, by functions delegated")


@dataclass
class Envelope:
    """Money one level gives to communes, and by which rules."""

    per_head: float = constant(
        0.0, 0.0, 50000.0, unit="EUR a head", origin=Origin.choice, source="law",
        meaning="size of the envelope, over the residents of the first year",
    )  # fmt: skip
    rules: RuleWeights = field(default_factory=RuleWeights)


@dataclass
class AreaEnvelope(Envelope):
    """Money each area gives to its communes, part of it for the functions that areas coordinate."""

    earmark: float = _weight(0.0, "for coordinated functions: they gain or lose what it changes")


@dataclass
class Allocation:
    """Envelopes of the region and of each area."""

    region: Envelope = field(default_factory=Envelope)
    area: AreaEnvelope = field(default_factory=AreaEnvelope)


@dataclass
class Incentives:
    """Money for unions: half regional, half of the State, all paid by the region."""

    amount_per_head: float = constant(
        4.01, 0.0, 200.0, unit="EUR a head", origin=Origin.measured,
        source="17.8 M EUR in 2019 (Regione Emilia-Romagna) over 4.43 M residents",
        meaning="yearly incentives to unions, over the residents of the first year",
    )  # fmt: skip
    by_functions: float = constant(
        0.5, 0.0, 1.0, unit="share", origin=Origin.assumed,
        source="assumption on the regional programme of reorganisation",
        meaning="part paid by functions held; the rest by residents",
    )  # fmt: skip
    small_commune_bonus: float = constant(
        1.0, 0.0, 5.0, unit="ratio", origin=Origin.assumed,
        source="assumption on the regional programme of reorganisation",
        meaning="additional weight of residents of communes below 5,000 inhabitants",
    )  # fmt: skip


@dataclass
class Facilitation:
    """What the region does, and pays, to make joint work easier."""

    level: float = constant(
        0.2, 0.0, 0.6, unit="share", origin=Origin.assumed, source="assumption",
        meaning="share of coordination cost and of the friction of entering a union that it removes",
    )  # fmt: skip


@dataclass
class Services:
    """Standards that the law sets."""

    essential_level: float = constant(
        0.90, 0.5, 1.0, unit="share of standard", origin=Origin.assumed, source="assumption",
        meaning="felt service below which a function misses its essential level (LEP)",
    )  # fmt: skip


@dataclass
class Context:
    """What happens to the territory whoever governs it; shocks are dated changes of these."""

    ageing: float = constant(
        1.0, 0.0, 5.0, unit="ratio", origin=Origin.choice, source="scenario",
        meaning="multiplier of the growth of social need and of the drift of population",
    )  # fmt: skip
    tax_base_growth: float = constant(
        0.0, -0.5, 0.5, unit="a year", origin=Origin.choice, source="scenario",
        meaning="real growth of fiscal capacity",
    )  # fmt: skip
    price_growth: float = constant(
        0.0, -0.2, 0.5, unit="a year", origin=Origin.choice, source="scenario",
        meaning="growth of the price of services that no revenue follows",
    )  # fmt: skip


@dataclass
class Law:
    """Everything the law and the context of one year say."""

    functions: dict[str, Competence] = field(default_factory=dict)
    resources: Resources = field(default_factory=Resources)
    equalisation: Equalisation = field(default_factory=Equalisation)
    taxation: Taxation = field(default_factory=Taxation)
    allocation: Allocation = field(default_factory=Allocation)
    incentives: Incentives = field(default_factory=Incentives)
    facilitation: Facilitation = field(default_factory=Facilitation)
    cooperation: Cooperation = field(default_factory=Cooperation)
    services: Services = field(default_factory=Services)
    knowledge: KnowledgeLaw = field(default_factory=KnowledgeLaw)
    accountability: AccountabilityLaw = field(default_factory=AccountabilityLaw)
    assistance: AssistanceLaw = field(default_factory=AssistanceLaw)
    context: Context = field(default_factory=Context)
    programming: Programming = field(default_factory=Programming)
    integration: Integration = field(default_factory=Integration)
    solidarity: Solidarity = field(default_factory=Solidarity)
    codecision: Codecision = field(default_factory=Codecision)
    metropolitan: Metropolitan = field(default_factory=Metropolitan)
    review: Review = field(default_factory=Review)


@dataclass
class Text:
    """A text in Italian and English."""

    it: str = ""
    en: str = ""


@dataclass
class Scenario(Law):
    """A file of `scenarios/`: a law with its title, its reason and its dates."""

    title: Text = field(default_factory=Text)
    reason: Text = field(default_factory=Text)
    effective: int = constant(
        2027, 2026, 2100, unit="year", origin=Origin.choice, source="scenario",
        meaning="first year in which the scenario's law holds",
    )  # fmt: skip
    financing: Financing = Financing.within_envelope
    changes: dict[int, Any] = field(default_factory=dict)
