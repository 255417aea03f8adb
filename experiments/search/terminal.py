"""What `search` says in the terminal: what was tried, what is unbeaten, what to look at, how sure it is."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from areavasta.indicators import INDICATORS
from experiments import language
from experiments.charts.reading import Reading, read_row
from experiments.provisions import provisions
from experiments.search.checks import new_money
from experiments.search.labels import label
from experiments.search.measures import Aim
from experiments.search.outcome import Status, Tried
from experiments.search.reforms import Reform
from experiments.search.results import SearchOutcome, Standing, nothing_text
from experiments.search.searching import RANDOM, SEARCH, Track
from experiments.search.tables import hypervolumes
from experiments.search.words import aim_name, amount, decimals_of, limit_name, shown
from experiments.terminal import show_origin
from experiments.terminal_tables import plain_table


def show_search(console: Console, outcome: SearchOutcome, lang: str) -> None:
    """Print the scope, the reforms found, the one to look at first, and how far to trust them."""
    goal = not outcome.evaluator.ruler.aims
    console.print(Text(label("goal_title" if goal else "title", lang), style="bold"))
    console.print(*_scope(outcome, lang), sep="\n")
    show_origin(console, outcome.origin, lang)
    console.print()
    if not outcome.front:
        console.print(Text(nothing_text(outcome.evaluator, outcome.searched, lang), style="bold"))
        return
    if not goal:
        _show_front(console, outcome, lang)
    _show_recommended(console, outcome, lang)
    console.print()
    console.print(*_trust(outcome, lang), sep="\n")
    console.print(Text(label("note", lang), style="dim"))


def _counted(count: int, noun: str, lang: str) -> str:
    return language.counted(count, label(noun, lang), label(f"{noun}s", lang), lang)


def _scope(outcome: SearchOutcome, lang: str) -> Iterator[str]:
    evaluator, tried = outcome.evaluator, outcome.searched.found
    wanted = evaluator.settings.search
    generations = len(outcome.searched.tracks.get(Track(SEARCH), []))
    yield label(
        "scope", lang, territory=outcome.territory_name[lang], year=outcome.horizon,
        levers=_counted(len(evaluator.space.levers), "lever", lang),
        tried=_counted(len(tried), "trial", lang),
        generations=_counted(generations, "generation", lang), runs=_counted(evaluator.cases, "run", lang),
    )  # fmt: skip
    share = language.percent(wanted.caution, lang)
    yield label(f"statistic_{wanted.statistic.value}", lang, share=share)
    yield label("new_money" if new_money(wanted) else "equal_money", lang)
    if evaluator.ruler.limits:
        yield label("bounds", lang, bounds="; ".join(limit_name(one, lang) for one in evaluator.ruler.limits))
    counts = {status.value: sum(one.status is status for one in tried) for status in Status}
    if any(counts[status.value] for status in Status if status is not Status.holds):
        yield label("refused", lang, **{key: language.number(count, lang) for key, count in counts.items()})
    yield label("simulation", lang)


def _show_front(console: Console, outcome: SearchOutcome, lang: str) -> None:
    written = label("written", lang, count=len(outcome.reforms))
    count = _counted(len(outcome.front), "reform", lang)
    console.print(label("unbeaten", lang, count=count, written=written))
    console.print()
    aims = outcome.evaluator.ruler.aims
    table = plain_table(label("table", lang, year=outcome.horizon))
    table.add_column(label("name", lang), overflow="fold")
    for aim in aims:
        table.add_column(f"{aim_name(aim, lang)}, {aim.measure.unit[lang]}", justify="right")
    for reform in outcome.reforms:
        name = Text(reform.name, style="bold" if reform.recommended else "")
        table.add_row(name, *_figures(aims, reform.tried, lang))
    table.add_section()
    for one in outcome.named[1:]:
        if one.tried is not None:
            table.add_row(one.name, *_figures(aims, one.tried, lang))
    console.print(table)
    console.print(*_standings(outcome, lang), sep="\n")
    console.print()


def _figures(aims: Sequence[Aim], tried: Tried, lang: str) -> list[str]:
    return [
        language.number(value, lang, decimals_of(aim.measure), signed=True)
        for aim, value in zip(aims, tried.objectives, strict=True)
    ]


def _standings(outcome: SearchOutcome, lang: str) -> Iterator[str]:
    by_standing: dict[Standing, list[str]] = {}
    for one in outcome.named[1:]:
        by_standing.setdefault(one.standing(outcome.front), []).append(one.title[lang])
    for standing in Standing:
        if titles := by_standing.get(standing):
            yield label(f"standing_{standing.value}", lang, names=", ".join(titles))


def _show_recommended(console: Console, outcome: SearchOutcome, lang: str) -> None:
    reform = outcome.recommended
    if reform is None:
        return
    title = getattr(reform.settings.scenario.title, lang)
    console.print(Text(label("recommended", lang, title=title), style="bold"))
    for line in _readings(outcome, reform, lang):
        console.print(f"  {line}")
    if not outcome.evaluator.ruler.aims:
        console.print(f"  {_least(outcome, reform, lang)}")
    table = plain_table("")
    table.add_column(label("moves", lang), overflow="fold", ratio=3)
    for heading in ("today", "then"):
        table.add_column(label(heading, lang), overflow="fold", ratio=2)
    settings = reform.settings
    for one in provisions(settings.present_law, settings.scenario, lang):
        table.add_row(one.name, one.before, one.after)
    console.print(table)


def _readings(outcome: SearchOutcome, reform: Reform, lang: str) -> Iterator[str]:
    """Yield what the recommended reform does to every objective, with its interval and its certainty.

    The figure is the statistic that the search goes by, as in the table of all reforms.
    """
    for aim, value in zip(outcome.evaluator.ruler.aims, reform.tried.objectives, strict=False):
        if aim.key in INDICATORS and aim.toward is None:
            reading = reading_of(outcome, reform.name, aim.key, lang)
            told = f"{amount(value, aim.measure, lang)} {reading.spread()}".strip()
            yield f"{reading.name}: {told}, {reading.verdict()}"
        else:
            yield f"{aim_name(aim, lang)}: {amount(value, aim.measure, lang)}"


def reading_of(outcome: SearchOutcome, name: str, indicator: str, lang: str) -> Reading:
    """Read what a reform does to an indicator."""
    rows = outcome.effects
    row = rows[(rows["scenario"] == name) & (rows["indicator"] == indicator)].iloc[0]
    return read_row(row, INDICATORS[indicator], outcome.evaluator.cases, lang)


def _least(outcome: SearchOutcome, reform: Reform, lang: str) -> str:
    changed, distance = reform.tried.objectives
    limit, value = outcome.evaluator.ruler.limits[0], reform.tried.bounded[0]
    return label(
        "least", lang, moved=_counted_moved(int(changed), lang), distance=language.number(distance, lang, 2),
        goal=limit_name(limit, lang), reached=shown(value, limit.measure, lang),
    )  # fmt: skip


def _counted_moved(count: int, lang: str) -> str:
    return language.counted(count, label("lever_moved", lang), label("levers_moved", lang), lang)


def _trust(outcome: SearchOutcome, lang: str) -> Iterator[str]:
    if outcome.evaluator.ruler.aims:
        yield from _volumes(outcome, lang)
    if outcome.fresh is None:
        return
    kept = sum(outcome.fresh.kept(reform.name) for reform in outcome.reforms)
    runs = _counted(outcome.fresh.pairs, "run", lang)
    yield label("fresh", lang, runs=runs, kept=kept, all=len(outcome.reforms))
    if outcome.recommended is not None:
        yield from _promises(outcome, outcome.recommended, lang)


def _volumes(outcome: SearchOutcome, lang: str) -> Iterator[str]:
    frame = hypervolumes(outcome.searched)

    def volume(value: float) -> str:
        return language.number(value, lang, 3)

    first = frame.iloc[0]
    if not outcome.searched.of(RANDOM):
        yield label("hypervolume_alone", lang, search=volume(first[SEARCH]))
        return
    yield label("hypervolume", lang, search=volume(first[SEARCH]), random=volume(first[RANDOM]))
    if len(frame) > 1:
        wins = int((frame[SEARCH] > frame[RANDOM]).sum())
        yield label(
            "check", lang, count=len(frame), wins=wins, search=volume(frame[SEARCH].median()),
            random=volume(frame[RANDOM].median()),
        )  # fmt: skip


def _promises(outcome: SearchOutcome, reform: Reform, lang: str) -> Iterator[str]:
    assert outcome.fresh is not None
    table = outcome.fresh.table
    aims = {aim.key: aim for aim in outcome.evaluator.ruler.aims}
    own = table[(table["name"] == reform.name) & (table["what"] == "objective")]
    for row in own.to_dict("records"):
        aim = aims[str(row["measure"])]
        ends = row["promised_q05"], row["promised_q95"]
        interval = language.interval(*ends, lang, decimals_of(aim.measure))
        yield "  " + label(
            "fresh_one", lang, name=aim_name(aim, lang), promised=amount(row["promised"], aim.measure, lang),
            interval=interval, fresh=amount(row["fresh"], aim.measure, lang),
            verdict=label("kept" if row["kept"] else "broken", lang),
        )  # fmt: skip


def show_how_to_compare(folder: str, arguments: Sequence[str], name: str, lang: str) -> None:
    """Print the two commands that compare a found reform: copy its file, then compare."""
    from experiments.terminal import make_console

    console = make_console()
    kept = " ".join(["python -m experiments compare", f"'reforms=[{name}]'", *arguments])
    for line in (label("how", lang), f"  cp {folder}/scenarios/{name}.yaml scenarios/", f"  {kept}"):
        console.print(Text(line), soft_wrap=True)
