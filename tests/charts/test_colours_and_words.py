"""Colours must survive grey print, and an Italian chart must speak Italian."""

import re
from itertools import combinations
from string import Formatter

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.font_manager import get_font

from experiments.charts import style
from experiments.charts.maps import BETTER, FILLS, MIDDLE, MUCH_BETTER, MUCH_WORSE, WORSE, classify
from experiments.charts.shapes import hexagon_map
from experiments.charts.words import LABELS
from tests.charts.cases import CASES, draw_all
from tests.charts.samples import Sample, compare

ENGLISH = {
    "the",
    "of",
    "and",
    "with",
    "reform",
    "present",
    "law",
    "runs",
    "run",
    "better",
    "worse",
    "unchanged",
    "uncertain",
    "likely",
    "certain",
    "communes",
    "commune",
    "residents",
    "source",
    "settings",
    "interval",
    "median",
    "smallest",
    "relevant",
    "effect",
    "negligible",
    "difference",
    "services",
    "level",
    "point",
    "points",
    "from",
    "real",
    "borders",
    "all",
    "above",
    "up",
    "year",
    "share",
    "filled",
    "mark",
    "scale",
    "rises",
    "falls",
    "money",
    "new",
    "union",
    "unions",
}


def lightness(color: str) -> float:
    """Return L* of a colour, 0 to 100."""
    channels = np.asarray(to_rgb(color))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return float(116.0 * luminance ** (1 / 3) - 16.0)


def test_map_classes_stay_apart_in_grey() -> None:
    shades = [lightness(FILLS[kind]) for kind in (MUCH_WORSE, WORSE, MIDDLE, BETTER, MUCH_BETTER)]
    assert min(abs(a - b) for a, b in combinations(shades, 2)) > 10.5


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        (style.BAND_HALF, style.BAND_NINE, 11.0),
        (style.REFORM, style.PRESENT_LAW, 11.0),
        (style.REFORM, style.BAND_HALF, 40.0),
        (style.WORSE, style.WORSE_HATCH, 40.0),
        (style.SECONDARY, style.WHITE, 50.0),
        (style.MUCH_WORSE, style.WHITE, 50.0),
        (style.IRRELEVANT, style.WHITE, 7.0),
    ],
)
def test_neighbouring_colours_stay_apart_in_grey(one: str, other: str, least: float) -> None:
    assert abs(lightness(one) - lightness(other)) >= least


def test_classes_need_the_verdict_and_the_size() -> None:
    communes = compare(Sample(communes=7)).communes.assign(
        median=[-4.0, -1.5, -4.0, 0.2, 1.5, 3.0, np.nan],
        verdict=["worse", "worse", "uncertain", "unchanged", "better", "better", None],
    )
    expected = [MUCH_WORSE, WORSE, MIDDLE, MIDDLE, BETTER, MUCH_BETTER, len(FILLS) - 1]
    assert classify(communes, 1.0).tolist() == expected


@pytest.mark.parametrize("key", LABELS)
def test_labels_are_complete_and_take_the_same_values(key: str) -> None:
    italian, english = LABELS[key]
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (italian, english)]
    assert italian.strip()
    assert english.strip()
    assert fields[0] == fields[1]


@pytest.mark.parametrize("case", ["usual", "null", "one_pair", "few_pairs", "off_scale", "neutral_only"])
def test_no_english_on_italian_charts(case: str) -> None:
    for name, (page, words, _) in draw_all(CASES[case], "it"):
        shown = " ".join([*(text.text for text in page.texts), words.alternative])
        found = ENGLISH & set(re.findall(r"[^\W\d_]+", shown.lower()))
        assert not found, (name, found)


def test_every_sign_on_a_chart_can_be_drawn() -> None:
    faces = [get_font(path).get_charmap().keys() for path in sorted(style.FONT_FOLDER.glob("*.ttf"))]
    for lang in ("it", "en"):
        for _, (page, _, _) in draw_all(CASES["usual"], lang):
            for text in page.texts:
                signs = {ord(sign) for sign in text.text}
                assert any(signs <= face for face in faces), text.text


def test_outlines_run_between_different_keys_only() -> None:
    row = hexagon_map([(0, 0), (1, 0), (2, 0)])
    everyone = row.outline(np.asarray([0, 1, 2]))
    two = row.outline(np.asarray([0, 0, 1]))
    none = row.outline(np.asarray([-1, -1, -1]))
    # Eighteen sides of three hexagons, two of them shared; each side is two points.
    assert np.shape(everyone.vertices)[0] == 2 * 16
    assert np.shape(two.vertices)[0] == 2 * 15
    assert np.size(none.vertices) == 0
