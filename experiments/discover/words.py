"""Boxes, goals and regret as sentences in Italian and English."""

from collections.abc import Mapping, Sequence

import pandas as pd

from areavasta.indicators import INDICATORS, Indicator
from areavasta.settings.discover import Case, Criterion
from areavasta.settings.sensitivity import Outcome
from experiments import language
from experiments.charts.reading import indicator_name
from experiments.discover.boxes import Box, Condition
from experiments.discover.labels import say
from experiments.discover.verdicts import Finding, Verdict
from experiments.factor_names import factor_name, factor_value

POINTS = 100.0
"""Percentage points in a share of one."""


def condition_text(condition: Condition, lang: str) -> str:
    """Return a condition as part of a sentence."""
    name = factor_name(condition.factor, lang)
    if condition.values:
        told = say("or", lang).join(factor_value(condition.factor, one, lang) for one in condition.values)
        return say("condition_values", lang, name=name, values=told)
    ends = {
        key: factor_value(condition.factor, value, lang)
        for key, value in (("low", condition.low), ("high", condition.high))
        if value is not None
    }
    key = "between" if len(ends) > 1 else next(iter(ends))
    return say(f"condition_{key}", lang, name=name, **ends)


def conditions_text(box: Box, lang: str) -> str:
    """Return all conditions of a box as part of a sentence."""
    told = [condition_text(condition, lang) for condition in box.conditions]
    return say("and", lang).join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]


def subject_text(title: Mapping[str, str], case: Case, lang: str) -> str:
    """Return what a reform does: reach or miss its goal."""
    return say(case.value, lang, reform=title[lang])


def goal_text(criterion: Criterion, lang: str) -> str:
    """Return the goal in words."""
    indicator = INDICATORS[criterion.indicator]
    name = f"{indicator_name(indicator, lang)} ({indicator.unit[lang]})"
    effect = criterion.of is Outcome.effect
    ends = {
        key: language.number(value, lang, len(f"{value:g}".partition(".")[2]), signed=effect)
        for key, value in (("low", criterion.at_least), ("high", criterion.at_most))
        if value is not None
    }
    key = "between" if len(ends) > 1 else "at_least" if "low" in ends else "at_most"
    return say(f"goal_{criterion.of.value}", lang, name=name, limits=say(key, lang, **ends))


def verdict_text(verdict: Verdict, title: Mapping[str, str], case: Case, lang: str) -> str:
    """Return the finding on a reform in one or two sentences."""
    subject = subject_text(title, case, lang)
    if verdict.box is None or verdict.reproduced is None:
        worlds = language.number(verdict.worlds, lang)
        rate = language.percent_within(verdict.rate, lang)
        return say(verdict.finding.value, lang, subject=subject, rate=rate, worlds=worlds)
    box, again = verdict.box, verdict.reproduced
    first = say(
        "box", lang, subject=subject, conditions=conditions_text(box, lang),
        rate=language.percent_with_article(verdict.rate, lang),
        density=language.percent_within(box.density, lang),
        coverage=language.percent_with_article(box.coverage, lang),
    )  # fmt: skip
    key = "confirmed" if verdict.finding is Finding.box else "fragile"
    ends = {
        name: language.number(POINTS * value, lang)
        for name, value in (("low", again.low), ("high", again.high))
    }
    if key == "fragile" and ends["low"] == ends["high"]:
        return f"{first} {say('fragile_none', lang)}"
    return f"{first} {say(key, lang, **ends)}"


def option_name(option: str, titles: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """Return the title of an option."""
    return titles[option][lang]


def ties(table: pd.DataFrame, indicator: Indicator) -> Sequence[str]:
    """Return the options that lose more than the first in their worst world, but by less than what counts."""
    first = float(table["largest"].iloc[0])
    near = table["largest"] < first + indicator.smallest_relevant_effect
    return [str(option) for option in table["option"][near]][1:]


def regret_text(
    table: pd.DataFrame, indicator: Indicator, titles: Mapping[str, Mapping[str, str]], lang: str
) -> str:
    """Return which option is the most robust, or that none is by an effect that counts."""
    first = table.iloc[0]
    option = option_name(str(first["option"]), titles, lang)
    if others := ties(table, indicator):
        quoted = ("«{}»" if lang == "it" else "“{}”").format
        names = ", ".join(quoted(option_name(one, titles, lang)) for one in others)
        return say("regret_tie", lang, option=option, others=names)
    amounts = {
        key: language.amount(float(first[key]), indicator.unit[lang], lang, indicator.decimals)
        for key in ("largest", "q90")
    }
    return say("regret", lang, option=option, **amounts)
