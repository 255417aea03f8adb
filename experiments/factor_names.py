"""What factors are called in Italian and English: constants of the model and provisions of the law."""

from experiments.constants import constant_names
from experiments.provision_texts import choice_words, key_words

LAWS = ("scenario.", "present_law.")
"""Starts of the keys that are settings of the law."""

RULES = "rules"
"""Last but one part of the key of a weight of allocation, and how its words are listed."""


def law_key(key: str) -> str:
    """Return the key of a provision within the law; empty for any other setting."""
    start = next((start for start in LAWS if key.startswith(start)), None)
    return key.removeprefix(start) if start else ""


def factor_name(key: str, lang: str) -> str:
    """Return the name of a constant or a provision; the key itself where it has none."""
    law = law_key(key)
    if law in key_words():
        return key_words()[law].name[lang]
    parent, _, last = law.rpartition(".")
    if parent in key_words() and (RULES, last) in choice_words():
        return f"{key_words()[parent].name[lang]}: {choice_words()[RULES, last][lang]}"
    return constant_names().get(key, {}).get(lang, key)
