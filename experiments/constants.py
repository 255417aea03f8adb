"""Short names of the uncertain constants, in Italian and English."""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "constants.csv"
"""One row a constant, by its key below `parameters`."""


@cache
def constant_names() -> dict[str, dict[str, str]]:
    """Return the names of every constant by language, by its whole key."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            f"parameters.{row['key']}": {"it": row["it"], "en": row["en"]} for row in csv.DictReader(file)
        }


def constant_name(key: str, lang: str) -> str:
    """Return the name of a constant; its key when it has none."""
    return constant_names().get(key, {}).get(lang, key)
