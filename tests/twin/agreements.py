"""Agreements of communes for one function: who asks whom, who leaves, what ends them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from areavasta.randomness import as_normal
from tests.twin.bodies import Agreement, Commune, Duty

if TYPE_CHECKING:
    from tests.twin.world import World

DIGITS = 12
TRUST_STRENGTH, TRUST_NEUTRAL = 2.0, 0.5
FUNDAMENTAL = "D.L. 78/2010 art. 14 c. 27"


@dataclass(slots=True, eq=False)
class Request:
    """A council that wants to manage a function with a partner, who is alone or leads `group`."""

    council: Commune
    duty: Duty
    partner: Commune
    group: Agreement | None


class Agreements:
    """All agreements of a territory and what councils decide on them each year."""

    def __init__(self, twin: "World") -> None:
        self.twin = twin
        self.constants = twin.parameters.agreements
        self.duties = [duty for duty in twin.duties if duty.home == 0 and "agreement" in duty.row.forms]
        self.fundamental = [d for d in self.duties if d.row.legal_basis.startswith(FUNDAMENTAL)]
        self.all: list[Agreement] = []

    def of(self, commune: Commune, duty: Duty) -> Agreement | None:
        return commune.agreements.get(duty.number)

    def held(self, commune: Commune, duty: Duty) -> float:
        """Return the share of a function that the commune holds itself."""
        if commune.need[duty.number] <= 0:
            return 0.0
        own, by_law = self.twin.councils.lawful(commune, duty)
        share = 0.0 if commune.delegated[duty.number] else own
        return share if commune.union is not None else share + by_law

    def decide(self) -> None:
        twin = self.twin
        if twin.first_year:
            return
        law = twin.law.cooperation
        for agreement in list(self.all):
            for commune in list(agreement.since):
                if not law.agreements or self.held(commune, agreement.duty) <= 0:
                    self._leave(commune, agreement)
        self._tidy()
        if not law.agreements or law.rule.value == "frozen":
            return
        leaving, requests = self._choices()
        for commune, agreement in leaving:
            self._leave(commune, agreement)
        self._tidy()
        for request in requests:
            self._carry_out(request)

    # --- What an agreement is worth -----------------------------------------------------------------------

    def gain(self, commune: Commune, duty: Duty, lead: Commune, communes: int, residents: float) -> float:
        """Return what it gives a commune, EUR a head: less cost than alone, and quality."""
        if communes == 1:
            return 0.0
        twin, service = self.twin, self.twin.parameters.service
        base = commune.base[duty.number] * twin.price
        alone = base * duty.unit_cost(commune.population) * (1.0 + commune.slack_start)
        ease = math.exp(-TRUST_STRENGTH * (commune.trust - TRUST_NEUTRAL))
        ease *= 1.0 - twin.facilitation
        together = 1.0 + self.constants.coordination * duty.coordination * math.log(communes) * ease
        joint = base * duty.unit_cost(residents) * (1.0 + lead.slack_start) * together
        better = 1.0 + service.joint_quality * duty.row.joint_quality
        if commune is not lead:
            better *= 1.0 - duty.row.proximity * service.union_distance
        return alone * better - joint

    def _price_of_agreeing(self, commune: Commune) -> float:
        """Return the loss of autonomy less the incentive, EUR a head."""
        price = self.twin.councils.autonomy[commune.number] * self.constants.autonomy_share
        if self.twin.law.cooperation.agreement_incentives:
            price -= self.twin.councils.incentive_of_a_function(commune)
        return price

    # --- Who asks and who leaves --------------------------------------------------------------------------

    def _choices(self) -> tuple[list[tuple[Commune, Agreement]], list[Request]]:
        twin, communes = self.twin, self.twin.communes
        numbers = twin.streams.of("agreements", twin.year).uniform(4 * len(communes))
        attention, agenda, draw, _ = (numbers[k * len(communes) :].tolist() for k in range(4))
        error = as_normal(numbers[3 * len(communes) :]).tolist()
        leaving, requests = list[tuple[Commune, Agreement]](), list[Request]()
        for i, commune in enumerate(communes):
            duty = self.duties[math.floor(agenda[i] * len(self.duties))]
            share = self.held(commune, duty)
            if attention[i] >= self.constants.attention or share <= 0:
                continue
            blur = self.constants.perception_error * (1.0 - twin.knowing.information[commune.area])
            other = blur * error[i]
            other += self.constants.peer_weight * self._peers(commune, duty) - self._price_of_agreeing(
                commune
            )
            agreement = self.of(commune, duty)
            if agreement is not None:
                years = twin.year - agreement.since[commune]
                if years >= twin.law.cooperation.agreement_years:
                    now = self.gain(commune, duty, agreement.lead, len(agreement.since), agreement.residents)
                    if self._wants(-(now * share + other), draw[i]):
                        leaving.append((commune, agreement))
                continue
            possible = list(self._possible(commune, duty))
            friction = self.constants.friction * (1.0 - twin.facilitation)
            if possible:
                request, gain = max(possible, key=lambda pair: round(pair[1], DIGITS))
                if self._wants(gain * share + other - friction, draw[i]):
                    requests.append(request)
        return leaving, requests

    def _wants(self, utility: float, draw: float) -> bool:
        return draw < 1.0 / (
            1.0 + math.exp(-max(round(utility, DIGITS) / self.constants.logit_scale, -700.0))
        )

    def _peers(self, commune: Commune, duty: Duty) -> float:
        jointly = [k.delegated[duty.number] or self.of(k, duty) is not None for k in commune.neighbours]
        return sum(jointly) / max(len(jointly), 1)

    def _possible(self, commune: Commune, duty: Duty) -> Iterator[tuple[Request, float]]:
        """Yield whom a council may ask that would lose nothing, and what it would gain itself."""
        for neighbour in commune.neighbours:
            if neighbour.ambit != commune.ambit or self.held(neighbour, duty) <= 0:
                continue
            group = self.of(neighbour, duty)
            people = commune.population
            if group is None:
                partner, communes, served = neighbour, 1, neighbour.population
                lead = self._leader(commune, neighbour)
                needed = self._price_of_agreeing(partner)
            else:
                partner, communes, served = group.lead, len(group.since), group.residents
                lead, needed = group.lead, 0.0
            if communes + 1 > self.constants.largest:
                continue
            before = self.gain(partner, duty, lead, communes, served)
            after = self.gain(partner, duty, lead, communes + 1, served + people)
            if round((after - before) * self.held(partner, duty) - needed, DIGITS) >= 0:
                gain = self.gain(commune, duty, lead, communes + 1, served + people)
                yield Request(commune, duty, partner, group), gain

    @staticmethod
    def _leader(one: Commune, other: Commune) -> Commune:
        if one.population == other.population:
            return one if one.number < other.number else other
        return one if one.population > other.population else other

    # --- What comes of it ---------------------------------------------------------------------------------

    def _leave(self, commune: Commune, agreement: Agreement) -> None:
        del agreement.since[commune], commune.agreements[agreement.duty.number]
        self.twin.councils.changed = True

    def _tidy(self) -> None:
        """End agreements without their lead or with nobody but it."""
        for agreement in self.all:
            if agreement.lead not in agreement.since or len(agreement.since) < 2:
                for commune in list(agreement.since):
                    self._leave(commune, agreement)
        self.all = [agreement for agreement in self.all if agreement.since]

    def _carry_out(self, request: Request) -> None:
        council, partner, duty = request.council, request.partner, request.duty
        there = self.of(partner, duty)
        if self.of(council, duty) is not None:
            return
        if there is not None and request.group is not None and there.lead is partner:
            if len(there.since) + 1 <= self.constants.largest:
                self._enter(council, there)
        elif there is None and request.group is None:
            agreement = Agreement(duty, self._leader(council, partner))
            self._enter(partner, agreement)
            self._enter(council, agreement)
            self.all.append(agreement)

    def _enter(self, commune: Commune, agreement: Agreement) -> None:
        agreement.since[commune] = self.twin.year
        commune.agreements[agreement.duty.number] = agreement
        self.twin.councils.changed = True

    def frees(self, commune: Commune) -> bool:
        """Say whether a commune manages by large enough agreements all that it must manage jointly."""
        fewest = self.twin.law.cooperation.minimum_population
        for duty in self.fundamental:
            agreement = self.of(commune, duty)
            if self.held(commune, duty) > 0 and (agreement is None or agreement.residents < fewest):
                return False
        return True

    def indicators(self) -> dict[str, float]:
        return {"communal_agreements": float(len(self.all))}
