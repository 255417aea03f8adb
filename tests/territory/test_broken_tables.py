"""Every kind of defect is told: file, row, column, value, what would be right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from areavasta.territory import TerritoryError, load_territory

Spoil = Callable[[str, str, str], Path]
FUNCTIONS = frozenset({"local_police", "personnel", "waste"})

DEFECTS = [
    (
        "communes.csv",
        "Peak,PV,1000",
        "Peak,PV,many",
        "row 2 column population_2023: 'many' is not a whole number",
    ),
    (
        "communes.csv",
        "Peak,PV,1000",
        "Peak,PV,10.5",
        "row 2 column population_2023: '10.5' is not a whole number",
    ),
    ("communes.csv", "Peak,PV,1000", "Peak,PV,0", "row 2 column population_2023: '0' is out of range"),
    ("communes.csv", "Peak,PV,1000", "Peak,PV,", "row 2 column population_2023: '' is empty"),
    (
        "communes.csv",
        "Peak,PV,1000",
        "Peak,PV,nan",
        "row 2 column population_2023: 'nan' is not a whole number",
    ),
    ("communes.csv", "400,50,600", "400,inf,600", "row 2 column area_km2: 'inf' is not a number"),
    ("communes.csv", "internal_hill", "internal_hil", "did you mean internal_hill?"),
    ("communes.csv", "internal_hill", "", "row 3 column altitude_zone: '' is empty"),
    (
        "communes.csv",
        "001001,Toy",
        "1001,Toy",
        "write six digits as text, leading zeros kept, here perhaps 001001",
    ),
    ("communes.csv", "001001,Toy", "00100A,Toy", "row 2 column code: '00100A' is no ISTAT code"),
    (
        "communes.csv",
        "001002,Toy",
        "001001,Toy",
        "row 3 column code: '001001' is there twice, first in row 2",
    ),
    ("communes.csv", "6,U1,", "6,U9,", "row 3 column union: 'U9' is not in unions.csv"),
    ("communes.csv", "Hill,PV", "Hill,PW", "row 3 column area: 'PW' is not in areas.csv"),
    ("communes.csv", "M2", "M3", "row 5 column ambit: 'M3' is not in ambits.csv"),
    ("communes.csv", "D2", "D3", "row 5 column district: 'D3' is not in districts.csv"),
    (
        "communes.csv",
        "8,,high,M2",
        "8,U1,high,M2",
        "row 5 column union: 'U1' belongs to area PV, the commune to MC",
    ),
    ("communes.csv", "100,400,50", "700,400,50", "residents_0_14 makes 1100; the commune has 1000 residents"),
    ("communes.csv", "name,area", "name,areas", "unknown column 'areas'; did you mean area?"),
    ("communes.csv", "name,area", "name", "column 'area' is missing"),
    ("communes.csv", "name,area", "name,name", "column 'name' is there more than once"),
    (
        "communes.csv",
        "001001,Toy Peak,",
        "001001,",
        "communes.csv row 2: has 32 cells; the header has 33 columns",
    ),
    ("communes.csv", "6,U1,", "6,,", "unions.csv row 2 column key: 'U1' has one member"),
    ("communes.csv", "Toy Peak", '"Toy" Peak', "is not well-formed CSV"),
    ("communes.csv", "code,", "\ufeffcode,", "communes.csv: starts with a byte order mark"),
    (
        "areas.csv",
        "province,001003",
        "province,002001",
        "'002001' lies in area MC; the seat of PV must be one",
    ),
    ("areas.csv", "province,001003", "province,009999", "row 2 column seat: '009999' is not in communes.csv"),
    ("areas.csv", ",province,", ",provincia,", "did you mean province?"),
    ("areas.csv", "MC,", "PV,", "row 3 column key: 'PV' is there twice"),
    ("areas.csv", "MC,", "XX,Empty,province,001003\nMC,", "row 3 column key: 'XX' has no communes"),
    ("areas.csv", "key,name,kind,seat", "key;name;kind;seat", "columns are separated by semicolons"),
    ("areas.csv", "key,name,kind,seat", "key\tname\tkind\tseat", "columns are separated by tabs"),
    ("region.csv", "002001\n", "002001\nOther,001001\n", "region.csv: has more than one row"),
    ("region.csv", "Toy Region,002001\n", "", "region.csv: has no rows"),
    ("region.csv", "name,seat\nToy Region,002001\n", "", "region.csv: is empty"),
    ("unions.csv", "2022", "22", "row 2 column evidence_year: '22' is out of range"),
    (
        "unions.csv",
        "local_police;",
        "local_polise;",
        "'local_polise' is no function of the catalogue; did you mean",
    ),
    ("unions.csv", ",PV,", ",PW,", "row 2 column area: 'PW' is not in areas.csv"),
    ("neighbours.csv", "001001,001002", "001001,001001", "'001001' is the commune itself"),
    ("neighbours.csv", "001001,001002", "001002,001001", "write each pair once, the lower code first"),
    ("neighbours.csv", "001002,001003", "001001,001002", "is paired with 001001 twice, first in row 2"),
    (
        "neighbours.csv",
        "001003,002001",
        "001003,002009",
        "'002009' is not in communes.csv; did you mean 002001?",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), DEFECTS)
def test_defect_is_told(spoil: Spoil, file: str, old: str, new: str, told: str) -> None:
    folder = spoil(file, old, new)
    with pytest.raises(TerritoryError) as caught:
        load_territory(folder, FUNCTIONS)
    assert told in str(caught.value)


def test_all_defects_are_told_at_once(spoil: Spoil) -> None:
    spoil("communes.csv", "Peak,PV,1000", "Peak,PV,many")
    spoil("communes.csv", "internal_hill", "hill")
    spoil("areas.csv", ",province,", ",shire,")
    spoil("neighbours.csv", "001001,001002", "001001,001009")
    folder = spoil("unions.csv", "local_police", "juggling")
    (folder / "districts.csv").unlink()
    with pytest.raises(TerritoryError) as caught:
        load_territory(folder, FUNCTIONS)
    problems = caught.value.problems
    assert len(problems) == 6
    assert {problem.split(" ")[0].rstrip(":") for problem in problems} == {
        "communes.csv", "areas.csv", "neighbours.csv", "unions.csv", "districts.csv",
    }  # fmt: skip


def test_a_row_that_cannot_be_read_brings_no_further_problems(spoil: Spoil) -> None:
    folder = spoil("communes.csv", "001001,Toy Peak,", "001001,")
    with pytest.raises(TerritoryError) as caught:
        load_territory(folder)
    assert len(caught.value.problems) == 1


def test_a_table_of_another_encoding_is_told(spoil: Spoil) -> None:
    folder = spoil("communes.csv", "Toy Town", "Forlì")
    text = (folder / "communes.csv").read_text(encoding="utf-8")
    (folder / "communes.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(TerritoryError, match=r"communes\.csv row 4: is not UTF-8"):
        load_territory(folder)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TerritoryError, match="there is no such folder"):
        load_territory(tmp_path / "nowhere")


def test_an_empty_folder_names_every_table(tmp_path: Path) -> None:
    with pytest.raises(TerritoryError) as caught:
        load_territory(tmp_path)
    assert len(caught.value.problems) == 7


def test_the_province_of_naples_is_text(spoil: Spoil) -> None:
    for file in ("communes.csv", "areas.csv", "ambits.csv", "districts.csv", "unions.csv"):
        folder = spoil(file, "PV", "NA")
        (folder / file).write_text((folder / file).read_text().replace("PV", "NA"))
    assert load_territory(folder).area_keys == ("NA", "MC")


def test_windows_line_ends_are_welcome(spoil: Spoil) -> None:
    folder = spoil("areas.csv", "key", "key")
    for file in folder.glob("*.csv"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_territory(folder).area_keys == ("PV", "MC")
