"""The report of any other command: what it found in words, its charts, its tables."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
from markupsafe import Markup

from areavasta.indicators import INDICATORS
from experiments import language
from experiments.factor_names import factor_name
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
from experiments.report.cited import Source, cited, given, named, of_manifest
from experiments.report.folder import Results
from experiments.report.provenance import table_files
from experiments.report.words import word

MOST_ROWS = 25
"""Rows of a table that a report shows; the table itself has all."""

MOST_COLUMNS = 10
MOST_RECORDS = 5000
"""Tables with more columns or rows than this are records of runs: provenance alone names them."""

DRAWN = ("trajectory.parquet",)
"""Tables that are the data of a chart, which tells them better."""

TERMS = Path(__file__).parent / "terms.csv"
"""What columns, and words in them, are called: one row a term."""

TEXT = "text_"
"""Start of the columns that hold findings in words, one a language."""


@cache
def terms() -> Mapping[str, Mapping[str, str]]:
    """Return the terms by key, then language."""
    with TERMS.open(encoding="utf-8", newline="") as file:
        return {row["key"]: {"it": row["it"], "en": row["en"]} for row in csv.DictReader(file)}


def other_chapter(results: Results, pictures: list[Picture], lang: str) -> Chapter:
    """Return the chapter of results that are no comparison."""
    told = findings(results, lang)
    sections = [Section("findings", word("findings", lang), [Items(told)])] if told else []
    if pictures:
        sections.append(Section("charts", word("charts", lang), [Pictures(pictures)]))
    tables = [block for name in table_files(results) for block in _table(results, name, lang)]
    if tables:
        sections.append(Section("tables", word("tables", lang), tables))
    return Chapter("results", results.manifest["command"], _front(results, pictures, told, lang), sections)


def _front(results: Results, pictures: list[Picture], told: list[Words], lang: str) -> Front:
    manifest = results.manifest
    kicker = Markup(word("other_kicker", lang)).format(
        territory=of_manifest(manifest, "territory.name", keys=(lang,)),
        first=of_manifest(manifest, "first_year"), last=of_manifest(manifest, "horizon"),
    )  # fmt: skip
    # The title of a chart states its finding in few words.
    headline: Words = Markup(word("other_headline", lang)).format(command=manifest["command"])
    nothing_found = "search" in manifest and bool(told)
    if nothing_found:
        headline = told[0]
    elif pictures and pictures[0].lang == lang:
        headline = given(pictures[0].title, f"charts/{pictures[0].name}_{lang}.csv")
    elif told:
        headline = told[0]
    scenarios = Markup("; ").join(
        given(one["title"][lang], f"manifest.json#scenarios.{name}")
        for name, one in manifest["scenarios"].items()
    )
    return Front(kicker=kicker, headline=headline, lead=scenarios)


def findings(results: Results, lang: str) -> list[Words]:
    """Return what the command found, as the tables tell it in words."""
    column = f"{TEXT}{lang}"
    nothing = results.manifest.get("search", {}).get("nothing")
    if nothing:
        return [given(nothing[lang], "manifest.json#search.nothing")]
    return [
        given(text, f"{name}?row={position}#{column}")
        for name in table_files(results)
        if column in pq.read_schema(results.folder / name).names
        for position, text in enumerate(pd.read_parquet(results.folder / name, columns=[column])[column])
        if isinstance(text, str)
    ]


def _table(results: Results, name: str, lang: str) -> list[Block]:
    path = results.folder / name
    foreign = tuple(f"_{other}" for other in language.LANGUAGES if other != lang)
    names = pq.read_schema(path).names
    shown = [column for column in names if not column.startswith(TEXT) and not column.endswith(foreign)]
    rows = pq.read_metadata(path).num_rows
    if rows == 0 or rows > MOST_RECORDS or len(shown) > MOST_COLUMNS or name in DRAWN:
        return []
    frame = pd.read_parquet(path, columns=shown)
    cells = [
        [_cell(row[key], Source(name, (("row", str(position)),), key), key, results, lang) for key in shown]
        for position, row in enumerate(frame.head(MOST_ROWS).to_dict("records"))
    ]
    columns = [Column(_term(key, lang), pd.api.types.is_numeric_dtype(frame[key])) for key in shown]
    origin = given(word("source_table", lang, file=name))
    blocks: list[Block] = [Table(given(name, name), columns, cells, origin, "plain")]
    if rows > MOST_ROWS:
        count = language.number(rows, lang)
        told = word("first_rows", lang, shown=MOST_ROWS, count=count, file=name)
        blocks.append(Paragraph(given(told, name), "note"))
    return blocks


def _term(key: str, lang: str) -> Words:
    """Return what a column or a word in it is called; a key that is a program's own word stays one."""
    key = key.removesuffix(f"_{lang}")
    if key in INDICATORS:
        return named(INDICATORS[key], lang)
    if key in terms():
        return terms()[key][lang]
    name = factor_name(key, lang)
    return name if name != key else Markup("<code>{}</code>").format(key)


def _cell(value: Any, origin: Source, key: str, results: Results, lang: str) -> Words:
    if isinstance(value, bool):
        return terms()[str(value).lower()][lang]
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return "–"
        decimals = 0 if float(value).is_integer() else language.decimals_for([float(value)], 4)
        return cited(language.number(float(value), lang, decimals), float(value), origin)
    if value is None or value == "":
        return "–"
    if str(value) in results.manifest["scenarios"]:
        return given(results.manifest["scenarios"][value]["title"][lang], str(origin))
    return given(_term(str(value), lang) if key != "name" else str(value), str(origin))
