"""A small project whose results are its own, and a quick sweep over the toy territory."""

from collections.abc import Callable
from pathlib import Path

import pytest

from experiments._hydra import run_hydra
from experiments.sweep import sweep
from tests.results.conftest import make_root

TOY = ("territory=toy", "run.years=2", "run.draws=0", "run.replicates=2", "run.processes=1")

Call = Callable[..., int]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def call(root: Path) -> Call:
    """Return a function that calls the command with arguments after those of the toy territory."""
    return lambda *arguments: run_hydra([*TOY, *arguments], "sweep", sweep, root)
