"""Money from above: the State's equalisation fund, and envelopes shared among communes by rules."""

import math
from collections.abc import Callable, Sequence
from dataclasses import fields

from areavasta.settings import Law, NeedBasis, RuleWeights
from tests.twin.arithmetic import (
    add_up,
    apportion,
    fill_under_caps,
    mean,
    parts,
    standardised,
    whole_cents,
    within,
    without_specks,
)
from tests.twin.bodies import Body, Books, Commune
from tests.twin.competences import by_money

HISTORY_YEARS = 3
SMALL_COMMUNE = 5_000.0
NEED_COVERED = 0.8
LEAST_OF_CAPACITY = 0.1
GAP_STRENGTH = 0.5
GAP_BOUNDS = (0.5, 2.0)

AllocationRule = Callable[[list[Commune], list[float]], list[float]]


def historical(communes: list[Commune], history: list[float]) -> list[float]:  # noqa: ARG001
    return history


def per_capita(communes: list[Commune], history: list[float]) -> list[float]:  # noqa: ARG001
    return [commune.population for commune in communes]


def standard_needs(communes: list[Commune], history: list[float]) -> list[float]:  # noqa: ARG001
    return [commune.population * commune.observed_need for commune in communes]


def equalisation(communes: list[Commune], history: list[float]) -> list[float]:  # noqa: ARG001
    return [
        c.population * max(NEED_COVERED * c.observed_need - c.capacity, LEAST_OF_CAPACITY * c.capacity)
        for c in communes
    ]


def bes_gap(communes: list[Commune], history: list[float]) -> list[float]:  # noqa: ARG001
    distances = standardised([commune.observed_ampi for commune in communes])
    return [
        c.population * c.observed_need * within(1.0 - GAP_STRENGTH * distance, *GAP_BOUNDS)
        for c, distance in zip(communes, distances, strict=True)
    ]


def performance(communes: list[Commune], history: list[float]) -> list[float]:  # noqa: ARG001
    distances = standardised([commune.performance for commune in communes])
    return [
        c.population * c.observed_need * within(1.0 + GAP_STRENGTH * distance, *GAP_BOUNDS)
        for c, distance in zip(communes, distances, strict=True)
    ]


def union_incentive(communes: list[Commune], history: list[float]) -> list[float]:  # noqa: ARG001
    return [commune.population * commune.functions_in_union for commune in communes]


RULES: dict[str, AllocationRule] = {
    rule.__name__: rule
    for rule in (historical, per_capita, standard_needs, equalisation, bes_gap, performance, union_incentive)
}


