"""Files of the charts: all there, the same twice, readable without eyes, silent about the machine."""

import json
import logging
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from PIL import Image
from pypdf import PageObject, PdfReader

from areavasta.indicators import INDICATORS as MODEL_INDICATORS
from experiments.charts import draw_charts
from experiments.charts.listing import LISTING, read_charts
from experiments.results import ResultsError
from tests.charts.samples import INDICATORS, REFORM, Sample, codes, compare, territory

KEYS = [indicator.key for indicator in INDICATORS]
OURS = {indicator.key: indicator for indicator in INDICATORS}
SVG = "{http://www.w3.org/2000/svg}"
COMMUNES = 4


def write_shapes(folder: Path, format_name: str = "areavasta-boundaries-1") -> Path:
    """Write four squares in a row, and their hexagons."""
    arcs, sides, rings = [], [], []
    for position in range(COMMUNES):
        x = 1000 * position
        arcs += [[x, 1000, 0, -1000], [x, 0, 1000, 0], [x + 1000, 1000, -1000, 0]]
        sides += [[position, position - 1], [position, -1], [position, -1]]
        last = 3 * (position + 1)
        rings.append([[[3 * position, 3 * position + 1, ~last, 3 * position + 2]]])
    arcs.append([1000 * COMMUNES, 1000, 0, -1000])
    sides.append([-1, COMMUNES - 1])
    content = {"format": format_name, "codes": codes(COMMUNES), "arcs": arcs, "sides": sides, "rings": rings}
    folder.mkdir(exist_ok=True)
    (folder / "boundaries.json").write_text(json.dumps(content))
    cells = "".join(f"{code},{position},0\n" for position, code in enumerate(codes(COMMUNES)))
    (folder / "hexes.csv").write_text("code,q,r\n" + cells)
    return folder


def draw(folder: Path, lang: str = "it", shapes: Path | None = None) -> list[Path]:
    comparison = compare(Sample(communes=COMMUNES))
    return draw_charts(comparison, folder, lang, territory(COMMUNES), KEYS, shapes, indicators=OURS)


def test_every_chart_comes_as_picture_drawing_and_data(tmp_path: Path) -> None:
    written = draw(tmp_path / "out", shapes=write_shapes(tmp_path / "shapes"))
    stems = {path.stem for path in written}
    assert {f"{REFORM}_{name}_it" for name in ("1_paths_service", "2_effects", "3_map", "4_groups")} <= stems
    assert len(written) == 4 * len(stems)
    assert sorted([*written, tmp_path / "out" / LISTING]) == sorted((tmp_path / "out").iterdir())
    assert all(not pd.read_csv(path).empty for path in written if path.suffix == ".csv")


def test_the_same_run_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = write_shapes(tmp_path / "shapes")
    first = draw(tmp_path / "first", shapes=shapes)
    # A user's own settings of matplotlib change nothing.
    monkeypatch.setitem(mpl.rcParams, "savefig.facecolor", "red")
    monkeypatch.setitem(mpl.rcParams, "svg.fonttype", "none")
    monkeypatch.setitem(mpl.rcParams, "lines.linewidth", 9.0)
    second = draw(tmp_path / "second", shapes=shapes)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert (tmp_path / "first" / LISTING).read_bytes() == (tmp_path / "second" / LISTING).read_bytes()


def test_drawings_speak(tmp_path: Path) -> None:
    path = next(path for path in draw(tmp_path) if path.name.endswith("2_effects_it.svg"))
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    assert root.get("role") == "img"
    assert root.get("lang") == "it"
    titles = [item.text for item in root.iter(f"{SVG}title")]
    assert len(titles) == 1
    assert titles[0]
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert description.text is not None
    assert description.text.startswith("Punti e intervalli, Emilia-Romagna, 2036")
    assert not list(root.iter(f"{SVG}text"))
    shown = path.read_text(encoding="utf-8")
    assert all(word in shown for word in ("a3f9c2 7c1e04", "CC BY 4.0", "2026-11-22"))


def test_pictures_carry_their_metadata_and_size(tmp_path: Path) -> None:
    path = next(path for path in draw(tmp_path, "en") if path.name.endswith("4_groups_en.png"))
    with Image.open(path) as picture:
        assert picture.width == pytest.approx(8.0 / 2.54 * 300, abs=1)
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert picture.info["Run"] == "a3f9c2"
        assert picture.info["Settings"] == "7c1e04"
        assert picture.info["Language"] == "en"
        assert picture.info["Creation Time"] == "2026-11-22"
        assert {"Title", "Description", "Source", "Copyright"} <= set(picture.info)
        corner = picture.convert("RGB").getpixel((picture.width - 1, picture.height - 1))
    assert corner == (255, 255, 255)


