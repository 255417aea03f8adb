"""The permanent conference: levels negotiate how the envelope is shared and which functions move."""

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import Kind
from areavasta.agents.allocating import observed_places
from areavasta.codecision_state import CodecisionState
from areavasta.holdings import AREA, communal_share, resolve_shares
from areavasta.rules.apportionment import Numbers, whole_cents
from areavasta.rules.codecision import (
    METROPOLITAN,
    OPTIONS,
    PROVINCES,
    RULES,
    Table,
    Verdict,
    advantages,
    apart,
    ideal_weights,
    vote_weights,
)
from areavasta.rules.fund_allocation import RULES as ALLOCATION_RULES
from areavasta.rules.sums import sum_by
from areavasta.settings import BASE_YEAR, CodecisionRule, Law, RuleWeights
from areavasta.start import law_shares

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

NOT_BINDING = (CodecisionRule.none, CodecisionRule.consultation)
"""Rules under which the region decides."""

WEIGHT_DIGITS = 12
"""Digits to which negotiated weights are kept."""

SECRETARIAT = "regional_programming"
"""Function under which the conference's meetings are booked."""


class Conference:
    """The levels at one table; the region proposes."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model
        territory = model.territory
        self.area = territory.area.astype(np.intp)
        self.areas = len(territory.area_keys)
        metropolitan = territory.area_metropolitan.astype(np.intp)
        self.level = np.concatenate([np.zeros(self.areas, dtype=np.intp), PROVINCES + metropolitan])
        self.metropolitan = np.flatnonzero(self.level == METROPOLITAN)
        self.names = tuple(item.name for item in fields(RuleWeights))
        self.by_need = np.array([float(name == "standard_needs") for name in self.names])
        self.allocation_weights = model.law.allocation.region.rules
        self.cost = 0.0
        model.state.codecision = CodecisionState(
            weights=self._lawful_weights(),
            proposal=self._lawful_weights(),
            competences=model.law,
        )

    def negotiate(self) -> None:
        """Negotiate this year's weights and any move of functions, and let trust answer."""
        state, law = self.model.state.codecision, self.model.law.codecision
        weights_agreed = self._negotiate_weights()
        moves_agreed = self._negotiate_moves()
        reviews_agreed = self._negotiate_reviews()
        agreed = weights_agreed and moves_agreed and reviews_agreed
        if law.rule is not CodecisionRule.none and self.model.year >= BASE_YEAR:
            state.meetings += 1
            state.agreements += int(agreed)
        self._move_trust(agreed)

    def pay_for_meetings(self) -> None:
        """Pay for the meetings of a conference that decides, out of the region's envelope."""
        model = self.model
        price = model.parameters.conference.cost * model.first_residents
        decides = model.law.codecision.rule not in NOT_BINDING
        self.cost = min(price, model.region.budget.envelope) if decides else 0.0
        if self.cost > 0:
            cents = whole_cents(np.array([self.cost]))
            # A conference is work of regional programming: suppliers deliver it, as they do the rest.
            model.ledger.post(
                Kind.delivery, "conference", model.accounts.region, model.accounts.suppliers, cents,
                function=model.catalogue.keys.index(SECRETARIAT),
            )  # fmt: skip

    def _lawful_weights(self) -> Numbers:
        rules = self.model.law.allocation.region.rules
        return np.array([getattr(rules, name) for name in self.names], dtype=np.float64)

    def _negotiate_weights(self) -> bool:
        """Put in force this year's weights of the region's envelope; return whether the levels agree."""
        state, law = self.model.state.codecision, self.model.law
        last, lawful = state.weights, self._lawful_weights()
        seat = law.metropolitan.seat_weight if self.metropolitan.size else 0.0
        # Nobody objects to what holds already, and without a conference nobody is asked.
        accepted = law.codecision.rule is CodecisionRule.none or np.array_equal(last, lawful)
        if law.codecision.rule in NOT_BINDING and seat == 0.0 and accepted:
            state.weights = state.proposal = lawful
            self.allocation_weights = law.allocation.region.rules
            return True
        ideals = self._ideals()
        wanted = ideals[self.metropolitan].sum(axis=0) / max(self.metropolitan.size, 1)
        state.proposal = np.round((1.0 - seat) * lawful + seat * wanted, WEIGHT_DIGITS)
        verdict, options, fallback = self._vote_on_weights(ideals, last)
        state.weights = np.round(fallback if verdict.option < 0 else options[verdict.option], WEIGHT_DIGITS)
        self.allocation_weights = (
            law.allocation.region.rules
            if np.array_equal(state.weights, lawful)
            else RuleWeights(**dict(zip(self.names, state.weights.tolist(), strict=True)))
        )
        return verdict.agreed

    def _vote_on_weights(self, ideals: Numbers, last: Numbers) -> tuple[Verdict, Numbers, Numbers]:
        """Return the verdict, the options (option, rule), and what holds without agreement, (rule,)."""
        model = self.model
        law, constants = model.law.codecision, model.parameters.conference
        proposal = model.state.codecision.proposal
        residents = self._residents()
        fallback = law.inertia * last + (1.0 - law.inertia) * proposal
        counter = residents @ ideals / residents.sum()
        step = np.arange(OPTIONS)[:, np.newaxis] / (OPTIONS - 1)
        options = proposal + step * (counter - proposal)
        table = Table(
            gain=apart(fallback, ideals) - apart(options[:, np.newaxis], ideals),
            demand=constants.demand * (1.0 - self._trust()),
            region=apart(fallback, proposal) + (law.concession - step[:, 0]) * apart(counter, proposal),
            residents=residents,
            level=self.level,
            population_threshold=law.population_threshold,
            number_threshold=law.number_threshold,
        )
        return RULES[law.rule.value](table), options, fallback

    def _ideals(self) -> Numbers:
        """Return the weights that each party wants this year, (party, rule)."""
        model, constants = self.model, self.model.parameters.conference
        observed = observed_places(model, model.state.region_history)
        amounts = np.array([ALLOCATION_RULES[name](observed) for name in self.names])
        total = amounts.sum(axis=1, keepdims=True)
        votes = vote_weights(observed.population, self.area, self.areas)
        advantage = advantages(
            amounts / np.where(total > 0, total, 1.0),
            observed.population * observed.need / (observed.population @ observed.need),
            votes, self.area, self.areas, constants.institution,
        )  # fmt: skip
        noise = model.streams.of("codecision", model.year).normal(advantage.size).reshape(advantage.shape)
        return ideal_weights(
            advantage + constants.noise * noise, constants.solidarity, constants.sharpness, self.by_need
        )

    def _residents(self) -> Numbers:
        """Return the residents whom each party represents, (party,)."""
        residents = sum_by(self.area, self.model.state.population, self.areas)
        return np.concatenate((residents, residents))

    def _trust(self) -> Numbers:
        """Return the trust of each party, (party,): the mean of its communes by residents."""
        return self._mean_by_party(self.model.state.trust)

    def _mean_by_party(self, values: Numbers) -> Numbers:
        population = self.model.state.population
        residents = sum_by(self.area, population, self.areas)
        mean = sum_by(self.area, population * values, self.areas) / np.maximum(residents, 1e-9)
        return np.concatenate((mean, mean))

    def _negotiate_moves(self) -> bool:
        """Put the law's competence table in force now or later; return whether the levels agree."""
        model = self.model
        state, law = model.state.codecision, model.law
        if law is state.competences:
            return True
        binding = law.codecision.rule not in NOT_BINDING
        if not binding or law.functions == state.competences.functions:
            state.competences, state.waiting_since = law, 0
            return True
        state.waiting_since = state.waiting_since or model.year
        agreed = self._vote_on_moves(law, model.state.review.taken, "codecision on moves")
        if agreed or model.year - state.waiting_since >= law.codecision.longest_delay:
            state.competences, state.waiting_since = law, 0
        else:
            state.years_waited += 1
        return agreed

    def _negotiate_reviews(self) -> bool:
        """Give areas the functions they ask for by review, or not; return whether the levels agree."""
        model, review = self.model, self.model.state.review
        if not (review.wanted != review.taken).any():
            return True
        agreed = model.law.codecision.rule in NOT_BINDING or self._vote_on_moves(
            model.state.codecision.competences, review.wanted, "codecision on reviews"
        )
        if agreed:
            model.reviews.accept()
        return agreed

    def _vote_on_moves(self, law: Law, taken: NDArray[np.bool_], decision: str) -> bool:
        """Return whether the levels agree to hold functions as a law and reviews say."""
        model, constants, rules = self.model, self.model.parameters.conference, self.model.law.codecision
        state = model.state
        lawful = model.reviews.overlay(law_shares(law, model.territory, model.catalogue), taken)
        shares = resolve_shares(lawful, state.delegated, state.union >= 0)
        by_clarity = (model.need_weight * ((shares**2) - (state.shares**2)).sum(axis=2)).sum(axis=1)
        communal = communal_share(shares) - communal_share(state.shares)
        area = shares[:, :, AREA] - state.shares[:, :, AREA]
        held = [(model.need_weight * change).sum(axis=1) for change in (communal, area)]
        parties = [self._mean_by_party(change + by_clarity)[: self.areas] for change in held]
        noise = model.streams.of(decision, model.year).normal(2 * self.areas)
        support = np.concatenate(parties) + constants.move_noise * noise
        support += constants.move_trust * (self._trust() - 0.5)
        table = Table(
            gain=support[np.newaxis],
            demand=np.zeros(support.size),
            region=np.ones(1),
            residents=self._residents(),
            level=self.level,
            population_threshold=rules.population_threshold,
            number_threshold=rules.number_threshold,
        )
        return RULES[rules.rule.value](table).agreed

    def _move_trust(self, agreed: bool) -> None:
        """Move trust by what came of the year, in proportion to the room left."""
        model, state = self.model, self.model.state
        constants, rule = model.parameters.conference, model.law.codecision.rule
        answer = constants.trust_up * (1.0 - state.trust) if agreed else -constants.trust_down * state.trust
        effect = {CodecisionRule.none: 0.0, CodecisionRule.consultation: constants.consultation_effect}
        state.trust = state.trust + effect.get(rule, 1.0) * answer
