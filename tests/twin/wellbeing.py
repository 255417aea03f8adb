"""Wellbeing: four BES domains that services move slowly, and their composite (AMPI)."""

import math

from areavasta.functions import DOMAINS
from areavasta.settings import Parameters
from tests.twin.arithmetic import add_up, mean, within
from tests.twin.bodies import Commune, Duty

LEAST_FELT = 0.05
AMPI_BASE, AMPI_RANGE = 100.0, 60.0
LEAST_RANGE = 0.5
ANCHOR_SERVICE, ANCHOR_YEARS = 0.9, 10


class Wellbeing:
    """How wellbeing answers to services in one run."""

    def __init__(self, communes: list[Commune], duties: list[Duty], parameters: Parameters) -> None:
        self.communes, self.duties = communes, duties
        self.constants = parameters.wellbeing
        self.weights = self._weights()
        self.members = [[f for f in range(len(duties)) if weights[f] > 0] for weights in self.weights]
        reached = 1.0 - (1.0 - self.constants.speed) ** ANCHOR_YEARS
        self.response = self.constants.ampi_response / (abs(self.use(ANCHOR_SERVICE)) * reached)
        self.seen = [commune.domains for commune in communes]
        self.fix_goalposts()
        self.seen = []

    def _weights(self) -> list[list[float]]:
        """Return weights by domain: half by cost and half by the catalogue, in bounds."""
        cost = [math.fsum(c.need[duty.number] * c.population for c in self.communes) for duty in self.duties]
        total = math.fsum(cost)
        cost = [amount / total for amount in cost]
        stated = [duty.row.wellbeing_weight * share for duty, share in zip(self.duties, cost, strict=True)]
        all_stated = math.fsum(stated)
        combined = [
            share * within(0.5 + 0.5 * (weight / all_stated) / (share or 1.0), 1.0 / 3.0, 3.0)
            for share, weight in zip(cost, stated, strict=True)
        ]
        by_domain = [
            [
                weight if duty.row.domain == domain else 0.0
                for weight, duty in zip(combined, self.duties, strict=True)
            ]
            for domain in DOMAINS
        ]
        return [[weight / (add_up(column) or 1.0) for weight in column] for column in by_domain]

    def use(self, service: float) -> float:
        """Return the use of a service level: zero at standard, with falling returns."""
        return (math.pow(service, self.constants.concavity) - 1.0) / self.constants.concavity

    def serve(self, commune: Commune) -> None:
        """Compose the services of each domain, by constant elasticity of substitution."""
        felt = [max(level, LEAST_FELT) for level in commune.felt]
        commune.service_by_domain = []
        for strength, weights, members in zip(
            commune.complementarity, self.weights, self.members, strict=True
        ):
            rho = self.constants.substitution
            rho = round(rho + (1.0 - rho) * strength, 12) if strength else rho
            if abs(rho) < 1e-6:
                service = math.exp(add_up(weights[f] * math.log(felt[f]) for f in members))
            else:
                service = add_up(weights[f] * felt[f] ** rho for f in members) ** (1.0 / rho)
            commune.service_by_domain.append(service)

    def effects(self, commune: Commune) -> list[float]:
        """Return what services do to each domain; neighbours' services count a little."""
        share = self.constants.neighbours
        effects = []
        for domain, own in enumerate(commune.service_by_domain):
            around = own
            if commune.neighbours:
                near = add_up(neighbour.service_by_domain[domain] for neighbour in commune.neighbours)
                around = near / len(commune.neighbours)
            effects.append(self.use((1.0 - share) * own + share * around))
        return effects

    def fare(self, noise: list[float], *, first_year: bool, burn_in: bool) -> None:
        """Move the domains of every commune toward what services sustain, and compose them."""
        for commune in self.communes:
            self.serve(commune)
        for i, commune in enumerate(self.communes):
            effects = self.effects(commune)
            if first_year:
                commune.start_effect = effects
            for d in range(len(DOMAINS)):
                gained = self.response * self.width[d] / AMPI_RANGE * (effects[d] - commune.start_effect[d])
                way = commune.structure[d] + gained - commune.domains[d]
                shock = self.constants.shock * noise[i * len(DOMAINS) + d]
                commune.domains[d] = commune.domains[d] + self.constants.speed * way + shock
        if burn_in:
            self.seen += [list(commune.domains) for commune in self.communes]
            self.fix_goalposts()
        for commune in self.communes:
            commune.ampi = self.composite(commune.domains)

    def fix_goalposts(self) -> None:
        """Take mean and range of each domain over the communes and years seen."""
        columns = [list(column) for column in zip(*self.seen, strict=True)]
        self.reference = [mean(column) for column in columns]
        self.width = [max(max(column) - min(column), LEAST_RANGE) for column in columns]

    def composite(self, domains: list[float]) -> float:
        """Return AMPI: the mean of the scaled domains less their variance over that mean."""
        scaled = [
            AMPI_BASE + AMPI_RANGE * (value - reference) / width
            for value, reference, width in zip(domains, self.reference, self.width, strict=True)
        ]
        centre = add_up(scaled) / len(scaled)
        unbalance = add_up((value - centre) ** 2 for value in scaled) / len(scaled) / max(centre, 1.0)
        return within(centre - unbalance, 0.0, 200.0)
