"""Programmes of unions: drafted for their members, who sign them and pay for them by quota."""

from typing import TYPE_CHECKING

import numpy as np

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.agents.programming import covered_functions, perceived_gain
from areavasta.programmes import Index
from areavasta.rules.apportionment import Cents, Numbers, whole_cents
from areavasta.rules.programmes import reaches_quorum, transfers_between
from areavasta.rules.sums import positions, sum_by
from areavasta.settings.law_programming import Drafter

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


def draft_in_unions(model: "TerritorialModel") -> None:
    """Have unions draft programmes in the year in which areas would, at the expense of all members.

    They cover communal functions, and take their share of the spending that programmes of areas leave.
    """
    law = model.law.programming
    drafting = law.drafter is not Drafter.area and law.programmes > 0
    if model.state.programmes.drafted != model.year or not drafting:
        return
    member = positions(model.state.union >= 0)
    if member.size:
        euros = model.parameters.programming.drafting_cost * model.state.population[member]
        _spend(model, "drafting", member, euros)
        _collect_signatures(model, member)


def _collect_signatures(model: "TerritorialModel", member: Index) -> None:
    state, programmes, law = model.state, model.state.programmes, model.law.programming
    unions, union, residents = model.accounts.unions, state.union[member], state.population[member]
    share = law.programmes * (1.0 - programmes.of_areas.share)
    covered = covered_functions(model.law, model.programmable) * model.in_fund
    gain = perceived_gain(model, share, covered, "union programme signatures")
    # Nobody is asked where the programme of the area leaves nothing to align.
    gain = np.where(share > 0, gain, 0.0)[member]
    transfer = transfers_between(gain, residents, union, unions, law.agreements)
    signs = (gain > 0) | (transfer > 0)
    signed = signs & reaches_quorum(signs, residents, union, unions, law.quorum)[union]
    programmes.of_unions.share[member] = np.where(signed, share[member], 0.0)
    programmes.of_unions.transfer[member] = np.where(signed, transfer, 0.0)


def pay_in_unions(model: "TerritorialModel") -> None:
    """Have signers pay their unions for plans and, where they gain, for the signatures of others."""
    agreed, population = model.state.programmes.of_unions, model.state.population
    member = positions(agreed.share != 0)
    if member.size == 0:
        return
    _pay_for_signatures(model, member)
    aim = model.law.programming.implementation * agreed.share[member]
    _spend(model, "plans", member, model.parameters.programming.plan_cost * aim * population[member])


def _pay_for_signatures(model: "TerritorialModel", member: Index) -> None:
    euros = model.state.programmes.of_unions.transfer[member] * model.state.population[member]
    if not euros.any():
        return
    union = model.state.union[member]
    promised, owed = np.maximum(-euros, 0.0), np.maximum(euros, 0.0)
    due = sum_by(union, owed)
    # Who left is no longer paid, and nobody pays for it.
    asked = np.minimum(1.0, due / np.maximum(sum_by(union, promised), 1e-9))[union]
    there = sum_by(union, _quota(model, "agreements", member, promised * asked)) / CENTS_PER_EURO
    kept = np.minimum(1.0, there / np.maximum(due, 1e-9))[union]
    model.ledger.post(
        Kind.programme, "union_agreements", model.accounts.union + union, member, whole_cents(owed * kept),
        place=member,
    )  # fmt: skip


def _spend(model: "TerritorialModel", purpose: str, member: Index, euros: Numbers) -> None:
    """Have members pay their unions a quota, EUR, (member,), and unions their suppliers as much."""
    cents = _quota(model, purpose, member, euros)
    model.ledger.post(
        Kind.programme, f"union_{purpose}", model.accounts.union + model.state.union[member],
        model.accounts.suppliers, cents, place=member,
    )  # fmt: skip


def _quota(model: "TerritorialModel", purpose: str, member: Index, euros: Numbers) -> Cents:
    """Have members pay their unions as much of this as they have; return what they paid."""
    cents = np.minimum(whole_cents(euros), np.maximum(model.ledger.balance[member], 0))
    model.ledger.post(
        Kind.quota, f"programme_{purpose}", member, model.accounts.union + model.state.union[member], cents,
        place=member,
    )  # fmt: skip
    return cents
