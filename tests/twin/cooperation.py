"""Councils and unions, one by one: who enters, leaves, founds; what unions take; what ends them."""

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from areavasta.randomness import Streams
from areavasta.settings import BASE_YEAR, LEVELS
from areavasta.territory import Territory
from tests.twin.arithmetic import add_up, apportion
from tests.twin.bodies import UNION, Body, Commune, Duty, Union

if TYPE_CHECKING:
    from tests.twin.world import World

DIGITS = 12
SMALL_COMMUNE = 5_000.0
FOUNDING_SHARE = 0.5
TRUST_STRENGTH, TRUST_NEUTRAL = 2.0, 0.5


def home_unions(territory: Territory) -> tuple[list[int], int]:
    """Return the union that each commune may join, and how many unions there can be.

    That of its ambit with most of the ambit's communes, else one of its own for the ambit.
    """
    unions, homes = len(territory.union_keys), {}
    for ambit in range(len(territory.ambit_keys)):
        here = territory.union[territory.ambit == ambit].tolist()
        members = {union: here.count(union) for union in sorted(set(here)) if union >= 0}
        if members:
            homes[ambit] = max(members, key=lambda union: members[union])
        else:
            homes[ambit] = unions
            unions += 1
    return [homes[ambit] for ambit in territory.ambit.tolist()], unions


