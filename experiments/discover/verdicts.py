"""What is said of a reform: under which conditions it misses its goal, or that none can be told."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
import pandas as pd

from areavasta.settings.discover import Case, Criterion, Discover
from experiments.discover.boxes import Box, Choice, Mask, find_box
from experiments.discover.resampling import LEAST_CASES, Reproduced, reproduce


class Finding(Enum):
    """Tell what came out: a box that resamples confirm, one that they do not, none, or too few cases."""

    box = "box"
    fragile = "fragile"
    none = "none"
    few = "few"
    never = "never"
    always = "always"


@dataclass(frozen=True)
class Verdict:
    """The finding on one reform; `rate` is the part of worlds that are cases, `path` the peeling."""

    reform: str
    finding: Finding
    rate: float
    worlds: int
    box: Box | None
    reproduced: Reproduced | None
    path: tuple[Box, ...]


def choice_of(wanted: Discover) -> Choice:
    """Return how boxes are chosen."""
    return Choice(wanted.peel, wanted.mass, wanted.coverage, wanted.significance)


def cases_of(values: np.ndarray, criterion: Criterion, case: Case) -> Mask:
    """Return which worlds are cases, (world,), from the values of the criterion, (world,)."""
    reached = np.ones(values.size, dtype=bool)
    if criterion.at_least is not None:
        reached &= values >= criterion.at_least
    if criterion.at_most is not None:
        reached &= values <= criterion.at_most
    return reached if case is Case.succeeds else ~reached


def judge(reform: str, worlds: pd.DataFrame, cases: Mask, wanted: Discover, seed: int) -> Verdict:
    """Return the finding on one reform."""
    rate, count = float(cases.mean()), len(worlds)
    if rate in (0.0, 1.0):
        finding = Finding.always if rate else Finding.never
        return Verdict(reform, finding, rate, count, None, None, ())
    if min(cases.sum(), (~cases).sum()) < LEAST_CASES:
        return Verdict(reform, Finding.few, rate, count, None, None, ())
    choice = choice_of(wanted)
    box, path = find_box(worlds, cases, choice)
    if box is None:
        return Verdict(reform, Finding.none, rate, count, None, None, tuple(path))
    reproduced = reproduce(worlds, cases, choice, wanted.resamples, seed)
    finding = Finding.box if reproduced.holds else Finding.fragile
    return Verdict(reform, finding, rate, count, box, reproduced, tuple(path))
