"""Designs: where their points are, what settings each stands for, and what their runs are."""

from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from areavasta.settings import ResourceRule, Settings, SettingsError, draw_parameters
from experiments import compose
from experiments._config_files import ConfigurationError
from experiments.designs.design import Design
from experiments.designs.factors import Factor, Value
from experiments.designs.points import settings_at, with_values
from experiments.designs.running import design_tasks, run_design
from experiments.store import RunStore, RunTask
from experiments.store.identity import Namer

WEIGHT = "scenario.allocation.region.rules.standard_needs"
DUPLICATION = "parameters.cost.duplication"
X, N, C = Factor("x", 0.0, 10.0), Factor("n", 1, 4, whole=True), Factor("c", values=("a", "b", "c"))


@pytest.fixture(scope="module")
def base() -> Settings:
    return compose("territory=toy", "run.years=2", "run.draws=2", "run.replicates=2", "run.processes=1")


def test_a_grid_has_every_combination() -> None:
    design = Design.grid([X, C], 3)
    assert design.points == tuple((x, c) for x in (0.0, 5.0, 10.0) for c in "abc")


def test_a_list_takes_factors_value_by_value() -> None:
    design = Design.listed([Factor("x", values=(1.0, 2.0)), Factor("c", values=("a", "b"))])
    assert design.points == ((1.0, "a"), (2.0, "b"))
    assert design.values(1) == {"x": 2.0, "c": "b"}


def test_a_latin_hypercube_has_one_point_in_each_part_of_a_range() -> None:
    design = Design.latin_hypercube([X, N, C], 12, seed=1)
    x, n, c = zip(*design.points, strict=True)
    assert sorted(int(value / 10.0 * 12) for value in x) == list(range(12))
    assert [n.count(value) for value in (1, 2, 3, 4)] == [3, 3, 3, 3]
    assert [c.count(value) for value in "abc"] == [4, 4, 4]


def test_sobol_points_are_balanced_and_follow_the_seed() -> None:
    design = Design.sobol([X, C], 64, seed=1)
    x = np.array([point[0] for point in design.points])
    assert np.bincount((x / 10.0 * 8).astype(int)).tolist() == [8] * 8
    assert design == Design.sobol([X, C], 64, seed=1)
    assert design != Design.sobol([X, C], 64, seed=2)


def test_the_first_points_of_longer_sequences_are_those_of_shorter_ones() -> None:
    assert Design.sobol([X, N], 32, 1).points[:16] == Design.sobol([X, N], 16, 1).points


def test_the_table_has_a_row_a_point() -> None:
    table = Design.grid([N, C], 2).table()
    assert table.column_names == ["point", "n", "c"]
    assert table.to_pylist()[0] == {"point": 0, "n": 1, "c": "a"}


def test_settings_of_a_point_differ_by_the_factors_alone(base: Settings) -> None:
    values: dict[str, Value] = {
        DUPLICATION: 0.05,
        "scenario.resources.rule": "none",
        "scenario.equalisation.cut_per_head": 12,
        "run.seed": 5,
        "scenario.functions.local_police.province.area": 0.0,
    }
    found = settings_at(base, values)
    assert (found.parameters.cost.duplication, found.run.seed) == (0.05, 5)
    assert found.scenario.resources.rule is ResourceRule.none
    assert found.scenario.equalisation.cut_per_head == 12.0
    assert found.parameters.scale is base.parameters.scale
    assert settings_at(base, {}) == base
    assert base.scenario.resources.rule is not ResourceRule.none


def test_weights_that_are_no_factor_share_out_the_rest(base: Settings) -> None:
    before = base.scenario.allocation.region.rules
    assert 0.0 < before.standard_needs < 1.0 or before.historical > 0.0
    found = settings_at(base, {WEIGHT: 0.4}).scenario.allocation.region.rules
    assert found.standard_needs == 0.4
    assert found.historical == pytest.approx(0.6 * before.historical / (1.0 - before.standard_needs))
    assert settings_at(base, {WEIGHT: 1.0}).scenario.allocation.region.rules.historical == 0.0


def test_weights_of_more_than_one_are_told(base: Settings) -> None:
    values = {WEIGHT: 0.7, WEIGHT.replace("standard_needs", "per_capita"): 0.6}
    with pytest.raises(SettingsError, match=r"standard_needs 0\.7, per_capita 0\.6: they sum to more than 1"):
        with_values(base, values)


