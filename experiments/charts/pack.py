"""Draw all charts of a comparison."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.charts import style
from experiments.charts.effects import draw_effects
from experiments.charts.files import save_chart
from experiments.charts.flows import draw_flows
from experiments.charts.frame import Caption
from experiments.charts.groups import draw_groups
from experiments.charts.instruments import draw_instruments, moved_most
from experiments.charts.listing import About
from experiments.charts.maps import draw_map, points
from experiments.charts.page import Page
from experiments.charts.paths import draw_paths
from experiments.charts.reading import Claim, read
from experiments.charts.shapes import Shapes, load_shapes
from experiments.comparison_communes import RELEVANT_POINTS

if TYPE_CHECKING:
    import pandas as pd

    from areavasta.indicators import Indicator
    from areavasta.territory import Territory
    from experiments.ablation import Ablation
    from experiments.comparison import Comparison

log = logging.getLogger(__name__)

FIRST_WITH_PATHS = 3


def draw_charts(
    comparison: Comparison,
    folder: Path,
    lang: str,
    territory: Territory,
    main_indicators: Sequence[str],
    shapes: Path | None,
    *,
    indicators: Mapping[str, Indicator] | None = None,
    width_cm: float = style.COLUMN_CM,
) -> list[Path]:
    """Draw the charts of every reform and return the files written, in the order of the charts.

    A reform gets charts of paths for the first main indicators and for the one it moves most, a chart of
    effects on all of them, maps, a chart by size class and one of money flows; each as PNG, SVG, PDF and
    CSV named ``REFORM_N_CHART_LANG``. Shapes is the folder of the territory's tables; without
    ``boundaries.json`` and ``hexes.csv`` in it the map is left out, and the log says so. Indicators are
    those of the model unless others are given. Raises ``KeyError`` for an indicator that is unknown or not
    in the comparison.
    """
    if indicators is None:
        from areavasta.indicators import INDICATORS

        indicators = INDICATORS
    chosen = [indicators[key] for key in main_indicators]
    drawings = _matching(load_shapes(shapes), territory)
    written: list[Path] = []
    if drawings is not None:
        present = comparison.scenarios[0]
        about = About("map_years", present, "service", comparison.horizon)
        page, words, table = draw_map(
            comparison, present, territory, drawings, RELEVANT_POINTS, lang, width_cm, over_years=True
        )
        written += save_chart(page, words, folder / f"{present}_3_map_years_{lang}", table, about)
    for reform in comparison.scenarios[1:]:
        for name, about, (page, words, table) in _reform(
            comparison, reform, chosen, territory, drawings, lang, width_cm
        ):
            written += save_chart(page, words, folder / f"{reform}_{name}_{lang}", table, about)
    return written


def draw_ablation(
    comparison: Comparison,
    ablation: Ablation,
    folder: Path,
    lang: str,
    indicators: Sequence[Indicator],
    width_cm: float = style.COLUMN_CM,
) -> list[Path]:
    """Draw, for every reform, the instruments behind the indicators that move most; return the files written.

    Each is a PNG, SVG, PDF and CSV named ``REFORM_5_instruments_INDICATOR_LANG``.
    """
    written: list[Path] = []
    for reform in ablation.instruments:
        for indicator in moved_most(ablation, reform, indicators, comparison.pairs, lang):
            page, words, table = draw_instruments(comparison, ablation, reform, indicator, lang, width_cm)
            stem = folder / f"{reform}_5_instruments_{indicator.key}_{lang}"
            about = About("instruments", reform, indicator.key, comparison.horizon)
            written += save_chart(page, words, stem, table, about)
    return written


def _reform(
    comparison: Comparison,
    reform: str,
    chosen: Sequence[Indicator],
    territory: Territory,
    drawings: Shapes | None,
    lang: str,
    width_cm: float,
) -> Iterator[tuple[str, About, tuple[Page, Caption, pd.DataFrame]]]:
    """Draw the charts of one reform, one at a time."""
    for indicator in _with_paths(comparison, reform, chosen, lang):
        drawn = draw_paths(comparison, reform, indicator, lang, width_cm)
        yield f"1_paths_{indicator.key}", About("paths", reform, indicator.key), drawn
    year = comparison.horizon
    if chosen:
        drawn = draw_effects(comparison, reform, chosen, lang, width_cm)
        yield "2_effects", About("effects", reform, year=year), drawn
    if drawings is not None:
        drawn = draw_map(comparison, reform, territory, drawings, RELEVANT_POINTS, lang, width_cm)
        yield "3_map", About("map", reform, "service", year), drawn
        drawn = draw_map(
            comparison, reform, territory, drawings, RELEVANT_POINTS, lang, width_cm, over_years=True
        )
        yield "3_map_years", About("map_years", reform, "service", year), drawn
    edge = points(RELEVANT_POINTS, lang)
    drawn = draw_groups(comparison, reform, edge, lang, width_cm)
    yield "4_groups", About("groups", reform, "service", year), drawn
    yield "6_flows", About("flows", reform, year=year), draw_flows(comparison, reform, lang, width_cm)


def _with_paths(
    comparison: Comparison, reform: str, chosen: Sequence[Indicator], lang: str
) -> list[Indicator]:
    """Return the first of the main indicators, and the one that moves most in relevant effects."""
    first, others = list(chosen[:FIRST_WITH_PATHS]), chosen[FIRST_WITH_PATHS:]
    readings = [read(comparison, reform, indicator, lang) for indicator in others]
    moved = [reading for reading in readings if reading.claim is Claim.sign]
    most = max(moved, key=lambda reading: abs(reading.multiples[1]), default=None)
    return first if most is None else [*first, most.indicator]


def _matching(drawings: Shapes | None, territory: Territory) -> Shapes | None:
    """Return the shapes when they are those of the territory; otherwise say that there will be no map."""
    if drawings is None:
        log.warning("%s has no shapes: the charts have no map", territory.key)
        return None
    if drawings.codes != tuple(territory.codes):
        log.warning("the shapes of %s are of other communes: the charts have no map", territory.key)
        return None
    return drawings
