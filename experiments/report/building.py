"""Put a report together: chapters of reforms, then what all share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from markupsafe import Markup

from experiments import language
from experiments.charts.frame import source_line
from experiments.charts.words import label
from experiments.report.analyses import Analyses
from experiments.report.blocks import Chapter, Front, Picture, Report
from experiments.report.cited import given
from experiments.report.conditions import conditions_section
from experiments.report.dependence import box, dependence_section
from experiments.report.folder import Results
from experiments.report.found import found_reforms, search_chapter
from experiments.report.front import headline, key_figures, lead
from experiments.report.indicators import indicators_section, overview_section, paths_section
from experiments.report.instruments import instruments_section
from experiments.report.law import law_section, short_table
from experiments.report.money import money_section
from experiments.report.other import other_chapter
from experiments.report.pictures import CHARTS, front_effects, pictures_of, read_pictures
from experiments.report.provenance import limits_box, limits_section, provenance_section
from experiments.report.winners import who_section
from experiments.report.words import word
from experiments.results import origin_of


def build_report(results: Results, analyses: Analyses, lang: str, scratch: Path) -> Report:
    """Return the report of a folder of results; charts that lack are drawn into `scratch`."""
    pictures = pictures_of(results, lang, scratch)
    manifest = results.manifest
    span = {"first": manifest["first_year"], "last": manifest["horizon"]}
    shared = [limits_section(results, lang), provenance_section(results, lang)]
    if results.manifest["command"] == "search":
        chapters = [search_chapter(results, pictures, lang)]
        running = word("search_running", lang, **span)
        if analyses.discovery is not None:
            shared.insert(0, conditions_section(results, found_reforms(results), analyses.discovery, lang))
    elif results.comparison is None:
        chapters = [other_chapter(results, pictures, lang)]
        running = word("other_running", lang, command=manifest["command"], **span)
    else:
        reforms = results.comparison.reforms
        chapters = [_chapter(results, reform, pictures, analyses, lang, scratch) for reform in reforms]
        running = word("running", lang, **span)
        if analyses.discovery is not None:
            shared.insert(0, conditions_section(results, reforms, analyses.discovery, lang))
        analysis = analyses.sensitivity
        charts = read_pictures(analysis / CHARTS, lang) if analysis else []
        shared.insert(0, dependence_section(results, reforms, analysis, charts, lang))
    opening = overview_section(results, chapters, lang) if len(chapters) > 1 else None
    headline_told = opening.title if opening else chapters[0].front.headline
    title = f"{Markup(headline_told).striptags()} – Area Vasta"
    return Report(title, running, footer(results, lang), opening, chapters, shared)


def footer(results: Results, lang: str) -> str:
    """Return the line at the foot of every page: source, run, settings, runs, date."""
    pairs = results.manifest.get("pairs", 1)
    told = language.counted(pairs, label("pair", lang), label("pairs", lang), lang)
    return word(
        "footer", lang, source=source_line(origin_of(results.manifest), lang),
        run=results.manifest["run_id"], pairs=told, settings=results.manifest["settings_hash"],
        day=language.short_date(results.created, lang),
    )  # fmt: skip


def _chapter(
    results: Results, reform: str, pictures: list[Picture], analyses: Analyses, lang: str, scratch: Path
) -> Chapter:
    own = [one for one in pictures if one.reform == reform]
    # Present law has a map of its own, told once: how services change over the years without any reform.
    if reform == results.compared.reforms[0]:
        own += [one for one in pictures if one.reform == results.present_law]
    sections = [
        law_section(results, reform, lang),
        indicators_section(results, reform, own, lang),
        who_section(results, reform, own, lang),
        paths_section(results, reform, own, lang),
        money_section(results, reform, own, lang),
        instruments_section(results, reform, own, lang),
    ]
    title = given(results.compared.titles[reform][lang], f"manifest.json#scenarios.{reform}.title")
    return Chapter(reform, title, _front(results, reform, own, analyses, lang, scratch), sections)


def _front(
    results: Results, reform: str, own: list[Picture], analyses: Analyses, lang: str, scratch: Path
) -> Front:
    comparison = results.compared
    new_money = reform in comparison.new_money
    kicker = Markup(word("kicker", lang)).format(
        title=given(comparison.titles[reform][lang], f"manifest.json#scenarios.{reform}.title"),
        day=given(_day(results, reform, lang), f"manifest.json#scenarios.{reform}.effective"),
    )
    where = [one for one in own if one.kind == "map"] or [one for one in own if one.kind == "groups"]
    return Front(
        kicker=Markup("{}, {}").format(kicker, word("new_money" if new_money else "equal_money", lang)),
        headline=headline(comparison, reform, lang),
        lead=lead(comparison, reform, lang),
        figures=key_figures(comparison, reform, lang),
        provisions=short_table(results, reform, lang),
        pictures=[front_effects(results, reform, lang, scratch), *where[:1]],
        boxes=[box(results, reform, analyses.sensitivity, lang), limits_box(results, lang)],
        flag=word("new_money", lang) if new_money else "",
    )


def _day(results: Results, reform: str, lang: str) -> str:
    return language.long_date(date(results.compared.effective[reform], 1, 1), lang)
