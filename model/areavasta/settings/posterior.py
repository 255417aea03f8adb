"""Posterior draws: joint values of the calibrated constants, in place of draws from their ranges."""

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from areavasta.settings.check import Problem, SettingsError, suggestion
from areavasta.settings.uncertain import constants_by_key

SHIPPED = "shipped"
"""Word for the posterior that comes with the model."""

NONE = "none"
"""Word for no posterior: every uncertain constant is drawn from its range."""

SHIPPED_FOLDER = Path(__file__).resolve().parent.parent / "posterior"
"""Folder of the posterior that comes with the model."""

DRAWS = "draws.csv"
"""File of draws in a folder of a posterior: one constant a column, one draw a row."""

MANIFEST = "manifest.json"
"""File beside it that says how the draws were made."""

KEY = "run.posterior"


@dataclass(frozen=True)
class Posterior:
    """Values of calibrated constants, a row a draw; columns are keys such as `parameters.slack.start`."""

    keys: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    sha256: str


def posterior_file(choice: str) -> Path | None:
    """Return the file of draws of a choice: shipped, none, a folder of a posterior, or a file."""
    if choice == NONE:
        return None
    path = SHIPPED_FOLDER if choice == SHIPPED else Path(choice)
    return path / DRAWS if path.is_dir() else path


def load_posterior(choice: str) -> Posterior | None:
    """Return the posterior of a choice, read once a process while its file stays the same; None without one.

    Raises SettingsError for a file that cannot be read, a column that is no uncertain constant, a value
    outside its range.
    """
    path = posterior_file(choice)
    if path is None:
        return None
    try:
        stamp = path.stat()
    except OSError as error:
        told = f"is {choice}; it must be {SHIPPED}, {NONE}, a folder that holds {DRAWS}, or such a file"
        raise SettingsError([Problem(KEY, f"{told} ({error.strerror})")]) from None
    return _read(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> Posterior:
    try:
        content = path.read_bytes()
        lines = list(csv.reader(content.decode("utf-8").splitlines(), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError([Problem(KEY, f"{path}: cannot be read: {error}")]) from None
    problem = next(_problems(lines), None)
    if problem is not None:
        raise SettingsError([Problem(KEY, f"{path}: {problem}")])
    rows = tuple(tuple(map(float, line)) for line in lines[1:])
    return Posterior(tuple(lines[0]), rows, sha256(content).hexdigest())


def _problems(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    constants = constants_by_key()
    if len(lines) <= 1:
        yield "has no draws; it must have a line of keys and a line for each draw"
        return
    keys = lines[0]
    for column, key in enumerate(keys):
        if key not in constants:
            yield f"line 1: {key} is not an uncertain constant{suggestion(key, constants)}"
            return
        if key in keys[:column]:
            yield f"line 1: {key} stands there twice"
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(keys):
            yield f"line {number} has {len(line)} values; it must have {len(keys)}, one for each key"
            return
        for key, text in zip(keys, line, strict=True):
            yield from _value_problems(key, text, number)


def _value_problems(key: str, text: str, number: int) -> Iterator[str]:
    about = constants_by_key()[key].metadata
    try:
        value = float(text)
    except ValueError:
        yield f"line {number}: {key} is {text!r}; it must be a number, with a point for decimals"
        return
    if not (math.isfinite(value) and about["low"] <= value <= about["high"]):
        bounds = f"between {about['low']:g} and {about['high']:g} ({about['unit']})"
        yield f"line {number}: {key} is {value:g}; it must lie {bounds}"
