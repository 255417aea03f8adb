"""The tables of a territory: their columns, and a reader that lists every bad cell of every row."""

import csv
import difflib
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ALTITUDE_ZONES = ("plain", "coastal_hill", "internal_hill", "coastal_mountain", "internal_mountain")
"""Altitude zones of ISTAT."""

INNER_AREA_CLASSES = ("A", "B", "C", "D", "E", "F")
"""Classes of the national strategy for inner areas, from pole (A) to ultra-peripheral (F)."""

NEED_GROUPS = ("administration", "education", "police", "roads_territory", "social_childcare", "waste")
"""Groups of communal functions that have a published standard need."""

AREA_KINDS = ("province", "metropolitan_city")
"""Kinds of area."""

CONFIDENCES = ("low", "medium", "high")
"""How sure a compiled membership is."""

CODE_DIGITS = 6
"""Digits of an ISTAT code of a commune."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Column:
    """What the cells of a column may hold: a kind, bounds of numbers, words to choose from."""

    name: str
    kind: str = "text"
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()
    may_be_empty: bool = False


def _count(name: str, low: float = 0) -> Column:
    return Column(name, "whole", low, 10_000_000)


def _choice(name: str, choices: tuple[str, ...], may_be_empty: bool = False) -> Column:
    return Column(name, "choice", choices=choices, may_be_empty=may_be_empty)


COMMUNES = (
    Column("code", "code"),
    Column("name"),
    Column("area"),
    _count("population_2023", 1),
    _count("population_2026", 1),
    _count("residents_0_14"),
    _count("residents_65_plus"),
    Column("area_km2", "number", 0.01, 10_000),
    Column("altitude_m", "number", -10, 4_000),
    _choice("altitude_zone", ALTITUDE_ZONES),
    Column("urbanisation", "whole", 1, 3),
    _choice("inner_area", INNER_AREA_CLASSES),
    _count("taxpayers", 1),
    Column("taxable_income_eur", "number", 1, 1e12),
    Column("surtax_eur", "number", 0, 1e11),
    *(Column(f"need_{group}", "number", 0, 100_000) for group in NEED_GROUPS),
    Column("service_score", "number", 0, 10),
    Column("union", may_be_empty=True),
    _choice("union_confidence", CONFIDENCES),
    Column("ambit"),
    _choice("ambit_confidence", CONFIDENCES),
    Column("district"),
    _choice("district_confidence", CONFIDENCES),
    Column("x_m", "number", -1e7, 1e7),
    Column("y_m", "number", -1e7, 1e7),
    Column("population_imputed", "whole", 0, 1),
    Column("ages_imputed", "whole", 0, 1),
    Column("figures_imputed", "whole", 0, 1),
)
"""Columns of communes.csv; x_m and y_m are metres (UTM 32N) of the commune's centroid."""

TABLES: dict[str, tuple[Column, ...]] = {
    "region.csv": (Column("name"), Column("seat", "code")),
    "areas.csv": (Column("key"), Column("name"), _choice("kind", AREA_KINDS), Column("seat", "code")),
    "ambits.csv": (Column("key"), Column("name"), Column("area")),
    "districts.csv": (Column("key"), Column("name"), Column("area")),
    "unions.csv": (
        Column("key"),
        Column("name"),
        Column("area"),
        Column("evidence_year", "whole", 1990, 2100),
        _choice("confidence", CONFIDENCES),
        Column("functions", may_be_empty=True),
        _choice("functions_confidence", CONFIDENCES, may_be_empty=True),
    ),
    "communes.csv": COMMUNES,
    "neighbours.csv": (Column("code", "code"), Column("neighbour", "code")),
}
"""Tables of a territory, one file each."""

LISTS_THAT_MAY_BE_EMPTY = frozenset({"unions.csv", "neighbours.csv"})
"""Tables that may have no rows: a territory without unions, or of one commune."""


