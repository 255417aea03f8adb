"""The methods, siblings with one signature: points to run, and what their outcomes say of each factor."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from SALib.analyze import morris as morris_analysis
from SALib.analyze import pawn as pawn_analysis
from SALib.analyze import rbd_fast
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import morris as morris_sampling
from SALib.sample import sobol as sobol_sampling
from scipy.stats import qmc

from areavasta.settings.sensitivity import Analysis
from experiments.designs.design import generator
from experiments.sensitivity.distances import slice_distances
from experiments.sensitivity.study import CHANCE, DUMMY, Estimate, Numbers, Study

CONFIDENCE = 0.95
"""Confidence of every interval."""

ENDS = (100.0 * (1.0 - CONFIDENCE) / 2.0, 100.0 * (1.0 + CONFIDENCE) / 2.0)

FEWEST = 4
"""Blocks of the smallest subsample."""

SUBSAMPLES = 4
"""Nested subsamples, each twice the one before, the whole included."""


Judge = Callable[[Study, Numbers, Numbers], list[Estimate]]
"""What takes points as shares and their outcomes, and returns estimates."""


@dataclass(frozen=True)
class Method:
    """One way to judge factors.

    `sample` gives points (point, factor) as shares of the way through each factor. `main` takes them and the
    finite outcomes of one indicator, which vary, and returns the index that verdicts are given on; `others`
    likewise the other indices. `block` is the number of points that only make sense together; `index` the
    name of the main index. A method that `needs_all` cannot leave points out.
    """

    sample: Callable[[Study], Numbers]
    main: Judge
    others: Judge
    block: Callable[[Study], int]
    index: str
    needs_all: bool


@contextmanager
def quiet() -> Iterator[None]:
    """Leave the filters of warnings as they are, and let divisions by the variance of a constant pass."""
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.filterwarnings("ignore", message="Constant values encountered")
        warnings.filterwarnings("ignore", category=RuntimeWarning)
        yield


def _sample_morris(study: Study) -> Numbers:
    wanted, problem = study.wanted, study.problem(dummy=True)
    random = generator(study.seed, "morris")
    with quiet():
        sample = np.asarray(
            morris_sampling.sample(problem, wanted.n, num_levels=wanted.levels, seed=random), dtype=np.float64
        )
    if CHANCE in study.members:
        column = study.members.index(CHANCE)
        sample[:, column] = _two_seeds(study, sample[:, column])
    return sample


def _two_seeds(study: Study, shares: Numbers) -> Numbers:
    """Return the shares of the seed with two of their own for each trajectory, before and after its step.

    Between seeds there is no near and far: on the few levels of the grid the same two would be compared again
    and again, however many trajectories there are.
    """
    paths = shares.reshape(-1, _morris_block(study))
    before, after = generator(study.seed, "morris seeds").random((2, len(paths), 1))
    return np.asarray(np.where(paths == paths[:, :1], before, after).ravel())


def _steps(study: Study, shares: Numbers, values: Numbers, resamples: int) -> dict[str, Numbers]:
    """Return what SALib makes of the steps of trajectories; those of chance are whole differences."""
    with quiet():
        found = morris_analysis.analyze(
            study.problem(dummy=True), shares, values, num_resamples=resamples,
            conf_level=CONFIDENCE, num_levels=study.wanted.levels, seed=study.whole_number("morris"),
        )  # fmt: skip
    steps = {
        key: np.asarray(found[key], dtype=np.float64) for key in ("mu_star", "mu_star_conf", "mu", "sigma")
    }
    if CHANCE in study.units:
        # SALib divides by the part of a range that a step goes; seeds have no range to go through.
        levels = study.wanted.levels
        for sizes in steps.values():
            sizes[study.units.index(CHANCE)] *= levels / (2.0 * (levels - 1.0))
    return steps


def _morris_size(study: Study, shares: Numbers, values: Numbers) -> list[Estimate]:
    found = _steps(study, shares, values, study.wanted.resamples)
    rows = zip([*study.units, DUMMY], found["mu_star"], found["mu_star_conf"], strict=True)
    # A mean of sizes cannot be below zero, whatever the width of its interval.
    return [
        Estimate(name, "mu_star", float(value), max(0.0, float(value - half)), float(value + half))
        for name, value, half in rows
    ]


def _morris_shape(study: Study, shares: Numbers, values: Numbers) -> list[Estimate]:
    """Return direction and unevenness of steps; intervals by taking trajectories again and again."""
    if study.wanted.groups:
        return []  # steps of several factors up and down cancel out: only their size can be read
    block = _morris_block(study)
    paths, outcomes = shares.reshape(-1, block, shares.shape[1]), values.reshape(-1, block)
    random = generator(study.seed, "morris resamples")
    chosen = random.integers(len(paths), size=(study.wanted.resamples, len(paths)))
    again = [_steps(study, paths[rows].reshape(shares.shape), outcomes[rows].ravel(), 2) for rows in chosen]
    found = _steps(study, shares, values, 2)
    estimates = []
    for index in ("mu", "sigma"):
        low, high = np.percentile([one[index] for one in again], ENDS, axis=0)
        rows = zip([*study.units, DUMMY], found[index], low, high, strict=True)
        estimates += [
            Estimate(name, index, float(value), float(first), float(last))
            for name, value, first, last in rows
        ]
    return estimates


def _morris_block(study: Study) -> int:
    return len(study.units) + 2


def _sample_sobol(study: Study) -> Numbers:
    random = generator(study.seed, "sobol analysis")
    sample = sobol_sampling.sample(
        study.problem(dummy=False), study.wanted.n, calc_second_order=study.second_order, seed=random
    )
    return np.asarray(sample, dtype=np.float64)


def _sobol_block(study: Study) -> int:
    count = len(study.units)
    return 2 * count + 2 if study.second_order else count + 2


def _sobol_parts(study: Study, values: Numbers, pairs: bool) -> dict[str, Numbers]:
    """Return what SALib makes of the outcomes, with pairs of factors or without."""
    if study.second_order and not pairs:
        count = len(study.units)
        values = values.reshape(-1, 2 * count + 2)[:, [*range(count + 1), -1]].ravel()
    with quiet():
        found: dict[str, Numbers] = sobol_analysis.analyze(
            study.problem(dummy=False), values, calc_second_order=pairs,
            num_resamples=study.wanted.resamples, conf_level=CONFIDENCE, seed=study.whole_number("sobol"),
        )  # fmt: skip
    return found


def _sobol_total(study: Study, _: Numbers, values: Numbers) -> list[Estimate]:
    found = _sobol_parts(study, values, pairs=False)
    rows = zip(study.units, found["ST"], found["ST_conf"], strict=True)
    own = [Estimate.around(name, "total", value, half) for name, value, half in rows]
    return [*own, _sobol_dummy(study, values, "total")]


def _sobol_alone_and_in_pairs(study: Study, _: Numbers, values: Numbers) -> list[Estimate]:
    units = study.units
    found = _sobol_parts(study, values, pairs=study.second_order)
    rows = zip(units, found["S1"], found["S1_conf"], strict=True)
    estimates = [Estimate.around(name, "first", value, half) for name, value, half in rows]
    estimates.append(_sobol_dummy(study, values, "first"))
    if study.second_order:
        estimates += [
            Estimate.around(units[i], "second", found["S2"][i, j], found["S2_conf"][i, j], units[j])
            for i, j in combinations(range(len(units)), 2)
        ]
    return estimates


def _sobol_dummy(study: Study, values: Numbers, index: str) -> Estimate:
    """Return how far the two independent samples seem to go together: what chance makes of no factor.

    The estimators give a factor that enters nowhere exactly zero, which says nothing of their noise; after
    Khorashadi Zadeh et al. 2017, Environmental Modelling & Software 91.
    """
    block = _sobol_block(study)
    pairs = np.stack([values[::block], values[block - 1 :: block]])
    random = generator(study.seed, "sobol dummy")
    chosen = random.integers(pairs.shape[1], size=(study.wanted.resamples, pairs.shape[1]))
    low, high = np.percentile(_agreement(pairs[:, chosen]), ENDS).tolist()
    return Estimate(DUMMY, index, float(_agreement(pairs)), low, high)


def _agreement(pairs: Numbers) -> Numbers:
    """Return the covariance of both samples over the variance of all; samples are (2, ..., row)."""
    centred = pairs - pairs.mean(axis=(0, -1), keepdims=True)
    variance = (centred**2).mean(axis=(0, -1))
    covariance = (centred[0] * centred[1]).mean(axis=-1)
    return np.asarray(np.divide(covariance, variance, out=np.zeros_like(covariance), where=variance > 0.0))


def _sample_pawn(study: Study) -> Numbers:
    return np.asarray(
        qmc.LatinHypercube(len(study.factors) + 1, rng=generator(study.seed, "pawn")).random(study.wanted.n)
    )


def _distances(study: Study, shares: Numbers, values: Numbers) -> list[Estimate]:
    problem, wanted = study.problem(dummy=True), study.wanted
    with quiet():
        found = pawn_analysis.analyze(
            problem, shares, values, S=wanted.slices, seed=study.whole_number("pawn")
        )
    random = generator(study.seed, "pawn resamples")
    chosen = random.integers(len(values), size=(wanted.resamples, len(values)))
    again = [slice_distances(shares[rows], values[rows], wanted.slices) for rows in chosen]
    low, high = np.percentile(again, ENDS, axis=0)
    # Points that are taken twice make distances longer: only the width of their spread is of use.
    rows = zip([*study.units, DUMMY], found["median"], (high - low) / 2.0, strict=True)
    return [Estimate.around(name, "median", value, half) for name, value, half in rows]


def _nothing(_: Study, __: Numbers, ___: Numbers) -> list[Estimate]:
    return []


def _parts_of_variance(study: Study, shares: Numbers, values: Numbers) -> list[Estimate]:
    """Return the part of the variance that each factor explains alone, from points of any design."""
    with quiet():
        found = rbd_fast.analyze(
            study.problem(dummy=True), shares, values, M=harmonics(len(values)),
            num_resamples=study.wanted.resamples, conf_level=CONFIDENCE, seed=study.whole_number("rbd_fast"),
        )  # fmt: skip
    rows = zip([*study.units, DUMMY], found["S1"], found["S1_conf"], strict=True)
    return [Estimate.around(name, "first", value, half) for name, value, half in rows]


def harmonics(points: int) -> int:
    """Return the harmonics that so many points, of which resamples take half, can bear: 10 at most."""
    return max(1, min(10, points // 16))


METHODS: dict[Analysis, Method] = {
    Analysis.morris: Method(_sample_morris, _morris_size, _morris_shape, _morris_block, "mu_star", True),
    Analysis.sobol: Method(
        _sample_sobol, _sobol_total, _sobol_alone_and_in_pairs, _sobol_block, "total", True
    ),
    Analysis.pawn: Method(_sample_pawn, _distances, _nothing, lambda _: 1, "median", False),
}
"""Methods with a design of their own."""

GIVEN = Method(_sample_pawn, _distances, _parts_of_variance, lambda _: 1, "median", False)
"""The method for points that are there already."""


def method_of(study: Study) -> Method:
    """Return the method of a study."""
    return GIVEN if study.wanted.sweep is not None else METHODS[study.wanted.method]


def subsamples(method: Method, study: Study, points: int) -> Sequence[int]:
    """Return the sizes, in points, of nested subsamples, the whole last."""
    blocks, block = points // method.block(study), method.block(study)
    least = FEWEST if block > 1 else 2 * study.wanted.slices
    sizes = [blocks >> power for power in reversed(range(SUBSAMPLES))]
    return [size * block for size in sizes if size >= least] or [points]
