"""Programmes of areas, integration, solidarity and coordinated functions of the twin."""

import math
from typing import TYPE_CHECKING

from areavasta.functions import DOMAINS
from areavasta.randomness import Streams
from areavasta.settings import Law, Parameters
from areavasta.settings.law_programming import Pool
from areavasta.settings.law_programming import Programming as ProgrammingLaw
from tests.twin.arithmetic import add_up, apportion, mean, weighted_mean, whole_cents
from tests.twin.bodies import Body, Commune, Duty
from tests.twin.union_programmes import UnionProgrammes

if TYPE_CHECKING:
    from tests.twin.model import TwinModel
    from tests.twin.money import MoneyFromAbove

COORDINATED = ("local_transport", "planning_building", "civil_protection", "procurement")
TERM = 5


class AreaProgrammes:
    """Who signed, what they are paid, and how far plans have come, commune by commune."""

    def __init__(
        self, communes: list[Commune], duties: list[Duty], parameters: Parameters, streams: Streams
    ) -> None:
        self.communes, self.duties = communes, duties
        self.constants, self.integration = parameters.programming, parameters.integration
        spread = self.constants.autonomy_spread
        noise = streams.of("autonomy in programmes").normal(len(communes)).tolist()
        self.autonomy = {
            c: self.constants.autonomy * math.exp(spread * number - 0.5 * spread * spread)
            for c, number in zip(communes, noise, strict=True)
        }
        self.paid_for_signing: dict[Commune, float] = {}
        self.aligned = dict.fromkeys(communes, 0.0)
        self.first_envelope = [0] * len(communes)
        self.drafted = 0
        self.law: ProgrammingLaw | None = None
        self.of_unions = UnionProgrammes(self)

    def signatures(self) -> list[float]:
        return [float(commune in self.paid_for_signing) for commune in self.communes]

    def alignments(self) -> list[float]:
        return [self.aligned[commune] for commune in self.communes]

    def aligned_by_all(self) -> dict[Commune, float]:
        return {c: self.aligned[c] + self.of_unions.aligned.get(c, 0.0) for c in self.communes}

    def covered(self, law: Law, duty: Duty) -> float:
        """Return the part of a function that programmes cover."""
        if duty.row.home == "region" or duty.row.tariff:
            return 0.0
        return float(getattr(law.programming.covers, duty.row.domain))

    def draft(self, twin: "TwinModel") -> None:
        """Draft programmes of areas when the old ones end or their law changes, and ask for signatures."""
        law = twin.law.programming
        if twin.first_year or (twin.year < self.drafted + TERM and law == self.law):
            return
        self.drafted, self.law = twin.year, law
        self.paid_for_signing = {}
        if law.programmes <= 0 or law.drafter.value == "union":
            return
        for area in twin.bodies.areas:
            cost = whole_cents(self.constants.drafting_cost * twin.area_residents[area])
            twin.books.pay("programme", "drafting", area, twin.bodies.suppliers, min(cost, area.balance))
        noise = twin.streams.of("programme signatures", twin.year).normal(len(self.communes)).tolist()
        price: dict[Commune, float] = {}
        for commune, number in zip(self.communes, noise, strict=True):
            gain = self._gain(twin.law, commune, number)
            if gain > 0:
                price[commune] = 0.0
            elif gain + law.agreements > 0:
                price[commune] = -gain
        for members in twin.area_members.values():
            signers = [commune for commune in members if commune in price]
            number_share = len(signers) / len(members)
            people_share = add_up(c.population for c in signers) / max(
                add_up(c.population for c in members), 1.0
            )
            if signers and round(min(number_share, people_share), 12) >= law.quorum:
                self.paid_for_signing |= {commune: price[commune] for commune in signers}

    def _gain(self, law: Law, commune: Commune, noise: float) -> float:
        constants, rules = self.constants, law.programming
        in_programme = add_up(commune.need[d.number] * self.covered(law, d) for d in self.duties)
        worth = constants.benefit * in_programme - constants.plan_cost * rules.implementation
        gain = rules.programmes * (worth - self.autonomy[commune])
        return round(gain + constants.trust_weight * commune.trust + constants.noise * noise, 12)

    def implement(self, twin: "TwinModel") -> None:
        """Pay those whose signature was bought, pay for plans, and move alignment."""
        self._pay_for_signatures(twin)
        law = twin.law.programming
        for commune in self.communes:
            aim = law.programmes * law.implementation * (commune in self.paid_for_signing)
            cost = whole_cents(self.constants.plan_cost * aim * commune.population)
            cents = min(cost, max(commune.balance, 0))
            twin.books.pay("programme", "plans", commune, twin.bodies.suppliers, cents)
            planners = [commune]
            if commune.union is not None:
                planners = [c for c in self.communes if c.union is commune.union]
            residents = add_up(c.population for c in planners)
            capacity = residents / (residents + self.constants.half_capacity)
            slower = self.constants.participation_delay * twin.knowing.done[commune.area]["participation"]
            pace = min(capacity, 1.0 / (self.constants.delay + slower))
            self.aligned[commune] += pace * (aim - self.aligned[commune])
            self.of_unions.advance(commune, pace, law.implementation)

    def _pay_for_signatures(self, twin: "TwinModel") -> None:
        for area, members in twin.area_members.items():
            owed = {c: self.paid_for_signing.get(c, 0.0) * c.population for c in members}
            kept = min(1.0, area.money_at_hand / max(add_up(owed.values()), 1e-9))
            for commune, euros in owed.items():
                twin.books.pay_euros("programme", "agreements", area, commune, euros * kept)

    def integrate(self, law: Law, weights: list[list[float]]) -> None:
        """Say how much closer to perfect substitutes the services of each domain come.

        `weights` are those of functions in wellbeing, by domain.
        """
        sought = law.integration.alignment * self.integration.complementarity
        for commune in self.communes:
            commune.complementarity = []
            for domain, by_function in zip(DOMAINS, weights, strict=True):
                near = [self._aligned_in(c, by_function) for c in commune.neighbours]
                around = self.integration.spillover * (add_up(near) / len(near) if near else 0.0)
                felt = min(1.0, self._aligned_in(commune, by_function) + around)
                covered = getattr(law.programming.covers, domain)
                commune.complementarity.append(sought * felt * covered)

    def _aligned_in(self, commune: Commune, weights: list[float]) -> float:
        """Return how much of a domain is aligned: by areas all of it, by unions what communes hold."""
        open_to = [d for d in self.duties if d.row.home != "region" and not d.row.tariff]
        everything = add_up(weights[d.number] for d in open_to)
        communal = add_up(weights[d.number] for d in open_to if d.row.home == "commune")
        part = communal / everything if everything > 0 else 0.0
        return self.aligned[commune] + part * self.of_unions.aligned.get(commune, 0.0)


