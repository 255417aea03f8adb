"""Who is at work in a store: any number of writers together, or one that cleans, alone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from experiments.results import ResultsError, results_errors

LOCK = "lock"
"""File of a store that its users hold locked as long as they live."""


@contextmanager
def at_work(path: Path) -> Iterator[None]:
    """Share a store with other writers; make the folder when there is none.

    Raises ResultsError when it cannot be written, or is just being cleaned.
    """
    with results_errors(path):
        path.mkdir(parents=True, exist_ok=True)
    yield from _holding(path, fcntl.LOCK_SH, "is being cleaned; try again when that is done")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Have a store alone; raise ResultsError when another command is at work in it."""
    yield from _holding(path, fcntl.LOCK_EX, "another command is at work in it; try again when it has ended")


def _holding(path: Path, kind: int, refusal: str) -> Iterator[None]:
    with results_errors(path):
        file = (path / LOCK).open("a")
    with file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ResultsError(f"{path}: {refusal}") from None
        yield
