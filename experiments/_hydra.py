"""The only place that knows Hydra: composes settings from `conf/`, `scenarios/` and the command line."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from hydra.core.config_search_path import ConfigSearchPath
from hydra.core.config_store import ConfigStore
from hydra.core.global_hydra import GlobalHydra
from hydra.core.hydra_config import HydraConfig
from hydra.core.plugins import Plugins
from hydra.errors import HydraException
from hydra.plugins.search_path_plugin import SearchPathPlugin
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from areavasta.functions import load_catalogue
from areavasta.settings import Problem, Settings, SettingsError, check_settings
from areavasta.settings.check import choices
from areavasta.settings.uncertain import constants_by_key
from areavasta.territory import TerritoryError
from areavasta.territory_choice import shipped_territories, territory_folder
from experiments._command_line import CommandLine, read_command_line
from experiments._config_checks import check_chain, locate
from experiments._config_files import (
    BUILT_TERRITORIES,
    GROUPS,
    ConfigFile,
    ConfigurationError,
    options,
    unknown_option,
)
from experiments._help import settings_help
from experiments.designs.factors import sweep_problems
from experiments.discover.checks import discover_problems
from experiments.engine_processes import quiet_mesa
from experiments.refusal import refuse
from experiments.search.checks import search_problems
from experiments.sensitivity.checks import sensitivity_problems

PROJECT_ROOT = Path(__file__).resolve().parent.parent
"""Folder that holds `conf/` and `scenarios/`."""


@dataclass(frozen=True)
class Invocation:
    """What a command was called with: its name, and the arguments that composed its settings."""

    command: str
    overrides: tuple[str, ...] = ()
    root: Path = PROJECT_ROOT


Task = Callable[[Settings, Invocation], int]
"""Work of a command; it returns the exit code."""


class ScenarioSearchPath(SearchPathPlugin):
    """Make `scenarios/`, which stands beside `conf/`, and built territories groups of options."""

    def manipulate_search_path(self, search_path: ConfigSearchPath) -> None:
        """Append the folders above the project's `conf/` and built tables; leave other applications alone."""
        for element in search_path.get_path():
            folder = Path((element.path or "").removeprefix("file://"))
            if element.provider == "main" and (folder.parent / "scenarios").is_dir():
                search_path.append("area_vasta", f"file://{folder.parent}")
                built = (folder.parent / BUILT_TERRITORIES).parent
                search_path.append("area_vasta_built", f"file://{built}")
                return


ConfigStore.instance().store(name="settings_schema", node=Settings)


def compose(*overrides: str, root: Path = PROJECT_ROOT) -> Settings:
    """Return checked settings, from the project's files and `key=value` arguments.

    Works from any folder, also inside another Hydra application, and leaves no Hydra state behind.
    Raises ConfigurationError, whose text has one line for each problem.
    """
    with _session(root):
        return _settings(read_command_line(overrides, root), root)


def compose_reform(overrides: Sequence[str], name: str, root: Path = PROJECT_ROOT) -> Settings:
    """Return the settings of a reform: the scenario `name` with the same other arguments.

    Raises ConfigurationError as `compose` does.
    """
    others = [argument for argument in overrides if argument.split("=")[0] not in ("scenarios", "reforms")]
    return compose(*others, f"scenarios={name}", root=root)


def run_hydra(arguments: Sequence[str], command: str, task: Task, root: Path = PROJECT_ROOT) -> int:
    """Run a command on composed settings and return its exit code.

    With `-m` the command runs once for every combination of values. `--cfg` prints the settings instead,
    `--help` what can be set. Every mistake in files or arguments is one line on standard error.
    """
    quiet_mesa()
    flags = {argument for argument in arguments if argument.startswith("-")}
    overrides = tuple(argument for argument in arguments if argument not in flags)
    invocation = Invocation(command, overrides, root)
    if flags & {"-h", "--help"}:
        print(settings_help(command, root))
        return 0
    if unknown := flags - {"-m", "--multirun", "--cfg"}:
        told = "there are -m, --cfg and --help; settings are written key=value, such as lang=en"
        return refuse(f"command line: {min(unknown)} is unknown; {told}")
    if "--cfg" in flags:
        return _reporting(lambda: _show(invocation))
    if flags:
        return _reporting(lambda: _run_many(invocation, task))
    return _run_one(invocation, task)


def _run_one(invocation: Invocation, task: Task) -> int:
    return _reporting(lambda: task(compose(*invocation.overrides, root=invocation.root), invocation))


