"""Bodies of government, the functions they hold for communes, and the books of the year."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from areavasta.functions import Function
from tests.twin.arithmetic import add_up, whole_cents

COMMUNE, UNION, AREA, REGION = range(4)

SCALE_KNOTS = (5_000.0, 20_000.0, 200_000.0)


@dataclass(slots=True, eq=False)
class Duty:
    """One function with its constants in this run; elasticities below 5,000, 20,000 and 200,000 residents."""

    number: int
    row: Function
    home: int
    elasticities: tuple[float, float, float]
    coordination: float
    smallest: float

    @property
    def in_fund(self) -> bool:
        return self.home == COMMUNE and not self.row.tariff

    @property
    def social(self) -> bool:
        return self.row.need_pattern == "social"

    def unit_cost(self, residents: float) -> float:
        """Return cost a head for so many residents over that of a very large provider."""
        size = math.log(max(residents, self.smallest))
        log_cost, low = 0.0, math.log(self.smallest)
        for knot, elasticity in zip(SCALE_KNOTS, self.elasticities, strict=True):
            high = math.log(knot)
            log_cost += elasticity * (min(max(size, low), high) - high)
            low = high
        return math.exp(log_cost)


@dataclass(slots=True, eq=False)
class Body:
    """Whoever has an account or delivers services; `number` is its place among accounts."""

    number: int
    level: str
    slack_start: float = 0.0
    balance: int = 0
    opening: int = 0

    @property
    def money(self) -> float:
        return self.balance / 100

    @property
    def money_at_hand(self) -> float:
        return max(self.money, 0.0)


@dataclass(slots=True, eq=False)
class Office:
    """One function as one provider delivers it, for all communes that it holds it for."""

    provider: Body
    duty: Duty
    slack: float
    slack_aim: float
    log_members: float = 0.0
    factor: float = 1.0
    holdings: list["Holding"] = field(default_factory=list)

    def plan(self) -> None:
        """Work out what a unit costs here this year: scale, times one plus slack."""
        residents = add_up(holding.commune.population for holding in self.holdings)
        self.factor = self.duty.unit_cost(residents) * (1.0 + self.slack)

    def learn(self, speed: float) -> None:
        self.slack += speed * (self.slack_aim - self.slack)


@dataclass(slots=True, eq=False)
class Holding:
    """The share of one function of one commune that one office has; `payer` pays suppliers for it.

    `money_level` is who has the money, 0 communal, 1 area, 2 region; `held_with_money` its whole share.
    """

    commune: "Commune"
    duty: Duty
    level: int
    money_level: int
    share: float
    held_with_money: float
    office: Office
    payer: Body
    duplication: float
    felt_part: float
    gains: list["Gain"]
    by_agreement: bool = False
    coordination: float = 1.0
    cost: float = 0.0
    slack_cost: float = 0.0
    plan: float = 0.0
    transition: float = 0.0
    budget: int = 0
    given: float = 0.0


@dataclass(slots=True, eq=False)
class Agreement:
    """A function that some communes manage through their lead; `since` says in which year each entered."""

    duty: Duty
    lead: "Commune"
    since: dict["Commune", int] = field(default_factory=dict)

    @property
    def residents(self) -> float:
        return math.fsum(commune.population for commune in self.since)


@dataclass(slots=True, eq=False)
class Gain:
    """A share of a function that a level took over in a year and is still reorganising."""

    year: int
    share: float


@dataclass(slots=True, eq=False)
class Commune(Body):
    """A commune: its people, its council's habits, and the shares of each function by level."""

    population: float = 0.0
    drift: float = 0.0
    tax_base: float = 0.0
    capacity: float = 0.0
    effort: float = 1.0
    trust: float = 0.5
    historical_fund: float = 0.0
    other_money: float = 0.0
    transfers: float = 0.0
    union: "Union | None" = None
    area: Body = field(default_factory=lambda: Body(-1, "area"))
    district: Body = field(default_factory=lambda: Body(-1, "district"))
    metropolitan: bool = False
    mountain: bool = False
    area_number: int = 0
    ambit: int = 0
    altitude_zone: int = 0
    area_km: float = 0.0
    region_km: float = 0.0
    neighbours: list["Commune"] = field(default_factory=list)
    need: list[float] = field(default_factory=list)
    need_weight: list[float] = field(default_factory=list)
    base: list[float] = field(default_factory=list)
    target: list[float] = field(default_factory=list)
    felt: list[float] = field(default_factory=list)
    delegated: list[bool] = field(default_factory=list)
    fund_duties: list[int] = field(default_factory=list)
    fund_need: float = 0.0
    total_need: float = 0.0
    functions_in_union: int = 0
    functions_in_agreement: int = 0
    agreements: dict[int, Agreement] = field(default_factory=dict)
    led_by: dict[int, "Commune"] = field(default_factory=dict)
    clarity: float = 1.0
    shares: list[tuple[float, ...]] = field(default_factory=list)
    origin: list[tuple[float, ...]] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    paid: list[Holding] = field(default_factory=list)
    own: list[Holding] = field(default_factory=list)
    gains: dict[tuple[int, int], list[Gain]] = field(default_factory=dict)
    moves: dict[int, list[tuple[int, int, float]]] = field(default_factory=dict)
    moved_since: dict[int, int] = field(default_factory=dict)
    spent_before: dict[tuple[int, int], float] = field(default_factory=dict)
    spending: list[dict[tuple[int, int], float]] = field(default_factory=list)
    mean_service: float = 1.0
    performance: float = 1.0
    domains: list[float] = field(default_factory=list)
    structure: list[float] = field(default_factory=list)
    service_by_domain: list[float] = field(default_factory=list)
    start_effect: list[float] = field(default_factory=list)
    ampi: float = 100.0
    need_ratio: float = 1.0
    observed_ampi: float = 100.0
    helped: float = 0.0
    complementarity: list[float] = field(default_factory=lambda: [0.0] * 4)

    def add_up_needs(self) -> None:
        """Add up standard need, EUR a head: of all functions, and of those that the State's fund counts."""
        self.total_need = add_up(self.need)
        self.fund_need = add_up(self.need[f] for f in self.fund_duties)

    @property
    def observed_need(self) -> float:
        return self.fund_need * self.need_ratio

    @property
    def planned_cost(self) -> float:
        """Return what it must pay to keep its services, quotas to its union included."""
        return add_up(holding.plan + holding.transition for holding in self.paid)

    @property
    def standard_revenue(self) -> float:
        return self.capacity * self.population


