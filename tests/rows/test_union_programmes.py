"""Row of the design: strategic programmes of unions, beside those of areas or alone.

The index of integration moves, on the real region, by at least its smallest relevant effect; off is off.
"""

import numpy as np

from areavasta import TerritorialModel
from areavasta.agents.joining import leave
from areavasta.rules.sums import sum_by
from experiments import compose
from tests.rows.test_programming import COMPLEMENTS, FULL, effects, run, same
from tests.twin.comparison import KeepingLedger

UNION, BOTH = "scenario.programming.drafter=union", "scenario.programming.drafter=both"
HALF = ("scenario.programming.programmes=0.5", *FULL[1:])
WILLING = (
    "parameters.programming.autonomy=6.0", "parameters.programming.benefit=0.03",
    "parameters.wellbeing.ampi_response=3.0", "scenario.programming.quorum=0.0",
)  # fmt: skip
"""Councils that mind little and hope for much, and wellbeing that answers most: an end of the ranges."""


def with_unions(*changes: str) -> tuple[TerritorialModel, KeepingLedger]:
    """Return a model that has just drafted the programmes of unions of 2027, and its books of that year."""
    model = TerritorialModel(compose("scenarios=status_quo", BOTH, *HALF, *changes), seed=1)
    ledger = KeepingLedger(model.accounts, len(model.catalogue.keys))
    model.ledger = ledger
    return model.run_years(2), ledger


def test_unions_align_spending_of_their_members() -> None:
    off, alone = run("scenario.programming.programmes=0.0"), run(*HALF, UNION)
    assert min(effects(off, alone, "union_programmes", "programme_spending", "integration")) >= 1
    assert off.observation.latest("union_programmes") == 0
    assert alone.observation.latest("area_programmes") == 0
    assert not (alone.state.programmes.of_unions.signed & (alone.state.union < 0)).any()


def test_unions_add_to_what_areas_align() -> None:
    areas, both = run(*HALF), run(*HALF, BOTH)
    assert min(effects(areas, both, "union_programmes", "programme_spending", "integration")) >= 1
    assert areas.observation.latest("union_programmes") == 0 < areas.observation.latest("area_programmes")


def test_programmes_of_unions_raise_wellbeing_where_councils_are_willing() -> None:
    """Elsewhere the effect has the same sign, and is smaller than what counts as relevant."""
    off = run(*COMPLEMENTS, *WILLING, "scenario.programming.programmes=0.0")
    assert effects(off, run(*COMPLEMENTS, *WILLING, *FULL, UNION), "ampi")[0] >= 1
    off = run(*COMPLEMENTS, "scenario.programming.programmes=0.0")
    assert 0 < effects(off, run(*COMPLEMENTS, *FULL, UNION), "ampi")[0] < 1


def test_no_spending_is_aligned_twice() -> None:
    programmes = run(*HALF, BOTH).state.programmes
    twice = programmes.of_areas.signed & programmes.of_unions.signed
    assert twice.any()
    # Half by the area, half of the other half by the union.
    assert set(programmes.of_unions.share[twice]) == {0.25}
    assert programmes.alignment.max() <= 0.75
    whole = run(*FULL, BOTH).state.programmes
    assert not (whole.of_areas.signed & whole.of_unions.signed).any()


def test_members_pay_for_the_programmes_of_their_union() -> None:
    model, ledger = with_unions()
    union, unions = model.state.union, model.accounts.unions
    by_rule = {flow.rule: flow for flow in ledger.closed}
    for purpose in ("drafting", "plans", "agreements"):
        quota, paid = by_rule[f"programme_{purpose}"], by_rule[f"union_{purpose}"]
        member = quota.column("payer")
        assert (union[member] >= 0).all()
        np.testing.assert_array_equal(quota.column("payee"), model.accounts.union + union[member])
        received = sum_by(quota.column("payee") - model.accounts.union, quota.cents, unions)
        spent = sum_by(paid.column("payer") - model.accounts.union, paid.cents, unions)
        assert received.sum() > 0
        # A union keeps no more of it than rounding leaves, a cent for each signature that it buys.
        kept = received - spent
        assert kept.min() >= 0
        assert kept.max() <= (np.bincount(union[member]).max() if purpose == "agreements" else 0)


def test_leaving_a_union_ends_its_programme_there_and_nowhere_else() -> None:
    model, ledger = with_unions("scenario.cooperation.rule=frozen")
    agreed = model.state.programmes.of_unions
    size = np.bincount(model.state.union[agreed.signed])
    largest, second = np.argsort(-size, kind="stable")[:2]
    alone = np.flatnonzero(agreed.signed & (model.state.union == largest))[:1]
    whole = np.flatnonzero(model.state.union == second)
    gone = np.concatenate((alone, whole))
    leave(model, gone)
    model.step()
    assert agreed.signed.sum() == size.sum() - 1 - size[second]
    assert not agreed.alignment[gone].any()
    assert (agreed.alignment[agreed.signed] > 0).all()
    payers = [flow.column("payer") for flow in ledger.closed if flow.rule == "programme_plans"]
    assert not np.isin(gone, np.concatenate(payers)).any()


def test_off_is_off() -> None:
    nothing = "scenario.programming.programmes=0.0"
    assert same(run(nothing), run(nothing, BOTH))
    assert same(run(nothing), run(nothing, UNION, *FULL[1:]))
