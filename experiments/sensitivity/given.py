"""Points of a finished sweep as an analysis takes them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from areavasta.indicators import Indicator
from areavasta.settings.sensitivity import Sensitivity
from experiments.designs.design import Design, generator
from experiments.designs.results import read_sweep
from experiments.results import ResultsError, read_manifest
from experiments.sensitivity.outcomes import given_outcomes
from experiments.sensitivity.study import Numbers, Study


@dataclass(frozen=True)
class GivenData:
    """A study of the points of a sweep, those points as shares (point, factor and dummy), and outcomes."""

    study: Study
    design: Design
    shares: Numbers
    values: Numbers
    manifest: dict[str, Any]


def read_given(wanted: Sensitivity, seed: int, indicators: Sequence[Indicator]) -> GivenData:
    """Return what a finished sweep has; raise ResultsError when the folder holds none, or one factor fits."""
    folder = Path(str(wanted.sweep)).absolute()
    manifest = read_manifest(folder)
    if manifest.get("command") != "sweep":
        raise ResultsError(f"{folder}: holds results of {manifest.get('command')}; name those of a sweep")
    outcome = read_sweep(folder, manifest, [indicator.key for indicator in indicators])
    first, values = given_outcomes(outcome.values, indicators)
    varied = tuple(factor for factor in outcome.factors if first[factor.key].nunique() > 1)
    if not varied:
        raise ResultsError(f"{folder}: no factor of this sweep varies")
    # Chance is averaged over pairs, unless the sweep varied the seed.
    study = Study(replace(wanted, groups={}, chance=False), varied, seed)
    columns = [first[factor.key].to_numpy() for factor in varied]
    random = generator(seed, "given data")
    # Equal values get neighbouring places, in an order that means nothing.
    shares = np.stack(
        [_places(np.unique(column, return_inverse=True)[1], random) for column in columns], axis=1
    )
    dummy = _places(np.zeros(len(first), dtype=np.int64), random)
    design = Design(varied, tuple(zip(*(column.tolist() for column in columns), strict=True)))
    return GivenData(study, design, np.column_stack([shares, dummy]), values, manifest)


def _places(codes: "np.ndarray[tuple[int], np.dtype[np.int64]]", random: np.random.Generator) -> Numbers:
    order = np.lexsort((random.random(len(codes)), codes))
    places = np.empty(len(codes))
    places[order] = (np.arange(len(codes)) + 0.5) / len(codes)
    return places
