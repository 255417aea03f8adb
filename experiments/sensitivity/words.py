"""Words of an analysis in Italian and English: names of factors, claims, and the verdict on an indicator."""

from collections.abc import Sequence

from areavasta.indicators import Indicator
from areavasta.settings.sensitivity import Analysis
from experiments import factor_names, language
from experiments.charts.reading import indicator_name
from experiments.sensitivity.labels import WORDS, word
from experiments.sensitivity.study import CHANCE, DUMMY, Study
from experiments.sensitivity.verdicts import Claim, FactorVerdict, Sample, Verdict, has_steps

MOST_NAMES = 4
"""Factors that a sentence names at most."""

DECIMALS = 2
"""Decimals of indices and of widths of intervals."""


def factor_name(name: str, lang: str) -> str:
    """Return how a factor is called: a constant or a provision by its name."""
    return word(name, lang) if name in (CHANCE, DUMMY) else factor_names.factor_name(name, lang)


def claim_words(claim: Claim, study: Study, lang: str) -> str:
    """Return what may be said of a factor; of steps, noise and its edge are those of relevance."""
    steps = f"{claim.value}_steps"
    return word(steps if has_steps(study) and steps in WORDS else claim.value, lang)


def index_words(value: float, study: Study, indicator: Indicator, lang: str, unit: bool = True) -> str:
    """Write a main index: a percentage, a distance, or an amount in the unit of the indicator."""
    if has_steps(study):
        decimals = language.decimals_for([value], indicator.decimals)
        return language.amount(value, indicator.unit[lang] if unit else "", lang, decimals)
    if study.wanted.sweep is None and study.wanted.method is Analysis.sobol:
        return language.percent(value, lang)
    return language.number(value, lang, 2)


def note_words(study: Study, index: str, lang: str) -> str:
    """Say what an index is, and what chance is where it is among the factors."""
    chance = f"note_chance_{index}"
    told = word(f"note_{index}", lang)
    return f"{told} {word(chance, lang)}" if CHANCE in study.units and chance in WORDS else told


def short_claim(claim: Claim, study: Study, lang: str) -> str:
    """Return what may be said of a factor in a word or two, for tables."""
    steps = f"short_{claim.value}_steps"
    return word(steps if has_steps(study) and steps in WORDS else f"short_{claim.value}", lang)


def verdict_text(verdict: Verdict, study: Study, used: int, points: int, lang: str) -> str:
    """Return the verdict on an indicator: what matters, what does not, chance, whether samples suffice."""
    name = indicator_name(verdict.indicator, lang)
    if verdict.sample is Sample.constant:
        return word("constant", lang, name=name)
    clear = [one.factor for one in verdict.clear]
    parts = [_clear(clear, lang)]
    noise = index_words(verdict.noise, study, verdict.indicator, lang)
    for claim in (Claim.limit, Claim.noise, Claim.little):
        names = [one.factor for one in verdict.factors if one.claim is claim and one.factor != CHANCE]
        lead = "noise_lead_steps" if claim is Claim.noise and has_steps(study) else f"{claim.value}_lead"
        if names:
            parts.append(word(lead, lang, names=_names(names, lang), noise=noise))
    if verdict.chance is not None:
        parts.append(_chance(verdict.chance, study, verdict.indicator, lang))
    sentences = [f"{name}: {'; '.join(parts)}.", sample_text(verdict, study, lang)]
    if used < points:
        count = language.counted(points - used, word("point", lang), word("points", lang), lang)
        sentences.append(word("dropped", lang, count=count))
    return " ".join(sentences)


def sample_text(verdict: Verdict, study: Study, lang: str) -> str:
    """Say whether the sample suffices, and if not why."""
    if verdict.sample is Sample.unsettled and verdict.moved == float("inf"):
        return word("one_size", lang)
    decimals = _apart(verdict.width, study.wanted.precision) if verdict.sample is Sample.wide else DECIMALS
    shown = {
        key: language.number(value, lang, decimals)
        for key, value in (
            ("width", verdict.width),
            ("moved", verdict.moved),
            ("precision", study.wanted.precision),
        )
    }
    steps = f"{verdict.sample.value}_steps"
    key = steps if has_steps(study) and steps in WORDS else verdict.sample.value
    return word(key, lang, name=indicator_name(verdict.indicator, lang), **shown)


def _apart(width: float, asked: float) -> int:
    """Return the decimals to which two numbers show that they differ."""
    return next(
        decimals for decimals in range(DECIMALS, 17) if round(width, decimals) != round(asked, decimals)
    )


def _clear(names: Sequence[str], lang: str) -> str:
    if not names:
        return word("clear_none", lang)
    return word("clear_one" if len(names) == 1 else "clear_lead", lang, names=_names(names, lang))


def _names(names: Sequence[str], lang: str) -> str:
    told = ", ".join(factor_name(name, lang) for name in names[:MOST_NAMES])
    left = len(names) - MOST_NAMES
    if left <= 0:
        return told
    return f"{told} e altri {left}" if lang == "it" else f"{told} and {left} more"


def _chance(chance: FactorVerdict, study: Study, indicator: Indicator, lang: str) -> str:
    index = "mu_star" if has_steps(study) else "total" if study.wanted.method is Analysis.sobol else "median"
    return word(f"chance_{index}", lang, value=index_words(chance.value, study, indicator, lang))
