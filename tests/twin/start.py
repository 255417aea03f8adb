"""The state on 1 January 2023, commune by commune, from the published figures and the keyed draws."""

import math
from dataclasses import dataclass, field

from areavasta.functions import COORDINATION_PROFILES, DOMAINS, SCALE_PROFILES, Catalogue
from areavasta.randomness import Streams
from areavasta.settings import Law, Parameters
from areavasta.territory import ALTITUDE_ZONES, NEED_GROUPS, Territory
from tests.twin.arithmetic import add_up, mean, standardised, weighted_mean, within
from tests.twin.bodies import Body, Commune, Duty, Union
from tests.twin.cooperation import home_unions

HOMES = {"commune": 0, "area": 2, "region": 3}
MOST_SCORE = 2.5


@dataclass
class Bodies:
    """All bodies of a territory; the last three are outside its books."""

    communes: list[Commune]
    unions: list[Union]
    areas: list[Body]
    agency: Body
    region: Body
    districts: list[Body]
    state: Body
    residents: Body
    suppliers: Body
    accounts: list[Body] = field(default_factory=list)

    @property
    def providers(self) -> list[Body]:
        return [*self.communes, *self.unions, *self.areas, self.agency, self.region, *self.districts]


def make_duties(catalogue: Catalogue, parameters: Parameters) -> list[Duty]:
    scale, cost = parameters.scale, parameters.cost
    elasticities = {
        "none": (0.0, 0.0, 0.0),
        "administration": (scale.administration_small, scale.administration_medium, 0.0),
        "roads": (scale.roads_small, scale.roads_medium, 0.0),
        "flat": (scale.flat_small, 0.0, 0.0),
        "area": (scale.area, scale.area, scale.area),
    }
    coordination = {
        "administration": cost.coordination_administration,
        "person": cost.coordination_person,
        "area": cost.coordination_area,
    }
    assert set(elasticities) == set(SCALE_PROFILES)
    assert set(coordination) == set(COORDINATION_PROFILES)
    return [
        Duty(
            number, row, HOMES[row.home], elasticities[row.scale], coordination[row.coordination], scale.floor
        )
        for number, row in enumerate(catalogue.functions)
    ]


def make_bodies(territory: Territory) -> Bodies:
    """Make every body, numbered as accounts are: communes, unions, areas, agency, region, outside ones."""
    places, unions = len(territory.codes), home_unions(territory)[1]
    area = places + unions
    agency = area + len(territory.area_keys)
    bodies = Bodies(
        communes=[Commune(i, "commune") for i in range(places)],
        unions=[Union(places + i, "union") for i in range(unions)],
        areas=[Body(area + i, "area") for i in range(len(territory.area_keys))],
        agency=Body(agency, "agency"),
        region=Body(agency + 1, "region"),
        districts=[Body(-1, "district") for _ in territory.district_keys],
        state=Body(agency + 2, "state"),
        residents=Body(agency + 3, "residents"),
        suppliers=Body(agency + 4, "suppliers"),
    )
    local = [*bodies.communes, *bodies.unions, *bodies.areas, bodies.agency, bodies.region]
    bodies.accounts = [*local, bodies.state, bodies.residents, bodies.suppliers]
    for i, commune in enumerate(bodies.communes):
        union, metropolitan = int(territory.union[i]), territory.area_metropolitan[territory.area[i]]
        commune.union = bodies.unions[union] if union >= 0 else None
        commune.area_number = int(territory.area[i])
        commune.area = bodies.areas[commune.area_number]
        commune.district = bodies.districts[int(territory.district[i])]
        commune.metropolitan = bool(metropolitan)
        commune.ambit = int(territory.ambit[i])
        commune.altitude_zone = int(territory.altitude_zone[i])
        commune.mountain = "mountain" in ALTITUDE_ZONES[commune.altitude_zone]
        commune.population = float(territory.population[i])
        commune.area_km = float(territory.area_distance_km[i])
        commune.region_km = float(territory.region_distance_km[i])
        first, last = territory.neighbour_start[i : i + 2].tolist()
        commune.neighbours = [bodies.communes[k] for k in territory.neighbour_index[first:last].tolist()]
    return bodies


