"""The state on 1 January 2023: published figures, and stated draws where none exists."""

from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from areavasta.cooperation_state import initial_cooperation, union_slots
from areavasta.functions import Catalogue
from areavasta.holdings import Holders, Providers, build_holdings, forms_of, resolve_shares
from areavasta.knowledge import initial_knowledge
from areavasta.needs import efficient_base, standard_needs
from areavasta.programmes import initial_programmes
from areavasta.randomness import Streams
from areavasta.rules.agreements import NO_AGREEMENT
from areavasta.rules.fund_allocation import standardised
from areavasta.settings import AREA_KINDS, LEVELS, Law, Parameters
from areavasta.state import State
from areavasta.territory import Territory
from areavasta.wellbeing import initial_domains

Numbers = NDArray[np.float64]

BY_LEVEL = attrgetter(*LEVELS)
"""The shares of a competence by level, in the order of levels."""

SCORE_BOUND = 2.5
"""Standard deviations at which a published service score stops moving the target level. Assumption."""

TRUST_BOUNDS = (0.05, 0.95)
"""Bounds of trust at the start."""


def providers_of(territory: Territory) -> Providers:
    """Return the positions of all providers of a territory."""
    return Providers(
        communes=territory.population.size,
        unions=len(union_slots(territory).keys),
        areas=len(territory.area_keys),
        districts=len(territory.district_keys),
        area_of=territory.area.astype(np.intp),
        district_of=territory.district.astype(np.intp),
    )


def law_shares(law: Law, territory: Territory, catalogue: Catalogue) -> Numbers:
    """Return the competence table of a law, by the kind of area of each commune, (place, function, level)."""
    table = np.array(
        [[BY_LEVEL(getattr(law.functions[key], kind)) for key in catalogue.keys] for kind in AREA_KINDS]
    )
    return np.asarray(table[territory.area_metropolitan[territory.area].astype(np.intp)])


def initial_delegations(
    territory: Territory, catalogue: Catalogue, parameters: Parameters, streams: Streams
) -> NDArray[np.bool_]:
    """Return the functions given to unions at the end of 2022, (place, function).

    As published for the unions whose functions are known; for the others drawn by the catalogue's
    probabilities, which all move by one uncertain amount.
    """
    share = catalogue.numbers("initial_union_share")
    doubtful = (share > 0) & (share < 1)
    share = np.where(doubtful, np.clip(share + parameters.cooperation.initial_functions, 0.0, 1.0), share)
    unions = len(territory.union_keys)
    chance = streams.of("initial union functions").uniform(max(unions, 1) * len(catalogue.keys))
    held = chance.reshape(-1, len(catalogue.keys)) < share
    for union, known in enumerate(territory.union_functions):
        if known is not None:
            held[union] = [key in known for key in catalogue.keys]
    held &= catalogue.having("union")
    member = territory.union >= 0
    return np.asarray(held[np.where(member, territory.union, 0)] & member[:, np.newaxis])


def initial_targets(
    territory: Territory, catalogue: Catalogue, need: Numbers, parameters: Parameters, streams: Streams
) -> Numbers:
    """Return the service levels that places are used to, share of standard, (place, function).

    The mean over a commune's functions follows its published score; functions spread around it. Area and
    regional functions share one draw in an area and in the region, around a mean of one.
    """
    places, functions = need.shape
    spread = parameters.service.function_spread
    own = streams.of("service by function").normal(need.size).reshape(need.shape)
    areas = streams.of("area service by function").normal(len(territory.area_keys) * functions)
    by_area = areas.reshape(-1, functions)[territory.area]
    region = np.broadcast_to(streams.of("regional service by function").normal(functions), need.shape)
    home = catalogue.codes("home", ("commune", "area", "region"))
    level = np.exp(spread * np.choose(home, [own, by_area, region]))
    score = np.clip(standardised(territory.service_score), -SCORE_BOUND, SCORE_BOUND)
    mean = np.exp(parameters.service.score_spread * score)
    for group in range(3):
        members = home == group
        weights = need[:, members]
        total = weights.sum(axis=1)
        reached = (level[:, members] * weights).sum(axis=1) / np.where(total > 0, total, 1.0)
        aimed = mean if group == 0 else np.ones(places)
        level[:, members] *= (aimed / np.where(reached > 0, reached, 1.0))[:, np.newaxis]
    return level


def initial_capacity(territory: Territory, parameters: Parameters, streams: Streams) -> Numbers:
    """Return fiscal capacity, EUR a head, (place,): taxable income times an imputed property residual."""
    spread = parameters.finance.property_residual
    residual = np.exp(spread * streams.of("property residual").normal(territory.population.size))
    capacity = territory.taxable_income_per_head * residual
    return np.asarray(capacity * (parameters.finance.capacity_mean / capacity.mean()))


