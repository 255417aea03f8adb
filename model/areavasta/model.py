"""The model: a region whose communes, unions, areas and region exchange functions and money year by year."""

from collections.abc import Collection

import mesa
import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import Accounts, Certificate, Kind, Ledger
from areavasta.agents import (
    Areas,
    Commune,
    Communes,
    MetropolitanCity,
    NationalState,
    Province,
    Region,
    Residents,
    Union,
    Unions,
)
from areavasta.agents.agreement_gains import AgreementGains
from areavasta.agents.conference import Conference
from areavasta.agents.cooperation import Reckoning
from areavasta.agents.delivering import deliver_jointly, learn
from areavasta.agents.knowing import settle_slack
from areavasta.agents.pooling import pool_resources
from areavasta.agents.programming import draft_programmes, implement_programmes, programmable
from areavasta.agents.reviewing import Reviews
from areavasta.assignment import move_resources
from areavasta.cooperation_state import union_slots
from areavasta.delivery import Delivery, Rows
from areavasta.drivers import Drivers
from areavasta.functions import load_catalogue
from areavasta.holdings import forms_of
from areavasta.integration import communal_part
from areavasta.measures import measure_structure
from areavasta.needs import in_mountains
from areavasta.observation import TABLES, Observation
from areavasta.randomness import Streams
from areavasta.rules.sums import sum_by
from areavasta.services import cost_profile, cost_rows, nearness, proximity
from areavasta.settings import (
    BASE_YEAR,
    FIRST_YEAR,
    Law,
    Settings,
    check_settings,
    draw_parameters,
    law_timeline,
)
from areavasta.start import initial_state, providers_of
from areavasta.territory import Territory
from areavasta.territory_choice import chosen_territory
from areavasta.wellbeing import goalposts, wellbeing_profile

Numbers = NDArray[np.float64]


