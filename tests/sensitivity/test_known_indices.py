"""Analytic functions through the whole pipeline give the indices that are known of them."""

from dataclasses import replace

import numpy as np
import pytest
from SALib.analyze import pawn

from areavasta.settings.sensitivity import Analysis
from experiments.designs.factors import Factor
from experiments.sensitivity.checks import SEED, SEEDS
from experiments.sensitivity.distances import slice_distances
from experiments.sensitivity.study import CHANCE, DUMMY
from experiments.sensitivity.verdicts import Claim, Sample, judge
from experiments.sensitivity.words import sample_text
from tests.sensitivity.conftest import (
    ANGLES,
    COST,
    SHARES,
    WEIGHTS,
    analysed,
    index_of,
    ishigami,
    points_of,
    sobol_g,
    study_of,
)

TOLERANCE = 0.04


def test_sobol_indices_of_ishigami() -> None:
    found = analysed(study_of(ANGLES, Analysis.sobol, 1024), ishigami)
    first, total = index_of(found, "first"), index_of(found, "total")
    assert [first[f"x{i}"] for i in (1, 2, 3)] == pytest.approx([0.3139, 0.4424, 0.0], abs=TOLERANCE)
    assert [total[f"x{i}"] for i in (1, 2, 3)] == pytest.approx([0.5576, 0.4424, 0.2437], abs=TOLERANCE)
    pairs = found.indices[found.indices["index"] == "second"].set_index(["factor", "other"])["value"]
    assert pairs.to_dict() == pytest.approx(
        {("x1", "x2"): 0.0, ("x1", "x3"): 0.2437, ("x2", "x3"): 0.0}, abs=TOLERANCE
    )


def test_sobol_indices_of_the_function_g() -> None:
    found = analysed(study_of(SHARES, Analysis.sobol, 1024, second_order=False), sobol_g)
    parts = 1.0 / (3.0 * (1.0 + WEIGHTS) ** 2)
    variance = np.prod(1.0 + parts) - 1.0
    total = [part * np.prod(1.0 + np.delete(parts, i)) / variance for i, part in enumerate(parts)]
    first, all_in = index_of(found, "first"), index_of(found, "total")
    names = [factor.key for factor in SHARES]
    assert [first[name] for name in names] == pytest.approx((parts / variance).tolist(), abs=TOLERANCE)
    assert [all_in[name] for name in names] == pytest.approx(total, abs=TOLERANCE)


def test_intervals_hold_the_known_indices_and_the_dummy_sets_a_noise_that_falls_with_the_sample() -> None:
    few, many = (
        analysed(study_of(ANGLES, Analysis.sobol, n, second_order=False), ishigami) for n in (64, 1024)
    )
    for found in (few, many):
        rows = found.indices[found.indices["index"] == "total"].set_index("factor").to_dict("index")
        for name, known in (("x1", 0.5576), ("x2", 0.4424), ("x3", 0.2437)):
            assert rows[name]["low"] - TOLERANCE < known < rows[name]["high"] + TOLERANCE
    noise = [judge(study_of(ANGLES, Analysis.sobol, 64), found, [COST])[0].noise for found in (few, many)]
    assert 0.0 < noise[1] < 0.1 < noise[0] < 0.6


def test_groups_are_judged_together() -> None:
    groups = {"pair": ["x1", "x3"]}
    found = analysed(study_of(ANGLES, Analysis.sobol, 1024, groups=groups, second_order=False), ishigami)
    assert index_of(found, "total").keys() == {"pair", "x2", DUMMY}
    assert index_of(found, "total")["pair"] == pytest.approx(0.5576, abs=TOLERANCE)
    assert index_of(found, "first")["pair"] == pytest.approx(0.5576, abs=TOLERANCE)
    steps = analysed(study_of(ANGLES, Analysis.morris, 20, groups=groups), ishigami)
    assert index_of(steps, "mu_star").keys() == {"pair", "x2", DUMMY}
    assert set(steps.indices["index"]) == {"mu_star"}


def test_morris_measures_a_straight_line_exactly() -> None:
    study = study_of(SHARES, Analysis.morris, 10)
    least = COST.smallest_relevant_effect
    slopes = least * np.array([5.0, -2.0, 0.5, 0.1, 0.0, 0.0])
    found = analysed(study, lambda points: points @ slopes)
    assert index_of(found, "mu_star") == pytest.approx(
        {**{f"x{i}": abs(slope) for i, slope in enumerate(slopes, start=1)}, DUMMY: 0.0}
    )
    assert index_of(found, "mu")["x2"] == pytest.approx(-2.0 * least)
    assert index_of(found, "sigma")["x1"] == pytest.approx(0.0, abs=1e-9)
    assert np.isfinite(found.indices[["value", "low", "high"]].to_numpy(float)).all()
    claims = [one.claim for one in judge(study, found, [COST])[0].factors]
    assert claims == [Claim.much, Claim.matters, *4 * [Claim.noise]]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("groups", [{}, {"pair": ["x1", "x2"]}])
