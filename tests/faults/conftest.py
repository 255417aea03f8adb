from pathlib import Path

import pytest

from tests.faults.cases import Ground, make_ground


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """Return a project, a store and results that cases are made from."""
    return make_ground(tmp_path_factory.mktemp("ground"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project whose scenarios a test may write."""
    import shutil

    from experiments._hydra import PROJECT_ROOT

    for name in ("conf", "scenarios"):
        shutil.copytree(PROJECT_ROOT / name, tmp_path / name)
    return tmp_path
