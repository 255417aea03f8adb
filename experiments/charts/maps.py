"""Draw where a reform acts: real borders and one hexagon a commune, in five fixed classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from experiments.charts import style
from experiments.charts.findings import map_title
from experiments.charts.frame import Caption, alternative_text, caption, draw_footer, draw_header
from experiments.charts.page import Page
from experiments.charts.plot import shown_decimals
from experiments.charts.shapes import Drawing, Shapes
from experiments.charts.words import label
from experiments.comparison_communes import SURE
from experiments.language import counted, interval, number

if TYPE_CHECKING:
    from areavasta.territory import Territory
    from experiments.comparison import Comparison

Array = np.ndarray[Any, Any]

# Outer edge of the middle classes, in smallest relevant effects.
MUCH = 3.0
MUCH_WORSE, WORSE, MIDDLE, BETTER, MUCH_BETTER, NO_DATA = range(6)
FILLS = (style.MUCH_WORSE, style.WORSE, style.UNCHANGED, style.BETTER, style.MUCH_BETTER, style.WHITE)
HATCHES = {MUCH_WORSE: style.WHITE, WORSE: style.WORSE_HATCH, NO_DATA: style.SECONDARY}
HATCH_SPACING = 2.0
COMMUNE_LINE, UNION_LINE, AREA_LINE, AREA_CASING = 0.25, 0.65, 0.9, 2.3
KEY_HEIGHT, KEY_GAP = 8.0, 1.4
# More areas than this are not named one by one below the map.
MOST_AREAS = 15
AREA_LABEL = style.Type(7.0, "bold", style.BLACK)
MAP_HEADING = style.Type(6.8, "semibold")
COUNT = style.Type(6.5, "semibold")
SMALL_COUNT = style.Type(6.0, "semibold")
KEY_LABEL = style.Type(6.5)
MIDDLE_HEADING = style.Type(6.8, "semibold", style.SECONDARY)
BETTER_HEADING = style.Type(6.8, "semibold", style.REFORM)
WORSE_HEADING = style.Type(6.8, "semibold", style.MUCH_WORSE)


@dataclass(frozen=True)
class Layers:
    """What both maps show: classes and new breaches by commune (communes,), borders, short names of areas."""

    classes: Array
    breaches: Array
    union: Array
    area: Array
    area_keys: tuple[str, ...]


def draw_map(
    comparison: Comparison,
    scenario: str,
    territory: Territory,
    shapes: Shapes,
    threshold: float,
    lang: str,
    width_cm: float,
    *,
    over_years: bool = False,
) -> tuple[Page, Caption, pd.DataFrame]:
    """Draw the chart and return it with its words and the data behind it.

    The threshold is the smallest relevant effect on felt service, in points of the standard. The change is
    that from present law, or that of the scenario from the first year to the horizon.
    """
    changes = comparison.changes if over_years else comparison.communes
    communes = changes[changes["scenario"] == scenario].set_index("istat_code")
    shown = communes.reindex(list(territory.codes))
    classes = classify(shown, threshold)
    since = comparison.first_year if over_years else None
    words = _caption(comparison, scenario, territory, communes, threshold, lang, since)
    page = Page(width_cm)
    top = _draw_key(page, draw_header(page, words) + 3.0, classes, threshold, lang)
    breaches = (shown["p_newly_below"] >= SURE).to_numpy()
    layers = Layers(
        classes, breaches, np.asarray(territory.union), np.asarray(territory.area), territory.area_keys
    )
    alone = width_cm >= style.PAGE_CM
    top = _draw_drawing(page, top + 3.0, shapes.real, layers, label("real_borders", lang), named=alone)
    top = _draw_borders_key(page, top + 2.0, bool(breaches.any()), lang)
    if not alone:
        top = _draw_drawing(page, top + 2.0, shapes.hexagons, layers, label("hexagons", lang), named=True)
    draw_footer(page, top + 4.0, words)
    return page, words, _table(shown, classes)


def classify(communes: pd.DataFrame, threshold: float) -> Array:
    """Return the class of each commune (n,): coloured only when its verdict is, dark from three effects."""
    median, verdict = communes["median"].to_numpy(dtype=float), communes["verdict"].to_numpy()
    much = np.abs(median) >= MUCH * threshold
    worse, better = verdict == "worse", verdict == "better"
    classes = [np.isnan(median), worse & much, worse, better & much, better]
    return np.select(classes, [NO_DATA, MUCH_WORSE, WORSE, MUCH_BETTER, BETTER], MIDDLE)


def _draw_key(page: Page, top: float, classes: Array, threshold: float, lang: str) -> float:
    """Draw the five classes with their edges and their numbers of communes."""
    width = (page.measure - 4.0 * KEY_GAP) / 5.0
    y = top + 0.93 * MIDDLE_HEADING.size
    page.text(page.left, y, label("worse_heading", lang), WORSE_HEADING)
    page.text(page.left + page.measure / 2.0, y, label("middle_heading", lang), MIDDLE_HEADING, "center")
    page.text(page.right, y, label("better_heading", lang), BETTER_HEADING, "right")
    top += MIDDLE_HEADING.leading + 1.0
    bottom = top
    sizes = [int((classes == kind).sum()) for kind in range(5)]
    counts = [counted(size, label("commune", lang), label("communes", lang), lang) for size in sizes]
    widest = max(style.width_of(text, COUNT) for text in counts)
    letters = COUNT if widest <= width else SMALL_COUNT
    for kind, name in enumerate(class_names(threshold, lang)):
        left = page.left + kind * (width + KEY_GAP)
        path = page.rectangle(left, top, width, KEY_HEIGHT, FILLS[kind], edge=style.SECONDARY)
        _hatch(page, path, kind)
        edge = top + KEY_HEIGHT + 1.5
        for text, kind_of in ((name, KEY_LABEL), (counts[kind], letters)):
            lines = style.wrap(text, kind_of, width)
            edge = page.paragraph(left + width / 2.0, edge, lines, kind_of, "center")
        bottom = max(bottom, edge)
    return bottom


def class_names(threshold: float, lang: str) -> list[str]:
    """Name the five classes by their edges; whose change is uncertain is in the middle, however large."""
    near, far = threshold, MUCH * threshold
    decimals = max(shown_decimals(near), shown_decimals(far))
    return [
        label("class_low", lang, edge=number(-far, lang, decimals, signed=True)),
        interval(-far, -near, lang, decimals),
        label("class_middle", lang, span=interval(-near, near, lang, decimals)),
        interval(near, far, lang, decimals),
        label("class_high", lang, edge=number(far, lang, decimals, signed=True)),
    ]


def _hatch(page: Page, path: Path, kind: int) -> None:
    """Repeat a class by its hatch, where it has one."""
    if kind in HATCHES:
        page.hatch(path, HATCHES[kind], HATCH_SPACING, 0.3 if kind == NO_DATA else 0.5)


def _draw_drawing(
    page: Page, top: float, drawing: Drawing, layers: Layers, heading: str, named: bool
) -> float:
    """Draw one map across the page below its heading and return its bottom edge."""
    extents = [path.get_extents() for path in drawing.communes]
    west, south = min(box.x0 for box in extents), min(box.y0 for box in extents)
    east, north = max(box.x1 for box in extents), max(box.y1 for box in extents)
    inset = AREA_CASING / 2.0
    scale = min((page.measure - 2.0 * inset) / (east - west), page.measure / (north - south))
    left = page.left + (page.measure - scale * (east - west)) / 2.0
    placed = Affine2D().translate(-west, -north).scale(scale, -scale).translate(left, top + inset)
    communes = [path.transformed(placed) for path in drawing.communes]
    # The heading stands in the upper right corner; a map that reaches into it starts lower.
    box = (page.right - style.width_of(heading, MAP_HEADING) - 3.0, top + MAP_HEADING.leading + 2.0)
    points_of = np.concatenate([np.asarray(path.vertices, dtype=float) for path in communes])
    if ((points_of[:, 0] > box[0]) & (points_of[:, 1] < box[1])).any():
        lower = Affine2D().translate(0.0, MAP_HEADING.leading + 1.0)
        placed.translate(0.0, MAP_HEADING.leading + 1.0)
        communes = [path.transformed(lower) for path in communes]
    page.text(page.right, top + MAP_HEADING.size, heading, MAP_HEADING, "right")
    _draw_fills(page, communes, layers.classes)
    everyone = np.arange(len(communes))
    page.stroke(drawing.outline(everyone).transformed(placed), style.SECONDARY, COMMUNE_LINE)
    page.stroke(drawing.outline(layers.union).transformed(placed), style.TEXT, UNION_LINE)
    areas = drawing.outline(layers.area).transformed(placed)
    page.stroke(areas, "white", AREA_CASING)
    page.stroke(areas, style.BLACK, AREA_LINE)
    for x, y in placed.transform(drawing.centres)[layers.breaches]:
        _draw_triangle(page, float(x), float(y))
    if named:
        _draw_area_names(page, placed.transform(drawing.centres), layers)
    return float(placed.transform((west, south))[1]) + inset


def _draw_fills(page: Page, communes: list[Path], classes: Array) -> None:
    """Fill the communes, a class at a time."""
    for kind, color in enumerate(FILLS):
        members = [communes[commune] for commune in np.flatnonzero(classes == kind)]
        if members:
            path = Path.make_compound_path(*members)
            page.fill(path, color)
            _hatch(page, path, kind)


def _draw_area_names(page: Page, centres: Array, layers: Layers) -> None:
    """Write the short name of each area on the commune nearest to its middle."""
    for area, key in enumerate(layers.area_keys):
        members = centres[layers.area == area]
        if len(members):
            distance = np.hypot(*(members - members.mean(axis=0)).T)
            x, y = members[int(distance.argmin())]
            page.text(float(x), float(y) + 0.36 * AREA_LABEL.size, key, AREA_LABEL, "center", casing=True)


def _draw_borders_key(page: Page, top: float, breaches: bool, lang: str) -> float:
    """Say which line is which border, and what a triangle is when there are any."""
    kinds = (
        ("area_outline", style.BLACK, 1.6),
        ("union_outline", style.TEXT, UNION_LINE),
        ("commune_outline", style.SECONDARY, COMMUNE_LINE),
    )
    x, y = page.left, top + style.LABEL_SECONDARY.size
    for key, color, width in kinds:
        text = label(key, lang)
        page.line([(x, y - 2.2), (x + 11.0, y - 2.2)], color, width)
        page.text(x + 13.5, y, text, style.LABEL_SECONDARY)
        x += 13.5 + style.width_of(text, style.LABEL_SECONDARY) + 8.0
    if breaches:
        y += style.LABEL_SECONDARY.leading
        _draw_triangle(page, page.left + 5.5, y - 2.2)
        page.text(page.left + 13.5, y, label("new_breach", lang), style.LABEL_SECONDARY)
    return y + style.LABEL_SECONDARY.leading - style.LABEL_SECONDARY.size


def _draw_triangle(page: Page, x: float, y: float) -> None:
    """Draw a black triangle with a white edge."""
    page.marker(x, y, "^", style.WHITE, filled=True, size=4.4)
    page.marker(x, y, "^", style.BLACK, filled=True, size=2.2)


def _caption(
    comparison: Comparison,
    scenario: str,
    territory: Territory,
    communes: pd.DataFrame,
    threshold: float,
    lang: str,
    since: int | None,
) -> Caption:
    """Write the words of the chart; `since` is the first year of a change over years."""
    union = pd.Series(np.asarray(territory.union) >= 0, index=list(territory.codes))
    members = union.reindex(communes.index, fill_value=False)
    title = map_title(communes, members, comparison.pairs, lang, since)
    name = comparison.territory_name[lang]
    key = "map_subtitle" if since is None else "map_years_subtitle"
    subtitle = label(key, lang, year=comparison.horizon, first=since, territory=name)
    edge = points(threshold, lang)
    note = "map_note_one" if comparison.pairs == 1 else "map_note"
    notes = [label(note, lang, edge=edge), *_area_names(territory, lang)]
    notes += _knowledge_notes(territory, lang)
    best, worst = communes["median"].max(), communes["median"].min()
    lead = f"{label('map_chart', lang)}, {name}, {comparison.horizon}: {title}."
    span = f"{label('map_range', lang)}: {interval(worst, best, lang, 1)} {label('points', lang)}."
    return caption(comparison, scenario, lang, title, subtitle, tuple(notes), alternative_text((lead, span)))


def _knowledge_notes(territory: Territory, lang: str) -> list[str]:
    """Say of what date unions are, and what is imputed."""
    if territory.imputed_communes:
        return [label("imputed_communes", lang, communes=number(territory.imputed_communes, lang, 0))]
    notes = []
    if (np.asarray(territory.union) >= 0).any():
        notes.append(label("unions_date", lang))
    unknown = sum(functions is None for functions in territory.union_functions)
    if unknown:
        unions = counted(unknown, label("union", lang), label("unions", lang), lang)
        notes.append(label("imputed", lang, unions=unions))
    return notes


def points(threshold: float, lang: str) -> str:
    """Write the smallest relevant effect on felt service in words."""
    noun = label("point" if threshold == 1.0 else "points", lang)
    return f"{number(threshold, lang, shown_decimals(threshold))}\u00a0{noun}"


def _area_names(territory: Territory, lang: str) -> list[str]:
    """Spell out the short names of the areas."""
    if not 1 < len(territory.area_keys) <= MOST_AREAS:
        return []
    named = []
    for area, key in enumerate(territory.area_keys):
        name = territory.area_names[area].replace("'", "’")
        if territory.area_metropolitan[area]:
            name = label("metropolitan_city", lang, name=name)
        named.append(f"{key} {name}")
    return [", ".join(named) + "."]


def _table(communes: pd.DataFrame, classes: Array) -> pd.DataFrame:
    """Return one row a commune with its class."""
    names = ("much_worse", "worse", "unchanged_or_uncertain", "better", "much_better", "no_data")
    columns = ["name", "population", "median", "p_better", "p_worse", "verdict", "p_newly_below"]
    table = communes[columns].reset_index()
    return table.assign(map_class=[names[int(kind)] for kind in classes])
