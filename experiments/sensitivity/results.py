"""Results of an analysis: its tables in a folder, and all that charts and terminal tell of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from areavasta.indicators import INDICATORS, MAIN_INDICATORS, Indicator
from areavasta.settings.sensitivity import Sensitivity
from experiments.designs.design import Design
from experiments.manifest import SHORT
from experiments.results import PUBLISHED, origin_of, results_errors
from experiments.sensitivity.analysis import Found
from experiments.sensitivity.methods import method_of
from experiments.sensitivity.study import Numbers, Study
from experiments.sensitivity.verdicts import Verdict, judge
from experiments.sensitivity.words import verdict_text

INDICES, CONVERGENCE, CLAIMS, VERDICTS, POINTS = (
    "indices.parquet",
    "convergence.parquet",
    "claims.parquet",
    "verdicts.parquet",
    "points.parquet",
)
"""Files of an analysis: indices; main index by size of the sample; what is said of each factor, of each
indicator; points with their outcomes."""

NOT_TOLD = ("store", "sweep")
"""Places: where runs are kept changes no result."""


@dataclass(frozen=True)
class SensitivityOutcome:
    """A finished analysis: what charts and tables tell, with the words of its provenance."""

    study: Study
    found: Found
    verdicts: tuple[Verdict, ...]
    points: int
    runs: int
    failed: int
    scenario: dict[str, str]
    territory_name: dict[str, str]
    horizon: int
    new_money: bool
    run_id: str
    settings_hash: str
    created: date
    origin: str = PUBLISHED

    @property
    def index(self) -> str:
        """Name of the main index."""
        return method_of(self.study).index

    @property
    def given(self) -> bool:
        """Whether the points are those of a finished sweep."""
        return self.study.wanted.sweep is not None


def chosen_indicators(wanted: Sensitivity) -> list[Indicator]:
    """Return the indicators that are asked for, else the main ones."""
    return [INDICATORS[key] for key in wanted.indicators or MAIN_INDICATORS]


def outcome_of(
    study: Study, found: Found, manifest: Mapping[str, Any], indicators: Sequence[Indicator]
) -> SensitivityOutcome:
    """Bring together an analysis and its manifest."""
    told = manifest["sensitivity"]
    title = manifest["scenarios"][told["scenario"]]["title"]
    return SensitivityOutcome(
        study=study,
        found=found,
        verdicts=tuple(judge(study, found, indicators)),
        points=told["points"],
        runs=told["runs"],
        failed=told["failed_runs"],
        scenario=title,
        territory_name=manifest["territory"]["name"],
        origin=origin_of(manifest),
        horizon=manifest["horizon"],
        new_money=any(one["new_money"] for one in manifest["scenarios"].values()),
        run_id=manifest["run_id"],
        settings_hash=manifest["settings_hash"],
        created=datetime.fromisoformat(manifest["created"]).date(),
    )


def describe_study(study: Study, points: int, runs: int, failed: int, scenario: str) -> dict[str, Any]:
    """Return what the manifest tells of an analysis."""
    wanted = {
        key: value.value if isinstance(value, Enum) else value
        for key, value in asdict(study.wanted).items()
        if key not in (*NOT_TOLD, "factors")
    }
    return {
        **wanted,
        "scenario": scenario,
        "factors": [asdict(factor) for factor in study.factors],
        "points": points,
        "runs": runs,
        "failed_runs": failed,
    }


def told_hash(first: str, told: Mapping[str, Any]) -> str:
    """Return the hash of settings with those of an analysis."""
    digest = hashlib.sha256(first.encode())
    digest.update(json.dumps(told, sort_keys=True).encode())
    return digest.hexdigest()[:SHORT]


def write_analysis(folder: Path, study: Study, found: Found) -> None:
    """Write indices and convergence."""
    with results_errors(folder):
        for name, frame in ((INDICES, found.indices), (CONVERGENCE, found.convergence)):
            method = "given" if study.wanted.sweep is not None else study.wanted.method.value
            whole = frame.assign(method=method)
            _write(folder / name, whole[["method", *frame.columns]])


def write_points(folder: Path, design: Design, values: Numbers, indicators: Sequence[Indicator]) -> None:
    """Write points with their outcomes, in the units shown."""
    table = design.table()
    for column, indicator in enumerate(indicators):
        table = table.append_column(indicator.key, pa.array(values[:, column]))
    with results_errors(folder):
        pq.write_table(table, folder / POINTS, compression="zstd", store_schema=False)


def write_verdicts(folder: Path, outcome: SensitivityOutcome) -> None:
    """Write what is said of factors and indicators, in both languages."""
    claims = [
        {
            "indicator": verdict.indicator.key, "factor": one.factor, "claim": one.claim.value,
            "value": one.value, "low": one.low, "high": one.high, "noise": verdict.noise,
        }
        for verdict in outcome.verdicts
        for one in verdict.factors
    ]  # fmt: skip
    verdicts = [
        {
            "indicator": verdict.indicator.key, "sample": verdict.sample.value,
            "points": outcome.found.used[verdict.indicator.key], "widest_interval": verdict.width,
            "last_move": verdict.moved, "noise": verdict.noise,
            **{f"text_{lang}": text_of(outcome, verdict, lang) for lang in ("it", "en")},
        }
        for verdict in outcome.verdicts
    ]  # fmt: skip
    with results_errors(folder):
        _write(folder / CLAIMS, pd.DataFrame(claims))
        _write(folder / VERDICTS, pd.DataFrame(verdicts))


def text_of(outcome: SensitivityOutcome, verdict: Verdict, lang: str) -> str:
    """Return the verdict on an indicator in words."""
    used = outcome.found.used[verdict.indicator.key]
    return verdict_text(verdict, outcome.study, used, outcome.points, lang)


def _write(path: Path, frame: pd.DataFrame) -> None:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table.replace_schema_metadata(None), path, compression="zstd", store_schema=False)