@dataclass(frozen=True)
class Table:
    """A table as read: line numbers, texts by column, and numbers where a column holds them (NaN if bad).

    It is whole when no row was left out; only then can a missing identifier be told from an unread one.
    """

    file: str
    lines: tuple[int, ...]
    texts: dict[str, list[str]]
    numbers: dict[str, NDArray[np.float64]]
    whole: bool

    def rows(self, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each line number with its cells of some columns; nothing when a column is absent."""
        if all(column in self.texts for column in columns):
            cells = zip(*(self.texts[column] for column in columns), strict=True)
            yield from zip(self.lines, cells, strict=True)


def cell_problem(file: str, line: int, column: str, value: str, message: str) -> str:
    """Return the line that tells where a wrong cell is, what it holds and what would be right."""
    return f"{file} row {line} column {column}: '{value}' {message}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean X?`, or nothing when no known word is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""


def read_table(folder: Path, file: str, problems: list[str]) -> tuple[Table, bytes]:
    """Read one table, adding to `problems` all that is wrong with it; return it and its bytes."""
    nothing = Table(file, (), {}, {}, whole=False)
    try:
        data = (folder / file).read_bytes()
    except OSError:
        problems.append(f"{file}: the file is missing or cannot be read; put it into the folder {folder}")
        return nothing, b""
    rows = _rows(file, data, problems)
    if not rows:
        return nothing, data
    header = [name.strip() for name in rows[0][1]]
    if not _check_header(file, header, problems):
        return nothing, data
    body = _even_rows(file, len(header), rows[1:], problems)
    if not body and file not in LISTS_THAT_MAY_BE_EMPTY:
        problems.append(f"{file}: has no rows; it needs at least one under the header")
    lines = tuple(line for line, _ in body)
    texts = {name: [cells[i].strip() for _, cells in body] for i, name in enumerate(header)}
    numbers = _check_cells(file, lines, texts, problems)
    return Table(file, lines, texts, numbers, whole=len(body) == len(rows) - 1), data


def _rows(file: str, data: bytes, problems: list[str]) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank with their line numbers; none when the file is not CSV."""
    if data.startswith(BYTE_ORDER_MARK):
        problems.append(f"{file}: starts with a byte order mark; save it as UTF-8 without BOM")
        data = data.removeprefix(BYTE_ORDER_MARK)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(f"{file} row {line}: is not UTF-8; save the file in UTF-8")
        return []
    first = text.partition("\n")[0]
    for sign, word in ((";", "semicolons"), ("\t", "tabs")):
        if sign in first and "," not in first:
            problems.append(f"{file}: columns are separated by {word}; separate them by commas")
            return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((reader.line_num, cells) for cells in reader if cells)
    except csv.Error as error:
        problems.append(f"{file} row {reader.line_num}: is not well-formed CSV ({error}); check its quotes")
        return []
    if not rows:
        problems.append(f"{file}: is empty; it needs a header and rows")
    return rows


def _check_header(file: str, header: list[str], problems: list[str]) -> bool:
    """List missing, unknown and repeated columns; return whether each column has one place."""
    expected = [column.name for column in TABLES[file]]
    missing = [name for name in expected if name not in header]
    unknown = [name for name in header if name not in expected]
    repeated = sorted({name for name in header if header.count(name) > 1})
    for name in unknown:
        advice = nearest(name, missing) or f"; the columns are {', '.join(expected)}"
        problems.append(f"{file} row 1: unknown column '{name}'{advice}")
    problems += [f"{file} row 1: column '{name}' is missing; add it" for name in missing]
    problems += [f"{file} row 1: column '{name}' is there more than once; keep one" for name in repeated]
    return not repeated


def _even_rows(
    file: str, width: int, rows: list[tuple[int, list[str]]], problems: list[str]
) -> list[tuple[int, list[str]]]:
    """Return the rows as wide as the header; list the others."""
    for line, cells in rows:
        if len(cells) != width:
            problems.append(f"{file} row {line}: has {len(cells)} cells; the header has {width} columns")
    return [row for row in rows if len(row[1]) == width]


def _check_cells(
    file: str, lines: tuple[int, ...], texts: dict[str, list[str]], problems: list[str]
) -> dict[str, NDArray[np.float64]]:
    """List the wrong cells; return the columns of numbers, NaN where a cell is wrong."""
    numbers = {}
    for column in TABLES[file]:
        cells = texts.get(column.name)
        if cells is None:
            continue
        if column.kind in {"number", "whole"}:
            numbers[column.name] = _numbers(file, column, lines, cells, problems)
            continue
        for line, cell in zip(lines, cells, strict=True):
            message = _text_fault(column, cell)
            if message:
                problems.append(cell_problem(file, line, column.name, cell, message))
    return numbers


def _text_fault(column: Column, cell: str) -> str:
    """Return what is wrong with a cell of text, a code or a word to choose; empty when it is right."""
    if not cell:
        return "" if column.may_be_empty else "is empty; it needs a value"
    if column.kind == "code" and not (len(cell) == CODE_DIGITS and cell.isascii() and cell.isdigit()):
        advice = f", here perhaps {cell:0>6}" if cell.isdigit() and len(cell) < CODE_DIGITS else ""
        return f"is no ISTAT code; write six digits as text, leading zeros kept{advice}"
    if column.kind == "choice" and cell not in column.choices:
        return f"is unknown; it must be one of {', '.join(column.choices)}{nearest(cell, column.choices)}"
    return ""


def _numbers(
    file: str, column: Column, lines: tuple[int, ...], cells: list[str], problems: list[str]
) -> NDArray[np.float64]:
    """Return a column of numbers and list its wrong cells; a column without any takes one pass."""
    try:
        values = np.array([float(cell) for cell in cells], dtype=np.float64)
    except ValueError:
        values = np.array([_float(cell) for cell in cells], dtype=np.float64)
    good = (values >= column.low) & (values <= column.high)
    if column.kind == "whole":
        good &= values == np.floor(values)
    problems += [
        cell_problem(file, lines[i], column.name, cells[i], _number_fault(column, cells[i]))
        for i in np.flatnonzero(~good)
    ]
    return np.where(good, values, np.nan)


def _float(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return math.nan


def _number_fault(column: Column, cell: str) -> str:
    """Return what is wrong with a cell that should hold a number."""
    kind = "a whole number" if column.kind == "whole" else "a number"
    bounds = f"{kind} from {column.low:.15g} to {column.high:.15g}"
    if not cell:
        return f"is empty; it needs {bounds}"
    if not math.isfinite(_float(cell)):
        return f"is not {kind}; write {bounds}, digits with a decimal point and no other sign"
    if column.low <= _float(cell) <= column.high:
        return f"is not {kind}; write {bounds}"
    return f"is out of range; it must be {bounds}"