def test_morris_takes_two_seeds_anew_for_each_trajectory(seed: int, groups: dict[str, list[str]]) -> None:
    """What two random seeds differ by on average: a third, where outcomes are uniform numbers of the seed."""
    with_seed = (*SHARES[:2], Factor(SEED, 1.0, float(SEEDS), whole=True))
    study = replace(study_of(with_seed, Analysis.morris, 400, groups=groups), seed=seed)
    shares, _ = points_of(study)
    assert len(np.unique(shares[:, 2])) == 800

    def outcome(points: np.ndarray) -> np.ndarray:
        return np.modf(points[:, 2] * np.pi * 1e4)[0] + 2.0 * points[:, 0]

    found = analysed(study, outcome)
    rows = found.indices[found.indices["index"] == "mu_star"].set_index("factor").to_dict("index")
    assert rows[CHANCE]["value"] == pytest.approx(1.0 / 3.0, abs=0.04)
    assert rows[CHANCE]["low"] < 1.0 / 3.0 < rows[CHANCE]["high"]
    assert rows["pair" if groups else "x1"]["value"] == pytest.approx(2.0)


def test_pawn_orders_factors_and_does_not_tell_an_idle_one_from_the_dummy() -> None:
    study = study_of(SHARES, Analysis.pawn, 600)
    found = analysed(study, sobol_g)
    median = index_of(found, "median")
    assert median["x1"] > median["x2"] > max(median["x5"], median["x6"])
    claims = {one.factor: one.claim for one in judge(study, found, [COST])[0].factors}
    assert claims["x1"] in (Claim.much, Claim.matters)
    assert {claims["x5"], claims["x6"]} <= {Claim.noise, Claim.limit}


def test_distances_are_those_of_salib() -> None:
    study = study_of(SHARES, Analysis.pawn, 300)
    shares, points = points_of(study)
    values = np.round(sobol_g(points), 1)  # with equal values
    theirs = pawn.analyze(study.problem(dummy=True), shares, values, S=10)["median"]
    assert slice_distances(shares, values, 10) == pytest.approx(theirs, abs=1e-12)


def test_indices_settle_on_nested_subsamples() -> None:
    found = analysed(study_of(ANGLES, Analysis.sobol, 512, second_order=False), ishigami)
    sizes = sorted(found.convergence["points"].unique())
    assert sizes == [5 * n for n in (64, 128, 256, 512)]
    alone = analysed(study_of(ANGLES, Analysis.sobol, 64, second_order=False), ishigami)
    small = found.convergence[found.convergence["points"] == 5 * 64].set_index("factor")["value"]
    # The first rows of the larger sample are the smaller sample.
    assert small.to_dict() == pytest.approx(index_of(alone, "total"))


def test_what_interacts_matters_together_with_others() -> None:
    study = study_of(ANGLES, Analysis.sobol, 1024)
    verdict = judge(study, analysed(study, ishigami), [COST])[0]
    assert {one.factor: one.claim for one in verdict.factors} == {
        "x1": Claim.much, "x2": Claim.much, "x3": Claim.together,
    }  # fmt: skip
    assert [one.factor for one in verdict.clear] == ["x1", "x2", "x3"]


def test_too_few_samples_are_called_so() -> None:
    few = study_of(ANGLES, Analysis.sobol, 16)
    assert judge(few, analysed(few, ishigami), [COST])[0].sample is Sample.wide
    many = study_of(ANGLES, Analysis.sobol, 4096, second_order=False)
    assert judge(many, analysed(many, ishigami), [COST])[0].sample is Sample.enough


@pytest.mark.parametrize("method", list(Analysis))
def test_what_does_not_vary_depends_on_nothing(method: Analysis) -> None:
    study = study_of(ANGLES, method, 64)
    found = analysed(study, lambda points: np.full(len(points), 852.0))
    assert (found.indices["value"] == 0.0).all()
    assert judge(study, found, [COST])[0].sample is Sample.constant


@pytest.mark.parametrize("method", list(Analysis))
def test_the_same_seed_gives_the_same_indices(method: Analysis) -> None:
    first, second = (analysed(study_of(ANGLES, method, 32), ishigami) for _ in range(2))
    assert first.indices.equals(second.indices)
    assert first.convergence.equals(second.convergence)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_a_width_just_above_the_one_asked_for_shows_that_it_is(lang: str) -> None:
    study = study_of(ANGLES, Analysis.sobol, 64)
    verdict = replace(judge(study, analysed(study, ishigami), [COST])[0], sample=Sample.wide, width=0.1504)
    told = sample_text(verdict, study, lang).replace(",", ".")
    assert "0.1504" in told
    assert "0.1500" in told
