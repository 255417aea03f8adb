"""Texts in tables for spreadsheets, which would compute what starts like a formula."""

from typing import Any

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Starts of a cell that a spreadsheet computes (OWASP, CSV injection)."""


def harmless(value: Any) -> Any:
    """Return a value as a cell; a text that a spreadsheet would compute gets an apostrophe in front."""
    if not isinstance(value, str) or not value.startswith(FORMULA_STARTS) or _is_number(value):
        return value
    return f"'{value}"


def harmless_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts no spreadsheet computes."""
    texts = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    return table.assign(**{name: table[name].map(harmless) for name in texts})


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
