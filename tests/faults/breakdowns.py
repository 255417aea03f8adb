"""A machine that breaks down under a command, in cases made from their number: what is wrong or lost."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from unittest import mock

from experiments import sweep as sweeping
from experiments._hydra import PROJECT_ROOT, Task, run_hydra
from experiments.compare import compare
from experiments.discover.command import discover
from experiments.report import main as report
from experiments.results import ResultsError, read_manifest
from experiments.run import run
from experiments.search.command import search
from experiments.sensitivity.command import sensitivity
from experiments.store.shards import ENDING, read_shard
from experiments.store.upkeep import check
from tests.faults.judge import Verdict, judge
from tests.faults.mutate import spoil_bytes

RUN = ("territory=toy", "run.years=1", "run.processes=1", "lang=en")
PAIRS = ("run.draws=2", "run.replicates=1")
CUT = "scenario.equalisation.cut_per_head: {low: 0, high: 40}"

STORING: dict[str, tuple[Task, tuple[str, ...]]] = {
    "sweep": (sweeping.sweep, (*PAIRS, "sweep.points=8", f"sweep.factors={{{CUT}}}")),
    "sensitivity": (
        sensitivity,
        (f"sensitivity.factors={{{CUT}, parameters.cost.duplication: {{}}}}", "sensitivity.n=4",
         "sensitivity.indicators=[spending]", "sensitivity.second_order=false"),
    ),
    "discover": (
        discover,
        (f"discover.factors={{{CUT}, parameters.cost.duplication: {{}}}}", "discover.points=20",
         "discover.resamples=10", "discover.reforms=[fund_cut]"),
    ),
    "search": (
        search,
        (*PAIRS, "search.levers={scenario.incentives.amount_per_head: {low: 0, high: 16}}",
         "search.objectives={cost: {}, below_essential: {}}", "search.population=4", "search.generations=2",
         "search.fresh=0", "reforms=[fund_cut]"),
    ),
}  # fmt: skip
"""Commands that keep their runs in a store, each a matter of seconds."""

PLAIN: dict[str, tuple[Task, tuple[str, ...]]] = {
    "run": (run, PAIRS),
    "compare": (compare, (*PAIRS, "reforms=[fund_cut]")),
}
"""Commands that keep nothing but their results."""

DRAWINGS = (
    "experiments.charts.responses.draw_sweep", "experiments.charts.sensitivity.draw_sensitivity",
    "experiments.charts.discover.draw_discover", "experiments.charts.search.draw_search",
)  # fmt: skip

DRAWN = 0.15
"""Part of the cases in which charts are drawn too: they take most of the time."""

TOLD_AT_ONCE = 0.0
"""Seconds after which finished runs are stored, so that there is something to lose at any moment."""


@dataclass(frozen=True)
class Case:
    """What came of a case: the verdict, the runs finished before, and how many of them were lost."""

    command: str
    verdict: Verdict
    finished: int = 0
    lost: int = 0

    @property
    def wrong(self) -> str:
        """What went wrong, in words; nothing if all is well."""
        return self.verdict.wrong or (f"{self.lost} finished runs were lost" if self.lost else "")


class NotAllowedError(Exception):
    """Tell that this machine does not let us mount."""


@contextlib.contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path]:
    """Make a disk of some kilobytes at a place; raise NotAllowedError where that is not allowed."""
    place.mkdir(parents=True)
    made = _system("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place))
    if not made:
        place.rmdir()
        raise NotAllowedError
    try:
        yield place
    finally:
        _system("umount", "--lazy", str(place))
        place.rmdir()


def remount(place: Path, options: str) -> None:
    """Change a disk that is mounted."""
    assert _system("mount", "-o", f"remount,{options}", str(place))


def _system(*words: str) -> bool:
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def stored(store: Path) -> Counter[str]:
    """Return how often each run is stored, in whole shards, as finished."""
    counted: Counter[str] = Counter()
    for path in store.glob(f"*/*/*{ENDING}"):
        with contextlib.suppress(ResultsError):
            table = read_shard(path, ["run", "error"]).to_pandas()
            kept = table["run"][~table["run"].isin(table["run"][table["error"].notna()])]
            counted.update(f"{path.parent.name} {name}" for name in kept.unique())
    return counted


def call(command: str, output: Path, store: Path, *, drawn: bool = False) -> Verdict:
    """Call a command and judge its end; results are there, and whole, when and only when it ended well."""
    task, arguments = (STORING | PLAIN)[command]
    own = [f"output={output}", *([f"{command}.store={store}"] if command in STORING else [])]
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch("experiments.store.writer.SHORTEST_WAIT", TOLD_AT_ONCE))
        for name in DRAWINGS if not drawn else ():
            stack.enter_context(mock.patch(name, return_value=[]))
        verdict = judge(partial(run_hydra, [*RUN, *arguments, *own], command, task))
    return verdict if verdict.wrong else replace(verdict, wrong=_half_done(verdict.code, output))


def _half_done(code: int, output: Path) -> str:
    if output.exists() != (code == 0):
        return "leaves results though it failed" if code else "leaves no results"
    try:
        if code == 0:
            read_manifest(output)
    except ResultsError as error:
        return f"leaves damaged results: {error}"
    if left := [path.name for path in output.parent.glob(f".{output.name}*")]:
        return f"leaves {left}"
    return ""


def go_on(command: str, first: Verdict, output: Path, store: Path, before: Counter[str]) -> Case:
    """Call a command again on a machine that is well, and count what was lost of what had been finished."""
    if first.wrong:
        return Case(command, first)
    after = stored(store)
    lost = sum(1 for run in before if run not in after)
    if output.exists():
        shutil.rmtree(output)
    again = call(command, output, store)
    if again.wrong or again.code:
        return Case(
            command, replace(again, wrong=f"afterwards: {again.wrong or again.told}"), len(after), lost
        )
    whole = stored(store)
    twice = [run for run, times in whole.items() if times > 1 and run in after]
    problems = check(store)[1] if store.is_dir() else []
    wrong = f"runs again what was finished: {twice[0]}" if twice else "; ".join(problems[:1])
    return Case(command, replace(first, wrong=wrong), len(after), lost)


def _full_disk(folder: Path, chance: Random) -> Case:
    """Fill the disk that store and results are on, at some moment of the command."""
    command = chance.choice([*STORING, *PLAIN])
    kilobytes = chance.choice([4, 16, 40, 60, 80, 100, 150, 200, 300, 500, 800, 1500])
    with small_disk(folder / "disk", kilobytes) as disk:
        first = call(command, disk / "out", disk / "store", drawn=chance.random() < DRAWN)
        before = stored(disk / "store")
        remount(disk, "size=64m")
        return go_on(command, first, disk / "out", disk / "store", before)


def _read_only(folder: Path, chance: Random) -> Case:
    """Let nothing be written where store or results are, with some runs there already or none."""
    command = chance.choice([*STORING, *PLAIN])
    with small_disk(folder / "disk", 65536) as disk:
        if chance.random() < 0.5:
            done = call(command, disk / "before", disk / "store")
            assert done.code == 0, done
        before = stored(disk / "store")
        remount(disk, "ro")
        # Results elsewhere do not help a command that cannot lock its store, nor the other way round.
        output = chance.choice([disk / "out", folder / "out"]) if command in STORING else disk / "out"
        first = call(command, output, disk / "store")
        if first.code == 0 and not first.wrong:
            first = replace(first, wrong="ends well where nothing can be written")
        remount(disk, "rw")
        return go_on(command, first, output, disk / "store", before)


def _clock(folder: Path, chance: Random) -> Case:
    """Set the clock back or forth between two starts, or while a command is at work."""
    command = chance.choice([*STORING, *PLAIN])
    leap = chance.choice([-20, -1, 1, 10]) * 365 * 86_400 + chance.randrange(86_400)
    first = call(command, folder / "out", folder / "store")
    shutil.rmtree(folder / "out")
    before, real, real_ns, calls = stored(folder / "store"), time.time, time.time_ns, [0]

    def moved() -> float:
        calls[0] += 1
        return leap * (calls[0] % 2)

    with (
        mock.patch("time.time", side_effect=lambda: real() + moved()),
        mock.patch("time.time_ns", side_effect=lambda: real_ns() + int(moved()) * 10**9),
    ):
        return go_on(command, first, folder / "out", folder / "store", before)


def _damage(folder: Path, chance: Random) -> Case:
    """Spoil or cut files of a store: what they held runs again, the rest does not."""
    command = chance.choice([*STORING])
    first = call(command, folder / "out", folder / "store")
    assert first.code == 0, first
    table = _tables(folder / "out")
    shutil.rmtree(folder / "out")
    files = sorted(path for path in (folder / "store").rglob("*") if path.suffix in (ENDING, ".json"))
    for path in chance.sample(files, min(len(files), chance.choice([1, 1, 2, 5]))):
        whole = path.read_bytes()
        path.write_bytes(
            whole[: chance.randrange(len(whole))] if chance.random() < 0.5 else spoil_bytes(whole, chance)
        )
    before = stored(folder / "store")
    again = call(command, folder / "out", folder / "store")
    if again.code == 0 and not again.wrong and _tables(folder / "out") != table:
        again = replace(again, wrong="gives something else from a damaged store")
    lost = sum(1 for run, times in before.items() if stored(folder / "store")[run] != times)
    return Case(
        command,
        again if not again.code else replace(again, wrong=again.wrong or again.told),
        len(before),
        lost,
    )


def _tables(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(output.glob("*.parquet"))}


def _start(kind: str, command: str, folder: Path, *more: str) -> "subprocess.Popen[str]":
    """Start a command on a machine of a kind, in processes of its own."""
    _, arguments = (STORING | PLAIN)[command]
    own = [f"output={folder}/out", *([f"{command}.store={folder}/store"] if command in STORING else [])]
    path = os.pathsep.join([str(PROJECT_ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.ailing", kind, command, *RUN, *arguments, *own, *more],
        cwd=PROJECT_ROOT, env={**os.environ, "PYTHONPATH": path}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _memory(folder: Path, chance: Random) -> Case:
    """Let one run in four ask too much memory, or have its process killed: the others go on."""
    kind = chance.choice(["memory", "memory", "memory", "killed"])
    command = "sweep" if kind == "killed" else chance.choice([*STORING])
    process = _start(kind, command, folder, *(["run.processes=2"] if kind == "killed" else []))
    _, told = process.communicate()
    wrong = "shows a traceback" if "Traceback" in told or process.returncode not in {0, 2} else ""
    # Where present law itself could not be run there are no results, and a line says so.
    first = Verdict(process.returncode, told, wrong or _half_done(process.returncode, folder / "out"))
    return go_on(command, first, folder / "out", folder / "store", stored(folder / "store"))


def _kill(folder: Path, chance: Random) -> Case:
    """Kill the command, with all that it started, at some moment."""
    command = chance.choice([*STORING, *PLAIN])
    process = _start("sound", command, folder)
    started = time.monotonic()
    # Nothing is to be seen before the command is at work; from then on any moment will do.
    while process.poll() is None and not list(folder.iterdir()) and time.monotonic() - started < 60:
        time.sleep(0.02)
    time.sleep(chance.uniform(0.0, 1.0))
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    before = stored(folder / "store")
    whole = (folder / "out").exists()
    # What it was at work on is hidden, and the next command takes it away.
    left = list(folder.glob(".out*"))
    for one in left:
        os.utime(one, (0, 0))
    first = Verdict(0 if whole else 2, "", _half_done(0, folder / "out") if whole and not left else "")
    return go_on(command, first, folder / "out", folder / "store", before)


def _report(folder: Path, chance: Random) -> Case:
    """Write a report to a disk that is full or cannot be written, or from results that are damaged."""
    from tests.faults.cases import make_ground

    results = folder.parent / "ground" / "results"
    if not results.exists():
        make_ground(results.parent)
    with small_disk(folder / "disk", chance.choice([4, 64, 256, 65536])) as disk:
        own = disk / "results"
        full = chance.random() < 0.5
        if not full:
            remount(disk, "size=64m,ro")
        verdict = judge(lambda: report([str(results), "--no-pdf", "--output", str(own)]))
        if not verdict.wrong and verdict.code and list(disk.rglob("report_*")):
            verdict = replace(verdict, wrong="leaves half a report")
        if not full and verdict.code == 0:
            verdict = replace(verdict, wrong="ends well where nothing can be written")
        return Case("report", verdict)


KINDS: dict[str, Callable[[Path, Random], Case]] = {
    "full disk": _full_disk,
    "read-only disk": _read_only,
    "clock": _clock,
    "damaged store": _damage,
    "kill -9": _kill,
    "no memory": _memory,
    "report": _report,
}
"""What breaks down, by name."""


def run_case(kind: str, number: int, scratch: Path) -> Case:
    """Make the case of a kind and a number in a folder of its own below another, and remove it."""
    folder = scratch / f"case{number}"
    folder.mkdir()
    try:
        return KINDS[kind](folder, Random(f"{kind} {number}"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
