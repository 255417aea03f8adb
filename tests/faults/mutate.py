"""Ways to spoil texts, values, tables and bytes; each takes a source of chance and returns a spoilt copy."""

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import yaml

NONSENSE: tuple[Any, ...] = (
    float("nan"), float("inf"), -float("inf"), -1, -1e300, 10**30, 1e-300, "", "  ", "text", "0,5", "=1+1",
    "${oc.env:HOME}", "${..title}", "../../etc/passwd", "x" * 5000, "\u202e\u0000", [], {}, [None], None,
    True, {"_target_": "os.system"}, {"a": {"b": {}}}, [[1]], "1e3", "２", "2026-02-30", "'", "\\",
)  # fmt: skip
"""Values that hardly any key may have."""

FRAGMENTS = (
    "", "\t", "\ufeff", "\x00", "&a [*a]", "*a", "<<: *b", "!!python/object/apply:os.system ['true']", "---",
    "{", "}", "[", ":", "?", "|", "%", "@", "`", "- ", "#", '"', "'", ",", ";", "\r", "\u2028", "é", "🙂",
    "nan", "_target_: os.system", "defaults: [x]", "=cmd()", "0x1F", "1_000", "~", "null", "yes",
)  # fmt: skip
"""Pieces of text that are put anywhere."""

Path = tuple[Any, ...]


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value that is no group of keys, with the keys down to it."""
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from leaves(part, (*path, key))
    else:
        yield path, value


def put(value: dict[Any, Any], path: Path, new: Any) -> dict[Any, Any]:
    """Return a copy with another value at a place."""
    spoilt = copy.deepcopy(value)
    place = spoilt
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = new
    return spoilt


def spoil_value(values: dict[Any, Any], chance: Random) -> tuple[dict[Any, Any], bool]:
    """Return a copy with nonsense at one place, and whether nobody could take it for sense.

    That is so where a number stood and what stands there now is neither a finite number nor a word for one.
    """
    path, old = chance.choice(list(leaves(values)))
    new = chance.choice(NONSENSE)
    number = isinstance(old, int | float) and not isinstance(old, bool)
    finite = isinstance(new, int | float) and not isinstance(new, bool) and abs(new) < 1e15
    return put(values, path, new), number and not finite and not _is_number_word(new)


def _is_number_word(value: Any) -> bool:
    return isinstance(value, str) and value in ("1e3", "２")


def spoil_keys(values: dict[Any, Any], chance: Random) -> dict[Any, Any]:
    """Return a copy with a key renamed, removed, doubled deeper, or added."""
    spoilt = copy.deepcopy(values)
    groups = [spoilt, *(part for part in _groups(spoilt) if part)]
    group = chance.choice(groups)
    key = chance.choice(list(group))
    way = chance.randrange(4)
    if way == 0:
        group[f"{key}_x"] = group.pop(key)
    elif way == 1:
        del group[key]
    elif way == 2:
        group[key] = {key: group[key]}
    else:
        group[chance.choice([1, "x", "_target_", None, True, "", "a.b", "title"])] = chance.choice(NONSENSE)
    return spoilt


def _groups(value: dict[Any, Any]) -> Iterator[dict[Any, Any]]:
    for part in value.values():
        if isinstance(part, dict):
            yield part
            yield from _groups(part)


def spoil_text(text: str, chance: Random) -> str:
    """Return a text with a piece removed, doubled, moved, cut off or put in."""
    start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    end = min(end, start + chance.choice([1, 3, 20, 200]))
    ways: tuple[Callable[[], str], ...] = (
        lambda: text[:start] + text[end:],
        lambda: text[:end] + text[start:],
        lambda: text[:start],
        lambda: text[:start] + chance.choice(FRAGMENTS) + text[start:],
        lambda: text[:start] + text[start:end].swapcase() + text[end:],
        lambda: text[:start] + "".join(reversed(text[start:end])) + text[end:],
        lambda: _lines(text, chance),
    )
    return chance.choice(ways)()


def _lines(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    place = chance.randrange(len(lines))
    lines[place] = chance.choice([" ", "  ", "\t", "- ", "# "]) + lines[place]
    if chance.random() < 0.5:
        other = chance.randrange(len(lines))
        lines[place], lines[other] = lines[other], lines[place]
    return "".join(lines)


def spoil_bytes(content: bytes, chance: Random) -> bytes:
    """Return bytes with some changed, or cut off, or something put in front or behind."""
    way = chance.randrange(5)
    if way == 0 or not content:
        return content[: chance.randrange(len(content) + 1)]
    if way == 1:
        return chance.randbytes(chance.choice([1, 100])) + content
    if way == 2:
        return content + chance.randbytes(chance.choice([1, 100]))
    spoilt = bytearray(content)
    for _ in range(chance.choice([1, 1, 5, 50])):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def spoil_table(text: str, chance: Random) -> tuple[str, bool]:
    """Return a table with a cell, row or column spoilt, and whether nobody could take it for sense."""
    rows = [line.split(",") for line in text.splitlines()]
    way = chance.randrange(6)
    if len(rows) < 2 or way == 0:
        return spoil_text(text, chance), False
    place = chance.randrange(1, len(rows))
    column = chance.randrange(len(rows[0]))
    sure = False
    if way in (1, 2):
        row = rows[place]
        old, new = row[min(column, len(row) - 1)], chance.choice(NONSENSE)
        row[min(column, len(row) - 1)] = str(new)
        sure = _is_plain_number(old) and str(new) in ("nan", "inf", "-inf", "text", "{}", "[]", "True")
    elif way == 3:
        rows.insert(place, list(rows[place]))
        sure = True
    elif way == 4:
        del rows[place][min(column, len(rows[place]) - 1)]
        sure = True
    else:
        del rows[place]
    return "\n".join(",".join(row) for row in rows) + "\n", sure


def _is_plain_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def dump(values: dict[Any, Any], package: str) -> str:
    """Return values as a file of a group of options."""
    return f"# @package {package}\n{yaml.safe_dump(values, allow_unicode=True, sort_keys=False)}"