def set_needs(bodies: Bodies, duties: list[Duty], territory: Territory, parameters: Parameters) -> None:
    """Give communes standard need, and the efficient cost that it implies at home scale and mean slack."""
    constants = parameters.need
    communes = bodies.communes
    people = [commune.population for commune in communes]
    land = [
        (float(km2) / max(population, 1.0)) ** constants.road_elasticity
        for km2, population in zip(territory.area_km2, people, strict=True)
    ]
    roads = [
        part * (1.0 + constants.mountain_roads * commune.mountain)
        for part, commune in zip(land, communes, strict=True)
    ]
    mean_land, mean_roads = weighted_mean(land, people), weighted_mean(roads, people)
    in_region = add_up(people)
    in_area = {commune.area: 0.0 for commune in communes}
    for commune in communes:
        in_area[commune.area] += commune.population
    scaling = constants.published_total / constants.groups_total
    for i, commune in enumerate(communes):
        commune.drift = constants.mountain_drift if commune.mountain else constants.plain_drift
        pattern = {
            "even": 1.0,
            "land": land[i] / mean_land,
            "roads": roads[i] / mean_roads,
            "metropolitan": float(commune.metropolitan),
        }
        served = {"commune": commune.population, "area": in_area[commune.area], "region": in_region}
        for duty in duties:
            row = duty.row
            if row.need_group:
                group = float(territory.need[i, NEED_GROUPS.index(row.need_group)])
                need = group * row.need_share * scaling
            else:
                need = row.need_per_head * pattern[row.need_pattern]
            commune.need.append(need)
            commune.base.append(need / (duty.unit_cost(served[row.home]) * (1.0 + parameters.slack.start)))
        commune.fund_duties = [duty.number for duty in duties if duty.in_fund]
        commune.add_up_needs()
        commune.need_weight = [need / commune.total_need for need in commune.need]
        commune.felt = [1.0] * len(duties)


def set_delegations(
    bodies: Bodies, duties: list[Duty], territory: Territory, parameters: Parameters, streams: Streams
) -> None:
    """Give unions the functions published for them; draw them where nothing is known."""
    shift = parameters.cooperation.initial_functions
    count = max(len(bodies.unions), 1) * len(duties)
    chance = streams.of("initial union functions").uniform(count).tolist()
    for commune in bodies.communes:
        commune.delegated = [False] * len(duties)
        if commune.union is None:
            continue
        union = bodies.unions.index(commune.union)
        known = territory.union_functions[union]
        for duty in duties:
            likely = duty.row.initial_union_share
            if 0 < likely < 1:
                likely = min(max(likely + shift, 0.0), 1.0)
            drawn = chance[union * len(duties) + duty.number] < likely
            held = drawn if known is None else duty.row.key in known
            commune.delegated[duty.number] = held and "union" in duty.row.forms
        commune.union.reorganised |= {number for number, held in enumerate(commune.delegated) if held}


def set_targets(
    bodies: Bodies, duties: list[Duty], territory: Territory, parameters: Parameters, streams: Streams
) -> None:
    """Give communes the service levels they are used to: by score on average, spread over functions."""
    places, functions = len(bodies.communes), len(duties)
    spread = parameters.service.function_spread
    by_commune = streams.of("service by function").normal(places * functions).tolist()
    by_area = streams.of("area service by function").normal(len(bodies.areas) * functions).tolist()
    by_region = streams.of("regional service by function").normal(functions).tolist()
    scores = standardised(territory.service_score.tolist())
    for i, commune in enumerate(bodies.communes):
        noise = {
            "commune": by_commune[i * functions : (i + 1) * functions],
            "area": by_area[commune.area_number * functions : (commune.area_number + 1) * functions],
            "region": by_region,
        }
        commune.target = [math.exp(spread * noise[duty.row.home][duty.number]) for duty in duties]
        score = within(scores[i], -MOST_SCORE, MOST_SCORE)
        for home in HOMES:
            group = [duty.number for duty in duties if duty.row.home == home]
            total = add_up(commune.need[f] for f in group)
            reached = add_up(commune.target[f] * commune.need[f] for f in group) / (total or 1.0)
            aimed = math.exp(parameters.service.score_spread * score) if home == "commune" else 1.0
            for f in group:
                commune.target[f] *= aimed / (reached or 1.0)


