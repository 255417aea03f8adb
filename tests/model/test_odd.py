"""The tables of the model documentation say what the code says."""

from areavasta.accounts import FLOWS, Kind
from experiments._odd import ODD, SLOT, TABLES, renewed


def test_the_tables_are_those_of_the_code() -> None:
    text = ODD.read_text(encoding="utf-8")
    assert set(SLOT.findall(text)) == set(TABLES)
    assert renewed(text) == text, "model/ODD.md is stale: run `make odd`"


def test_every_kind_of_flow_is_described() -> None:
    assert set(FLOWS) == set(Kind)
