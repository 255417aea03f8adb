"""Numbers, dates and words of certainty, as officials write them."""

from datetime import date

import pytest

from experiments import language
from experiments.language import amount, decimals_for, interval, number, percent_with_article


def test_numbers_follow_the_language() -> None:
    assert number(1234.5, "it", 1) == "1.234,5"
    assert number(1234.5, "en", 1) == "1,234.5"
    assert number(-14, "it") == "\u221214"
    assert number(14, "it", signed=True) == "+14"


@pytest.mark.parametrize("value", [0.0, -0.0, 0.04, -0.04])
def test_zero_takes_no_sign(value: float) -> None:
    assert number(value, "it", 1, signed=True) == "0,0"


def test_amounts_and_units() -> None:
    assert amount(14, "€ per abitante", "it") == "14\u00a0€ per abitante"
    assert amount(-14, "€ per resident", "en", signed=True) == "\u2212€14 per resident"
    assert amount(12.5, "%", "it", 1) == "12,5%"
    assert amount(-1, "punti percentuali", "it") == "\u22121\u00a0punto percentuale"
    assert amount(1.0, "functions", "en", signed=True) == "+1\u00a0function"
    assert amount(1.0, "functions", "en", 1) == "1.0\u00a0functions"


def test_intervals() -> None:
    assert interval(-22, -6, "it") == "da \u221222 a \u22126"
    assert interval(-22, -6, "en") == "\u221222 to \u22126"


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.58, "il 58%"), (0.08, "l’8%"), (0.8, "l’80%"), (0.11, "l’11%"), (0.01, "l’1%"), (0.0, "lo 0%")],
)
def test_italian_articles_agree(share: float, written: str) -> None:
    assert percent_with_article(share, "it") == written


def test_certainty_is_never_claimed() -> None:
    assert language.chance(1.0, "it") == "oltre 99%"
    assert language.chance(0.0, "it") == "meno dell’1%"
    assert language.chance(0.89, "en") == "89%"


@pytest.mark.parametrize(
    ("probability", "word"),
    [(0.95, "quasi certo"), (0.94, "molto probabile"), (0.8, "molto probabile"), (0.6, "probabile")],
)
def test_words_of_probability(probability: float, word: str) -> None:
    assert language.certainty(probability, "it") == word
    assert language.certainty(0.59, "en") == "sign uncertain"


def test_dates() -> None:
    assert language.long_date(date(2028, 1, 1), "it") == "1°\u00a0gennaio\u00a02028"
    assert language.long_date(date(2028, 1, 1), "en") == "1\u00a0January\u00a02028"
    assert language.short_date(date(2026, 11, 22), "it") == "22.11.2026"


@pytest.mark.parametrize(
    ("values", "usual", "decimals"),
    [
        ((-14, -22, -6), 1, 0),
        ((5.0, 3.1, 6.8), 1, 1),
        ((0.2, 0.1, 0.3), 1, 1),
        ((0.012,), 1, 2),
        ((0.0,), 1, 1),
    ],
)
def test_decimals_show_two_digits(values: tuple[float, ...], usual: int, decimals: int) -> None:
    assert decimals_for(values, usual) == decimals


def test_counts_agree_and_stay_together() -> None:
    assert language.counted(1, "Comune", "Comuni", "it") == "1\u00a0Comune"
    assert language.counted(1200, "commune", "communes", "en") == "1,200\u00a0communes"
