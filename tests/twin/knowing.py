"""What the twin's areas and region come to know, pay for it, and what that does to slack and trust."""

import math

from areavasta.randomness import Streams
from areavasta.settings import Law, Parameters
from tests.twin.arithmetic import add_up, mean
from tests.twin.bodies import Body, Books, Commune, Duty, Office, Union
from tests.twin.start import Bodies

SMALL_COMMUNE = 5_000.0
WORK = ("participation", "analysis", "information_system", "bes_update", "assistance")


class Knowing:
    """Information of areas, errors of what is observed of communes, and the work that was paid for."""

    def __init__(
        self, bodies: Bodies, functions: int, law: Law, parameters: Parameters, streams: Streams
    ) -> None:
        self.bodies, self.parameters, self.streams = bodies, parameters, streams
        self.constants = parameters.knowledge
        places = len(bodies.communes)
        self.information = dict.fromkeys(bodies.areas, self.constants.start)
        self.functions = functions
        sizes = {
            "need error": places,
            "bes error": places,
            "cost error": len(bodies.areas) * functions,
        }
        self.errors = {name: streams.of(name).normal(size).tolist() for name, size in sizes.items()}
        self.news = [100.0] * places
        self.own_trust = [commune.trust for commune in bodies.communes]
        self.done = {area: self.asked(law) for area in bodies.areas}
        self.monitoring = law.accountability.monitoring
        self.facilitation = law.facilitation.level
        self.cost = 0.0

    def asked(self, law: Law) -> dict[str, float]:
        """Return the intensity of each work by law."""
        knowledge = {name: getattr(law.knowledge, name) for name in WORK[:-1]}
        return {**knowledge, "assistance": law.assistance.capacity}

    def price(self, work: str) -> float:
        """Return the cost of a work at full intensity, EUR a head."""
        if work == "assistance":
            return self.parameters.assistance.cost
        return float(getattr(self.constants, f"{work}_cost"))

    def cost_per_head(self, law: Law) -> float:
        return add_up(intensity * self.price(work) for work, intensity in self.asked(law).items())

    def support_per_head(self, law: Law) -> float:
        """Return what monitoring and facilitation cost the region, EUR a head."""
        monitoring = law.accountability.monitoring * self.parameters.accountability.monitoring_cost
        return monitoring + law.facilitation.level * self.parameters.facilitation.cost

    def gather(self, year: int, aligned: dict[Commune, float]) -> None:
        """Turn last year's work and agreements into information and trust, and observe communes anew."""
        constants = self.constants
        for area, known in self.information.items():
            done = self.done[area]
            learnt = constants.collection * done["information_system"]
            learnt += constants.participation_gain * done["participation"]
            self.information[area] = known + learnt * (1.0 - known) - constants.decay * known
        for name, errors in self.errors.items():
            noise = self.streams.of(name, year).normal(len(errors)).tolist()
            kept = constants.persistence
            self.errors[name] = [
                kept * error + math.sqrt(1.0 - kept * kept) * new
                for error, new in zip(errors, noise, strict=True)
            ]
        for commune, own in zip(self.bodies.communes, self.own_trust, strict=True):
            together = constants.trust_gain * self.done[commune.area]["participation"]
            together += self.parameters.programming.trust_gain * aligned[commune]
            gained = together * (1.0 - commune.trust)
            commune.trust += gained + constants.trust_reversion * (own - commune.trust)
            self.observe_need(commune)
            self._observe_wellbeing(commune)

    def observe_need(self, commune: Commune) -> None:
        unknown = 1.0 - self.information[commune.area]
        unsure = 1.0 - self.constants.analysis_effect * self.done[commune.area]["analysis"]
        spread = self.constants.need_error * unknown * unsure
        error = self.errors["need error"][commune.number]
        commune.need_ratio = math.exp(spread * error - 0.5 * spread * spread)

    def cost_ratio(self, area: Body, function: int) -> float:
        """Return observed over true cost of what others hold of a function in an area."""
        error = self.errors["cost error"][self.bodies.areas.index(area) * self.functions + function]
        spread = self.constants.cost_error * (1.0 - self.information[area])
        return math.exp(spread * error - 0.5 * spread * spread)

    def _observe_wellbeing(self, commune: Commune) -> None:
        update, i = self.done[commune.area]["bes_update"], commune.number
        self.news[i] += (commune.ampi - self.news[i]) / (1.0 + self.constants.bes_lag * (1.0 - update))
        unknown = 1.0 - self.information[commune.area]
        spread = self.constants.bes_error * unknown * (1.0 - self.constants.bes_effect * update)
        commune.observed_ampi = self.news[i] + spread * self.errors["bes error"][i]

    def pay(self, books: Books, law: Law, residents: dict[Body, float]) -> None:
        """Have areas pay for their work; who cannot pay for all of it does a part of each."""
        self.cost = 0.0
        for area in self.bodies.areas:
            owed = self.cost_per_head(law) * residents[area]
            part = min(1.0, area.money_at_hand / max(owed, 1e-9))
            self.cost += owed * part
            for work, intensity in self.asked(law).items():
                self.done[area][work] = intensity * part
                euros = intensity * self.price(work) * residents[area] * part
                kind = "assistance" if work == "assistance" else "knowledge"
                books.pay_euros(kind, work, area, self.bodies.suppliers, euros)
        self.assist()

    def assist(self) -> None:
        """Share assistance by residents, observed need and small size."""
        constants = self.parameters.assistance
        for area in self.bodies.areas:
            members = [commune for commune in self.bodies.communes if commune.area is area]
            weights = [
                c.observed_need
                * (1.0 + constants.small_weight * max(1.0 - c.population / SMALL_COMMUNE, 0.0))
                for c in members
            ]
            residents = add_up(c.population for c in members)
            total = add_up(c.population * weight for c, weight in zip(members, weights, strict=True))
            for commune, weight in zip(members, weights, strict=True):
                per_head = self.done[area]["assistance"] * residents * weight / (total or 1.0)
                commune.helped = 1.0 - math.exp(-per_head / constants.scale)

    def support(self, books: Books, law: Law, part: float, residents: float) -> None:
        """Have the region pay for the part of monitoring and facilitation for which there is money."""
        constants, bodies = self.parameters, self.bodies
        self.monitoring = law.accountability.monitoring * part
        self.facilitation = law.facilitation.level * part
        watching = self.monitoring * constants.accountability.monitoring_cost * residents
        easing = self.facilitation * constants.facilitation.cost * residents
        self.cost += watching + easing
        books.pay_euros("knowledge", "monitoring", bodies.region, bodies.suppliers, watching)
        books.pay_euros("assistance", "facilitation", bodies.region, bodies.suppliers, easing)

    def set_aims(self, offices: list[Office]) -> None:
        """Set the slack that each office tends to."""
        gain = self.parameters.slack.reorganisation_gain
        for office, kept in zip(offices, self.kept(offices), strict=True):
            provider = office.provider
            anew = isinstance(provider, Union) and office.duty.number in provider.reorganised
            office.slack_aim = provider.slack_start * kept * (1.0 - gain * anew)

    def kept(self, offices: list[Office]) -> list[float]:
        """Return the part of its slack that each office keeps."""
        served: dict[Body, list[Commune]] = {}
        for commune in self.bodies.communes:
            for body in (commune, commune.union, commune.district, commune.area):
                if body is not None:
                    served.setdefault(body, []).append(commune)
        return [self._kept(office, served.get(office.provider, self.bodies.communes)) for office in offices]

    def _kept(self, office: Office, communes: list[Commune]) -> float:
        """Return the part of its slack that an office keeps, given the communes that its provider serves."""
        joint = office.provider.level in ("area", "agency", "region")
        helped = 0.0 if joint else mean([commune.helped for commune in communes])
        known = mean([self.information[commune.area] for commune in communes])
        squares = [add_up(s * s for s in h.commune.shares[h.duty.number]) for h in office.holdings]
        parameters = self.parameters
        watched = parameters.accountability.monitoring_effect * self.monitoring * (mean(squares) * known)
        return (1.0 - parameters.assistance.slack_effect * helped) * (1.0 - watched)

    def kept_alone(self, provider: Body, commune: Commune, duty: Duty) -> float:
        """Return the part of its slack that a commune, or its district, would keep in a function."""
        served = [c for c in self.bodies.communes if provider in (c, c.district)]
        helped, known = mean([c.helped for c in served]), mean([self.information[c.area] for c in served])
        squares = add_up(share * share for share in commune.shares[duty.number])
        parameters = self.parameters
        watched = parameters.accountability.monitoring_effect * self.monitoring * (squares * known)
        return (1.0 - parameters.assistance.slack_effect * helped) * (1.0 - watched)

    def settle_slack(self, offices: list[Office]) -> None:
        """Start offices at the slack they tend to, whose mean is the slack in figures of need."""
        for commune in self.bodies.communes:
            self.observe_need(commune)
        self.assist()
        weights = [
            add_up(h.commune.population * h.commune.need[h.duty.number] * h.share for h in office.holdings)
            for office in offices
        ]
        kept = add_up(w * part for w, part in zip(weights, self.kept(offices), strict=True)) / add_up(weights)
        for provider in self.bodies.providers:
            provider.slack_start /= kept
        self.set_aims(offices)
        for office in offices:
            office.slack = office.slack_aim
