"""What the outcome depends on: a sensitivity analysis where one is given, and what the runs tell."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
from markupsafe import Markup

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments import language
from experiments.report.blocks import Block, Column, Paragraph, Picture, Pictures, Section, Table, Words
from experiments.report.cited import cited, given, named, source
from experiments.report.folder import Results
from experiments.report.words import word
from experiments.results import read_manifest
from experiments.sensitivity.results import VERDICTS

PICTURES_SHOWN = ("1_factors_and_indicators", "3_")
"""Starts of the names of the charts of an analysis that a report of a comparison shows."""


def dependence_section(
    results: Results, reforms: tuple[str, ...], analysis: Path | None, pictures: list[Picture], lang: str
) -> Section:
    """Return the findings of an analysis, or that there is none, and the parts of parameters and chance."""
    blocks: list[Block] = []
    if analysis is None:
        blocks.append(Paragraph(word("no_sensitivity", lang)))
    else:
        blocks += _analysis(results, analysis, pictures, lang)
    shares = [table for reform in reforms if (table := _shares(results, reform, lang)) is not None]
    if shares:
        blocks += [Paragraph(word("shares", lang), "note"), *shares]
    return Section("dependence", word("dependence", lang), blocks)


def _analysis(results: Results, folder: Path, pictures: list[Picture], lang: str) -> list[Block]:
    manifest = read_manifest(folder)
    told = manifest["sensitivity"]
    title = manifest["scenarios"][told["scenario"]]["title"][lang]
    scope = word("scope_effect" if told["of"] == "effect" else "scope_level", lang, title=title)
    text = word("of_sensitivity", lang, name=folder.resolve().name, run=manifest["run_id"], scope=scope)
    blocks: list[Block] = [Paragraph(given(text, "sensitivity/manifest.json#sensitivity"))]
    if manifest["territory"]["sha256"] != results.manifest["territory"]["sha256"]:
        blocks.append(Paragraph(word("other_territory", lang), "warning"))
    verdicts = pd.read_parquet(folder / VERDICTS)
    rows: list[list[Words]] = [
        [
            named(INDICATORS[row["indicator"]], lang),
            given(row[f"text_{lang}"], f"sensitivity/{VERDICTS}?indicator={row['indicator']}#text_{lang}"),
        ]
        for row in verdicts.to_dict("records")
    ]
    columns = [Column(word("indicator", lang), numeric=False), Column(word("finding", lang), numeric=False)]
    blocks.append(Table("", columns, rows, given(f"sensitivity/{VERDICTS}"), "words"))
    blocks.append(Pictures([one for one in pictures if one.name.startswith(PICTURES_SHOWN)]))
    return blocks


def _shares(results: Results, reform: str, lang: str) -> Table | None:
    effects = results.compared.effects
    own = effects[effects["scenario"] == reform].set_index("indicator")["parameter_share"]
    rows: list[list[Words]] = [
        [
            named(INDICATORS[key], lang),
            cited(
                language.percent(float(own[key]), lang),
                float(own[key]),
                source("effects.parquet", scenario=reform, indicator=key).of("parameter_share"),
            ),
        ]
        for key in MAIN_INDICATORS
        if not math.isnan(float(own[key]))
    ]
    if not rows:
        return None
    columns = [Column(word("indicator", lang), numeric=False), Column(word("parameter_share", lang))]
    title = results.manifest["scenarios"][reform]["title"][lang]
    caption = Markup("{}: {}").format(
        word("shares_table", lang), given(title, f"manifest.json#scenarios.{reform}")
    )
    return Table(
        caption, columns, rows, given(f"effects.parquet, scenario = {reform}, parameter_share"), "narrow"
    )


def _is_about(results: Results, reform: str, analysis: Path) -> bool:
    """Say whether an analysis is of the same territory and, when it is of an effect, of the reform."""
    manifest = read_manifest(analysis)
    told = manifest["sensitivity"]
    same = manifest["territory"]["sha256"] == results.manifest["territory"]["sha256"]
    return bool(same and (told["of"] != "effect" or told["scenario"] == reform))


def box(results: Results, reform: str, analysis: Path | None, lang: str) -> Section:
    """Return the few words of a first page."""
    blocks: list[Block] = []
    if analysis is not None and _is_about(results, reform, analysis):
        verdicts = pd.read_parquet(analysis / VERDICTS)
        main = verdicts[verdicts["indicator"].isin(MAIN_INDICATORS[:2])]
        for row in main.to_dict("records"):
            origin = f"sensitivity/{VERDICTS}?indicator={row['indicator']}#text_{lang}"
            blocks.append(Paragraph(given(row[f"text_{lang}"], origin)))
    else:
        effects = results.compared.effects
        own = effects[(effects["scenario"] == reform) & effects["indicator"].isin(MAIN_INDICATORS)]
        shares = own["parameter_share"].dropna().to_numpy()
        if shares.size:
            share = float(np.median(shares))
            place = source("effects.parquet", scenario=reform).of("parameter_share", "main_median")
            shown = cited(language.percent_with_article(share, lang), share, place)
            blocks.append(Paragraph(Markup(word("box_shares", lang)).format(share=shown)))
        blocks.append(Paragraph(word("no_sensitivity_short", lang)))
    return Section("dependence", word("dependence", lang), blocks)