def effort_at(rate: float, rates: list[float], parameters: Parameters) -> float:
    """Return the tax effort that a surtax rate stands for: one at the mean rate of communes."""
    mean_rate = mean(rates)
    return 1.0 + parameters.finance.surtax_weight * (rate / mean_rate - 1.0) if mean_rate > 0 else 1.0


def set_finances(
    bodies: Bodies, law: Law, territory: Territory, parameters: Parameters, streams: Streams
) -> None:
    """Give communes fiscal capacity, tax effort and trust."""
    finance, trust, places = parameters.finance, parameters.trust, len(bodies.communes)
    residual = streams.of("property residual").normal(places).tolist()
    income = territory.taxable_income_per_head.tolist()
    capacity = [e * math.exp(finance.property_residual * r) for e, r in zip(income, residual, strict=True)]
    mean_capacity = mean(capacity)
    rates = territory.surtax_rate.tolist()
    highest = effort_at(law.taxation.surtax_ceiling, rates, parameters)
    trusts = streams.of("trust").normal(places).tolist()
    for i, commune in enumerate(bodies.communes):
        commune.tax_base = capacity[i] * (finance.capacity_mean / mean_capacity)
        commune.capacity = commune.tax_base
        effort = effort_at(rates[i], rates, parameters)
        commune.effort = min(max(effort, min(law.taxation.effort_floor, highest)), highest)
        commune.trust = within(trust.start + trust.spread * trusts[i], 0.05, 0.95)


def set_slack(bodies: Bodies, parameters: Parameters, streams: Streams) -> None:
    """Give each provider the slack that it tends to."""
    spread = parameters.slack.spread
    noise = streams.of("slack").normal(len(bodies.providers)).tolist()
    for provider, number in zip(bodies.providers, noise, strict=True):
        provider.slack_start = parameters.slack.start * math.exp(spread * number - 0.5 * spread * spread)


def past_receipts(bodies: Bodies, parameters: Parameters, streams: Streams) -> list[float]:
    """Return what communes used to receive, up to scale: need times an imputed deviation."""
    noise = streams.of("allocation history").normal(len(bodies.communes)).tolist()
    spread = parameters.finance.allocation_noise
    return [
        commune.population * commune.fund_need * math.exp(spread * number)
        for commune, number in zip(bodies.communes, noise, strict=True)
    ]


def set_wellbeing(bodies: Bodies, territory: Territory, parameters: Parameters, streams: Streams) -> None:
    """Give communes BES domains, in standard deviations: published columns and a stated part of noise."""
    density = [
        math.log(max(commune.population, 1.0) / km2)
        for commune, km2 in zip(bodies.communes, territory.area_km2.tolist(), strict=True)
    ]
    score = standardised(territory.service_score.tolist())
    remote = standardised(territory.inner_area.astype(float).tolist())
    working = standardised(territory.taxpayers_per_head.tolist())
    old = standardised(territory.share_65_plus.tolist())
    height = standardised(territory.altitude_m.tolist())
    crowded = standardised(density)
    known = {
        "economy": standardised(territory.taxable_income_per_head.tolist()),
        "services": standardised([a - b for a, b in zip(score, remote, strict=True)]),
        "social": standardised([a - b for a, b in zip(working, old, strict=True)]),
        "environment": standardised([a - b for a, b in zip(height, crowded, strict=True)]),
    }
    share = parameters.wellbeing.noise_share
    noise = streams.of("wellbeing structure").normal(len(bodies.communes) * len(DOMAINS)).tolist()
    for i, commune in enumerate(bodies.communes):
        commune.structure = [
            math.sqrt(1.0 - share) * known[domain][i] + math.sqrt(share) * noise[i * len(DOMAINS) + d]
            for d, domain in enumerate(DOMAINS)
        ]
        commune.domains = list(commune.structure)
