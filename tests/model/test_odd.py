"""The tables of the model documentation say what the code says."""

import csv
from dataclasses import fields

from areavasta.accounts import FLOWS, Kind
from areavasta.indicators import INDICATORS
from areavasta.settings import Law
from experiments._odd import ODD, SEED, SLOT, TABLES, renewed


def test_the_tables_are_those_of_the_code() -> None:
    text = ODD.read_text(encoding="utf-8")
    assert set(SLOT.findall(text)) == set(TABLES)
    assert renewed(text) == text, "model/ODD.md is stale: run `make odd`"


def test_every_kind_of_flow_is_described() -> None:
    assert set(FLOWS) == set(Kind)


def test_every_row_of_the_seed_has_its_settings_and_indicators() -> None:
    sections = {item.name for item in fields(Law)}
    with SEED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20
    for row in rows:
        assert set(row["setting"].split(";")) <= sections, row
        assert set(row["activity"].split(";")) | set(row["outcome"].split(";")) <= set(INDICATORS), row
