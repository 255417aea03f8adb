"""A copy of the project's files that a test may spoil, and a command that runs on it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from areavasta.settings import Settings
from experiments._hydra import PROJECT_ROOT, Invocation, run_hydra

Run = Callable[..., tuple[int, list[str], list[Settings]]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("conf", "scenarios"):
        shutil.copytree(PROJECT_ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command that does nothing; give its exit code, its lines of error, and the settings it got."""

    def command(*arguments: str) -> tuple[int, list[str], list[Settings]]:
        seen: list[Settings] = []

        def task(settings: Settings, _: Invocation) -> int:
            seen.append(settings)
            return 0

        code = run_hydra(arguments, "compare", task, root=project)
        return code, capsys.readouterr().err.splitlines(), seen

    return command
