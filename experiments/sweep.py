"""Varia le impostazioni e misura gli effetti / vary settings and measure what comes out."""

from typing import TYPE_CHECKING

from experiments.threads import limit_threads

if TYPE_CHECKING:
    from areavasta.settings import Settings
    from experiments._hydra import Invocation
    from experiments.designs.design import Design

EXAMPLES = (
    (
        "sweep=costs",
        "i costi del lavoro comune, da conf/sweep/costs.yaml / costs of joint work, from that file",
    ),
    ("sweep=fund scenarios=needs_based_fund sweep.communes=true", "anche per Comune / by commune too"),
    (
        "'sweep.factors={scenario.equalisation.cut_per_head: {low: 0, high: 40}, run.seed: [1, 2]}'",
        "ciò che si vuole, fra due valori o da un elenco / what you like, over a range or a list",
    ),
    (
        "'sweep.factors={scenarios: [status_quo, fund_cut]}' sweep.method=grid",
        "anche gli scenari sono un fattore / scenarios are a factor too",
    ),
)

CHOICES = ("sweep", "scenarios", "territory", "run", "engine")


WITHOUT_PART = {
    "reforms": "a sweep compares none; make them a factor: 'sweep.factors={scenarios: [status_quo, NAME]}'"
}
"""Settings that have no part in a sweep: to give them is a mistake."""


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    limit_threads()
    from experiments._hydra import run_hydra

    return run_hydra(arguments, "sweep", sweep)


def sweep(settings: "Settings", invocation: "Invocation") -> int:
    """Run the design of the settings, what is not stored yet; write one tidy table and charts."""
    from experiments._config_files import ConfigurationError
    from experiments.simulation import in_one_line, refuse_without_part

    refuse_without_part(invocation.overrides, WITHOUT_PART)
    if not settings.sweep.factors:
        raise ConfigurationError(
            "sweep.factors is empty; choose a file, such as sweep=costs, or write "
            "'sweep.factors={scenario.equalisation.cut_per_head: {low: 0, high: 40}}'"
        )
    return in_one_line(lambda: _sweep(settings, invocation))


def make_design(settings: "Settings", invocation: "Invocation") -> "Design":
    """Return the design that the settings ask for."""
    from experiments._config_files import GROUPS, options
    from experiments.designs.design import Design
    from experiments.designs.factors import read_factors

    factors, _ = read_factors(settings.sweep.factors, options(invocation.root, GROUPS["scenarios"]))
    return Design.of_sweep(settings.sweep, factors, settings.run.seed)


def make_laws(settings: "Settings", invocation: "Invocation", design: "Design") -> "dict[str, Settings]":
    """Return the settings of every scenario of the design; without that factor, of the chosen one alone."""
    from experiments._config_files import PRESENT_LAW
    from experiments._hydra import compose_reform
    from experiments.designs.keys import SCENARIOS
    from experiments.simulation import chosen

    names = [factor.values for factor in design.factors if factor.key == SCENARIOS]
    if not names:
        return {chosen(invocation.overrides, "scenarios", PRESENT_LAW): settings}
    return {str(name): compose_reform(invocation.overrides, str(name), invocation.root) for name in names[0]}


def _sweep(settings: "Settings", invocation: "Invocation") -> int:
    from datetime import datetime
    from time import perf_counter

    from experiments.charts.responses import draw_sweep
    from experiments.designs.results import read_sweep, write_sweep
    from experiments.language import LANGUAGES
    from experiments.results import results_errors, write_manifest
    from experiments.simulation import chosen, new_results
    from experiments.terminal import make_console, say_drawing, show_folder
    from experiments.terminal_sweep import show_sweep

    start, created = perf_counter(), datetime.now().astimezone()
    lang = settings.lang.value
    design = make_design(settings, invocation)
    laws = make_laws(settings, invocation, design)
    name = chosen(invocation.overrides, "sweep", settings.sweep.method.value)
    with new_results(invocation.root, "sweep", [name], created, settings.output) as results:
        manifest = write_sweep(results.path, settings, design, laws, created, invocation.root)
        outcome = read_sweep(results.path, manifest)
        say_drawing(lang)
        with results_errors(results.final):
            for tongue in LANGUAGES:
                draw_sweep(outcome, results.path / "charts", tongue)
            seconds = perf_counter() - start
            write_manifest(results.path, {**manifest, "wall_seconds": round(seconds, 1)})
    console = make_console()
    show_sweep(console, outcome, manifest, lang)
    show_folder(console, results.final, seconds, lang)
    return 0
