"""A finished folder of results, as a report reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from areavasta.settings import Scenario, TerritoryChoice
from areavasta.territory import Territory, TerritoryError
from areavasta.territory_choice import territory_folder
from experiments.ablation import Ablation, build_ablation
from experiments.comparison import Comparison, build_comparison
from experiments.rerun import recorded_settings
from experiments.results import MANIFEST, ResultsError, read_manifest

NEEDED = ("command", "run_id", "settings_hash", "created", "territory", "scenarios", "closing")
"""What the manifest of any finished command says."""


@dataclass(frozen=True)
class Results:
    """A finished folder of results: its manifest and, for a comparison, what it says.

    `territory` is None where its tables are no longer there, or no longer those of the results.
    """

    folder: Path
    manifest: dict[str, Any]
    comparison: Comparison | None
    ablation: Ablation | None
    territory: Territory | None
    shapes: Path | None

    @property
    def created(self) -> date:
        """Day of the runs."""
        return datetime.fromisoformat(self.manifest["created"]).date()

    @property
    def compared(self) -> Comparison:
        """The comparison; only of results that have one."""
        assert self.comparison is not None
        return self.comparison

    @cached_property
    def laws(self) -> dict[str, Scenario]:
        """Return the law of every scenario, as the settings of the results record it."""
        names = self.manifest["scenarios"]
        return {name: recorded_settings(self.folder, self.manifest, name).scenario for name in names}

    @property
    def present_law(self) -> str:
        """Name of the scenario that the others are compared with."""
        return str(next(iter(self.manifest["scenarios"])))


def read_results(folder: Path) -> Results:
    """Read a folder of results; raise ResultsError, in one line, when it is none or not whole."""
    manifest = read_manifest(folder)
    if manifest.get("command") == "validate":
        raise ResultsError(
            f"{folder}: `validate` wrote its own pages there, validation_it.html and validation_en.html"
        )
    if missing := [key for key in NEEDED if key not in manifest]:
        raise ResultsError(
            f"{folder / MANIFEST}: lacks {', '.join(missing)}; name a folder that a command wrote"
        )
    comparison, ablation = None, None
    if manifest["command"] == "compare":
        comparison = build_comparison(folder, manifest)
        ablation = build_ablation(folder, manifest) if manifest.get("variants") else None
    territory, shapes = _territory(manifest)
    return Results(folder, manifest, comparison, ablation, territory, shapes)


def _territory(manifest: Mapping[str, Any]) -> tuple[Territory | None, Path | None]:
    """Return the territory and the folder of its shapes, where they still are those of the results."""
    from experiments.engine import territory_of

    told = manifest.get("settings", {}).get("territory")
    if told is None:
        return None, None
    choice = TerritoryChoice(**told)
    try:
        territory = territory_of(choice)
    except (TerritoryError, OSError):
        return None, None
    if territory.sha256 != manifest["territory"]["sha256"]:
        return None, None
    return territory, territory_folder(choice)
