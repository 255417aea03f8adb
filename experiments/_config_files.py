"""Files of `conf/` and `scenarios/`: what they say and on which line."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from areavasta.settings import CalibrationPlan, Run, Scenario, TerritoryChoice, suggestion
from areavasta.settings.discover import Discover
from areavasta.settings.run import EngineChoice
from areavasta.settings.search import Search
from areavasta.settings.sensitivity import Sensitivity
from areavasta.settings.sweep import Sweep

KeyPath = tuple[str, ...]
"""Keys from the top of a file down to a value."""

PRESENT_LAW = "status_quo"
"""File that every reform starts from."""

BUILT_TERRITORIES = "results/territory"
"""Where `territory build region=...` puts tables, and the file that chooses them."""

MOST_NODES = 50_000
"""Keys and values of a file, aliases written out; the longest file of the project has some hundreds."""

PACKAGE_HEADER = re.compile(r"^#\s*@package\s+(\S+)", re.MULTILINE)


class ConfigurationError(ValueError):
    """Report everything wrong with files and command line, one line per problem."""

    def __init__(self, *lines: str) -> None:
        self.lines = tuple(dict.fromkeys(lines))
        super().__init__("\n".join(self.lines))


@dataclass(frozen=True)
class Group:
    """A folder of options: where it is, where its keys land in Settings, and what they may be.

    `built` is a second folder, for options that a command of ours wrote.
    """

    name: str
    folder: str
    key: str
    kind: type
    built: str | None = None

    def file(self, root: Path, name: str) -> Path | None:
        """Return the file of an option, None when there is none."""
        folders = [self.folder, *filter(None, [self.built])]
        paths = (root / folder / f"{name}.yaml" for folder in folders)
        return next((path for path in paths if path.is_file()), None)


GROUPS = {
    group.name: group
    for group in (
        Group("scenarios", "scenarios", "scenario", Scenario),
        Group("run", "conf/run", "run", Run),
        Group("calibration", "conf/calibration", "calibration", CalibrationPlan),
        Group("territory", "conf/territory", "territory", TerritoryChoice, BUILT_TERRITORIES),
        Group("sweep", "conf/sweep", "sweep", Sweep),
        Group("sensitivity", "conf/sensitivity", "sensitivity", Sensitivity),
        Group("search", "conf/search", "search", Search),
        Group("discover", "conf/discover", "discover", Discover),
        Group("engine", "conf/engine", "engine", EngineChoice),
    )
}
"""Folders whose files are chosen by name, on the command line or in `conf/config.yaml`."""


@dataclass(frozen=True)
class ConfigFile:
    """One file: its values, the line of every key, the package it asks for, the files it starts from."""

    name: str
    label: str
    values: dict[str, Any]
    lines: dict[KeyPath, int]
    package: str | None
    bases: tuple[str, ...]

    def at(self, path: KeyPath) -> str:
        """Return `file, line N` of the deepest key of `path` that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.label}, line {self.lines[path]}" if path else self.label


def options(root: Path, group: Group) -> list[str]:
    """Return the names of the files of a group, in order."""
    folders = [group.folder, *filter(None, [group.built])]
    return sorted(path.stem for folder in folders for path in (root / folder).glob("*.yaml"))


def unknown_option(root: Path, group: Group, name: str) -> str:
    """Return what to say of a name that no file of the group has."""
    known = options(root, group)
    near = suggestion(name, known) or f"; there are {', '.join(known)}"
    build = "; other regions: python -m experiments territory build region=NAME" if group.built else ""
    return f"there is no {group.folder}/{name}.yaml{near}{build}"


