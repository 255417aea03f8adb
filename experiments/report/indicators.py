"""The main indicators of a reform at the horizon, and how they get there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from markupsafe import Markup

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments import language
from experiments.charts.reading import Claim
from experiments.comparison import Comparison
from experiments.report.blocks import (
    Block,
    Chapter,
    Column,
    Items,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Table,
)
from experiments.report.cited import CitedReading, given, named, number, source, spread
from experiments.report.folder import Results
from experiments.report.front import readings_of
from experiments.report.words import word

YEARS_SHOWN = 5
"""Years that stand side by side."""

COLUMNS = "base, reform, median, q05, q95, p_up, p_down"


def indicators_section(results: Results, reform: str, pictures: list[Picture], lang: str) -> Section:
    """Return the table of the main indicators, with interval and probability in words."""
    blocks: list[Block] = [
        indicators_table(readings_of(results.compared, reform, lang), reform, lang),
        *_warnings(results, reform, lang),
        Paragraph(indicators_note(results, lang), "note"),
        Pictures([one for one in pictures if one.kind == "effects"], screen_only=True),
    ]
    return Section("indicators", indicators_title(results, lang), blocks)


def _warnings(results: Results, reform: str, lang: str) -> list[Block]:
    """Say that a reform is never in force, or that it counts functions by another essential level."""
    laws, told = results.manifest["scenarios"], list[Block]()
    if laws[reform]["effective"] > results.manifest["horizon"]:
        text = word("not_in_force", lang, year=results.manifest["horizon"])
        told.append(Paragraph(given(text, f"manifest.json#scenarios.{reform}.effective"), "warning"))
    levels = [laws[name].get("essential_level") for name in (results.present_law, reform)]
    if levels[0] != levels[1]:
        present, level = (language.percent(one, lang) for one in levels)
        text = word("yardstick", lang, present=present, level=level)
        told.append(Paragraph(given(text, f"manifest.json#scenarios.{reform}.essential_level"), "warning"))
    return told


def indicators_title(results: Results, lang: str) -> Markup:
    """Return the title of a section of indicators."""
    return given(word("indicators", lang, year=results.manifest["horizon"]))


def indicators_note(results: Results, lang: str) -> Markup:
    """Say over how many runs medians are, and what words of certainty mean."""
    return given(Markup(word("indicators_note", lang)).format(pairs=number_of_pairs(results, lang)))


def indicators_table(readings: Mapping[str, CitedReading], reform: str, lang: str) -> Table:
    """Return a table of what a reform does to indicators, with interval and probability in words."""
    headings = ("indicator", "unit", "present_law", "reform", "difference", "interval", "claim", "least")
    columns = [Column(word(key, lang), key not in ("indicator", "unit", "claim")) for key in headings]
    rows = [_row(one) for one in readings.values()]
    origin = word("source_effects", lang, file="effects.parquet", reform=reform, columns=COLUMNS)
    return Table("", columns, rows, given(origin), "indicators")


def overview_section(results: Results, chapters: Sequence[Chapter], lang: str) -> Section:
    """Return what each of several reforms does, in a headline and in the main indicators, side by side."""
    comparison = results.compared
    items = [
        Markup('<a href="#{}">{}</a>: {}').format(one.anchor, one.name, one.front.headline)
        for one in chapters
    ]
    readings = {one.key: readings_of(comparison, one.key, lang) for one in chapters}
    columns = [Column(word("indicator", lang), numeric=False), Column(word("unit", lang), numeric=False)]
    columns += [Column(one.name) for one in chapters]
    rows = [
        [
            named(INDICATORS[key], lang),
            INDICATORS[key].unit[lang],
            *(effect_cell(readings[one.key][key]) for one in chapters),
        ]
        for key in MAIN_INDICATORS
    ]
    table = Table("", columns, rows, given(word("overview_source", lang)), "overview")
    title = given(word("overview_title", lang, count=len(chapters)), "manifest.json#scenarios")
    return Section("overview", title, [Items(items), table])


def effect_cell(one: CitedReading) -> Markup:
    """Write a median with its interval; in bold what is likely beyond the smallest relevant effect."""
    figure = one.difference("")
    if one.reading.claim is Claim.sign:
        figure = Markup("<strong>{}</strong>").format(figure)
    interval = one.spread()
    return Markup("{} <small>({})</small>").format(figure, interval) if interval else figure


def number_of_pairs(results: Results, lang: str) -> Markup:
    """Write how many pairs every scenario has."""
    pairs = results.manifest["pairs"]
    noun = word("pair" if pairs == 1 else "pairs", lang)
    return Markup("{}\u00a0{}").format(_of_manifest(results, "pairs", lang), noun)


def _of_manifest(results: Results, path: str, lang: str) -> Markup:
    from experiments.report.cited import of_manifest

    return of_manifest(results.manifest, path, lang)


def _row(one: CitedReading) -> tuple[str | Markup, ...]:
    reading = one.reading
    name = one.name if reading.claim is not Claim.sign else Markup("<strong>{}</strong>").format(one.name)
    least = language.number(reading.threshold, reading.lang, _decimals(reading.threshold))
    return (
        name,
        reading.unit,
        one.level("base"),
        one.level("reform"),
        one.difference(""),
        one.spread(),
        one.verdict(),
        given(least),
    )


def _decimals(value: float) -> int:
    return 0 if value == round(value) else 1 if value * 10 == round(value * 10) else 2


def paths_section(results: Results, reform: str, pictures: list[Picture], lang: str) -> Section:
    """Return the charts of paths and the differences of a few years."""
    comparison = results.compared
    origin = word("paths_source", lang, reform=reform, present=results.present_law)
    years = shown_years(comparison)
    table = Table(
        word("paths_table", lang),
        [Column(word("indicator", lang), numeric=False), *(Column(given(year)) for year in years)],
        [_path_row(comparison, reform, key, years, lang) for key in MAIN_INDICATORS],
        given(origin),
        "paths",
    )
    blocks: list[Block] = [Pictures([one for one in pictures if one.kind in ("paths", "map_years")]), table]
    return Section("paths", word("paths", lang), blocks)


def shown_years(comparison: Comparison) -> list[int]:
    """Return a few years from the first to the horizon."""
    years = np.arange(comparison.first_year, comparison.horizon + 1)
    picked = np.unique(np.linspace(0, len(years) - 1, min(YEARS_SHOWN, len(years))).round().astype(int))
    return [int(years[position]) for position in picked]


def _path_row(
    comparison: Comparison, reform: str, key: str, years: list[int], lang: str
) -> list[str | Markup]:
    indicator = INDICATORS[key]
    rows = comparison.differences
    rows = rows[(rows["indicator"] == key) & (rows["scenario"] == reform)].set_index("year")
    cells: list[str | Markup] = [Markup("{}, {}").format(named(indicator, lang), indicator.unit[lang])]
    for year in years:
        low, middle, high = (float(rows[name].loc[year]) for name in ("q05", "q50", "q95"))
        decimals = language.decimals_for(
            (value * indicator.scale for value in (low, middle, high)), indicator.decimals
        )
        row = source("indicators.parquet", scenario=reform, indicator=key, year=year)
        median, first, last = (
            number(
                value,
                row.of("value", f"pairs_difference_{name}"),
                lang,
                decimals=decimals,
                scale=indicator.scale,
                signed=True,
            )
            for value, name in ((middle, "median"), (low, "q05"), (high, "q95"))
        )
        interval = (
            Markup(" <small>({})</small>").format(spread(first, last, lang)) if comparison.pairs > 1 else ""
        )
        cells.append(Markup("{}{}").format(median, interval))
    return cells