def earmarked_ratios(
    twin: "MoneyFromAbove", commune: Commune, money: float, ratio: float
) -> tuple[float, float]:
    """Return money over plan of other functions and of coordinated ones, after the area's earmark."""
    most = twin.parameters.service.most_use
    earmark = twin.law.allocation.area.earmark
    planned = add_up(h.plan for h in commune.paid)
    there = add_up(h.plan for h in commune.paid if h.duty.row.key in COORDINATED)
    received = twin.area_envelope.received[commune.number]
    if twin.first_year:
        twin.programmes.first_envelope[commune.number] = received
    if twin.first_year or earmark <= 0:
        return ratio, ratio
    change = (received - twin.programmes.first_envelope[commune.number]) / 100
    first = min(earmark * change, money) if there > 0 else 0.0
    spent = min(max(first + (money - first) * there / max(planned, 1e-9), 0.0), most * there)
    others = min((money - spent) / max(planned - there, 1e-9), most)
    return others, spent / max(there, 1e-9)


def pool_resources(twin: "TwinModel") -> None:
    """Settle each pool: who has more for what it needs pays, who has less receives, first with first."""
    law = twin.law.solidarity
    if law.share <= 0:
        return
    pools: dict[Body, list[Commune]] = {}
    for commune in twin.communes:
        pool = commune.union if law.ambit is Pool.union else commune.area
        if pool is not None:
            pools.setdefault(pool, []).append(commune)
    for members in pools.values():
        _settle(twin, members, law.share, f"{law.ambit.value}_pool")


