"""What factors are called in Italian and English: constants of the model and provisions of the law."""

import re
from typing import Any

from areavasta.functions import load_catalogue
from experiments import language
from experiments.constants import constant_names
from experiments.language import LANGUAGES
from experiments.provision_texts import choice_words, key_words, plain_choice, value_text

LAWS = ("scenario.", "present_law.")
"""Starts of the keys that are settings of the law."""

RULES = "rules"
"""Last but one part of the key of a weight of allocation, and how its words are listed."""


OTHERS: dict[str, tuple[str, str]] = {
    "scenarios": ("Scenario", "Scenario"),
    "effective": ("Anno di entrata in vigore", "Year of entry into force"),
    "territory.name": ("Territorio", "Territory"),
    "territory.synthetic_communes": ("Comuni del territorio inventato", "Communes of the made-up territory"),
    "territory.synthetic_seed": ("Seme del territorio inventato", "Seed of the made-up territory"),
    "run.years": ("Anni simulati", "Simulated years"),
    "run.seed": ("Caso (seme)", "Chance (seed)"),
    "parameters.finance.capacity_mean": ("Capacità fiscale media", "Mean fiscal capacity"),
    "parameters.need.published_total": ("Fabbisogno pubblicato, totale", "Published need, total"),
    "parameters.need.groups_total": ("Fabbisogno pubblicato, dei gruppi", "Published need, of groups"),
}
"""Names of settings that are neither constants of the model nor provisions, in Italian and English."""

KINDS = {
    "province": ("nelle Province", "in provinces"),
    "metropolitan": ("nella Città metropolitana", "in the metropolitan city"),
}
HOLDERS = {
    "commune": ("quota dei Comuni", "share of communes"),
    "union": ("quota delle Unioni", "share of unions"),
    "area": ("quota dell’area", "share of the area"),
    "region": ("quota della Regione", "share of the region"),
}
"""Kinds of area, and levels of government, in the name of a share of a function."""

SHARE = re.compile(rf"functions\.(\w+)\.({'|'.join(KINDS)})\.({'|'.join(HOLDERS)})")
"""Key of the share of a function that a level holds in a kind of area."""


def function_name(key: str, lang: str) -> str:
    """Return the name of a function of the catalogue."""
    catalogue = load_catalogue()
    function = catalogue.functions[catalogue.index[key]]
    return function.name_it if lang == "it" else function.name_en


def law_key(key: str) -> str:
    """Return the key of a provision within the law; empty for any other setting."""
    start = next((start for start in LAWS if key.startswith(start)), None)
    return key.removeprefix(start) if start else ""


def factor_name(key: str, lang: str) -> str:
    """Return the name of a constant or a provision; the key itself where it has none."""
    law, column = law_key(key), LANGUAGES.index(lang)
    if (other := law or key) in OTHERS:
        return OTHERS[other][column]
    if found := SHARE.fullmatch(law):
        function, kind, level = found.groups()
        return f"{function_name(function, lang)}: {HOLDERS[level][column]}, {KINDS[kind][column]}"
    if law in key_words():
        return key_words()[law].name[lang]
    parent, _, last = law.rpartition(".")
    if parent in key_words() and (RULES, last) in choice_words():
        return f"{key_words()[parent].name[lang]}: {choice_words()[RULES, last][lang]}"
    return constant_names().get(key, {}).get(lang, key)


def factor_value(key: str, value: Any, lang: str) -> str:
    """Write the value of a factor, with its unit where it is one of the law."""
    law = law_key(key)
    if law in key_words():
        form = key_words()[law].form
        if form != "choice":
            return value_text(form, law, float(f"{float(value):.3g}"), lang)
        if (law, plain_choice(value)) in choice_words():
            return choice_words()[law, plain_choice(value)][lang]
    if isinstance(value, bool | str):
        return str(value)
    return language.number(float(value), lang, language.decimals_for([float(value)], 2))
