"""The report of a search: reforms that no other beats, the one to look at first, how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from experiments import language
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
    Words,
)
from experiments.report.cited import Source, cited, given, number, source, spread
from experiments.report.folder import Results
from experiments.report.found_front import check_words, found_front, goal_words, kept_words, volume_words
from experiments.report.found_values import Found, Objective, found_reforms, records
from experiments.report.indicators import indicators_note, indicators_table, indicators_title
from experiments.report.law import law_section
from experiments.report.other import other_chapter
from experiments.report.words import word
from experiments.search.labels import label
from experiments.search.results import CHECK, FRESH, FRONT, REFORMS

__all__ = ["found_reforms", "search_chapter"]


def search_chapter(results: Results, pictures: list[Picture], lang: str) -> Chapter:
    """Return the chapter of a search; of one that found nothing, what any command's report tells."""
    if not found_reforms(results):
        return other_chapter(results, pictures, lang)
    found = Found(results, lang)
    name = found.recommended
    table = indicators_table(found.readings(name), name, lang)
    note = Paragraph(indicators_note(results, lang), "note")
    sections = [
        _reforms_section(found, [one for one in pictures if one.kind == "parallel"]),
        law_section(results, name, lang),
        Section("indicators", indicators_title(results, lang), [table, note]),
        _trust_section(found, [one for one in pictures if one.kind == "search_convergence"]),
    ]
    return Chapter("results", found.title(name), found_front(found, pictures), sections)


def _reforms_section(found: Found, pictures: list[Picture]) -> Section:
    """Return all found reforms that were written, beside other scenarios, and where their files are."""
    lang = found.lang
    table = _objectives_table(found) if found.objectives else _goal_table(found)
    origin = f"manifest.json#scenarios.{found.recommended}"
    files = Markup(word("found_files", lang)).format(
        file=given(f"scenarios/{found.recommended}.yaml", origin), name=given(found.recommended, origin)
    )
    return Section(
        "found", word("found_reforms", lang), [table, Paragraph(files, "note"), Pictures(pictures)]
    )


def _objectives_table(found: Found) -> Table:
    lang = found.lang
    columns = [
        Column(word("reform", lang), numeric=False),
        *(Column(Markup("{}, {}").format(one.named(lang), one.unit[lang])) for one in found.objectives),
        Column(word("found_verdict", lang), numeric=False),
    ]
    rows: list[Sequence[Words]] = [(word("found_rows", lang),)]
    for name in found.names:
        title = found.title(name)
        head = Markup("<strong>{}</strong>").format(title) if name == found.recommended else title
        rows.append([head, *_cells(found, *found.row(name)), _promise(found, name)])
    others = records(found.laws[~found.laws["present_law"]])
    if others:
        rows.append((word("law_rows", lang),))
        rows += [_law_row(found, values) for values in others]
    origin = given(Markup(word("found_source", lang)).format(front=FRONT, laws=REFORMS))
    statistic = label(
        f"statistic_{found.told['statistic']}", lang, share=language.percent(found.told["caution"], lang)
    )
    caption = Markup(word("found_caption", lang)).format(statistic=given(statistic, "manifest.json#search"))
    return Table(caption, columns, rows, origin, "found")


def _law_row(found: Found, values: dict[str, Any]) -> list[Words]:
    lang, row = found.lang, source(REFORMS, name=values["name"])
    title = given(values[f"title_{lang}"], str(row.of(f"title_{lang}")))
    standing = word(f"standing_{values['standing'] or 'failed'}", lang)
    if values["problem"]:
        return [title, *("–" for _ in found.objectives), standing]
    return [title, *_cells(found, values, row), standing]


def _cells(found: Found, values: dict[str, Any], row: Source) -> list[Markup]:
    return [_cell(one, values, row, found.lang) for one in found.objectives]


