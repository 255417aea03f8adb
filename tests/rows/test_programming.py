"""Rows of the design: programmes, agreements, plans, integration, solidarity, coordinated functions.

Each outcome moves, on the real region, by at least its smallest relevant effect; off is off.
"""

from functools import cache

import numpy as np
import pytest

from areavasta import TerritorialModel
from areavasta.indicators import INDICATORS
from experiments import compose

YEARS = 15

FULL = (
    "scenario.programming.programmes=1.0", "scenario.programming.implementation=1.0",
    "scenario.programming.agreements=20.0",
)  # fmt: skip
COMPLEMENTS = ("parameters.wellbeing.substitution=-3.0", "scenario.programming.covers.economy=1.0")
"""Where functions of a domain hardly replace each other, aligning them matters most; in all domains."""


@cache
def run(*changes: str, draw: int = 0) -> TerritorialModel:
    settings = compose("scenarios=status_quo", *changes)
    return TerritorialModel(settings, seed=1, draw=draw).run_years(YEARS)


def effects(before: TerritorialModel, after: TerritorialModel, *keys: str) -> list[float]:
    """Return changes in units of the smallest relevant effect."""
    changes = []
    for key in keys:
        shown = (after.observation.latest(key) - before.observation.latest(key)) * INDICATORS[key].scale
        changes.append(shown / INDICATORS[key].smallest_relevant_effect)
    return changes


def same(first: TerritorialModel, second: TerritorialModel) -> bool:
    return bool(
        (first.ledger.balance == second.ledger.balance).all()
        and (first.state.ampi == second.state.ampi).all()
    )


def test_strategic_programmes_align_spending_and_raise_wellbeing() -> None:
    off, on = run(*COMPLEMENTS, "scenario.programming.programmes=0.0"), run(*COMPLEMENTS, *FULL)
    assert min(effects(off, on, "programme_spending", "integration", "ampi")) >= 1
    assert off.observation.latest("programme_spending") == off.observation.latest("programme_cost") == 0


def test_concertation_and_agreements_win_signatures_and_alignment() -> None:
    off, on = run(*FULL[:2]), run(*FULL)
    assert min(effects(off, on, "agreements_signed", "integration")) >= 1


def test_local_plans_carry_programmes_out() -> None:
    off = run(*COMPLEMENTS, *FULL, "scenario.programming.implementation=0.0")
    on = run(*COMPLEMENTS, *FULL)
    assert min(effects(off, on, "implemented", "ampi")) >= 1
    # What was aligned under present law has lapsed, to less than a thousandth.
    assert off.observation.latest("integration") < 1e-3


def test_integrated_view_raises_wellbeing_where_functions_are_complements() -> None:
    off = run(*COMPLEMENTS, *FULL, "scenario.integration.alignment=0.0")
    on = run(*COMPLEMENTS, *FULL)
    assert min(effects(off, on, "ampi")) >= 1
    # The index says how much is aligned; the setting says what comes of it.
    assert off.observation.latest("integration") == on.observation.latest("integration") > 0.5
    # At the default exponent the effect has the same sign, and is smaller than what counts as relevant.
    small = effects(run(*FULL, "scenario.integration.alignment=0.0"), run(*FULL), "ampi")[0]
    assert 0 < small < 1


@pytest.mark.parametrize("draw", [0, 2])
def test_solidarity_lifts_the_communes_served_least(draw: int) -> None:
    """With members as they are: who enters and leaves unions moves that fifth by as much, either way.

    How far it lifts them hangs on constants: by 0.5 to 1.2 points over draws.
    """
    frozen = "scenario.cooperation.rule=frozen"
    on = run("scenario.solidarity.share=1.0", "scenario.solidarity.ambit=area", frozen, draw=draw)
    off = run(frozen, draw=draw)
    paid, lifted = effects(off, on, "solidarity_paid", "service_lowest_fifth")
    assert paid >= 1
    assert lifted >= (1 if draw == 0 else 0)
    assert effects(off, on, "gini")[0] <= -1


def test_solidarity_in_unions_is_paid() -> None:
    assert effects(run(), run("scenario.solidarity.share=1.0"), "solidarity_paid")[0] >= 1


