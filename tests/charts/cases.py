"""The comparisons that every chart must be able to show."""

from collections.abc import Iterator
from typing import Any

from areavasta.indicators import Indicator
from experiments.charts.effects import draw_effects
from experiments.charts.flows import draw_flows
from experiments.charts.frame import Caption
from experiments.charts.groups import draw_groups
from experiments.charts.instruments import draw_instruments
from experiments.charts.maps import draw_map, points
from experiments.charts.page import Page
from experiments.charts.paths import draw_paths
from experiments.charts.shapes import Drawing, Shapes, hexagon_map
from experiments.instruments import LABELS
from tests.charts.samples import INDICATORS, REFORM, SHIFTS, Sample, ablate, codes, compare, territory

LONG = Indicator(
    "long",
    {
        "it": "Distanza media delle risorse regionali e provinciali "
        "dai fabbisogni standard riconosciuti ai Comuni",
        "en": "Mean distance of regional and provincial resources "
        "from the standard needs granted to communes",
    },
    {
        "it": "millesimi della spesa complessiva per abitante",
        "en": "thousandths of total spending per resident",
    },
    2.5,
    -1,
    1,
)
TINY = Indicator(
    "tiny",
    {"it": "Indice", "en": "Index"},
    {"it": "punti", "en": "points"},
    0.0002,
    1,
    4,
)
LONG_NAMES = {
    "it": "Riordino complessivo delle funzioni di area vasta "
    "con fondo unico di perequazione territoriale e premi",
    "en": "Overall reordering of wide-area functions "
    "with a single equalisation fund and incentives for unions",
}
NOTHING = dict.fromkeys(SHIFTS, 0.0)
CASES = {
    "usual": Sample(),
    "fall_then_rise": Sample(shifts=SHIFTS | {"service": 3.0}, dip=2.0),
    "null": Sample(shifts=NOTHING, commune_shift=0.0),
    "one_pair": Sample(pairs=1),
    "few_pairs": Sample(pairs=5),
    "one_commune": Sample(communes=1),
    "all_better": Sample(shifts={k: v * 3.0 for k, v in SHIFTS.items()}, commune_shift=50.0),
    "all_worse": Sample(shifts={k: -v * 3.0 for k, v in SHIFTS.items()}, commune_shift=-50.0),
    "off_scale": Sample(shifts={k: v * 400.0 for k, v in SHIFTS.items()}),
    "large_numbers": Sample(size=1e6),
    "one_year": Sample(years=1),
    "two_years": Sample(years=2),
    "sixty_years": Sample(years=61),
    "in_force_late": Sample(effective=2035),
    "in_force_after": Sample(effective=2050),
    "long_names": Sample(
        indicators=(LONG, TINY),
        shifts={"long": -2.0, "tiny": 0.7},
        names=LONG_NAMES,
        territory="Regione immaginaria di quattromila Comuni con Unioni e Città metropolitane",
        new_money=frozenset({REFORM}),
    ),
    "neutral_only": Sample(indicators=(INDICATORS[-1],)),
}
# What instruments do alone, as parts of the whole effect: with a surplus and with a rest.
MIXTURES = ((1.4, -0.6, 0.02, 0.0), (0.3,) * 2 + (0.01,) * 18)
Drawn = tuple[Page, Caption, Any]


def draw_all(sample: Sample, lang: str, width_cm: float = 8.0) -> Iterator[tuple[str, Drawn]]:
    """Draw every chart of a made-up comparison."""
    comparison = compare(sample)
    for indicator in sample.indicators[:2]:
        yield f"paths_{indicator.key}", draw_paths(comparison, REFORM, indicator, lang, width_cm)
    yield "effects", draw_effects(comparison, REFORM, sample.indicators, lang, width_cm)
    yield "groups", draw_groups(comparison, REFORM, points(1.0, lang), lang, width_cm)
    yield "flows", draw_flows(comparison, REFORM, lang, width_cm)
    parts = dict(zip(LABELS, MIXTURES[len(sample.indicators) % 2], strict=False))
    for indicator in sample.indicators[-2:]:
        drawn = draw_instruments(comparison, ablate(sample, parts), REFORM, indicator, lang, width_cm)
        yield f"instruments_{indicator.key}", drawn
    place = territory(sample.communes)
    drawings = shapes(sample.communes)
    yield "map", draw_map(comparison, REFORM, place, drawings, 1.0, lang, width_cm)
    years = draw_map(comparison, REFORM, place, drawings, 1.0, lang, width_cm, over_years=True)
    yield "map_years", years


def shapes(communes: int) -> Shapes:
    """Return hexagons in rows of twenty, as both maps."""
    cells = [(position % 20 - position // 20 // 2, position // 20) for position in range(communes)]
    drawing: Drawing = hexagon_map(cells)
    return Shapes(codes(communes), drawing, drawing)
