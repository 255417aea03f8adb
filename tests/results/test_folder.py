"""Folders of results appear whole or not at all."""

import errno
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from experiments._hydra import PROJECT_ROOT, run_hydra
from experiments.compare import compare
from experiments.results import LOCK, ResultsError, ResultsFolder, folder_name, remove_leftovers
from experiments.tables import TableWriter

CREATED = datetime(2026, 11, 23, 10, 15, 0, tzinfo=UTC)

AT_WORK = """
import sys, time
from pathlib import Path
from experiments.results import ResultsFolder
with ResultsFolder(Path(sys.argv[1]), "compare", "killed") as folder:
    (folder.path / "half.txt").write_text("half")
    print("at work", flush=True)
    time.sleep(60)
"""


def finish(place: Path, name: str, text: str = "whole") -> Path:
    with ResultsFolder(place, "compare", name) as folder:
        (folder.path / "data.txt").write_text(text)
    return folder.final


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_names_tell_time_and_scenarios() -> None:
    assert folder_name(CREATED, ["a", "b"]) == "20261123T101500_a+b"
    long = folder_name(CREATED, [f"scenario_number_{i}" for i in range(40)])
    assert len(long) < 110
    assert long.endswith("+36_more")


def test_a_whole_folder_appears_and_latest_turns_to_it(tmp_path: Path) -> None:
    with ResultsFolder(tmp_path, "compare", "one") as folder:
        assert names(tmp_path / "compare") == [".one.partial"]
        (folder.path / "data.txt").write_text("whole")
    assert names(tmp_path) == ["compare", "latest"]
    assert names(folder.final) == ["data.txt"]
    assert (tmp_path / "latest").readlink() == Path("compare/one")
    second = finish(tmp_path, "two")
    assert (tmp_path / "latest").resolve() == second.resolve()


def test_same_name_gets_a_number_and_nothing_is_replaced(tmp_path: Path) -> None:
    finish(tmp_path, "one", "first")
    assert finish(tmp_path, "one", "second").name == "one-2"
    assert (tmp_path / "compare" / "one" / "data.txt").read_text() == "first"


def test_two_commands_of_one_name_work_side_by_side(tmp_path: Path) -> None:
    both = ResultsFolder(tmp_path, "compare", "one"), ResultsFolder(tmp_path, "compare", "one")
    with both[0], both[1]:
        assert both[0].path != both[1].path
        for folder in both:
            (folder.path / "data.txt").write_text("whole")
    assert names(tmp_path / "compare") == ["one", "one-2"]


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    finish(tmp_path, "one")
    with pytest.raises(ZeroDivisionError), ResultsFolder(tmp_path, "compare", "two"):
        raise ZeroDivisionError
    assert names(tmp_path / "compare") == ["one"]
    assert (tmp_path / "latest").readlink() == Path("compare/one")


def test_a_killed_command_leaves_nothing_visible_and_is_cleaned_up(tmp_path: Path) -> None:
    finish(tmp_path, "before")
    code = [sys.executable, "-c", AT_WORK, str(tmp_path)]
    with subprocess.Popen(code, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        partial = tmp_path / "compare" / ".killed.partial"
        remove_leftovers(tmp_path / "compare")
        assert (partial / "half.txt").exists(), "a command at work keeps its folder"
        process.send_signal(signal.SIGKILL)
    visible = [name for name in names(tmp_path / "compare") if not name.startswith(".")]
    assert visible == ["before"]
    assert (tmp_path / "latest").readlink() == Path("compare/before")
    assert partial.exists()
    finish(tmp_path, "after")
    assert names(tmp_path / "compare") == ["after", "before"]


def test_a_folder_whose_lock_is_about_to_come_is_left_alone(tmp_path: Path) -> None:
    young, old = tmp_path / ".young.partial", tmp_path / ".old.partial"
    for folder in (young, old):
        folder.mkdir()
    past = time.time() - 3600.0
    os.utime(old, (past, past))
    remove_leftovers(tmp_path)
    assert names(tmp_path) == [".young.partial"]
    assert not (young / LOCK).exists()


def test_output_names_the_folder_and_leaves_latest(tmp_path: Path) -> None:
    finish(tmp_path, "one")
    with ResultsFolder(tmp_path, "compare", "two", str(tmp_path / "mine")) as folder:
        (folder.path / "data.txt").write_text("whole")
    assert names(tmp_path / "mine") == ["data.txt"]
    assert (tmp_path / "latest").readlink() == Path("compare/one")
    with (
        pytest.raises(ResultsError, match="is not empty; name a new folder"),
        ResultsFolder(tmp_path, "compare", "three", str(tmp_path / "mine")),
    ):
        pass


def test_a_place_that_cannot_be_written_is_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "results").write_text("a file where the folder should be")
    assert run_hydra(["territory=toy", "run=quick"], "compare", compare, root) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert str(root / "results") in told[0]


def test_a_full_disk_is_one_line_and_leaves_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TableWriter, "close", full)
    arguments = ["territory=toy", "run=quick", "run.processes=1", "reforms=[fund_cut]"]
    assert run_hydra(arguments, "compare", compare, root) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].endswith("No space left on device")
    assert names(root / "results" / "compare") == []
