"""Confronta il modello con le cifre pubblicate / compare the model with published figures."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from experiments.threads import limit_threads

if TYPE_CHECKING:
    import pandas as pd

    from areavasta.settings import Settings
    from experiments._hydra import Invocation
    from experiments.validation.rows import Row

EXAMPLES = (
    ("", "ogni cifra pubblicata e ciò che dà il modello / every published figure and what the model gives"),
    ("run=thorough lang=en", "con cento coppie, in inglese / with a hundred pairs, in English"),
)

CHOICES = ("territory", "run")

PRESENT_LAW = "status_quo"
"""Name of the folder of results."""

REFORMS = ("scenarios", "reforms", "scenario", "ablate")
"""Arguments that have no place here: present law is judged."""


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    limit_threads()
    from experiments._hydra import run_hydra

    return run_hydra(arguments, "validate", validate)


def validate(settings: "Settings", invocation: "Invocation") -> int:
    """Judge present law by every figure; write the tables and the chart, print the table."""
    from experiments._config_files import ConfigurationError
    from experiments.simulation import in_one_line

    for argument in invocation.overrides:
        key = argument.partition("=")[0].lstrip("+~")
        if key.split(".")[0].split("@")[0] in REFORMS:
            told = "names a reform, but `validate` judges present law; leave it out"
            raise ConfigurationError(f"command line: {argument} {told}")
        if key == "run.years":
            told = "has no effect: figures are measured on 2023 to 2034; leave it out"
            raise ConfigurationError(f"command line: {argument} {told}")
    if find_spec("pyfixest") is None:
        raise ConfigurationError(f"{invocation.command}: pyfixest is missing; run `make env-research`")
    return in_one_line(lambda: _validate(settings, invocation))


def _validate(settings: "Settings", invocation: "Invocation") -> int:
    from datetime import datetime
    from time import perf_counter

    from experiments.results import results_errors
    from experiments.simulation import new_results
    from experiments.terminal import make_console, show_folder
    from experiments.validation.contrasts import laws_of
    from experiments.validation.files import new_manifest, write_validation
    from experiments.validation.terminal import show_validation

    start, created, lang = perf_counter(), datetime.now().astimezone(), settings.lang.value
    with new_results(invocation.root, "validate", [PRESENT_LAW], created, settings.output) as results:
        laws = laws_of(invocation.overrides, invocation.root)
        manifest = new_manifest(laws["present"], created, invocation.root)
        rows, frames = judge(laws, lang)
        manifest["wall_seconds"] = round(perf_counter() - start, 1)
        with results_errors(results.final):
            write_validation(results.path, rows, frames, manifest)
    console = make_console()
    show_validation(console, rows, frames, manifest, lang)
    show_folder(console, results.final, perf_counter() - start, lang)
    return 0


def judge(laws: "dict[str, Settings]", lang: str) -> "tuple[list[Row], dict[str, pd.DataFrame]]":
    """Run everything; return the rows of the table, and by name the frames written beside it."""
    import pandas as pd

    from experiments.engine import pairs_of
    from experiments.terminal import with_progress
    from experiments.validation.files import drift_table, values_table
    from experiments.validation.identities import Chance, identities
    from experiments.validation.rows import rows_of
    from experiments.validation.runs import estimate_all, run_all

    present = laws["present"]
    pairs = pairs_of(present.run)
    runs = list(with_progress(run_all(laws, pairs), len(pairs), lang))
    estimates = pd.concat(estimate_all(runs, present.run.processes), ignore_index=True)
    distances = identities(Chance(present, laws["provinces_none"], present.run.seed))
    frames = {"figures": values_table(runs), "union_effect": estimates, "spin_up": drift_table(runs)}
    return rows_of(runs, distances), frames
