"""The union effect: an effect that was planted is found, by who joined and when alone."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from areavasta.randomness import Streams
from areavasta.synthetic import generate_territory
from experiments import compose
from experiments.validation.formation import (
    FOUNDING_YEARS,
    LARGEST_STUDIED,
    NEVER,
    Formation,
    founding_years,
    run_formation,
)
from experiments.validation.history import FIRST, LAST
from experiments.validation.union_effect import (
    BY_YEAR,
    MEAN,
    SEEN_AFTER,
    effects_of_run,
    estimates,
    joiners,
    least_squares,
    matched,
    panel_of,
    two_stages,
)
from tests.validation.samples import OUTSIDE, history

GROWTH = -0.8
"""Planted effect, per cent of cost, of each year since entry, the first included."""


def planted(replicate: int = 0) -> Formation:
    """Return communes with own levels, years of their own and noise; entry lowers cost ever more."""
    past, places = history(places=60), 60
    noise = np.random.Generator(np.random.PCG64(replicate))
    entry = np.where(np.arange(places) < 30, 2025 + np.arange(places) % 4, NEVER)
    since = past.years[:, np.newaxis] - entry
    effect = np.where((entry > NEVER) & (since >= 0), GROWTH * (since + 1), 0.0)
    base = noise.normal(0.0, 20.0, places) + noise.normal(0.0, 5.0, (past.years.size, 1))
    cost = 100.0 * np.exp((base + effect + noise.normal(0.0, 0.05, base.shape)) / 100.0)
    studied = np.ones(places, dtype=bool)
    return Formation(replace(past, cost=cost), entry, studied)


def panel() -> pd.DataFrame:
    formation = planted()
    return panel_of(formation.history, formation.entry, formation.studied)


@pytest.mark.parametrize("estimator", [least_squares, two_stages])
def test_both_estimators_find_the_effect_of_each_year(estimator: object) -> None:
    assert callable(estimator)
    found = {one.since: one for one in estimator(panel(), "cost", BY_YEAR, "place")}
    for since in range(SEEN_AFTER + 1):
        assert found[since].effect == pytest.approx(GROWTH * (since + 1), abs=0.1)
        assert 0 < found[since].error < 0.1
    assert found[-2].effect == pytest.approx(0.0, abs=0.1)


def test_the_two_stages_find_the_mean_effect_where_two_way_effects_mix_cohorts() -> None:
    whole = panel()
    seen = whole.loc[whole["member"] > 0, "since"]
    mean = float((GROWTH * (seen + 1)).mean())
    assert two_stages(whole, "cost", MEAN, "place")[0].effect == pytest.approx(mean, abs=0.1)
    assert mean < least_squares(whole, "cost", MEAN, "place")[0].effect < 0


def test_the_figures_of_a_run() -> None:
    found = effects_of_run(planted())
    assert found["union_effect_cost"] < -2
    assert found["union_effect_spending"] == pytest.approx(0.0, abs=1e-9)
    assert found["union_effect_service"] == pytest.approx(0.0, abs=1e-9)
    assert found["union_effect_growth"] == SEEN_AFTER


def test_replicates_are_pooled_with_effects_of_their_own() -> None:
    panels = [panel_of(one.history, one.entry, one.studied) for one in (planted(1), planted(2))]
    found = [one for one in estimates(panels) if one.outcome == "cost" and one.since == SEEN_AFTER]
    assert {one.estimator for one in found} == {"twfe", "did2s"}
    for one in found:
        assert one.effect == pytest.approx(GROWTH * (SEEN_AFTER + 1), abs=0.1)
    assert estimates([]) == []


def test_controls_are_the_nearest_in_size_altitude_and_income() -> None:
    territory = generate_territory(12, 1)
    size = np.array([1_000.0, 1_100, 1_050, 980, 40_000, 45_000, 50_000, 60_000, 900, 20_000, 30_000, 55_000])
    alike = replace(
        territory, population=size, altitude_m=np.full(12, 50.0), taxable_income_per_head=np.full(12, 14e3)
    )
    entering = np.arange(12) == 0
    assert matched(alike, entering, ~entering).tolist() == [1, 2, 3]


def test_joiners_enter_once_after_two_years_outside_and_stay() -> None:
    years = np.arange(FIRST, LAST + 1)[:, np.newaxis]
    member = np.stack(
        [
            (years >= 2026)[:, 0],  # joins
            (years >= 2024)[:, 0],  # joins too early to know it before
            np.ones(years.size, dtype=bool),  # a member from the start
            np.zeros(years.size, dtype=bool),  # never
            ((years >= 2026) & (years < 2030))[:, 0],  # leaves again
            *[np.zeros(years.size, dtype=bool)] * 3,
        ],
        axis=1,
    )
    past = history(union=np.where(member, 0, OUTSIDE))
    entry, studied = joiners(past)
    assert entry.tolist() == [2026, 0, 0, 0, 0, 0, 0, 0]
    # The last two are cities, larger than those studied.
    assert studied.tolist() == [True, False, False, True, False, True, False, False]


def test_nobody_to_compare_with_is_an_error() -> None:
    formation = planted()
    with pytest.raises(ValueError, match="never do"):
        panel_of(formation.history, np.full(60, 2026), formation.studied)


def test_unions_are_founded_anew_in_drawn_years() -> None:
    settings, territory = compose("territory=synthetic"), generate_territory(120, 2)
    years = founding_years(territory, Streams(1, 0, 1))
    founded = years > NEVER
    assert founded.sum() == max(1, round(len(territory.union_keys) / 3))
    first, last = FOUNDING_YEARS
    assert ((years[founded] >= first) & (years[founded] <= last)).all()
    formation = run_formation(settings, 1, 0, 1, territory)
    member = formation.history.union >= 0
    entering = formation.entry > NEVER
    assert entering.any()
    assert not member[0, entering].any()
    for place in np.flatnonzero(entering):
        row = formation.history.at(int(formation.entry[place]))
        assert not member[:row, place].any()
        assert member[row:, place].all()
    # Whoever was never in a union never enters one; other members stay.
    others = territory.union < 0
    assert not member[:, others].any()
    assert member[:, ~others & ~entering].all()
    assert (territory.population[formation.studied] <= LARGEST_STUDIED).all()
