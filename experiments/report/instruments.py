"""What each instrument of a reform contributes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments.ablation import ALL, FULL, REMOVED, TOGETHER, Ablation
from experiments.charts.reading import Claim, read_contribution
from experiments.instruments import instrument_label
from experiments.report.blocks import Block, Column, Paragraph, Picture, Pictures, Section, Table
from experiments.report.cited import CitedReading, given, source
from experiments.report.folder import Results
from experiments.report.indicators import effect_cell
from experiments.report.words import word

SIDE_BY_SIDE = 4
"""Indicators that fit beside one another."""

Part = tuple[str, str]


def instruments_section(results: Results, reform: str, pictures: list[Picture], lang: str) -> Section:
    """Return the contributions of the instruments, or that they were not analysed."""
    blocks: list[Block]
    ablation = results.ablation
    if ablation is None or reform not in ablation.instruments:
        blocks = [Paragraph(word("instruments_missing", lang))]
    else:
        tables = list(_tables(results, ablation, reform, lang))
        blocks = [Pictures([one for one in pictures if one.kind == "instruments"]), *tables]
        blocks.append(
            Paragraph(given(word("instruments_note", lang)), "note")
            if tables
            else Paragraph(word("no_instrument_moves", lang))
        )
    return Section("instruments", given(word("instruments", lang, year=results.compared.horizon)), blocks)


def _tables(results: Results, ablation: Ablation, reform: str, lang: str) -> Iterator[Table]:
    """Yield tables of a few indicators each: those that any instrument moves."""
    parts: list[tuple[str, Part]] = [
        *((instrument_label(key, lang), (key, REMOVED)) for key in ablation.instruments[reform]),
        (word("all_instruments", lang), (ALL, FULL)),
        (word("only_together", lang), (ALL, TOGETHER)),
    ]
    columns = {
        key: _readings(results, ablation, reform, key, [part for _, part in parts], lang)
        for key in MAIN_INDICATORS
    }
    moved = [key for key, readings in columns.items() if any(_moves(one) for one in readings)]
    for first in range(0, len(moved), SIDE_BY_SIDE):
        keys = moved[first : first + SIDE_BY_SIDE]
        headings = [Column(word("instrument", lang), numeric=False)]
        headings += [Column(f"{columns[key][0].reading.name}, {INDICATORS[key].unit[lang]}") for key in keys]
        rows = [
            [name, *(effect_cell(columns[key][row]) for key in keys)] for row, (name, _) in enumerate(parts)
        ]
        yield Table("", headings, rows, given(word("source_ablation", lang, reform=reform)), "instruments")


def _readings(
    results: Results, ablation: Ablation, reform: str, key: str, parts: list[Part], lang: str
) -> list[CitedReading]:
    """Return what parts of a reform do to one indicator."""
    own = replace(ablation, effects=ablation.effects[ablation.effects["indicator"] == key])
    pairs, row = results.compared.pairs, source("ablation.parquet", reform=reform, indicator=key)
    return [
        CitedReading(
            read_contribution(own, reform, INDICATORS[key], part, pairs, lang),
            row.where(instrument=part[0], measure=part[1]),
        )
        for part in parts
    ]


def _moves(one: CitedReading) -> bool:
    return one.reading.claim not in (Claim.none, Claim.negligible)