class Envelope:
    """What one level shares among communes each year, and what communes received from it before."""

    def __init__(self, kind: str, past: list[float]) -> None:
        self.kind = kind
        self.history = [past]
        self.received = [0] * len(past)
        self.information_error = 0.0
        self.rule_distance = 0.0

    def share_out(
        self,
        books: Books,
        pots: list[tuple[Body, int, list[Commune]]],
        communes: list[Commune],
        weights: RuleWeights,
        room: list[float] | None = None,
    ) -> None:
        """Share each pot (payer, cents, its communes) by the weighted rules, up to each commune's room."""
        past = [mean(list(years)) for years in zip(*map(parts, self.history), strict=True)]
        rules = {item.name: getattr(weights, item.name) for item in fields(weights)}
        asked = {rule: RULES[rule](communes, past) for rule, weight in rules.items() if weight > 0}
        self.received = [0] * len(communes)
        for payer, pot, members in pots:
            wanted = {
                rule: [rules[rule] * part for part in parts([weights[c.number] for c in members])]
                for rule, weights in asked.items()
            }
            if self.kind == "regional_allocation":
                self._note_distances(members, past, rules, wanted)
            if room is not None:
                pot = self._under_caps(pot, wanted, [max(room[c.number], 0.0) for c in members])  # noqa: PLW2901
            self._pay(books, payer, pot, members, wanted)
        if any(self.received):
            self._remember(pots)

    def _note_distances(
        self,
        members: list[Commune],
        past: list[float],
        rules: dict[str, float],
        wanted: dict[str, list[float]],
    ) -> None:
        """Note how far shares are from those of true figures, and these from need."""
        given = parts([add_up(column) for column in zip(*wanted.values(), strict=True)])
        seen = [(c.need_ratio, c.observed_ampi) for c in members]
        for commune in members:
            commune.need_ratio, commune.observed_ampi = 1.0, commune.ampi
        true = [[rules[rule] * part for part in parts(RULES[rule](members, past))] for rule in wanted]
        for commune, figures in zip(members, seen, strict=True):
            commune.need_ratio, commune.observed_ampi = figures
        right = parts([add_up(column) for column in zip(*true, strict=True)])
        need = parts([commune.population * commune.fund_need for commune in members])
        self.information_error = 0.5 * math.fsum(abs(a - b) for a, b in zip(given, right, strict=True))
        self.rule_distance = 0.5 * math.fsum(abs(a - b) for a, b in zip(right, need, strict=True))

    def _under_caps(self, pot: int, wanted: dict[str, list[float]], room: list[float]) -> int:
        total = parts([add_up(column) for column in zip(*wanted.values(), strict=True)])
        if all(part * pot / 100 <= most for part, most in zip(total, room, strict=True)):
            return pot
        filled = fill_under_caps(pot / 100, total, room)
        for rule, column in wanted.items():
            wanted[rule] = [
                part * (amount / (every or 1.0))
                for part, amount, every in zip(column, filled, total, strict=True)
            ]
        # A pot is paid out to the last cent, unless all who ask for it are full.
        asking = [part > 0 for part in without_specks(total)]
        most = math.fsum(most for asks, most in zip(asking, room, strict=True) if asks)
        return min(pot, whole_cents(most))

    def _pay(
        self, books: Books, payer: Body, pot: int, members: list[Commune], wanted: dict[str, list[float]]
    ) -> None:
        entries = [(rule, commune) for rule in wanted for commune in members]
        cents = apportion(pot, [part for column in wanted.values() for part in column])
        for (rule, commune), amount in zip(entries, cents, strict=True):
            books.pay(self.kind, rule, payer, commune, amount)
            self.received[commune.number] += amount

    def _remember(self, pots: list[tuple[Body, int, list[Commune]]]) -> None:
        year = [0.0] * len(self.received)
        for _, _, members in pots:
            for commune, part in zip(members, parts([self.received[c.number] for c in members]), strict=True):
                year[commune.number] = part
        self.history = [*self.history, year][-HISTORY_YEARS:]


def union_incentives(
    books: Books,
    region: Body,
    unions: Sequence[Body],
    communes: list[Commune],
    law: Law,
    euros: float,
    emphasis: Callable[[Commune], float] = lambda _: 1.0,
) -> None:
    """Pay unions by residents, and by residents times functions; small communes count more.

    Where agreements are paid, communes are by what they manage by agreement.
    """
    paid = law.cooperation.agreement_incentives
    takers: list[Body] = [*unions, *(communes if paid else [])]
    if not takers:
        return
    residents = dict.fromkeys(takers, 0.0)
    work = dict.fromkeys(takers, 0.0)
    for commune in communes:
        small = commune.population < SMALL_COMMUNE
        counted = commune.population * (1.0 + law.incentives.small_commune_bonus * small)
        counted *= emphasis(commune)
        if commune.union is not None:
            residents[commune.union] += counted
            work[commune.union] += counted * commune.functions_in_union
        if paid:
            work[commune] += counted * commune.functions_in_agreement
    by_functions = law.incentives.by_functions
    weights = [
        (1.0 - by_functions) * size + by_functions * task
        for size, task in zip(parts(list(residents.values())), parts(list(work.values())), strict=True)
    ]
    for taker, cents in zip(takers, apportion(whole_cents(euros), weights), strict=True):
        rule = "union_incentive" if taker.level == "union" else "agreement_incentive"
        books.pay("incentive", rule, region, taker, cents)


