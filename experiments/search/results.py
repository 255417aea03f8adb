"""Results of a search: its tables, the files of found reforms, and what the manifest tells of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pandas as pd

from areavasta.settings import Scenario
from experiments.comparison import write_frame
from experiments.language import LANGUAGES
from experiments.results import PUBLISHED, results_errors
from experiments.search.evaluating import Evaluator
from experiments.search.fronts import dominates
from experiments.search.labels import label
from experiments.search.levers import Lever
from experiments.search.measures import Aim, Limit
from experiments.search.outcome import Status, Tried
from experiments.search.promises import Fresh
from experiments.search.reforms import Reform, file_of
from experiments.search.searching import RANDOM, SEARCH, Searched, told_search
from experiments.search.tables import hypervolumes
from experiments.search.words import aim_name, lever_name, limit_name, shown
from experiments.store.identity import code_version

EVALUATIONS, FRONT, REFORMS, EFFECTS, CONVERGENCE, FRESH, CHECK = (
    "evaluations.parquet",
    "front.parquet",
    "reforms.parquet",
    "effects.parquet",
    "convergence.parquet",
    "fresh.parquet",
    "check.parquet",
)
"""Files of a search: all that was tried; what is unbeaten; present law and named reforms; what these and the
found reforms do to every indicator; how it went; found reforms under another seed; search against chance."""

SCENARIOS = "scenarios"
"""Folder of the files of found reforms."""


class Standing(Enum):
    """Say how a law fares against what a search found.

    Beaten: some found reform is nowhere worse and somewhere better; unbeaten: none is; beyond: the law is
    beyond a bound, and unbeaten; failed: it gave no result.
    """

    beaten = "beaten"
    unbeaten = "unbeaten"
    beyond = "beyond"
    failed = "failed"


@dataclass(frozen=True)
class Named:
    """A law that found reforms are compared with, and what it gave; `problem` when a run failed."""

    name: str
    title: dict[str, str]
    new_money: bool
    tried: Tried | None
    problem: str = ""

    def standing(self, front: Sequence[Tried]) -> Standing:
        """Say how the law fares against what no other point beats."""
        if self.tried is None:
            return Standing.failed
        if any(dominates(one.costs, self.tried.costs) for one in front):
            return Standing.beaten
        return Standing.unbeaten if self.tried.holds else Standing.beyond


@dataclass(frozen=True)
class SearchOutcome:
    """A finished search: what charts and terminal tell, with the words of its provenance."""

    evaluator: Evaluator
    searched: Searched
    front: list[Tried]
    reforms: list[Reform]
    named: list[Named]
    effects: pd.DataFrame
    convergence: pd.DataFrame
    fresh: Fresh | None
    horizon: int
    run_id: str
    settings_hash: str
    created: date
    territory_name: dict[str, str]
    origin: str = PUBLISHED

    @property
    def recommended(self) -> Reform | None:
        """The reform to look at first."""
        return next((reform for reform in self.reforms if reform.recommended), None)


def write_tables(folder: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    """Write frames by the names of their files; those without rows too."""
    with results_errors(folder):
        for name, frame in frames.items():
            write_frame(frame, folder / name)


def write_scenarios(folder: Path, reforms: Sequence[Reform], present: Scenario, present_name: str) -> None:
    """Write a file for every found reform, as `scenarios/` has them."""
    with results_errors(folder):
        (folder / SCENARIOS).mkdir()
        for reform in reforms:
            path = folder / SCENARIOS / f"{reform.name}.yaml"
            path.write_text(file_of(reform, present, present_name), encoding="utf-8", newline="\n")


def describe(
    evaluator: Evaluator,
    searched: Searched,
    front: Sequence[Tried],
    reforms: Sequence[Reform],
    named: Sequence[Named],
) -> dict[str, Any]:
    """Return what the manifest tells of a search."""
    tried = searched.found
    volumes = hypervolumes(searched).iloc[0].to_dict() if evaluator.ruler.aims else {}
    return {
        **told_search(evaluator.settings.search),
        "levers": [_told_lever(lever) for lever in evaluator.space.levers],
        "objectives": [_told_aim(aim) for aim in evaluator.ruler.aims],
        "constraints": [_told_limit(limit) for limit in evaluator.ruler.limits],
        "shocks": list(evaluator.shocks),
        "cases": evaluator.cases,
        "tried": len(tried),
        "by_status": {status.value: sum(one.status is status for one in tried) for status in Status},
        "unbeaten": len(front),
        "hypervolume": volumes.get(SEARCH),
        "hypervolume_random": volumes.get(RANDOM) if searched.of(RANDOM) else None,
        "reforms": [{"name": reform.name, "recommended": reform.recommended} for reform in reforms],
        "named": {one.name: {"title": one.title, "new_money": one.new_money} for one in named},
        "nothing": None if reforms else {lang: nothing_text(evaluator, searched, lang) for lang in LANGUAGES},
        "code": code_version(),
    }


def nothing_text(evaluator: Evaluator, searched: Searched, lang: str) -> str:
    """Say why a search has no reform to show: which trial comes nearest to the bounds, or what failed."""
    tried = searched.found
    if any(one.status is Status.holds for one in tried):
        return label("present_law_holds", lang)
    broken = [one for one in tried if one.status is Status.breaks]
    if not broken:
        return label("nothing_measured", lang, reason=tried[0].reason)
    nearest = min(broken, key=lambda one: one.violation)
    told = [
        f"{limit_name(limit, lang)} ({shown(value, limit.measure, lang)})"
        for limit, value in zip(evaluator.ruler.limits, nearest.bounded, strict=True)
        if limit.violation(value) > 0
    ]
    return label("none_holds", lang, nearest="; ".join(told))


def _told_lever(lever: Lever) -> dict[str, Any]:
    return {
        "key": lever.key, "name": {lang: lever_name(lever, lang) for lang in ("it", "en")},
        "columns": list(lever.columns), "base": list(lever.base),
    }  # fmt: skip


def _told_aim(aim: Aim) -> dict[str, Any]:
    return {
        **asdict(aim.measure), "name": {lang: aim_name(aim, lang) for lang in ("it", "en")},
        "direction": "up" if aim.direction > 0 else "down", "toward": aim.toward,
    }  # fmt: skip


def _told_limit(limit: Limit) -> dict[str, Any]:
    return {
        "key": limit.measure.key, "column": limit.name, "bound": limit.bound, "of": limit.of.value,
        "name": {lang: limit_name(limit, lang) for lang in ("it", "en")},
    }  # fmt: skip


def created_on(manifest: Mapping[str, Any]) -> date:
    """Return the day of a manifest."""
    return datetime.fromisoformat(manifest["created"]).date()