def read_chain(root: Path, group: Group, name: str) -> list[ConfigFile]:
    """Read a file and those it starts from, the strongest first.

    Raises ConfigurationError for a file that does not exist or cannot be read.
    """
    found: list[ConfigFile] = []
    waiting = [(name, f"{group.name}={name}")]
    while waiting:
        current, asked_by = waiting.pop()
        if any(file.name == current for file in found):
            continue
        path = group.file(root, current)
        if path is None:
            raise ConfigurationError(f"{asked_by}: {unknown_option(root, group, current)}")
        file = read_file(path, path.relative_to(root).as_posix())
        found.append(file)
        waiting += [(base, f"{file.at(('defaults',))}: defaults") for base in file.bases]
    return found


def read_file(path: Path, label: str) -> ConfigFile:
    """Read one file.

    Raises ConfigurationError with one line when it is not text, not YAML, empty or not a group of keys.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{label} is not UTF-8 text; save it again with that encoding") from None
    return _parsed(text, path.stem, label)


@lru_cache(maxsize=64)
def _parsed(text: str, name: str, label: str) -> ConfigFile:
    # One comparison reads present law once for every reform: the cache spares parsing the same text again.
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if _size(node, {}) > MOST_NODES:
            raise ConfigurationError(f"{label}: aliases make it larger than {MOST_NODES} keys; write it out")
        values = (
            OmegaConf.to_container(OmegaConf.create(text)) if isinstance(node, yaml.MappingNode) else None
        )
    except yaml.MarkedYAMLError as error:
        raise ConfigurationError(_syntax(error, label)) from None
    except yaml.YAMLError as error:
        told = " ".join(str(error).split())
        raise ConfigurationError(f"{label}: not valid YAML: {told}; save it as plain text") from None
    except OmegaConfBaseException as error:
        told = " ".join(str(error).split("full_key")[0].split())
        raise ConfigurationError(f"{label}: {told}; keys are words or whole numbers") from None
    except RecursionError:
        raise ConfigurationError(f"{label}: is nested too deep for a file of settings") from None
    if node is None:
        raise ConfigurationError(f"{label} is empty; it must be a group of keys, as in {PRESENT_LAW}.yaml")
    if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
        raise ConfigurationError(f"{label} is not a group of keys; write `key: value` lines")
    header = PACKAGE_HEADER.search(text)
    return ConfigFile(
        name=name,
        label=label,
        lines=dict(_line_numbers(node, ())),
        package=header[1] if header else None,
        bases=tuple(_bases(values.pop("defaults", []), label)),
        values={str(key): value for key, value in values.items()},
    )


def _size(node: yaml.Node | None, known: dict[int, float]) -> float:
    """Return how many keys and values a file holds once its aliases are written out."""
    if id(node) not in known:
        # An alias within what it stands for never ends.
        known[id(node)] = math.inf
        parts = node.value if isinstance(node, yaml.CollectionNode) else ()
        flat = chain.from_iterable(parts) if isinstance(node, yaml.MappingNode) else parts
        known[id(node)] = 1 + sum(_size(part, known) for part in flat)
    return known[id(node)]


def _syntax(error: yaml.MarkedYAMLError, label: str) -> str:
    mark = error.problem_mark or error.context_mark
    where = f"{label}, line {mark.line + 1}" if mark else label
    told = " ".join(str(error.problem or error.context).split())
    return f"{where}: not valid YAML: {told}; check indentation, colons, quotes and brackets"


def _line_numbers(node: yaml.MappingNode, place: KeyPath) -> Iterator[tuple[KeyPath, int]]:
    for key, value in node.value:
        path = (*place, str(key.value))
        yield path, key.start_mark.line + 1
        if isinstance(value, yaml.MappingNode):
            yield from _line_numbers(value, path)


def _bases(defaults: Any, label: str) -> Iterator[str]:
    if not isinstance(defaults, list) or not all(isinstance(item, str) for item in defaults):
        raise ConfigurationError(
            f"{label}: defaults must be a list of names, such as [{PRESENT_LAW}, _self_]"
        )
    for item in defaults:
        if item != "_self_":
            yield item.split("@")[0]
