"""The twin: the same year as `TerritorialModel.step()`, body by body in plain Python, to check the model."""

import math

from areavasta.functions import DOMAINS
from areavasta.settings import BASE_YEAR
from tests.twin.figures import indicators
from tests.twin.programming import pool_resources
from tests.twin.services import LocalServices


class TwinModel(LocalServices):
    """One run of one scenario; arguments as those of `TerritorialModel`."""

    def step(self) -> None:
        """Simulate one year."""
        self.year += 1
        self.advance()
        self.knowing.gather(self.year, self.programmes.aligned_by_all())
        self.legislate()
        self.reviews.review()
        self.conference.negotiate()
        self.councils.move_communes()
        self.councils.vote_functions()
        self.agreements.decide()
        self.assign_functions()
        self.plan_services()
        self.collect_tariff()
        self.collect_area_revenue()
        self.knowing.pay(self.books, self.law, self.area_residents)
        self.receive_transfers()
        self.knowing.support(self.books, self.law, self.supported, self.first_residents)
        self.conference.pay_for_meetings()
        self.fund_communes_from_region()
        self.pay_incentives()
        self.fund_communes_from_areas()
        self.move_resources()
        self.equalise()
        for commune in self.communes:
            self.set_taxes(commune)
        pool_resources(self)
        self.programmes.draft(self)
        self.programmes.of_unions.draft(self)
        self.programmes.implement(self)
        self.programmes.of_unions.pay(self)
        for commune in self.communes:
            self.share_out_budget(commune)
        for commune in self.communes:
            self.deliver_alone(commune)
        for body in [*self.bodies.unions, self.bodies.agency, *self.bodies.areas, self.bodies.region]:
            self.deliver_jointly(body)
        for commune in self.communes:
            self.feel_services(commune)
        self.knowing.set_aims(self.offices)
        for office in self.offices:
            office.learn(self.parameters.slack.speed)
        self.fare()
        self.close_year()

    def run_years(self, years: int) -> "TwinModel":
        """Simulate the burn-in and then `years` years from 2026; return the twin."""
        while self.year < BASE_YEAR - 1 + years:
            self.step()
        return self

    def fare(self) -> None:
        self.programmes.integrate(self.law, self.wellbeing.weights)
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
