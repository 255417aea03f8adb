"""Hold the colours, sizes and typefaces that every chart shares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.textpath import text_to_path

POINTS_PER_CM = 72.0 / 2.54
COLUMN_CM, PAGE_CM = 8.0, 17.0
DPI = 300
LEADING = 1.2

TEXT = "#17324D"
SECONDARY = "#455B71"
REFORM = "#004D99"
PRESENT_LAW = "#5C6F82"
BETTER = "#7DB2E3"
MUCH_BETTER = REFORM
UNCHANGED = "#EEF1F3"
WORSE = "#F7C27F"
WORSE_HATCH = "#6B3000"
MUCH_WORSE = "#BA5500"
BAND_HALF = "#94C4F5"
BAND_NINE = "#D3E6FA"
UNCHANGED_BAR = "#D3D9DF"
IRRELEVANT = "#E6E9EC"
GRID = "#D9DADB"
BETTER_IN_BOTH = "#EAF2FB"
BEATEN = "#B5BEC8"
WHITE = "#FFFFFF"
BLACK = "#000000"
COLORS = (
    *(TEXT, SECONDARY, REFORM, PRESENT_LAW, BETTER, UNCHANGED, WORSE, WORSE_HATCH, MUCH_WORSE),
    *(BAND_HALF, BAND_NINE, UNCHANGED_BAR, IRRELEVANT, GRID, BETTER_IN_BOTH, BEATEN, WHITE, BLACK),
)

FONT_FOLDER = Path(__file__).parent / "fonts"
_FILES = {
    "regular": "TitilliumWeb-Regular.ttf",
    "semibold": "TitilliumWeb-SemiBold.ttf",
    "bold": "TitilliumWeb-Bold.ttf",
}
# Titillium lacks arrows and a few more: Source Sans 3 draws the words that hold one, DejaVu what both lack.
_FALLBACK_FILE = "SourceSans3-Semibold.ttf"
_FALLBACK_FAMILIES = ["Source Sans 3 Semibold", "DejaVu Sans"]


@dataclass(frozen=True)
class Type:
    """One kind of lettering: size in points, weight (regular, semibold, bold) and colour."""

    size: float
    weight: str = "regular"
    color: str = TEXT

    @property
    def leading(self) -> float:
        """Distance between two baselines, in points."""
        return LEADING * self.size


TITLE = Type(9.5, "semibold")
SUBTITLE = Type(7.0, "regular", SECONDARY)
KICKER = Type(7.0, "semibold", REFORM)
FLAG = Type(6.2, "semibold", SECONDARY)
HEADING = Type(7.2, "semibold")
LABEL = Type(6.6)
LABEL_SECONDARY = Type(6.5, "regular", SECONDARY)
LABEL_STRONG = Type(6.8, "semibold")
NOTE = Type(6.0, "regular", SECONDARY)


@cache
def _covered(weight: str) -> frozenset[int]:
    """Return the characters that the typeface of a weight can draw."""
    return frozenset(get_font(FONT_FOLDER / _FILES[weight]).get_charmap())


@cache
def _fallback_families() -> list[str]:
    """Make the second typeface known to matplotlib and return the families that follow the first."""
    font_manager.fontManager.addfont(FONT_FOLDER / _FALLBACK_FILE)
    return _FALLBACK_FAMILIES


def font(kind: Type, text: str) -> FontProperties:
    """Return the typeface of a kind of lettering that can draw a text."""
    return _font(kind.weight, kind.size, all(ord(character) in _covered(kind.weight) for character in text))


@lru_cache(maxsize=128)
def _font(weight: str, size: float, covered: bool) -> FontProperties:
    """Return the shipped file itself, which needs no search, or the families that follow it."""
    if covered:
        return FontProperties(fname=FONT_FOLDER / _FILES[weight], size=size)
    return FontProperties(family=_fallback_families(), size=size)


@lru_cache(maxsize=8192)
def width_of(text: str, kind: Type) -> float:
    """Measure a line of text, in points at its final size."""
    if not text:
        return 0.0
    return float(text_to_path.get_text_width_height_descent(text, font(kind, text), False)[0])


def wrap(text: str, kind: Type, width: float) -> list[str]:
    """Break a text into lines no wider than a measure in points, at spaces only unless one word is wider."""
    lines: list[list[str]] = []
    space, filled = _space(kind), 0.0
    for word in text.split(" "):
        needed = width_of(word, kind)
        if lines and filled + space + needed <= width:
            lines[-1].append(word)
            filled += space + needed
        else:
            pieces = _pieces(word, kind, width)
            lines.extend([piece] for piece in pieces)
            filled = width_of(pieces[-1], kind)
    return [" ".join(words) for words in lines]


def wrap_evenly(text: str, kind: Type, width: float) -> list[str]:
    """Break a text into as few lines as fit, of lengths as equal as can be: for titles."""
    lines = wrap(text, kind, width)
    narrow, wide = width / 2.0, width
    while wide - narrow > 1.0:
        middle = (narrow + wide) / 2.0
        if len(wrap(text, kind, middle)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return wrap(text, kind, wide)


@lru_cache(maxsize=128)
def _space(kind: Type) -> float:
    """Return how much a space adds between two words, with the bearings of the letters around it."""
    return width_of("n n", kind) - 2.0 * width_of("n", kind) + 0.1


def _pieces(word: str, kind: Type, width: float) -> list[str]:
    """Cut a word that no line can hold: at a no-break space first, else anywhere."""
    if width_of(word, kind) <= width or len(word) == 1:
        return [word]
    fits = next((end for end in range(len(word) - 1, 1, -1) if width_of(word[:end], kind) <= width), 1)
    space = word.rfind("\u00a0", 1, fits + 1)
    first, rest = (word[:space], word[space + 1 :]) if space > 0 else (word[:fits], word[fits:])
    return [first, *_pieces(rest, kind, width)]
