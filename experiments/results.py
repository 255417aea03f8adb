"""Folders of results: written aside, renamed when whole, so that nobody ever sees half of one."""

import errno
import fcntl
import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import pyarrow.parquet as pq

from areavasta.territory import Territory
from experiments.engine import Closing, PairResult
from experiments.tables import SCHEMAS, TableWriter, places_table

PARTIAL = ".partial"
"""Ending of a hidden folder whose command is at work, or was killed."""

LOCK = "lock"
"""File in such a folder that its command holds locked as long as it lives."""

YOUNG = 10.0
"""Seconds within which an unlocked folder may still belong to a command that is starting."""

LONGEST_NAME = 80
"""Characters of scenario names in the name of a folder."""

MANIFEST = "manifest.json"

SEAL = "seal"
"""Key of a manifest under which the digest of all others stands."""

PUBLISHED = "published"
"""Origin of the figures of a territory whose sources charts name; a manifest has others of its own."""

RESULTS = Path(__file__).resolve().parent.parent / "results"
"""Where results of the project go."""

LATEST = "latest"
"""Name of the link to the last results."""


class ResultsError(OSError):
    """Report results that cannot be written or read, in one line."""


def folder_name(created: datetime, scenarios: Sequence[str]) -> str:
    """Return the name of a folder of results: its time and as many scenarios as fit."""
    kept = [name for i, name in enumerate(scenarios) if len("+".join(scenarios[: i + 1])) <= LONGEST_NAME]
    more = [f"{len(scenarios) - len(kept)}_more"] if len(kept) < len(scenarios) else []
    return f"{created:%Y%m%dT%H%M%S}_{'+'.join([*kept, *more])}"


class ResultsFolder:
    """A folder of results in the making; a context whose body writes into `path`.

    At the end of the body `path` becomes the final folder, and in the project's results `latest` turns to
    it; an exception leaves nothing. `output` asks for that very folder, elsewhere, without `latest`.
    Raises ResultsError when the place cannot be written.
    """

    def __init__(self, results: Path, command: str, name: str, output: str | None = None) -> None:
        self.results = results
        self.final = Path(output).absolute() if output else results / command / name
        self.is_latest = output is None
        self.path = self.final
        self._lock: TextIO | None = None

    def __enter__(self) -> "ResultsFolder":
        with results_errors(self.final):
            if not self.is_latest and self.final.exists() and any(self.final.iterdir()):
                raise ResultsError(f"output={self.final}: is not empty; name a new folder")
            self.final.parent.mkdir(parents=True, exist_ok=True)
            remove_leftovers(self.final.parent)
            self.path = self._new_folder()
            self._lock = (self.path / LOCK).open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with results_errors(self.final):
                    self._publish()
        finally:
            if self.path != self.final:
                shutil.rmtree(self.path, ignore_errors=True)
            if self._lock is not None:
                self._lock.close()

    def _new_folder(self) -> Path:
        for folder in _numbered(self.final.parent, f".{self.final.name}", PARTIAL):
            with suppress(FileExistsError):
                folder.mkdir()
                return folder
        raise AssertionError("numbers do not end")

    def _publish(self) -> None:
        (self.path / LOCK).unlink()
        if self.is_latest:
            self.final = self._rename_to_free_name()
            turn_latest(self.results, self.final)
        else:
            self.path.rename(self.final)
        self.path = self.final

    def _rename_to_free_name(self) -> Path:
        # A folder that holds something is never replaced: the next number is tried.
        for folder in _numbered(self.final.parent, self.final.name, ""):
            try:
                return self.path.rename(folder)
            except OSError as error:
                if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                    raise
        raise AssertionError("numbers do not end")


def _numbered(parent: Path, name: str, ending: str) -> Iterator[Path]:
    yield parent / f"{name}{ending}"
    number = 2
    while True:
        yield parent / f"{name}-{number}{ending}"
        number += 1


