"""Write numbers, dates and probabilities in Italian and English, for charts, tables and reports."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

LANGUAGES = ("it", "en")
NO_BREAK_SPACE = "\u00a0"
TRUE_MINUS = "\u2212"
MOST_DECIMALS = 4
MILLION = 1e6
ALMOST_CERTAIN, VERY_LIKELY, LIKELY = 0.95, 0.80, 0.60
# A simulation never claims more than this.
NEAR_CERTAINTY = 0.99

_MONTHS = {
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "en": "January February March April May June July August September October November December",
}
_CERTAINTY = {
    "it": ("quasi certo", "molto probabile", "probabile", "segno incerto"),
    "en": ("almost certain", "very likely", "likely", "sign uncertain"),
}
_CERTAINTY_ADVERB = {
    "it": ("quasi certamente", "molto probabilmente", "probabilmente"),
    "en": ("almost certainly", "very likely", "probably"),
}
INSTITUTIONS = ("Comuni", "Unioni", "Province", "Regione", "Stato")
"""Words that Italian writes with a capital wherever they stand."""

# English writes "€80m": these units follow the figure without a space.
_JOINED_UNITS = ("m", "bn", "k", "tn")


_SINGULAR = {
    "punti percentuali": "punto percentuale", "punti": "punto", "punti Gini": "punto Gini",
    "millesimi di Theil": "millesimo di Theil", "funzioni": "funzione", "Unioni": "Unione",
    "convenzioni": "convenzione", "Comuni": "Comune", "programmi": "programma", "anni": "anno",
    "percentage points": "percentage point", "points": "point", "Gini points": "Gini point",
    "Theil thousandths": "Theil thousandth", "functions": "function", "unions": "union",
    "agreements": "agreement", "communes": "commune", "programmes": "programme", "years": "year",
    "full-time equivalents": "full-time equivalent",
}  # fmt: skip
"""Units after a figure of one, by those after others; units not here are the same."""


def number(value: float, lang: str, decimals: int = 0, signed: bool = False) -> str:
    """Write a number with the separators of the language; a value that shows as zero takes no sign."""
    digits = f"{abs(value):,.{decimals}f}"
    shows_zero = not digits.strip("0.,")
    if lang == "it":
        digits = digits.translate(str.maketrans(",.", ".,"))
    sign = "" if shows_zero else TRUE_MINUS if value < 0 else "+" if signed else ""
    return sign + digits


def in_sentence(name: str) -> str:
    """Write a name as it stands within a sentence: its first letter small, but for institutions and AMPI."""
    first = name.split(" ", maxsplit=1)[0].strip(",:;")
    if first in INSTITUTIONS or name[1:2].isupper():
        return name
    return name[:1].lower() + name[1:]


def amount(value: float, unit: str, lang: str, decimals: int = 0, signed: bool = False) -> str:
    """Write a number with its unit: ``14 € per abitante`` in Italian, ``€14 per resident`` in English."""
    figure = number(value, lang, decimals, signed)
    if unit == "%" or not unit:
        return figure + unit
    if lang == "en" and unit.startswith("€"):
        rest = unit[1:].strip()
        first = rest.split(" ")[0]
        sign, digits = (figure[0], figure[1:]) if figure[0] in "+" + TRUE_MINUS else ("", figure)
        join = "" if first in _JOINED_UNITS or not rest else " "
        return f"{sign}€{digits}{join}{rest}"
    one = figure.lstrip("+" + TRUE_MINUS) == "1"
    return f"{figure}{NO_BREAK_SPACE}{_SINGULAR.get(unit, unit) if one else unit}"


def percent(share: float, lang: str, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage."""
    return number(100.0 * share, lang, decimals) + "%"


def percent_with_article(share: float, lang: str, decimals: int = 0) -> str:
    """Write a percentage after its Italian article (``il 58%``, ``l’8%``, ``lo 0%``); English takes none."""
    shown = percent(share, lang, decimals)
    if lang != "it":
        return shown
    whole = shown.rstrip("%").partition(",")[0]
    if whole in {"1", "11"} or whole.startswith("8"):
        return f"l’{shown}"
    return f"lo {shown}" if whole == "0" else f"il {shown}"


def percent_within(share: float, lang: str) -> str:
    """Write a percentage after its preposition: ``nel 58%``, ``nell’8%``, ``in 58%``."""
    if lang != "it":
        return f"in {percent(share, lang)}"
    article = percent_with_article(share, lang)
    return f"ne{article.removeprefix('i')}" if article.startswith("i") else f"nel{article}"


def chance(share: float, lang: str) -> str:
    """Write a simulated probability; certainty is never claimed at either end."""
    if share > NEAR_CERTAINTY:
        return "oltre 99%" if lang == "it" else "over 99%"
    if share < 1.0 - NEAR_CERTAINTY:
        return "meno dell’1%" if lang == "it" else "under 1%"
    return percent(share, lang)


def interval(low: float, high: float, lang: str, decimals: int = 0, signed: bool = True) -> str:
    """Write an interval: ``da −22 a −6`` or ``−22 to −6``."""
    first, last = number(low, lang, decimals, signed), number(high, lang, decimals, signed)
    return f"da {first} a {last}" if lang == "it" else f"{first} to {last}"


def decimals_for(values: Iterable[float], usual: int) -> int:
    """Choose decimals for two significant digits, at most the usual ones unless all would show as zero."""
    largest = max((abs(value) for value in values), default=0.0)
    if largest < 0.5 * 10.0**-MOST_DECIMALS:
        return usual
    magnitude = math.floor(math.log10(largest))
    return max(0, min(1 - magnitude, max(usual, -magnitude), MOST_DECIMALS))


def certainty(probability: float, lang: str) -> str:
    """Name the probability of the likelier sign, as an adjective."""
    return _CERTAINTY[lang][_step(probability)]


def certainty_adverb(probability: float, lang: str) -> str:
    """Name the probability of the likelier sign, as an adverb; it must be at least ``LIKELY``."""
    return _CERTAINTY_ADVERB[lang][_step(probability)]


def long_date(day: date, lang: str) -> str:
    """Write a date in words: ``1° gennaio 2028`` or ``1 January 2028``."""
    month = _MONTHS[lang].split()[day.month - 1]
    first = "1°" if lang == "it" and day.day == 1 else str(day.day)
    return f"{first}{NO_BREAK_SPACE}{month}{NO_BREAK_SPACE}{day.year}"


def short_date(day: date, lang: str) -> str:
    """Write a date for a footnote: ``22.11.2026`` or ``22 November 2026``."""
    return f"{day.day}.{day.month}.{day.year}" if lang == "it" else long_date(day, lang)


def counted(count: float, singular: str, plural: str, lang: str) -> str:
    """Write a count with its noun, agreeing in number and kept on one line."""
    return f"{number(count, lang)}{NO_BREAK_SPACE}{singular if count == 1 else plural}"


def _step(probability: float) -> int:
    """Return the row of the table of words for a probability."""
    thresholds = (ALMOST_CERTAIN, VERY_LIKELY, LIKELY)
    return next((row for row, least in enumerate(thresholds) if probability >= least), len(thresholds))
