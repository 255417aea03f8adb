"""In which worlds reforms miss or reach a goal: what a discovery found of the reforms of a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from areavasta.settings.discover import Criterion
from areavasta.settings.sensitivity import Outcome
from experiments.discover.outcome import REGRET, VERDICTS
from experiments.discover.words import goal_text
from experiments.report.blocks import Block, Items, Paragraph, Pictures, Section
from experiments.report.cited import given
from experiments.report.folder import Results
from experiments.report.pictures import CHARTS, read_pictures
from experiments.report.words import word
from experiments.results import read_manifest

PICTURES_SHOWN = ("regret", "boxes")
"""Kinds of charts of a discovery that a report of a comparison shows."""


def conditions_section(results: Results, reforms: Sequence[str], folder: Path, lang: str) -> Section:
    """Return the goal, the finding on each reform, which one is most robust, and the charts."""
    manifest = read_manifest(folder)
    told = manifest["discover"]
    goal = goal_text(Criterion(**{**told["criterion"], "of": Outcome(told["criterion"]["of"])}), lang)
    text = word("of_discovery", lang, name=folder.resolve().name, run=manifest["run_id"], goal=goal)
    blocks: list[Block] = [Paragraph(given(text, "discover/manifest.json#discover"))]
    if manifest["territory"]["sha256"] != results.manifest["territory"]["sha256"]:
        blocks.append(Paragraph(word("other_territory", lang), "warning"))
    verdicts = pd.read_parquet(folder / VERDICTS)
    column = f"text_{lang}"
    found = [
        given(row[column], f"discover/{VERDICTS}?reform={row['reform']}#{column}")
        for row in verdicts.to_dict("records")
        if row["reform"] in reforms
    ]
    blocks.append(Items(found) if found else Paragraph(word("no_discovery", lang), "warning"))
    if (folder / REGRET).is_file():
        first = pd.read_parquet(folder / REGRET)[column].iloc[0]
        blocks.append(Paragraph(given(first, f"discover/{REGRET}?row=0#{column}")))
    pictures = [
        one
        for one in read_pictures(folder / CHARTS, lang)
        if one.kind in PICTURES_SHOWN and (not one.reform or one.reform in reforms)
    ]
    return Section("conditions", word("conditions", lang), [*blocks, Pictures(pictures)])
