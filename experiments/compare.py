"""Confronta riforme con la legislazione vigente / compare reforms with present law."""

from typing import TYPE_CHECKING

from experiments.threads import limit_threads

if TYPE_CHECKING:
    from pathlib import Path

    from areavasta.settings import Settings
    from experiments._hydra import Invocation
    from experiments.ablation import Ablation
    from experiments.comparison import Comparison

EXAMPLES = (
    ("", "la riforma con tutti gli strumenti insieme / the reform with all instruments together"),
    (
        "'reforms=[needs_based_fund,fund_cut]' run.years=20",
        "due riforme, vent’anni / two reforms, twenty years",
    ),
    ("'reforms=[fund_cut]' run=quick lang=en", "uno sguardo, senza intervalli / a glance, without intervals"),
    ("'reforms=[fund_cut]' run=thorough", "cento coppie, per un documento / a hundred pairs, for a report"),
    ("ablate=true", "anche ciò che dà ogni strumento / what each instrument contributes too"),
)

CHOICES = ("scenarios", "territory", "run", "engine")

DEFAULT_REFORMS = ("multilevel_governance",)
"""Reform compared when the command names none: all instruments together."""


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    limit_threads()
    from experiments._hydra import run_hydra

    return run_hydra(arguments, "compare", compare)


def compare(settings: "Settings", invocation: "Invocation") -> int:
    """Compare the reforms that settings and arguments name; write results and charts, print the tables."""
    from experiments.simulation import in_one_line
    from experiments.terminal import make_console
    from experiments.terminal_words import word

    scenarios = compared(settings, invocation)
    if len(scenarios) == 1:
        make_console().print(word("nothing", settings.lang.value))
        return 0
    return in_one_line(lambda: _compare(scenarios, invocation.root))


def compared(settings: "Settings", invocation: "Invocation") -> "dict[str, Settings]":
    """Return the settings of present law and of each reform, in the order they are told.

    Reforms are those of `reforms=`, else the one of `scenarios=`, else a default set.
    """
    from dataclasses import replace

    from experiments._config_files import PRESENT_LAW
    from experiments._hydra import compose_reform
    from experiments.simulation import chosen

    present = chosen(invocation.overrides, "scenarios@present_law", PRESENT_LAW)
    named = chosen(invocation.overrides, "scenarios", "")
    reforms = settings.reforms or ([named] if named else list(DEFAULT_REFORMS))
    scenarios = {present: replace(settings, scenario=settings.present_law)}
    for name in dict.fromkeys(reforms):
        if name != present:
            scenarios[name] = compose_reform(invocation.overrides, name, invocation.root)
    return scenarios


def _compare(scenarios: "dict[str, Settings]", root: "Path") -> int:
    from datetime import datetime
    from time import perf_counter

    from experiments.ablation import build_ablation, write_ablation
    from experiments.comparison import build_comparison, write_comparison
    from experiments.instruments import variants
    from experiments.results import results_errors, write_manifest
    from experiments.simulation import new_results, simulate
    from experiments.terminal import make_console, show_comparison, show_folder
    from experiments.terminal_ablation import show_ablation

    start, created = perf_counter(), datetime.now().astimezone()
    settings = next(iter(scenarios.values()))
    lang = settings.lang.value
    parts = variants(scenarios) if settings.ablate else {}
    with new_results(root, "compare", list(scenarios)[1:], created, settings.output) as results:
        manifest = simulate(results.path, "compare", scenarios, created, root, parts)
        comparison = build_comparison(results.path, manifest)
        ablation = build_ablation(results.path, manifest) if parts else None
        with results_errors(results.final):
            write_comparison(comparison, results.path)
            if ablation is not None:
                write_ablation(ablation, results.path)
            has_map = draw(comparison, ablation, results.path / "charts", settings, lang)
            seconds = perf_counter() - start
            write_manifest(results.path, {**manifest, "wall_seconds": round(seconds, 1)})
    console = make_console()
    show_comparison(console, comparison, manifest, lang, has_map)
    if ablation is not None:
        show_ablation(console, comparison, ablation, lang)
    show_folder(console, results.final, seconds, lang)
    return 0


def draw(
    comparison: "Comparison", ablation: "Ablation | None", folder: "Path", settings: "Settings", lang: str
) -> bool:
    """Draw the charts of a comparison into a folder, in every language; return whether there is a map.

    `lang` is that in which the terminal says so.
    """
    import logging

    from areavasta.indicators import INDICATORS, MAIN_INDICATORS
    from areavasta.territory_choice import territory_folder
    from experiments.charts import draw_ablation, draw_charts
    from experiments.engine import territory_of
    from experiments.language import LANGUAGES
    from experiments.terminal import say_drawing

    # Whether there is a map is told with the results, in their language.
    logging.getLogger("experiments.charts").setLevel(logging.ERROR)
    say_drawing(lang)
    folder.mkdir()
    territory, shapes = territory_of(settings.territory), territory_folder(settings.territory)
    written = []
    for tongue in LANGUAGES:
        written += draw_charts(comparison, folder, tongue, territory, MAIN_INDICATORS, shapes)
        if ablation is not None:
            draw_ablation(comparison, ablation, folder, tongue, [INDICATORS[key] for key in MAIN_INDICATORS])
    return any("_map_" in path.name for path in written)
