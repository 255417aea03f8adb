"""The typeface of a report, cut down to the characters it uses, to be carried within the page."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache

from experiments.charts.style import FONT_FOLDER

WEIGHTS = {400: "TitilliumWeb-Regular.ttf", 600: "TitilliumWeb-SemiBold.ttf", 700: "TitilliumWeb-Bold.ttf"}
FAMILY = "Titillium Web"


def font_faces(text: str) -> Iterator[tuple[int, str]]:
    """Yield weight and address of every weight, with the characters of a text."""
    characters = "".join(sorted(set(text)))
    for weight, file in WEIGHTS.items():
        yield weight, f"data:font/woff2;base64,{b64encode(_subset(file, characters)).decode()}"


@lru_cache(maxsize=16)
def _subset(file: str, characters: str) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(
        flavor="woff2",
        layout_features=["*"],
        recalc_timestamp=False,
        hinting=False,
        drop_tables=[*Options().drop_tables, "FFTM"],
    )
    font = TTFont(FONT_FOLDER / file, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
