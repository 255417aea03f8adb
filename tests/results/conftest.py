"""A small project of its own, and a comparison that ran in it."""

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments._hydra import PROJECT_ROOT, run_hydra
from experiments.compare import compare

ARGUMENTS = ("territory=toy", "run.years=3", "run.draws=2", "run.replicates=2", "run.processes=1")


@dataclass(frozen=True)
class Finished:
    """A finished comparison: where it is, and what the command printed."""

    root: Path
    folder: Path
    printed: str


def make_root(folder: Path) -> Path:
    """Make a project whose results are its own and whose files are those of the real one."""
    for name in ("conf", "scenarios"):
        (folder / name).symlink_to(PROJECT_ROOT / name)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    root = make_root(tmp_path_factory.mktemp("project"))
    patch = pytest.MonkeyPatch()
    printed = io.StringIO()
    patch.setattr(sys, "stdout", printed)
    try:
        code = run_hydra([*ARGUMENTS, "reforms=[fund_cut,stronger_provinces]"], "compare", compare, root)
    finally:
        patch.undo()
    assert code == 0
    return Finished(root, (root / "results" / "latest").resolve(), printed.getvalue())


def row(frame: pd.DataFrame, *key: object) -> Any:
    """Return the one row of a frame whose first columns hold a key."""
    found = frame[(frame.iloc[:, : len(key)] == list(key)).all(axis=1)]
    assert len(found) == 1, key
    return found.iloc[0]
