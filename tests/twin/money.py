"""Money of the year: tariffs, taxes of areas, transfers, envelopes, what follows functions, the fund."""

import math
from collections import defaultdict

from tests.twin.arithmetic import add_up, mean, whole_cents
from tests.twin.bodies import Body, Commune
from tests.twin.competences import by_money
from tests.twin.funding import union_incentives
from tests.twin.world import World


class MoneyFromAbove(World):
    """What communes, unions and areas receive before councils set their taxes."""

    def collect_tariff(self) -> None:
        for commune in self.communes:
            for h in commune.holdings:
                if h.duty.row.tariff:
                    euros = h.plan + h.transition
                    self.books.pay_euros(
                        "waste_tariff", "full_cost", self.bodies.residents, h.payer, euros, h.duty.number
                    )

    def collect_area_revenue(self) -> None:
        """Collect areas' taxes: what their functions and envelope cost in the first year, then the same."""
        for area in self.bodies.areas:
            if self.first_year:
                envelope = self.present_law.allocation.area.per_head * self.area_residents[area]
                knowing = self.knowing.cost_per_head(self.present_law) * self.area_residents[area]
                self.area_revenue[area] = add_up(h.plan for h in self.holdings_of[area]) + envelope + knowing
            revenue = self.area_revenue[area] * self.law.taxation.area_revenue_ratio
            self.books.pay_euros("own_revenue", "area_taxes", self.bodies.residents, area, revenue)

    def receive_transfers(self) -> None:
        """Have the State pay the region its envelope, new money, and its own functions."""
        if self.first_year:
            self.region_functions = math.fsum(h.plan for h in self.holdings_of[self.bodies.region])
        for rule, euros in (
            ("regional_envelope", self.granted),
            ("new_money", self.new_money),
            ("regional_functions", self.region_functions),
        ):
            self.books.pay_euros("state_transfer", rule, self.bodies.state, self.bodies.region, euros)

    def fund_communes_from_region(self) -> None:
        """Share the regional envelope, to no commune more than it can use."""
        most = self.parameters.service.most_use
        room = [most * commune.planned_cost - commune.other_money for commune in self.communes]
        pot = whole_cents(self.envelope - self.conference.cost)
        self.regional_envelope.share_out(
            self.books, [(self.bodies.region, pot, self.communes)], self.communes,
            self.conference.rules, None if self.first_year else room,
        )  # fmt: skip

    def pay_incentives(self) -> None:
        union_incentives(
            self.books,
            self.bodies.region,
            self.bodies.unions,
            self.communes,
            self.law,
            self.incentives,
            self.councils.newcomer_weight,
        )

    def fund_communes_from_areas(self) -> None:
        """Share each area's envelope among its communes, as far as the area has money."""
        pots = []
        for area, members in self.area_members.items():
            wanted = whole_cents(self.law.allocation.area.per_head * self.area_residents[area])
            pots.append((area, min(wanted, max(area.balance, 0)), members))
        self.area_envelope.share_out(self.books, pots, self.communes, self.law.allocation.area.rules)

    def move_resources(self) -> None:
        """Have old holders pay new ones for functions away from their origin, as far as they can."""
        rules = self.law.resources
        owed: dict[Body, float] = defaultdict(float)
        flows: list[tuple[Body, Body, int, float]] = []
        for old, new in ((old, new) for old in range(3) for new in range(3)):
            for commune in self.communes:
                bodies = (commune, commune.area, self.bodies.region)
                for f, moves in commune.moves.items():
                    for _, _, share in (move for move in moves if move[:2] == (old, new)):
                        phase = min(1.0, (self.year - commune.moved_since[f] + 1) / rules.phase_years)
                        euros = self._follows(commune, f, old, new) * share * phase
                        flows.append((bodies[old], bodies[new], f, euros))
                        owed[bodies[old]] += euros
        paid = {payer: min(1.0, self._means(payer) / max(euros, 1e-9)) for payer, euros in owed.items()}
        for payer, payee, f, euros in flows:
            cents = euros * paid[payer]
            self.books.pay_euros("devolved_resources", rules.rule.value, payer, payee, cents, f)

    def _follows(self, commune: Commune, f: int, old: int, new: int) -> float:
        """Return what follows a whole function, EUR a year, by the rule of the law."""
        rule = self.law.resources.rule.value
        if rule == "historical":
            return commune.spent_before[f, old]
        if rule == "standard_need":
            return commune.need[f] * commune.population
        if rule == "destination_cost":
            cost = add_up(h.cost for h in commune.holdings if h.duty.number == f and h.money_level == new)
            return cost / (by_money(commune.shares[f])[new] or 1.0)
        return 0.0

    def _means(self, payer: Body) -> float:
        """Return what a payer has; a commune also what it can raise at its lowest effort."""
        if isinstance(payer, Commune):
            lowest = min(self.law.taxation.effort_floor, self.highest_effort)
            return payer.money_at_hand + lowest * payer.standard_revenue
        return payer.money_at_hand

    def equalise(self) -> None:
        """Run the State's fund; in the first year set its historical part so that books start in balance."""
        weight = self.fund.formula_weight(self.law, self.year)
        self.fund.pay_compensation(self.books, self.law)
        self.fund.pay_service_equity(self.books, self.law, self.year, self.social)
        formula = self.fund.formula(self.law)
        if self.first_year and weight < 1.0 - 1e-9:
            self._set_history(weight, formula)
        for commune, part in zip(self.communes, formula, strict=True):
            fund = (1.0 - weight) * commune.historical_fund + weight * part
            cut = self.law.equalisation.cut_per_head * commune.population
            lowest = min(self.law.taxation.effort_floor, self.highest_effort)
            self.fund.settle(self.books, lowest, commune, fund - cut)

    def _set_history(self, weight: float, formula: list[float]) -> None:
        """Scale the level people are used to so that the mean historical part is the stated one."""
        other = [
            c.money + weight * part + c.effort * c.standard_revenue
            for c, part in zip(self.communes, formula, strict=True)
        ]
        planned = [commune.planned_cost for commune in self.communes]
        people = [max(commune.population, 1.0) for commune in self.communes]
        stated = (1.0 - weight) * self.law.equalisation.historical_per_head
        money_per_head = mean([a / b for a, b in zip(other, people, strict=True)])
        cost_per_head = mean([a / b for a, b in zip(planned, people, strict=True)])
        factor = (stated + money_per_head) / cost_per_head
        for commune, cost, money in zip(self.communes, planned, other, strict=True):
            for f in commune.fund_duties:
                commune.target[f] *= factor
            for holding in commune.paid:
                holding.plan *= factor
            commune.historical_fund = (cost * factor - money) / (1.0 - weight)
