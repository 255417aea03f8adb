"""Calibration on a simulator whose answer is known: recovery, exactness, coverage, one seed."""

import numpy as np
import pytest

from areavasta.randomness import Streams
from areavasta.settings import CalibrationPlan
from areavasta.settings.draws import triangular
from experiments.calibration.emulator import check, fit_emulator, refit
from experiments.calibration.matching import Region, implausibility, kept
from experiments.calibration.posterior import Weighted, normalised, resample, weighted_quantiles
from experiments.calibration.problem import CalibrationError, Priors, latin_hypercube, shifted_sobol
from experiments.calibration.procedure import Calibration, calibrate
from experiments.calibration.screening import screen, select
from tests.calibration.analytic import CHANCE, COMMON, NAMES, TRUTH, Analytic, figures, priors, problem

PLAN = CalibrationPlan(
    trajectories=10, points=200, replicates=2, candidates=8192, draws=400, pseudo_truths=200,
    least_effective=400.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    return calibrate(problem(), Analytic(), PLAN, seed=1)


def test_screening_finds_the_constants_that_figures_respond_to(calibration: Calibration) -> None:
    assert {NAMES[i] for i in calibration.selected} == {"level", "slope", "bend"}
    screening = calibration.screening
    assert (screening.effect[NAMES.index("idle")] == 0.0).all()
    assert screening.strongest[NAMES.index("nuisance")] < PLAN.least_response
    # The dummy factor measures chance: two runs differ by 1.13 sd on average, over two thirds of the range.
    np.testing.assert_allclose(screening.noise, 1.5 * 1.13 * CHANCE, rtol=0.7)


def test_what_responds_to_chance_alone_is_not_selected() -> None:
    effect = np.array([[2.0, 0.0, 0.0, 9.0], [0.9, 0.9, 0.4, 0.9], [0.0, 0.0, 0.6, 0.0]])
    found = select(problem(), PLAN, effect, effect, noise=np.array([1.0, 1.0, 0.5, 1.0]))
    # The second is nowhere above chance; the third is, and comes after the first, which does more.
    assert found.selected == (0, 2)
    only_held_out = np.array([[0.0, 0.0, 0.0, 9.0]])
    assert select(problem(), PLAN, only_held_out, only_held_out, np.full(4, 0.1)).selected == ()


def test_the_strongest_are_kept_when_many_respond() -> None:
    few = CalibrationPlan(most_parameters=2)
    assert [NAMES[i] for i in screen(problem(), Analytic(), few, seed=1).selected] == ["level", "bend"]


def exact_posterior() -> Weighted:
    """Weigh a dense sample of the prior by the likelihood itself, nuisances drawn with it."""
    unit = shifted_sobol(Streams(5, 0, 0).of("exact"), 0, 2**17, 5)
    values = priors().values(unit)
    chance = CHANCE[:3]
    covariance = np.outer(chance, chance) * COMMON + np.diag(chance**2 * (1.0 - COMMON) + 0.05**2)
    gap = problem().values[:3] - figures(values)[:, :3]
    logs = -0.5 * np.einsum("ij,jk,ik->i", gap, np.linalg.inv(covariance), gap)
    return Weighted(values, normalised(logs))


def test_the_posterior_is_the_exact_one(calibration: Calibration) -> None:
    exact = exact_posterior()
    order = list(calibration.selected)
    mean = exact.mean()[order]
    sd = np.sqrt(exact.weights @ (exact.values[:, order] - mean) ** 2)
    assert (np.abs(calibration.draws.mean(axis=0) - mean) < 0.25 * sd).all()
    np.testing.assert_allclose(calibration.draws.std(axis=0), sd, rtol=0.2)
    # Constants are known jointly: the sample keeps how they go together.
    ours = np.corrcoef(calibration.draws.T)
    centred = exact.values[:, order] - mean
    theirs = (centred * exact.weights[:, np.newaxis]).T @ centred / np.outer(sd, sd)
    np.testing.assert_allclose(ours, theirs, atol=0.2)


def test_known_constants_are_recovered(calibration: Calibration) -> None:
    low, high = np.quantile(calibration.draws, [0.005, 0.995], axis=0)
    truth = TRUTH[list(calibration.selected)]
    assert ((low <= truth) & (truth <= high)).all()
    prior = priors().standard_deviations()[list(calibration.selected)]
    assert (calibration.draws.std(axis=0) < 0.7 * prior).all()


def test_the_figure_held_out_is_predicted(calibration: Calibration) -> None:
    published = calibration.problem.values[3]
    prior, posterior = calibration.prior_figures[:, 3], calibration.posterior_figures[:, 3]
    assert 3 not in calibration.figures
    assert abs(posterior.mean() - published) < 2.0 * posterior.std()
    assert posterior.std() < 0.5 * prior.std()


def test_waves_rule_out_and_settle(calibration: Calibration) -> None:
    shares = [wave.share for wave in calibration.waves]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.5
    assert calibration.waves[-1].shift < 0.1
    assert all(fit.explained > 0.8 for wave in calibration.waves for fit in wave.fits)
    assert all(wave.posterior.effective_size >= PLAN.least_effective for wave in calibration.waves)


def test_intervals_cover_nine_truths_in_ten(calibration: Calibration) -> None:
    assert calibration.coverage.truths == 200
    assert 0.84 <= calibration.coverage.mean <= 0.96
    assert ((calibration.coverage.by_constant >= 0.84) & (calibration.coverage.by_constant <= 0.96)).all()
    assert (calibration.coverage.narrowing < 0.8).all()


def test_intervals_that_forget_chance_do_not_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    from experiments.calibration import procedure

    def without_chance(runs: np.ndarray) -> np.ndarray:
        return np.diag(np.full(runs.shape[-1], 1e-8))

    monkeypatch.setattr(procedure, "pooled_covariance", without_chance)
    assert calibrate(problem(), Analytic(), PLAN, seed=1).coverage.mean < 0.8


def test_the_same_seed_gives_the_same_bits() -> None:
    small = CalibrationPlan(
        trajectories=4, points=40, replicates=2, candidates=1024, draws=50, least_effective=50.0
    )
    first, second = (calibrate(problem(), Analytic(), small, seed=2) for _ in range(2))
    assert first.draws.tobytes() == second.draws.tobytes()
    assert calibrate(problem(), Analytic(), small, seed=3).draws.tobytes() != first.draws.tobytes()


def test_figures_out_of_reach_are_named() -> None:
    from dataclasses import replace

    case = problem()
    far = replace(case, targets=tuple(replace(target, value=50.0) for target in case.targets))
    with pytest.raises(CalibrationError, match=r"every point is ruled out.*figure_1 \("):
        calibrate(far, Analytic(), CalibrationPlan(points=40, replicates=2, candidates=1024), seed=1)


def test_nothing_responds() -> None:
    with pytest.raises(CalibrationError, match="no figure responds"):
        calibrate(problem(), Analytic(), CalibrationPlan(least_response=1e6), seed=1)


def test_priors_are_those_of_the_draws() -> None:
    of = Priors(("a",), np.array([1.0]), np.array([2.0]), np.array([5.0]), np.array([False]))
    for quantile in (0.0, 0.1, 0.25, 0.7, 1.0):
        assert of.values(np.array([[quantile]]))[0, 0] == pytest.approx(triangular(quantile, 1.0, 2.0, 5.0))
    dense = of.values(np.linspace(0.0005, 0.9995, 1000)[:, np.newaxis])
    assert of.standard_deviations()[0] == pytest.approx(dense.std(), rel=1e-3)
    whole = Priors(("n",), np.array([1.0]), np.array([2.0]), np.array([5.0]), np.array([True]))
    assert set(whole.values(np.linspace(0.0, 1.0, 50)[:, np.newaxis])[:, 0]) == {1.0, 2.0, 3.0, 4.0, 5.0}
    fixed = Priors(("f",), np.array([3.0]), np.array([3.0]), np.array([3.0]), np.array([False]))
    assert fixed.values(np.array([[0.3]]))[0, 0] == 3.0


def test_a_latin_hypercube_has_one_point_in_every_layer() -> None:
    points = latin_hypercube(Streams(1, 0, 0).of("layers"), 20, 3)
    for column in points.T:
        assert sorted((column * 20).astype(int)) == list(range(20))


def test_implausibility_by_hand() -> None:
    distance = implausibility(
        np.array([10.0]), np.array([9.0]), np.array([[5.0]]), np.array([[12.0]]), np.array([4.0])
    )
    assert distance[0, 0] == pytest.approx(1.0)
    several = np.array([[1.0, 2.0, 9.0], [1.0, 4.0, 9.0]])
    assert kept(several, 3.0).tolist() == [True, False]
    assert kept(several[:, 2:], 3.0).tolist() == [False, False]
    assert Region(np.zeros(1), np.ones(1), 3.0).keeps(np.zeros((2, 1))).all()


def test_emulator_predicts_points_left_out() -> None:
    x = latin_hypercube(Streams(1, 0, 0).of("design"), 60, 2)
    chance = Streams(1, 0, 0).of("noise").normal(60)
    means = np.sin(3.0 * x[:, 0]) + 0.05 * chance
    emulator = fit_emulator(x, means, 0.05**2)
    fit = check(emulator, means)
    assert fit.explained > 0.95
    assert fit.within_two > 0.85
    error, sd = emulator.left_out()
    # The closed form is what leaving a point out and predicting it gives.
    less = refit(emulator, list(range(1, 60)), means)
    mean, variance = less.predict(x[:1])
    assert means[0] - mean[0] == pytest.approx(error[0], rel=1e-6)
    assert variance[0] + emulator.white == pytest.approx(sd[0] ** 2, rel=1e-6)
    assert np.sqrt(emulator.white) == pytest.approx(0.05, rel=0.4)


def test_weights_and_resampling_by_hand() -> None:
    weighted = Weighted(np.array([[1.0], [2.0], [3.0]]), np.array([0.25, 0.5, 0.25]))
    assert weighted.effective_size == pytest.approx(1.0 / 0.375)
    assert weighted_quantiles(weighted.values[:, 0], weighted.weights, np.array([0.5]))[0] == 2.0
    drawn = resample(weighted, 8, Streams(1, 0, 0).of("resample"))
    assert sorted(drawn[:, 0]) == [1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0]
