"""The list of the charts of a folder: `charts.json`, from which a report embeds them by name."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from experiments.results import ResultsError, results_errors

LISTING = "charts.json"

FORMAT = "areavasta-charts-1"
"""Name of the present format of the list."""


@dataclass(frozen=True)
class About:
    """What a chart is of: its kind, and the reform, indicator and year where it has one."""

    kind: str
    reform: str | None = None
    indicator: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class ChartEntry:
    """One chart in one language; `name` is the same in every language, `files` go by their ending."""

    name: str
    lang: str
    kind: str
    reform: str | None
    indicator: str | None
    year: int | None
    title: str
    subtitle: str
    alternative: str
    caption: str
    source: str
    run_id: str
    settings_hash: str
    licence: str
    created: str
    width_cm: float
    height_cm: float
    files: dict[str, Path]


def read_charts(folder: Path) -> list[ChartEntry]:
    """Return the charts of a folder, in the order of names and languages; none where there is no list.

    Paths of files are absolute. Raises ResultsError, in one line, for a list that cannot be read or names
    a file outside the folder.
    """
    path = folder / LISTING
    if not path.is_file():
        return []
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ResultsError(f"{path}: the format is {content['format']!r}; {FORMAT} is read")
        return [_entry(folder, row) for row in content["charts"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResultsError(f"{path}: cannot be read: {' '.join(str(error).split())}") from None


def add_chart(folder: Path, entry: ChartEntry) -> None:
    """Put a chart into the list of its folder, in place of one of the same name and language."""
    key = entry.name, entry.lang
    others = [one for one in read_charts(folder) if (one.name, one.lang) != key]
    entries = sorted([*others, entry], key=lambda one: (one.name, one.lang))
    content = {"format": FORMAT, "charts": [_plain(one) for one in entries]}
    with results_errors(folder):
        aside = folder / f".{LISTING}"
        aside.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        aside.replace(folder / LISTING)


def _plain(entry: ChartEntry) -> dict[str, Any]:
    return {**asdict(entry), "files": {ending: path.name for ending, path in entry.files.items()}}


def _entry(folder: Path, row: dict[str, Any]) -> ChartEntry:
    files = {str(ending): folder.absolute() / name for ending, name in row["files"].items()}
    for path in files.values():
        if path.parent != folder.absolute():
            raise ValueError(f"{path.name} is not in the folder")
    return ChartEntry(**{item.name: row[item.name] for item in fields(ChartEntry) if item.name != "files"},
                      files=files)  # fmt: skip
