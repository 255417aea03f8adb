"""What a section of a report is made of: paragraphs, tables, lists, pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

COLUMN_CM = 8.4
"""Width of a column of a printed page."""

Words = str | Markup
"""A text: plain words are escaped by the template, marked ones are not."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `kind` is plain, lead, note or warning."""

    text: Words
    kind: str = "plain"
    block: str = "paragraph"


@dataclass(frozen=True)
class Column:
    """The heading of a column, and whether it holds numbers."""

    heading: Words
    numeric: bool = True


@dataclass(frozen=True)
class Table:
    """A table whose first column names its rows; a row of one cell is a heading over those below it."""

    caption: Words
    columns: Sequence[Column]
    rows: Sequence[Sequence[Words]]
    origin: Words = ""
    kind: str = ""
    block: str = "table"


@dataclass(frozen=True)
class Items:
    """A list."""

    items: Sequence[Words]
    block: str = "items"


@dataclass(frozen=True)
class Facts:
    """Terms with what each is."""

    facts: Sequence[tuple[Words, Words]]
    block: str = "facts"


@dataclass(frozen=True)
class Picture:
    """A chart: a picture within the page, what it says to who cannot see it, and the data behind it."""

    name: str
    lang: str
    kind: str
    reform: str
    indicator: str
    title: str
    alternative: str
    address: str
    bitmap: str
    data: Path
    data_address: str
    width_cm: float

    @property
    def wide(self) -> bool:
        """Whether it takes the width of a page."""
        return self.width_cm > COLUMN_CM


@dataclass(frozen=True)
class Pictures:
    """Charts beside one another, two to a page's width; those for the screen alone are not printed."""

    pictures: Sequence[Picture]
    screen_only: bool = False
    block: str = "pictures"

    @property
    def rows(self) -> list[list[Picture]]:
        """Charts that stand side by side; a wide one stands alone."""
        rows: list[list[Picture]] = []
        for one in self.pictures:
            last = rows[-1] if rows else []
            if one.wide or len(last) != 1 or last[0].wide:
                rows.append([one])
            else:
                last.append(one)
        return rows


Block = Paragraph | Table | Items | Facts | Pictures


@dataclass(frozen=True)
class Section:
    """A section: its key, its heading and its blocks."""

    key: str
    title: Words
    blocks: Sequence[Block] = field(default_factory=tuple)


@dataclass(frozen=True)
class KeyFigure:
    """A figure at the head of the first page; `tone` is better, worse or plain."""

    figure: Words
    caption: Words
    tone: str


@dataclass(frozen=True)
class Front:
    """The head of a reform's first page."""

    kicker: Words
    headline: Words
    lead: Words
    figures: Sequence[KeyFigure] = ()
    provisions: Table | None = None
    pictures: Sequence[Picture] = ()
    boxes: Sequence[Section] = ()
    flag: str = ""


@dataclass(frozen=True)
class Chapter:
    """What a report says of one reform: its first page and its sections."""

    key: str
    name: Words
    front: Front
    sections: Sequence[Section]

    @property
    def anchor(self) -> str:
        """Word by which links name it."""
        return re.sub(r"[^a-z0-9_-]", "-", self.key.lower())


@dataclass(frozen=True)
class Report:
    """A whole report: what sets several chapters side by side, chapters, and the sections that all share."""

    title: str
    running: str
    footer: str
    opening: Section | None
    chapters: Sequence[Chapter]
    sections: Sequence[Section]