def _run_many(invocation: Invocation, task: Task) -> int:
    def job(_: DictConfig) -> int:
        chosen = tuple(HydraConfig.get().overrides.task)
        return _run_one(replace(invocation, overrides=chosen), task)

    with _session(invocation.root), tempfile.TemporaryDirectory() as scratch:
        line = read_command_line(invocation.overrides, invocation.root, multirun=True)
        _chains(line, invocation.root)
        hydra = GlobalHydra.instance().hydra
        assert hydra is not None
        # Hydra insists on writing each job's folder; what it writes there nobody needs.
        folders = [f"hydra.sweep.dir={scratch}", f"hydra.run.dir={scratch}"]
        with _one_line():
            batches = hydra.multirun("config", job, [*folders, *line.arguments])
    return max((result.return_value for batch in batches or [] for result in batch), default=0)


def _show(invocation: Invocation) -> int:
    with _session(invocation.root):
        line = read_command_line(invocation.overrides, invocation.root)
        _settings(line, invocation.root)
        with _one_line():
            print(OmegaConf.to_yaml(hydra_compose("config", list(line.arguments))), end="")
    return 0


def _reporting(work: Callable[[], int]) -> int:
    try:
        return work()
    except (ConfigurationError, SettingsError, TerritoryError) as error:
        return refuse(error)


@contextmanager
def _session(root: Path) -> Iterator[None]:
    # Each time, since launchers that start other processes make Hydra's list of plugins anew in them.
    Plugins.instance().register(ScenarioSearchPath)
    outer = GlobalHydra.instance().hydra
    GlobalHydra.instance().clear()
    try:
        with initialize_config_dir(str(root / "conf"), job_name="area_vasta", version_base="1.3"):
            yield
    finally:
        GlobalHydra.instance().hydra = outer


@contextmanager
def _one_line() -> Iterator[None]:
    """Turn what Hydra says of a mistake that the checks before did not foresee into one line."""
    try:
        yield
    except (HydraException, OmegaConfBaseException) as error:
        deepest: BaseException = error
        while deepest.__cause__ is not None:
            deepest = deepest.__cause__
        told = " ".join((str(deepest) or str(error)).split("full_key")[0].split())
        raise ConfigurationError(f"configuration: {told}") from None


def _settings(line: CommandLine, root: Path) -> Settings:
    chains = _chains(line, root)
    with _one_line():
        settings = OmegaConf.to_object(hydra_compose("config", list(line.arguments)))
    assert isinstance(settings, Settings)
    settings.territory.folder = _placed(settings.territory.folder, root)
    # What somebody writes for a constant holds in every draw, whatever is known about it.
    written = [key for key in line.given if key in constants_by_key() and key not in settings.run.held]
    settings.run.held += written
    problems = [
        *_unknown_names(settings, root),
        *sweep_problems(settings.sweep, options(root, GROUPS["scenarios"])),
        *sensitivity_problems(settings.sensitivity, options(root, GROUPS["scenarios"])),
        *search_problems(settings.search, settings.scenario, options(root, GROUPS["scenarios"])),
        *discover_problems(settings.discover, options(root, GROUPS["scenarios"])),
    ]
    try:
        check_settings(settings, load_catalogue())
    except SettingsError as error:
        problems += error.problems
    if problems:
        raise ConfigurationError(*(locate(problem, chains, line.given) for problem in problems))
    return settings


def _placed(folder: str | None, root: Path) -> str | None:
    """Return a folder that is not in the working directory but in the project as a path from here."""
    if folder is None or Path(folder).is_dir() or not (root / folder).is_dir():
        return folder
    return os.path.relpath(root / folder)


def _unknown_names(settings: Settings, root: Path) -> Iterator[Problem]:
    group = GROUPS["scenarios"]
    for name in settings.reforms:
        if name not in options(root, group):
            yield Problem("reforms", f"names {name}, but {unknown_option(root, group, name)}")
    choice = settings.territory
    folder = territory_folder(choice)
    if choice.folder is not None and folder is not None and not folder.is_dir():
        yield Problem("territory.folder", f"is {folder}, which is not a folder")
    elif choice.folder is None and folder is not None and choice.name not in shipped_territories():
        yield Problem("territory.name", f"is {choice.name}; {choices(choice.name, shipped_territories())}")


def _chains(line: CommandLine, root: Path) -> dict[str, list[ConfigFile]]:
    """Check every chosen file; return those behind each part of the settings, the strongest first."""
    chains: dict[str, list[ConfigFile]] = {}
    lines: list[str] = []
    for choice, names in line.choices.items():
        group_name, _, part = choice.partition("@")
        group = GROUPS[group_name]
        for name in names:
            try:
                chain = check_chain(root, group, name)
            except ConfigurationError as error:
                lines += error.lines
                continue
            chains[part or group.key] = chain
            if part == "present_law" and len(chain) > 1:
                lines.append(f"{chain[0].label}: only a whole law, without defaults, can be the present law")
    if lines:
        raise ConfigurationError(*lines)
    return chains
