"""Axes of the parallel coordinates: where the reforms of a front stand on each objective and lever."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from experiments import language
from experiments.charts.search.labels import say
from experiments.provision_texts import choice_words
from experiments.search.levers import ChoiceLever, HolderLever, Lever, NumberLever, Point
from experiments.search.measures import Aim
from experiments.search.mixes import MixLever
from experiments.search.results import SearchOutcome
from experiments.search.words import aim_name, amount, lever_name, lever_value

Text = dict[str, str]
"""Words by language."""


@dataclass(frozen=True)
class ParallelAxis:
    """One axis: its name, its two ends, present law, and every reform of the front, 0 to 1 from the left.

    `picked` is the reform to look at first; a place is not a number where the axis has none for it.
    """

    key: str
    name: Text
    ends: tuple[Text, Text]
    present: float
    picked: float
    front: tuple[float, ...]
    today: Text
    then: Text
    steps: int = 0

    @property
    def departure(self) -> float:
        """How far the front is from present law on the mean; one where present law has no place."""
        if np.isnan(self.present):
            return 1.0
        return float(np.mean(np.abs(np.array(self.front) - self.present)))


def objective_axes(outcome: SearchOutcome) -> Iterator[ParallelAxis]:
    """Yield the axis of every objective, from the least of the front or present law to the greatest."""
    for at, aim in enumerate(outcome.evaluator.ruler.aims):
        values = [one.objectives[at] for one in outcome.front]
        picked = outcome.recommended.tried.objectives[at] if outcome.recommended else np.nan
        marked = [value for value in (0.0, picked, *values) if not np.isnan(value)]
        low, high = min(marked), max(marked)
        width = (high - low) or 1.0

        def share(value: float, low: float = low, width: float = width) -> float:
            return (value - low) / width

        yield ParallelAxis(
            aim.key, _objective_name(aim), (_amount(low, aim), _amount(high, aim)), share(0.0),
            share(picked), tuple(share(value) for value in values), _amount(0.0, aim),
            _amount(picked, aim),
        )  # fmt: skip


def _objective_name(aim: Aim) -> Text:
    way = "right" if aim.direction > 0 else "left"
    return {lang: f"{aim_name(aim, lang)} ({say(way, lang)})" for lang in language.LANGUAGES}


def _amount(value: float, aim: Aim) -> Text:
    return {lang: amount(value, aim.measure, lang) for lang in language.LANGUAGES}


def lever_axes(outcome: SearchOutcome) -> list[ParallelAxis]:
    """Return the axes of all levers that the front, or the reform to look at first, moves."""
    space = outcome.evaluator.space
    front = [space.parts(one.point) for one in outcome.front]
    picked = space.parts(outcome.recommended.tried.point) if outcome.recommended else front[0]
    axes = [
        axis
        for at, lever in enumerate(space.levers)
        for axis in _axes(lever, [parts[at] for parts in front], picked[at])
    ]
    return [axis for axis in axes if axis.departure > 0.0 or axis.picked != axis.present]


def _axes(lever: Lever, front: Sequence[Point], picked: Point) -> Iterator[ParallelAxis]:
    if isinstance(lever, MixLever):
        yield from (_member(lever, at, front, picked) for at in range(len(lever.names)))
        return
    name = {lang: lever_name(lever, lang) for lang in language.LANGUAGES}
    options = _options(lever)

    def place(values: Point) -> float:
        if options:
            return options.index(values) / max(len(options) - 1, 1) if values in options else np.nan
        assert isinstance(lever, NumberLever)
        share = (float(values[0]) - lever.factor.low) / (lever.factor.high - lever.factor.low)
        return min(max(share, 0.0), 1.0)

    if options:
        ends = _told(lever, options[0]), _told(lever, options[-1])
    else:
        assert isinstance(lever, NumberLever)
        ends = _told(lever, (lever.factor.low,)), _told(lever, (lever.factor.high,))
    yield ParallelAxis(
        lever.key, name, ends, place(lever.base), place(picked), tuple(map(place, front)),
        _told(lever, lever.base), _told(lever, picked), len(options),
    )  # fmt: skip


def _options(lever: Lever) -> list[Point]:
    """Return the values of a lever that chooses; none for a number."""
    if isinstance(lever, ChoiceLever):
        return [(value,) for value in lever.factor.values]
    return [lever.base, *((level,) for level in lever.levels)] if isinstance(lever, HolderLever) else []


def _member(lever: MixLever, at: int, front: Sequence[Point], picked: Point) -> ParallelAxis:
    """Return the axis of one weight of a group, from nothing to the whole."""
    key, rules = lever.columns[at], lever.key.endswith(".rules")

    def member(lang: str) -> str:
        return choice_words()["rules", lever.names[at]][lang] if rules else say(lever.names[at], lang)

    name = {
        lang: say("member", lang, name=lever_name(lever, lang), member=member(lang))
        for lang in language.LANGUAGES
    }
    return ParallelAxis(
        key, name, (_percent(0.0), _percent(1.0)), float(lever.base[at]), float(picked[at]),
        tuple(float(values[at]) for values in front), _percent(float(lever.base[at])),
        _percent(float(picked[at])),
    )  # fmt: skip


def _told(lever: Lever, values: Point) -> Text:
    return {lang: lever_value(lever, values, lang) for lang in language.LANGUAGES}


def _percent(share: float) -> Text:
    return {lang: language.percent(share, lang) for lang in language.LANGUAGES}
