"""What a scenario changes in present law, provision by provision, in sentences with date and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from areavasta.functions import load_catalogue
from areavasta.settings import AREA_KINDS, Law, RuleWeights, Scenario, law_timeline
from areavasta.settings.law import Competence
from experiments.instruments import instrument_label, sections
from experiments.language import LANGUAGES, long_date
from experiments.provision_texts import holders_text, key_words, value_text

FUNCTIONS = "functions"
FINANCING = "financing"
"""Keys that need their own words: who holds functions, and who pays (told once, from the effective year)."""

BOTH = "both"
"""Kind of area where provinces and the metropolitan city get the same law."""

WORDS = {
    "from": ("Dal {day} {clause}", "From {day} {clause}"),
    "today": ("oggi: {before}", "today: {before}"),
    "before": ("fino ad allora: {last}; oggi: {before}", "until then: {last}; today: {before}"),
    "function": ("la funzione «{name}» spetta {value}", "the function “{name}” belongs {value}"),
    "function_province": (
        "nelle Province la funzione «{name}» spetta {value}",
        "in provinces the function “{name}” belongs {value}",
    ),
    "function_metropolitan": (
        "nella Città metropolitana la funzione «{name}» spetta {value}",
        "in the metropolitan city the function “{name}” belongs {value}",
    ),
    "name_province": ("{name} (Province)", "{name} (provinces)"),
    "name_metropolitan": ("{name} (Città metropolitana)", "{name} (metropolitan city)"),
    "holders": ("chi svolge la funzione ({basis})", "who holds the function ({basis})"),
    "financing": ("Copertura finanziaria", "Financing"),
}
"""Words of sentences, in Italian and English."""


@dataclass(frozen=True)
class Provision:
    """One provision of a scenario: what it is, from when, what holds today, what holds then, and why.

    `keys` are the keys of the law it speaks of, as a scenario file writes them; `old` and `new` their
    values. `before` and `after` write them for a table, `sentence` tells all in one sentence. `meaning` says
    what the keys govern, `reason` is the scenario's.
    """

    year: int
    keys: tuple[str, ...]
    instrument: str
    name: str
    before: str
    after: str
    sentence: str
    meaning: str
    reason: str
    old: Any
    new: Any


def provisions(present_law: Scenario, scenario: Scenario, lang: str) -> list[Provision]:
    """Return everything that a scenario changes in present law, in order of years and of the law's sections.

    A dated change that present law has too is none of the scenario's. Raises SettingsError when a dated
    change fits no law.
    """
    present, reform = law_timeline(present_law, present_law), law_timeline(present_law, scenario)
    years = sorted({year for year, _ in [*present, *reform] if year >= scenario.effective})
    start = _values(present_law)
    told: list[Provision] = []
    last = (start, start)
    for year in years:
        now = (_values(_in_force(present, year)), _values(_in_force(reform, year)))
        for key, new in now[1].items():
            differs = new != now[0][key] or last[1][key] != last[0][key]
            if differs and (now[0][key], new) != (last[0][key], last[1][key]):
                told += _told(key, year, scenario, (now[0][key], last[1][key], new), lang)
        last = now
    return told


def law_keys() -> tuple[str, ...]:
    """Return every key of the law that a provision can speak of, in the law's order."""
    functions = (f"{FUNCTIONS}.{key}.{kind}" for key in load_catalogue().keys for kind in AREA_KINDS)
    return (*functions, *_kinds(), FINANCING)


def meaning_of(key: str, lang: str) -> str:
    """Return what a key of the law governs; in English as the settings document it."""
    documented = _kinds().get(key, "") if lang == "en" else ""
    return documented or key_words()[key].meaning[lang]


def _in_force(timeline: list[tuple[int, Law]], year: int) -> Law:
    return [law for first, law in timeline if first <= year][-1]


def _values(law: Law) -> dict[str, Any]:
    """Return the values of all keys; who holds a function is one value, with both kinds of area in it."""
    values: dict[str, Any] = {
        f"{FUNCTIONS}.{key}": {kind: dict(vars(getattr(competence, kind))) for kind in AREA_KINDS}
        for key, competence in law.functions.items()
    }
    for key in _kinds():
        value: Any = law
        for name in key.split("."):
            value = getattr(value, name)
        values[key] = dict(vars(value)) if isinstance(value, RuleWeights) else value
    # A dated change cannot say who pays: what a scenario says of it holds for all its years.
    if isinstance(law, Scenario):
        values[FINANCING] = law.financing
    return values


