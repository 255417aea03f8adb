"""Words that pages of an analysis share: captions, and which index they show of which indicators."""

from experiments import language
from experiments.charts.frame import Caption, alternative_text
from experiments.charts.reading import indicator_name
from experiments.charts.words import label
from experiments.sensitivity.labels import word
from experiments.sensitivity.results import SensitivityOutcome
from experiments.sensitivity.study import CHANCE
from experiments.sensitivity.verdicts import CLEAR, Verdict, has_steps
from experiments.sensitivity.words import factor_name, index_words


def what(outcome: SensitivityOutcome, lang: str) -> str:
    """Say where, and whether values or differences are explained."""
    told = word(outcome.study.wanted.of.value, lang, scenario=outcome.scenario[lang])
    return f"{outcome.territory_name[lang]}, {told}"


def page_caption(
    outcome: SensitivityOutcome,
    title: str,
    subtitle: str,
    notes: tuple[str, ...],
    rows: tuple[str, ...],
    lang: str,
) -> Caption:
    """Bring together the words of a page; the first row says which chart it is."""
    factors = len(outcome.study.factors)
    counts = word(
        "counts", lang,
        factors=language.counted(factors, word("factor", lang), word("factors", lang), lang),
        points=language.counted(outcome.points, word("point", lang), word("points", lang), lang),
        runs=language.number(outcome.runs, lang),
    )  # fmt: skip
    first, *others = rows
    alternative = alternative_text(
        (f"{first}, {outcome.territory_name[lang]}, {outcome.horizon}: {title}.", *others)
    )
    return Caption(
        lang, word("title", lang), title, subtitle, (*notes, counts), alternative, outcome.new_money,
        outcome.run_id, outcome.settings_hash, outcome.runs, outcome.created, outcome.origin,
    )  # fmt: skip


def indicator_notes(names: str, lang: str) -> list[str]:
    """Return the notes that explain abbreviations in names of indicators."""
    return [label(key, lang) for key in ("LEP", "AMPI") if key in names]


def verdict_title(outcome: SensitivityOutcome, verdict: Verdict, lang: str) -> str:
    """State what the indicator depends on most."""
    name = indicator_name(verdict.indicator, lang)
    clear = [one for one in verdict.factors if one.claim in CLEAR]
    if not clear:
        return word("most_none", lang, name=name)
    value = index_words(clear[0].value, outcome.study, verdict.indicator, lang)
    key = "most_chance" if clear[0].factor == CHANCE else "most"
    return word(key, lang, name=name, factor=factor_name(clear[0].factor, lang), value=value)


def strip_word(outcome: SensitivityOutcome, lang: str) -> str:
    """Name the strip within which nothing can be said, or matters."""
    return word("noise_strip_steps" if has_steps(outcome.study) else "noise_strip", lang)
