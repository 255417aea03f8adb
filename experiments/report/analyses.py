"""The analyses that a report of a comparison tells of: folders of `sensitivity` and of `discover`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from experiments.discover.outcome import VERDICTS as FOUND
from experiments.results import ResultsError, read_manifest
from experiments.sensitivity.results import VERDICTS


@dataclass(frozen=True)
class Analyses:
    """Folders of finished analyses; None where none is named.

    `sensitivity` tells which factors results depend on, `discovery` in which worlds a reform misses its
    goal.
    """

    sensitivity: Path | None = None
    discovery: Path | None = None

    def check(self) -> None:
        """Raise ResultsError, in one line, when a folder holds no results of its command."""
        for folder, command, table in (
            (self.sensitivity, "sensitivity", VERDICTS),
            (self.discovery, "discover", FOUND),
        ):
            if folder is None:
                continue
            if read_manifest(folder).get("command") != command or not (folder / table).is_file():
                raise ResultsError(
                    f"{folder}: holds no results of `{command}`; name a folder that it wrote with --{command}"
                )
