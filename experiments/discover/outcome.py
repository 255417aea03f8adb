"""A finished discovery: its tables in a folder, and all that charts and terminal tell of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from areavasta.indicators import INDICATORS, Indicator
from areavasta.settings.discover import Discover
from experiments.comparison import write_frame
from experiments.designs.factors import Factor
from experiments.discover.regret import regret_table
from experiments.discover.verdicts import Verdict, cases_of, judge
from experiments.discover.words import regret_text, verdict_text
from experiments.discover.worlds import Worlds, criterion_values, reforms_of
from experiments.language import LANGUAGES
from experiments.results import PUBLISHED, origin_of, results_errors

POINTS, BOXES, PATHS, VERDICTS, REGRET = (
    "points.parquet", "boxes.parquet", "trajectory.parquet", "verdicts.parquet", "regret.parquet",
)  # fmt: skip
"""Files: worlds with their outcomes; conditions; coverage and density of every box of the peeling; findings
in words; regret of every option."""


@dataclass(frozen=True)
class DiscoverOutcome:
    """What was found; `titles` are those of options by their name, `regret` is None for one option alone."""

    wanted: Discover
    worlds: Worlds
    verdicts: tuple[Verdict, ...]
    regret: pd.DataFrame | None
    titles: dict[str, dict[str, str]]
    territory_name: dict[str, str]
    horizon: int
    new_money: bool
    run_id: str
    settings_hash: str
    created: date
    origin: str = PUBLISHED

    @property
    def indicator(self) -> Indicator:
        """The indicator of the goal."""
        return INDICATORS[self.wanted.criterion.indicator]

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The uncertain factors."""
        return self.worlds.design


def find(worlds: Worlds, wanted: Discover, seed: int) -> tuple[tuple[Verdict, ...], pd.DataFrame | None]:
    """Return the finding on every reform, and the regret of every option where there are several."""
    criterion = wanted.criterion
    verdicts = tuple(
        judge(
            reform,
            worlds.factors,
            cases_of(criterion_values(worlds, reform, criterion.of), criterion, wanted.case),
            wanted,
            seed,
        )
        for reform in reforms_of(worlds.values, criterion.of)
    )
    if len(worlds.values.columns) == 1:
        return verdicts, None
    # Where higher is neither better nor worse, the goal says which way is wanted.
    better = INDICATORS[criterion.indicator].better or (1 if criterion.at_least is not None else -1)
    return verdicts, regret_table(worlds.values, better)


def write_found(
    folder: Path, worlds: Worlds, verdicts: tuple[Verdict, ...], regret: pd.DataFrame | None,
    wanted: Discover, titles: Mapping[str, Mapping[str, str]],
) -> None:  # fmt: skip
    """Write all tables; findings in words go into both languages."""
    indicator = INDICATORS[wanted.criterion.indicator]
    rows = [
        {
            "reform": one.reform, "finding": one.finding.value, "cases": one.rate, "worlds": one.worlds,
            "coverage": one.box.coverage if one.box else None,
            "density": one.box.density if one.box else None,
            "mass": one.box.mass if one.box else None,
            "gain_low": one.reproduced.low if one.reproduced else None,
            "gain_median": one.reproduced.median if one.reproduced else None,
            "gain_high": one.reproduced.high if one.reproduced else None,
            **{
                f"text_{lang}": verdict_text(one, titles[one.reform], wanted.case, lang)
                for lang in LANGUAGES
            },
        }
        for one in verdicts
    ]  # fmt: skip
    with results_errors(folder):
        write_frame(pd.concat([worlds.factors, worlds.values], axis=1), folder / POINTS)
        write_frame(pd.DataFrame(rows), folder / VERDICTS)
        write_frame(boxes_table(verdicts), folder / BOXES)
        write_frame(path_table(verdicts), folder / PATHS)
        if regret is not None:
            # The finding is one for all options: it stands in the first row.
            told = regret.copy()
            for lang in LANGUAGES:
                text = regret_text(regret, indicator, titles, lang)
                told[f"text_{lang}"] = [text, *[None] * (len(regret) - 1)]
            write_frame(told, folder / REGRET)


def boxes_table(verdicts: tuple[Verdict, ...]) -> pd.DataFrame:
    """Return one row a condition: its ends or values, its quasi-p value, how often it is found again."""
    columns = ["reform", "factor", "low", "high", "values", "quasi_p", "found_again"]
    rows = [
        {
            "reform": one.reform, "factor": condition.factor, "low": condition.low, "high": condition.high,
            "values": "; ".join(map(str, condition.values)), "quasi_p": condition.quasi_p,
            "found_again": one.reproduced.factors[condition.factor] if one.reproduced else None,
        }
        for one in verdicts
        if one.box is not None
        for condition in one.box.conditions
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype({"low": float, "high": float})


def path_table(verdicts: tuple[Verdict, ...]) -> pd.DataFrame:
    """Return one row a box of the peeling: coverage, density, mass and the number of conditions."""
    columns = ["reform", "step", "coverage", "density", "mass", "conditions"]
    rows = [
        (one.reform, step, box.coverage, box.density, box.mass, len(box.conditions))
        for one in verdicts
        for step, box in enumerate(one.path)
    ]
    return pd.DataFrame(rows, columns=columns)


def describe(wanted: Discover, worlds: Worlds) -> dict[str, Any]:
    """Return what the manifest tells of a discovery."""
    criterion = {**asdict(wanted.criterion), "of": wanted.criterion.of.value}
    told = {key: value for key, value in asdict(wanted).items() if key not in ("store", "sweep", "factors")}
    return {
        **told,
        "criterion": criterion,
        "case": wanted.case.value,
        "factors": [asdict(factor) for factor in worlds.design],
        "worlds": len(worlds.factors),
        "runs": worlds.runs,
        "failed_worlds": worlds.failed,
    }


def outcome_of(
    wanted: Discover, worlds: Worlds, found: tuple[tuple[Verdict, ...], pd.DataFrame | None],
    manifest: Mapping[str, Any],
) -> DiscoverOutcome:  # fmt: skip
    """Bring together a discovery and its manifest."""
    scenarios = manifest["scenarios"]
    return DiscoverOutcome(
        wanted, worlds, found[0], found[1], {name: told["title"] for name, told in scenarios.items()},
        manifest["territory"]["name"], manifest["horizon"],
        any(told["new_money"] for told in scenarios.values()), manifest["run_id"],
        manifest["settings_hash"], datetime.fromisoformat(manifest["created"]).date(),
        origin_of(manifest),
    )  # fmt: skip
