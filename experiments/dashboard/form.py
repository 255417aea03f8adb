"""The left side of the page as plain values: what can be chosen, the levers, what the scenario changes."""

from collections.abc import Sequence
from typing import Any

from areavasta.settings import Scenario
from experiments._config_files import GROUPS as FILES
from experiments._config_files import ConfigurationError, read_file
from experiments._hydra import PROJECT_ROOT
from experiments.dashboard.findings import conditions, found_reforms
from experiments.dashboard.levers import (
    EFFECTIVE,
    GROUPS,
    RULES,
    STEPS,
    Lever,
    Value,
    levers,
    scenario_with,
    value_of,
)
from experiments.dashboard.request import (
    MOST_SEED,
    MOST_YEARS,
    PAIRS,
    Request,
    composed,
    scenario_names,
    territory_names,
)
from experiments.dashboard.words import word
from experiments.language import LANGUAGES, number
from experiments.provision_texts import choice_words, decimals_of, key_words, value_text
from experiments.provisions import meaning_of, provisions

TERRITORIES = {
    "emilia_romagna": ("Emilia-Romagna", "Emilia-Romagna"),
    "synthetic": ("Territorio inventato, 300 Comuni", "Made-up territory, 300 communes"),
    "toy": ("Quattro Comuni di prova", "Four communes to try things on"),
}
"""Names of the territories of the project; built ones go by their file."""

UNITS = {"percent": ("%", "%"), "money": ("€ per abitante", "€ per resident"), "years": ("anni", "years")}

SHOWN_DIGITS = 4

Option = dict[str, Any]


def form(request: Request, lang: str) -> dict[str, Any]:
    """Return everything that the left side shows; raise RequestError for a scenario that is wrong."""
    files = composed(request.base, request.territory)
    base, present = files.scenario, files.present_law
    scenario = scenario_with(base, request.moves)
    return {
        "base": request.base,
        "territory": request.territory,
        "pairs": request.pairs,
        "years": {"value": request.years, "low": 1, "high": MOST_YEARS},
        "seed": {"value": request.seed, "low": 1, "high": MOST_SEED},
        "scenarios": [_option(name, _title(name, lang)) for name in scenario_names()],
        "found": [_option(name, getattr(one.title, lang)) for name, one in found_reforms().items()],
        "territories": [_option(name, _territory(name, lang)) for name in territory_names()],
        "pairs_options": [_option(count, _pairs(count, lang)) for count in PAIRS],
        "reason": getattr(base.reason, lang),
        "conditions": [] if request.moves else conditions(request.base, request.territory, lang),
        "groups": [
            {"key": group, "title": word(group, lang), "levers": _levers(keys, scenario, base, present, lang)}
            for group, keys in GROUPS.items()
        ],
        "moved": len(request.moves),
        "provisions": [one.sentence for one in provisions(present, scenario, lang)],
    }


def _option(value: Value, text: str) -> Option:
    return {"value": value, "text": text}


def _levers(
    keys: Sequence[str], scenario: Scenario, base: Scenario, present: Scenario, lang: str
) -> list[dict[str, Any]]:
    return [_lever(levers()[key], scenario, base, present, lang) for key in keys]


def _lever(lever: Lever, scenario: Scenario, base: Scenario, present: Scenario, lang: str) -> dict[str, Any]:
    value, start, law = (value_of(one, lever.key) for one in (scenario, base, present))
    told = {
        "key": lever.key,
        "form": lever.form,
        "label": _name(lever, lang),
        "help": _help(lever, lang),
        "moved": value != start,
        "law": word("as_in_law", lang, value=lever_text(lever, law, lang)) if lever.key != EFFECTIVE else "",
        "start": word("as_in_scenario", lang, value=lever_text(lever, start, lang)),
        "text": lever_text(lever, value, lang),
    }
    if lever.choices:
        texts = [_option(choice, lever_text(lever, choice, lang)) for choice in lever.choices]
        return {**told, "value": value, "options": texts}
    assert not isinstance(value, str)
    return {
        **told,
        "value": round(value * lever.scale, SHOWN_DIGITS),
        "low": lever.low * lever.scale,
        "high": lever.high * lever.scale,
        "step": STEPS[lever.form],
        "unit": UNITS.get(lever.form, ("", ""))[LANGUAGES.index(lang)],
    }


def lever_text(lever: Lever, value: Value, lang: str) -> str:
    """Write a value of a lever in words."""
    if lever.choices:
        text = choice_words()[lever.key, str(value)][lang]
        return text[0].upper() + text[1:]
    assert not isinstance(value, str)
    if lever.form == "percent":
        return f"{number(100.0 * value, lang, decimals_of(100.0 * value))}%"
    if lever.key == EFFECTIVE:
        return str(value)
    return value_text(key_words()[lever.key].form, lever.key, value, lang)


def _name(lever: Lever, lang: str) -> str:
    if lever.key == EFFECTIVE:
        return word("effective", lang)
    if lever.key.startswith(f"{RULES}."):
        rule = choice_words()["rules", lever.key.rpartition(".")[2]][lang]
        return word("rule_label", lang, rule=rule)
    return key_words()[lever.key].name[lang]


def _help(lever: Lever, lang: str) -> str:
    if lever.key == EFFECTIVE:
        return word("effective_help", lang)
    if lever.key.startswith(f"{RULES}."):
        return word("rule_help", lang)
    return meaning_of(lever.key, lang)


def _title(name: str, lang: str) -> str:
    """Return the title of a scenario as its file has it, its name where the file cannot be read."""
    path = FILES["scenarios"].file(PROJECT_ROOT, name)
    try:
        titles = read_file(path, name).values.get("title") if path else None
    except ConfigurationError:
        return name
    return str(titles.get(lang, name)) if isinstance(titles, dict) else name


def _territory(name: str, lang: str) -> str:
    if name in TERRITORIES:
        return TERRITORIES[name][LANGUAGES.index(lang)]
    return name.replace("_", " ").title()


def _pairs(count: int, lang: str) -> str:
    return word("pairs_one", lang) if count == 1 else word("pairs_many", lang, count=count)
