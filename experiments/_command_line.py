"""Arguments `key=value` of the commands: checked against the settings and the files there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException
from omegaconf import OmegaConf

from areavasta.settings import Settings, suggestion
from experiments._config_checks import misfits
from experiments._config_files import GROUPS, ConfigurationError, KeyPath, options, unknown_option

LISTS = "write lists in brackets and quotes: '{key}=[first,second]'"

FREE_KEYS = (
    "sweep.factors=", "sensitivity.factors=", "sensitivity.groups=", "search.levers=", "search.objectives=",
    "search.constraints=", "search.shocks=", "discover.factors=",
)  # fmt: skip
"""Starts of arguments whose keys are the user's own: what is varied, what is aimed at."""


@dataclass(frozen=True)
class CommandLine:
    """Checked arguments, as Hydra takes them: the files they choose, and the argument that wrote each key."""

    arguments: tuple[str, ...]
    choices: dict[str, list[str]]
    given: dict[str, str]


def default_choices(root: Path) -> dict[str, list[str]]:
    """Return the files that hold when the command line names no other."""
    defaults = OmegaConf.select(OmegaConf.load(root / "conf" / "config.yaml"), "defaults")
    chosen = {str(key): name for item in defaults if isinstance(item, Mapping) for key, name in item.items()}
    return {key: [name] for key, name in chosen.items() if key.partition("@")[0] in GROUPS}


def read_command_line(arguments: tuple[str, ...], root: Path, multirun: bool = False) -> CommandLine:
    """Check arguments; a Hydra session must be open, for patterns of file names.

    Raises ConfigurationError with every argument that is wrong and what would be right.
    """
    choices = default_choices(root)
    parser = OverridesParser.create(config_loader=GlobalHydra.instance().config_loader())
    given: dict[str, str] = {}
    lines: list[str] = []
    for argument in arguments:
        try:
            override = parser.parse_overrides([argument])[0]
        except HydraException:
            lines.append(f"command line: {_unreadable(argument, root)}")
            continue
        if override.is_hydra_override():
            continue
        group = GROUPS.get(override.key_or_group)
        problems = list(_form_problems(override, multirun, choices))
        if group is not None and not problems:
            names = (
                list(override.sweep_string_iterator()) if override.is_sweep_override() else [_name(override)]
            )
            choices[override.get_key_element()] = names
            problems = [
                unknown_option(root, group, name) for name in names if name not in options(root, group)
            ]
        elif not problems:
            given[override.key_or_group] = argument
            problems = list(_value_problems(override, root))
        lines += [f"command line, {argument}: {problem}" for problem in problems]
    if lines:
        raise ConfigurationError(*lines)
    # Factors are keys that no file has yet: Hydra takes them only when it is told that they are new.
    told = tuple(f"++{argument}" if argument.startswith(FREE_KEYS) else argument for argument in arguments)
    return CommandLine(told, choices, given)


def _unreadable(argument: str, root: Path) -> str:
    if "=" in argument:
        key = argument.partition("=")[0]
        return f"'{argument}' cannot be read; {LISTS.format(key=key)}"
    if argument in options(root, GROUPS["scenarios"]):
        return f"'{argument}' is not key=value; did you mean 'reforms=[{argument}]' or scenarios={argument}?"
    return f"'{argument}' is not key=value"


def _form_problems(override: Override, multirun: bool, choices: dict[str, list[str]]) -> Iterator[str]:
    key = override.key_or_group
    if override.is_delete():
        yield "keys cannot be removed; set another value"
    elif override.package is not None and override.get_key_element() not in choices:
        yield f"{key} cannot go to '{override.package}'; use {key}=... or scenarios@present_law=..."
    elif key == "scenario.changes" or key.startswith("scenario.changes."):
        if key != "scenario.changes" or not override.is_add():
            yield "write dated changes as '+scenario.changes={2030: {equalisation: {cut_per_head: 40.0}}}'"
    elif override.is_sweep_override() and not multirun:
        if get_origin(_type_of(key)) is list:
            yield LISTS.format(key=key)
        elif key in GROUPS:
            yield "gives several names; choose one, or add -m to run each"
        else:
            yield "gives several values; write decimals with a point, or add -m to run each value"
    elif override.is_sweep_override() and not override.is_discrete_sweep():
        yield "an interval has no list of values; write range(first,last,step) or the values"


def _name(override: Override) -> str:
    return str(override.get_value_element_as_str())


def _value_problems(override: Override, root: Path) -> Iterator[str]:
    key = override.key_or_group
    parts = key.split(".")
    values = list(override.sweep_iterator()) if override.is_sweep_override() else [override.value()]
    for value in values:
        tree: Any = value
        for part in reversed(parts):
            tree = {part: tree}
        for path, message in misfits(Settings, tree):
            yield f"{'.'.join(path)} {_told(path, message, value, root)}"


def _told(path: KeyPath, message: str, value: object, root: Path) -> str:
    if path in (("scenario",), ("present_law",)) and value in options(root, GROUPS["scenarios"]):
        return f"is a group of keys; did you mean scenarios={value}?"
    if len(path) == 1 and message.startswith("is unknown"):
        word = path[0]
        known = [*GROUPS, *_leaves(Settings, "")]
        same = [key for key in known if key.rpartition(".")[2] == word]
        return f"is unknown{f'; did you mean {same[0]}?' if same else suggestion(word, known)}"
    return message


def _leaves(kind: type, place: str) -> Iterator[str]:
    for name, hint in get_type_hints(kind).items():
        key = f"{place}.{name}".lstrip(".")
        if isinstance(hint, type) and is_dataclass(hint):
            yield from _leaves(hint, key)
        else:
            yield key


def _type_of(key: str) -> Any:
    hint: Any = Settings
    for part in key.split("."):
        if get_origin(hint) is dict:
            hint = get_args(hint)[1]
        elif is_dataclass(hint) and isinstance(hint, type):
            hint = get_type_hints(hint).get(part)
        else:
            return None
    return hint
