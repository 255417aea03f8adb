"""What a run is: everything that its outcome depends on, as one text and its hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from enum import Enum
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import areavasta
from areavasta.settings import Settings, load_posterior
from experiments.engine import territory_of

DIGITS = 32
"""Hexadecimal digits of the name of a run: among 10^12 runs, two share one with a probability of 10^-15."""

CODE_DIGITS = 12
"""Hexadecimal digits of the name of a version of the code."""

LIBRARIES = ("mesa", "numpy", "scipy")
"""Packages that the model computes with: another version may change the last bits."""

LAWS = ("present_law", "scenario")
"""Parts of settings that are laws."""

TEXTS = ("title", "reason")
"""Parts of a scenario that change nothing."""


@dataclass(frozen=True)
class RunTask:
    """One run: settings, seed, parameter draw (0: the parameters as they stand) and replicate.

    Of the settings, the laws, the territory, the parameters and `run.years` count; the seed is that of the
    task, whatever `run.seed` says.
    """

    settings: Settings
    seed: int
    draw: int = 0
    replicate: int = 1


@dataclass(frozen=True)
class Identity:
    """The name of a run and the text that it is the hash of."""

    run: str
    told: str

    @classmethod
    def of_text(cls, told: str) -> "Identity":
        """Return the identity that a text makes."""
        return cls(hashlib.sha256(told.encode()).hexdigest()[:DIGITS], told)


class Namer:
    """Tell the identities of tasks, quickly when those that share parts of settings come in a row."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, str]] = {}

    def identity(self, task: RunTask) -> Identity:
        """Return the identity of a task; raise TerritoryError for a territory whose tables are wrong."""
        return Identity.of_text(_one_text(self._parts(task)))

    def but_scenario(self, task: RunTask) -> str:
        """Return a name that tasks share which differ in nothing but their scenario."""
        parts = self._parts(task)
        del parts["scenario"]
        return Identity.of_text(_one_text(parts)).run

    def _parts(self, task: RunTask) -> dict[str, str]:
        settings = task.settings
        parts = {name: self._part(name, getattr(settings, name)) for name in ("parameters", *LAWS)}
        parts["draws"] = json.dumps(plain_draws(settings))
        parts["territory"] = json.dumps(territory_of(settings.territory).sha256)
        numbers = {
            "years": settings.run.years, "seed": task.seed, "draw": task.draw, "replicate": task.replicate
        }  # fmt: skip
        return {**parts, **{name: str(number) for name, number in numbers.items()}}

    def _part(self, name: str, part: Any) -> str:
        """Return a part of settings as text; the very object of the task before is not written anew."""
        before, text = self._known.get(name, (None, ""))
        if part is not before:
            kept = {key: value for key, value in vars(part).items() if name not in LAWS or key not in TEXTS}
            text = json.dumps(kept, sort_keys=True, separators=(",", ":"), default=_plain)
            self._known[name] = part, text
        return text


def _one_text(parts: Mapping[str, str]) -> str:
    return "{" + ",".join(f'"{name}":{text}' for name, text in parts.items()) + "}"


def plain_draws(settings: Settings) -> dict[str, Any]:
    """Return where parameter draws come from: what is in the posterior, and the constants that are held."""
    posterior = load_posterior(settings.run.posterior)
    return {
        "posterior": posterior.sha256 if posterior else None,
        "held": " ".join(sorted(set(settings.run.held))),
    }


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return vars(value)
    raise TypeError(f"{value!r} cannot be part of the settings of a run")


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a short hash of the model's sources and of the libraries it computes with.

    Shipped territories are no part of it: each run names the tables it used.
    """
    package = Path(areavasta.__file__).parent
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for path in sorted([*package.rglob("*.py"), *(package / "catalogue").rglob("*.csv")]):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:CODE_DIGITS]