class TerritorialModel(mesa.Model):
    """One run of one scenario: `step()` is one year, the first of them 2023.

    `seed` keys every random draw (None counts as 1), `draw` and `replicate` number the pair; draw 0 keeps
    the parameters of the settings. The territory is that of the settings unless one is given; `tables` names
    what is recorded besides indicators, from the year `first_observed` on. Raises SettingsError for settings
    that cannot hold, BooksError when a year's books do not close.
    """

    def __init__(
        self,
        settings: Settings,
        seed: int | None = None,
        draw: int = 0,
        replicate: int = 0,
        territory: Territory | None = None,
        tables: Collection[str] = TABLES,
        first_observed: int = BASE_YEAR,
    ) -> None:
        seed = 1 if seed is None else int(seed)
        super().__init__(rng=seed)
        self.settings = settings
        self.catalogue = load_catalogue()
        check_settings(settings, self.catalogue)
        self.territory = territory or chosen_territory(settings.territory)
        self.streams = Streams(seed, draw, replicate)
        self.parameters = draw_parameters(settings, seed, draw)
        self.present_law: Law = settings.present_law
        self.law: Law = settings.present_law
        self.assigned_law: Law = settings.present_law
        self.tabled_law: Law | None = None
        self.tabled_reviews: NDArray[np.bool_] | None = None
        self.table: Numbers = np.zeros(0)
        self.timeline = law_timeline(settings.present_law, settings.scenario)
        self.financing = settings.scenario.financing
        self.year = FIRST_YEAR - 1
        self._set_up_state()
        self._set_up_bodies()
        self.observation = Observation(self, tables, first_observed)
        self.certificates: list[Certificate] = []

    def _set_up_state(self) -> None:
        territory, catalogue = self.territory, self.catalogue
        self.providers = providers_of(territory)
        self.union_slots = union_slots(territory)
        self.state = initial_state(territory, catalogue, self.law, self.parameters, self.streams)
        self.accounts = Accounts(self.providers.communes, self.providers.unions, self.providers.areas)
        self.ledger = Ledger(self.accounts, len(catalogue.keys))
        self.delivery = Delivery()
        self.cost_profile = cost_profile(catalogue, self.parameters)
        self.nearness = nearness(
            catalogue, self.parameters, territory.area_distance_km, territory.region_distance_km
        )
        self.programmable = programmable(catalogue)
        self.reckoning = Reckoning(self)
        self.agreements = AgreementGains(self)
        self.place_index = np.arange(self.accounts.communes)
        self.area_accounts = self.accounts.area + np.arange(self.accounts.areas)
        self.communal = np.array([function.home == "commune" for function in catalogue.functions])
        self.forms = forms_of(catalogue.having("agency"), catalogue.having("district"))
        self.is_tariff = catalogue.numbers("tariff").astype(bool)
        self.in_fund = self.communal & ~self.is_tariff
        self.mountain = in_mountains(territory)
        self.total_need: Numbers = self.state.need.sum(axis=1)
        self.fund_need: Numbers = self.state.need[:, self.in_fund].sum(axis=1)
        self.first_residents = float(self.state.population.sum())
        self.area_residents = self._by_area(self.state.population)
        self.need_weight = self.state.need / self.state.need.sum(axis=1, keepdims=True)
        self.other_money: Numbers = np.zeros(self.accounts.communes)
        self.mean_service: Numbers = np.ones(self.accounts.communes)
        self.performance: Numbers = np.ones(self.accounts.communes)
        self.planned: Numbers = np.zeros(self.accounts.communes)
        self.reorganising: Numbers = np.zeros(self.accounts.communes)
        self.transfers: Numbers = np.zeros(self.accounts.communes)
        self.received: dict[Kind, NDArray[np.int64]] = {}
        self.transition_total = 0.0
        total = (self.state.need * self.state.population[:, np.newaxis]).sum(axis=0)
        self.wellbeing_profile = wellbeing_profile(catalogue, total / total.sum(), self.parameters)
        self.communal_part = communal_part(
            self.wellbeing_profile.weights, self.programmable.admitted, self.in_fund
        )
        self.goalposts = goalposts(self.state.wellbeing)
        self.burn_in: list[Numbers] = []
        self.start_service: Numbers = np.zeros(0)
        self.refresh_structure()
        settle_slack(self)

    def _set_up_bodies(self) -> None:
        metropolitan = self.territory.area_metropolitan
        self.region = Region(self)
        for index in range(self.accounts.areas):
            (MetropolitanCity if metropolitan[index] else Province)(self, index)
        for index in range(self.accounts.unions):
            Union(self, index)
        for index in range(self.accounts.communes):
            Commune(self, index)
        # Mesa 3.3 counts agents in a class-level table that would keep every model alive.
        getattr(mesa.Agent, "_ids", {}).pop(self, None)
        self.communes, self.areas = Communes(self), Areas(self)
        self.unions = Unions(self)
        self.residents = Residents(self)
        self.national_state = NationalState(self)
        self.drivers = Drivers(self)
        self.conference = Conference(self)
        self.reviews = Reviews(self)

    @property
    def first_year(self) -> bool:
        """Whether this is the year in which the books start in balance."""
        return self.year == FIRST_YEAR

    def law_in(self, year: int) -> Law:
        """Return the law and context in force in a year."""
        return [law for first_year, law in self.timeline if first_year <= year][-1]

    def step(self) -> None:
        """Simulate one year."""
        self.year += 1
        # Drivers come first: everybody decides about the people, tax bases and prices of this year.
        self.drivers.advance()
        # Areas learn from last year's work: what they observe of needs and wellbeing is not what is true.
        self.areas.gather_knowledge()
        # The region puts this year's law in force, and functions go to the holders it names.
        self.region.legislate()
        # Areas say which function they would hold better, or worse, than it is held now.
        self.reviews.review()
        # The levels negotiate the region's proposals; what they agree on, or do not, moves trust.
        self.conference.negotiate()
        # Councils enter, leave or found unions, and unions vote for further functions under that law.
        self.communes.decide_cooperation()
        self.unions.vote_functions()
        # What is in no union councils may manage with a neighbour, one function at a time.
        self.communes.decide_agreements()
        # Functions go to the holders that law and councils named.
        self.region.assign_functions()
        # Councils work out what services cost before anybody knows how much money there is.
        self.communes.plan_services()
        # Money from above, then what follows moved functions, so that councils know it when they tax.
        self.communes.collect_tariff()
        self.areas.collect_revenue()
        # Areas pay for knowledge and assistance before anything else, the region for its support.
        self.areas.pay_for_knowledge()
        self.region.receive_transfers()
        self.region.support_local_work()
        self.conference.pay_for_meetings()
        self.region.fund_communes()
        self.region.pay_incentives()
        self.areas.fund_communes()
        move_resources(self)
        self.national_state.equalise()
        # Councils set taxes, share out their budgets and pay their unions.
        self.communes.set_taxes()
        # Those with more resources for what they need pay those with less, before budgets are made.
        pool_resources(self)
        # Areas and unions draft programmes, communes sign them, plans of communes and unions carry them out.
        draft_programmes(self)
        self.unions.draft_programmes()
        implement_programmes(self)
        self.unions.pay_for_programmes()
        # Each function gets its part of the money there is, and unions theirs.
        self.communes.share_out_budget()
        # Every holder delivers; citizens feel it, bodies learn.
        self.communes.deliver()
        deliver_jointly(self)
        self.residents.feel_services()
        learn(self)
        # Wellbeing answers slowly.
        self.residents.fare()
        # The books close or the run stops here; then the year is recorded.
        self.close_year()

    def run_years(self, years: int) -> "TerritorialModel":
        """Simulate the burn-in and then `years` years from 2026; return the model."""
        while self.year < BASE_YEAR - 1 + years:
            self.step()
        return self

    def refresh_structure(self) -> None:
        """Work out anew who holds what and how near holders are, after functions changed holder."""
        self.rows = Rows(self.state.holdings, self.is_tariff, self.programmable.is_coordinated)
        self.cost_rows = cost_rows(self.state.holdings, self.cost_profile)
        self.felt_part = self.state.holdings.share * proximity(self.state.holdings, self.nearness)
        self.structure = measure_structure(self)

    def close_year(self) -> None:
        """Close and check the books, record the year, and open the next."""
        self.certificates.append(self.ledger.close(self.year))
        if self.year >= BASE_YEAR:
            self.transition_total += float(self.delivery.transition.sum())
        self.observation.record()
        self.ledger.open_year()

    def _by_area(self, values: Numbers) -> Numbers:
        return sum_by(self.territory.area, values, len(self.territory.area_keys))
