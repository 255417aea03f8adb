"""Words of a search: names of levers and objectives, titles and reasons of the reforms it found."""

from collections.abc import Sequence

from areavasta.functions import load_catalogue
from experiments import language
from experiments.provision_texts import (
    choice_words,
    exact,
    holders_text,
    key_words,
    parts_text,
    value_text,
)
from experiments.search.levers import KEPT, HolderLever, Lever, Point
from experiments.search.measures import Aim, Limit, Measure
from experiments.search.mixes import MixLever

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Ricerca di riforme", "Search for reforms"),
    "goal_title": ("Il minor cambiamento che raggiunge un obiettivo", "The least change that reaches a goal"),
    "compromise": ("compromesso", "compromise"),
    "best_of": ("la migliore per {name}", "best for {name}"),
    "found": ("Riforma trovata {number}", "Reform found {number}"),
    "least": ("Minor cambiamento", "Least change"),
    "toward": ("{name}: distanza da {value}", "{name}: distance from {value}"),
    "at_most": ("{name}: al massimo {bound}", "{name}: at most {bound}"),
    "at_least": ("{name}: almeno {bound}", "{name}: at least {bound}"),
    "against": ("{limit} rispetto alla legislazione vigente", "{limit}, against present law"),
    "rules": ("{name} ({member})", "{name} ({member})"),
    "kept": ("come oggi", "as today"),
    "commune": ("quota dei Comuni", "share of communes"),
    "union": ("quota delle Unioni", "share of unions"),
    "area": ("quota dell’area", "share of the area"),
    "region": ("quota della Regione", "share of the region"),
    "province": ("nelle Province", "in provinces"),
    "metropolitan": ("nella Città metropolitana", "in the metropolitan city"),
    "change": ("{name}: {value} (oggi {before})", "{name}: {value} (today {before})"),
    "reason": (
        "Trovata cercando fra {levers}. Nella simulazione ({territory}), rispetto alla legislazione vigente, "
        "nel {year}: {outcomes}.",
        "Found by a search over {levers}. In the simulation ({territory}), against present law, in {year}: "
        "{outcomes}.",
    ),
    "goal_reason": (
        "Il minor cambiamento trovato, fra {levers}, con cui nella simulazione si ha nel {year}: {goal}. "
        "Raggiunto: {reached}.",
        "The least change found, among {levers}, with which the simulation gives in {year}: {goal}. "
        "Reached: {reached}.",
    ),
    "outcome": ("{name} {value}", "{name} {value}"),
    "lever": ("leva", "lever"),
    "levers": ("leve", "levers"),
    "changed": ("Leve mosse", "Levers moved"),
    "distance": ("Distanza", "Distance"),
}
"""Words, in Italian and English."""


def word(key: str, lang: str, **values: object) -> str:
    """Return words in a language, with their values filled in."""
    return WORDS[key][0 if lang == "it" else 1].format(**values)


def lever_name(lever: Lever, lang: str) -> str:
    """Return the name of a lever, as the provisions of a law are named."""
    key = lever.key.removeprefix("scenario.")
    if key.startswith("functions."):
        _, name, *place = key.split(".")
        catalogue = load_catalogue()
        told: str = getattr(catalogue.functions[catalogue.index[name]], f"name_{lang}")
        if place:
            told = f"{told}, {' '.join(word(part, lang) for part in place)}"
        return told.replace("'", "’")
    if key in key_words():
        return key_words()[key].name[lang]
    group, _, member = key.rpartition(".")
    return word("rules", lang, name=key_words()[group].name[lang], member=_rule(member, lang))


def _rule(member: str, lang: str) -> str:
    """Return the name of an allocation rule."""
    return choice_words()["rules", member][lang]


def lever_value(lever: Lever, values: Point, lang: str) -> str:
    """Write the values of a lever."""
    if isinstance(lever, HolderLever):
        held = str(values[0])
        return word("kept", lang) if held == KEPT else holders_text({held: 1.0}, "both", lang, False)
    if isinstance(lever, MixLever):
        weights = {name: float(weight) for name, weight in zip(lever.names, values, strict=True)}
        kind = lever.key.rpartition(".")[2]
        return parts_text(weights, lang) if kind == "rules" else holders_text(weights, kind, lang, False)
    key = lever.key.removeprefix("scenario.")
    if key in key_words():
        return value_text(key_words()[key].form, key, values[0], lang)
    return exact(float(values[0]), lang)


def aim_name(aim: Aim, lang: str) -> str:
    """Return the name of an objective."""
    name = measure_name(aim.measure, lang)
    if aim.toward is None:
        return name
    return word("toward", lang, name=name, value=language.number(aim.toward, lang, 1))


def measure_name(measure: Measure, lang: str) -> str:
    """Return the name of a measure with a typographic apostrophe."""
    return measure.name[lang].replace("'", "’")


def limit_name(limit: Limit, lang: str) -> str:
    """Return a bound in words."""
    bound = shown(limit.bound, limit.measure, lang)
    side = "at_least" if limit.direction > 0 else "at_most"
    told = word(side, lang, name=measure_name(limit.measure, lang), bound=bound)
    return word("against", lang, limit=told) if limit.of.value == "difference" else told


def decimals_of(measure: Measure) -> int:
    """Return the decimals that show a tenth of the smallest relevant effect."""
    return max(measure.decimals, 1 if measure.smallest_relevant_effect >= 1.0 else 2)


def amount(value: float, measure: Measure, lang: str) -> str:
    """Write a difference from present law with its unit."""
    return language.amount(value, measure.unit[lang], lang, decimals_of(measure), signed=True)


def shown(value: float, measure: Measure, lang: str) -> str:
    """Write a level with its unit."""
    return language.amount(value, measure.unit[lang], lang, decimals_of(measure))


def outcomes(aims: Sequence[Aim], values: Sequence[float], lang: str) -> str:
    """Write what a reform does to every objective, one after the other."""
    return "; ".join(
        word(
            "outcome",
            lang,
            name=language.in_sentence(aim_name(aim, lang)),
            value=amount(value, aim.measure, lang),
        )
        for aim, value in zip(aims, values, strict=True)
    )
