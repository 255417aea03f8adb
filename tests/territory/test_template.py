"""The template is a valid territory, and explains every column."""

from pathlib import Path

import pytest

from areavasta.territory_tables import TABLES
from experiments import compose
from experiments.territory import main
from experiments.territory.template import MEANINGS


def test_the_template_is_valid_and_complete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    assert main(["template", str(folder)]) == 0
    assert main(["check", str(folder)]) == 0
    assert "OK: mine, 4 communes" in capsys.readouterr().out
    assert compose(f"territory.folder={folder}").territory.folder == str(folder)
    explained = (folder / "README.md").read_text(encoding="utf-8")
    for file, columns in TABLES.items():
        assert f"## {file}" in explained
        for column in columns:
            assert f"| {column.name} |" in explained


def test_every_meaning_belongs_to_a_column() -> None:
    assert set(MEANINGS) == {column.name for columns in TABLES.values() for column in columns}


def test_files_are_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["template", str(tmp_path)]) == 2
    assert "name a new one" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
