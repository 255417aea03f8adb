"""The first page of a reform: what comes out, in words with their certainty, and in four figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
from markupsafe import Markup

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments import language
from experiments.charts.findings import very_likely_adverb
from experiments.charts.reading import PAIRS_FOR_WORDS, Claim, chance, read, share_of_pairs
from experiments.comparison import Comparison
from experiments.report.blocks import KeyFigure
from experiments.report.cited import CitedReading, Source, cited, given, named, source
from experiments.report.words import word

COST = "cost"
FIRST = (COST, "service")
"""Indicators whose figures always stand on the first page."""

SHORT_UNIT = 8
"""Letters of a unit that stands beside a figure."""

LEAST_SHARE = 0.005
"""Share of residents below which a headline counts communes."""

MOST_TOLD = 4
"""Indicators of each certainty that the lead names."""


def readings_of(comparison: Comparison, reform: str, lang: str) -> dict[str, CitedReading]:
    """Return the main indicators of a reform, each with the row of effects that it reads."""
    return {
        key: CitedReading(
            read(comparison, reform, INDICATORS[key], lang),
            source("effects.parquet", scenario=reform, indicator=key),
        )
        for key in MAIN_INDICATORS
    }


def headline(comparison: Comparison, reform: str, lang: str) -> Markup:
    """State what the reform does to cost, or to what it moves most, and to the services of residents."""
    first, good = money_part(readings_of(comparison, reform, lang), lang)
    second, also_good = _people_part(comparison, reform, lang)
    joint = "but" if None not in (good, also_good) and good != also_good else "and"
    return Markup("{}, {} {}").format(first, word(joint, lang), second)


def money_part(readings: dict[str, CitedReading], lang: str) -> tuple[Markup, bool | None]:
    """Say what becomes of cost, or of what moves most, and whether that is better; None where unsure."""
    cost = readings[COST]
    if cost.reading.claim is Claim.sign:
        key = "saves" if cost.reading.improving else "costs"
        text = Markup(word(key, lang)).format(size=cost.size(), hedge=_hedge(cost))
        return _capital(text), cost.reading.improving
    clear = [one for one in readings.values() if one.reading.claim is Claim.sign and one.reading.judged]
    if clear:
        most = max(clear, key=lambda one: abs(one.reading.multiples[1]))
        key = "rises_by" if most.reading.upward else "falls_by"
        after = Markup("{}{}").format(", " if _hedge(most) else "", _hedge(most)).rstrip()
        return Markup(word(key, lang)).format(
            name=most.name, size=most.size(), hedge=after
        ), most.reading.improving
    unsure = cost.reading.claim in (Claim.sign_uncertain, Claim.relevance_uncertain)
    return Markup(word("cost_uncertain" if unsure else "cost_same", lang)), None


def _people_part(comparison: Comparison, reform: str, lang: str) -> tuple[Markup, bool | None]:
    shares = {verdict: resident_share(comparison, reform, verdict, lang) for verdict in ("better", "worse")}
    better, worse = (shares[verdict][0] for verdict in ("better", "worse"))
    if better == worse == 0.0:
        if comparison.pairs < PAIRS_FOR_WORDS:
            adverb = _very_likely(comparison.pairs, reform, "better", lang)
            return Markup(word("services_same_few", lang)).format(adverb=adverb), None
        return Markup(word("services_same", lang)), None
    lead = "better" if better >= worse else "worse"
    adverb = _very_likely(comparison.pairs, reform, lead, lang)
    if shares[lead][0] < LEAST_SHARE:
        rows = comparison.communes[comparison.communes["scenario"] == reform]
        communes, count = commune_count(rows, reform, lead, lang)
        few = "one" if communes == 1 else "few"
        told = Markup(word(f"services_{lead}_{few}", lang)).format(adverb=adverb, count=count)
    else:
        told = Markup(word(f"services_{lead}", lang)).format(adverb=adverb, share=shares[lead][1])
    return told, lead == "better"


def _very_likely(pairs: int, reform: str, verdict: str, lang: str) -> Markup:
    """Hedge what holds in the part of the pairs that a verdict takes."""
    return given(very_likely_adverb(pairs, lang), str(count_source(reform, verdict)))


def resident_share(comparison: Comparison, reform: str, verdict: str, lang: str) -> tuple[float, Markup]:
    """Return the share of residents whose commune has a verdict, as a number and in words."""
    rows = comparison.communes[comparison.communes["scenario"] == reform]
    share = float(rows.loc[rows["verdict"] == verdict, "population"].sum() / rows["population"].sum())
    origin = source("commune_verdicts.parquet", scenario=reform, verdict=verdict)
    # The share is of all rows that differ in the last key alone.
    return share, cited(language.percent_with_article(share, lang), share, origin.of("population", "share"))


def commune_count(rows: pd.DataFrame, reform: str, verdict: str, lang: str) -> tuple[int, Markup]:
    """Return how many communes have a verdict, as a number and in words."""
    count = int((rows["verdict"] == verdict).sum())
    return count, cited(language.number(count, lang), float(count), count_source(reform, verdict))


def count_source(reform: str, verdict: str) -> Source:
    """Return the source of a count of communes of a verdict."""
    return source("commune_verdicts.parquet", scenario=reform, verdict=verdict).of("istat_code", "count")


def lead(comparison: Comparison, reform: str, lang: str) -> Markup:
    """Name the main indicators by what may be claimed of them."""
    return lead_of(readings_of(comparison, reform, lang).values(), lang)


def lead_of(every: Iterable[CitedReading], lang: str) -> Markup:
    """Name indicators by what may be claimed of them."""
    readings = [one for one in every if one.reading.claim is Claim.sign]
    sentences = [
        Markup("{}: {}.").format(heading, _enumerate(_strongest(group), lang))
        for heading, group in _by_certainty(readings, lang)
    ]
    return Markup(" ").join(sentences) if sentences else Markup(word("nothing_clear", lang))


def _by_certainty(readings: Sequence[CitedReading], lang: str) -> list[tuple[str, list[CitedReading]]]:
    groups: dict[str, list[CitedReading]] = {}
    for one in readings:
        few = one.reading.pairs < PAIRS_FOR_WORDS
        heading = word("in_runs", lang) if few else language.certainty(one.reading.probability, lang)
        groups.setdefault(heading, []).append(one)
    order = sorted(groups, key=lambda name: -max(one.reading.probability for one in groups[name]))
    return [(name[0].upper() + name[1:], groups[name]) for name in order]


def _strongest(group: Sequence[CitedReading]) -> list[CitedReading]:
    """Return those that move most, in the order of the main indicators."""
    kept = sorted(group, key=lambda one: -abs(one.reading.multiples[1]))[:MOST_TOLD]
    return [one for one in group if one in kept]


def _enumerate(group: Sequence[CitedReading], lang: str) -> Markup:
    parts = [
        Markup(word("moves", lang)).format(
            name=named(one.reading.indicator, lang, small=True), size=one.difference(), chance=_chance(one)
        )
        for one in group
    ]
    return Markup("; ").join(parts)


def _chance(one: CitedReading) -> Markup:
    few = one.reading.pairs < PAIRS_FOR_WORDS
    told = share_of_pairs(one.reading) if few else chance(one.reading)
    return cited(told, one.reading.probability, one.row.of("p_up" if one.reading.upward else "p_down"))


def _hedge(one: CitedReading) -> Markup:
    """Return the words, with a space after, for a finding that is less than almost certain."""
    reading = one.reading
    if reading.pairs < PAIRS_FOR_WORDS:
        return Markup(word("in_share", reading.lang)).format(share=_chance(one))
    if reading.probability >= language.ALMOST_CERTAIN:
        return Markup()
    return Markup("{} ").format(language.certainty_adverb(reading.probability, reading.lang))


def key_figures(comparison: Comparison, reform: str, lang: str) -> list[KeyFigure]:
    """Return the four figures of the first page: cost, services, communes, and what else moves most."""
    readings = readings_of(comparison, reform, lang)
    figures = [key_figure(readings[key]) for key in FIRST]
    figures.append(_commune_figure(comparison, reform, lang))
    others = [
        one
        for key, one in readings.items()
        if key not in FIRST and one.reading.claim is Claim.sign and one.reading.judged
    ]
    # What gets worse is told first: a reader who sees gains alone is misled.
    others.sort(key=lambda one: (one.reading.improving, -abs(one.reading.multiples[1])))
    return [*figures, *(key_figure(one) for one in others[:1])]


def key_figure(one: CitedReading) -> KeyFigure:
    """Return the median difference of an indicator with its interval."""
    reading = one.reading
    interval = Markup(" ({})").format(one.spread()) if reading.pairs > 1 else ""
    sure = reading.claim is Claim.sign and reading.judged
    tone = "plain" if not sure else "better" if reading.improving else "worse"
    unit, _, rest = reading.unit.partition(" ")
    joined = unit == "€" or (not rest and len(unit) <= SHORT_UNIT)
    figure = one.difference(unit if joined else "")
    told = rest if joined else reading.unit
    caption = Markup("{}{}{}").format(one.name, f", {told}" if told else "", interval)
    return KeyFigure(figure, caption, tone)


def _commune_figure(comparison: Comparison, reform: str, lang: str) -> KeyFigure:
    rows = comparison.communes[comparison.communes["scenario"] == reform]
    better, shown = commune_count(rows, reform, "better", lang)
    worse, shown_worse = commune_count(rows, reform, "worse", lang)
    total = cited(
        language.number(len(rows), lang), float(len(rows)),
        source("commune_verdicts.parquet", scenario=reform).of("istat_code", "count"),
    )  # fmt: skip
    if not worse:
        shown_worse = cited(word("no_commune", lang), 0.0, count_source(reform, "worse"))
    figure = Markup(word("of_all", lang)).format(count=shown, total=total)
    tone = "plain" if better == worse else "better" if better > worse else "worse"
    return KeyFigure(figure, Markup(word("communes_figure", lang)).format(worse=shown_worse), tone)


def _capital(text: Markup) -> Markup:
    return Markup(text[0].upper()) + text[1:]
