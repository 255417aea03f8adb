"""The command `discover`: run worlds, or take those of a sweep, and tell where reforms miss their goal."""

import json
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from areavasta.indicators import INDICATORS
from areavasta.settings import Settings
from experiments._config_files import GROUPS, PRESENT_LAW, ConfigurationError, options
from experiments._hydra import Invocation, compose_reform
from experiments.compare import DEFAULT_REFORMS
from experiments.designs.design import Design
from experiments.designs.factors import read_factors
from experiments.discover.outcome import POINTS, DiscoverOutcome, describe, find, outcome_of, write_found
from experiments.discover.worlds import Worlds, given_worlds, run_worlds, store_of
from experiments.engine import engine_of, territory_of
from experiments.engine_processes import RunError
from experiments.manifest import SHORT, finish_manifest, make_manifest
from experiments.simulation import chosen, in_one_line, new_results, refuse_without_part

NO_WORKBENCH = (
    "discover needs the package ema-workbench, which `make env-research` installs: it could not be loaded"
)


WITHOUT_PART = {
    "reforms": "write discover.reforms=[...]",
    **dict.fromkeys(
        ("run.draws", "run.replicates"),
        "constants vary with the world, not by draws; write discover.replicates=... for several runs of each",
    ),
}
"""Settings that have no part in a discovery: to give them is a mistake."""


def discover(settings: Settings, invocation: Invocation) -> int:
    """Find where reforms miss or reach their goal; write tables, findings and charts."""
    refuse_without_part(invocation.overrides, WITHOUT_PART)
    wanted = settings.discover
    if wanted.sweep is None and not wanted.factors:
        raise ConfigurationError(
            "discover.factors is empty; choose a file, such as discover=uncertain_world, or write "
            "'discover.factors={scenario.context.ageing: {low: 0, high: 3}}'"
        )
    return in_one_line(lambda: _discover(settings, invocation))


def reforms_asked(settings: Settings, invocation: Invocation) -> list[str]:
    """Return the reforms: those of `discover.reforms`, else the one of `scenarios=`, else the default."""
    named = chosen(invocation.overrides, "scenarios", "")
    asked = settings.discover.reforms or ([named] if named else list(DEFAULT_REFORMS))
    present = chosen(invocation.overrides, "scenarios@present_law", PRESENT_LAW)
    reforms = [name for name in asked if name != present]
    if not reforms:
        raise ConfigurationError(
            f"discover.reforms names {present} alone, which is present law; name a reform, such as "
            "discover.reforms=[needs_based_fund]"
        )
    return reforms


def _discover(settings: Settings, invocation: Invocation) -> int:
    from experiments.charts.discover import draw_discover
    from experiments.discover.terminal import show_discover
    from experiments.language import LANGUAGES
    from experiments.results import results_errors, write_manifest
    from experiments.terminal import make_console, say_drawing, show_folder

    start, created = perf_counter(), datetime.now().astimezone()
    lang, wanted = settings.lang.value, settings.discover
    _check_workbench()
    names = ["given"] if wanted.sweep else reforms_asked(settings, invocation)
    with new_results(invocation.root, "discover", names, created, settings.output) as results:
        worlds, manifest = _worlds(settings, invocation, created)
        outcome, manifest = _write(results.path, settings, worlds, manifest)
        say_drawing(lang)
        with results_errors(results.final):
            for tongue in LANGUAGES:
                draw_discover(outcome, results.path / "charts", tongue)
            seconds = perf_counter() - start
            write_manifest(results.path, {**manifest, "wall_seconds": round(seconds, 1)})
    console = make_console()
    show_discover(console, outcome, lang)
    show_folder(console, results.final, seconds, lang)
    return 0


def _check_workbench() -> None:
    """Say in one line, before anything runs, that the workbench is not there."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import ema_workbench.analysis.prim  # noqa: F401
        except ImportError as error:
            raise RunError(f"{NO_WORKBENCH} ({error})") from None


def _worlds(settings: Settings, invocation: Invocation, created: datetime) -> tuple[Worlds, dict[str, Any]]:
    """Return the worlds and the manifest that goes with them."""
    wanted = settings.discover
    if wanted.sweep is not None:
        worlds, manifest = given_worlds(wanted.sweep, INDICATORS[wanted.criterion.indicator])
        return worlds, {
            **manifest, "command": "discover", "created": created.isoformat(timespec="seconds"),
            "of_run": manifest["run_id"],
        }  # fmt: skip
    return _own_worlds(settings, invocation, created)


def _own_worlds(
    settings: Settings, invocation: Invocation, created: datetime
) -> tuple[Worlds, dict[str, Any]]:
    from experiments.terminal import run_progress

    wanted = settings.discover
    factors, _ = read_factors(wanted.factors, options(invocation.root, GROUPS["scenarios"]), "discover")
    design = Design.latin_hypercube(factors, wanted.points, settings.run.seed)
    present = chosen(invocation.overrides, "scenarios@present_law", PRESENT_LAW)
    laws = {present: replace(settings, scenario=settings.present_law)}
    for name in reforms_asked(settings, invocation):
        laws[name] = compose_reform(invocation.overrides, name, invocation.root)
    store = store_of(wanted.store, invocation.root, engine_of(settings.engine))
    with run_progress(settings.lang.value) as progress:
        worlds = run_worlds(settings, laws, design, store, progress)
    if worlds.factors.empty:
        raise RunError("every world has a run that failed; `store check` and `sweep` tell why")
    territory = territory_of(settings.territory)
    manifest = make_manifest("discover", laws, territory, created, invocation.root)
    return worlds, manifest | {"draws": 0, "replicates": wanted.replicates, "pairs": wanted.replicates}


def _write(
    folder: Path, settings: Settings, worlds: Worlds, manifest: dict[str, Any]
) -> tuple[DiscoverOutcome, dict[str, Any]]:
    """Find boxes and regret, write them, and finish the manifest."""
    wanted = settings.discover
    found = find(worlds, wanted, settings.run.seed)
    titles = {name: told["title"] for name, told in manifest["scenarios"].items()}
    write_found(folder, worlds, *found, wanted, titles)
    manifest["discover"] = describe(wanted, worlds)
    digest = sha256(manifest["settings_hash"].encode())
    digest.update(json.dumps(manifest["discover"], sort_keys=True).encode())
    manifest["settings_hash"] = digest.hexdigest()[:SHORT]
    finish_manifest(manifest, folder, worlds.closing, POINTS)
    return outcome_of(wanted, worlds, found, manifest), manifest
