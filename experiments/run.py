"""Simula uno scenario, anno per anno / simulate one scenario, year by year."""

from typing import TYPE_CHECKING

from experiments.threads import limit_threads

if TYPE_CHECKING:
    from areavasta.settings import Settings
    from experiments._hydra import Invocation

EXAMPLES = (
    ("lang=en", "la legislazione vigente, in inglese / present law, in English"),
    ("scenarios=fund_cut run.years=20 run.seed=2", "una riforma, vent’anni / a reform, twenty years"),
    ("-m 'scenarios=glob(*)' run=quick", "tutti gli scenari, uno dopo l’altro / every scenario in turn"),
    ("--cfg scenarios=fund_cut", "tutte le chiavi e i valori, senza simulare / every key and value, no run"),
)

CHOICES = ("scenarios", "territory", "run", "engine")


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    limit_threads()
    from experiments._hydra import run_hydra

    return run_hydra(arguments, "run", run)


def run(settings: "Settings", invocation: "Invocation") -> int:
    """Simulate the scenario of the settings; write its tables and print its indicators by year."""
    from experiments._config_files import PRESENT_LAW
    from experiments.simulation import chosen, in_one_line

    name = chosen(invocation.overrides, "scenarios", PRESENT_LAW)
    return in_one_line(lambda: _run(name, settings, invocation))


def _run(name: str, settings: "Settings", invocation: "Invocation") -> int:
    from datetime import datetime
    from time import perf_counter

    from experiments.comparison_indicators import quantile_table, read_indicators
    from experiments.results import results_errors, write_manifest
    from experiments.simulation import new_results, simulate
    from experiments.terminal import make_console, show_folder, show_run

    start, created = perf_counter(), datetime.now().astimezone()
    lang = settings.lang.value
    with new_results(invocation.root, "run", [name], created, settings.output) as results:
        manifest = simulate(results.path, "run", {name: settings}, created, invocation.root)
        with results_errors(results.final):
            table = read_indicators(results.path / "indicators.parquet", [name])
            seconds = perf_counter() - start
            write_manifest(results.path, {**manifest, "wall_seconds": round(seconds, 1)})
    console = make_console()
    show_run(console, quantile_table(table, table.values, [name]), manifest, name, lang)
    show_folder(console, results.final, seconds, lang)
    return 0
