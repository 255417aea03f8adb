"""How areas and the region come to know the territory, pay for it, and what that does to slack and trust."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.rules.accountability import slack_factor, slack_target
from areavasta.rules.apportionment import whole_cents
from areavasta.rules.assistance import assistance_effect, assistance_per_head
from areavasta.rules.knowledge import (
    catching_up,
    collected,
    error_spread,
    observed_ratio,
    persisting,
    trust_after,
)
from areavasta.rules.sums import sum_by
from areavasta.settings import Law, Parameters

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]


class Instrument(NamedTuple):
    """What a body does: its kind of flow, its intensity by law, its cost at full intensity in EUR a head."""

    name: str
    kind: Kind
    intensity: float
    cost: float


def area_instruments(law: Law, parameters: Parameters) -> tuple[Instrument, ...]:
    """Return what a law asks areas to do."""
    asked, costs, kind = law.knowledge, parameters.knowledge, Kind.knowledge
    return (
        Instrument("participation", kind, asked.participation, costs.participation_cost),
        Instrument("analysis", kind, asked.analysis, costs.analysis_cost),
        Instrument("information_system", kind, asked.information_system, costs.information_system_cost),
        Instrument("bes_update", kind, asked.bes_update, costs.bes_update_cost),
        Instrument("assistance", Kind.assistance, law.assistance.capacity, parameters.assistance.cost),
    )


def area_cost_per_head(law: Law, parameters: Parameters) -> float:
    """Return what a law's instruments cost areas, EUR a head."""
    return sum(item.intensity * item.cost for item in area_instruments(law, parameters))


def region_instruments(law: Law, parameters: Parameters) -> tuple[Instrument, ...]:
    """Return what a law asks the region to do, funds for communes and unions apart."""
    watched, eased = law.accountability.monitoring, law.facilitation.level
    return (
        Instrument("monitoring", Kind.knowledge, watched, parameters.accountability.monitoring_cost),
        Instrument("facilitation", Kind.assistance, eased, parameters.facilitation.cost),
    )


def region_cost_per_head(law: Law, parameters: Parameters) -> float:
    """Return what a law's instruments cost the region, EUR a head."""
    return sum(item.intensity * item.cost for item in region_instruments(law, parameters))


def gather(model: "TerritorialModel") -> None:
    """Turn last year's work into information and trust, and observe needs, costs and wellbeing anew."""
    state, known = model.state, model.state.knowledge
    constants, done = model.parameters.knowledge, known.activity
    area = model.territory.area
    known.information = collected(
        known.information, done.information_system, done.participation,
        constants.collection, constants.participation_gain, constants.decay,
    )  # fmt: skip
    together = constants.trust_gain * done.participation[area]
    together += model.parameters.programming.trust_gain * state.programmes.alignment
    state.trust = trust_after(state.trust, known.own_trust, together, constants.trust_reversion)
    for name in ("need_error", "bes_error", "cost_error"):
        error = getattr(known, name)
        noise = model.streams.of(name.replace("_", " "), model.year).normal(error.size).reshape(error.shape)
        setattr(known, name, persisting(error, noise, constants.persistence))
    observe_needs(model)
    unknown = constants.cost_error * (1.0 - known.information)
    known.cost_ratio = observed_ratio(known.cost_error, unknown[:, np.newaxis])
    known.bes_known = known.bes_known + catching_up(done.bes_update, constants.bes_lag)[area] * (
        state.ampi - known.bes_known
    )
    spread = error_spread(known.information, done.bes_update, constants.bes_error, constants.bes_effect)
    known.bes_observed = known.bes_known + spread[area] * known.bes_error


def observe_needs(model: "TerritorialModel") -> None:
    """Observe needs with the error that information and analysis leave."""
    known, constants = model.state.knowledge, model.parameters.knowledge
    spread = error_spread(
        known.information, known.activity.analysis, constants.need_error, constants.analysis_effect
    )
    known.need_ratio = observed_ratio(known.need_error, spread[model.territory.area])


