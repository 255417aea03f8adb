"""Assignment: functions change holder, slack and resources go with them."""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.holdings import (
    AREA,
    COMMUNE,
    MONEY_LEVELS,
    REGION,
    Holders,
    Holdings,
    communal_share,
    money_codes,
    reassign,
    resolve_shares,
)
from areavasta.rules.apportionment import whole_cents
from areavasta.rules.resources import RULES, Moved, moves_between
from areavasta.rules.sums import positions, sum_by
from areavasta.start import law_shares, lowest_effort
from areavasta.state import Moves, Reorganisation, State

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]

SHARE_DIGITS = 12
"""Digits to which shares are compared; nothing has moved below them."""


def assign(model: "TerritorialModel") -> None:
    """Make the holders those that the law and the delegations name; nothing happens when they are already."""
    state = model.state
    same_law = state.codecision.competences is model.assigned_law and not state.review.changed
    places = positions(state.cooperation.changed) if same_law else model.place_index
    if places.size == 0:
        return
    model.assigned_law = state.codecision.competences
    state.cooperation.changed[:] = False
    delegated, member = state.delegated[places], state.union[places] >= 0
    shares = resolve_shares(law_table(model)[places], delegated, member)
    state.review.changed = False
    change = (shares - state.shares[places]).round(SHARE_DIGITS)
    moved = _moved_between_communes(state, places, shares)
    if not change.any() and not moved.any():
        return
    if not same_law:
        _remember_spending(model, shares, change)
    _note_gains(model, places, change, moved)
    before = state.holdings
    state.shares[places] = shares
    holders = Holders(model.providers, state.union, model.forms, state.cooperation.lead)
    state.holdings = reassign(before, places, state.shares, state.needed, holders)
    held, providers = state.holdings.pool_provider, model.providers
    unions = (held >= providers.communes) & (held < providers.area)
    state.reorganised[held[unions], state.holdings.pool_function[unions]] = True
    hand_over_slack(state, before)
    if not same_law:
        state.moves = _moves(model)
    model.refresh_structure()


def _remember_spending(model: "TerritorialModel", shares: Numbers, change: Numbers) -> None:
    """Keep what old holders spent where money changes level; what stays with communes moves none."""
    state = model.state
    leaving = _newly_left(state, shares)
    state.spent_before[leaving] = _mean_spending(model, positions(leaving))
    state.moved_since[_differs(money_shares(change))] = model.year


def _moved_between_communes(state: State, places: NDArray[np.intp], shares: Numbers) -> Numbers:
    """Return the shares that stay with communes but in another one's office, (place, function).

    An agreement moves them to the commune that leads it; its end moves them home.
    """
    cooperation = state.cooperation
    own = places[:, np.newaxis]
    office, before = (
        np.where(lead[places] >= 0, lead[places], own)
        for lead in (cooperation.lead, cooperation.assigned_lead)
    )
    cooperation.assigned_lead = cooperation.lead.copy()
    kept = np.minimum(shares[:, :, COMMUNE], state.shares[places][:, :, COMMUNE])
    return np.where(office != before, kept, 0.0)


