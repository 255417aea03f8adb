"""Words that the charts of a discovery share."""

from experiments import language
from experiments.charts.frame import Caption, alternative_text
from experiments.charts.sensitivity.wording import indicator_notes
from experiments.discover.labels import say
from experiments.discover.outcome import DiscoverOutcome


def discover_caption(
    outcome: DiscoverOutcome,
    kicker: str,
    title: str,
    subtitle: str,
    notes: tuple[str, ...],
    rows: tuple[str, ...],
    lang: str,
) -> Caption:
    """Bring together the words of one chart; the first row says which chart it is."""
    worlds, runs = len(outcome.worlds.factors), outcome.worlds.runs
    counts = say("counts", lang, worlds=language.number(worlds, lang), runs=language.number(runs, lang))
    first, *others = rows
    lead = f"{first}, {outcome.territory_name[lang]}, {outcome.horizon}: {title}."
    abbreviations = indicator_notes(outcome.indicator.name[lang], lang)
    return Caption(
        lang, kicker, title, subtitle, (*notes, *abbreviations, counts), alternative_text((lead, *others)),
        outcome.new_money, outcome.run_id, outcome.settings_hash, runs, outcome.created, outcome.origin,
    )  # fmt: skip
