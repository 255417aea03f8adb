"""Calibra le costanti sui dati pubblicati / calibrate constants on published data."""

import sys
from typing import TYPE_CHECKING, Any

from experiments.refusal import refuse
from experiments.threads import limit_threads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from areavasta.settings import Settings
    from experiments._hydra import Invocation
    from experiments.calibration.problem import Numbers, Problem
    from experiments.calibration.procedure import Calibration
    from experiments.calibration.runs import KeptSimulator

EXAMPLES = (
    ("", "circa un quarto d’ora; dopo un’interruzione riprende / a quarter of an hour; resumes after a stop"),
    ("calibration.points=20 calibration.waves=1 lang=en", "una prova breve / a short trial"),
)

CHOICES = ("calibration", "territory")

WORK_FOLDER = ".calibration"
"""Folder among the results that keeps finished runs, so that the same command goes on after a kill."""

OTHER_PACKAGES = ("SALib", "scikit-learn", "pyfixest")
"""Packages whose versions only a calibration depends on."""

NEEDED = ("pyfixest", "sklearn", "threadpoolctl")
"""Modules of the research environment that a calibration needs."""


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    limit_threads()
    from experiments._hydra import run_hydra

    return run_hydra(arguments, "calibrate", calibrate)


def calibrate(settings: "Settings", invocation: "Invocation") -> int:
    """Calibrate on the figures of the plan; write tables, charts and posterior, print what came out."""
    from importlib.util import find_spec

    from experiments._config_files import ConfigurationError
    from experiments.calibration.problem import CalibrationError
    from experiments.simulation import in_one_line

    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        told = f"{', '.join(missing)} missing; run `make env-research`"
        raise ConfigurationError(f"{invocation.command}: {told}")
    try:
        return in_one_line(lambda: _calibrate(settings, invocation.root))
    except CalibrationError as error:
        return refuse(error)


def _calibrate(settings: "Settings", root: "Path") -> int:
    from datetime import datetime
    from time import perf_counter

    from experiments.calibration import procedure
    from experiments.calibration.model_runs import model_problem, model_simulator
    from experiments.calibration.terminal import show_calibration
    from experiments.engine import territory_of
    from experiments.results import results_errors, write_manifest
    from experiments.simulation import new_results
    from experiments.terminal import make_console, show_folder

    start, created = perf_counter(), datetime.now().astimezone()
    lang = settings.lang.value
    problem = model_problem(settings)
    name = territory_of(settings.territory).key
    with new_results(root, "calibrate", [name], created, settings.output) as results:
        simulator = model_simulator(settings, problem, root / "results" / WORK_FOLDER, _progress(settings))
        for path in simulator.table.damaged:
            print(f"{path}: cannot be read; its runs run again", file=sys.stderr)
        found = procedure.calibrate(problem, simulator, settings.calibration, settings.run.seed)
        with results_errors(results.final):
            manifest = write_results(results.path, found, simulator, settings, created, root)
            seconds = perf_counter() - start
            write_manifest(results.path, {**manifest, "wall_seconds": round(seconds, 1)})
        if settings.calibration.ship:
            ship(results.path)
    console = make_console()
    show_calibration(console, manifest, lang)
    show_folder(console, results.final, seconds, lang)
    return 0


def _progress(settings: "Settings") -> Any:
    from experiments.calibration.words import stage_words
    from experiments.terminal import with_progress

    lang = settings.lang.value

    def progress(stage: str, runs: "Iterator[Numbers]", total: int) -> "Iterator[Numbers]":
        told = stage_words(stage, settings.calibration.waves, lang)
        return with_progress(runs, total, lang, told)

    return progress


def write_results(
    folder: "Path",
    calibration: "Calibration",
    simulator: "KeptSimulator",
    settings: "Settings",
    created: "datetime",
    root: "Path",
) -> dict[str, Any]:
    """Write every table, the posterior and the charts; return the manifest."""
    from experiments.calibration.outcome import tables
    from experiments.calibration.shipping import draws_text, posterior_manifest, write_posterior
    from experiments.charts.calibration import draw_calibration
    from experiments.comparison import write_frame
    from experiments.language import LANGUAGES
    from experiments.terminal import say_drawing

    found = tables(calibration)
    for name, table in found.items():
        write_frame(table, folder / f"{name}.parquet")
    write_frame(runs_table(simulator, calibration.problem), folder / "runs.parquet")
    draws = draws_text(found["posterior"])
    manifest = posterior_manifest(calibration, found, provenance(settings, simulator, draws, created, root))
    write_posterior(folder / "posterior", draws, manifest)
    say_drawing(settings.lang.value)
    for lang in LANGUAGES:
        draw_calibration(found, manifest, folder / "charts", lang)
    return manifest


def provenance(
    settings: "Settings", simulator: "KeptSimulator", draws: str, created: "datetime", root: "Path"
) -> dict[str, Any]:
    """Return code, settings, territory, budget, seed and number of runs of a calibration."""
    import hashlib
    from dataclasses import asdict

    from experiments._config_files import PRESENT_LAW
    from experiments.engine import territory_of
    from experiments.manifest import PACKAGES, SHORT, make_manifest, package_versions
    from experiments.store.identity import code_version

    territory = territory_of(settings.territory)
    manifest = make_manifest("calibrate", {PRESENT_LAW: settings}, territory, created, root)
    kept = ("project", "version", "command", "created", "git", "python", "settings_hash", "language", "seed",
            "territory")  # fmt: skip
    digest = hashlib.sha256(draws.encode()).hexdigest()
    return {
        **{key: manifest[key] for key in kept},
        "packages": package_versions((*PACKAGES, *OTHER_PACKAGES)),
        "code": code_version(),
        "run_id": hashlib.sha256((manifest["settings_hash"] + digest).encode()).hexdigest()[:SHORT],
        "draws_sha256": digest,
        "plan": asdict(settings.calibration),
        "constants_screened": simulator.stages["screening"][0].shape[1],
        "runs": sum(len(values) for values, _, _ in simulator.stages.values()),
    }


def runs_table(simulator: "KeptSimulator", problem: "Problem") -> Any:
    """Return every run: stage, replicate, constants, figures."""
    import numpy as np
    import pandas as pd

    columns = [*problem.priors.names, *simulator.table.figures]
    parts = []
    for stage, (values, replicates, outputs) in simulator.stages.items():
        part = pd.DataFrame(np.column_stack([values, outputs]), columns=columns)
        part.insert(0, "stage", stage)
        part.insert(1, "replicate", replicates)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def ship(folder: "Path") -> None:
    """Put the posterior of a folder of results in the place of the one that comes with the model."""
    import json

    from areavasta.settings.posterior import DRAWS, MANIFEST, SHIPPED_FOLDER
    from experiments import _odd
    from experiments.calibration.shipping import write_posterior

    made = folder / "posterior"
    manifest = json.loads((made / MANIFEST).read_text(encoding="utf-8"))
    write_posterior(SHIPPED_FOLDER, (made / DRAWS).read_text(encoding="utf-8"), manifest)
    _odd.renew()