def _note_gains(model: "TerritorialModel", places: NDArray[np.intp], change: Numbers, moved: Numbers) -> None:
    """Note what each level gained and must reorganise; forget what has been reorganised.

    What `moved` between communes, (place, function), the communal level gave up and gained.
    """
    state, lasting = model.state, model.parameters.cost.transition_years
    state.reorganisations = [event for event in state.reorganisations if model.year - event.year < lasting]
    lost = np.zeros_like(state.shares)
    lost[places] = np.maximum(-change, 0.0)
    lost[places, :, COMMUNE] += moved
    _forgive(state.reorganisations, lost.ravel())
    new = np.maximum(change, 0.0)
    new[:, :, COMMUNE] += moved
    gaining = positions(new > 0)
    cells = new[0].size
    code = places[gaining // cells] * cells + gaining % cells
    state.reorganisations.append(Reorganisation(model.year, code, new.ravel()[gaining]))


def law_table(model: "TerritorialModel") -> Numbers:
    """Return the competence table in force, with what areas took by review, (place, function, level)."""
    competences, taken = model.state.codecision.competences, model.state.review.taken
    if model.tabled_law is not competences or model.tabled_reviews is not taken:
        model.tabled_law, model.tabled_reviews = competences, taken
        table = law_shares(competences, model.territory, model.catalogue)
        model.table = model.reviews.overlay(table, taken)
    return model.table


def _forgive(events: list[Reorganisation], lost: Numbers) -> None:
    """Take what levels lose out of what they gained before, oldest first: it is reorganised no more."""
    for event in events:
        taken = np.minimum(event.gained, lost[event.code])
        event.gained -= taken
        lost[event.code] -= taken


def money_shares(shares: Numbers) -> Numbers:
    """Return shares by the level that has the money: communal, area, region, (place, function, 3)."""
    return np.stack([communal_share(shares), shares[:, :, AREA], shares[:, :, REGION]], axis=2)


def _differs(change: Numbers) -> NDArray[np.bool_]:
    """Return where shares change at some level that has the money, (place, function)."""
    communal, area, region = np.moveaxis(change.round(SHARE_DIGITS) != 0, 2, 0)
    return np.asarray(communal | area | region)


def _newly_left(state: State, shares: Numbers) -> NDArray[np.bool_]:
    """Return where a level holds less than at the start, and did not before, (place, function, 3)."""
    origin = money_shares(state.origin)
    before = np.round(origin - money_shares(state.shares), SHARE_DIGITS) > 0
    after = np.round(origin - money_shares(shares), SHARE_DIGITS) > 0
    return np.asarray(after & ~before)


def _mean_spending(model: "TerritorialModel", levels: NDArray[np.intp]) -> Numbers:
    """Return mean spending per whole function over those of the last three years in which a level held it.

    In EUR, (level,): `levels` are positions in a ravelled table (place, function, level that has the money).
    """
    shape = (*model.state.base.shape, MONEY_LEVELS)
    total, years = np.zeros(levels.size), np.zeros(levels.size)
    for year in model.state.spending_history:
        code = money_codes(year.cell, year.level)
        held = by_money_level(code, year.share, shape).take(levels)
        total += by_money_level(code, year.spent, shape).take(levels) / np.where(held > 0, held, 1.0)
        years += held > 0
    return np.asarray(total / np.maximum(years, 1.0))


def hand_over_slack(state: State, before: Holdings) -> None:
    """Start each new provider's function at the mean slack of those it takes over from."""
    now = state.holdings
    is_new = np.ones(state.slack.size, dtype=bool)
    is_new[before.pool_pair] = False
    is_new = is_new.take(now.pool_pair)
    rows = is_new.take(now.pool).nonzero()[0]
    if rows.size == 0:
        return
    old = before.rows_of(now.place.take(rows))
    slack = state.slack.take(before.pool_pair.take(before.pool.take(old)))
    by_cell = sum_by(before.cell.take(old), before.share.take(old) * slack, state.base.size)
    pool, weight = now.pool.take(rows), now.share.take(rows) * state.population.take(now.place.take(rows))
    total = sum_by(pool, weight, is_new.size)
    mean = sum_by(pool, weight * by_cell.take(now.cell.take(rows)), is_new.size)
    mean /= np.where(total > 0, total, 1.0)
    state.slack[now.pool_provider[is_new], now.pool_function[is_new]] = mean[is_new]


def _moves(model: "TerritorialModel") -> Moves:
    """Return the shares that are away from their origin, by the levels that have the money."""
    origin, present = money_shares(model.state.origin), money_shares(model.state.shares)
    away = _differs(present - origin) & ~model.is_tariff
    shares = np.round(moves_between(origin[away], present[away]), SHARE_DIGITS)
    old, new, row = np.nonzero(np.moveaxis(shares, 0, 2))
    place, function = (axis[row] for axis in np.nonzero(away))
    cell = place * model.is_tariff.size + function
    area = model.area_accounts[model.territory.area]
    account = np.stack([model.place_index, area, np.full_like(area, model.accounts.region)])
    return Moves(
        place=place,
        function=function,
        cell=cell,
        payer=account[old, place],
        payee=account[new, place],
        left=cell * MONEY_LEVELS + old,
        reached=cell * MONEY_LEVELS + new,
        share=shares[row, old, new],
    )


def move_resources(model: "TerritorialModel") -> None:
    """Pay the yearly flow from old holders to new ones, as long as functions are away from their origin."""
    state, moves, rules = model.state, model.state.moves, model.law.resources
    if not moves.any():
        return
    moved = Moved(
        spent=state.spent_before.take(moves.left),
        need=state.need.take(moves.cell) * state.population.take(moves.place),
        cost=_cost_of_whole(model, moves.reached),
    )
    years = model.year - state.moved_since.take(moves.cell) + 1
    amount = RULES[rules.rule.value](moved) * moves.share * np.minimum(1.0, years / rules.phase_years)
    model.ledger.post(
        Kind.devolved_resources, rules.rule.value, moves.payer, moves.payee,
        whole_cents(amount * _affordable(model, moves.payer, amount).take(moves.payer)),
        function=moves.function, place=moves.place,
    )  # fmt: skip


def _affordable(model: "TerritorialModel", payer: NDArray[np.intp], amount: Numbers) -> Numbers:
    """Return the part of what it owes that each account can pay, (account,)."""
    state, accounts = model.state, model.accounts
    owed = sum_by(payer, amount, accounts.count)
    money = np.maximum(model.ledger.balance / CENTS_PER_EURO, 0.0)
    effort = lowest_effort(model.law, state.effort_ceiling)
    money[: accounts.communes] += effort * state.capacity * state.population
    return np.minimum(1.0, money / np.maximum(owed, 1e-9))


def by_money_level(code: NDArray[np.intp], values: Numbers, shape: tuple[int, ...]) -> Numbers:
    """Return row values, by their `money_codes`, summed to (place, function, level that has the money)."""
    return sum_by(code, values, math.prod(shape)).reshape(shape)


def _cost_of_whole(model: "TerritorialModel", levels: NDArray[np.intp]) -> Numbers:
    """Return the cost of the standard service per whole function, EUR, (move,).

    `levels` are positions in a ravelled table (place, function, level that has the money), (move,).
    """
    holdings, shape = model.state.holdings, (*model.state.base.shape, MONEY_LEVELS)
    cost, share = (
        by_money_level(holdings.money_code, values, shape).take(levels)
        for values in (model.delivery.cost, holdings.share)
    )
    return cost / np.where(share > 0, share, 1.0)
