"""The command `store`."""

import hashlib
import shutil
from pathlib import Path

import pandas as pd
import pytest

from areavasta.model import TerritorialModel
from experiments.store import INDICATORS, LAST_YEAR, RunStore, RunTask, main
from experiments.store.lock import at_work
from experiments.store.shards import DAMAGED, ENDING, PARTIAL, SUM_DIGITS
from tests.store.records import LAST_TRUST


@pytest.fixture
def copied(filled: RunStore, tmp_path: Path) -> RunStore:
    return RunStore(Path(shutil.copytree(filled.path, tmp_path / "copy")))


def call(store: RunStore, *arguments: str) -> int:
    return main(["--store", str(store.path), *arguments])


def test_list_tells_runs_by_code_and_record(copied: RunStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(copied, "list") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert copied.folder(INDICATORS).parent.name in line
    assert "12 simulazioni / runs, 0 fallite / failed" in line


def test_check_finds_a_sound_store_sound(copied: RunStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(copied, "check") == 0
    assert "12 sound runs, 0 problems" in capsys.readouterr().out


def test_check_names_a_damaged_shard_and_leaves_it(
    copied: RunStore, capsys: pytest.CaptureFixture[str]
) -> None:
    shard, *_ = copied.folder(INDICATORS).glob(f"*{ENDING}")
    shard.write_bytes(shard.read_bytes()[:-7])
    assert call(copied, "check") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{shard}: is damaged or cut short")
    assert shard.exists()


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_export_writes_runs_beside_the_settings_in_which_they_differ(
    copied: RunStore, tasks: list[RunTask], tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"out.{ending}"
    assert call(copied, "export", str(path)) == 0
    frame = pd.read_csv(path) if ending == "csv" else pd.read_parquet(path)
    assert list(frame.columns[:5]) == ["run", "seed", "draw", "replicate", "year"]
    frame = frame.sort_values(["draw", "replicate", "year"], ignore_index=True)
    expected = copied.stored(tasks).table().to_pandas()
    pd.testing.assert_series_equal(frame["cost"], expected["cost"], rtol=1e-12)
    assert [entry.name for entry in tmp_path.iterdir() if entry.suffix == f".{ending}"] == [path.name]


def test_export_names_an_ending_it_does_not_know(
    copied: RunStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(copied, "export", str(tmp_path / "out.xlsx")) == 2
    assert capsys.readouterr().err.endswith("out.xlsx: must end in .parquet or .csv\n")


def test_export_says_when_nothing_is_stored(
    copied: RunStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(copied, "export", str(tmp_path / "out.csv"), "--record", LAST_TRUST.key) == 2
    assert capsys.readouterr().err.endswith("nothing is stored; write --record indicators\n")
    assert not (tmp_path / "out.csv").exists()


def test_what_an_analysis_stored_is_exported_under_its_name(
    store: RunStore, tasks: list[RunTask], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.fill(tasks[:2], (LAST_YEAR,), processes=1)
    assert call(store, "export", str(tmp_path / "out.csv")) == 2
    assert capsys.readouterr().err.endswith("nothing is stored; write --record last_year\n")
    assert call(store, "export", str(tmp_path / "out.csv"), "--record", "last_year") == 0
    assert pd.read_csv(tmp_path / "out.csv")["year"].tolist() == [2027, 2027]


def test_clean_removes_what_killed_commands_left_and_keeps_runs(
    copied: RunStore, tasks: list[RunTask], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied.folder(INDICATORS)
    for ending in (PARTIAL, DAMAGED):
        (folder / f"1-a{ending}").write_bytes(b"half")
    content = b"old"
    whole = f"1-{hashlib.sha256(content).hexdigest()[:SUM_DIGITS]}{ENDING}"
    old = copied.path / "0123456789ab" / INDICATORS.key / whole
    old.parent.mkdir(parents=True)
    old.write_bytes(content)
    assert call(copied, "clean") == 0
    assert capsys.readouterr().out.startswith("2 file")
    assert {path.suffix for path in folder.iterdir()} == {ENDING}
    assert old.exists()
    assert call(copied, "clean", "--old") == 0
    assert not old.parent.parent.exists()
    assert not copied.stored(tasks).missing


def test_clean_removes_what_check_calls_damaged(copied: RunStore, capsys: pytest.CaptureFixture[str]) -> None:
    shard = next(iter(copied.folder(INDICATORS).glob(f"*{ENDING}")))
    shard.write_bytes(shard.read_bytes()[:-100])
    assert call(copied, "check") == 2
    assert "is damaged or cut short" in capsys.readouterr().err
    assert call(copied, "clean") == 0
    assert not shard.exists()
    assert call(copied, "check") == 0


def test_clean_lets_failed_runs_be_tried_again(
    store: RunStore, tasks: list[RunTask], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        real = TerritorialModel.run_years

        def run_years(model: TerritorialModel, years: int) -> TerritorialModel:
            if model.streams.draw == 1:
                raise ValueError("unlucky")
            return real(model, years)

        broken.setattr(TerritorialModel, "run_years", run_years)
        store.fill(tasks, processes=1)
    assert len(store.stored(tasks).failures()) == 2
    assert call(store, "clean", "--failed") == 0
    assert store.stored(tasks).missing == [2, 3]
    store.fill(tasks, processes=1)
    assert not store.stored(tasks).failures()


def test_clean_waits_for_no_one(copied: RunStore, capsys: pytest.CaptureFixture[str]) -> None:
    with at_work(copied.path):
        assert call(copied, "clean") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"{copied.path}: another command is at work in it; try again when it has ended"


def test_a_store_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", str(tmp_path / "none"), "list"]) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path}/none: there is no store; `sweep` makes one, or name it with --store\n"
    )
