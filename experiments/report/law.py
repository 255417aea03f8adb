"""The provisions of a reform against present law."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from experiments.provisions import Provision, provisions
from experiments.report.blocks import Block, Column, Paragraph, Section, Table, Words
from experiments.report.cited import LAW, MANIFEST, Source, given
from experiments.report.folder import Results
from experiments.report.words import word

ON_FIRST_PAGE = 3
"""Provisions that a first page has room for."""


def told(results: Results, reform: str, lang: str) -> list[Provision]:
    """Return the provisions of a reform."""
    return provisions(results.laws[results.present_law], results.laws[reform], lang)


def short_table(results: Results, reform: str, lang: str) -> Table | None:
    """Return the table of a first page: one provision of each instrument, as far as there is room.

    None for a reform that changes no provision.
    """
    every = told(results, reform, lang)
    if not every:
        return None
    firsts = list({one.instrument: one for one in reversed(every)}.values())[::-1]
    firsts.sort(key=every.index)
    chosen = firsts[:ON_FIRST_PAGE] if len(every) > ON_FIRST_PAGE else every
    rest = len(every) - len(chosen)
    more = ""
    if rest:
        section = word("law_all", lang)
        more = given(word("law_more", lang, count=rest, section=section), _place(reform))
    return _table(word("law", lang), chosen, results, reform, lang, more)


def law_section(results: Results, reform: str, lang: str) -> Section:
    """Return all provisions: the reason, a sentence each, and the table of what held and what will hold."""
    every = told(results, reform, lang)
    reason = results.manifest["scenarios"][reform]["reason"][lang]
    blocks: list[Block] = [
        Paragraph(Markup(word("law_reason", lang)).format(reason=given(reason, _place(reform))), "lead")
    ]
    if not every:
        blocks.append(Paragraph(word("law_none", lang)))
    else:
        blocks.append(_sentences(every, results, reform, lang))
    return Section("law", word("law_all", lang), blocks)


def _sentences(every: Sequence[Provision], results: Results, reform: str, lang: str) -> Table:
    """Return a sentence for each provision, below the name of its instrument, with what it governs."""
    rows: list[Sequence[Words]] = []
    for instrument in dict.fromkeys(one.instrument for one in every):
        rows.append((instrument,))
        rows += [
            (given(one.sentence, _places(results, reform, one)), given(one.meaning, LAW))
            for one in every
            if one.instrument == instrument
        ]
    columns = [Column(word(key, lang), numeric=False) for key in ("provision", "why")]
    origin = word("law_source", lang, reform=reform, present=results.present_law)
    return Table("", columns, rows, given(origin, _place(reform)), "law")


def _table(
    caption: str, chosen: Sequence[Provision], results: Results, reform: str, lang: str, origin: str
) -> Table:
    columns = [Column(word(key, lang), numeric=False) for key in ("provision", "today", "with_reform", "why")]
    rows = [
        (
            one.name,
            given(one.before, _places(results, results.present_law, one)),
            given(one.after, _places(results, reform, one)),
            given(one.meaning, LAW),
        )
        for one in chosen
    ]
    return Table(caption, columns, rows, origin, "law")


def _place(reform: str) -> str:
    return str(Source(MANIFEST, column=f"settings.scenarios.{reform}"))


def _places(results: Results, scenario: str, provision: Provision) -> str:
    """Return where the settings hold what a provision speaks of: from the start, or from its date."""
    dated = results.manifest["settings"]["scenarios"][scenario].get("changes", {})
    group = (
        f"changes.{provision.year}."
        if str(provision.year) in dated and scenario != results.present_law
        else ""
    )
    return " ".join(
        str(Source(MANIFEST, column=f"settings.scenarios.{scenario}.{group}{key}")) for key in provision.keys
    )
