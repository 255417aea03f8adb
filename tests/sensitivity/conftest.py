"""Functions whose indices are known, and the command on the toy territory."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from areavasta.indicators import INDICATORS
from areavasta.settings.sensitivity import Analysis, Sensitivity
from experiments._hydra import run_hydra
from experiments.designs.design import Design
from experiments.designs.factors import Factor
from experiments.sensitivity.analysis import Found, analyse
from experiments.sensitivity.command import sensitivity
from experiments.sensitivity.methods import method_of
from experiments.sensitivity.study import Numbers, Study
from tests.results.conftest import make_root

TOY = ("territory=toy", "run.years=2", "run.processes=1")

Call = Callable[..., int]

COST = INDICATORS["cost"]

ANGLES = tuple(Factor(f"x{number}", -np.pi, np.pi) for number in (1, 2, 3))
"""Factors of the function of Ishigami and Homma."""

SHARES = tuple(Factor(f"x{number}", 0.0, 1.0) for number in range(1, 7))
"""Factors of Sobol's function G."""

WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])
"""The larger its weight, the less a factor of the function G matters."""


def ishigami(points: Numbers) -> Numbers:
    x1, x2, x3 = points.T
    values: Numbers = np.sin(x1) + 7.0 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)
    return values


def sobol_g(points: Numbers) -> Numbers:
    values: Numbers = np.prod((np.abs(4.0 * points - 2.0) + WEIGHTS) / (1.0 + WEIGHTS), axis=1)
    return values


def study_of(factors: tuple[Factor, ...], method: Analysis, n: int, **wanted: object) -> Study:
    return Study(Sensitivity(method=method, n=n, chance=False, **wanted), factors, 1)  # type: ignore[arg-type]


def points_of(study: Study) -> tuple[Numbers, Numbers]:
    """Return the sample of a study as shares and as values of its factors."""
    shares = method_of(study).sample(study)
    design = Design.of_shares(study.factors, shares[:, : len(study.factors)])
    return shares, np.array(design.points)


def analysed(study: Study, function: Callable[[Numbers], Numbers]) -> Found:
    shares, points = points_of(study)
    return analyse(study, shares, function(points)[:, None], [COST])


def index_of(found: Found, index: str) -> dict[str, float]:
    rows = found.indices[(found.indices["index"] == index) & (found.indices["other"] == "")]
    return dict(zip(rows["factor"], rows["value"].astype(float), strict=True))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def call(root: Path) -> Call:
    """Return a function that calls the command with arguments after those of the toy territory."""
    return lambda *arguments: run_hydra([*TOY, *arguments], "sensitivity", sensitivity, root)
