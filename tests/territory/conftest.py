"""Folders of territories for the tests."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

SHIPPED = Path(__file__).parents[2] / "model" / "areavasta" / "territories"

Spoil = Callable[..., Path]


@pytest.fixture
def emilia_romagna() -> Path:
    return SHIPPED / "emilia_romagna"


@pytest.fixture
def toy() -> Path:
    return SHIPPED / "toy"


@pytest.fixture
def spoil(tmp_path: Path, toy: Path) -> Spoil:
    """Copy the toy territory and replace a text that must be there, in one of its tables."""
    folder = tmp_path / "broken"
    shutil.copytree(toy, folder)

    def change(file: str, old: str, new: str) -> Path:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
        return folder

    return change
