"""How a level shares an envelope among communes: observe, weigh, cap, apportion, pay."""

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.rules.apportionment import Numbers, apportion, fill_under_caps, of_entry, whole_cents
from areavasta.rules.fund_allocation import FROM_KNOWN_FIGURES, RULES, Observed
from areavasta.rules.sums import sum_by
from areavasta.settings import RuleWeights

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

HISTORY_YEARS = 3
"""Years of receipts that the historical rule looks back on."""


def allocate(
    model: "TerritorialModel",
    kind: Kind,
    payers: NDArray[np.intp],
    pots: NDArray[np.int64],
    pot_of: NDArray[np.intp],
    weights: RuleWeights,
    history: list[Numbers],
    *,
    caps: Numbers | None,
) -> list[Numbers]:
    """Share pots among communes by weighted rules, a flow for each rule; return the new history.

    `pot_of` is the pot of each commune; `caps` the most that each can use, EUR.
    """
    observed = observed_places(model, history)
    shares = _by_rule(observed, weights, pot_of, pots.size)
    total = _parts(_together(shares.values()), pot_of, pots.size)
    if kind is Kind.regional_allocation:
        _note_distances(model, observed, weights, shares, total)
    if caps is not None:
        room = np.maximum(caps, 0.0)
        wanted = total * of_entry(pots, pot_of) / CENTS_PER_EURO
        if (wanted > room).any():
            filled = fill_under_caps(float(pots.sum() / CENTS_PER_EURO), total, room)
            # A pot is paid out to the last cent, unless all who ask for it are full.
            pots = np.minimum(pots, whole_cents(np.array([room[filled > 0].sum()])))
            part = filled / np.where(total > 0, total, 1.0)
            shares = {rule: share * part for rule, share in shares.items()}
    account = payers[pot_of] if payers.size > 1 else int(payers[0])
    cents = apportion(pots, np.tile(pot_of, len(shares)), np.concatenate(list(shares.values())))
    by_rule = cents.reshape(len(shares), -1)
    for rule, amounts in zip(shares, by_rule, strict=True):
        model.ledger.post(kind, rule, account, model.place_index, amounts, place=model.place_index)
    received = by_rule.sum(axis=0)
    model.received[kind] = received
    if not received.any():
        return history
    part = _parts(received.astype(float), pot_of, pots.size)
    return [*history, part / part.sum()][-HISTORY_YEARS:]


def _by_rule(
    observed: Observed, weights: RuleWeights, pot_of: NDArray[np.intp], pots: int
) -> dict[str, Numbers]:
    return {
        rule: weight * _parts(RULES[rule](observed), pot_of, pots)
        for rule, weight in vars(weights).items()
        if weight > 0
    }


def _note_distances(
    model: "TerritorialModel",
    observed: Observed,
    weights: RuleWeights,
    by_rule: dict[str, Numbers],
    shares: Numbers,
) -> None:
    """Note how far the region's shares are from those of true figures, and these from need.

    `by_rule` are the shares of each rule by what the region observes, `shares` what they come to.
    """
    known, everyone = model.state.knowledge, np.zeros(shares.size, dtype=np.intp)
    true = Observed(**{**vars(observed), "need": model.fund_need, "wellbeing": model.state.ampi})
    parts = (
        amounts
        if rule in FROM_KNOWN_FIGURES
        else getattr(weights, rule) * _parts(RULES[rule](true), everyone, 1)
        for rule, amounts in by_rule.items()
    )
    rightly = _parts(_together(parts), everyone, 1)
    need = _parts(model.state.population * model.fund_need, everyone, 1)
    known.information_error = float(0.5 * np.abs(shares - rightly).sum())
    known.rule_distance = float(0.5 * np.abs(rightly - need).sum())


def _parts(amounts: Numbers, pot_of: NDArray[np.intp], pots: int) -> Numbers:
    total = sum_by(pot_of, amounts, pots)
    return np.asarray(amounts / of_entry(np.where(total > 0, total, 1.0), pot_of))


def _together(amounts: Iterable[Numbers]) -> Numbers:
    return reduce(np.add, amounts)


def observed_places(model: "TerritorialModel", history: list[Numbers]) -> Observed:
    """Return what payers know of each place this year; `history` is parts received by year, oldest first."""
    state = model.state
    return Observed(
        population=state.population,
        need=model.fund_need * state.knowledge.need_ratio,
        capacity=state.capacity,
        history=_together(history) / len(history),
        wellbeing=state.knowledge.bes_observed,
        performance=model.performance,
        delegated=model.structure.functions_in_union.astype(float),
    )