class Councils:
    """The memory of cooperation and the decisions of each year."""

    def __init__(self, twin: "World", territory: Territory, streams: Streams) -> None:
        self.twin = twin
        self.communes, self.unions = twin.communes, twin.bodies.unions
        self.constants = twin.parameters.cooperation
        self.duties = [duty for duty in twin.duties if duty.home == 0 and "union" in duty.row.forms]
        homes, _ = home_unions(territory)
        self.home = {commune: self.unions[slot] for commune, slot in zip(self.communes, homes, strict=True)}
        self.citizens_of: dict[Union, list[Commune]] = defaultdict(list)
        for commune in self.communes:
            self.citizens_of[self.home[commune]].append(commune)
        self.first_residents = {u: add_up(c.population for c in self.citizens_of[u]) for u in self.unions}
        spread = self.constants.autonomy_spread
        noise = streams.of("autonomy").normal(len(self.communes)).tolist()
        self.autonomy = [
            self.constants.autonomy * math.exp(spread * z - 0.5 * spread * spread) for z in noise
        ]
        self.founding = {d.number for d in self.duties if d.row.initial_union_share >= FOUNDING_SHARE}
        self.portfolio: dict[Union, set[int]] = {}
        self.largest: dict[Union, float] = {}
        for union in self.unions:
            members = self.members(union)
            given = {f for c in members for f, held in enumerate(c.delegated) if held}
            self.portfolio[union] = given if members else set(self.founding)
            self.largest[union] = add_up(c.population for c in members)
        self.moved = dict.fromkeys(self.communes, 0)
        self.joins = self.exits = 0
        self.changed = False

    def members(self, union: Union) -> list[Commune]:
        return [commune for commune in self.communes if commune.union is union]

    # --- What joint work is worth -------------------------------------------------------------------------

    def own_provider(self, commune: Commune, duty: Duty) -> Body:
        in_district = "district" in duty.row.forms and "agency" not in duty.row.forms
        return commune.district if in_district else commune

    def gain(self, commune: Commune, union: Union, duty: Duty, residents: float, members: int) -> float:
        """Return what a joint function gives a commune, EUR a head: less cost, and quality."""
        twin = self.twin
        base = commune.base[duty.number] * twin.price
        own_slack = self.own_provider(commune, duty).slack_start
        alone = base * duty.unit_cost(commune.population) * (1.0 + own_slack)
        slack = union.slack_start * (1.0 - twin.parameters.slack.reorganisation_gain)
        ease = math.exp(-TRUST_STRENGTH * (commune.trust - TRUST_NEUTRAL))
        ease *= 1.0 - twin.facilitation
        together = 1.0 + duty.coordination * math.log(members) * ease
        joint = base * duty.unit_cost(residents) * (1.0 + slack) * together
        service = twin.parameters.service
        better = 1.0 + service.joint_quality * duty.row.joint_quality
        there = better * (1.0 - duty.row.proximity * service.union_distance)
        here = better if self.own_provider(commune, duty) is commune.district else 1.0
        return alone * (1.0 + there - here) - joint

    def gain_of_membership(self, commune: Commune, union: Union, duty: Duty) -> float:
        """Return the gain from a function of a union as it is, or as its ambit would make it."""
        if not self.members(union):
            citizens = self.citizens_of[union]
            return self.gain(commune, union, duty, self.first_residents[union], len(citizens))
        served = [c for c in self.members(union) if c.shares[duty.number][UNION] > 0]
        residents, count = add_up(c.population for c in served), len(served)
        if commune.union is None:
            residents, count = residents + commune.population, count + 1
        return self.gain(commune, union, duty, residents, max(count, 1))

    def lawful(self, commune: Commune, duty: Duty) -> tuple[float, float]:
        """Return the shares of communes and unions by the law in force, less what areas took by review."""
        if (commune.area, duty.number) in self.twin.reviews.taken:
            return 0.0, 0.0
        competence = self.twin.conference.competences.functions[duty.row.key]
        table = competence.metropolitan if commune.metropolitan else competence.province
        return getattr(table, LEVELS[0]), getattr(table, LEVELS[1])

    def newcomer_weight(self, commune: Commune) -> float:
        law, moved = self.twin.law.cooperation, self.moved[commune]
        if law.rule.value != "incentive" or commune.union is None or moved == 0:
            return 1.0
        return 1.0 + law.newcomer_bonus * (self.twin.year - moved < law.lock_in_years)

    def _weight(self, commune: Commune) -> float:
        return 1.0 + self.twin.law.incentives.small_commune_bonus * (commune.population < SMALL_COMMUNE)

    def _counted(self) -> dict[Commune, float]:
        return {c: c.population * self._weight(c) * self.newcomer_weight(c) for c in self.communes}

    def incentive(self, commune: Commune, functions: int) -> float:
        law, amount, counted = self.twin.law.incentives, self.twin.incentives, self._counted()
        inside = [c for c in self.communes if c.union is not None]
        size = math.fsum(counted[c] for c in inside) or math.fsum(counted.values())
        by_size = self._weight(commune) * (1.0 - law.by_functions) * amount / size
        return by_size + functions * self.incentive_of_a_function(commune)

    def incentive_of_a_function(self, commune: Commune) -> float:
        law, paid = self.twin.law.incentives, self.twin.law.cooperation.agreement_incentives
        counted = self._counted()
        work = math.fsum(n * c.functions_in_union for c, n in counted.items() if c.union is not None)
        if paid:
            work += math.fsum(n * c.functions_in_agreement for c, n in counted.items())
        return self._weight(commune) * law.by_functions * self.twin.incentives / work if work > 0 else 0.0

    # --- Who enters and leaves ----------------------------------------------------------------------------

    def move_communes(self) -> None:
        twin = self.twin
        rule = twin.law.cooperation.rule.value
        if rule == "frozen" or twin.first_year or not self.unions:
            return
        before = {commune: commune.union for commune in self.communes}
        wanting, leaving, functions = self._choices(rule)
        entering = [c for c in wanting if any(k.union is self.home[c] for k in c.neighbours)]
        for union in self.unions:
            if not self.members(union):
                entering += self._founders([c for c in wanting if self.home[c] is union])
        for commune in entering:
            commune.union = self.home[commune]
            commune.delegated = [f in functions[commune] for f in range(len(twin.duties))]
            self._note(commune)
            self.joins += twin.year >= BASE_YEAR
        for commune in leaving:
            self._leave(commune)
        if entering or leaving:
            self._dissolve(before)

    def _choices(self, rule: str) -> tuple[list[Commune], list[Commune], dict[Commune, set[int]]]:
        twin, law, places = self.twin, self.twin.law.cooperation, len(self.communes)
        attention = twin.streams.of("attention to unions", twin.year).uniform(places).tolist()
        draw = twin.streams.of("cooperation", twin.year).uniform(places).tolist()
        shocks = self._shocks()
        existing = {union for union in self.unions if self.members(union)}
        wanting, leaving = list[Commune](), list[Commune]()
        functions: dict[Commune, set[int]] = {}
        for i, commune in enumerate(self.communes):
            union = commune.union or self.home[commune]
            alone = union not in existing
            watch = self.citizens_of[union][0].number if alone else i
            waits = self.moved[commune] > 0 and twin.year - self.moved[commune] < law.lock_in_years
            attends = attention[watch] < self.constants.attention and not waits
            obliged = rule == "mandatory" and commune.population < law.mandatory_threshold
            obliged = obliged and not twin.agreements.frees(commune)
            if alone and len(self.citizens_of[union]) < 2:
                continue
            if not attends and not (obliged and commune.union is None):
                continue
            gain, worth, newcomer, would = self._weigh(commune, union, shocks)
            functions[commune] = would
            if obliged and not (law.exemption and round(gain, DIGITS) <= 0):
                changes = commune.union is None
            else:
                more = newcomer if rule == "incentive" else 0.0
                changes = attends and draw[i] < self._chance(commune, worth, more)
            if changes:
                (wanting if commune.union is None else leaving).append(commune)
        return wanting, leaving, functions

    def _chance(self, commune: Commune, worth: float, more: float) -> float:
        friction = self.constants.entry_friction * (1.0 - self.twin.facilitation)
        stays = commune.union is not None
        utility = -worth - self.constants.exit_barrier if stays else worth + more - friction
        odds = round(utility, DIGITS) / self.constants.logit_scale
        return 1.0 / (1.0 + math.exp(-odds)) if odds > -700.0 else 0.0

    def _weigh(
        self, commune: Commune, union: Union, shocks: dict[Commune, float]
    ) -> tuple[float, float, float, set[int]]:
        gains = {duty: self.gain_of_membership(commune, union, duty) for duty in self.duties}
        if commune.union is not None:
            would = {f for f, held in enumerate(commune.delegated) if held}
            functions = commune.functions_in_union
        else:
            taken = self.portfolio[union]
            agreed = [d.number for d, g in gains.items() if round(g, DIGITS) >= -self.constants.opt_out]
            would = {f for f in agreed if f in taken}
            functions = 0
            for duty in self.twin.duties:
                own, by_law = self.lawful(commune, duty)
                functions += by_law > 0 or (duty.number in would and own > 0)
        incentive = self.incentive(commune, functions)
        total = incentive
        for duty, gain in gains.items():
            own, by_law = self.lawful(commune, duty)
            total += gain * (own * (duty.number in would) + by_law)
        inside = sum(k.union is not None for k in commune.neighbours) / max(len(commune.neighbours), 1)
        worth = total + self.constants.peer_weight * inside - self.autonomy[commune.number]
        common = self._common[self.unions.index(union)]
        newcomer = self.twin.law.cooperation.newcomer_bonus * incentive
        return total, worth + shocks[commune] + common, newcomer, would

    def _shocks(self) -> dict[Commune, float]:
        """Return the error in the perceived saving and the council's own politics; keep what unions share."""
        twin, constants, places = self.twin, self.constants, len(self.communes)
        error = twin.streams.of("perceived saving", twin.year).normal(places).tolist()
        own = twin.streams.of("council politics", twin.year).normal(places).tolist()
        common = twin.streams.of("union politics", twin.year).normal(len(self.unions)).tolist()
        share, spread = constants.common_politics, constants.political_spread
        self._common = [spread * math.sqrt(share) * z for z in common]
        shocks = {}
        for c in self.communes:
            blur = constants.perception_error * (1.0 - twin.knowing.information[c.area])
            shocks[c] = blur * error[c.number] + spread * math.sqrt(1.0 - share) * own[c.number]
        return shocks

    def _founders(self, wanting: list[Commune]) -> list[Commune]:
        """Return the largest group that hangs together, when it is large enough for the law."""
        law, best, left = self.twin.law.cooperation, list[Commune](), list(wanting)
        while left:
            group = [left.pop(0)]
            for member in group:
                near = [c for c in left if c in member.neighbours]
                group += near
                left = [c for c in left if c not in near]
            best = group if len(group) > len(best) else best
        enough = math.fsum(c.population for c in best) >= law.minimum_population
        return best if len(best) >= law.minimum_members and enough else []

    def _note(self, commune: Commune) -> None:
        self.moved[commune] = self.twin.year
        self.changed = True

    def _leave(self, commune: Commune) -> None:
        commune.union = None
        commune.delegated = [False] * len(commune.delegated)
        self.twin.programmes.of_unions.abandon(commune)
        self._note(commune)
        self.exits += self.twin.year >= BASE_YEAR

    def _dissolve(self, before: dict[Commune, Union | None]) -> None:
        for union in self.unions:
            members = self.members(union)
            size = add_up(commune.population for commune in members)
            self.largest[union] = max(self.largest[union], size)
            if self.largest[union] == 0 or (len(members) >= 2 and size >= 0.5 * self.largest[union]):
                continue
            for commune in members:
                self._leave(commune)
            self.largest[union] = 0.0
            self.portfolio[union] = set(self.founding)
            heirs = [commune for commune, held in before.items() if held is union]
            shares = apportion(union.balance, [heir.population for heir in heirs])
            for heir, cents in zip(heirs, shares, strict=True):
                self.twin.books.pay("quota", "dissolution", union, heir, cents)

    # --- What unions take ---------------------------------------------------------------------------------

    def vote_functions(self) -> None:
        twin, constants = self.twin, self.constants
        if twin.law.cooperation.rule.value == "frozen" or twin.first_year or not self.unions:
            return
        draw = twin.streams.of("union agenda", twin.year).uniform(len(self.unions)).tolist()
        for number, union in enumerate(self.unions):
            members = self.members(union)
            if members and draw[number] < constants.attention:
                self._vote(union, members)

    def _vote(self, union: Union, members: list[Commune]) -> None:
        residents = add_up(commune.population for commune in members)
        best, most, gains = None, self.constants.vote_threshold, dict[Commune, float]()
        for duty in self.duties:
            if duty.number in self.portfolio[union]:
                continue
            each = {
                c: self.gain(c, union, duty, residents, len(members)) * self.lawful(c, duty)[0]
                for c in members
            }
            mean = round(add_up(g * c.population for c, g in each.items()) / residents, DIGITS)
            if mean > most:
                best, most, gains = duty, mean, each
        for commune, gain in gains.items():
            if best is not None and round(gain, DIGITS) >= -self.constants.opt_out:
                self.portfolio[union].add(best.number)
                commune.delegated[best.number] = True
                self.changed = True

    # --- What comes of it ---------------------------------------------------------------------------------

    def indicators(self) -> dict[str, float]:
        members = [commune for commune in self.communes if commune.union is not None]
        residents = math.fsum(commune.population for commune in members)
        saving = 0.0
        for commune in members:
            for holding in commune.holdings:
                if holding.level == UNION:
                    duty = holding.duty
                    provider = self.own_provider(commune, duty)
                    base = commune.population * commune.base[duty.number] * self.twin.price * holding.share
                    base *= holding.duplication
                    slack = provider.slack_start * self.twin.knowing.kept_alone(provider, commune, duty)
                    alone = base * duty.unit_cost(commune.population) * (1.0 + slack)
                    saving += alone - holding.cost
        return {
            "joins": float(self.joins),
            "exits": float(self.exits),
            "unions": float(len({commune.union for commune in members})),
            "functions_delegated": sum(c.functions_in_union for c in members) / max(len(members), 1),
            "member_saving": saving / residents if residents > 0 else 0.0,
        }
