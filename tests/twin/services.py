"""Services of the year: what they cost, the money councils give them, who delivers, what citizens feel."""

import math
from collections import defaultdict

from tests.twin.arithmetic import add_up, apportion, whole_cents
from tests.twin.bodies import Body, Commune, Holding, service_level
from tests.twin.money import MoneyFromAbove
from tests.twin.programming import COORDINATED, earmarked_ratios

SPENDING_YEARS = 3
TRUST_STRENGTH, TRUST_NEUTRAL = 2.0, 0.5


class LocalServices(MoneyFromAbove):
    """Plans, taxes, budgets and delivery, commune by commune and body by body."""

    def plan_services(self) -> None:
        """Work out what the standard service costs, and what the level people are used to would."""
        for office in self.offices:
            office.plan()
        for commune in self.communes:
            ease = math.exp(-TRUST_STRENGTH * (commune.trust - TRUST_NEUTRAL)) * (1.0 - self.facilitation)
            ease *= 1.0 - self.parameters.assistance.friction_effect * commune.helped
            for holding in commune.holdings:
                self._plan(commune, holding, ease)

    def _plan(self, commune: Commune, holding: Holding, ease: float) -> None:
        duty, office = holding.duty, holding.office
        if holding.by_agreement:
            ease *= self.parameters.agreements.coordination
        holding.coordination = 1.0 + duty.coordination * office.log_members * ease
        efficient = commune.population * (commune.base[duty.number] * self.price)
        holding.cost = efficient * holding.share * office.factor * holding.coordination * holding.duplication
        holding.slack_cost = holding.cost * office.slack / (1.0 + office.slack)
        holding.plan = holding.cost * commune.target[duty.number]
        holding.transition = 0.0
        for gain in holding.gains:
            fading = max(1.0 - (self.year - gain.year) / self.parameters.cost.transition_years, 0.0)
            whole_function = holding.cost / holding.share
            holding.transition += self.parameters.cost.transition * fading * gain.share * whole_function

    def set_taxes(self, commune: Commune) -> None:
        """Move effort toward what planned services need, within the law's bounds, and collect."""
        standard = commune.standard_revenue
        gap = commune.planned_cost - commune.money - commune.effort * standard
        answer = self.parameters.finance.effort_speed * gap / max(standard, 1.0)
        lowest = min(self.law.taxation.effort_floor, self.highest_effort)
        commune.effort = min(max(commune.effort + answer, lowest), self.highest_effort)
        own = self.books.pay_euros(
            "own_revenue", "tax_effort", self.bodies.residents, commune, commune.effort * standard
        )
        commune.transfers = (commune.balance - commune.opening - own) / 100
        commune.other_money = (commune.balance - self.regional_envelope.received[commune.number]) / 100

    def share_out_budget(self, commune: Commune) -> None:
        """Pay reorganisation first, then every function in proportion to its plan; pay unions their part."""
        available = commune.money
        transition = add_up(h.transition for h in commune.paid)
        kept = min(1.0, available / max(transition, 1e-9))
        planned = add_up(h.plan for h in commune.paid)
        ratio = max(available - transition, 0.0) / max(planned, 1e-9)
        ratio = min(ratio, self.parameters.service.most_use)
        ratio, there = earmarked_ratios(self, commune, max(available - transition, 0.0), ratio)
        for h in commune.paid:
            h.transition *= kept
            h.budget = whole_cents(h.plan * (there if h.duty.row.key in COORDINATED else ratio))
            if h.payer is not commune:
                quota = h.budget + whole_cents(h.transition)
                self.books.pay("quota", "cost_of_members", commune, h.payer, quota, h.duty.number)

    def deliver_alone(self, commune: Commune) -> None:
        """Pay suppliers for what the commune delivers itself, alone or in a district."""
        for h in commune.own:
            h.given = service_level(h.budget, h.cost)
            self.books.pay("delivery", "own", commune, self.bodies.suppliers, h.budget, h.duty.number)
        self._pay_transition(commune, commune.own)

    def _pay_transition(self, body: Body, holdings: list[Holding]) -> None:
        owed = add_up(h.transition for h in holdings)
        if owed <= 0:
            return
        kept = min(1.0, body.money_at_hand / max(owed, 1e-9))
        for h in holdings:
            h.transition *= kept
            self.books.pay_euros(
                "transition", "reorganisation", body, self.bodies.suppliers, h.transition, h.duty.number
            )

    def deliver_jointly(self, body: Body) -> None:
        """Spend what there is, to the last cent, by plan, but no more than is of use: one level for all."""
        self._pay_transition(body, self.holdings_of[body])
        offices = self.offices_of[body]
        planned = [add_up(h.plan for h in office.holdings) for office in offices]
        money = self._shared_out(
            body,
            [
                (office.duty.row.tariff, whole_cents(plan))
                for office, plan in zip(offices, planned, strict=True)
            ],
        )
        for office, plan, cents in zip(offices, planned, money, strict=True):
            spent = min(cents, whole_cents(plan * self.parameters.service.most_use))
            cost = add_up(h.cost for h in office.holdings)
            self.books.pay("delivery", "joint", body, self.bodies.suppliers, spent, office.duty.number)
            for h in office.holdings:
                h.given = service_level(spent, cost)

    def _shared_out(self, body: Body, plans: list[tuple[bool, int]]) -> list[int]:
        """Share a body's money by plans, each of a tariff or not; what a tariff brought is for its own."""
        money = max(body.balance, 0)
        own = sum(plan for by_tariff, plan in plans if by_tariff)
        if all(by_tariff for by_tariff, _ in plans):
            own = money
        paid = min(money, own)
        parts = [
            apportion(pot, [plan if by_tariff is kind else 0 for by_tariff, plan in plans])
            for pot, kind in ((paid, True), (money - paid, False))
        ]
        return [first + second for first, second in zip(*parts, strict=True)]

    def feel_services(self, commune: Commune) -> None:
        """Work out what citizens feel, and what was spent on a whole function at each level."""
        commune.felt = [0.0 if need > 0 else 1.0 for need in commune.need]
        whole: dict[tuple[int, int], float] = defaultdict(float)
        spent = 0.0
        for h in commune.holdings:
            f, level = h.duty.number, h.money_level
            commune.felt[f] += h.share * h.given * h.felt_part
            spent += h.cost * h.given
            whole[f, level] += h.cost * h.given / h.held_with_money
        commune.spending = [*commune.spending, whole][-SPENDING_YEARS:]
        commune.mean_service = add_up(a * b for a, b in zip(commune.felt, commune.need_weight, strict=True))
        per_need = spent / max(commune.population * commune.total_need, 1e-9)
        commune.performance = commune.mean_service / max(per_need, 1e-9)
