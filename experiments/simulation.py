"""What `compare` and `run` share: simulate scenarios into a folder of results, and fail in one line."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from areavasta.settings import Settings
from experiments._config_files import ConfigurationError
from experiments.engine import NO_MEMORY, pairs_of, run_pairs, territory_of
from experiments.engine_processes import RunError
from experiments.instruments import Variant, describe_variants
from experiments.manifest import finish_manifest, make_manifest
from experiments.refusal import refuse
from experiments.results import ResultsError, ResultsFolder, folder_name, write_runs
from experiments.terminal import with_progress


def refuse_without_part(overrides: Sequence[str], told: Mapping[str, str]) -> None:
    """Raise ConfigurationError for an argument that has no part in a command, with what to write instead."""
    for argument in overrides:
        if instead := told.get(argument.partition("=")[0]):
            raise ConfigurationError(f"command line, {argument}: {instead}")


def in_one_line(work: Callable[[], int]) -> int:
    """Return what work returns; say in one line, with exit code 2, that a run or the results failed."""
    try:
        return work()
    except (RunError, ResultsError) as error:
        return refuse(error)
    except MemoryError:
        return refuse(NO_MEMORY)


def new_results(
    root: Path, command: str, names: Sequence[str], created: datetime, output: str | None
) -> ResultsFolder:
    """Return the folder of results that a command opens before it simulates."""
    return ResultsFolder(root / "results", command, folder_name(created, names), output)


def simulate(
    folder: Path,
    command: str,
    scenarios: dict[str, Settings],
    created: datetime,
    root: Path,
    variants: Mapping[str, Variant] | None = None,
) -> dict[str, Any]:
    """Run every pair of every scenario into a folder; return the manifest, which is not yet written.

    All share territory, run and language of the first, with which the others are compared. Of variants,
    only indicators are kept. Raises RunError for a run that fails.
    """
    others = variants or {}
    first = next(iter(scenarios.values()))
    territory, pairs = territory_of(first.territory), pairs_of(first.run)
    manifest = make_manifest(command, scenarios, territory, created, root)
    if others:
        manifest["variants"] = describe_variants(others)
    runs = {**scenarios, **{name: one.settings for name, one in others.items()}}
    results = with_progress(run_pairs(runs, pairs, others), len(pairs), first.lang.value)
    closing = write_runs(folder, results, territory)
    finish_manifest(manifest, folder, closing)
    return manifest


def chosen(overrides: Sequence[str], key: str, default: str) -> str:
    """Return the file that the command line chooses for a group, else the default."""
    names = [argument.partition("=")[2] for argument in overrides if argument.partition("=")[0] == key]
    return names[-1].strip("'\"") if names else default
