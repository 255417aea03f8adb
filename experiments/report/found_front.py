"""The first page of a search: the reform to look at first, what it does, how far to trust it."""

from __future__ import annotations

from markupsafe import Markup

from experiments import language
from experiments.report.blocks import Front, KeyFigure, Paragraph, Picture, Section
from experiments.report.cited import cited, given, of_manifest, source
from experiments.report.found_values import Found, Objective
from experiments.report.front import key_figure, lead_of, money_part
from experiments.report.law import short_table
from experiments.report.provenance import limits_box
from experiments.report.words import word
from experiments.search.results import REFORMS, Standing

MOST_FIGURES = 4
"""Figures that a first page has room for."""


def found_front(found: Found, pictures: list[Picture]) -> Front:
    """Return the first page; its pictures are those of what is given up."""
    lang, results, name = found.lang, found.results, found.recommended
    readings = found.readings(name)
    kicker = Markup(word("found_kicker", lang)).format(
        title=found.title(name), territory=of_manifest(results.manifest, "territory.name", keys=(lang,)),
        first=of_manifest(results.manifest, "first_year"), last=of_manifest(results.manifest, "horizon"),
    )  # fmt: skip
    money = results.manifest["scenarios"][name].get("financing") == "new_money"
    figures = [_figure(found, one) for one in found.objectives] or [
        key_figure(one) for one in readings.values()
    ]
    return Front(
        kicker=Markup("{}, {}").format(kicker, word("new_money" if money else "equal_money", lang)),
        headline=_headline(found),
        lead=Markup("{} {}").format(_scope(found), lead_of(readings.values(), lang)),
        figures=figures[:MOST_FIGURES],
        provisions=short_table(results, name, lang),
        pictures=[one for one in pictures if one.kind == "tradeoff"],
        boxes=[Section("trust", word("trust", lang), _trust(found)), limits_box(results, lang)],
        flag=word("new_money", lang) if money else "",
    )


def _headline(found: Found) -> Markup:
    """State what the reform to look at does, and how many other scenarios found reforms beat."""
    lang = found.lang
    if not found.objectives:
        values, row = found.row(found.recommended)
        changed = int(values["levers_changed"])
        moved = cited(
            found.counted(changed, word("lever_moved", lang), word("levers_moved", lang)),
            float(changed), row.of("levers_changed"),
        )  # fmt: skip
        return Markup(word("goal_headline", lang)).format(moved=moved, goal=goal_words(found))
    first, _ = money_part(found.readings(found.recommended), lang)
    beaten, total = (_laws(found, **keys) for keys in ({"standing": Standing.beaten.value}, {}))
    if not total[0]:
        return first
    all_beaten = beaten[0] == total[0]
    key = "found_beat_none" if not beaten[0] else "found_beat_all" if all_beaten else "found_beat"
    return Markup("{}; {}").format(first, Markup(word(key, lang)).format(beaten=beaten[1], total=total[1]))


def _laws(found: Found, **keys: str) -> tuple[int, Markup]:
    """Count the scenarios that found reforms are compared with: all, or those of a standing."""
    rows = found.laws[~found.laws["present_law"]]
    for key, value in keys.items():
        rows = rows[rows[key] == value]
    origin = source(REFORMS, present_law=False).where(**keys).of("name", "count")
    return len(rows), cited(language.number(len(rows), found.lang), float(len(rows)), origin)


def goal_words(found: Found) -> Markup:
    """Write the goal of a search for the least change."""
    return given(found.goal["name"][found.lang], "manifest.json#search.constraints")


def _scope(found: Found) -> Markup:
    """Say how many reforms were tried, over how many levers, and how many are unbeaten."""
    lang, manifest = found.lang, found.results.manifest
    levers = len(found.told["levers"])
    key = "found_scope" if found.objectives else "goal_scope"
    return Markup(word(key, lang)).format(
        tried=of_manifest(manifest, "search.tried", lang),
        levers=given(
            found.counted(levers, word("lever", lang), word("levers", lang)), "manifest.json#search"
        ),
        unbeaten=of_manifest(manifest, "search.unbeaten", lang),
    )


def _figure(found: Found, one: Objective) -> KeyFigure:
    """Return what the reform to look at does to an objective, by the statistic that the search went by."""
    values, row = found.row(found.recommended)
    value = float(values[one.key])
    figure = one.written(value, row, found.lang, unit=True)
    if one.reading:
        reading = found.readings(found.recommended)[one.key]
        caption = Markup("{} ({})").format(one.named(found.lang), reading.spread())
        return KeyFigure(figure, caption, key_figure(reading).tone)
    better = one.direction * value
    tone = "plain" if not value else "better" if better > 0 else "worse"
    return KeyFigure(figure, one.named(found.lang), tone)


def _trust(found: Found) -> list[Paragraph]:
    return [Paragraph(text) for text in (kept_words(found), volume_words(found), check_words(found)) if text]


def kept_words(found: Found) -> Markup:
    """Say how many found reforms keep what they promise under another seed; nothing where none was tried."""
    if found.fresh is None:
        return Markup(word("no_fresh", found.lang))
    kept = sum(found.kept(name) for name in found.names)
    return given(
        Markup(word("found_kept", found.lang)).format(kept=kept, total=len(found.names)), "fresh.parquet#kept"
    )


def volume_words(found: Found) -> Markup:
    """Compare the search with as many random trials by hypervolume; nothing where there were none."""
    if found.told.get("hypervolume_random") is None:
        return Markup()
    told = {
        key: cited(
            language.number(found.told[name], found.lang, 3), str(found.told[name]),
            source("manifest.json").of(f"search.{name}"),
        )
        for key, name in (("search", "hypervolume"), ("random", "hypervolume_random"))
    }  # fmt: skip
    return Markup(word("found_volume", found.lang)).format(**told)


def check_words(found: Found) -> Markup:
    """Say in how many of several searches random trials were beaten; nothing where there was one."""
    if found.check is None:
        return Markup()
    wins = int((found.check["search"] > found.check["random"]).sum())
    told = Markup(word("found_check", found.lang)).format(wins=wins, count=len(found.check))
    return given(told, "check.parquet")
