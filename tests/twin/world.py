"""A territory on its way through the years: people, tax bases, the law, and who holds which function."""

import math
from collections import defaultdict

from areavasta.functions import load_catalogue
from areavasta.randomness import Streams
from areavasta.settings import FIRST_YEAR, Financing, Law, Settings, draw_parameters, law_timeline
from areavasta.territory import Territory
from areavasta.territory_choice import chosen_territory
from tests.twin import start
from tests.twin.agreements import Agreements
from tests.twin.arithmetic import add_up
from tests.twin.bodies import UNION, Body, Books, Commune, Holding, Office
from tests.twin.competences import Holders, build_holdings, lawful_shares, take_competences
from tests.twin.conference import Conference
from tests.twin.cooperation import Councils
from tests.twin.funding import Envelope, EqualisationFund
from tests.twin.knowing import Knowing
from tests.twin.programming import AreaProgrammes
from tests.twin.review import Reviews
from tests.twin.wellbeing import Wellbeing


class World:
    """One run of one scenario up to the assignment of functions; arguments as those of `TerritorialModel`."""

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
        self.parameters = draw_parameters(settings, seed, draw)
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
        start.set_delegations(self.bodies, self.duties, territory, parameters, streams)
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
        self.programmes = AreaProgrammes(self.communes, self.duties, parameters, streams)
        self.first_residents = math.fsum(commune.population for commune in self.communes)
        self.area_residents = dict.fromkeys(self.bodies.areas, 0.0)
        self.area_members: dict[Body, list[Commune]] = {area: [] for area in self.bodies.areas}
        for commune in self.communes:
            self.area_residents[commune.area] += commune.population
            self.area_members[commune.area].append(commune)
            commune.shares = [lawful_shares(self.law, duty, commune) for duty in self.duties]
            commune.origin = list(commune.shares)
        self.conference = Conference(self)
        self.reviews = Reviews(self)
        self._hold_functions()
        self.knowing = Knowing(self.bodies, len(self.duties), self.law, parameters, streams)
        self.knowing.settle_slack(self.offices)
        self.councils = Councils(self, territory, streams)
        self.agreements = Agreements(self)

    @property
    def first_year(self) -> bool:
        return self.year == FIRST_YEAR

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
                commune.add_up_needs()
            commune.capacity = commune.tax_base * math.exp(self.parameters.finance.capacity_noise * number)
        if not self.first_year:
            self.price *= 1.0 + context.price_growth

    def legislate(self) -> None:
        """Put in force the law of this year, and the region's budget: incentives first, communes the rest."""
        self.law = [law for year, law in self.timeline if year <= self.year][-1]
        before, now, residents = self.present_law, self.law, self.first_residents
        supported = [self.knowing.support_per_head(law) for law in (before, now)]
        granted = before.allocation.region.per_head + before.incentives.amount_per_head + supported[0]
        asked = now.allocation.region.per_head + now.incentives.amount_per_head + supported[1]
        granted, asked = granted * residents, asked * residents
        added = max(0.0, asked - granted) if self.new_money_allowed else 0.0
        self.granted, self.new_money = granted, added
        self.incentives = min(now.incentives.amount_per_head * residents, granted + added)
        self.highest_effort = start.effort_at(now.taxation.surtax_ceiling, self.surtax_rates, self.parameters)
        support = min(supported[1] * residents, granted + added - self.incentives)
        self.supported = support / (supported[1] * residents or 1.0)
        self.facilitation = now.facilitation.level * self.supported
        left = granted + added - self.incentives - support
        self.envelope = min(now.allocation.region.per_head * residents, left)

    def assign_functions(self) -> None:
        """Move functions to the holders that a new law names; slack, money and reorganisation follow."""
        same_law = self.conference.competences is self.assigned_law and not self.reviews.changed
        if same_law and not self.councils.changed:
            return
        self.reviews.changed = self.councils.changed = False
        self.assigned_law = self.conference.competences
        known = {(office.provider, office.duty.number): office.slack for office in self.offices}
        by_commune = {commune: self._slack_by_function(commune) for commune in self.communes}
        lasting = self.parameters.cost.transition_years
        for commune in self.communes:
            take_competences(commune, self.duties, self.assigned_law, self.year, lasting, self.reviews.taken)
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
        for office in sorted(self.offices, key=lambda office: office.duty.number):
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
