"""Every word of a report that is not a chart's, in Italian and English."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "words.csv"
"""One row a text, by its key."""


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return all texts by key, then language."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: {"it": row["it"], "en": row["en"]} for row in csv.DictReader(file)}


def word(key: str, lang: str, **values: object) -> str:
    """Return words in a language, with their values filled in where any are given."""
    text = words()[key][lang]
    return text.format(**values) if values else text