@cache
def _kinds() -> Mapping[str, str]:
    """Return every key of the law but those of functions, with the meaning that its settings document."""
    return dict(_below(Law, ""))


def _below(kind: type, place: str) -> Iterator[tuple[str, str]]:
    hints = get_type_hints(kind)
    for item in fields(kind):
        hint, key = hints[item.name], f"{place}{item.name}"
        if get_origin(hint) is dict and Competence in get_args(hint):
            continue
        if isinstance(hint, type) and is_dataclass(hint) and hint is not RuleWeights:
            yield from _below(hint, f"{key}.")
        else:
            yield key, str(item.metadata.get("meaning", ""))


def _told(
    key: str, year: int, scenario: Scenario, values: tuple[Any, Any, Any], lang: str
) -> Iterator[Provision]:
    """Tell one change: values are present law's in that year, the last of the scenario, and its new one."""
    if key.startswith(f"{FUNCTIONS}."):
        yield from _function_told(key, year, scenario, values, lang)
        return
    words = key_words()[key]
    before, last, after = (value_text(words.form, key, value, lang) for value in values)
    clause = words.clause[lang].format(value=value_text(words.form, key, values[2], lang, in_clause=True))
    yield Provision(
        year=year,
        keys=(key,),
        instrument=_instrument(key, lang),
        name=words.name[lang],
        before=before,
        after=after,
        sentence=_sentence(year, clause, (before, last), lang),
        meaning=meaning_of(key, lang),
        reason=getattr(scenario.reason, lang),
        old=values[0],
        new=values[2],
    )


def _function_told(
    key: str, year: int, scenario: Scenario, values: tuple[Any, Any, Any], lang: str
) -> Iterator[Provision]:
    """Tell who holds a function: once where all areas get the same law, else for each kind that changes."""
    catalogue = load_catalogue()
    function = catalogue.functions[catalogue.index[key.removeprefix(f"{FUNCTIONS}.")]]
    province, metropolitan = ([value[kind] for value in values] for kind in AREA_KINDS)
    changed = [
        kind
        for kind in AREA_KINDS
        if values[2][kind] != values[1][kind] or values[2][kind] != values[0][kind]
    ]
    kinds = (BOTH,) if province == metropolitan else tuple(changed)
    for kind in kinds:
        covered = AREA_KINDS if kind == BOTH else (kind,)
        shares = [value[covered[0]] for value in values]
        before, last, after = (holders_text(one, kind, lang, in_clause=False) for one in shares)
        suffix = "" if kind == BOTH else f"_{kind}"
        name = getattr(function, f"name_{lang}")
        clause = _word(
            f"function{suffix}", lang, name=name, value=holders_text(shares[2], kind, lang, in_clause=True)
        )
        yield Provision(
            year=year,
            keys=tuple(f"{key}.{one}" for one in covered),
            instrument=_instrument(FUNCTIONS, lang),
            name=_word(f"name{suffix}", lang, name=name) if suffix else name,
            before=before,
            after=after,
            sentence=_sentence(year, clause, (before, last), lang),
            meaning=_word("holders", lang, basis=function.legal_basis),
            reason=getattr(scenario.reason, lang),
            old=shares[0],
            new=shares[2],
        )


def _sentence(year: int, clause: str, earlier: tuple[str, str], lang: str) -> str:
    before, last = earlier
    told = _word("from", lang, day=long_date(date(year, 1, 1), lang), clause=clause)
    note = (
        _word("today", lang, before=before)
        if last == before
        else _word("before", lang, last=last, before=before)
    )
    return f"{told} ({note})."


def _instrument(key: str, lang: str) -> str:
    """Return the name of the section of the law that a key is in."""
    if key == FINANCING:
        return _word("financing", lang)
    return instrument_label(
        next(section for section in sections() if f"{key}.".startswith(f"{section}.")), lang
    )


def _word(key: str, lang: str, **values: object) -> str:
    return WORDS[key][LANGUAGES.index(lang)].format(**values)
