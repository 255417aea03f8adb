"""Money at the horizon: who pays whom, what for, and the net of every level against present law."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from markupsafe import Markup

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.indicators import INDICATORS, MONEY_LEVELS
from experiments import language
from experiments.charts.reading import read
from experiments.comparison_flows import flow_sums
from experiments.money_words import kind_name, level_name
from experiments.report.blocks import Block, Column, Picture, Pictures, Section, Table, Words
from experiments.report.cited import CitedReading, Source, given, number, source, spread
from experiments.report.folder import Results
from experiments.report.words import word

MILLION = 1e6
LEAST_MILLIONS = 0.1
"""Flows below this many million euros, with and without the reform, are left out of the tables."""

MEASURES = ("base", "reform", "median", "q05", "q95")
HEADINGS = ("flow", "present_law", "reform", "difference", "interval")


def money_section(results: Results, reform: str, pictures: list[Picture], lang: str) -> Section:
    """Return net money by level, and flows between levels and by kind."""
    blocks: list[Block] = [
        Pictures([one for one in pictures if one.kind == "flows"]),
        _net(results, reform, lang),
        _between(results, reform, lang),
        _kinds(results, reform, lang),
    ]
    return Section("money", given(word("money", lang, year=results.compared.horizon)), blocks)


def _net(results: Results, reform: str, lang: str) -> Table:
    comparison = results.compared
    rows = []
    for level in MONEY_LEVELS:
        key = f"money_{level}"
        one = CitedReading(
            read(comparison, reform, INDICATORS[key], lang),
            source("effects.parquet", scenario=reform, indicator=key),
        )
        rows.append(
            (
                one.name,
                one.level("base"),
                one.level("reform"),
                one.difference(""),
                one.spread(),
                one.verdict(),
            )
        )
    headings = ("flow", "present_law", "reform", "difference", "interval", "claim")
    columns = [Column(word(key, lang), key not in ("flow", "claim")) for key in headings]
    told = word(
        "source_effects",
        lang,
        file="effects.parquet",
        reform=reform,
        columns="base, reform, median, q05, q95",
    )
    return Table(word("net_money", lang), columns, rows, given(told), "money")


def _between(results: Results, reform: str, lang: str) -> Table:
    """Return what flows between levels; what suppliers are paid is in the table by kind."""
    flows = results.compared.flows
    rows = []
    own = flows[flows["scenario"] == reform].sort_values(
        ["base", "payer", "payee"], ascending=[False, True, True]
    )
    for row in own.to_dict("records"):
        if max(row["base"], row["reform"]) < LEAST_MILLIONS * MILLION:
            continue
        origin = source("flow_effects.parquet", scenario=reform, payer=row["payer"], payee=row["payee"])
        sources = {name: origin.of(name) for name in MEASURES}
        name = f"{_capital(level_name(row['payer'], lang))} – {level_name(row['payee'], lang)}"
        rows.append([name, *_amounts(results, row, sources, 1.0 / MILLION, lang)])
    note = word("flows_source", lang, year=results.compared.horizon, least=_least(lang))
    return _table("flows_table", rows, note, lang)


def _kinds(results: Results, reform: str, lang: str) -> Table:
    """Return what flows by kind."""
    scenarios, year = results.compared.scenarios, results.compared.horizon
    sums = flow_sums(results.folder, scenarios, year, ["kind"])
    present, changed = (sums.loc[name].sort_index() for name in (results.present_law, reform))
    rows = []
    for kind in (one.value for one in Kind if one.value in sums.columns):
        before, after = (
            CENTS_PER_EURO * part[kind].to_numpy(np.float64).round(2) for part in (present, changed)
        )
        median = [float(np.median(part)) for part in (before, after)]
        if max(median) < LEAST_MILLIONS * MILLION * CENTS_PER_EURO:
            continue
        low, middle, high = (float(value) for value in np.quantile(after - before, [0.05, 0.5, 0.95]))
        values = dict(zip(MEASURES, (*median, middle, low, high), strict=True))
        sources = _kind_sources(results, reform, kind)
        rows.append(
            [
                kind_name(kind, lang),
                *_amounts(results, values, sources, 1.0 / (MILLION * CENTS_PER_EURO), lang),
            ]
        )
    note = word("kinds_source", lang, year=year, least=_least(lang))
    return _table("kinds_table", rows, note, lang)


def _kind_sources(results: Results, reform: str, kind: str) -> dict[str, Source]:
    present, changed = (
        source("flows.parquet", scenario=name, year=results.compared.horizon, kind=kind)
        for name in (results.present_law, reform)
    )
    hows = {name: f"pairs_difference_{name}" for name in ("median", "q05", "q95")}
    return {
        "base": present.of("cents", "pairs_median"),
        "reform": changed.of("cents", "pairs_median"),
        **{name: changed.of("cents", how) for name, how in hows.items()},
    }


def _table(caption: str, rows: list[list[Words]], note: str, lang: str) -> Table:
    columns = [Column(word(key, lang), key != "flow") for key in HEADINGS]
    return Table(word(caption, lang), columns, rows, given(note), "money")


def _least(lang: str) -> str:
    return language.number(LEAST_MILLIONS, lang, 1)


def _amounts(
    results: Results, values: Mapping[Any, float], sources: dict[str, Source], scale: float, lang: str
) -> list[Words]:
    """Write the levels, and the difference with its interval, in millions of euros."""
    change = language.decimals_for((values[name] * scale for name in ("median", "q05", "q95")), 1)
    cells = {
        name: number(
            values[name], sources[name], lang,
            decimals=1 if name in ("base", "reform") else change, scale=scale,
            signed=name not in ("base", "reform"),
        )
        for name in MEASURES
    }  # fmt: skip
    interval = spread(cells["q05"], cells["q95"], lang) if results.compared.pairs > 1 else Markup()
    return [cells["base"], cells["reform"], cells["median"], interval]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
