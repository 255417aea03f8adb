"""What `discover` says in the terminal: the goal, where each reform misses it, and which is most robust."""

from rich.console import Console
from rich.text import Text

from experiments import language
from experiments.discover.labels import say
from experiments.discover.outcome import DiscoverOutcome
from experiments.discover.words import (
    condition_text,
    goal_text,
    option_name,
    regret_text,
    verdict_text,
)
from experiments.terminal import show_origin
from experiments.terminal_tables import plain_table


def show_discover(console: Console, outcome: DiscoverOutcome, lang: str) -> None:
    """Print scope, goal, findings with their conditions, and regret."""
    console.print(Text(say("title", lang), style="bold"))
    console.print(_scope(outcome, lang))
    show_origin(console, outcome.origin, lang)
    console.print(goal_text(outcome.wanted.criterion, lang))
    if outcome.worlds.failed:
        count = language.number(outcome.worlds.failed, lang)
        console.print(Text(say("failed", lang, count=count), style="bold"))
    for verdict in outcome.verdicts:
        console.print()
        told = verdict_text(verdict, outcome.titles[verdict.reform], outcome.wanted.case, lang)
        console.print(Text(told))
        if verdict.box is not None and verdict.reproduced is not None:
            table = plain_table("")
            table.add_column(say("condition", lang), overflow="fold", ratio=1)
            table.add_column(say("again", lang), justify="right", no_wrap=True)
            for condition in verdict.box.conditions:
                share = language.percent(verdict.reproduced.factors[condition.factor], lang)
                table.add_row(condition_text(condition, lang), share)
            console.print(table)
    if outcome.regret is not None:
        console.print()
        _show_regret(console, outcome, lang)


def _scope(outcome: DiscoverOutcome, lang: str) -> str:
    counts = {
        "worlds": len(outcome.worlds.factors), "factors": len(outcome.factors), "runs": outcome.worlds.runs,
    }  # fmt: skip
    told = {key: language.number(count, lang) for key, count in counts.items()}
    return say("scope", lang, territory=outcome.territory_name[lang], year=outcome.horizon, **told)


def _show_regret(console: Console, outcome: DiscoverOutcome, lang: str) -> None:
    assert outcome.regret is not None
    indicator = outcome.indicator
    console.print(Text(regret_text(outcome.regret, indicator, outcome.titles, lang)))
    table = plain_table("")
    table.add_column(say("option", lang), overflow="fold", ratio=1)
    for key in ("largest", "q90", "best"):
        table.add_column(say(key, lang), justify="right", no_wrap=True)
    for row in outcome.regret.to_dict("records"):
        amounts = [language.number(row[key], lang, indicator.decimals) for key in ("largest", "q90")]
        name = option_name(str(row["option"]), outcome.titles, lang)
        table.add_row(name, *amounts, language.percent(row["best"], lang))
    console.print(table)
