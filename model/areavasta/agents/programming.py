"""Programmes: areas draft them, communes sign, plans of communes and unions carry them out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.functions import DOMAINS, Catalogue
from areavasta.rules.apportionment import Numbers, whole_cents
from areavasta.rules.programmes import (
    gain_of_signing,
    pace_of_plans,
    reaches_quorum,
    transfers_that_buy,
)
from areavasta.rules.sums import sum_by
from areavasta.settings import Law
from areavasta.settings.law_programming import Drafter

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

COORDINATED = ("local_transport", "planning_building", "civil_protection", "procurement")
"""Communal functions that areas coordinate (L. 56/2014 art. 1 c. 85 and 88; D.Lgs. 1/2018 art. 11)."""

PROGRAMME_YEARS = 5
"""Years that a programme lasts: the term of office of a council (D.Lgs. 267/2000 art. 51)."""


@dataclass(frozen=True)
class Programmable:
    """What the catalogue says of functions, (function,) each: may programmes cover it, its wellbeing domain.

    `coordinated` are the positions of communal functions that areas coordinate, `is_coordinated` the same
    as a mask.
    """

    admitted: NDArray[np.bool_]
    domain: NDArray[np.intp]
    coordinated: NDArray[np.intp]
    is_coordinated: NDArray[np.bool_]


def programmable(catalogue: Catalogue) -> Programmable:
    """Return what programmes may cover: functions of communes and areas, but for waste."""
    coordinated = np.array([item.key in COORDINATED for item in catalogue.functions])
    return Programmable(
        admitted=np.array([item.home != "region" and not item.tariff for item in catalogue.functions]),
        domain=catalogue.codes("domain", DOMAINS),
        coordinated=np.flatnonzero(coordinated),
        is_coordinated=coordinated,
    )


def covered_domains(law: Law) -> Numbers:
    """Return the part of each domain's functions that programmes cover, (domain,)."""
    return np.array([getattr(law.programming.covers, domain) for domain in DOMAINS])


def covered_functions(law: Law, functions: Programmable) -> Numbers:
    """Return the part of each function that programmes cover, (function,)."""
    return np.asarray(covered_domains(law)[functions.domain] * functions.admitted)


def draft_programmes(model: "TerritorialModel") -> None:
    """Have areas draft programmes when the old ones end or their law changes, and communes sign them.

    The first year is the start, in balance before any of it.
    """
    programmes, law = model.state.programmes, model.law.programming
    due = model.year - programmes.drafted >= PROGRAMME_YEARS or law != programmes.law
    if model.first_year or not due:
        return
    programmes.drafted, programmes.law = model.year, law
    programmes.of_areas.expire()
    programmes.of_unions.expire()
    if law.programmes > 0 and law.drafter is not Drafter.union:
        _pay_for_drafts(model)
        _collect_signatures(model)


def _pay_for_drafts(model: "TerritorialModel") -> None:
    money = np.maximum(model.ledger.balance[model.area_accounts], 0)
    cost = whole_cents(model.parameters.programming.drafting_cost * model.area_residents)
    model.ledger.post(
        Kind.programme, "drafting", model.area_accounts, model.accounts.suppliers, np.minimum(cost, money)
    )


def _collect_signatures(model: "TerritorialModel") -> None:
    state, agreed, law = model.state, model.state.programmes.of_areas, model.law.programming
    covered = covered_functions(model.law, model.programmable)
    gain = perceived_gain(model, law.programmes, covered, "programme signatures")
    transfer = transfers_that_buy(gain, law.agreements)
    signs = (gain > 0) | (transfer > 0)
    area, areas = model.territory.area, model.accounts.areas
    signed = signs & reaches_quorum(signs, state.population, area, areas, law.quorum)[area]
    agreed.share = np.where(signed, law.programmes, 0.0)
    agreed.transfer = np.where(signed, transfer, 0.0)


def perceived_gain(
    model: "TerritorialModel", share: Numbers | float, covered: Numbers, stream: str
) -> Numbers:
    """Return what councils think they gain by signing, EUR a head a year, (place,).

    `share` is the part of spending on the functions `covered`, (function,), that the programme aligns;
    `stream` keys the noise.
    """
    state, constants = model.state, model.parameters.programming
    noise = model.streams.of(stream, model.year).normal(state.population.size)
    return gain_of_signing(
        share, constants.benefit * (state.need @ covered),
        constants.plan_cost * model.law.programming.implementation, state.programmes.autonomy,
        constants.trust_weight * state.trust, constants.noise * noise,
    )  # fmt: skip


def implement_programmes(model: "TerritorialModel") -> None:
    """Have areas and communes pay for signatures and plans, and move alignment to what plans carry out."""
    state, programmes, law = model.state, model.state.programmes, model.law.programming
    if programmes.of_areas.share.any():
        _pay_for_signatures(model)
        _pay_for_plans(model, law.implementation * programmes.of_areas.share)
    if programmes.signed.any() or programmes.alignment.any():
        constants = model.parameters.programming
        participation = state.knowledge.activity.participation[model.territory.area]
        delay = constants.delay + constants.participation_delay * participation
        pace = pace_of_plans(state.population, state.union, delay, constants.half_capacity)
        for agreed in (programmes.of_areas, programmes.of_unions):
            aim = law.implementation * agreed.share
            agreed.alignment = agreed.alignment + pace * (aim - agreed.alignment)


def _pay_for_signatures(model: "TerritorialModel") -> None:
    transfer = model.state.programmes.of_areas.transfer * model.state.population
    if not transfer.any():
        return
    payer = model.area_accounts[model.territory.area]
    owed = sum_by(payer, transfer, model.accounts.count)
    money = np.maximum(model.ledger.balance / CENTS_PER_EURO, 0.0)
    kept = np.minimum(1.0, money / np.maximum(owed, 1e-9))
    model.ledger.post(
        Kind.programme, "agreements", payer, model.place_index, whole_cents(transfer * kept[payer]),
        place=model.place_index,
    )  # fmt: skip


def _pay_for_plans(model: "TerritorialModel", aim: Numbers) -> None:
    cost = whole_cents(model.parameters.programming.plan_cost * aim * model.state.population)
    money = np.maximum(model.ledger.balance[: model.accounts.communes], 0)
    model.ledger.post(
        Kind.programme, "plans", model.place_index, model.accounts.suppliers, np.minimum(cost, money),
        place=model.place_index,
    )  # fmt: skip
