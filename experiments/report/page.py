"""A report as one HTML page that needs nothing else, and as a PDF."""

from __future__ import annotations

import csv
import importlib
from pathlib import Path
from types import ModuleType

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from experiments.report.blocks import Picture, Report
from experiments.report.fonts import font_faces
from experiments.report.words import word
from experiments.results import ResultsError

MOST_DATA_ROWS = 80
"""Rows of a chart's data that stand below it; longer ones are a file to download."""


def render(report: Report, lang: str, *, printed: bool = False) -> str:
    """Return the page; the one to be printed has bitmaps, and no data below its charts."""
    environment = Environment(
        loader=PackageLoader("experiments.report"), autoescape=True, undefined=StrictUndefined,
        extensions=["jinja2.ext.loopcontrols"], trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    told = {
        "report": report,
        "lang": lang,
        "printed": printed,
        "word": lambda key: word(key, lang),
        "data_rows": _data_rows,
    }
    template = environment.get_template("report.html")
    plain = template.render(**told, faces=[], style="")
    faces = list(font_faces(Markup(plain).striptags()))
    style = environment.get_template("style.css").render(
        faces=faces, footer=_css_text(report.footer), of=_css_text(word("page_of", lang))
    )
    # The sheet is the project's own, with one escaped text: it stands in the page as it is.
    return template.render(**told, faces=faces, style=Markup(style))


def _css_text(text: str) -> Markup:
    """Return a text as a string of a style sheet."""
    escaped = "".join(one if one.isalnum() or one in " .,;:()" else f"\\{ord(one):x} " for one in text)
    return Markup('"{}"').format(Markup(escaped))


def _data_rows(picture: Picture) -> list[list[str]]:
    """Return heading and rows of the data behind a chart; nothing when they are many."""
    if not picture.data.is_file():
        return []
    try:
        with picture.data.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ResultsError(f"{picture.data}: cannot be read: {error}; draw it again") from None
    return rows if len(rows) <= MOST_DATA_ROWS else []


class NoPangoError(OSError):
    """Report that the library that lays out text is missing."""


def write_pdf(page: str, path: Path, identifier: str) -> None:
    """Write a page as a PDF; raise NoPangoError when the library Pango is missing."""
    try:
        weasyprint = import_weasyprint()
    except OSError as error:
        raise NoPangoError(str(error)) from None
    document = weasyprint.HTML(string=page)
    document.write_pdf(path, pdf_identifier=identifier.encode(), pdf_variant="pdf/ua-1")


def import_weasyprint() -> ModuleType:
    """Import the package that makes PDFs; raise OSError when a library of the system is missing."""
    return importlib.import_module("weasyprint")
