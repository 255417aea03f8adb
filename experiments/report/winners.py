"""Who gains and who loses: by size, altitude, area and union, and the communes most affected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from experiments import language
from experiments.charts.reading import PAIRS_FOR_OVER_99, PAIRS_FOR_WORDS
from experiments.comparison_communes import GROUPINGS, POINTS, VERDICTS, read_communes
from experiments.report.blocks import Block, Column, Paragraph, Picture, Pictures, Section, Table, Words
from experiments.report.cited import Source, cited, given, number, of_manifest, source, spread
from experiments.report.folder import Results
from experiments.report.words import word
from experiments.terminal_words import word as terminal_word

MOST_AFFECTED = 10
COUNTS = ("communes", "residents", *VERDICTS)
SHARES = ("better_residents", "worse_residents")
LEP = ("newly_below", "no_longer_below")


def who_section(results: Results, reform: str, pictures: list[Picture], lang: str) -> Section:
    """Return the tables of groups, the communes most affected, and the note on names."""
    # The map stands on the first page already; without one, the groups do.
    map_first = any(one.kind == "map" for one in pictures)
    shown = [one for one in pictures if one.kind == "map_changes" or (one.kind == "groups" and map_first)]
    blocks: list[Block] = [Paragraph(given(word("who_rule", lang)), "note"), Pictures(shown)]
    blocks += [_grouping(results, reform, grouping, lang) for grouping in GROUPINGS]
    if union := _unions(results, reform, lang):
        blocks.append(union)
    blocks.append(Paragraph(given(word("lep", lang)), "note"))
    blocks += _most_affected(results, reform, lang)
    return Section("who", given(word("who", lang, year=results.compared.horizon)), blocks)


def _grouping(results: Results, reform: str, grouping: str, lang: str) -> Table:
    groups = results.compared.groups
    rows = groups[(groups["scenario"] == reform) & (groups["grouping"] == grouping)]
    table = source("groups.parquet", scenario=reform, grouping=grouping)
    written = [
        [
            group_name(results, grouping, row["group"], lang),
            *_cells(row, table.where(group=row["group"]), lang),
        ]
        for row in rows.to_dict("records")
    ]
    total = rows.sum(numeric_only=True).to_dict()
    written.append([word("all_communes", lang), *_cells(total, table, lang, how="sum")])
    columns = [Column(word(key, lang), key != "group") for key in ("group", *COUNTS, *SHARES, *LEP)]
    return Table(
        word(f"by_{grouping}", lang),
        columns,
        written,
        given(f"groups.parquet, scenario = {reform}"),
        "groups",
    )


def group_name(results: Results, grouping: str, group: str, lang: str) -> Words:
    """Return the name of a group; digits of size classes are definitions."""
    if grouping == "area":
        return str(results.manifest["territory"]["areas"][group])
    return given(terminal_word(group, lang))


def _cells(row: Any, origin: Source, lang: str, how: str = "") -> list[Markup]:
    counts = [number(float(row[key]), origin.of(key, how), lang) for key in COUNTS]
    shares = [
        cited(
            language.percent(row[key] / max(row["residents"], 1), lang),
            float(row[key] / max(row["residents"], 1)),
            origin.of(f"{key}/residents", how),
        )
        for key in SHARES
    ]
    return [*counts, *shares, *(number(float(row[key]), origin.of(key, how), lang) for key in LEP)]


def _unions(results: Results, reform: str, lang: str) -> Table | None:
    """Return the table by union of the end of 2022; none where there are no unions."""
    rows = with_unions(results, reform)
    if not (rows["union"] != "").any():
        return None
    names = _union_names(results)
    order = sorted(set(rows["union"]), key=lambda key: (not key, names.get(key, key)))
    table = source("commune_verdicts.parquet", scenario=reform)
    written = []
    for key in order:
        members, origin = rows[rows["union"] == key], table.where(union=key)
        counts = [
            number(
                float((members["verdict"] == verdict).sum()),
                origin.where(verdict=verdict).of("istat_code", "count"),
                lang,
            )
            for verdict in VERDICTS
        ]
        name = given(names.get(key, key), "places.parquet#union") if key else word("no_union", lang)
        size = number(float(len(members)), origin.of("istat_code", "count"), lang)
        residents = number(float(members["population"].sum()), origin.of("population", "sum"), lang)
        written.append([name, size, residents, *counts])
    columns = [Column(word(key, lang), key != "group") for key in ("group", *COUNTS)]
    told = given(f"commune_verdicts.parquet, scenario = {reform}; places.parquet, union")
    return Table(given(word("by_union", lang)), columns, written, told, "groups")


def with_unions(results: Results, reform: str) -> pd.DataFrame:
    """Return the communes of a reform with the key of their union at the end of 2022, or nothing."""
    places = pd.read_parquet(results.folder / "places.parquet", columns=["istat_code", "union"])
    communes = results.compared.communes
    return communes[communes["scenario"] == reform].merge(places, on="istat_code", validate="one_to_one")


def _union_names(results: Results) -> dict[str, str]:
    if results.territory is None:
        return {}
    return dict(zip(results.territory.union_keys, results.territory.union_names, strict=True))


def most_affected(results: Results, reform: str) -> pd.DataFrame:
    """Return the communes that surely gain or lose, by the size of their change of felt service."""
    communes = results.compared.communes
    rows = communes[(communes["scenario"] == reform) & communes["verdict"].isin(["better", "worse"])]
    order = rows.assign(size=-rows["median"].abs()).sort_values(["size", "istat_code"], kind="stable")
    return order.head(MOST_AFFECTED)


def _most_affected(results: Results, reform: str, lang: str) -> list[Block]:
    chosen = most_affected(results, reform)
    if chosen.empty:
        return [Paragraph(given(word("no_affected", lang)))]
    felt = read_communes(results.folder, results.compared.scenarios, results.compared.horizon)
    position = felt.scenarios.index(reform)
    changes = POINTS * (felt.service[position] - felt.service[0])
    codes = list(felt.places["istat_code"])
    rows = [
        _affected_row(results, reform, row, changes[:, codes.index(row["istat_code"])], lang)
        for row in chosen.to_dict("records")
    ]
    headings = ("commune", "area", "residents", "service_change", "interval", "claim", "resources_change")
    columns = [Column(_heading(key, lang), key not in ("commune", "area", "claim")) for key in headings]
    told = given(f"commune_verdicts.parquet, communes.parquet, scenario = {reform}")
    caption = given(word("most_affected", lang, count=MOST_AFFECTED))
    return [Table(caption, columns, rows, told, "affected"), Paragraph(names_note(results, lang), "warning")]


def _heading(key: str, lang: str) -> str:
    text = word(key, lang)
    return text[0].upper() + text[1:]


def _affected_row(results: Results, reform: str, row: Any, changes: Any, lang: str) -> list[Words]:
    origin = source("commune_verdicts.parquet", scenario=reform, istat_code=row["istat_code"])
    runs = source(
        "communes.parquet", scenario=reform, year=results.compared.horizon, istat_code=row["istat_code"]
    )
    low, high = (float(value) / POINTS for value in np.quantile(changes, [0.05, 0.95]))
    ends = [
        number(
            value, runs.of("service", f"pairs_difference_{name}"), lang, decimals=1, scale=POINTS, signed=True
        )
        for value, name in ((low, "q05"), (high, "q95"))
    ]
    return [
        given(row["name"], "places.parquet#name"),
        str(results.manifest["territory"]["areas"][row["area"]]),
        number(float(row["population"]), origin.of("population"), lang),
        number(float(row["median"]), origin.of("median"), lang, decimals=1, signed=True),
        spread(ends[0], ends[1], lang) if results.compared.pairs > 1 else "",
        _verdict(row, origin, results.compared.pairs, lang),
        number(float(row["resources_change"]), origin.of("resources_change"), lang, decimals=0, signed=True),
    ]


def _verdict(row: Any, origin: Source, pairs: int, lang: str) -> Markup:
    """Write whether a commune gains or loses, with its probability."""
    share = float(row[f"p_{row['verdict']}"])
    verb = terminal_verb(row["verdict"], lang)
    if pairs < PAIRS_FOR_WORDS:
        told = f"{verb}, {language.number(round(share * pairs), lang)}/{pairs}"
    else:
        certain = share > language.NEAR_CERTAINTY and pairs < PAIRS_FOR_OVER_99
        chance = f"{pairs}/{pairs}" if certain else language.chance(share, lang)
        told = f"{verb}, {language.certainty(share, lang)} ({chance})"
    return cited(told, share, origin.of(f"p_{row['verdict']}"))


def terminal_verb(verdict: str, lang: str) -> str:
    """Return the verb of a verdict."""
    from experiments.charts.words import label

    return label("improves" if verdict == "better" else "worsens", lang)


def names_note(results: Results, lang: str) -> Markup:
    """Return the note that stands below every list of names."""
    told = results.manifest["territory"]
    if told["imputed_communes"]:
        count = of_manifest(results.manifest, "territory.imputed_communes", lang)
        noun = word("commune" if told["imputed_communes"] == 1 else "communes", lang)
        return Markup(word("names_note_imputed", lang)).format(
            communes=Markup("{}\u00a0{}").format(count, noun)
        )
    return Markup(word("names_note", lang)).format(unions=imputed_unions(results, lang))


def imputed_unions(results: Results, lang: str) -> Markup:
    """Write how many unions have imputed functions."""
    count = results.manifest["territory"]["unions_with_imputed_functions"]
    noun = word("union_noun" if count == 1 else "union_nouns", lang)
    shown = of_manifest(results.manifest, "territory.unions_with_imputed_functions", lang)
    return Markup("{}\u00a0{}").format(shown, noun)
