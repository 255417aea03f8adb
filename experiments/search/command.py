"""The command `search`: look for reforms that no other beats, or for the least change that reaches a goal."""

import shlex
from collections.abc import Sequence
from datetime import datetime
from time import perf_counter

from areavasta.settings import Settings
from experiments._config_files import ConfigurationError
from experiments._hydra import Invocation
from experiments.simulation import chosen, in_one_line, new_results


def search(settings: Settings, invocation: Invocation) -> int:
    """Search as the settings ask; write tables, found reforms as scenarios, and charts."""
    if not settings.search.levers:
        raise ConfigurationError(
            "search.levers is empty; choose a file, such as search=governance, or write "
            "'search.levers={scenario.codecision.rule: {}, scenario.facilitation.level: {low: 0, high: 0.6}}'"
        )
    try:
        import pymoo  # noqa: F401
    except ImportError:
        raise ConfigurationError("search: pymoo is missing; run `make env-research`") from None
    return in_one_line(lambda: _search(settings, invocation))


def _search(settings: Settings, invocation: Invocation) -> int:
    from experiments.charts.search import draw_search
    from experiments.language import LANGUAGES
    from experiments.results import results_errors, write_manifest
    from experiments.search.running import run_and_write
    from experiments.search.terminal import show_how_to_compare, show_search
    from experiments.terminal import make_console, say_drawing, short, show_folder

    start, created = perf_counter(), datetime.now().astimezone()
    lang = settings.lang.value
    name = chosen(invocation.overrides, "search", "goal" if settings.search.goal.indicator else "reforms")
    with new_results(invocation.root, "search", [name], created, settings.output) as results:
        outcome, manifest = run_and_write(results.path, settings, invocation, created)
        say_drawing(lang)
        with results_errors(results.final):
            for tongue in LANGUAGES:
                draw_search(outcome, results.path / "charts", tongue)
            seconds = perf_counter() - start
            write_manifest(results.path, {**manifest, "wall_seconds": round(seconds, 1)})
    console = make_console()
    show_search(console, outcome, lang)
    show_folder(console, results.final, seconds, lang)
    if outcome.recommended is not None:
        name = outcome.recommended.name
        show_how_to_compare(short(results.final), same_runs(invocation.overrides), name, lang)
    return 0


def same_runs(overrides: Sequence[str]) -> list[str]:
    """Return the arguments with which a comparison has the same present law, territory, years and draws."""
    kept = [
        argument
        for argument in overrides
        if argument.lstrip("+").startswith(("territory", "run", "parameters.", "present_law", "lang"))
        or argument.startswith("scenarios@present_law")
    ]
    return [shlex.quote(argument) for argument in kept]
