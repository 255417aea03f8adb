"""Values of the law in words: how each key of a scenario is told in Italian and English."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from experiments.language import LANGUAGES, MOST_DECIMALS, amount, counted, number, percent_with_article

FOLDER = Path(__file__).parent
KEYS, CHOICES = FOLDER / "provisions.csv", FOLDER / "provision_choices.csv"
"""One row a key of the law; one row a value that a key of words may take."""

UNITS = {
    "per_head": ("€ per abitante", "€ per resident"),
    "points": ("punti percentuali", "percentage points"),
}

NOUNS = {
    "years": (("anno", "anni"), ("year", "years")),
    "residents": (("abitante", "abitanti"), ("resident", "residents")),
    "communes": (("Comune", "Comuni"), ("commune", "communes")),
}

EVERY = {"it": ("mai", "ogni anno", "ogni {years}"), "en": ("never", "every year", "every {years}")}
"""Words for a period of zero years, of one, of more."""

PARTS = ("name", "clause", "meaning")

WHOLE = 1.0


@dataclass(frozen=True)
class KeyWords:
    """One key of the law in both languages: its form, its name, its clause with `{value}`, its meaning."""

    form: str
    name: dict[str, str]
    clause: dict[str, str]
    meaning: dict[str, str]


@cache
def key_words() -> Mapping[str, KeyWords]:
    """Return the words of every key of the law but those of functions."""
    with KEYS.open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: KeyWords(
                row["form"],
                *({lang: row[f"{part}_{lang}"] for lang in LANGUAGES} for part in PARTS),
            )
            for row in csv.DictReader(file)
        }  # fmt: skip


@cache
def choice_words() -> Mapping[tuple[str, str], dict[str, str]]:
    """Return the words of every value that a key of words may take, by key and value."""
    with CHOICES.open(encoding="utf-8", newline="") as file:
        return {
            (row["key"], row["choice"]): {"it": row["it"], "en": row["en"]} for row in csv.DictReader(file)
        }


def plain_choice(value: Any) -> str:
    """Return the word by which a file writes a value."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value.value if isinstance(value, Enum) else value)


def value_text(form: str, key: str, value: Any, lang: str, in_clause: bool = False) -> str:
    """Write a value of the law; in a clause an Italian percentage takes its article (``l’80%``)."""
    if form == "choice":
        return choice_words()[key, plain_choice(value)][lang]
    if form == "percent":
        return _percent(value, lang, in_clause)
    if form in NOUNS:
        return _counted(form, value, lang)
    return FORMS[form](value, lang)


def parts_text(weights: Mapping[str, float], lang: str) -> str:
    """Write by which rules an envelope is shared, the largest part first."""
    parts = sorted(((part, rule) for rule, part in weights.items() if part > 0), key=lambda item: -item[0])
    if len(parts) == 1:
        return choice_words()["rules", parts[0][1]][lang]
    return join(
        [f"{choice_words()['rules', rule][lang]} ({_percent(part, lang)})" for part, rule in parts], lang
    )


def holders_text(shares: Mapping[str, float], kind: str, lang: str, in_clause: bool) -> str:
    """Write who holds a function: `kind` is province, metropolitan or both; with prepositions in a clause."""
    told = []
    for level, share in sorted(shares.items(), key=lambda item: -item[1]):
        if share > 0:
            key = f"area.{kind}" if level == "area" else level
            name = choice_words()["holder" if in_clause else "held", key][lang]
            told.append(name if share >= WHOLE else _with_share(name, share, lang, in_clause))
    return join(told, lang) if in_clause else ", ".join(told)


def join(parts: list[str], lang: str) -> str:
    """Write a list: ``a, b e c``."""
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} {'e' if lang == 'it' else 'and'} {parts[-1]}"


def exact(value: float, lang: str, signed: bool = False) -> str:
    """Write a number with the decimals it has."""
    return number(value, lang, decimals_of(value), signed)


def decimals_of(value: float) -> int:
    """Return how many decimals a number has, to the fourth."""
    return next(
        (few for few in range(MOST_DECIMALS) if abs(round(value, few) - value) < 0.1**MOST_DECIMALS / 2.0),
        MOST_DECIMALS,
    )


def money(value: float, lang: str, signed: bool = False) -> str:
    """Write euros a head, with cents where there are any."""
    decimals = 2 if decimals_of(value) else 0
    return amount(value, _unit("per_head", lang), lang, decimals, signed)


def _unit(key: str, lang: str) -> str:
    return UNITS[key][0 if lang == "it" else 1]


def _counted(form: str, value: float, lang: str) -> str:
    return counted(value, *NOUNS[form][0 if lang == "it" else 1], lang)


def _percent(share: float, lang: str, article: bool = False) -> str:
    decimals = decimals_of(100.0 * share)
    return (
        percent_with_article(share, lang, decimals)
        if article
        else f"{number(100.0 * share, lang, decimals)}%"
    )


def _with_share(name: str, share: float, lang: str, in_clause: bool) -> str:
    if in_clause:
        return f"{name} {'per' if lang == 'it' else 'for'} {_percent(share, lang, article=True)}"
    return f"{name} {_percent(share, lang)}"


def _period(value: int, lang: str) -> str:
    never, yearly, often = EVERY[lang]
    if value == 0:
        return never
    return yearly if value == 1 else often.format(years=_counted("years", value, lang))


FORMS: dict[str, Callable[[Any, str], str]] = {
    "parts": parts_text,
    "period": _period,
    "ratio": exact,
    "level": lambda value, lang: f"{exact(100.0 * value, lang)}%",
    "growth": lambda value, lang: f"{exact(100.0 * value, lang, signed=True)}%",
    "steps": lambda value, lang: amount(
        100.0 * value, _unit("points", lang), lang, decimals_of(100.0 * value), True
    ),
    "money": money,
    "money_signed": lambda value, lang: money(value, lang, signed=True),
}
"""How values are written that take no article, no noun and no words of their own."""
