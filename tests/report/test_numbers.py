"""Every number of a report names its table, rows and column, and equals what stands there."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import numpy as np
import pandas as pd
import pytest

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from tests.report.conftest import Made, parsed

WHICH = (
    "report",
    pytest.param("other_report", marks=pytest.mark.long),
    pytest.param("several_report", marks=pytest.mark.long),
    pytest.param("search_report", marks=pytest.mark.long),
    pytest.param("goal_report", marks=pytest.mark.long),
)
LEAST_NUMBERS = {
    "report": 400, "several_report": 400, "other_report": 30, "search_report": 150, "goal_report": 80,
}  # fmt: skip
PAIR = ["draw", "replicate"]
NUMBER = re.compile(r"[−+]?\d[\d.,]*")
PER_CENT = ("p_up", "p_down", "p_better", "p_worse", "parameter_share", "population")


@cache
def frame_of(folder: Path, file: str) -> pd.DataFrame:
    """Return a table, with the unions of communes at its side where it has communes."""
    rows = pd.read_parquet(folder / file)
    if file == "commune_verdicts.parquet":
        rows = rows.merge(
            pd.read_parquet(folder / "places.parquet")[["istat_code", "union"]], on="istat_code"
        )
    return rows


@cache
def groups_of(folder: Path, file: str, keys: tuple[str, ...]) -> dict[tuple[str, ...], pd.DataFrame]:
    """Return the rows of a table by the values of some columns, as words."""
    grouped = frame_of(folder, file).groupby(list(keys), observed=True)
    return {tuple(map(str, values)): rows for values, rows in grouped}


def truth(folder: Path, address: str) -> Any:
    """Return what an address stands for, read from the tables by other means than the report's."""
    place, _, rest = address.partition("#")
    column, _, how = unquote(rest).partition("!")
    file, _, query = place.partition("?")
    keys = dict(parse_qsl(query, keep_blank_values=True))
    if file == "manifest.json":
        return manifest_value(folder, column, how)
    if file == "posterior/manifest.json":
        import areavasta

        shipped = json.loads((Path(areavasta.__file__).parent / file).read_text(encoding="utf-8"))
        return shipped["coverage"]["share"]
    if "row" in keys:
        return frame_of(folder, file).iloc[int(keys["row"])][column]
    return of_rows(folder, file, keys, column, how)


def chosen(folder: Path, file: str, keys: dict[str, str]) -> pd.DataFrame:
    rows = frame_of(folder, file)
    return groups_of(folder, file, tuple(keys)).get(tuple(keys.values()), rows.iloc[:0]) if keys else rows


def of_rows(folder: Path, file: str, keys: dict[str, str], column: str, how: str) -> float:
    part = chosen(folder, file, keys)
    if how == "count":
        return float(len(part))
    if how == "share":
        wider = chosen(folder, file, dict(list(keys.items())[:-1]))
        return float(part[column].sum() / wider[column].sum())
    if how == "main_median":
        return float(part.loc[part["indicator"].isin(MAIN_INDICATORS), column].dropna().median())
    if how.startswith("pairs_"):
        return of_pairs(folder, file, keys, column, how)
    if "/" in column:
        above, below = column.split("/")
        return float(part[above].sum() / part[below].sum())
    if how == "sum":
        return float(part[column].sum())
    assert how == ""
    assert len(part) == 1, (keys, len(part))
    return float(part[column].iloc[0])


def of_pairs(folder: Path, file: str, keys: dict[str, str], column: str, how: str) -> float:
    every = chosen(folder, file, {"scenario": keys["scenario"]}).groupby(PAIR).size().index
    sums = chosen(folder, file, keys).groupby(PAIR)[column].sum().reindex(every, fill_value=0)
    if "difference" in how:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        present = chosen(folder, file, {**keys, "scenario": next(iter(manifest["scenarios"]))})
        sums = sums - present.groupby(PAIR)[column].sum().reindex(every, fill_value=0)
    share = {"median": 0.5, "q05": 0.05, "q95": 0.95}[how.rpartition("_")[2]]
    return float(np.quantile(sums.to_numpy(np.float64), share))


def manifest_value(folder: Path, path: str, how: str) -> Any:
    value: Any = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    while path:
        # Names of packages may hold dots: the longest name that fits is meant.
        name = max((key for key in value if path == key or path.startswith(f"{key}.")), key=len)
        value, path = value[name], path[len(name) + 1 :]
    return float(len(value)) if how == "count" else value


def scale_of(address: str, text: str) -> float:
    """Return what turns a raw value into the one shown."""
    file, _, rest = address.partition("?")
    column = rest.partition("#")[2].partition("!")[0]
    if "%" in text and (
        column in PER_CENT or "/" in column or "main_median" in rest or file.startswith("posterior")
    ):
        return 100.0
    if file in ("flows.parquet", "flow_effects.parquet"):
        return 1e-8 if file == "flows.parquet" else 1e-6
    if file == "communes.parquet":
        return 100.0
    keys = dict(parse_qsl(rest.partition("#")[0]))
    if (
        "indicator" in keys
        and not column.startswith("p_")
        and file in ("effects.parquet", "ablation.parquet", "indicators.parquet")
    ):
        return INDICATORS[keys["indicator"]].scale
    return 1.0


