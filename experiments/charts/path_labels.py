"""Name what the chart of paths shows, beside the ends of its lines and bands."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from experiments.charts import style
from experiments.charts.page import Block
from experiments.charts.plot import Curve, shown_decimals
from experiments.charts.reading import Reading
from experiments.charts.words import label
from experiments.language import number

# Names of lines are broken to this measure, so that the plot keeps its width.
NARROW = 62.0
REFORM_LABEL = style.Type(7.2, "semibold", style.REFORM)
PRESENT_LABEL = style.Type(7.2, "semibold", style.PRESENT_LAW)


@dataclass(frozen=True)
class Story:
    """What the chart shows: one indicator under one reform and under present law."""

    reading: Reading
    reform: pd.DataFrame
    present: pd.DataFrame
    difference: pd.DataFrame
    effective: int

    @property
    def years(self) -> Curve:
        """The simulated years (n,)."""
        return self.reform.index.to_numpy(dtype=float)


def path_labels(story: Story, limit: float) -> list[Block]:
    """Name the lines and bands at their ends, within a measure in points; anchors are values."""
    lang = story.reading.lang
    reform, present = story.reform.iloc[-1], story.present.iloc[-1]
    decimals = story.reading.indicator.decimals
    ends = (("reform", reform["q50"], REFORM_LABEL), ("present_law", present["q50"], PRESENT_LABEL))
    blocks = [
        _valued(label(key, lang), number(value, lang, decimals), value, kind, limit)
        for key, value, kind in ends
    ]
    if has_band(story.reform):
        blocks += [
            Block(float(reform["q95"]), ((label("nine_reform", lang), style.LABEL_SECONDARY),)),
            Block(float(reform["q75"]), ((label("half_reform", lang), style.LABEL_SECONDARY),)),
        ]
    if has_band(story.present):
        blocks.append(Block(float(present["q05"]), ((label("nine_present", lang), style.LABEL_SECONDARY),)))
    return blocks


def _valued(name: str, value: str, anchor: float, kind: style.Type, limit: float) -> Block:
    """Write a name and its value, the value on a line of its own where both are too wide together."""
    narrow = min(limit, NARROW)
    lines = style.wrap(name, kind, narrow)
    joined = f"{lines[-1]}  {value}"
    if style.width_of(joined, kind) <= limit:
        lines[-1] = joined
    else:
        lines += style.wrap(value, kind, limit)
    return Block(float(anchor), tuple((line, kind) for line in lines))


def difference_labels(story: Story, limit: float) -> list[Block]:
    """Write the difference at the horizon and what the grey strip means, within a measure in points."""
    reading, lang = story.reading, story.reading.lang
    shown = reading.difference()
    if style.width_of(shown, REFORM_LABEL) > NARROW:
        # A long unit stands in the heading of the plot.
        shown = number(reading.median, lang, reading.decimals, signed=True)
    lines = [(text, REFORM_LABEL) for text in style.wrap(shown, REFORM_LABEL, limit)]
    if has_band(story.difference):
        interval = style.wrap(reading.spread(), style.LABEL_SECONDARY, limit)
        lines += [(text, style.LABEL_SECONDARY) for text in interval]
    size = number(reading.threshold, lang, shown_decimals(reading.threshold))
    strip = style.wrap(label("strip", lang, size=size), style.LABEL_SECONDARY, min(limit, NARROW))
    anchor = float(story.difference["q50"].iloc[-1])
    # The strip is named at its middle, or on the side of it that the difference leaves free.
    free = -0.5 * reading.threshold if anchor >= 0 else 0.5 * reading.threshold
    return [
        Block(anchor, tuple(lines)),
        Block(free, tuple((text, style.LABEL_SECONDARY) for text in strip)),
    ]


def has_band(table: pd.DataFrame) -> bool:
    """Tell whether the outer quantiles differ at all."""
    return bool((table["q95"] > table["q05"]).any())
