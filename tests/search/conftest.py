"""A small project whose results are its own, and a quick search over the toy territory."""

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from experiments._hydra import run_hydra
from experiments.designs.factors import Factor
from experiments.search.command import search
from experiments.search.levers import NumberLever, Point
from experiments.search.outcome import Tried, measured
from experiments.search.space import Space
from tests.results.conftest import Finished, make_root

TOY = ("territory=toy", "run.years=2", "run.draws=2", "run.replicates=1", "run.processes=1", "lang=en")

SMALL = (
    "search.levers={scenario.incentives.amount_per_head: {low: 0, high: 16}, scenario.cooperation.rule: {}, "
    "scenario.functions.civil_protection: {}}",
    "search.objectives={cost: {}, below_essential: {}}", "search.population=4", "search.generations=2",
    "search.fresh=1", "reforms=[fund_cut]",
)  # fmt: skip
"""A search that takes a second or two."""

Call = Callable[..., int]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def call(root: Path) -> Call:
    """Return a function that calls the command with arguments after those of the toy territory."""
    return lambda *arguments: run_hydra([*TOY, *arguments], "search", search, root)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Return the small search, undisturbed and with its charts."""
    root = make_root(tmp_path_factory.mktemp("project"))
    patch, printed = pytest.MonkeyPatch(), io.StringIO()
    patch.setattr(sys, "stdout", printed)
    try:
        assert run_hydra([*TOY, *SMALL], "search", search, root) == 0
    finally:
        patch.undo()
    return Finished(root, latest(root), printed.getvalue().replace("\u00a0", " "))


def latest(root: Path) -> Path:
    return (root / "results" / "latest").resolve()


def number_space(count: int) -> Space:
    """Return levers between 0 and 1, at 0.5 in the base."""
    return Space(tuple(NumberLever(Factor(f"x{number}", 0.0, 1.0), 0.5) for number in range(count)))


def tell_with(
    function: Callable[[Point], tuple[tuple[float, ...], float]],
) -> Callable[[int, Sequence[Point]], list[Tried]]:
    """Return what answers an optimiser by a function that gives costs and a violation."""

    def tell(_: int, points: Sequence[Point]) -> list[Tried]:
        told = [(point, *function(point)) for point in points]
        return [measured(point, costs, costs, (), violation) for point, costs, violation in told]

    return tell
