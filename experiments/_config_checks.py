"""Checks of files and values against the settings: every wrong key at once, before anything is composed."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from areavasta.functions import load_catalogue
from areavasta.settings import Law, Problem, suggestion
from experiments._config_files import PRESENT_LAW, ConfigFile, ConfigurationError, Group, KeyPath, read_chain

Misfit = tuple[KeyPath, str]
"""A key and what is wrong with it."""

REFERENCE = "${"
"""Start of what OmegaConf would replace: another key, or a variable of this machine."""

LANGUAGES = {"it": "Italian", "en": "English"}
"""Languages of every text of a scenario."""

PLAIN_TYPES = {
    float: "a number, with a point for decimals",
    bool: "true or false",
    int: "a whole number",
    str: "a text, in quotes where it looks like a number or a yes or no",
}
"""What a value of each type must be, in words."""


def misfits(kind: type, tree: Mapping[str, Any], place: KeyPath = ()) -> Iterator[Misfit]:
    """Yield every key of a tree that a settings class does not have, or whose value is of another type."""
    hints = get_type_hints(kind)
    for key, value in tree.items():
        where = (*place, str(key))
        if key in hints:
            yield from _misfits_of_value(hints[key], value, where)
        else:
            near = suggestion(str(key), hints) or f"; there are {', '.join(hints)}"
            yield where, f"is unknown{near}"


def _misfits_of_value(hint: Any, value: Any, where: KeyPath) -> Iterator[Misfit]:
    if get_origin(hint) in (Union, types.UnionType):
        if value is None:
            return
        hint = next(part for part in get_args(hint) if part is not type(None))
    if is_dataclass(hint) and isinstance(hint, type):
        yield from _misfits_of_group(hint, value, where)
    elif get_origin(hint) is dict:
        yield from _misfits_of_table(get_args(hint), value, where)
    elif get_origin(hint) is list:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            yield where, f"is {_shown(value)}; it must be a list in brackets, such as [{_first_name(value)}]"
    elif issubclass(hint, Enum):
        if not isinstance(value, str) or value not in hint.__members__:
            known = ", ".join(hint.__members__)
            yield (
                where,
                f"is {_shown(value)}; it must be one of {known}{suggestion(str(value), hint.__members__)}",
            )
    elif not _fits(hint, value):
        yield where, f"is {_shown(value)}; it must be {PLAIN_TYPES[hint]}"


def _misfits_of_group(kind: type, value: Any, where: KeyPath) -> Iterator[Misfit]:
    if isinstance(value, Mapping):
        yield from misfits(kind, value, where)
    else:
        yield where, f"is {_shown(value)}; it must be a group of keys: {', '.join(get_type_hints(kind))}"


def _misfits_of_table(kinds: tuple[Any, ...], value: Any, where: KeyPath) -> Iterator[Misfit]:
    by_year, by_factor = kinds[0] is int, kinds == (str, Any)
    if not isinstance(value, Mapping):
        what = "years" if by_year else where[-1] if by_factor else "functions"
        yield where, f"is {_shown(value)}; it must be a group of {what}"
        return
    if by_factor:
        return  # factors are checked when all settings are known
    known = load_catalogue().keys
    for key, item in value.items():
        place = (*where, str(key))
        if by_year and (not isinstance(key, int) or isinstance(key, bool)):
            yield place, "is not a year; write it as 2030, without quotes"
        elif not by_year and key not in known:
            yield place, f"is unknown{suggestion(str(key), known)}"
        else:
            yield from _misfits_of_group(Law if by_year else kinds[1], item, place)


def _fits(kind: type, value: Any) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _shown(value: Any) -> str:
    return "empty" if value is None else repr(value)


def _first_name(value: Any) -> str:
    return value if isinstance(value, str) else "first,second"


def check_chain(root: Path, group: Group, name: str) -> list[ConfigFile]:
    """Read the files behind a choice and check each one.

    Raises ConfigurationError with every wrong key of all of them.
    """
    chain = read_chain(root, group, name)
    lines = [line for file in chain for line in _file_problems(file, group)]
    if lines:
        raise ConfigurationError(*lines)
    return chain


def _file_problems(file: ConfigFile, group: Group) -> Iterator[str]:
    if group.name == "scenarios":
        yield from _scenario_problems(file)
    for path, message in [*misfits(group.kind, file.values), *_references(file.values)]:
        yield f"{file.at(path)}: {'.'.join(path)} {message}"


def _references(value: Any, place: KeyPath = ()) -> Iterator[Misfit]:
    """Yield where a value refers to another, or to this machine: a file that is handed on must not."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _references(part, (*place, str(key)))
    elif isinstance(value, list):
        for part in value:
            yield from _references(part, place)
    elif isinstance(value, str) and REFERENCE in value:
        yield place, f"refers to something else, {_shown(value)}; write the value itself"


def _scenario_problems(file: ConfigFile) -> Iterator[str]:
    if file.package != "scenario":
        yield f"{file.label}: its header is missing; write '# @package scenario' as the first line"
    if not file.bases and file.name != PRESENT_LAW and "functions" not in file.values:
        yield f"{file.label}: defaults is missing; a reform begins with 'defaults: [{PRESENT_LAW}, _self_]'"
    for text in ("title", "reason"):
        given = file.values.get(text)
        if given is None:
            yield f"{file.label}: {text} is missing; give it in Italian (it) and English (en)"
        elif isinstance(given, Mapping):
            for language, word in LANGUAGES.items():
                if not str(given.get(language) or "").strip():
                    where = file.at((text, language))
                    yield f"{where}: {text}.{language} is missing; give the {text} in {word}"


def locate(problem: Problem, chains: Mapping[str, list[ConfigFile]], given: Mapping[str, str]) -> str:
    """Return the line to show for a problem of composed settings: where its key was written, and the problem.

    `chains` has the files behind each part of the settings, the strongest first; `given` maps keys of the
    command line to the argument that wrote them.
    """
    for key, argument in given.items():
        if _related(key, problem.key):
            return f"command line, {argument}: {problem}"
    part, *rest = problem.key.split(".")
    for path in _places(tuple(rest)):
        for file in chains.get(part, []):
            if path in file.lines:
                return f"{file.at(path)}: {'.'.join(path)} {problem.message}"
    chain = chains.get(part, [])
    return f"{chain[0].label}: {'.'.join(rest)} {problem.message}" if chain else str(problem)


def _related(key: str, other: str) -> bool:
    return f"{key}.".startswith(f"{other}.") or f"{other}.".startswith(f"{key}.")


def _places(path: KeyPath) -> Iterator[KeyPath]:
    """Yield places of a key: a dated change repeats the law; factors and levers are one word."""
    yield path
    if path[0] == "changes":
        _, _year, *below = path
        yield tuple(below)
    if path[0] in ("factors", "levers"):
        yield path[0], ".".join(path[1:])
