"""Who holds what: from a law's table to the holdings of each commune, and what follows a move."""

import math
from collections.abc import Collection
from dataclasses import dataclass

from areavasta.settings import LEVELS, Law, Parameters
from tests.twin.arithmetic import add_up, mean
from tests.twin.bodies import AREA, COMMUNE, REGION, UNION, Body, Commune, Duty, Gain, Holding, Office

SHARE_DIGITS = 12


def lawful_shares(
    law: Law, duty: Duty, commune: Commune, taken: Collection[tuple[Body, int]] = ()
) -> tuple[float, ...]:
    """Return shares by level: what was delegated goes whole to the union; who is in none keeps its part.

    What its area took by review is the area's.
    """
    if (commune.area, duty.number) in taken:
        return (0.0, 0.0, 1.0, 0.0)
    competence = law.functions[duty.row.key]
    table = competence.metropolitan if commune.metropolitan else competence.province
    own, union, area, region = (getattr(table, level) for level in LEVELS)
    if commune.union is None:
        own, union = own + union, 0.0
    elif commune.delegated[duty.number]:
        own, union = 0.0, union + own
    return (own, union, area, region)


def by_money(shares: tuple[float, ...]) -> tuple[float, float, float]:
    """Return shares by the level that has the money: communal, area, region."""
    return (shares[COMMUNE] + shares[UNION], shares[AREA], shares[REGION])


def take_competences(
    commune: Commune,
    duties: list[Duty],
    law: Law,
    year: int,
    lasting: float,
    taken: Collection[tuple[Body, int]] = (),
) -> None:
    """Write the new shares, and what the move leaves behind: gains to reorganise and money that follows."""
    for duty in duties:
        before, after = commune.shares[duty.number], lawful_shares(law, duty, commune, taken)
        change = [round(new - old, SHARE_DIGITS) for new, old in zip(after, before, strict=True)]
        commune.shares[duty.number] = after
        if any(change):
            if any(round(part, SHARE_DIGITS) for part in by_money(tuple(change))):
                commune.moved_since[duty.number] = year
            _remember_spending(commune, duty, before, after)
        moved = _moved_to_another_office(commune, duty, before, after)
        if moved or any(change):
            _note_gains(commune, duty, change, moved, year, lasting)
        commune.moves[duty.number] = [] if duty.row.tariff else _moves(commune, duty)
    commune.moves = {number: moves for number, moves in commune.moves.items() if moves}


def _remember_spending(
    commune: Commune, duty: Duty, before: tuple[float, ...], after: tuple[float, ...]
) -> None:
    """Keep what a level spent on a whole function before it fell below its share at the start."""
    rows = zip(by_money(commune.origin[duty.number]), by_money(before), by_money(after), strict=True)
    for level, (origin, old, new) in enumerate(rows):
        if round(origin - new, SHARE_DIGITS) > 0 and round(origin - old, SHARE_DIGITS) <= 0:
            key = (duty.number, level)
            spent = [year[key] for year in commune.spending if key in year]
            commune.spent_before[duty.number, level] = add_up(spent) / len(spent) if spent else 0.0


def _moved_to_another_office(
    commune: Commune, duty: Duty, before: tuple[float, ...], after: tuple[float, ...]
) -> float:
    """Return the share that stays with communes, but in the office of another one than before."""
    agreement = commune.agreements.get(duty.number)
    lead = commune if agreement is None else agreement.lead
    old = commune.led_by.get(duty.number, commune)
    commune.led_by[duty.number] = lead
    return 0.0 if lead is old else min(before[COMMUNE], after[COMMUNE])


def _note_gains(
    commune: Commune, duty: Duty, change: list[float], moved: float, year: int, lasting: float
) -> None:
    """Note what each level gained; what it loses again it need not reorganise any more.

    What moved between communes is lost and gained at their level.
    """
    for level, part in enumerate(change):
        gains = commune.gains.setdefault((duty.number, level), [])
        gains[:] = [gain for gain in gains if year - gain.year < lasting]
        between = moved if level == COMMUNE else 0.0
        lost = between - min(part, 0.0)
        for gain in gains:
            taken = min(gain.share, lost)
            gain.share -= taken
            lost -= taken
        if (new := between + max(part, 0.0)) > 0:
            gains.append(Gain(year, new))


