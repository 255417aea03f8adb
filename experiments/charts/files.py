"""Write one chart as PNG, SVG and CSV; the same run gives the same bytes."""

from __future__ import annotations

import io
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib.style
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from experiments.charts import style
from experiments.charts.frame import Caption
from experiments.charts.page import Page
from experiments.charts.words import label

if TYPE_CHECKING:
    import pandas as pd

RESULTS_LICENCE = "CC BY 4.0"
CREATOR = "Area Vasta"
# Colours this near, in steps of 255, are the same colour.
HAIR = 3
# A user's own matplotlib settings must not change the picture.
DRAWING = {
    "path.simplify": True,
    "svg.fonttype": "path",
    "svg.hashsalt": "area-vasta",
    "text.usetex": False,
}


def save_chart(page: Page, words: Caption, stem: Path, table: pd.DataFrame) -> list[Path]:
    """Write the picture and the data behind it beside one another.

    The table is written with a decimal point and one row a mark; the stem takes the endings png, svg, csv.
    """
    with matplotlib.style.context(["default", DRAWING]):
        pictures = {".png": _png(page, words), ".svg": _svg(page, words)}
    data = table.to_csv(index=False, lineterminator="\n").encode()
    return [_write(stem, ending, content) for ending, content in (pictures | {".csv": data}).items()]


def _png(page: Page, words: Caption) -> bytes:
    """Draw the page as a bitmap of 256 colours with its metadata."""
    metadata = {
        "Title": words.title,
        "Author": CREATOR,
        "Description": words.alternative,
        "Language": words.lang,
        "Source": label("source", words.lang),
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
        "Source": label("source", words.lang),
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


def _write(stem: Path, ending: str, content: bytes) -> Path:
    """Write a file aside, then put it in its place."""
    path = stem.with_name(stem.name + ending)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    aside.write_bytes(content)
    aside.replace(path)
    return path
