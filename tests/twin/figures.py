"""Indicators of the twin: what the territory gets, from its bodies one by one."""

import math
from typing import TYPE_CHECKING

from tests.twin.arithmetic import add_up, mean, weighted_mean
from tests.twin.bodies import AREA, COMMUNE, REGION, UNION, Body, Commune, Holding
from tests.twin.figures_knowledge import knowledge
from tests.twin.programming import programme_figures

if TYPE_CHECKING:
    from tests.twin.model import TwinModel

SMALL_COMMUNE = 5_000.0
OUTSIDE = ("state", "residents", "suppliers")
LEVELS = ("commune", "union", "area", "agency", "region", *OUTSIDE)


def indicators(twin: "TwinModel") -> dict[str, float]:
    """Return every indicator of the year, raw values by key."""
    return {
        **_services(twin),
        **_costs(twin),
        **_money(twin),
        **_forms(twin),
        **_wellbeing(twin),
        **knowledge(twin),
        **programme_figures(twin),
        **twin.conference.indicators(),
        **twin.reviews.indicators(),
        **twin.councils.indicators(),
        **_staff(twin),
        **twin.agreements.indicators(),
    }


def _services(twin: "TwinModel") -> dict[str, float]:
    communes = twin.communes
    people = [commune.population for commune in communes]
    service = [commune.mean_service for commune in communes]
    small = [c.mean_service for c in communes if c.population < SMALL_COMMUNE]
    essential = twin.law.services.essential_level
    felt = [level for c in communes for level, need in zip(c.felt, c.need, strict=True) if need > 0]
    return {
        "service": weighted_mean(service, people),
        "service_by_commune": mean(service),
        "service_small": mean(small or service),
        "below_essential": sum(level < essential for level in felt) / len(felt),
        "gini": gini(service, people),
        "theil": theil(service, people),
        "theil_areas": _theil_between(communes, [c.area_number for c in communes]),
        "theil_altitude": _theil_between(communes, [c.altitude_zone for c in communes]),
        "service_gap": _gap(communes, service),
        "clarity": weighted_mean([commune.clarity for commune in communes], people),
        "misallocation": _misallocation(twin),
    }


def gini(values: list[float], weights: list[float]) -> float:
    """Return one less twice the area under the Lorenz curve."""
    people, received, area = 0.0, 0.0, 0.0
    for value, weight in sorted(zip(values, weights, strict=True), key=lambda pair: pair[0]):
        area += weight * (received + received + value * weight)
        received += value * weight
        people += weight
    return 1.0 - area / (people * received) if received > 0 else 0.0


def theil(values: list[float], weights: list[float]) -> float:
    centre, total = weighted_mean(values, weights), math.fsum(weights)
    return math.fsum(
        weight / total * value / centre * math.log(value / centre)
        for value, weight in zip(values, weights, strict=True)
        if value > 0
    )


def _theil_between(communes: list[Commune], group: list[int]) -> float:
    size, received = dict.fromkeys(group, 0.0), dict.fromkeys(group, 0.0)
    for commune, key in zip(communes, group, strict=True):
        size[key] += commune.population
        received[key] += commune.population * commune.mean_service
    return theil([received[key] / size[key] for key in size], list(size.values()))


def _gap(communes: list[Commune], values: list[float]) -> float:
    """Return the mean of plain and hills less that of mountains; zero where either is missing."""
    pairs = list(zip(communes, values, strict=True))
    high = [(value, c.population) for c, value in pairs if c.mountain]
    low = [(value, c.population) for c, value in pairs if not c.mountain]
    if not high or not low:
        return 0.0
    plain, mountain = (weighted_mean(*map(list, zip(*rows, strict=True))) for rows in (low, high))
    return plain - mountain


def _misallocation(twin: "TwinModel") -> float:
    received = twin.regional_envelope.received
    need = [commune.population * commune.fund_need for commune in twin.communes]
    if sum(received) <= 0:
        return 0.0
    shares = zip(received, need, strict=True)
    return 0.5 * math.fsum(abs(r / sum(received) - n / math.fsum(need)) for r, n in shares)


