"""The twin: the same year as `TerritorialModel.step()`, body by body in plain Python, to check the model."""

import math
from collections import defaultdict

from areavasta.functions import DOMAINS, load_catalogue
from areavasta.randomness import Streams
from areavasta.settings import BASE_YEAR, FIRST_YEAR, Financing, Law, Settings, draw_parameters, law_timeline
from areavasta.territory import Territory
from areavasta.territory_choice import chosen_territory
from tests.twin import start
from tests.twin.arithmetic import add_up, mean, whole_cents, within
from tests.twin.bodies import UNION, Body, Books, Commune, Duty, Holding, Office
from tests.twin.competences import Holders, build_holdings, by_money, lawful_shares, take_competences
from tests.twin.bodies import service_level
from tests.twin.figures import indicators
from tests.twin.funding import EqualisationFund, Envelope, union_incentives
from tests.twin.wellbeing import Wellbeing

SPENDING_YEARS = 3
TRUST_STRENGTH, TRUST_NEUTRAL = 2.0, 0.5


class TwinModel:
    """One run of one scenario; arguments as those of `TerritorialModel`."""

    def __init__(
        self,
        settings: Settings,
        seed: int | None = None,
        draw: int = 0,
        replicate: int = 0,
        territory: Territory | None = None,
    ) -> None:
        seed = 1 if seed is None else int(seed)
        self.streams = Streams(seed, draw, replicate)
        self.parameters = draw_parameters(settings.parameters, seed, draw)
        self.present_law: Law = settings.present_law
        self.law: Law = settings.present_law
        self.assigned_law: Law = settings.present_law
        self.timeline = law_timeline(settings.present_law, settings.scenario)
        self.new_money_allowed = settings.scenario.financing is Financing.new_money
        self.year = FIRST_YEAR - 1
        self.price = 1.0
        self.transition_total = 0.0
        self.region_functions = 0.0
        self.area_revenue: dict[Body, float] = {}
        self.indicators: dict[str, float] = {}
        self.books = Books()
        self._start(territory or chosen_territory(settings.territory))

    def _start(self, territory: Territory) -> None:
        catalogue, parameters, streams = load_catalogue(), self.parameters, self.streams
        self.duties = start.make_duties(catalogue, parameters)
        self.social = [duty.number for duty in self.duties if duty.social]
        self.bodies = start.make_bodies(territory)
        self.communes = self.bodies.communes
        start.set_needs(self.bodies, self.duties, territory, parameters)
        start.set_delegations(self.bodies, self.duties, territory, streams, catalogue.keys)
        start.set_targets(self.bodies, self.duties, territory, parameters, streams)
        start.set_finances(self.bodies, self.law, territory, parameters, streams)
        self.surtax_rates: list[float] = territory.surtax_rate.tolist()
        start.set_slack(self.bodies, parameters, streams)
        start.set_wellbeing(self.bodies, territory, parameters, streams)
        past = start.past_receipts(self.bodies, parameters, streams)
        self.regional_envelope = Envelope("regional_allocation", past)
        self.area_envelope = Envelope("area_allocation", past)
        self.fund = EqualisationFund(self.bodies.state, self.communes, parameters.finance.capacity_mean)
        self.wellbeing = Wellbeing(self.communes, self.duties, parameters)
        self.first_residents = math.fsum(commune.population for commune in self.communes)
        self.area_residents = dict.fromkeys(self.bodies.areas, 0.0)
        self.area_members: dict[Body, list[Commune]] = {area: [] for area in self.bodies.areas}
        for commune in self.communes:
            self.area_residents[commune.area] += commune.population
            self.area_members[commune.area].append(commune)
            commune.shares = [lawful_shares(self.law, duty, commune) for duty in self.duties]
            commune.origin = list(commune.shares)
        self._hold_functions()

    # --- The year -----------------------------------------------------------------------------------------

    def step(self) -> None:
        """Simulate one year."""
        self.year += 1
        self.advance()
        self.legislate()
        self.assign_functions()
        self.plan_services()
        self.collect_tariff()
        self.collect_area_revenue()
        self.receive_transfers()
        self.fund_communes_from_region()
        self.pay_incentives()
        self.fund_communes_from_areas()
        self.move_resources()
        self.equalise()
        for commune in self.communes:
            self.set_taxes(commune)
        for commune in self.communes:
            self.share_out_budget(commune)
        for commune in self.communes:
            self.deliver_alone(commune)
        for body in [*self.bodies.unions, self.bodies.agency, *self.bodies.areas, self.bodies.region]:
            self.deliver_jointly(body)
        for commune in self.communes:
            self.feel_services(commune)
        for office in self.offices:
            office.learn(self.parameters.slack.speed)
        self.fare()
        self.close_year()

    def run_years(self, years: int) -> "TwinModel":
        """Simulate the burn-in and then `years` years from 2026; return the twin."""
        while self.year < BASE_YEAR - 1 + years:
            self.step()
        return self

    @property
    def first_year(self) -> bool:
        return self.year == FIRST_YEAR

    # --- Drivers, law, functions --------------------------------------------------------------------------

    def advance(self) -> None:
        """Move people, social need, tax bases and prices; the first year is the start."""
        context = [law for year, law in self.timeline if year <= self.year][-1].context
        ageing = context.ageing * self.parameters.need.social_growth
        noise = self.streams.of("tax base", self.year).normal(len(self.communes)).tolist()
        for commune, number in zip(self.communes, noise, strict=True):
            if not self.first_year:
                commune.population *= 1.0 + context.ageing * commune.drift
                commune.tax_base *= 1.0 + context.tax_base_growth
                for f in self.social:
                    commune.base[f] *= 1.0 + ageing
                    commune.need[f] *= 1.0 + ageing
            commune.capacity = commune.tax_base * math.exp(self.parameters.finance.capacity_noise * number)
        if not self.first_year:
            self.price *= 1.0 + context.price_growth

    def legislate(self) -> None:
        """Put in force the law of this year, and the region's budget: incentives first, communes the rest."""
        self.law = [law for year, law in self.timeline if year <= self.year][-1]
        before, now, residents = self.present_law, self.law, self.first_residents
        granted = (before.allocation.region.per_head + before.incentives.amount_per_head) * residents
        asked = (now.allocation.region.per_head + now.incentives.amount_per_head) * residents
        added = max(0.0, asked - granted) if self.new_money_allowed else 0.0
        self.granted, self.new_money = granted, added
        self.incentives = min(now.incentives.amount_per_head * residents, granted + added)
        self.highest_effort = start.effort_at(now.taxation.surtax_ceiling, self.surtax_rates, self.parameters)
        self.envelope = min(now.allocation.region.per_head * residents, granted + added - self.incentives)

    def assign_functions(self) -> None:
        """Move functions to the holders that a new law names; slack, money and reorganisation follow."""
        if self.law is self.assigned_law:
            return
        self.assigned_law = self.law
        known = {(office.provider, office.duty.number): office.slack for office in self.offices}
        by_commune = {commune: self._slack_by_function(commune) for commune in self.communes}
        for commune in self.communes:
            take_competences(commune, self.duties, self.law, self.year)
            if commune.union is not None:
                held = {number for number, shares in enumerate(commune.shares) if shares[UNION] > 0}
                commune.union.reorganised |= held
        self._hold_functions()
        for office in self.offices:
            slack = known.get((office.provider, office.duty.number))
            office.slack = self._slack_taken_over(office, by_commune) if slack is None else slack

    def _hold_functions(self) -> None:
        holders = Holders(self.bodies.agency, self.bodies.region, self.parameters)
        self.offices = build_holdings(self.communes, self.duties, holders)
        self.offices_of: dict[Body, list[Office]] = defaultdict(list)
        self.holdings_of: dict[Body, list[Holding]] = defaultdict(list)
        for office in self.offices:
            self.offices_of[office.provider].append(office)
        for commune in self.communes:
            for holding in commune.holdings:
                self.holdings_of[holding.office.provider].append(holding)

    def _slack_by_function(self, commune: Commune) -> list[float]:
        slack = [0.0] * len(self.duties)
        for holding in commune.holdings:
            slack[holding.duty.number] += holding.share * holding.office.slack
        return slack

    def _slack_taken_over(self, office: Office, before: dict[Commune, list[float]]) -> float:
        """Return the mean slack of those whom a new office takes over from."""
        weights = [holding.share * holding.commune.population for holding in office.holdings]
        slacks = [before[holding.commune][office.duty.number] for holding in office.holdings]
        total = add_up(weights)
        return add_up(w * s for w, s in zip(weights, slacks, strict=True)) / total if total > 0 else 0.0

    # --- Plans and money from above -----------------------------------------------------------------------

    def plan_services(self) -> None:
        """Work out what the standard service costs, and what the level people are used to would."""
        for office in self.offices:
            office.plan()
        for commune in self.communes:
            ease = math.exp(-TRUST_STRENGTH * (commune.trust - TRUST_NEUTRAL)) * (
                1.0 - self.law.facilitation.level
            )
            for holding in commune.holdings:
                self._plan(commune, holding, ease)

    def _plan(self, commune: Commune, holding: Holding, ease: float) -> None:
        duty, office = holding.duty, holding.office
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
                self.area_revenue[area] = add_up(h.plan for h in self.holdings_of[area]) + envelope
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
        self.regional_envelope.share_out(
            self.books, [(self.bodies.region, whole_cents(self.envelope), self.communes)], self.communes,
            self.law.allocation.region.rules, None if self.first_year else room,
        )  # fmt: skip

    def pay_incentives(self) -> None:
        union_incentives(
            self.books, self.bodies.region, self.bodies.unions, self.communes, self.law, self.incentives
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
            return payer.money_at_hand + self.law.taxation.effort_floor * payer.standard_revenue
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
            self.fund.settle(self.books, self.law, commune, fund - cut)

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

    # --- Councils, delivery, residents --------------------------------------------------------------------

    def set_taxes(self, commune: Commune) -> None:
        """Move effort toward what planned services need, within the law's bounds, and collect."""
        standard = commune.standard_revenue
        gap = commune.planned_cost - commune.money - commune.effort * standard
        answer = self.parameters.finance.effort_speed * gap / max(standard, 1.0)
        lowest = self.law.taxation.effort_floor
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
        for h in commune.paid:
            h.transition *= kept
            h.budget = whole_cents(h.plan * ratio)
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
        """Spend what there is on every function in proportion to its plan: one level for all it serves."""
        self._pay_transition(body, self.holdings_of[body])
        planned = add_up(h.plan for h in self.holdings_of[body])
        ratio = min(body.money_at_hand / max(planned, 1e-9), self.parameters.service.most_use)
        for office in self.offices_of[body]:
            spent = whole_cents(add_up(h.plan * ratio for h in office.holdings))
            cost = add_up(h.cost for h in office.holdings)
            self.books.pay("delivery", "joint", body, self.bodies.suppliers, spent, office.duty.number)
            for h in office.holdings:
                h.given = service_level(spent, cost)

    def feel_services(self, commune: Commune) -> None:
        """Work out what citizens feel, and what was spent on a whole function at each level."""
        commune.felt = [0.0] * len(self.duties)
        whole = [[0.0, 0.0, 0.0] for _ in self.duties]
        spent = 0.0
        for h in commune.holdings:
            f, level = h.duty.number, h.money_level
            commune.felt[f] += h.share * h.given * h.felt_part
            spent += h.cost * h.given
            whole[f][level] += h.cost * h.given / by_money(commune.shares[f])[level]
        commune.spending = [*commune.spending, whole][-SPENDING_YEARS:]
        commune.mean_service = add_up(a * b for a, b in zip(commune.felt, commune.need_weight, strict=True))
        per_need = spent / max(commune.population * add_up(commune.need), 1e-9)
        commune.performance = commune.mean_service / max(per_need, 1e-9)

    def fare(self) -> None:
        noise = self.streams.of("wellbeing", self.year).normal(len(self.communes) * len(DOMAINS)).tolist()
        self.wellbeing.fare(noise, first_year=self.first_year, burn_in=self.year < BASE_YEAR)

    def close_year(self) -> None:
        """Check the books, record the year, and open the next."""
        accounts = self.bodies.accounts
        assert sum(account.balance for account in accounts) == 0
        assert all(account.balance >= 0 for account in accounts[: self.bodies.state.number])
        if self.year >= BASE_YEAR:
            self.transition_total += math.fsum(h.transition for c in self.communes for h in c.holdings)
            self.indicators = indicators(self)
        self.flows = self.books.flows
        self.books.open_year(accounts)
