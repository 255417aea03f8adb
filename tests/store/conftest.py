"""Twelve quick runs of the toy territory."""

from pathlib import Path

import pytest

from areavasta.settings import Settings
from experiments import compose
from experiments.store import RunStore, RunTask


@pytest.fixture(scope="session")
def settings() -> Settings:
    return compose("territory=toy", "run.years=2")


@pytest.fixture(scope="session")
def tasks(settings: Settings) -> list[RunTask]:
    return [RunTask(settings, 1, draw, replicate) for draw in range(6) for replicate in (1, 2)]


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    return RunStore(tmp_path / "store")


@pytest.fixture(scope="session")
def filled(tasks: list[RunTask], tmp_path_factory: pytest.TempPathFactory) -> RunStore:
    """Return a store that has all tasks; tests only read it."""
    store = RunStore(tmp_path_factory.mktemp("filled") / "store")
    store.fill(tasks, processes=1)
    return store
