"""Read the comparison of one indicator: shown units, direction, probability and what may be claimed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from experiments import language
from experiments.charts.words import label

if TYPE_CHECKING:
    import pandas as pd

    from areavasta.indicators import Indicator
    from experiments.ablation import Ablation
    from experiments.comparison import Comparison

# Fewer pairs than this carry no probability in words; fewer than a hundred cannot claim "over 99 %".
PAIRS_FOR_WORDS, PAIRS_FOR_OVER_99 = 20, 100
# An opposite sign rarer than this leaves the relevance in doubt, not the sign.
RARE = 0.05


class Claim(Enum):
    """What the paired differences allow one to say."""

    none = "none"
    negligible = "negligible"
    sign = "sign"
    sign_uncertain = "sign_uncertain"
    relevance_uncertain = "relevance_uncertain"


@dataclass(frozen=True)
class Reading:
    """One indicator under one reform at the horizon, in the units that are shown."""

    indicator: Indicator
    base: float
    reform: float
    median: float
    low: float
    high: float
    p_up: float
    p_down: float
    pairs: int
    lang: str

    @property
    def name(self) -> str:
        """Name of the indicator in the language."""
        return indicator_name(self.indicator, self.lang)

    @property
    def unit(self) -> str:
        """Unit of the indicator in the language."""
        return self.indicator.unit[self.lang]

    @property
    def threshold(self) -> float:
        """Smallest relevant effect, in the units that are shown."""
        return self.indicator.smallest_relevant_effect

    @property
    def judged(self) -> bool:
        """Whether more of the indicator is better or worse at all."""
        return self.indicator.better != 0

    @property
    def upward(self) -> bool:
        """Whether the likelier sign is up; without any relevant difference, the sign of the median."""
        return self.p_up > self.p_down if self.p_up != self.p_down else self.median >= 0

    @property
    def improving(self) -> bool:
        """Whether the likelier sign is the better one (for a neutral indicator: up)."""
        return self.upward == (self.indicator.better >= 0)

    @property
    def probability(self) -> float:
        """Share of pairs with a relevant difference of the likelier sign."""
        return max(self.p_up, self.p_down)

    @property
    def opposite(self) -> float:
        """Share of pairs with a relevant difference of the other sign."""
        return min(self.p_up, self.p_down)

    @property
    def beyond(self) -> bool:
        """Whether the whole interval lies beyond the smallest relevant effect."""
        return self.low >= self.threshold or self.high <= -self.threshold

    @cached_property
    def claim(self) -> Claim:
        """Say what may be claimed."""
        if self.low == self.median == self.high == 0.0 and self.probability == 0.0:
            return Claim.none
        if max(abs(self.low), abs(self.high)) < self.threshold:
            return Claim.negligible
        if self.probability >= language.LIKELY:
            return Claim.sign
        return Claim.relevance_uncertain if self.opposite < RARE else Claim.sign_uncertain

    @property
    def multiples(self) -> tuple[float, float, float]:
        """Low end, median and high end in smallest relevant effects, better to the right."""
        turn = -1.0 if self.indicator.better < 0 else 1.0
        low, middle, high = (turn * value / self.threshold for value in (self.low, self.median, self.high))
        return min(low, high), middle, max(low, high)

    @property
    def decimals(self) -> int:
        """Decimals that show the difference and its interval."""
        return language.decimals_for((self.low, self.median, self.high), self.indicator.decimals)

    def difference(self) -> str:
        """Write the median difference with its unit."""
        return language.amount(self.median, self.unit, self.lang, self.decimals, signed=True)

    def spread(self) -> str:
        """Write the interval of the difference in brackets; nothing for a single pair."""
        if self.pairs == 1:
            return ""
        written = language.interval(self.low, self.high, self.lang, self.decimals)
        # Kept on one line: half an interval misleads.
        return f"({written.replace(' ', language.NO_BREAK_SPACE)})"

    def verb(self, likelier: bool = True) -> str:
        """Name a direction: better or worse, for a neutral indicator up or down."""
        favourable = self.improving == likelier
        keys = ("improves", "worsens") if self.judged else ("rises", "falls")
        return label(keys[0] if favourable else keys[1], self.lang)

    def verdict(self) -> str:
        """Write what may be claimed, with its probability."""
        if self.claim is Claim.none:
            return label("no_difference", self.lang)
        if self.claim is Claim.negligible:
            return label("negligible_effect", self.lang)
        if self.pairs < PAIRS_FOR_WORDS:
            return label("in_pairs", self.lang, verb=self.verb(), share=share_of_pairs(self))
        if self.claim is Claim.sign:
            word = language.certainty(self.probability, self.lang)
            return label("sign_word", self.lang, verb=self.verb(), word=word, chance=chance(self))
        return label(
            self.claim.value,
            self.lang,
            chance=chance(self),
            verb=self.verb(),
            other_chance=language.chance(self.opposite, self.lang),
            other=self.verb(likelier=False),
        )


def indicator_name(indicator: Indicator, lang: str) -> str:
    """Return the name of an indicator with a typographic apostrophe."""
    return indicator.name[lang].replace("'", "’")


def share_of_pairs(reading: Reading) -> str:
    """Write how many pairs show the likelier sign."""
    if reading.pairs == 1:
        return label("one_pair", reading.lang)
    count = round(reading.probability * reading.pairs)
    key = "share_of_pairs_one" if count == 1 else "share_of_pairs"
    return label(key, reading.lang, count=count, pairs=reading.pairs)


def chance(reading: Reading) -> str:
    """Write the probability of the likelier sign, as a count where the pairs are too few for "over 99 %"."""
    if reading.probability > language.NEAR_CERTAINTY and reading.pairs < PAIRS_FOR_OVER_99:
        return share_of_pairs(reading)
    return language.chance(reading.probability, reading.lang)


def read(comparison: Comparison, scenario: str, indicator: Indicator, lang: str) -> Reading:
    """Read one indicator of one reform at the horizon; raise ``KeyError`` when the comparison lacks it."""
    rows = comparison.effects
    rows = rows[(rows["indicator"] == indicator.key) & (rows["scenario"] == scenario)]
    if rows.empty:
        raise KeyError(f"no effect of {scenario!r} on {indicator.key!r} in the comparison")
    return read_row(rows.iloc[0], indicator, comparison.pairs, lang)


def read_row(
    row: pd.Series[Any],
    indicator: Indicator,
    pairs: int,
    lang: str,
    levels: tuple[str, str] = ("base", "reform"),
) -> Reading:
    """Read one row of effects; levels are its columns of the medians that the difference goes from and to."""
    base, reform, median, low, high = (
        float(row[column]) * indicator.scale for column in (*levels, "median", "q05", "q95")
    )
    return Reading(
        indicator, base, reform, median, low, high, float(row["p_up"]), float(row["p_down"]), pairs, lang
    )


def read_contribution(
    ablation: Ablation, reform: str, indicator: Indicator, part: tuple[str, str], pairs: int, lang: str
) -> Reading:
    """Read what a part of a reform, (instrument, measure), does to one indicator at the horizon.

    Raises ``KeyError`` when the ablation lacks it.
    """
    rows = ablation.effects
    wanted = {"reform": reform, "indicator": indicator.key, "instrument": part[0], "measure": part[1]}
    rows = rows[(rows[list(wanted)] == list(wanted.values())).all(axis=1)]
    if rows.empty:
        raise KeyError(f"no {part[1]} effect of {part[0]!r} on {indicator.key!r} in the ablation")
    return read_row(rows.iloc[0], indicator, pairs, lang, ("level_from", "level_to"))


def series(table: pd.DataFrame, scenario: str, indicator: Indicator) -> pd.DataFrame:
    """Return the quantiles by year of one indicator and scenario, in the units that are shown."""
    rows = table[(table["indicator"] == indicator.key) & (table["scenario"] == scenario)]
    rows = rows.sort_values("year").set_index("year")[["q05", "q25", "q50", "q75", "q95"]]
    return rows.astype(float) * indicator.scale