def effort_at(rate: Numbers, territory: Territory, parameters: Parameters) -> Numbers:
    """Return the tax effort that surtax rates stand for, the shape of `rate`: one at the mean of communes."""
    mean = float(territory.surtax_rate.mean())
    if mean <= 0:
        return np.ones_like(rate)
    return np.asarray(1.0 + parameters.finance.surtax_weight * (rate / mean - 1.0))


def highest_effort(law: Law, territory: Territory, parameters: Parameters) -> float:
    """Return the tax effort at the highest surtax that a law allows."""
    return float(effort_at(np.array([law.taxation.surtax_ceiling]), territory, parameters)[0])


def lowest_effort(law: Law, highest: float) -> float:
    """Return the least tax effort that a law allows, never above the `highest`."""
    return min(law.taxation.effort_floor, highest)


def initial_effort(territory: Territory, law: Law, parameters: Parameters) -> Numbers:
    """Return tax effort, (place,), from surtax rates, within the law's bounds."""
    effort = effort_at(territory.surtax_rate, territory, parameters)
    highest = highest_effort(law, territory, parameters)
    return np.clip(effort, lowest_effort(law, highest), highest)


def initial_slack(providers: Providers, parameters: Parameters, streams: Streams) -> Numbers:
    """Return the slack that each provider tends to, share, (provider,)."""
    spread = parameters.slack.spread
    noise = streams.of("slack").normal(providers.count)
    return np.asarray(parameters.slack.start * np.exp(spread * noise - 0.5 * spread * spread))


def initial_history(territory: Territory, need: Numbers, parameters: Parameters, streams: Streams) -> Numbers:
    """Return the part of past receipts of each place, (place,): by need times an imputed deviation."""
    noise = streams.of("allocation history").normal(territory.population.size)
    amounts = territory.population * need.sum(axis=1) * np.exp(parameters.finance.allocation_noise * noise)
    return np.asarray(amounts / amounts.sum())


def initial_state(
    territory: Territory, catalogue: Catalogue, law: Law, parameters: Parameters, streams: Streams
) -> State:
    """Return the state before the first year, under present law."""
    providers = providers_of(territory)
    need = standard_needs(territory, catalogue, parameters)
    needed = need > 0
    delegated = initial_delegations(territory, catalogue, parameters, streams)
    union = territory.union.astype(np.intp)
    shares = resolve_shares(law_shares(law, territory, catalogue), delegated, union >= 0)
    slack_start = initial_slack(providers, parameters, streams)
    reorganised = np.zeros((providers.count, need.shape[1]), dtype=bool)
    place, function = np.nonzero(delegated)
    reorganised[providers.communes + union[place], function] = True
    trust = parameters.trust.start + parameters.trust.spread * streams.of("trust").normal(union.size)
    domains = initial_domains(territory, parameters.wellbeing.noise_share, streams)
    forms = forms_of(catalogue.having("agency"), catalogue.having("district"))
    communal = np.array([item.home == "commune" and not item.tariff for item in catalogue.functions])
    history = initial_history(territory, need[:, communal], parameters, streams)
    return State(
        population=territory.population.copy(),
        capacity=initial_capacity(territory, parameters, streams),
        effort=initial_effort(territory, law, parameters),
        effort_ceiling=highest_effort(law, territory, parameters),
        trust=np.clip(trust, *TRUST_BOUNDS),
        knowledge=initial_knowledge(
            np.clip(trust, *TRUST_BOUNDS), providers.areas, need.shape[1], law, parameters, streams
        ),
        base=efficient_base(need, territory, catalogue, parameters),
        need=need,
        needed=needed,
        target=initial_targets(territory, catalogue, need, parameters, streams),
        felt=np.ones_like(need),
        shares=shares,
        origin=shares.copy(),
        delegated=delegated,
        union=union,
        slack=slack_start[:, np.newaxis] * (1.0 - parameters.slack.reorganisation_gain * reorganised),
        slack_start=slack_start,
        reorganised=reorganised,
        holdings=build_holdings(
            shares, needed, Holders(providers, union, forms, np.full(need.shape, NO_AGREEMENT))
        ),
        wellbeing=domains,
        wellbeing_structure=domains.copy(),
        ampi=np.full(union.size, 100.0),
        historical_fund=np.zeros(union.size),
        region_history=[history],
        area_history=[history],
        area_revenue=np.zeros(providers.areas),
        programmes=initial_programmes(union.size, parameters, streams),
        cooperation=initial_cooperation(territory, catalogue, providers, delegated, parameters, streams),
        moved_since=np.zeros(need.shape, dtype=np.intp),
        spent_before=np.zeros((*need.shape, 3)),
    )