def _moves(commune: Commune, duty: Duty) -> list[tuple[int, int, float]]:
    """Return (old level, new level, share) of what is away from its origin, split over those who gained."""
    origin, now = by_money(commune.origin[duty.number]), by_money(commune.shares[duty.number])
    lost = [max(a - b, 0.0) for a, b in zip(origin, now, strict=True)]
    gained = [max(b - a, 0.0) for a, b in zip(origin, now, strict=True)]
    total = add_up(gained)
    moves = [
        (old, new, round(lost[old] * gained[new] / total, SHARE_DIGITS) if total > 0 else 0.0)
        for old in range(3)
        for new in range(3)
    ]
    return [move for move in moves if move[2] != 0]


@dataclass(frozen=True)
class Holders:
    """The bodies that may hold functions for every commune, and how near they are to citizens."""

    agency: Body
    region: Body
    parameters: Parameters

    def of(self, commune: Commune, duty: Duty, level: int) -> tuple[Body, Body]:
        """Return who delivers and who pays; in a district each commune pays for itself."""
        if level == UNION:
            assert commune.union is not None
            return commune.union, commune.union
        if level == AREA:
            return commune.area, commune.area
        if level == REGION:
            return self.region, self.region
        if "agency" in duty.row.forms:
            return self.agency, self.agency
        if "district" in duty.row.forms:
            return commune.district, commune
        if duty.number in commune.agreements:
            return commune.agreements[duty.number].lead, commune
        return commune, commune

    def open_office(self, provider: Body, duty: Duty) -> Office:
        """Open an office; its slack is set by whoever opens it, before anything is planned."""
        return Office(provider, duty, provider.slack_start, provider.slack_start)

    def felt_part(self, commune: Commune, duty: Duty, level: int) -> float:
        """Return how much of a service is felt at the distance of its holder, counted from the home level."""
        service = self.parameters.service
        distance = (
            0.0,
            service.union_distance,
            service.area_distance + service.distance_per_km * commune.area_km,
            service.region_distance + service.distance_per_km * commune.region_km,
        )
        agreement = commune.agreements.get(duty.number) if level == COMMUNE else None
        away = distance[level]
        if agreement is not None and agreement.lead is not commune:
            away = service.union_distance
        felt = 1.0 - duty.row.proximity * max(away - distance[duty.home], 0.0)
        in_district = level == COMMUNE and "district" in duty.row.forms and "agency" not in duty.row.forms
        joint = level == UNION or in_district or agreement is not None
        return felt * (1.0 + service.joint_quality) if joint and duty.row.joint_quality else felt


def build_holdings(communes: list[Commune], duties: list[Duty], holders: Holders) -> list[Office]:
    """Give every commune its holdings; return the offices that deliver them."""
    offices: dict[tuple[Body, int], Office] = {}
    for commune in communes:
        commune.holdings = []
        commune.functions_in_union = sum(shares[UNION] > 0 for shares in commune.shares)
        squares = [add_up(share * share for share in shares) for shares in commune.shares]
        commune.clarity = mean(squares)
        for duty in duties:
            shares = commune.shares[duty.number]
            overlap = 1.0 - squares[duty.number]
            for level, share in enumerate(shares):
                if share <= 0 or commune.need[duty.number] <= 0:
                    continue
                provider, payer = holders.of(commune, duty, level)
                key = (provider, duty.number)
                if key not in offices:
                    offices[key] = holders.open_office(provider, duty)
                holding = Holding(
                    commune=commune, duty=duty, level=level, money_level=max(level - 1, 0), share=share,
                    held_with_money=by_money(shares)[max(level - 1, 0)], office=offices[key], payer=payer,
                    duplication=1.0 + holders.parameters.cost.duplication * overlap,
                    felt_part=holders.felt_part(commune, duty, level),
                    gains=commune.gains.get((duty.number, level), []),
                    by_agreement=level == COMMUNE and duty.number in commune.agreements,
                )  # fmt: skip
                commune.holdings.append(holding)
                offices[key].holdings.append(holding)
        commune.functions_in_agreement = sum(h.by_agreement for h in commune.holdings)
        commune.own = [h for h in commune.holdings if h.level == COMMUNE and h.payer is commune]
        commune.paid = [h for h in commune.holdings if h.level == UNION or h.payer is commune]
    for office in offices.values():
        office.log_members = math.log(len(office.holdings))
    return list(offices.values())
