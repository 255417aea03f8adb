"""The two ways to an analysis: runs of its own points, or the points of a finished sweep."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from areavasta.indicators import Indicator
from areavasta.settings import Settings
from areavasta.settings.sensitivity import Outcome
from experiments._config_files import GROUPS, PRESENT_LAW, options
from experiments._hydra import Invocation
from experiments.designs.design import Design
from experiments.engine import Closing, engine_of, territory_of
from experiments.manifest import finish_manifest, make_manifest
from experiments.sensitivity.analysis import Found, analyse
from experiments.sensitivity.checks import read_study_factors
from experiments.sensitivity.given import read_given
from experiments.sensitivity.methods import method_of
from experiments.sensitivity.outcomes import evaluate
from experiments.sensitivity.results import (
    INDICES,
    SensitivityOutcome,
    chosen_indicators,
    describe_study,
    outcome_of,
    told_hash,
    write_analysis,
    write_points,
)
from experiments.sensitivity.study import Study
from experiments.store import RunStore
from experiments.sweep import make_laws
from experiments.terminal import run_progress


@dataclass(frozen=True)
class Analysed:
    """A study, what was found, and the indicators in their order."""

    study: Study
    found: Found
    indicators: list[Indicator]


def own_analysis(
    folder: Path, settings: Settings, invocation: Invocation, created: datetime
) -> tuple[SensitivityOutcome, dict[str, Any]]:
    """Run the points of the method and analyse them; return the outcome and the manifest."""
    wanted = settings.sensitivity
    factors = read_study_factors(wanted, options(invocation.root, GROUPS["scenarios"]), settings.run.seed)
    study, indicators = Study(wanted, factors, settings.run.seed), chosen_indicators(wanted)
    shares = method_of(study).sample(study)
    design = Design.of_shares(factors, shares[:, : len(factors)])
    laws, compared = _laws(settings, invocation, design)
    path = Path(wanted.store).absolute() if wanted.store else invocation.root / "results" / "store"
    store = RunStore(path, engine_of(settings.engine))
    with run_progress(settings.lang.value) as progress:
        outcomes = evaluate(settings, design, laws, store, indicators, progress)
    found = analyse(study, shares, outcomes.values, indicators)
    write_points(folder, design, outcomes.values, indicators)
    manifest = make_manifest(
        "sensitivity", compared, territory_of(settings.territory), created, invocation.root
    )
    manifest |= {"draws": 0, "replicates": wanted.replicates, "pairs": wanted.replicates}
    told = describe_study(study, len(shares), outcomes.runs, len(outcomes.failures), next(iter(laws)))
    return _finish(folder, Analysed(study, found, indicators), manifest, told, outcomes.closing)


def given_analysis(
    folder: Path, settings: Settings, _: Invocation, created: datetime
) -> tuple[SensitivityOutcome, dict[str, Any]]:
    """Analyse the points of a finished sweep; return the outcome and the manifest."""
    wanted = settings.sensitivity
    indicators = chosen_indicators(wanted)
    given = read_given(wanted, settings.run.seed, indicators)
    found = analyse(given.study, given.shares, given.values, indicators)
    write_points(folder, given.design, given.values, indicators)
    sweep = given.manifest["sweep"]
    manifest = {
        **given.manifest, "command": "sensitivity", "created": created.isoformat(timespec="seconds"),
        "of_run": given.manifest["run_id"],
    }  # fmt: skip
    scenario = next(iter(given.manifest["scenarios"]))
    told = describe_study(given.study, sweep["points"], sweep["runs"], sweep["failed_runs"], scenario)
    closing = Closing(**given.manifest["closing"])
    return _finish(folder, Analysed(given.study, found, indicators), manifest, told, closing)


def _finish(
    folder: Path, analysed: Analysed, manifest: dict[str, Any], told: dict[str, Any], closing: Closing
) -> tuple[SensitivityOutcome, dict[str, Any]]:
    write_analysis(folder, analysed.study, analysed.found)
    manifest["sensitivity"] = told
    manifest["settings_hash"] = told_hash(manifest["settings_hash"], told)
    finish_manifest(manifest, folder, closing, INDICES)
    return outcome_of(analysed.study, analysed.found, manifest, analysed.indicators), manifest


def _laws(
    settings: Settings, invocation: Invocation, design: Design
) -> tuple[dict[str, Settings], dict[str, Settings]]:
    """Return the settings of the scenarios among the factors, and of all that the manifest names."""
    laws = make_laws(settings, invocation, design)
    compared = dict(laws)
    if settings.sensitivity.of is Outcome.effect and PRESENT_LAW not in compared:
        compared[PRESENT_LAW] = replace(settings, scenario=settings.present_law)
    return laws, compared
