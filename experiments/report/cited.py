"""Numbers that say where they come from: table, rows, column, and what was done to them.

A source is written like an address: ``effects.parquet?scenario=x&indicator=cost#median``. Keys choose rows,
the column follows, and ``!`` a way to make one number of several rows (see `HOW`); without it there is one.
``a/b`` is a ratio of two columns. Keys that a table lacks are those of ``places.parquet``, joined by commune.
Values of a manifest are ``manifest.json#path.to.value``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from areavasta.indicators import Indicator
from experiments import language
from experiments.charts.reading import Reading, indicator_name

HOW = (
    "count", "sum", "share", "main_median", "pairs_median", "pairs_q05", "pairs_q95",
    "pairs_difference_median", "pairs_difference_q05", "pairs_difference_q95",
)  # fmt: skip
"""Ways to make one number of rows: how many; their sum; their sum over that of all rows that differ in the
last key; the median over main indicators; or, of the sums of every pair of draw and replicate, the median,
5th or 95th percentile, as they are or less those of present law (the manifest's first scenario)."""

MANIFEST = "manifest.json"

DEFINITION, LAW = "definition", "law"
"""Sources of digits that are no results: thresholds that words are defined by, and references to the law."""


@dataclass(frozen=True)
class Source:
    """Where a number comes from; `keys` choose rows."""

    file: str
    keys: tuple[tuple[str, str], ...] = ()
    column: str = ""
    how: str = ""

    def of(self, column: str, how: str = "") -> Source:
        """Return the source of another column of the same rows."""
        return replace(self, column=column, how=how)

    def where(self, **keys: object) -> Source:
        """Return the source of fewer rows."""
        return replace(self, keys=(*self.keys, *((key, str(value)) for key, value in keys.items())))

    def __str__(self) -> str:
        """Write the address."""
        chosen = f"?{urlencode(self.keys)}" if self.keys else ""
        how = f"!{self.how}" if self.how else ""
        return f"{self.file}{chosen}#{quote(self.column, safe='/._-')}{how}"


def source(file: str, **keys: object) -> Source:
    """Return the source of some rows of a table."""
    return Source(file).where(**keys)


def cited(text: str, value: float | str, origin: Source) -> Markup:
    """Return a text that is, or contains, a value, marked with the value and its source."""
    told = repr(float(value)) if isinstance(value, float) else str(value)
    return Markup('<data value="{}" data-source="{}" title="{}">{}</data>').format(told, origin, origin, text)


def number(
    value: float,
    origin: Source,
    lang: str,
    *,
    decimals: int = 0,
    scale: float = 1.0,
    signed: bool = False,
    unit: str = "",
) -> Markup:
    """Write a number of a table with its unit; the value is raw, `scale` turns it into the unit shown."""
    text = (
        language.amount(value * scale, unit, lang, decimals, signed)
        if unit
        else language.number(value * scale, lang, decimals, signed)
    )
    return cited(text, float(value), origin)


def of_manifest(manifest: Mapping[str, Any], path: str, lang: str = "", keys: tuple[str, ...] = ()) -> Markup:
    """Write a value of the manifest; whole numbers with the separators of a language when one is given.

    Names that may hold dots follow the path as keys.
    """
    value: Any = manifest
    for name in (*path.split("."), *keys):
        value = value[name]
    text = language.number(value, lang) if lang and isinstance(value, int | float) else str(value)
    return cited(text, str(value), Source(MANIFEST, column=".".join((path, *keys))))


def given(text: object, origin: str = DEFINITION) -> Markup:
    """Mark digits that are no result: a definition, or a reference to the law."""
    return Markup('<span data-source="{}">{}</span>').format(origin, text)


def named(indicator: Indicator, lang: str, *, small: bool = False) -> Markup:
    """Write the name of an indicator, whose digits are its own; in a sentence its first letter is small."""
    name = indicator_name(indicator, lang)
    name = language.in_sentence(name) if small else name
    return given(name, f"indicators.csv?key={indicator.key}#name_{lang}")


def spread(low: Markup, high: Markup, lang: str) -> Markup:
    """Write an interval of two cited numbers, kept on one line."""
    words = ("da\u00a0{}\u00a0a\u00a0{}", "{}\u00a0to\u00a0{}")
    return Markup(words[language.LANGUAGES.index(lang)]).format(low, high)


@dataclass(frozen=True)
class CitedReading:
    """The reading of one row of effects or contributions, whose words cite that row."""

    reading: Reading
    row: Source

    @property
    def name(self) -> Markup:
        """Name of the indicator."""
        return named(self.reading.indicator, self.reading.lang)

    def level(self, column: str) -> Markup:
        """Write the level under present law (`base`) or the reform; columns of a contribution likewise."""
        one = self.reading
        shown = one.base if column in ("base", "level_from") else one.reform
        return number(
            shown / one.indicator.scale,
            self.row.of(column),
            one.lang,
            decimals=one.indicator.decimals,
            scale=one.indicator.scale,
        )

    def difference(self, unit: str | None = None) -> Markup:
        """Write the median difference, with its own unit or another way to write it; none when empty."""
        return self._difference(self.reading.median, "median", self.reading.unit if unit is None else unit)

    def size(self) -> Markup:
        """Write the median difference without its sign, with its unit."""
        one = self.reading
        text = language.amount(abs(one.median), one.unit, one.lang, one.decimals)
        return cited(text, one.median / one.indicator.scale, self.row.of("median"))

    def spread(self) -> Markup:
        """Write the interval of the difference; nothing for a single pair."""
        one = self.reading
        if one.pairs == 1:
            return Markup()
        return spread(self._difference(one.low, "q05"), self._difference(one.high, "q95"), one.lang)

    def verdict(self) -> Markup:
        """Write what may be claimed, citing the share of pairs of the likelier sign."""
        one = self.reading
        column = "p_up" if one.upward else "p_down"
        return cited(one.verdict(), one.probability, self.row.of(column))

    def _difference(self, shown: float, column: str, unit: str = "") -> Markup:
        one = self.reading
        return number(
            shown / one.indicator.scale, self.row.of(column), one.lang,
            decimals=one.decimals, scale=one.indicator.scale, signed=True, unit=unit,
        )  # fmt: skip
