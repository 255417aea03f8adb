"""What a command says in the terminal, in Italian or English, in 80 to 100 columns."""

import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from areavasta.indicators import MAIN_INDICATORS
from experiments import language
from experiments.comparison import Comparison
from experiments.terminal_words import word

WIDEST = 100
"""Columns beyond which lines get hard to read."""

SECONDS_PER_MINUTE = 60

Item = TypeVar("Item")


def make_console(width: int | None = None) -> Console:
    """Return a console for results; colours appear in a terminal alone."""
    console = Console(highlight=False, markup=False, emoji=False, width=width)
    if width is None:
        console.width = min(console.width, WIDEST)
    return console


class _Rate(ProgressColumn):
    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang

    def render(self, task: Task) -> Text:
        """Write pairs a second and the time left."""
        return Text(_pace(task, self.lang))


def _pace(task: Task, lang: str) -> str:
    """Write pairs a second and the time left; nothing as long as neither is known."""
    if not task.speed:
        return ""
    told = word("rate", lang, rate=language.number(task.speed, lang, 1))
    if task.time_remaining is None:
        return told
    minutes, seconds = divmod(round(task.time_remaining), SECONDS_PER_MINUTE)
    return f"{told}, {word('remaining', lang, time=f'{minutes}:{seconds:02d}')}"


def with_progress(items: Iterable[Item], total: int, lang: str, doing: str | None = None) -> Iterator[Item]:
    """Yield items and show how far they are, as `run_progress` does."""
    with run_progress(lang, doing) as show:
        show(0, total)
        for done, item in enumerate(items, start=1):
            show(done, total)
            yield item


@contextmanager
def run_progress(lang: str, doing: str | None = None) -> Iterator[Callable[[int, int], None]]:
    """Give a function that shows how many runs of how many are done, on standard error.

    In a terminal that is a bar, elsewhere, as under a scheduler, a line a minute. `doing` says in words what
    is done; else it is simulating.
    """
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(lang))
    due = time.monotonic() + SECONDS_PER_MINUTE
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(doing or word("simulating", lang), total=None)

        def show(done: int, total: int) -> None:
            nonlocal due
            progress.update(task, completed=done, total=total)
            if not console.is_terminal and time.monotonic() >= due:
                due = time.monotonic() + SECONDS_PER_MINUTE
                print(_line(progress.tasks[0], lang), file=sys.stderr, flush=True)

        yield show


def _line(task: Task, lang: str) -> str:
    """Write how far a task is."""
    done, total = (language.number(count or 0, lang) for count in (task.completed, task.total))
    told = (f"{task.description} {done}/{total}", _pace(task, lang))
    return ", ".join(part for part in told if part)


def say_drawing(lang: str) -> None:
    """Say on standard error, in a terminal, that charts are being drawn."""
    if sys.stderr.isatty():
        print(word("drawing", lang), file=sys.stderr)


def show_comparison(
    console: Console, comparison: Comparison, manifest: dict[str, Any], lang: str, has_map: bool
) -> None:
    """Print what was compared, what came out, who gains and loses, and what to be careful about."""
    from experiments.terminal_tables import indicator_block, money_tables, who_tables

    console.print(Text(word("compare_title", lang), style="bold"))
    _show_scope(console, manifest, lang)
    _show_warnings(console, comparison, manifest, lang)
    for number, scenario in enumerate(comparison.reforms, start=1):
        console.print()
        title = f"{number}. {reform_line(comparison, scenario, lang)}"
        console.print(indicator_block(comparison, scenario, title, lang, console.width))
    if comparison.pairs > 1:
        console.print(Text(word("difference_note", lang), style="dim"))
    for table in money_tables(comparison, lang):
        console.print()
        console.print(table)
    console.print(Text(word("money_note", lang), style="dim"))
    for table in who_tables(comparison, manifest["territory"]["areas"], lang):
        console.print()
        console.print(table)
    console.print(Text(word("who_note" if comparison.pairs > 1 else "who_note_one", lang), style="dim"))
    console.print()
    _show_notes(console, comparison, manifest, lang)
    if not has_map:
        console.print(word("no_map", lang))


def show_run(
    console: Console, paths: pd.DataFrame, manifest: dict[str, Any], scenario: str, lang: str
) -> None:
    """Print the main indicators of one scenario by year; paths are quantiles over pairs."""
    from experiments.terminal_tables import years_table

    told = manifest["scenarios"][scenario]
    console.print(Text(word("run_title", lang, title=told["title"][lang]), style="bold"))
    _show_scope(console, manifest, lang)
    if told["new_money"]:
        console.print(Text(word("new_money", lang), style="bold"))
    console.print()
    console.print(years_table(paths, scenario, lang, ""))
    console.print()
    console.print(_imputation(manifest, lang), _closing(manifest, lang), sep="\n")


def show_folder(console: Console, folder: Path, seconds: float, lang: str) -> None:
    """Print where the results are and how long they took."""
    told = word("results", lang, folder=short(folder), seconds=language.number(seconds, lang, 1))
    # A path is there to be copied: it is never broken over lines.
    console.print(Text(told), soft_wrap=True)