@dataclass(slots=True, eq=False)
class Union(Body):
    """A union of communes; `reorganised` are the functions that members or a law gave to it."""

    reorganised: set[int] = field(default_factory=set)


FlowKey = tuple[str, str, int, int, int]


class Books:
    """Flows of the year in cents, by kind, rule, payer, payee and function (-1 for none)."""

    def __init__(self) -> None:
        self.flows: dict[FlowKey, int] = {}

    def pay(self, kind: str, rule: str, payer: Body, payee: Body, cents: int, duty: int = -1) -> None:
        assert cents >= 0, f"{kind} by {rule} from {payer.number} to {payee.number}: {cents} cents"
        if cents == 0:
            return
        payer.balance -= cents
        payee.balance += cents
        key = (kind, rule, payer.number, payee.number, duty)
        self.flows[key] = self.flows.get(key, 0) + cents

    def pay_euros(self, kind: str, rule: str, payer: Body, payee: Body, euros: float, duty: int = -1) -> int:
        cents = whole_cents(euros)
        self.pay(kind, rule, payer, payee, cents, duty)
        return cents

    def open_year(self, bodies: Iterable[Body]) -> None:
        for body in bodies:
            body.opening = body.balance
        self.flows = {}


def service_level(cents: int, cost: float) -> float:
    """Return the level that so many cents give, share of standard; what nobody needs is at standard."""
    return cents / (cost * 100.0) if cost > 0 else 1.0
