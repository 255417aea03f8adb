"""Write the title of a chart of flows: who pays whom more or less, with its certainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.charts.findings import hedged, shortest_enough

SUBJECTS: dict[str, tuple[str, str]] = {
    "residents": ("i residenti versano", "residents pay"),
    "state": ("lo Stato versa", "the State pays"),
    "region": ("la Regione versa", "the region pays"),
    "area": ("le aree versano", "areas pay"),
    "commune": ("i Comuni versano", "communes pay"),
    "union": ("le Unioni versano", "unions pay"),
    "agency": ("l’Agenzia versa", "the agency pays"),
}
"""Who pays, in Italian and English."""

OBJECTS: dict[str, tuple[str, str]] = {
    "commune": ("ai Comuni", "communes"),
    "union": ("alle Unioni", "unions"),
    "agency": ("all’Agenzia", "the agency"),
    "area": ("alle aree", "areas"),
    "region": ("alla Regione", "the region"),
    "state": ("allo Stato", "the State"),
}
"""Who is paid."""

NAMES: dict[str, tuple[str, str]] = {
    "residents": ("residenti", "residents"),
    "state": ("Stato", "State"),
    "region": ("Regione", "region"),
    "area": ("aree", "areas"),
    "commune": ("Comuni", "communes"),
    "union": ("Unioni", "unions"),
    "agency": ("Agenzia", "agency"),
}
"""Names of levels where a sentence would be too long."""

AMONG_COMMUNES = ("ad altri Comuni", "other communes")
"""Who is paid when communes pay communes."""


@dataclass(frozen=True)
class FlowChange:
    """A flow that a reform changes: its ends, whether it grows, by how much in words, how surely."""

    payer: str
    payee: str
    more: bool
    size: str
    probability: float


def flows_title(changes: Sequence[FlowChange], horizon: int, pairs: int, lang: str) -> str:
    """State the largest changes, hedged by the least certain of those told; the largest comes first."""
    if not changes:
        return (
            f"Nel {horizon} nessun flusso fra livelli cambia in modo rilevante"
            if lang == "it"
            else f"In {horizon} no flow between levels changes in a relevant way"
        )
    least = [min(change.probability for change in changes[:count]) for count in (1, 2)]
    first, *others = [_part(change, lang) for change in changes[:2]]
    return shortest_enough(
        [
            *(hedged(f"{first}, {second}", least[1], pairs, lang) for second in others),
            hedged(first, least[0], pairs, lang),
            _brief(changes[0], pairs, lang),
        ]
    )


def _brief(change: FlowChange, pairs: int, lang: str) -> str:
    """Return the change in as few words as can be, its certainty last."""
    column = 0 if lang == "it" else 1
    size = f"{change.size} {('in più' if change.more else 'in meno') if lang == 'it' else ''}".strip()
    if lang == "en":
        size = f"{size} {'more' if change.more else 'less'}"
    told = hedged("", change.probability, pairs, lang)
    ends = f"{NAMES[change.payer][column]}–{NAMES[change.payee][column]}"
    return f"{ends[0].upper()}{ends[1:]}: {size} {told.lower()}".strip()


def _part(change: FlowChange, lang: str) -> str:
    column = 0 if lang == "it" else 1
    payee = OBJECTS[change.payee]
    if change.payer == change.payee == "commune":
        payee = AMONG_COMMUNES
    payer, paid = SUBJECTS[change.payer][column], payee[column]
    if lang == "it":
        return f"{payer} {change.size} in {'più' if change.more else 'meno'} {paid}"
    return f"{payer} {paid} {change.size} {'more' if change.more else 'less'}"