def _heights(page: PageObject) -> list[float]:
    """Return the heights of the subtitle and of the source on the page, from its bottom."""
    found: dict[str, float] = {}

    def visit(text: str, matrix: list[float], placed: list[float], *_: object) -> None:
        for words in ("Difference", "Source"):
            if words in text:
                found.setdefault(words, matrix[5] + placed[5])

    page.extract_text(visitor_text=visit)
    assert len(found) == 2
    return list(found.values())


def test_documents_carry_their_metadata_and_size(tmp_path: Path) -> None:
    path = next(path for path in draw(tmp_path, "en") if path.name.endswith("2_effects_en.pdf"))
    document = PdfReader(path)
    told = document.metadata
    assert told is not None
    assert told.title
    assert str(told.subject).startswith("Dots and intervals, Emilia-Romagna, 2036")
    assert told.get("/Keywords") == "en; a3f9c2 7c1e04; CC BY 4.0"
    assert len(document.pages) == 1
    assert float(document.pages[0].mediabox.width) == pytest.approx(8.0 / 2.54 * 72, abs=0.3)
    words = document.pages[0].extract_text()
    assert words.index("Difference from present law") < words.index("Source: Area Vasta")
    heights = _heights(document.pages[0])
    assert heights == sorted(heights, reverse=True)


def test_the_list_names_every_chart_in_every_language(tmp_path: Path) -> None:
    written = draw(tmp_path, "it", write_shapes(tmp_path / "shapes")) + draw(tmp_path, "en")
    entries = read_charts(tmp_path)
    assert sorted(path for entry in entries for path in entry.files.values()) == sorted(written)
    assert all(set(entry.files) == {"png", "svg", "pdf", "csv"} for entry in entries)
    paths = next(entry for entry in entries if entry.name == f"{REFORM}_1_paths_service")
    assert (paths.kind, paths.reform, paths.indicator, paths.lang) == ("paths", REFORM, "service", "en")
    for entry in entries:
        assert entry.title
        assert 0 < len(entry.alternative) <= 250
        assert entry.caption
        assert entry.source in entry.caption
        assert entry.width_cm == 8.0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "cannot be read"),
        ('{"format": "other", "charts": []}', "the format is 'other'"),
        ('{"format": "areavasta-charts-1", "charts": [{"files": {"svg": "../x.svg"}}]}', "not in the folder"),
        ('{"format": "areavasta-charts-1", "charts": [{"files": {}}]}', "cannot be read: 'name'"),
    ],
)
def test_a_damaged_list_is_told_in_one_line(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / LISTING).write_text(content, encoding="utf-8")
    with pytest.raises(ResultsError, match=says) as told:
        read_charts(tmp_path)
    assert "\n" not in str(told.value)


def test_without_shapes_there_is_no_map_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="experiments.charts"):
        written = draw(tmp_path / "out", shapes=tmp_path)
    assert not [path for path in written if "map" in path.name]
    assert "no map" in caplog.text


def test_shapes_of_another_format_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"boundaries\.json: the format is 'other'"):
        draw(tmp_path / "out", shapes=write_shapes(tmp_path / "shapes", "other"))


def test_new_money_is_flagged(tmp_path: Path) -> None:
    comparison = compare(Sample(communes=COMMUNES, new_money=frozenset({REFORM})))
    written = draw_charts(comparison, tmp_path, "it", territory(COMMUNES), KEYS, None, indicators=OURS)
    from tests.charts.cases import CASES, draw_all

    assert written
    for _, (page, words, _) in draw_all(CASES["long_names"], "it"):
        assert words.subtitle.endswith("con risorse aggiuntive")
        assert "non è a parità di spesa" in words.footnote
        assert "CON RISORSE AGGIUNTIVE" in [text.text for text in page.texts]


def test_paths_are_drawn_for_the_first_indicators_and_the_one_that_moves_most(tmp_path: Path) -> None:
    moved = compare(Sample(communes=COMMUNES, shifts={"ampi": 5.0, "members": 3.0}))
    written = draw_charts(moved, tmp_path, "en", territory(COMMUNES), KEYS, None, indicators=OURS)
    names = [path.stem for path in written if "paths" in path.name and path.suffix == ".png"]
    drawn = [f"{REFORM}_1_paths_{key}_en" for key in ("service", "cost", "lep", "ampi")]
    assert names == drawn


def test_every_indicator_of_the_model_has_words_in_both_languages() -> None:
    for indicator in MODEL_INDICATORS.values():
        for words in (indicator.name, indicator.unit):
            assert words["it"].strip()
            assert words["en"].strip()
        assert indicator.smallest_relevant_effect > 0.0