def read_number(token: str, lang: str) -> tuple[float, int]:
    """Return a written number and how many decimals it has."""
    token = token.replace("−", "-").rstrip(".,")
    token = token.replace(".", "").replace(",", ".") if lang == "it" else token.replace(",", "")
    return float(token), len(token.partition(".")[2])


def shows(text: str, value: float, address: str, lang: str, pairs: int) -> bool:
    """Say whether a text shows a value, rounded."""
    if not NUMBER.search(text):
        return value == 0.0 if text in ("nessuno", "none") else "#p_" in address
    if re.search("oltre 99%|over 99%", text):
        return value > 0.99
    if re.search("meno dell’1%|under 1%", text):
        return value < 0.01
    shown = value * scale_of(address, text)
    for token in NUMBER.findall(text):
        number, decimals = read_number(token, lang)
        signed = token[0] in "−+"
        target = shown if signed or number == 0 or shown >= 0 else abs(shown)
        if abs(number - target) <= 0.5 * 10.0**-decimals + 1e-9:
            return True
    return "#p_" in address and f"{round(value * pairs)}" in NUMBER.findall(text)


def texts(element: Any) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("which", WHICH)
def test_every_number_equals_its_table(which: str, lang: str, request: pytest.FixtureRequest) -> None:
    made: Made = request.getfixturevalue(which)
    pairs = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))["pairs"]
    found = list(parsed(made.pages[lang]).iter("data"))
    assert len(found) > LEAST_NUMBERS[which]
    files = set()
    for one in found:
        address, told = one.attrib["data-source"], one.attrib["value"]
        value = truth(made.folder, address)
        files.add(address.partition("?")[0].partition("#")[0])
        if isinstance(value, str) or (isinstance(value, int) and address.startswith("manifest")):
            assert told == str(value), address
            if isinstance(value, int):
                assert shows(texts(one), float(value), address, lang, pairs), (address, texts(one))
            elif "created" not in address:
                assert texts(one) == value
            continue
        assert float(told) == pytest.approx(float(value), rel=1e-12, abs=1e-12), address
        assert shows(texts(one), float(value), address, lang, pairs), (address, texts(one), value)
    if which == "report":
        assert {"effects.parquet", "groups.parquet", "commune_verdicts.parquet", "ablation.parquet"} <= files
        assert {"flows.parquet", "indicators.parquet", "manifest.json"} <= files


def test_a_wrong_number_is_seen() -> None:
    """The test of numbers would notice: it refuses other digits, another sign, another unit."""
    cost = "effects.parquet?indicator=cost#median"
    assert shows("−31 € per abitante", -31.4, cost, "it", 20)
    assert not shows("−32 € per abitante", -31.4, cost, "it", 20)
    assert not shows("+31 € per abitante", -31.4, cost, "it", 20)
    assert shows("1.234,5", 1234.46, cost, "it", 20)
    assert not shows("1,234.5", 1234.46, cost, "it", 20)
    assert shows("+1,8 punti", 0.0184, "effects.parquet?indicator=service#median", "it", 20)
    assert not shows("+0,018 punti", 0.0184, "effects.parquet?indicator=service#median", "it", 20)
    chance = "effects.parquet?indicator=cost#p_up"
    assert shows("molto probabile (85%)", 0.85, chance, "it", 20)
    assert not shows("molto probabile (86%)", 0.85, chance, "it", 20)
    assert shows("17 repliche su 20", 0.85, chance, "it", 20)
    assert not shows("16 repliche su 20", 0.85, chance, "it", 20)


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("which", WHICH)
def test_no_digit_is_without_a_source(which: str, lang: str, request: pytest.FixtureRequest) -> None:
    made: Made = request.getfixturevalue(which)
    body = parsed(made.pages[lang]).find("body")
    assert [text for text in _unsourced(body) if re.search(r"\d", text)] == []


def _unsourced(element: Any) -> list[str]:
    """Return the texts that stand in no element with a source."""
    if "data-source" in element.attrib or not isinstance(element.tag, str):
        return []
    found = [element.text or ""]
    for child in element:
        found += [*_unsourced(child), child.tail or ""]
    return found


@pytest.mark.parametrize("lang", ["it", "en"])
def test_data_below_a_chart_are_its_file(report: Made, lang: str) -> None:
    figures = parsed(report.pages[lang]).findall(".//figure")
    assert len(figures) > 5
    for figure in figures:
        rows = [[texts(cell) for cell in row] for row in figure.findall(".//table//tr")]
        data = report.folder / figure.attrib["data-source"]
        if rows and data.is_file():
            assert rows == [line.split(",") for line in data.read_text().splitlines()] or any(
                '"' in line for line in data.read_text().splitlines()
            )
