"""Runs of the toy territory that explanations are made of, and a finished comparison."""

import io
import sys
from pathlib import Path

import pytest

from areavasta import TerritorialModel
from experiments import compose
from experiments._hydra import PROJECT_ROOT, run_hydra
from experiments.compare import compare

YEARS = 6


def run(scenario: str, *arguments: str, years: int = YEARS) -> TerritorialModel:
    """Return the model of one finished run."""
    settings = compose(f"scenarios={scenario}", *arguments)
    return TerritorialModel(settings, seed=1, replicate=1).run_years(years)


@pytest.fixture(scope="session")
def toy() -> TerritorialModel:
    return run("multilevel_governance", "territory=toy")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a comparison on the toy territory."""
    root = tmp_path_factory.mktemp("project")
    for name in ("conf", "scenarios"):
        (root / name).symlink_to(PROJECT_ROOT / name)
    arguments = ["territory=toy", "run.years=4", "run.draws=1", "run.replicates=2", "run.processes=1"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", io.StringIO())
        assert run_hydra([*arguments, "reforms=[fund_cut]"], "compare", compare, root) == 0
    return (root / "results" / "latest").resolve()
