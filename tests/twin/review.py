"""The review of functions, area by area: what holding one whole would gain, and what it has gained."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from areavasta.settings import BASE_YEAR, Reviewers
from tests.twin.arithmetic import add_up
from tests.twin.bodies import AREA, COMMUNE, Body, Commune, Duty

if TYPE_CHECKING:
    from tests.twin.world import World

HOMES = {"commune": 0, "area": 1, "region": 2}


@dataclass(slots=True, eq=False)
class Way:
    """One function of one area: cost over efficient cost now and at the area, service felt now and there.

    `others` is the part that other levels hold.
    """

    efficient: float
    need: float
    cost: float
    at_area: float
    felt: float
    felt_at_area: float
    others: float


class Reviews:
    """What areas want to hold, and what they took."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.taken: set[tuple[Body, int]] = set()
        self.wanted: set[tuple[Body, int]] = set()
        self.before: dict[tuple[Body, int], Way] = {}
        self.changed = False

    def review(self) -> None:
        world, law = self.world, self.world.law.review
        self.wanted = set(self.taken)
        passed = world.year - BASE_YEAR
        if law.period_years == 0 or passed <= 0 or passed % law.period_years != 0:
            return
        for area in world.bodies.areas:
            members = world.area_members[area]
            if law.areas is Reviewers.all or any(c.metropolitan for c in members):
                self._review(area)

    def _review(self, area: Body) -> None:
        """Hand back what loses most, else take what gains most."""
        threshold = self.world.law.review.threshold
        ways = {duty.number: self._way(area, duty) for duty in self.world.duties}
        held = [number for number in ways if (area, number) in self.taken]
        kept = {}
        for number in held:
            cost_before = self.observed(area, number, self.before[area, number])
            kept[number] = round(self._realised(area, number, ways[number], cost_before), 12)
        if kept and min(kept.values()) < -threshold:
            self.wanted.discard((area, min(kept, key=lambda number: kept[number])))
            return
        gains = {}
        for duty in self.world.duties:
            open_to = "area" in duty.row.forms and not duty.row.tariff and duty.number not in held
            if open_to and ways[duty.number].others > 0:
                gains[duty.number] = round(self._net_gain(area, duty, ways[duty.number]), 12)
        best = max(gains, key=lambda number: gains[number]) if gains else None
        if best is not None and gains[best] > threshold:
            self.wanted.add((area, best))
            self.before[area, best] = ways[best]

    def accept(self) -> None:
        self.changed = self.changed or self.wanted != self.taken
        self.taken = self.wanted

    def _people(self, area: Body) -> float:
        return max(add_up(c.population for c in self.world.area_members[area]), 1.0)

    def _elsewhere(self, area: Body, duty: Duty) -> float:
        return add_up(
            c.population * round(1.0 - c.shares[duty.number][AREA], 12)
            for c in self.world.area_members[area]
            if c.need[duty.number] > 0
        )

    def observed(self, area: Body, number: int, way: Way) -> float:
        """Return the cost of a way as the area observes it: it errs on what others hold."""
        return way.cost * (1.0 + way.others * (self.world.knowing.cost_ratio(area, number) - 1.0))

    def _net_gain(self, area: Body, duty: Duty, way: Way) -> float:
        """Return the yearly gain of taking, less reorganisation spread over the years to the next; EUR."""
        people, constants = self._people(area), self.world.parameters.cost
        cost = self.observed(area, duty.number, way)
        saved = way.efficient * (cost - way.at_area) + way.need * (way.felt_at_area - way.felt)
        years = 0.5 * (constants.transition_years + 1.0)
        reorganising = constants.transition * years * way.others * way.efficient * way.at_area / people
        return saved / people - reorganising / self.world.law.review.period_years

    def _realised(self, area: Body, number: int, now: Way, cost_before: float) -> float:
        """Return what a function taken gains against its holders before, at that cost, EUR a head."""
        felt_more = now.felt - self.before[area, number].felt
        return (now.efficient * (cost_before - now.cost) + now.need * felt_more) / self._people(area)

    def _way(self, area: Body, duty: Duty) -> Way:
        world, f = self.world, duty.number
        people = add_up(c.population for c in world.area_members[area])
        members = world.area_members[area]
        office = next((o for o in world.offices if o.provider is area and o.duty is duty), None)
        slack = area.slack_start if office is None else office.slack
        efficient = need = cost = whole = felt = felt_there = 0.0
        for c in members:
            base, needed = c.population * c.base[f] * world.price, c.population * c.need[f]
            ease = math.exp(-2.0 * (c.trust - 0.5)) * (1.0 - world.facilitation)
            ease *= 1.0 - world.parameters.assistance.friction_effect * c.helped
            efficient += base
            need += needed
            whole += base * (1.0 + duty.coordination * math.log(len(members)) * ease)
            felt_there += needed * self._felt_at_area(c, duty)
            for h in c.holdings:
                if h.duty is duty:
                    served = add_up(other.commune.population for other in h.office.holdings)
                    factor = duty.unit_cost(served) * (1.0 + h.office.slack)
                    joint = 1.0 + duty.coordination * h.office.log_members * ease
                    cost += base * h.share * factor * joint * h.duplication
                    felt += needed * h.share * h.felt_part
        scale = duty.unit_cost(people) * (1.0 + slack)
        return Way(
            efficient, need, cost / (efficient or 1.0), scale * whole / (efficient or 1.0),
            felt / (need or 1.0), felt_there / (need or 1.0),
            self._elsewhere(area, duty) / self._people(area),
        )  # fmt: skip

    def _felt_at_area(self, commune: Commune, duty: Duty) -> float:
        """Return how much of a service citizens feel that their area holds."""
        if duty.home != COMMUNE:
            return 1.0
        service = self.world.parameters.service
        return 1.0 - duty.row.proximity * (service.area_distance + service.distance_per_km * commune.area_km)

    def indicators(self) -> dict[str, float]:
        by_number = {duty.number: duty for duty in self.world.duties}
        gain = {
            key: self._realised(*key, self._way(key[0], by_number[key[1]]), self.before[key].cost)
            for key in self.taken
        }
        first = self.world.area_residents
        people = add_up(first[area] for area in {area for area, _ in self.taken})
        total = add_up(value * first[key[0]] for key, value in gain.items())
        return {
            "functions_reviewed": float(len(self.taken)),
            "review_gain": total / people if people > 0 else 0.0,
        }
