"""Write one chart as PNG, SVG, PDF and CSV and list it; the same run gives the same bytes."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib.style
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from experiments.cells import harmless_table
from experiments.charts import style
from experiments.charts.frame import Caption
from experiments.charts.listing import About, ChartEntry, add_chart
from experiments.charts.page import Page

if TYPE_CHECKING:
    import pandas as pd

RESULTS_LICENCE = "CC BY 4.0"
CREATOR = "Area Vasta"
# Colours this near, in steps of 255, are the same colour.
HAIR = 3
# A user's own matplotlib settings must not change the picture.
DRAWING = {
    "path.simplify": True,
    "pdf.fonttype": 3,
    "svg.fonttype": "path",
    "svg.hashsalt": "area-vasta",
    "text.usetex": False,
}


def save_chart(page: Page, words: Caption, stem: Path, table: pd.DataFrame, about: About) -> list[Path]:
    """Write the picture and the data behind it beside one another, and list the chart in its folder.

    The table is written with a decimal point and one row a mark; the stem, which ends with the language,
    takes the endings png, svg, pdf and csv.
    """
    with matplotlib.style.context(["default", DRAWING]):
        contents = {".png": _png(page, words), ".svg": _svg(page, words), ".pdf": _pdf(page, words)}
    contents[".csv"] = harmless_table(table).to_csv(index=False, lineterminator="\n").encode()
    written = [_write(stem, ending, content) for ending, content in contents.items()]
    add_chart(stem.parent, _entry(page, words, stem, written, about))
    return written


def _entry(page: Page, words: Caption, stem: Path, written: list[Path], about: About) -> ChartEntry:
    """Return what the list of charts says of one."""
    return ChartEntry(
        name=stem.name.removesuffix(f"_{words.lang}"),
        lang=words.lang,
        kind=about.kind,
        reform=about.reform,
        indicator=about.indicator,
        year=about.year,
        title=words.title,
        subtitle=words.subtitle,
        alternative=words.alternative,
        caption=words.footnote,
        source=words.source,
        run_id=words.run_id,
        settings_hash=words.settings_hash,
        licence=RESULTS_LICENCE,
        created=words.created.isoformat(),
        width_cm=round(page.width / style.POINTS_PER_CM, 2),
        height_cm=round(float(page.height) / style.POINTS_PER_CM, 2),
        files={path.suffix[1:]: path for path in written},
    )


def _png(page: Page, words: Caption) -> bytes:
    """Draw the page as a bitmap of 256 colours with its metadata."""
    metadata = {
        "Title": words.title,
        "Author": CREATOR,
        "Description": words.alternative,
        "Language": words.lang,
        "Source": words.source,
        "Run": words.run_id,
        "Settings": words.settings_hash,
        "Copyright": RESULTS_LICENCE,
        "Creation Time": words.created.isoformat(),
    }
    canvas: Any = FigureCanvasAgg(page.figure)
    canvas.draw()
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    picture = drawn.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    picture.putpalette(_exact(np.asarray(picture.getpalette()).reshape(-1, 3)).ravel().tolist())
    text = PngInfo()
    for key, value in metadata.items():
        text.add_itxt(key, value, lang=words.lang)
    file = io.BytesIO()
    picture.save(file, "PNG", pnginfo=text, dpi=(style.DPI, style.DPI))
    return file.getvalue()


def _exact(palette: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Give the charts' own colours back their exact value, which 256 colours shift by a hair."""
    own = np.asarray([to_rgb(color) for color in style.COLORS]) * 255.0
    distance = np.abs(palette[:, None, :] - own[None, :, :]).max(axis=2)
    nearest = distance.argmin(axis=1)
    near = distance.min(axis=1) <= HAIR
    return np.where(near[:, None], np.rint(own[nearest]), palette).astype(int)


def _svg(page: Page, words: Caption) -> bytes:
    """Draw the page as vectors and make the root element speak to a screen reader."""
    metadata = {
        "Title": words.title,
        "Description": words.alternative,
        "Language": words.lang,
        "Source": words.source,
        "Identifier": f"{words.run_id} {words.settings_hash}",
        "Rights": RESULTS_LICENCE,
        "Date": words.created.isoformat(),
        "Creator": CREATOR,
    }
    file = io.BytesIO()
    page.figure.savefig(file, format="svg", metadata=metadata)
    before, after = file.getvalue().decode().split("<svg ", 1)
    attributes, content = after.split(">", 1)
    title = f"<title>{escape(words.title, quote=False)}</title>"
    content = content.replace(title, "", 1).lstrip()
    spoken = f' role="img" lang="{words.lang}" aria-labelledby="title desc"'
    head = (
        f'<title id="title">{escape(words.title, quote=False)}</title>\n'
        f' <desc id="desc">{escape(words.alternative, quote=False)}</desc>\n '
    )
    return f"{before}<svg {attributes}{spoken}>\n {head}{content}".encode()


def svg_of(page: Page, words: Caption) -> str:
    """Return the picture as vectors that name and describe themselves, to stand inside another page."""
    with matplotlib.style.context(["default", DRAWING]):
        text = _svg(page, words).decode()
    return text[text.index("<svg") :]


def _pdf(page: Page, words: Caption) -> bytes:
    """Draw the page as a PDF document with its metadata."""
    metadata = {
        "Title": words.title,
        "Subject": words.alternative,
        "Author": CREATOR,
        "Creator": words.source,
        "Keywords": f"{words.lang}; {words.run_id} {words.settings_hash}; {RESULTS_LICENCE}",
        "CreationDate": datetime.combine(words.created, time(), UTC),
    }
    file = io.BytesIO()
    page.figure.savefig(file, format="pdf", metadata=metadata)
    return file.getvalue()


def _write(stem: Path, ending: str, content: bytes) -> Path:
    """Write a file aside, then put it in its place."""
    path = stem.with_name(stem.name + ending)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    aside.write_bytes(content)
    aside.replace(path)
    return path
