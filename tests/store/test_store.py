"""The store of runs: what is there is not run again, and the table is the same however it came about."""

import copy
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from areavasta.accounts import BooksError
from areavasta.indicators import INDICATORS as KNOWN
from areavasta.model import TerritorialModel
from areavasta.settings import Settings
from areavasta.settings.law import Text
from experiments._hydra import PROJECT_ROOT
from experiments.engine_processes import RunError
from experiments.results import ResultsError
from experiments.store import COMMUNES, INDICATORS, LAST_YEAR, Record, RunStore, RunTask
from experiments.store import runs as store_runs
from experiments.store.identity import Namer
from experiments.store.shards import ENDING
from experiments.store.simulating import companions, finished_model
from tests.store.records import LAST_TRUST, UNLUCKY

Count = list[int]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Count:
    """Return the draws of the runs that are run, in this process."""
    run: Count = []
    real = TerritorialModel.run_years

    def counting(model: TerritorialModel, years: int) -> TerritorialModel:
        run.append(model.streams.draw)
        return real(model, years)

    monkeypatch.setattr(TerritorialModel, "run_years", counting)
    return run


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs of draw 2 fail."""
    real = TerritorialModel.run_years

    def run_years(model: TerritorialModel, years: int) -> TerritorialModel:
        if model.streams.draw == 2:
            raise BooksError("books do not close:\nregion is short of 1 cent")
        return real(model, years)

    monkeypatch.setattr(TerritorialModel, "run_years", run_years)


def shards(store: RunStore, record: Record = INDICATORS) -> list[Path]:
    return sorted(store.folder(record).glob(f"*{ENDING}"))


def test_the_table_has_a_row_a_year_and_a_column_an_indicator(store: RunStore, tasks: list[RunTask]) -> None:
    table = store.run_all(tasks, processes=1)
    assert table.column_names == ["task", "year", *KNOWN]
    assert table["task"].to_pylist() == [number for number in range(len(tasks)) for _ in range(2)]
    model = finished_model(tasks[5])
    last = table.slice(11, 1).to_pylist()[0]
    assert (last["task"], last["year"]) == (5, 2027)
    assert {key: last[key] for key in KNOWN} == {key: model.observation.latest(key) for key in KNOWN}


def test_two_processes_and_a_store_half_full_give_the_same_table(
    store: RunStore, filled: RunStore, tasks: list[RunTask]
) -> None:
    store.fill(tasks[7:3:-1], processes=1)
    table = store.run_all(tasks, processes=2)
    assert table.equals(filled.stored(tasks).table())


def test_a_record_of_the_last_year_is_the_last_of_all_years(
    store: RunStore, tasks: list[RunTask], filled: RunStore
) -> None:
    whole = filled.stored(tasks).table()
    last = store.run_all(tasks, LAST_YEAR, processes=1)
    assert last.equals(
        whole.take([row for row in range(whole.num_rows) if whole["year"][row].as_py() == 2027])
    )
    beside = RunStore(store.path.parent / "beside")
    beside.fill(tasks[:2], (LAST_YEAR, INDICATORS), processes=1)
    assert beside.stored(tasks[:2], LAST_YEAR).table().equals(last.slice(0, 2))
    assert beside.stored(tasks[:2]).table().equals(whole.slice(0, 4))


def test_a_run_of_which_the_last_year_is_kept_observes_no_other(tasks: list[RunTask]) -> None:
    runs = companions([tasks[0]], last_year=True)
    observed = runs.finished(tasks[0].settings).observation
    alone = finished_model(tasks[0]).observation
    assert observed.years == [2027]
    assert alone.years == [2026, 2027]
    for name, column in observed.tables().communes.items():
        half = alone.tables().communes[name].size // 2
        assert column.tolist() == alone.tables().communes[name][half:].tolist(), name


def test_a_run_that_is_there_is_not_run_again(
    store: RunStore, tasks: list[RunTask], counted: Count, settings: Settings
) -> None:
    store.run_all(tasks[:4], processes=1)
    assert counted == [0, 0, 1, 1]
    again = store.run_all([*tasks, tasks[3], *tasks[:2]], processes=1)
    assert counted == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert again.num_rows == 2 * (len(tasks) + 3)
    same_chance = [RunTask(copy.deepcopy(settings), 1, 0, 1)]
    store.run_all(same_chance, processes=1)
    assert len(counted) == len(tasks)


def test_what_changes_a_run_changes_its_name_and_nothing_else_does(settings: Settings) -> None:
    def name(task: RunTask) -> str:
        return Namer().identity(task).run

    task = RunTask(settings, 1, 2, 3)
    titled = replace(settings, scenario=replace(settings.scenario, title=Text("altro", "other")))
    quiet = replace(titled, run=replace(settings.run, processes=1, draws=7, seed=99), output="elsewhere")
    assert name(RunTask(quiet, 1, 2, 3)) == name(task)
    costly = copy.deepcopy(settings)
    costly.parameters.cost.duplication += 0.01
    reform = copy.deepcopy(settings)
    reform.scenario.changes = {2030: {"equalisation": {"cut_per_head": 1.0}}}
    others = [
        RunTask(settings, 2, 2, 3), RunTask(settings, 1, 1, 3), RunTask(settings, 1, 2, 1),
        RunTask(costly, 1, 2, 3), RunTask(reform, 1, 2, 3),
        RunTask(replace(settings, run=replace(settings.run, years=3)), 1, 2, 3),
        RunTask(replace(settings, territory=replace(settings.territory, synthetic_communes=30)), 1, 2, 3),
    ]  # fmt: skip
    assert len({name(other) for other in [task, *others]}) == len(others) + 1


@pytest.mark.usefixtures("failing")
def test_a_failed_run_is_kept_with_its_error_and_does_not_stop_the_others(
    store: RunStore, tasks: list[RunTask], filled: RunStore
) -> None:
    table = store.run_all(tasks, processes=1)
    whole = filled.stored(tasks).table()
    kept = [row for row in range(whole.num_rows) if whole["task"][row].as_py() not in (4, 5)]
    assert table.equals(whole.take(kept))
    failures = store.stored(tasks).failures()
    assert [(one.task, one.error) for one in failures] == [
        (task, "books do not close:; region is short of 1 cent") for task in (4, 5)
    ]


@pytest.mark.usefixtures("failing")
def test_a_failed_run_is_not_tried_again(store: RunStore, tasks: list[RunTask]) -> None:
    store.fill(tasks[4:5], processes=1)
    assert not store.stored(tasks[4:5]).missing
    assert store.run_all(tasks[4:5], processes=1).num_rows == 0


@pytest.mark.usefixtures("failing")
def test_fail_fast_stops_at_the_first_failure_and_keeps_what_was_done(
    store: RunStore, tasks: list[RunTask]
) -> None:
    with pytest.raises(RunError, match=r"^task 4: books do not close"):
        store.fill(tasks, processes=1, fail_fast=True)
    assert store.stored(tasks).missing == list(range(5, len(tasks)))


def test_what_an_interrupted_job_finished_is_kept(
    store: RunStore, tasks: list[RunTask], counted: Count
) -> None:
    def interrupt(done: int, total: int) -> None:
        assert total == len(tasks)
        if done == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.fill(tasks, processes=1, progress=interrupt)
    assert store.stored(tasks).missing == [7, 8, 9, 10, 11]
    store.fill(tasks, processes=1)
    assert counted == [task.draw for task in tasks]


def test_tables_come_in_the_order_of_tasks_over_many_small_shards(
    store: RunStore, filled: RunStore, tasks: list[RunTask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.store.writer.RUNS_PER_SHARD", 1)
    monkeypatch.setattr("experiments.store.stored.SHARDS_AT_HAND", 2)
    monkeypatch.setattr("experiments.store.stored.TASKS_AT_ONCE", 5)
    store.fill(tasks[::-1], processes=1)
    assert len(shards(store)) == len(tasks)
    assert store.stored(tasks).table().equals(filled.stored(tasks).table())


def test_one_run_serves_several_records(store: RunStore, tasks: list[RunTask], counted: Count) -> None:
    store.fill(tasks[:2], (INDICATORS, COMMUNES, LAST_TRUST), processes=1)
    assert len(counted) == 2
    communes = store.stored(tasks[:2], COMMUNES).table()
    assert communes.num_rows == 2 * 2 * 4
    assert communes["istat_code"].unique().to_pylist() == list(finished_model(tasks[0]).territory.codes)
    trust = store.run_all(tasks[:2], LAST_TRUST, processes=2)
    assert trust.column_names == ["task", "trust", "years"]
    assert trust["years"].to_pylist() == [2027.0, 2027.0]
    newer = replace(LAST_TRUST, version=2)
    assert store.stored(tasks[:2], newer).missing == [0, 1]


def test_a_record_that_cannot_be_worked_out_is_a_failure_of_its_run(
    store: RunStore, tasks: list[RunTask]
) -> None:
    table = store.run_all(tasks, UNLUCKY, processes=1)
    assert table["task"].to_pylist() == [0, 1, 2, 3, 6, 7, 8, 9, 10, 11]
    assert {one.error for one in store.stored(tasks, UNLUCKY).failures()} == {
        "ZeroDivisionError: division by zero"
    }


def test_a_record_of_unknown_name_is_told_before_anything_runs(
    store: RunStore, tasks: list[RunTask], counted: Count
) -> None:
    with pytest.raises(ResultsError, match=r"record tests\.store\.records\.nothing: cannot be imported"):
        store.run_all(tasks, Record("tests.store.records.nothing"))
    assert not counted


def test_the_closed_books_of_all_runs_are_told(filled: RunStore, tasks: list[RunTask]) -> None:
    closing = filled.stored([*tasks, tasks[0]]).closing()
    assert (closing.runs, closing.years, closing.discrepancy_cents) == (len(tasks), len(tasks) * 5, 0)


@pytest.mark.parametrize("spoil", ["cut", "flip", "empty"])
def test_a_damaged_shard_is_named_and_its_runs_are_run_again(
    store: RunStore,
    filled: RunStore,
    tasks: list[RunTask],
    spoil: str,
    counted: Count,
    caplog: pytest.LogCaptureFixture,
) -> None:
    store.fill(tasks[:4], processes=1)
    store.fill(tasks, processes=1)
    first = shards(store)[0]
    whole = bytearray(first.read_bytes())
    if spoil == "flip":
        whole[len(whole) // 3] ^= 0xFF
    first.write_bytes(bytes({"cut": whole[:-100], "flip": whole, "empty": b""}[spoil]))
    counted.clear()
    table = store.run_all(tasks, processes=1)
    assert counted == [0, 0, 1, 1]
    assert table.equals(filled.stored(tasks).table())
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith(f"{first}: is damaged or cut short; ")
    assert "\n" not in caplog.messages[0]
    assert not first.exists()


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, tasks: list[RunTask]) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ResultsError, match=r"/file/store: Not a directory$"):
        RunStore(tmp_path / "file" / "store").run_all(tasks)


FULL = """
import resource, sys
from pathlib import Path
from experiments import compose
from experiments.results import ResultsError
from experiments.store import RunStore, RunTask
settings = compose("territory=toy", "run.years=2")
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    RunStore(Path(sys.argv[1])).fill([RunTask(settings, 1, draw) for draw in range(6)], processes=1)
except ResultsError as error:
    print(error)
"""


def test_a_full_disk_is_one_line_and_leaves_the_store_sound(store: RunStore, tasks: list[RunTask]) -> None:
    store.fill(tasks[:2], processes=1)
    before = shards(store)
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(store.path)],
        cwd=PROJECT_ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.count("\n") == 1
    assert done.stdout.endswith("File too large\n")
    assert list(store.folder(INDICATORS).iterdir()) == before
    assert store.stored(tasks).missing == list(range(2, 12))


def test_runs_that_others_finish_meanwhile_are_left_out(
    store: RunStore, tasks: list[RunTask], counted: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_runs, "TASKS_PER_PROCESS", 4)
    told = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            RunStore(store.path).fill(tasks[6:10], processes=1)

    store.fill(tasks, processes=1, progress=progress)
    assert sorted(counted) == [task.draw for task in tasks]
    assert told[-1] == (12, 12)