def pay_for_areas_work(model: "TerritorialModel") -> None:
    """Have areas pay for knowledge and assistance; who cannot pay for all does a part of everything."""
    done, instruments = model.state.knowledge.activity, area_instruments(model.law, model.parameters)
    owed = area_cost_per_head(model.law, model.parameters) * model.area_residents
    money = np.maximum(model.ledger.balance[model.area_accounts], 0) / CENTS_PER_EURO
    paid = np.minimum(1.0, money / np.maximum(owed, 1e-9))
    for item in instruments:
        setattr(done, item.name, item.intensity * paid)
        if item.intensity > 0:
            euros = item.intensity * item.cost * model.area_residents * paid
            model.ledger.post(
                item.kind, item.name, model.area_accounts, model.accounts.suppliers, whole_cents(euros)
            )
    done.cost = float((owed * paid).sum())
    assist(model)


def assist(model: "TerritorialModel") -> None:
    """Share areas' assistance among communes by observed need and small size."""
    state, known, constants = model.state, model.state.knowledge, model.parameters.assistance
    per_head = assistance_per_head(
        model.territory.area, state.population, model.fund_need * known.need_ratio,
        known.activity.assistance, constants.small_weight,
    )  # fmt: skip
    known.assistance_effect = assistance_effect(per_head, constants.scale)


def pay_for_region_s_work(model: "TerritorialModel") -> None:
    """Have the region pay for monitoring and facilitation: a part of each, as far as its budget goes."""
    done, paid = model.state.knowledge.activity, model.region.supported
    for item in region_instruments(model.law, model.parameters):
        setattr(done, item.name, item.intensity * paid)
        euros = item.intensity * item.cost * model.first_residents * paid
        done.cost += euros
        if euros > 0:
            cents = whole_cents(np.array([euros]))
            model.ledger.post(item.kind, item.name, model.accounts.region, model.accounts.suppliers, cents)


def kept_slack(model: "TerritorialModel") -> Numbers:
    """Return the part of its slack that each held function keeps, (pool,)."""
    return kept_by(model, model.state.holdings.pool_provider, model.structure.pool_clarity)


def kept_by(model: "TerritorialModel", provider: NDArray[np.intp], clarity: Numbers) -> Numbers:
    """Return the part of its slack that a provider keeps in functions of this clarity, (row,)."""
    known, parameters = model.state.knowledge, model.parameters
    information = known.information[model.territory.area]
    everywhere = np.full(2, information.mean())
    by_provider = _by_provider(model, information, known.information, everywhere)
    helped = _by_provider(model, known.assistance_effect, np.zeros(model.accounts.areas), np.zeros(2))
    return slack_factor(
        helped.take(provider), clarity * by_provider.take(provider),
        known.activity.monitoring,
        parameters.assistance.slack_effect, parameters.accountability.monitoring_effect,
    )  # fmt: skip


def _by_provider(model: "TerritorialModel", places: Numbers, areas: Numbers, others: Numbers) -> Numbers:
    """Return values by provider: of communes, means of union members, areas, agency and region, districts."""
    member = model.state.union >= 0
    unions = _mean_by(model.state.union[member], places[member], model.accounts.unions)
    districts = _mean_by(model.providers.district_of, places, model.providers.districts)
    return np.concatenate((places, unions, areas, others, districts))


def _mean_by(group: NDArray[np.intp], values: Numbers, groups: int) -> Numbers:
    return sum_by(group, values, groups) / np.maximum(np.bincount(group, minlength=groups), 1)


def slack_targets(model: "TerritorialModel") -> Numbers:
    """Return the slack that each held function tends to, (pool,)."""
    state, holdings = model.state, model.state.holdings
    reorganised = state.reorganised.take(holdings.pool_pair)
    return slack_target(
        state.slack_start.take(holdings.pool_provider), kept_slack(model), reorganised,
        model.parameters.slack.reorganisation_gain,
    )  # fmt: skip


def settle_slack(model: "TerritorialModel") -> None:
    """Start every held function at the slack it tends to under present law.

    What bodies would waste without assistance and monitoring is set so that the mean over what is needed
    stays the slack that figures of need contain.
    """
    state, holdings = model.state, model.state.holdings
    observe_needs(model)
    assist(model)
    weight = state.population[holdings.place] * state.need.ravel()[holdings.cell] * holdings.share
    kept = float((kept_slack(model)[holdings.pool] * weight).sum() / weight.sum())
    state.slack_start = state.slack_start / kept
    state.slack[holdings.pool_provider, holdings.pool_function] = slack_targets(model)


def friction_relief(model: "TerritorialModel") -> Numbers:
    """Return the part of coordination cost that assistance takes off each commune, (place,)."""
    return model.parameters.assistance.friction_effect * model.state.knowledge.assistance_effect
