"""The report of any other command: what it found in words, its charts, its tables."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from markupsafe import Markup

from areavasta.indicators import INDICATORS
from experiments import language
from experiments.charts.reading import indicator_name
from experiments.report.blocks import (
    Block,
    Chapter,
    Column,
    Front,
    Items,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Table,
    Words,
)
from experiments.report.cited import Source, cited, given, of_manifest
from experiments.report.folder import Results
from experiments.report.provenance import table_files
from experiments.report.words import word

MOST_ROWS = 60
"""Rows of a table that a report shows; the table itself has all."""

MOST_COLUMNS = 12
HIDDEN_FROM = 5000
"""Tables with more rows than this are records of runs: only provenance names them."""

DIGITS = 6


def other_chapter(results: Results, pictures: list[Picture], lang: str) -> Chapter:
    """Return the chapter of results that are no comparison."""
    sections = []
    if words := findings(results, lang):
        sections.append(Section("findings", word("findings", lang), [Items(words)]))
    sections.append(Section("charts", word("charts", lang), [Pictures(pictures)]))
    tables = [block for name in table_files(results) for block in _table(results, name, lang)]
    sections.append(Section("tables", word("tables", lang), tables))
    return Chapter("results", results.manifest["command"], _front(results, pictures, lang), sections)


def _front(results: Results, pictures: list[Picture], lang: str) -> Front:
    manifest = results.manifest
    kicker = Markup(word("other_kicker", lang)).format(
        territory=of_manifest(manifest, "territory.name", keys=(lang,)),
        first=of_manifest(manifest, "first_year"), last=of_manifest(manifest, "horizon"),
    )  # fmt: skip
    told = findings(results, lang)
    headline = told[0] if told else Markup(word("other_headline", lang)).format(command=manifest["command"])
    if pictures and not told:
        headline = given(pictures[0].title, f"charts/{pictures[0].name}")
    scenarios = Markup("; ").join(
        given(one["title"][lang], f"manifest.json#scenarios.{name}")
        for name, one in manifest["scenarios"].items()
    )
    return Front(kicker=kicker, headline=headline, lead=scenarios)


def findings(results: Results, lang: str) -> list[Words]:
    """Return what the command found, as the tables tell it in words."""
    found: list[Words] = []
    for name in table_files(results):
        frame = pd.read_parquet(results.folder / name) if _small(results, name) else pd.DataFrame()
        column = f"text_{lang}"
        if column in frame.columns:
            found += [
                given(text, f"{name}?{position}#{column}") for position, text in enumerate(frame[column])
            ]
    return found


def _small(results: Results, name: str) -> bool:
    import pyarrow.parquet as pq

    return bool(pq.read_metadata(results.folder / name).num_rows <= HIDDEN_FROM)


def _table(results: Results, name: str, lang: str) -> list[Block]:
    if not _small(results, name):
        return []
    frame = pd.read_parquet(results.folder / name)
    shown = frame.iloc[:MOST_ROWS, :MOST_COLUMNS]
    columns = [
        Column(Markup("<code>{}</code>").format(column), pd.api.types.is_numeric_dtype(frame[column]))
        for column in shown
    ]
    rows = [
        [
            _cell(value, Source(name, (("row", str(position)),), str(column)), str(column), lang)
            for column, value in row.items()
        ]
        for position, row in enumerate(shown.to_dict("records"))
    ]
    blocks: list[Block] = [
        Table(given(name, name), columns, rows, given(word("source_table", lang, file=name)), "plain")
    ]
    if len(frame) > MOST_ROWS:
        told = word("first_rows", lang, shown=MOST_ROWS, count=language.number(len(frame), lang), file=name)
        blocks.append(Paragraph(given(told, name), "note"))
    return blocks


def _cell(value: Any, origin: Source, column: str, lang: str) -> Words:
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return "–"
        decimals = 0 if float(value).is_integer() else language.decimals_for([float(value)], 4)
        return cited(language.number(float(value), lang, decimals), float(value), origin)
    if column == "indicator" and value in INDICATORS:
        return given(indicator_name(INDICATORS[value], lang), str(origin))
    return given(str(value), str(origin))
