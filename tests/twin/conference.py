"""The conference of levels, party by party: what each wants, how they vote, what it does to trust."""

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from areavasta.settings import BASE_YEAR, Law, RuleWeights
from tests.twin.arithmetic import add_up, mean, parts, within
from tests.twin.bodies import AREA, COMMUNE, UNION, Body, Commune
from tests.twin.competences import lawful_shares
from tests.twin.funding import RULES

if TYPE_CHECKING:
    from tests.twin.world import World

NAMES = tuple(item.name for item in fields(RuleWeights))
BANDS = (3_000.0, 5_000.0, 10_000.0, 30_000.0, 100_000.0, 250_000.0, 500_000.0)
STEPS = 20
BINDING = ("weighted_majority", "unanimity", "nash_bargaining")


@dataclass(slots=True, eq=False)
class Party:
    """A seat: the communes of an area, or the area itself; `delegation` is that of its level."""

    members: list[Commune]
    delegation: str
    area: bool
    residents: float = 0.0
    trust: float = 0.0
    ideal: tuple[float, ...] = ()

    def mean(self, values: dict[Commune, float]) -> float:
        return add_up(c.population * values[c] for c in self.members) / max(self.residents, 1e-9)


def apart(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    return 0.5 * add_up(abs(a - b) for a, b in zip(first, second, strict=True))


def band(population: float) -> int:
    return sum(limit < population for limit in BANDS)


@dataclass(slots=True, eq=False)
class Option:
    """What parties and region gain by an option, each beyond what it asks for."""

    surplus: list[float]
    opinion: list[float]
    region: float


class Conference:
    """The table at which the levels negotiate; the region proposes."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.parties = []
        for area in (False, True):
            for body in world.bodies.areas:
                members = world.area_members[body]
                metropolitan = any(c.metropolitan for c in members)
                delegation = ("metropolitan" if metropolitan else "province") if area else "commune"
                self.parties.append(Party(members, delegation, area))
        self.seated = [party for party in self.parties if party.delegation == "metropolitan"]
        self.weights = self.proposal = self._lawful()
        self.competences: Law = world.law
        self.waiting_since = self.years_waited = self.meetings = self.agreements = 0
        self.cost = 0.0

    @property
    def rules(self) -> RuleWeights:
        return RuleWeights(**dict(zip(NAMES, self.weights, strict=True)))

    @property
    def rule(self) -> str:
        return self.world.law.codecision.rule.value

    def _lawful(self) -> tuple[float, ...]:
        rules = self.world.law.allocation.region.rules
        return tuple(getattr(rules, name) for name in NAMES)

    def negotiate(self) -> None:
        for party in self.parties:
            party.residents = add_up(c.population for c in party.members)
            party.trust = party.mean({c: c.trust for c in party.members})
        on_weights, on_moves = self._negotiate_weights(), self._negotiate_moves()
        on_reviews = self._negotiate_reviews()
        agreed = on_weights and on_moves and on_reviews
        if self.rule != "none" and self.world.year >= BASE_YEAR:
            self.meetings += 1
            self.agreements += agreed
        for commune in self.world.communes:
            self._move_trust(commune, agreed)

    def _move_trust(self, commune: Commune, agreed: bool) -> None:
        constants, trust = self.world.parameters.conference, commune.trust
        answer = constants.trust_up * (1.0 - trust) if agreed else -constants.trust_down * trust
        if self.rule == "none":
            answer = 0.0
        elif self.rule == "consultation":
            answer *= constants.consultation_effect
        commune.trust = trust + answer

    def pay_for_meetings(self) -> None:
        world = self.world
        price = world.parameters.conference.cost * world.first_residents
        self.cost = min(price, world.envelope) if self.rule in BINDING else 0.0
        duty = next(duty.number for duty in world.duties if duty.row.key == "regional_programming")
        bodies = world.bodies
        world.books.pay_euros("delivery", "conference", bodies.region, bodies.suppliers, self.cost, duty)

    # --- Weights ------------------------------------------------------------------------------------------

    def _negotiate_weights(self) -> bool:
        lawful, law = self._lawful(), self.world.law
        self._form_wishes()
        seat = law.metropolitan.seat_weight if self.seated else 0.0
        self.proposal = lawful
        if seat > 0:
            wanted = [mean(list(column)) for column in zip(*(p.ideal for p in self.seated), strict=True)]
            self.proposal = tuple(
                round((1.0 - seat) * a + seat * b, 12) for a, b in zip(lawful, wanted, strict=True)
            )
        last = self.weights
        if self.rule not in BINDING:
            self.weights = self.proposal
        if self.rule == "none":
            return True
        inertia = law.codecision.inertia
        fallback = tuple(
            inertia * old + (1.0 - inertia) * new for old, new in zip(last, self.proposal, strict=True)
        )
        people = add_up(party.residents for party in self.parties)
        counter = tuple(
            add_up(p.residents * p.ideal[rule] for p in self.parties) / people for rule in range(len(NAMES))
        )
        packages = [self._package(step / STEPS, counter) for step in range(STEPS + 1)]
        options = [self._option(step, package, counter, fallback) for step, package in enumerate(packages)]
        chosen = self._decide(options)
        if self.rule in BINDING:
            package = fallback if chosen is None else packages[chosen]
            self.weights = tuple(round(weight, 12) for weight in package)
        return chosen is not None

    def _package(self, way: float, counter: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(own + way * (theirs - own) for own, theirs in zip(self.proposal, counter, strict=True))

    def _option(
        self, step: int, package: tuple[float, ...], counter: tuple[float, ...], fallback: tuple[float, ...]
    ) -> Option:
        demand = self.world.parameters.conference.demand
        gains = [apart(fallback, party.ideal) - apart(package, party.ideal) for party in self.parties]
        most = self.world.law.codecision.concession - step / STEPS
        return Option(
            [
                gain - demand * (1.0 - party.trust) for gain, party in zip(gains, self.parties, strict=True)
            ],
            gains,
            apart(fallback, self.proposal) + most * apart(counter, self.proposal),
        )  # fmt: skip

    def _form_wishes(self) -> None:
        """Let every party ask for the rules that favour it, as far as solidarity lets it."""
        world, constants = self.world, self.world.parameters.conference
        past = [mean(list(years)) for years in zip(*map(parts, world.regional_envelope.history), strict=True)]
        shares = [parts([float(x) for x in RULES[name](world.communes, past)]) for name in NAMES]
        needs = [c.population * (c.fund_need * c.need_ratio) for c in world.communes]
        need = parts(needs)
        noise = world.streams.of("codecision", world.year).normal(len(self.parties) * len(NAMES)).tolist()
        for number, party in enumerate(self.parties):
            wishes = []
            for rule in range(len(NAMES)):
                advantage = self._advantage(party, shares[rule], need)
                shift = constants.noise * noise[number * len(NAMES) + rule]
                wishes.append(constants.sharpness * (advantage + shift))
            own = parts([math.exp(wish - max(wishes)) for wish in wishes])
            party.ideal = tuple(
                (1.0 - constants.solidarity) * part + constants.solidarity * (name == "standard_needs")
                for part, name in zip(own, NAMES, strict=True)
            )

    def _advantage(self, party: Party, share: list[float], need: list[float]) -> float:
        if not party.members:
            return 0.0
        own = [within(share[c.number] / (need[c.number] or 1.0) - 1.0, -1.0, 1.0) for c in party.members]
        if not party.area:
            return mean(own)
        people: dict[int, list[float]] = {}
        for c in party.members:
            people.setdefault(band(c.population), []).append(c.population)
        votes = [mean(people[band(c.population)]) for c in party.members]
        voted = add_up(vote * part for vote, part in zip(votes, own, strict=True)) / max(add_up(votes), 1e-9)
        total = add_up(need[c.number] for c in party.members)
        body = within(add_up(share[c.number] for c in party.members) / (total or 1.0) - 1.0, -1.0, 1.0)
        institution = self.world.parameters.conference.institution
        return (1.0 - institution) * voted + institution * body

    # --- Decisions ----------------------------------------------------------------------------------------

    def _decide(self, options: list[Option]) -> int | None:
        """Return the option agreed on, None without agreement."""
        if self.rule == "consultation":
            return 0 if self._majority(options[0].opinion) else None
        if self.rule == "nash_bargaining":
            return self._bargain(options)
        for number, option in enumerate(options):
            everybody = all(round(gain, 12) >= 0 for gain in option.surplus)
            accepted = everybody if self.rule == "unanimity" else self._majority(option.surplus)
            if accepted and round(option.region, 12) >= 0:
                return number
        return None

    def _majority(self, gains: list[float]) -> bool:
        law = self.world.law.codecision
        pairs = list(zip(self.parties, gains, strict=True))
        favour = [party for party, gain in pairs if round(gain, 12) >= 0]
        people = add_up(p.residents for p in favour) / add_up(p.residents for p in self.parties)
        seats = len(favour) / len(self.parties)
        return round(people, 12) >= law.population_threshold and round(seats, 12) >= law.number_threshold

    def _bargain(self, options: list[Option]) -> int | None:
        best, highest = None, -math.inf
        for number, option in enumerate(options):
            gains = [*self._by_level(option.surplus), option.region]
            if any(round(gain, 12) <= 0 for gain in gains):
                continue
            product = round(add_up(math.log(round(gain, 12)) for gain in gains), 12)
            if product > highest:
                best, highest = number, product
        return best

    def _by_level(self, gains: list[float]) -> list[float]:
        by_level: dict[str, list[tuple[float, float]]] = {}
        for party, gain in zip(self.parties, gains, strict=True):
            if party.residents > 0:
                by_level.setdefault(party.delegation, []).append((party.residents, gain))
        return [
            add_up(people * gain for people, gain in rows) / add_up(people for people, _ in rows)
            for rows in by_level.values()
        ]

    # --- Moves of functions -------------------------------------------------------------------------------

    def _negotiate_moves(self) -> bool:
        world, law = self.world, self.world.law
        binding = self.rule in BINDING
        if law is self.competences or not binding or law.functions == self.competences.functions:
            if law is not self.competences:
                self.waiting_since = 0
            self.competences = law
            return True
        self.waiting_since = self.waiting_since or world.year
        agreed = self._support_moves(law, world.reviews.taken, "codecision on moves")
        if agreed or world.year - self.waiting_since >= law.codecision.longest_delay:
            self.competences, self.waiting_since = law, 0
        else:
            self.years_waited += 1
        return agreed

    def _negotiate_reviews(self) -> bool:
        reviews = self.world.reviews
        if reviews.wanted == reviews.taken:
            return True
        agreed = self.rule not in BINDING or self._support_moves(
            self.competences, reviews.wanted, "codecision on reviews"
        )
        if agreed:
            reviews.accept()
        return agreed

    def _support_moves(self, law: Law, taken: set[tuple[Body, int]], decision: str) -> bool:
        world, constants = self.world, self.world.parameters.conference
        noise = world.streams.of(decision, world.year).normal(len(self.parties)).tolist()
        support = []
        for party, number in zip(self.parties, noise, strict=True):
            liked = party.mean({c: self._liked(c, party.area, law, taken) for c in party.members})
            support.append(liked + constants.move_noise * number + constants.move_trust * (party.trust - 0.5))
        return self._decide([Option(support, support, 1.0)]) is not None

    def _liked(self, commune: Commune, area: bool, law: Law, taken: set[tuple[Body, int]]) -> float:
        """Return what a move gives to the party's level, and in clarity, as parts of the commune's need."""
        liked = 0.0
        for duty in self.world.duties:
            before = commune.shares[duty.number]
            after = lawful_shares(law, duty, commune, taken)
            change = [new - old for new, old in zip(after, before, strict=True)]
            held = change[AREA] if area else change[COMMUNE] + change[UNION]
            clearer = add_up(new * new - old * old for new, old in zip(after, before, strict=True))
            liked += commune.need_weight[duty.number] * (held + clearer)
        return liked

    # --- What is seen of it -------------------------------------------------------------------------------

    def indicators(self) -> dict[str, float]:
        inside, outside = (self._funds(which) for which in (True, False))
        return {
            "agreement": self.agreements / max(self.meetings, 1),
            "years_to_agreement": self.meetings / max(self.agreements, 1),
            "moves_waited": float(self.years_waited),
            "distance_from_proposal": apart(self.weights, self.proposal),
            "metropolitan_funds": 0.0 if inside is None or outside is None else inside - outside,
        }

    def _funds(self, metropolitan: bool) -> float | None:
        """Return regional money a head inside or outside the metropolitan city, EUR."""
        places = [c for c in self.world.communes if c.metropolitan is metropolitan]
        received = self.world.regional_envelope.received
        cents = add_up(received[c.number] for c in places)
        return cents / 100 / add_up(c.population for c in places) if places else None
