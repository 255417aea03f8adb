"""The command `sensitivity`: run an analysis, or analyse a finished sweep, and write what it says."""

from datetime import datetime
from time import perf_counter

from areavasta.settings import Settings
from areavasta.settings.sensitivity import Outcome
from experiments._config_files import PRESENT_LAW, ConfigurationError
from experiments._hydra import Invocation
from experiments.designs.keys import SCENARIOS
from experiments.simulation import chosen, in_one_line, new_results, refuse_without_part

WITHOUT_PART = dict.fromkeys(
    ("run.draws", "run.replicates"),
    "parameters are not drawn here; write sensitivity.replicates=... for several runs of each point",
)
"""Settings that have no part in an analysis: to give them is a mistake."""


def sensitivity(settings: Settings, invocation: Invocation) -> int:
    """Analyse what the settings ask for; write tables, verdicts and charts."""
    refuse_without_part(invocation.overrides, WITHOUT_PART)
    wanted = settings.sensitivity
    if not wanted.factors and wanted.sweep is None:
        raise ConfigurationError(
            "sensitivity.factors is empty; choose a file, such as sensitivity=screening, or write "
            "'sensitivity.factors={parameters.cost.duplication: {}}'"
        )
    _check_reform(settings, invocation)
    return in_one_line(lambda: _sensitivity(settings, invocation))


def _check_reform(settings: Settings, invocation: Invocation) -> None:
    wanted = settings.sensitivity
    if (
        wanted.of is Outcome.effect
        and settings.scenario == settings.present_law
        and SCENARIOS not in wanted.factors
    ):
        name = chosen(invocation.overrides, "scenarios", PRESENT_LAW)
        raise ConfigurationError(
            f"sensitivity.of is effect, but scenarios={name} is present law; name a reform, such as "
            "scenarios=needs_based_fund"
        )


def _sensitivity(settings: Settings, invocation: Invocation) -> int:
    from experiments.charts.sensitivity import draw_sensitivity
    from experiments.language import LANGUAGES
    from experiments.results import results_errors, write_manifest
    from experiments.sensitivity.results import write_verdicts
    from experiments.sensitivity.running import given_analysis, own_analysis
    from experiments.sensitivity.terminal import show_sensitivity
    from experiments.terminal import make_console, say_drawing, show_folder

    start, created = perf_counter(), datetime.now().astimezone()
    lang, wanted = settings.lang.value, settings.sensitivity
    method = "given" if wanted.sweep is not None else wanted.method.value
    names = [
        chosen(invocation.overrides, "sensitivity", method),
        chosen(invocation.overrides, "scenarios", ""),
    ]
    with new_results(
        invocation.root, "sensitivity", [name for name in names if name], created, settings.output
    ) as results:
        analysed = given_analysis if wanted.sweep is not None else own_analysis
        outcome, manifest = analysed(results.path, settings, invocation, created)
        write_verdicts(results.path, outcome)
        say_drawing(lang)
        with results_errors(results.final):
            for tongue in LANGUAGES:
                draw_sensitivity(outcome, results.path / "charts", tongue)
            seconds = perf_counter() - start
            write_manifest(results.path, {**manifest, "wall_seconds": round(seconds, 1)})
    console = make_console()
    show_sensitivity(console, outcome, lang)
    show_folder(console, results.final, seconds, lang)
    return 0
