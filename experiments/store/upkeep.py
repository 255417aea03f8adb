"""Upkeep of a store: what it holds, whether it is sound, and what can go."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from experiments.results import ResultsError, results_errors
from experiments.store.identity import Identity, code_version
from experiments.store.lock import alone
from experiments.store.shards import (
    DAMAGED,
    ENDING,
    PARTIAL,
    Place,
    better,
    is_whole,
    places,
    read_shard,
    write_shard,
)


@dataclass(frozen=True)
class Holding:
    """What a store has of one record by one version of the code."""

    code: str
    record: str
    shards: int
    runs: int
    failed: int
    damaged: int
    size: int

    def __str__(self) -> str:
        current = " (attuale / present)" if self.code == code_version() else ""
        damaged = f", {self.damaged} guasti / damaged" if self.damaged else ""
        return (
            f"{self.code}{current}  {self.record}: {self.runs} simulazioni / runs, "
            f"{self.failed} fallite / failed, {self.shards} file, {self.size / 1e6:.1f} MB{damaged}"
        )


def record_folders(store: Path) -> list[Path]:
    """Return the folders of shards, one a version of the code and record."""
    return sorted(path for path in store.glob("*/*") if path.is_dir())


def shards_of(folder: Path) -> list[Path]:
    """Return the shards of a folder, the oldest first."""
    return sorted(folder.glob(f"*{ENDING}"))


def holdings(store: Path) -> list[Holding]:
    """Return what a store holds; raise ResultsError when it cannot be read."""
    with results_errors(store):
        return [_holding(folder) for folder in record_folders(store)]


def _holding(folder: Path) -> Holding:
    shards = shards_of(folder)
    states: dict[str, Place] = {}
    damaged = len(list(folder.glob(f"*{DAMAGED}")))
    for path in shards:
        try:
            found = places(path, read_shard(path))
            states |= {run: place for run, place in found if better(place, states.get(run))}
        except ResultsError:
            damaged += 1
    failed = sum(place.failed for place in states.values())
    size = sum(path.stat().st_size for path in shards)
    return Holding(folder.parent.name, folder.name, len(shards), len(states) - failed, failed, damaged, size)


def check(store: Path) -> tuple[int, list[str]]:
    """Read every shard; return the number of sound runs and one line for each problem.

    A run must bear the name that its settings make, and be the same to the bit wherever it is stored twice.
    """
    runs = 0
    problems: list[str] = []
    with results_errors(store):
        for folder in record_folders(store):
            problems += [f"{path}: was set aside as damaged" for path in sorted(folder.glob(f"*{DAMAGED}"))]
            sound, told = _check_folder(folder)
            runs += sound
            problems += told
    return runs, problems


def _check_folder(folder: Path) -> tuple[int, list[str]]:
    seen: dict[str, Place] = {}
    problems: list[str] = []
    for path in shards_of(folder):
        try:
            table = read_shard(path)
            twins = {run: seen[run] for run, _ in places(path, table) if run in seen}
        except ResultsError as error:
            problems.append(str(error))
            continue
        for run, place in places(path, table):
            if problem := _run_problem(run, place, table, twins.get(run)):
                problems.append(f"{path}: run {run} {problem}")
            elif better(place, seen.get(run)):
                seen[run] = place
    return len(seen), problems


def _run_problem(run: str, place: Place, table: pa.Table, twin: Place | None) -> str | None:
    told = table["told"][place.start].as_py()
    if told is None or Identity.of_text(told).run != run:
        return "does not bear the name that its settings make"
    if twin is not None and not (place.passing or twin.passing):
        rows = table.slice(place.start, place.rows)
        others = read_shard(twin.shard).slice(twin.start, twin.rows)
        if not _same(rows, others):
            return f"differs from the same run in {twin.shard.name}"
    return None


def _same(one: pa.Table, other: pa.Table) -> bool:
    return bool(one.to_pandas().equals(other.to_pandas()))


def clean(store: Path, *, old: bool = False, failed: bool = False) -> tuple[int, int]:
    """Remove what killed commands left and damaged shards; return how many files and bytes went.

    `old` also removes the runs of other versions of the code, `failed` those that failed. Raises ResultsError
    when another command is at work in the store.
    """
    files = size = 0
    with alone(store), results_errors(store):
        for path in _removable(store, old):
            files, size = files + 1, size + path.stat().st_size
            path.unlink()
        for folder in record_folders(store) if failed else []:
            for path in shards_of(folder):
                gone = _without_failed(folder, path)
                files, size = files + bool(gone), size + gone
        for folder in [*record_folders(store), *(path for path in store.glob("*") if path.is_dir())]:
            with suppress(OSError):
                folder.rmdir()
    return files, size


def _removable(store: Path, old: bool) -> Iterator[Path]:
    for folder in record_folders(store):
        everything = old and folder.parent.name != code_version()
        for path in sorted(folder.iterdir()):
            left = path.suffix in (PARTIAL, DAMAGED)
            damaged = path.name.endswith(ENDING) and not is_whole(path, path.read_bytes())
            if everything or left or damaged:
                yield path


def _without_failed(folder: Path, path: Path) -> int:
    """Write a shard anew without the runs that failed; return the bytes of the one that went."""
    try:
        table = read_shard(path)
    except ResultsError:
        return 0
    kept = table.filter(pc.is_null(table["error"]))
    if kept.num_rows == table.num_rows:
        return 0
    if kept.num_rows:
        write_shard(folder, kept)
    size = path.stat().st_size
    path.unlink()
    return size
