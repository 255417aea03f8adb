"""Run one pair of finished results again, as it was: same settings, territory and code."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from areavasta.model import TerritorialModel
from areavasta.settings import Settings
from areavasta.territory import Territory
from experiments.engine import Pair, pairs_of, territory_of
from experiments.results import MANIFEST, ResultsError, read_manifest
from experiments.store.identity import code_version

COMMANDS = ("compare", "run")
"""Commands whose results hold whole runs."""


def recorded_settings(folder: Path, manifest: Mapping[str, Any], scenario: str) -> Settings:
    """Return the settings of one scenario of finished results; ResultsError when the manifest is damaged."""
    if "${" in json.dumps(manifest["settings"]):
        # Settings are plain values: OmegaConf would look up what such a text refers to, on this machine.
        raise ResultsError(f"{folder / MANIFEST}: settings refer to something else, ${{...}}")
    try:
        plain = {str(key): value for key, value in manifest["settings"].items()}
        law = plain.pop("scenarios")[scenario]
        # A manifest is JSON, whose keys are words; years of changes are numbers.
        changes = {int(year): change for year, change in law["changes"].items()}
        told = OmegaConf.create({**plain, "scenario": {**law, "changes": changes}})
        settings = OmegaConf.to_object(OmegaConf.merge(OmegaConf.structured(Settings), told))
    except (OmegaConfBaseException, AttributeError, KeyError, TypeError, ValueError) as error:
        why = " ".join(str(error).split())
        raise ResultsError(f"{folder / MANIFEST}: settings cannot be read: {why}") from None
    assert isinstance(settings, Settings)
    return settings


class FinishedRuns:
    """The runs behind a folder of results of `compare` or `run`.

    Raises ResultsError, in one line, when the folder has no such results, or when the code or the
    territory's tables are not those that made them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        self._check_command()
        self.scenarios: tuple[str, ...] = tuple(self.manifest["scenarios"])
        self.territory = self._check_sources()

    @property
    def pairs(self) -> list[Pair]:
        """Pairs that were run."""
        return pairs_of(self.settings(self.scenarios[0]).run)

    @property
    def years(self) -> range:
        """Years that were recorded."""
        return range(self.manifest["first_year"], self.manifest["horizon"] + 1)

    def title(self, scenario: str, lang: str) -> str:
        """Return the title of a scenario."""
        told: str = self.manifest["scenarios"][scenario]["title"][lang]
        return told

    def settings(self, scenario: str) -> Settings:
        """Return the settings of one scenario as they were; ResultsError when the manifest is damaged."""
        return recorded_settings(self.folder, self.manifest, scenario)

    def model(self, scenario: str, pair: Pair, year: int) -> TerritorialModel:
        """Return the model of one run, with the books of a year just closed."""
        settings = self.settings(scenario)
        model = TerritorialModel(settings, settings.run.seed, *pair, territory=self.territory)
        while model.year < year:
            model.step()
        return model

    def _check_command(self) -> None:
        command = self.manifest.get("command")
        if command not in COMMANDS or "settings" not in self.manifest:
            raise ResultsError(f"{self.folder}: holds no results of `compare` or `run`, but of {command}")

    def _check_sources(self) -> Territory:
        """Return the territory, when it and the code are those of the results."""
        made, now = self.manifest.get("code"), code_version()
        if made != now:
            raise ResultsError(
                f"{self.folder}: was made by code {made or 'of an earlier version'}, this is {now}; "
                f"run `{self.manifest['command']}` again"
            )
        territory = territory_of(self.settings(next(iter(self.manifest["scenarios"]))).territory)
        if territory.sha256 != self.manifest["territory"]["sha256"]:
            raise ResultsError(
                f"{self.folder}: the tables of {territory.key} are not those of these results; run it again"
            )
        return territory