def remove_leftovers(parent: Path) -> None:
    """Remove the partial folders of commands that were killed; leave those of commands at work."""
    for folder in parent.glob(f".*{PARTIAL}"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime < YOUNG and not (folder / LOCK).exists():
                continue
            with (folder / LOCK).open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)


def results_folder(named: str) -> Path:
    """Return the folder of results that somebody named: a path, `latest`, or one below the project's results.

    Raises ResultsError when there is none.
    """
    for folder in (Path(named), RESULTS / named):
        if folder.is_dir():
            return folder.resolve()
    if named == LATEST:
        raise ResultsError(f"{RESULTS / LATEST}: there are no results yet; `compare` makes some")
    raise ResultsError(f"{named}: is no folder; name one of results, or latest")


def turn_latest(results: Path, folder: Path) -> None:
    """Make `latest` point at a folder, in one step."""
    new = results / f".latest-{folder.name}"
    with suppress(FileNotFoundError):
        new.unlink()
    new.symlink_to(folder.relative_to(results), target_is_directory=True)
    new.replace(results / LATEST)


@contextmanager
def results_errors(place: Path) -> Iterator[None]:
    """Turn what the system says of a file or disk into one line that names it."""
    try:
        yield
    except ResultsError:
        raise
    except OSError as error:
        where = error.filename or place
        told = error.strerror or " ".join(str(error).split())
        raise ResultsError(f"{where}: {told}") from None


def write_runs(folder: Path, results: Iterator[PairResult], territory: Territory) -> Closing:
    """Write the tables of runs as they come and return the closing of all their books.

    Raises ResultsError when they cannot be written, and what a run raises.
    """
    with results_errors(folder):
        places = places_table(territory)
        pq.write_table(places, folder / "places.parquet", compression="zstd", store_schema=False)
        writers = {kind: TableWriter(folder / f"{kind}.parquet", schema) for kind, schema in SCHEMAS.items()}
        closing = Closing()
        try:
            for result in results:
                for kind, writer in writers.items():
                    writer.add(result.tables[kind])
                closing += result.closing
        finally:
            for writer in writers.values():
                writer.close()
    return closing


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest, aside first, with the digests by which damage to it or to a table shows later."""
    tables = {path.name: _digest(path.read_bytes()) for path in sorted(folder.glob("*.parquet"))}
    content = {**manifest, "tables": tables}
    content.pop(SEAL, None)
    content[SEAL] = _seal(content)
    aside = folder / f".{MANIFEST}"
    aside.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    aside.replace(folder / MANIFEST)


def origin_of(manifest: Mapping[str, Any]) -> str:
    """Return where the figures of a territory come from; published ones, where a manifest does not say."""
    return str(manifest["territory"].get("origin", PUBLISHED))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a folder of results.

    Raises ResultsError, in one line, when there is none, or when it or a table is not as it was written.
    """
    path = folder / MANIFEST
    try:
        with results_errors(path):
            manifest = json.loads(path.read_text(encoding="utf-8"))
    except ResultsError:
        if path.exists():
            raise
        raise ResultsError(f"{folder}: there is no {MANIFEST}; name a folder of results") from None
    except (ValueError, RecursionError) as error:
        raise ResultsError(f"{path}: cannot be read: {error}; run the command again") from None
    if not isinstance(manifest, dict) or manifest.pop(SEAL, None) != _seal(manifest):
        raise ResultsError(f"{path}: is not as it was written: changed or damaged; run the command again")
    for name, digest in manifest["tables"].items():
        with results_errors(folder / name):
            if _digest((folder / name).read_bytes()) != digest:
                raise ResultsError(
                    f"{folder / name}: is not as it was written: changed or damaged; run the command again"
                )
    return manifest


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _seal(manifest: Mapping[str, Any]) -> str:
    """Return the digest of what a manifest says, whatever its layout."""
    return _digest(json.dumps(manifest, sort_keys=True).encode())