def test_points_that_no_law_can_hold_are_named_before_anything_runs(base: Settings) -> None:
    other = WEIGHT.replace("standard_needs", "per_capita")
    design = Design.grid([Factor(WEIGHT, values=(0.2, 0.7)), Factor(other, values=(0.2, 0.6))], 2)
    with pytest.raises(ConfigurationError) as raised:
        design_tasks(base, design, {})
    assert str(raised.value) == (
        f"point 3 ({WEIGHT}=0.7, {other}=0.6): scenario.allocation.region.rules with the factors "
        "standard_needs 0.7, per_capita 0.6: they sum to more than 1"
    )


def test_a_factor_that_a_dated_change_sets_anew_is_refused() -> None:
    """Fund cut sets the cut to 40 in 2030: whatever a point says would hold for three years alone."""
    design = Design.grid([Factor("scenario.equalisation.cut_per_head", values=(0.0, 20.0))], 2)
    told = r"cut_per_head: scenario fund_cut sets it anew in 2030, whatever a point says"
    for years, refused in ((4, False), (5, True)):
        law = compose("territory=toy", "scenarios=fund_cut", f"run.years={years}")
        with pytest.raises(ConfigurationError, match=told) if refused else nullcontext():
            design_tasks(law, design, {"fund_cut": law})


def test_every_point_has_the_same_pairs_and_the_same_chance(base: Settings) -> None:
    design = Design.grid([Factor("scenario.equalisation.cut_per_head", values=(0.0, 20.0))], 2)
    tasks = design_tasks(base, design, {})
    chance = [(task.seed, task.draw, task.replicate) for task in tasks]
    assert chance == [(1, 1, 1), (1, 1, 2), (1, 2, 1), (1, 2, 2)] * 2
    names = [Namer().identity(task).run for task in tasks[:4]]
    assert names == [Namer().identity(RunTask(base, *key)).run for key in chance[:4]]


def test_a_parameter_that_is_a_factor_is_held_while_the_others_are_drawn(base: Settings) -> None:
    design = Design.grid([Factor(DUPLICATION, values=(0.02, 0.18))], 2)
    tasks = design_tasks(base, design, {})
    drawn = [draw_parameters(task.settings, task.seed, task.draw) for task in tasks]
    assert [parameters.cost.duplication for parameters in drawn] == [0.02] * 4 + [0.18] * 4
    transitions = [parameters.cost.transition for parameters in drawn]
    assert transitions[:4] == transitions[4:]
    assert transitions[0] == transitions[1] != transitions[2]
    chance = [(task.seed, task.draw, task.replicate) for task in tasks]
    assert chance[:4] == chance[4:]
    assert len(set(chance)) == 4
    assert len({Namer().identity(task).run for task in tasks}) == len(tasks)


def test_scenarios_are_a_factor_like_any_other(base: Settings) -> None:
    laws = {name: compose(*ARGUMENTS, f"scenarios={name}") for name in ("status_quo", "fund_cut")}
    design = Design.grid(
        [Factor("scenarios", values=("status_quo", "fund_cut")), Factor("run.years", values=(1, 2))], 2
    )
    tasks = design_tasks(base, design, laws)
    assert [task.settings.scenario.title.en for task in tasks[::8]] == [
        laws[name].scenario.title.en for name in ("status_quo", "fund_cut")
    ]
    assert [task.settings.run.years for task in tasks[::4]] == [1, 2, 1, 2]


ARGUMENTS = ("territory=toy", "run.years=2", "run.draws=2", "run.replicates=2", "run.processes=1")


def test_the_table_of_a_design_is_tidy(base: Settings, tmp_path: Path) -> None:
    design = Design.grid(
        [
            Factor("scenario.equalisation.cut_per_head", values=(0.0, 40.0)),
        ],
        2,
    )
    (runs,) = run_design(base, design, RunStore(tmp_path))
    frame = runs.table().to_pandas()
    assert list(frame.columns[:6]) == [
        "point", "scenario.equalisation.cut_per_head", "draw", "replicate", "year", "cost",
    ]  # fmt: skip
    assert len(frame) == 2 * 4 * 2
    last = frame[frame["year"] == 2027].set_index(["draw", "replicate"])
    cut = last[last["point"] == 1]["spending"] - last[last["point"] == 0]["spending"]
    assert (cut < 0.0).all()
    assert not runs.failures()
    assert runs.closing().runs == 8