def test_the_area_s_envelope_moves_the_level_of_coordinated_functions() -> None:
    none, much = run("scenario.allocation.area.per_head=0.0"), run("scenario.allocation.area.per_head=40.0")
    assert effects(none, run(), "coordinated_level")[0] >= 1
    assert effects(run(), much, "coordinated_level")[0] >= 1
    free = run("scenario.allocation.area.per_head=40.0", "scenario.allocation.area.earmark=0.0")
    tied = run("scenario.allocation.area.per_head=40.0", "scenario.allocation.area.earmark=1.0")
    assert effects(free, tied, "coordinated_level")[0] >= 1


def test_the_area_s_own_rule_moves_the_spread_of_coordinated_functions() -> None:
    much = ("scenario.allocation.area.per_head=40.0", "scenario.allocation.area.earmark=1.0")
    by_gap = (
        "scenario.allocation.area.rules.standard_needs=0.0",
        "scenario.allocation.area.rules.bes_gap=1.0",
    )
    assert abs(effects(run(*much), run(*much, *by_gap), "coordinated_spread")[0]) >= 1


@pytest.mark.parametrize(
    ("off", "changes"),
    [
        (("scenario.programming.programmes=0.0",), FULL[1:]),
        (("scenario.programming.programmes=0.0",), ("scenario.programming.quorum=0.0",)),
        (("scenario.solidarity.share=0.0",), ("scenario.solidarity.ambit=area",)),
    ],
)
def test_off_is_off(off: tuple[str, ...], changes: tuple[str, ...]) -> None:
    assert same(run(*off), run(*off, *changes))


def test_without_plans_nothing_is_aligned_and_integration_changes_nothing() -> None:
    settings = compose("scenarios=status_quo")
    for law in (settings.present_law, settings.scenario):
        law.programming.implementation = 0.0
    without = TerritorialModel(settings, seed=1).run_years(4)
    assert not without.state.programmes.alignment.any()
    for law in (settings.present_law, settings.scenario):
        law.integration.alignment = 0.0
    assert same(without, TerritorialModel(settings, seed=1).run_years(4))


@pytest.mark.parametrize("changes", [FULL, ("scenario.solidarity.share=1.0",)])
def test_no_instrument_changes_what_the_state_pays(changes: tuple[str, ...]) -> None:
    before, after = run(), run(*changes)
    apart = after.observation.latest("money_state") - before.observation.latest("money_state")
    assert abs(apart) < 1e-4


def test_alignment_neither_dies_nor_passes_its_bounds() -> None:
    for model in (run(), run(*FULL)):
        alignment = model.state.programmes.alignment
        assert np.isfinite(alignment).all()
        assert alignment.min() >= 0
        assert alignment.max() <= 1
        assert alignment.mean() > 0.01


def test_agreements_carried_out_raise_trust() -> None:
    off, on = run("scenario.programming.programmes=0.0"), run(*FULL)
    assert effects(off, on, "trust")[0] >= 1
    signed_only = run(*FULL, "scenario.programming.implementation=0.0")
    # A signature that nothing follows is worth no trust.
    assert abs(effects(off, signed_only, "trust")[0]) < 1


def test_participation_delays_plans() -> None:
    """Two years after a programme is drafted less of it is carried out; what is missing comes later."""
    changes = (*FULL, "parameters.programming.participation_delay=2.0", "scenario.cooperation.rule=frozen")
    done: list[list[float]] = []
    for level in (0, 1):
        settings = compose("scenarios=status_quo", *changes, f"scenario.knowledge.participation={level}")
        model = TerritorialModel(settings, seed=1)
        done.append([model.run_years(years).observation.latest("implemented") for years in (3, YEARS)])
    assert done[0][0] - done[1][0] > 0.05
    assert abs(done[0][1] - done[1][1]) < 0.05


def test_without_participation_its_delay_changes_nothing() -> None:
    runs = []
    for delay in (0.0, 2.0):
        settings = compose("scenarios=status_quo", f"parameters.programming.participation_delay={delay}")
        for law in (settings.present_law, settings.scenario):
            law.knowledge.participation = 0.0
        runs.append(TerritorialModel(settings, seed=1).run_years(4))
    assert same(*runs)
