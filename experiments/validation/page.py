"""The table of validation as a fragment of HTML, to be placed in a page that brings its own style."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Any

from experiments.validation.rows import Row
from experiments.validation.terminal import reasons, scope, summary
from experiments.validation.words import word

COLUMNS = ("figure", "published", "ours", "interval", "status", "verdict", "source", "rests_on")
"""Columns of the table."""


def fragment(rows: Sequence[Row], manifest: dict[str, Any], lang: str) -> str:
    """Return the table, the counts and the reasons, every text escaped."""
    head = "".join(f'<th scope="col">{_text(word(key, lang))}</th>' for key in COLUMNS)
    parts = [
        f'<section class="validation" lang="{lang}">',
        f"<h2>{_text(word('title', lang))}</h2>",
        f"<p>{_text(scope(manifest, lang))}</p>",
        f"<table>\n<thead><tr>{head}</tr></thead>",
    ]
    for pattern, members in groupby(rows, key=lambda row: row.pattern):
        title = _text(word(f"pattern_{pattern}", lang))
        parts.append(f'<tbody>\n<tr><th scope="rowgroup" colspan="{len(COLUMNS)}">{title}</th></tr>')
        parts += [_row(row, lang) for row in members]
        parts.append("</tbody>")
    parts.append("</table>")
    parts += [f"<p>{_text(text)}</p>" for text in (*summary(rows, lang), word("rule", lang))]
    if lines := reasons(rows, lang):
        items = "\n".join(f"<li>{_text(line)}</li>" for line in lines)
        parts.append(f"<p>{_text(word('why', lang))}</p>\n<ul>\n{items}\n</ul>")
    return "\n".join([*parts, "</section>", ""])


def _row(row: Row, lang: str) -> str:
    verdict = row.judgement.verdict.value
    cells = (
        row.published[lang], *row.shown(lang), word(row.status.value, lang), word(verdict, lang),
        row.source[lang], row.rests_on[lang],
    )  # fmt: skip
    shown = "".join(f"<td>{_text(cell)}</td>" for cell in cells)
    return (
        f'<tr class="{row.status.value} {verdict}"><th scope="row">{_text(row.name[lang])}</th>{shown}</tr>'
    )


def _text(text: str) -> str:
    return escape(text, quote=True)