def short(folder: Path) -> str:
    """Return the path of a folder from here, where it is below."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)


def _show_scope(console: Console, manifest: dict[str, Any], lang: str) -> None:
    territory = manifest["territory"]
    scope = word(
        "scope", lang, territory=territory["name"][lang], first=manifest["first_year"],
        communes=language.counted(
            territory["communes"], word("commune", lang), word("communes", lang), lang
        ),
        residents=language.number(territory["residents"], lang), last=manifest["horizon"],
    )  # fmt: skip

    def counted(count: int, one: str, many: str) -> str:
        return language.counted(count, word(one, lang), word(many, lang), lang)

    pairs = word(
        "pairs" if manifest["draws"] else "pairs_central",
        lang,
        pairs=counted(manifest["pairs"], "pair", "pairs_noun"),
        draws=counted(manifest["draws"], "draw", "draws"),
        replicates=manifest["replicates"],
        seed=manifest["seed"],
    )
    console.print(scope, pairs, *_origin_of_draws(manifest, lang), word("simulation", lang), sep="\n")


def _origin_of_draws(manifest: dict[str, Any], lang: str) -> Iterator[str]:
    posterior = manifest["posterior"]
    if not manifest["draws"]:
        return
    held = word("held", lang, held=len(posterior["held"])) if posterior["held"] else ""
    if posterior["calibrated"]:
        yield word(
            "calibrated",
            lang,
            calibrated=len(posterior["calibrated"]),
            others=posterior["from_range"],
            held=held,
        )
    else:
        yield word("not_calibrated", lang, others=posterior["from_range"], held=held)


def show_origin(console: Console, origin: str, lang: str) -> None:
    """Say where the figures of a territory come from, unless they are published."""
    from experiments.charts.frame import source_line
    from experiments.results import PUBLISHED

    if origin != PUBLISHED:
        console.print(Text(source_line(origin, lang), style="bold"))


def _show_warnings(console: Console, comparison: Comparison, manifest: dict[str, Any], lang: str) -> None:
    """Say which reforms cost new money, which are never in force, and which count by another yardstick."""
    laws, last = manifest["scenarios"], comparison.horizon
    present = laws[comparison.scenarios[0]]["essential_level"]
    _warn(console, comparison, "new_money_note", comparison.new_money, lang)
    late = [one for one in comparison.reforms if comparison.effective[one] > last]
    _warn(console, comparison, "not_in_force_note", late, lang, year=last)
    for level in sorted({laws[one]["essential_level"] for one in comparison.reforms} - {present}):
        moved = [one for one in comparison.reforms if laws[one]["essential_level"] == level]
        told = {"level": language.percent(level, lang), "present": language.percent(present, lang)}
        _warn(console, comparison, "essential_level_note", moved, lang, **told)


def _warn(
    console: Console, comparison: Comparison, key: str, meant: Collection[str], lang: str, **told: object
) -> None:
    numbers = [str(number) for number, one in enumerate(comparison.reforms, start=1) if one in meant]
    if numbers:
        which = word("reform" if len(numbers) == 1 else "reforms", lang, number=", ".join(numbers))
        console.print(Text(word(key, lang, which=which, **told), style="bold"))


def reform_line(comparison: Comparison, scenario: str, lang: str) -> str:
    """Name a reform with its first year and who pays."""
    money = "new_money" if scenario in comparison.new_money else "equal_money"
    return word(
        "reform_line", lang, title=comparison.titles[scenario][lang], money=word(money, lang),
        year=comparison.effective[scenario],
    )  # fmt: skip


def _show_notes(console: Console, comparison: Comparison, manifest: dict[str, Any], lang: str) -> None:
    sizes = comparison.groups[comparison.groups["grouping"] == "size"]
    for number, scenario in enumerate(comparison.reforms, start=1):
        part = sizes[sizes["scenario"] == scenario]
        more, fewer = (
            language.counted(int(part[column].sum()), word("commune", lang), word("communes", lang), lang)
            for column in ("newly_below", "no_longer_below")
        )
        console.print(word("essential", lang, number=number, more=more, fewer=fewer))
    console.print(_parameter_shares(comparison, lang))
    console.print(_imputation(manifest, lang), _closing(manifest, lang), sep="\n")


def _parameter_shares(comparison: Comparison, lang: str) -> str:
    main = comparison.effects[comparison.effects["indicator"].isin(MAIN_INDICATORS)]
    told = []
    for number, scenario in enumerate(comparison.reforms, start=1):
        shares = main.loc[main["scenario"] == scenario, "parameter_share"].dropna().to_numpy()
        if shares.size:
            share = language.percent(float(np.median(shares)), lang)
            told.append(word("share", lang, share=share, number=number))
    return word("shares", lang, shares=", ".join(told)) if told else word("no_shares", lang)


def _imputation(manifest: dict[str, Any], lang: str) -> str:
    if communes := manifest["territory"]["imputed_communes"]:
        told = language.counted(communes, word("commune", lang), word("communes", lang), lang)
        return word("imputed_communes", lang, communes=told)
    count = manifest["territory"]["unions_with_imputed_functions"]
    if not count:
        return word("imputed_capacity", lang)
    return word(
        "imputed", lang, unions=language.counted(count, word("union", lang), word("unions", lang), lang)
    )


def _closing(manifest: dict[str, Any], lang: str) -> str:
    closing = manifest["closing"]
    return word(
        "closing", lang, flows=language.number(closing["flows"], lang),
        cents=language.number(closing["discrepancy_cents"], lang),
        runs=language.counted(closing["runs"], word("run", lang), word("runs", lang), lang),
    )  # fmt: skip