def _settle(twin: "TwinModel", members: list[Commune], share: float, rule: str) -> None:
    need = [add_up(h.cost for h in commune.paid) for commune in members]
    everything = add_up(need)
    if everything <= 0:
        return
    per_need = add_up(commune.money for commune in members) / everything
    distance = [round(c.money - per_need * n, 6) for c, n in zip(members, need, strict=True)]
    missing = [max(-euros, 0.0) for euros in distance]
    if add_up(missing) <= 0:
        return
    part = share
    for commune, euros in zip(members, distance, strict=True):
        if euros > 0:
            part = min(part, commune.effort * commune.standard_revenue / euros)
    paid = [whole_cents(part * max(euros, 0.0)) for euros in distance]
    owed = apportion(sum(paid), missing)
    receiver = 0
    for payer, cents in zip(members, paid, strict=True):
        left = cents
        while left > 0:
            step = min(left, owed[receiver])
            twin.books.pay("solidarity", rule, payer, members[receiver], step)
            owed[receiver] -= step
            left -= step
            receiver += owed[receiver] == 0


def programme_figures(twin: "TwinModel") -> dict[str, float]:
    """Return the indicators of this part of the model."""
    communes, programmes = twin.communes, twin.programmes
    residents = math.fsum(commune.population for commune in communes)
    flows = twin.books.flows
    drafting_and_plans = ("drafting", "plans", "union_drafting", "union_plans")
    paid = dict.fromkeys((*drafting_and_plans, "union_pool", "area_pool"), 0)
    for (_, rule, *_), cents in flows.items():
        if rule in paid:
            paid[rule] += cents
    services = sorted(commune.mean_service for commune in communes)
    return {
        **_alignment_figures(twin, residents),
        **_coordinated_figures(communes, twin.duties),
        "area_programmes": float(len({commune.area for commune in programmes.paid_for_signing})),
        "union_programmes": float(sum(bool(held) for held in programmes.of_unions.promises.values())),
        "agreements_signed": mean(
            [
                max(signed, float(programmes.of_unions.share(commune) > 0))
                for commune, signed in zip(communes, programmes.signatures(), strict=True)
            ]
        ),
        "programme_cost": sum(paid[rule] for rule in drafting_and_plans) / 100 / residents,
        "solidarity_paid": (paid["union_pool"] + paid["area_pool"]) / 100 / residents,
        "service_lowest_fifth": mean(services[: math.ceil(len(services) / 5)]),
    }


def _alignment_figures(twin: "TwinModel", residents: float) -> dict[str, float]:
    programmes, unions, share = twin.programmes, twin.programmes.of_unions, twin.law.programming.programmes
    spent, agreed, carried_out, aligned = 0.0, 0.0, 0.0, 0.0
    for commune in twin.communes:
        covered, communal = 0.0, 0.0
        for h in commune.holdings:
            spent += h.cost * h.given
            covered += h.cost * h.given * programmes.covered(twin.law, h.duty)
            communal += h.cost * h.given * unions.covered(twin.law, h.duty)
        aligned += communal * unions.aligned.get(commune, 0.0)
        aligned += covered * programmes.aligned[commune]
        if commune in programmes.paid_for_signing:
            agreed += share * covered
            carried_out += covered * programmes.aligned[commune]
        if unions.share(commune) > 0:
            agreed += unions.share(commune) * communal
            carried_out += communal * unions.aligned.get(commune, 0.0)
    return {
        "programme_spending": agreed / residents,
        "implemented": min(1.0, carried_out / agreed) if agreed > 0 else 0.0,
        "integration": aligned / max(spent, 1e-9),
    }


def _coordinated_figures(communes: list[Commune], duties: list[Duty]) -> dict[str, float]:
    """Return mean and standard deviation over residents of the service of coordinated functions."""
    numbers = [duty.number for duty in duties if duty.row.key in COORDINATED]
    people = [commune.population for commune in communes]
    levels = [
        add_up(c.felt[f] * c.need[f] for f in numbers) / max(add_up(c.need[f] for f in numbers), 1e-9)
        for c in communes
    ]
    centre = weighted_mean(levels, people)
    variance = weighted_mean([(level - centre) ** 2 for level in levels], people)
    return {"coordinated_level": centre, "coordinated_spread": math.sqrt(variance)}
