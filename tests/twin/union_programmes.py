"""Programmes of unions in the twin: union by union, drafted, signed, paid by quota, ended by who leaves."""

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from areavasta.settings import Law
from tests.twin.arithmetic import add_up, whole_cents
from tests.twin.bodies import Body, Commune, Duty, Union

if TYPE_CHECKING:
    from tests.twin.model import TwinModel
    from tests.twin.programming import AreaProgrammes


@dataclass
class Promise:
    """What one commune signed: the share to align, what others pay it, what it pays others."""

    share: float
    receives: float
    pays: float


@dataclass
class UnionProgrammes:
    """Promises of members by union, and how far plans have come, commune by commune."""

    of_areas: "AreaProgrammes"
    promises: dict[Union, dict[Commune, Promise]] = field(default_factory=dict)
    aligned: dict[Commune, float] = field(default_factory=dict)

    def share(self, commune: Commune) -> float:
        """Return the part of communal spending covered that its union's programme aligns."""
        return next((held[commune].share for held in self.promises.values() if commune in held), 0.0)

    def covered(self, law: Law, duty: Duty) -> float:
        """Return the part of a function that programmes of unions cover: those of areas, of communes only."""
        return self.of_areas.covered(law, duty) if duty.row.home == "commune" else 0.0

    def abandon(self, commune: Commune) -> None:
        """End at once the part of a commune that leaves its union."""
        self.aligned.pop(commune, None)
        for held in self.promises.values():
            held.pop(commune, None)

    def draft(self, twin: "TwinModel") -> None:
        """Have each union draft, in the year in which areas would, and ask its members to sign."""
        law, constants = twin.law.programming, self.of_areas.constants
        if self.of_areas.drafted != twin.year:
            return
        self.promises = {}
        if law.drafter.value == "area" or law.programmes == 0:
            return
        noise = twin.streams.of("union programme signatures", twin.year).normal(len(twin.communes)).tolist()
        for union in twin.bodies.unions:
            members = [commune for commune in twin.communes if commune.union is union]
            for commune in members:
                self._charge(twin, commune, "drafting", constants.drafting_cost * commune.population)
            if members:
                self.promises[union] = self._signed(twin, members, noise)

    def _signed(
        self, twin: "TwinModel", members: list[Commune], noise: list[float]
    ) -> dict[Commune, Promise]:
        law = twin.law.programming
        signed = self.of_areas.paid_for_signing
        share = {c: law.programmes * (1.0 - law.programmes * (c in signed)) for c in members}
        members_asked = [c for c in members if share[c] > 0]
        gain = {c: self._gain(twin.law, c, share[c], noise[c.number]) for c in members_asked}
        won = {c: g for c, g in gain.items() if g > 0}
        bought = {c: -g for c, g in gain.items() if g <= 0 and -g < law.agreements}
        debt = add_up(euros * c.population for c, euros in bought.items())
        wealth = add_up(euros * c.population for c, euros in won.items())
        if debt <= 0 or wealth <= 0 or round(debt / wealth, 12) >= 1:
            bought, debt = {}, 0.0
        signers = {c: Promise(share[c], 0.0, g * (debt / wealth)) for c, g in won.items()}
        signers |= {c: Promise(share[c], loss, 0.0) for c, loss in bought.items() if loss > 0}
        people = add_up(c.population for c in members if c in signers)
        least = min(len(signers) / len(members), people / add_up(c.population for c in members))
        return signers if round(least, 12) >= law.quorum else {}

    def _gain(self, law: Law, commune: Commune, share: float, noise: float) -> float:
        constants = self.of_areas.constants
        need = math.fsum(commune.need[d.number] * self.covered(law, d) for d in self.of_areas.duties)
        if_all = constants.benefit * need - constants.plan_cost * law.programming.implementation
        if_all -= self.of_areas.autonomy[commune]
        anyway = constants.trust_weight * commune.trust + constants.noise * noise
        return round(share * if_all + anyway, 12)

    def pay(self, twin: "TwinModel") -> None:
        """Pay, union by union, those whose signature was bought, then for plans."""
        law, constants = twin.law.programming, self.of_areas.constants
        for union, held in self.promises.items():
            owed = {commune: promise.receives * commune.population for commune, promise in held.items()}
            promised = {commune: promise.pays * commune.population for commune, promise in held.items()}
            due, offered, paid = add_up(owed.values()), add_up(promised.values()), 0
            for commune, euros in promised.items():
                part = min(1.0, due / offered) if offered > 0 else 0.0
                cents = min(whole_cents(euros * part), max(commune.balance, 0))
                twin.books.pay("quota", "programme_agreements", commune, union, cents)
                paid += cents
            kept = min(1.0, paid / 100 / max(due, 1e-9))
            for commune, euros in owed.items():
                twin.books.pay_euros("programme", "union_agreements", union, commune, euros * kept)
        for held in self.promises.values():
            for commune, promise in held.items():
                euros = constants.plan_cost * law.implementation * promise.share * commune.population
                self._charge(twin, commune, "plans", euros)

    def _charge(self, twin: "TwinModel", commune: Commune, purpose: str, euros: float) -> None:
        """Have a member pay its union, and the union its suppliers as much."""
        union: Body = commune.union or commune
        cents = min(whole_cents(euros), max(commune.balance, 0))
        twin.books.pay("quota", f"programme_{purpose}", commune, union, cents)
        twin.books.pay("programme", f"union_{purpose}", union, twin.bodies.suppliers, cents)

    def advance(self, commune: Commune, pace: float, implementation: float) -> None:
        """Move what plans of a commune have aligned."""
        before = self.aligned.get(commune, 0.0)
        self.aligned[commune] = before + pace * (implementation * self.share(commune) - before)