def _cell(one: Objective, values: dict[str, Any], row: Source, lang: str) -> Markup:
    figure = one.written(float(values[one.key]), row, lang)
    interval = one.interval(values, row, lang)
    return Markup("{} <small>({})</small>").format(figure, interval) if interval else figure


def _promise(found: Found, name: str) -> str:
    if found.fresh is None:
        return "–"
    return word("promise_kept" if found.kept(name) else "promise_broken", found.lang)


def _goal_table(found: Found) -> Table:
    """Return how much the least change moves, and what it reaches."""
    lang = found.lang
    values, row = found.row(found.recommended)
    column = found.goal["column"]
    cells: list[Words] = [
        found.title(found.recommended),
        number(float(values["levers_changed"]), row.of("levers_changed"), lang),
        number(float(values["distance"]), row.of("distance"), lang, decimals=2),
        number(float(values[column]), row.of(column), lang, decimals=1),
        _promise(found, found.recommended),
    ]
    headings = [word(key, lang) for key in ("reform", "levers_moved_column", "distance")]
    columns = [Column(headings[0], numeric=False), *(Column(one) for one in headings[1:])]
    columns += [Column(goal_words(found)), Column(word("found_verdict", lang), numeric=False)]
    return Table("", columns, [cells], given(FRONT), "found")


def _trust_section(found: Found, pictures: list[Picture]) -> Section:
    """Return what found reforms keep under another seed, and how the search fared against chance."""
    lang = found.lang
    told = [one for one in (kept_words(found), volume_words(found), check_words(found)) if one]
    blocks: list[Block] = [Items(told)]
    if found.fresh is not None and found.objectives:
        blocks.append(_promises_table(found))
    if found.check is not None:
        blocks.append(_check_table(found))
    blocks += [Paragraph(given(word("found_note", lang)), "note"), Pictures(pictures)]
    return Section("trust", word("trust_all", lang), blocks)


def _promises_table(found: Found) -> Table:
    """Return what every found reform promised of every objective, and what came of it."""
    lang = found.lang
    assert found.fresh is not None
    keys = ("objective", "promised", "interval", "fresh", "found_verdict")
    columns = [Column(word(key, lang), key in ("promised", "interval", "fresh")) for key in keys]
    objectives = {one.key: one for one in found.objectives}
    promised = found.fresh[found.fresh["what"] == "objective"]
    rows: list[Sequence[Words]] = []
    for name in found.names:
        rows.append((found.title(name),))
        for values in records(promised[promised["name"] == name]):
            one = objectives[values["measure"]]
            rows.append(_promise_row(one, values, source(FRESH, name=name, what="objective"), lang))
    return Table(word("promises", lang), columns, rows, given(FRESH), "promises")


def _promise_row(one: Objective, values: dict[str, Any], row: Source, lang: str) -> list[Words]:
    row = row.where(measure=one.key)

    def told(column: str) -> Markup:
        return number(float(values[column]), row.of(column), lang, decimals=one.decimals, signed=True)

    verdict = word("promise_kept" if values["kept"] else "promise_broken", lang)
    interval = spread(told("promised_q05"), told("promised_q95"), lang)
    name = Markup("{}, {}").format(one.named(lang), one.unit[lang])
    return [name, told("promised"), interval, told("fresh"), verdict]


def _check_table(found: Found) -> Table:
    """Return the hypervolumes of every search and of as many random trials."""
    lang = found.lang
    assert found.check is not None
    columns = [Column(word(key, lang)) for key in ("repeat", "by_search", "by_chance")]
    rows = []
    for values in records(found.check):
        row = source(CHECK, repeat=values["repeat"])
        rows.append(
            [
                cited(language.number(values["repeat"], lang), float(values["repeat"]), row.of("repeat")),
                *(number(float(values[key]), row.of(key), lang, decimals=3) for key in ("search", "random")),
            ]
        )
    return Table(word("check_caption", lang), columns, rows, given(CHECK), "narrow")