def _costs(twin: "TwinModel") -> dict[str, float]:
    residents = math.fsum(commune.population for commune in twin.communes)
    cost, slack, coordination, transition = 0.0, 0.0, 0.0, 0.0
    spent = [0.0, 0.0, 0.0]
    cost_per_head, spent_per_head = [], []
    for commune in twin.communes:
        own_cost, own_spent = 0.0, 0.0
        for h in commune.holdings:
            own_cost += h.cost
            own_spent += h.cost * h.given
            spent[h.money_level] += h.cost * h.given
            slack += h.slack_cost
            coordination += h.cost * (1.0 - 1.0 / h.coordination)
            transition += h.transition
        cost += own_cost
        cost_per_head.append(own_cost / max(commune.population, 1.0))
        spent_per_head.append(own_spent / max(commune.population, 1.0))
    return {
        "cost": cost / residents,
        "cost_by_commune": mean(cost_per_head),
        "spending": add_up(spent) / residents,
        "spending_by_commune": mean(spent_per_head),
        "communal_spending": spent[0] / residents,
        "area_spending": spent[1] / residents,
        "regional_spending": spent[2] / residents,
        "slack": slack / max(cost - slack, 1e-9),
        "coordination_cost": coordination / residents,
        "transition_cost": transition / residents,
        "transition_total": twin.transition_total / residents,
    }


def money_by_level(
    accounts: list[Body], flows: dict[tuple[str, str, int, int, int], int]
) -> dict[str, float]:
    """Return what local levels had to spend, and what State and residents paid, net; EUR."""
    money = dict.fromkeys(LEVELS, 0)
    for account in accounts:
        money[account.level] += account.balance - account.opening
    for (_, _, payer, payee, _), cents in flows.items():
        if accounts[payee].level == "suppliers":
            money[accounts[payer].level] += cents
    return {
        level: (-1 if level in ("state", "residents") else 1) * cents / 100 for level, cents in money.items()
    }


def _money(twin: "TwinModel") -> dict[str, float]:
    communes = twin.communes
    people = [commune.population for commune in communes]
    residents = math.fsum(people)
    money = money_by_level(twin.bodies.accounts, twin.books.flows)
    own = math.fsum(commune.effort * commune.standard_revenue for commune in communes)
    transfers = math.fsum(commune.transfers for commune in communes)
    cash = sum(account.balance for account in twin.bodies.accounts if account.level not in OUTSIDE)
    return {
        **{f"money_{level}": euros / residents for level, euros in money.items() if level != "suppliers"},
        "tax_effort": weighted_mean([commune.effort for commune in communes], people),
        "transfer_dependence": transfers / max(own + transfers, 1e-9),
        "cash": cash / 100 / residents,
    }


def _staff(twin: "TwinModel") -> dict[str, float]:
    """Return full-time equivalents by level of whoever delivers, and those at another level than at first."""
    staff = dict.fromkeys(("commune", "union", "area", "agency", "region"), 0.0)
    moved = 0.0
    for commune in twin.communes:
        for h in commune.holdings:
            people = staff_of(twin, h)
            level = h.office.provider.level
            staff["commune" if level == "district" else level] += people
            before = commune.origin[h.duty.number][h.level]
            moved += people * max(round(h.share - before, 12), 0.0) / h.share
    by_level = {f"staff_{level}": people for level, people in staff.items()}
    return {**by_level, "staff": add_up(staff.values()), "staff_moved": moved}


def staff_of(twin: "TwinModel", holding: Holding) -> float:
    """Return the staff that one holding takes, at the prices of the start."""
    return holding.cost / twin.price * holding.duty.row.personnel_share / twin.parameters.staff.unit_cost


def _forms(twin: "TwinModel") -> dict[str, float]:
    """Return the part of communal functions, by share and commune, that each form manages."""
    forms = dict.fromkeys(("own", "agreement", "union", "district", "agency", "area", "region"), 0.0)
    for commune in twin.communes:
        for h in commune.holdings:
            if h.duty.home == COMMUNE:
                own = next((form for form in ("district", "agency") if form in h.duty.row.forms), "own")
                own = "agreement" if h.by_agreement else own
                form = {COMMUNE: own, UNION: "union", AREA: "area", REGION: "region"}[h.level]
                forms[form] += h.share
    total = add_up(forms.values())
    members = [commune for commune in twin.communes if commune.union is not None]
    residents = math.fsum(commune.population for commune in twin.communes)
    return {
        **{f"form_{form}": share / total for form, share in forms.items()},
        "communes_in_unions": float(len(members)),
        "residents_in_unions": math.fsum(commune.population for commune in members) / residents,
    }


def _wellbeing(twin: "TwinModel") -> dict[str, float]:
    values = [commune.ampi for commune in twin.communes]
    return {
        "ampi": weighted_mean(values, [commune.population for commune in twin.communes]),
        "ampi_by_commune": mean(values),
        "ampi_gap": _gap(twin.communes, values),
    }