class EqualisationFund:
    """The State's fund of communes: by history and, year by year more, by need less capacity."""

    def __init__(self, state: Body, communes: list[Commune], capacity_mean: float) -> None:
        self.state, self.communes = state, communes
        self.first_need = mean([commune.fund_need for commune in communes])
        self.first_capacity = capacity_mean

    def formula_weight(self, law: Law, year: int) -> float:
        rules = law.equalisation
        needs = within(rules.needs_share + rules.needs_share_step * (year - 2024), 0.0, 1.0)
        capacity = within(rules.capacity_share + rules.capacity_share_step * (year - 2024), 0.0, 1.0)
        return needs * capacity

    def counted_need(self, law: Law) -> list[float]:
        """Return the need that counts: of functions held, on the scale of all need; or of all functions."""
        all_need = [commune.fund_need for commune in self.communes]
        moved = any(commune.moves for commune in self.communes)
        if not moved or law.equalisation.need_basis is NeedBasis.all_functions:
            return all_need
        held = [add_up(self._held_need(c, f) for f in c.fund_duties) for c in self.communes]
        people = [commune.population for commune in self.communes]
        everything = math.fsum(n * p for n, p in zip(all_need, people, strict=True))
        still = math.fsum(n * p for n, p in zip(held, people, strict=True))
        return [need * (everything / still if still > 0 else 1.0) for need in held]

    def _held_need(self, commune: Commune, duty: int) -> float:
        origin, now = by_money(commune.origin[duty])[0], by_money(commune.shares[duty])[0]
        return commune.need[duty] * now / (origin or 1.0)

    def formula(self, law: Law) -> list[float]:
        """Return need at national capacity, less own capacity, both over their yearly means; EUR."""
        needs = self.counted_need(law)
        all_needs = [commune.fund_need for commune in self.communes]
        capacities = [commune.capacity for commune in self.communes]
        need_scale = law.equalisation.need_factor * self.first_need / mean(all_needs)
        capacity_scale = self.first_capacity / mean(capacities)
        return [
            c.population * (need_scale * need - capacity_scale * c.capacity)
            for c, need in zip(self.communes, needs, strict=True)
        ]

    def pay_compensation(self, books: Books, law: Law) -> None:
        mean_need = mean([commune.fund_need for commune in self.communes])
        for commune in self.communes:
            per_head = law.equalisation.compensation_per_head * commune.fund_need / mean_need
            books.pay_euros("compensation", "by_need", self.state, commune, commune.population * per_head)

    def pay_service_equity(self, books: Books, law: Law, year: int, social: list[int]) -> None:
        """Share money for social services by social need: a flow of its own from 2025 to 2030."""
        rules = law.equalisation
        per_head = max(
            0.0, rules.service_equity_per_head + rules.service_equity_step * (min(year, 2030) - 2023)
        )
        pot = whole_cents(per_head * math.fsum(commune.population for commune in self.communes))
        weights = [c.population * add_up(c.need[f] for f in social) for c in self.communes]
        kind = "service_equity" if 2025 <= year <= 2030 else "equalisation"
        for commune, cents in zip(self.communes, apportion(pot, weights), strict=True):
            books.pay(kind, "social_need", self.state, commune, cents)

    def settle(self, books: Books, lowest: float, commune: Commune, fund: float) -> None:
        """Pay the fund, or take a contribution, at most what a commune has or raises at its lowest effort."""
        books.pay_euros("equalisation", "fund", self.state, commune, max(fund, 0.0))
        least = lowest * commune.standard_revenue
        owed = min(max(-fund, 0.0), max(commune.money + least, 0.0))
        books.pay_euros("equalisation", "contribution", commune, self.state, owed)
