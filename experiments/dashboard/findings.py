"""What the latest search and the latest discovery found: reforms to start from, and where they fail."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from areavasta.settings import Scenario
from areavasta.settings.discover import Criterion
from areavasta.settings.sensitivity import Outcome
from experiments.discover.outcome import VERDICTS
from experiments.discover.words import goal_text
from experiments.rerun import recorded_settings
from experiments.results import MANIFEST, RESULTS, ResultsError, read_manifest

NAME = re.compile(r"[a-z0-9_]{1,60}")
"""What the name of a found reform may be: it becomes that of a file."""


def found_reforms() -> dict[str, Scenario]:
    """Return the reforms of the latest search by name; none without one, or where its folder is damaged."""
    folder = _latest("search")
    return _reforms(folder) if folder else {}


def conditions(reform: str, territory: str, lang: str) -> list[str]:
    """Return in which worlds a reform misses its goal, after the goal itself, as the latest discovery says.

    Nothing where there is no discovery, or where it is about other reforms or another territory.
    """
    folder = _latest("discover")
    return list(_conditions(folder).get((reform, territory, lang), ())) if folder else []


def _latest(command: str) -> Path | None:
    """Return the folder of the latest results of a command; names of folders begin with their time."""
    folders = sorted(path.parent for path in (RESULTS / command).glob(f"[!.]*/{MANIFEST}"))
    return folders[-1] if folders else None


@lru_cache(maxsize=4)
def _reforms(folder: Path) -> dict[str, Scenario]:
    try:
        manifest = read_manifest(folder)
        names = [one["name"] for one in manifest["search"]["reforms"]]
        return {
            name: recorded_settings(folder, manifest, name).scenario for name in names if NAME.fullmatch(name)
        }
    except (ResultsError, KeyError, TypeError):
        return {}


@lru_cache(maxsize=4)
def _conditions(folder: Path) -> dict[tuple[str, str, str], tuple[str, ...]]:
    try:
        manifest = read_manifest(folder)
        told, key = manifest["discover"], str(manifest["territory"]["key"])
        criterion: dict[str, Any] = told["criterion"]
        goal = Criterion(**{**criterion, "of": Outcome(criterion["of"])})
        rows = pd.read_parquet(folder / VERDICTS).to_dict("records")
        return {
            (str(row["reform"]), key, lang): (f"{goal_text(goal, lang)}.", str(row[f"text_{lang}"]))
            for row in rows
            for lang in ("it", "en")
        }
    except (ResultsError, OSError, KeyError, TypeError, ValueError):
        return {}
