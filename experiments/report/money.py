"""Money at the horizon: who pays whom, what for, and the net of every level against present law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
from markupsafe import Markup

from areavasta.accounts import ACCOUNT_LEVELS, CENTS_PER_EURO, Kind
from areavasta.indicators import INDICATORS, MONEY_LEVELS
from experiments import language
from experiments.charts.reading import read
from experiments.report.blocks import Block, Column, Picture, Pictures, Section, Table, Words
from experiments.report.cited import CitedReading, Source, given, number, source, spread
from experiments.report.folder import Results
from experiments.report.words import word

MILLIONS = 1.0 / (CENTS_PER_EURO * 1e6)
LEAST_MILLIONS = 0.1
"""Flows below this many million euros, with and without the reform, are left out of the table."""

PAIR = ["scenario", "draw", "replicate"]
BETWEEN, KINDS = ["payer_level", "payee_level"], ["kind"]


def money_section(results: Results, reform: str, pictures: list[Picture], lang: str) -> Section:
    """Return flows between levels and by kind, and net money by level."""
    horizon = results.compared.horizon
    blocks: list[Block] = [
        Pictures([one for one in pictures if one.kind == "flows"]),
        _net(results, reform, lang),
        *(_flows(results, reform, keys, lang) for keys in (BETWEEN, KINDS)),
    ]
    return Section("money", given(word("money", lang, year=horizon)), blocks)


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


def flow_sums(results: Results, keys: Sequence[str]) -> pd.DataFrame:
    """Return cents at the horizon, one row a scenario, draw and replicate, one column a group of flows."""
    wanted = list(results.compared.scenarios)
    year = results.compared.horizon
    table = pq.read_table(
        results.folder / "flows.parquet",
        columns=[*PAIR, *keys, "cents"],
        filters=(pc.field("year") == year) & pc.field("scenario").isin(wanted),
    )
    sums = table.to_pandas().groupby([*PAIR, *keys], observed=True)["cents"].sum()
    return pd.DataFrame(sums.unstack(list(keys), fill_value=0))


def _flows(results: Results, reform: str, keys: list[str], lang: str) -> Table:
    sums = flow_sums(results, keys)
    before, after = (sums.loc[name].sort_index() for name in (results.present_law, reform))
    row = source("flows.parquet", scenario=reform, year=results.compared.horizon)
    written = []
    for group in _ordered(sums, keys):
        told = _told(group)
        values = [part[group].to_numpy(np.float64) for part in (before, after)]
        if max(float(np.median(part)) for part in values) * MILLIONS < LEAST_MILLIONS:
            continue
        chosen = row.where(**dict(zip(keys, told, strict=True)))
        written.append([_name(told, keys, lang), *_amounts(results, chosen, values, lang)])
    headings = ("flow", "present_law", "reform", "difference", "interval")
    columns = [Column(word(key, lang), key != "flow") for key in headings]
    note = word(
        "flows_source", lang, year=results.compared.horizon, least=language.number(LEAST_MILLIONS, lang, 1)
    )
    return Table(
        word("flows_table" if keys == BETWEEN else "kinds_table", lang),
        columns,
        written,
        given(note),
        "money",
    )


def _ordered(sums: pd.DataFrame, keys: list[str]) -> list[Any]:
    order = [kind.value for kind in Kind] if keys == KINDS else list(ACCOUNT_LEVELS)
    return sorted(sums.columns, key=lambda told: [order.index(one) for one in _told(told)])


def _told(group: str | tuple[str, ...]) -> tuple[str, ...]:
    return (group,) if isinstance(group, str) else tuple(group)


def _name(told: tuple[str, ...], keys: list[str], lang: str) -> Words:
    if keys == KINDS:
        return word(f"kind_{told[0]}", lang)
    payer, payee = (word(f"level_{level}", lang) for level in told)
    return f"{payer} – {payee}"


def _amounts(results: Results, origin: Source, values: list[np.ndarray], lang: str) -> list[Words]:
    before, after = values
    change = after - before
    present = Source(origin.file, (("scenario", results.present_law), *origin.keys[1:]))
    shown = {
        name: float(np.quantile(change, share))
        for name, share in (("q05", 0.05), ("median", 0.5), ("q95", 0.95))
    }
    decimals = language.decimals_for((value * MILLIONS for value in shown.values()), 1)
    cells = {
        name: number(
            value,
            origin.of("cents", f"pairs_difference_{name}"),
            lang,
            decimals=decimals,
            scale=MILLIONS,
            signed=True,
        )
        for name, value in shown.items()
    }
    levels = [
        number(float(np.median(part)), one.of("cents", "pairs_median"), lang, decimals=1, scale=MILLIONS)
        for part, one in ((before, present), (after, origin))
    ]
    interval = spread(cells["q05"], cells["q95"], lang) if results.compared.pairs > 1 else Markup()
    return [*levels, cells["median"], interval]
