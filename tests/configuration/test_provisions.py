"""Provisions: every key of the law that can change has its sentence, its meaning and its dates."""

import copy
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from areavasta.functions import load_catalogue
from areavasta.settings import Financing, RuleWeights, Scenario, SettingsError, Text
from areavasta.settings.law import Law, Shares
from experiments import compose
from experiments._config_files import GROUPS, options
from experiments._hydra import PROJECT_ROOT
from experiments.language import LANGUAGES, NO_BREAK_SPACE
from experiments.provision_texts import choice_words, key_words
from experiments.provisions import Provision, law_keys, meaning_of, provisions

NAMES = options(PROJECT_ROOT, GROUPS["scenarios"])
ARTICLES = {"it": "Dal 1° gennaio 2027 ", "en": "From 1 January 2027 "}


@pytest.fixture(scope="module")
def present() -> Scenario:
    return compose().present_law


def changed(present: Scenario, key: str, value: Any) -> Scenario:
    """Return present law with one key changed, titled and reasoned as a reform."""
    law = copy.deepcopy(present)
    law.title, law.reason = Text("Riforma", "Reform"), Text("Perché sì.", "Because.")
    *groups, last = key.split(".")
    place: Any = law
    for name in groups:
        place = place[name] if isinstance(place, dict) else getattr(place, name)
    setattr(place, last, value)
    return law


def others(value: Any, key: str, law: Law) -> list[Any]:
    """Return other values that a key may have."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, Enum):
        return [other for other in type(value) if other is not value]
    if isinstance(value, RuleWeights):
        return [
            RuleWeights(**{item.name: 1.0}) for item in fields(RuleWeights) if not getattr(value, item.name)
        ]
    if isinstance(value, Shares):
        return [Shares(union=0.25, area=0.75)]
    about = _metadata(law, key)
    return [low_or_high for low_or_high in (about["low"], about["high"]) if low_or_high != value]


def _metadata(law: Law, key: str) -> Any:
    *groups, last = key.split(".")
    place: Any = law
    for name in groups:
        place = getattr(place, name)
    return next(item.metadata for item in fields(place) if item.name == last)


def value_of(law: Any, key: str) -> Any:
    for name in key.split("."):
        law = law[name] if isinstance(law, dict) else getattr(law, name)
    return law


@pytest.mark.parametrize("key", law_keys())
def test_every_key_has_a_sentence_in_both_languages(present: Scenario, key: str) -> None:
    value = value_of(present, key)
    for other in others(value, key, present):
        law = changed(present, key, other)
        for lang in LANGUAGES:
            (told,) = provisions(present, law, lang)
            assert key in told.keys
            assert told.sentence.replace(NO_BREAK_SPACE, " ").startswith(ARTICLES[lang])
            assert told.sentence.endswith(f"{told.before}).")
            assert told.before != told.after
            assert told.meaning
            assert told.name
            assert told.reason == getattr(law.reason, lang)
            assert "{" not in told.sentence + told.meaning + told.name
            assert not {"true", "false", "none", "True", "False", "None"} & set(told.sentence.split())


def test_the_keys_are_all_leaves_of_the_law(present: Scenario) -> None:
    """Every leaf of the dataclasses is a key, or below one; the words speak of no other key."""
    known = law_keys()
    for leaf in _leaves(present, ""):
        assert any(f"{leaf}.".startswith(f"{key}.") for key in known), leaf
    assert set(key_words()) == {key for key in known if not key.startswith("functions.")}
    catalogue = load_catalogue().keys
    assert sum(key.startswith("functions.") for key in known) == 2 * len(catalogue)


def _leaves(value: Any, place: str) -> list[str]:
    told_apart = ("title", "reason", "effective", "changes")
    items = (
        value.items()
        if isinstance(value, dict)
        else ((one.name, getattr(value, one.name)) for one in fields(value))
    )
    found = []
    for name, part in items:
        key = f"{place}{name}"
        if key in told_apart:
            continue
        found += _leaves(part, f"{key}.") if is_dataclass(part) or isinstance(part, dict) else [key]
    return found


def test_every_choice_has_words_and_no_words_are_left_over(present: Scenario) -> None:
    chosen = {
        (key, str(word).lower() if isinstance(word, bool) else word.value)
        for key, words in key_words().items()
        if words.form == "choice"
        for word in _all_values(value_of(present, key))
    }
    told = {pair for pair in choice_words() if pair[0] not in ("rules", "holder", "held")}
    assert told == chosen
    assert {pair[1] for pair in choice_words() if pair[0] == "rules"} == {
        item.name for item in fields(RuleWeights)
    }


def _all_values(value: bool | Enum) -> list[Any]:
    return [True, False] if isinstance(value, bool) else list(type(value))


def test_meanings_in_english_are_those_of_the_settings(present: Scenario) -> None:
    """What a constant means is written once: the table speaks only where the settings say nothing."""
    for key, words in key_words().items():
        documented = key != "allocation.region.rules" and _metadata(present, key).get("meaning")
        assert bool(documented) != bool(words.meaning["en"]), key
        assert meaning_of(key, "en") == (documented or words.meaning["en"])
        assert words.meaning["it"]


def test_italian_and_english_differ() -> None:
    for words in key_words().values():
        for part in (words.name, words.clause):
            assert part["it"]
            assert part["en"]
            assert part["it"] != part["en"]
        assert all("{value}" in clause for clause in words.clause.values())
    assert all(words["it"] != words["en"] for words in choice_words().values())


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scenario_is_told(name: str) -> None:
    settings = compose(f"scenarios={name}")
    italian, english = (provisions(settings.present_law, settings.scenario, lang) for lang in LANGUAGES)
    assert bool(italian) == (name != "status_quo")
    assert [(one.year, one.keys, one.old, one.new) for one in italian] == [
        (one.year, one.keys, one.old, one.new) for one in english
    ]
    for one in (*italian, *english):
        assert one.year >= settings.scenario.effective
        assert one.reason


def one_sentence(told: list[Provision]) -> str:
    (provision,) = told
    return provision.sentence.replace(NO_BREAK_SPACE, " ")


def test_a_function_that_moves_in_all_areas(present: Scenario) -> None:
    law = copy.deepcopy(present)
    for kind in ("province", "metropolitan"):
        setattr(law.functions["planning_building"], kind, Shares(area=1.0))
    assert one_sentence(provisions(present, law, "it")) == (
        "Dal 1° gennaio 2027 la funzione «Urbanistica ed edilizia» spetta alla Provincia o alla Città "
        "metropolitana (oggi: Comuni 80%, Provincia o Città metropolitana 10%, Regione 10%)."
    )


def test_shares_take_their_article(present: Scenario) -> None:
    law = changed(present, "functions.waste.province", Shares(commune=0.8, area=0.2))
    assert one_sentence(provisions(present, law, "it")) == (
        "Dal 1° gennaio 2027 nelle Province la funzione «Rifiuti» spetta ai Comuni per l’80% e alla "
        "Provincia per il 20% (oggi: Comuni)."
    )


def test_dated_changes_say_what_held_until_then() -> None:
    settings = compose("scenarios=fund_cut", "+scenario.changes={2033: {equalisation: {cut_per_head: 0.0}}}")
    told = provisions(settings.present_law, settings.scenario, "en")
    assert [(one.year, one.old, one.new) for one in told] == [
        (2027, 0.0, 20.0),
        (2030, 0.0, 40.0),
        (2033, 0.0, 0.0),
    ]
    assert told[1].sentence.replace(NO_BREAK_SPACE, " ") == (
        "From 1 January 2030 the cut of the equalisation fund is €40 per resident, the same for every "
        "resident (until then: €20 per resident; today: €0 per resident)."
    )


def test_dated_changes_of_present_law_are_not_the_reforms(present: Scenario) -> None:
    dated = replace(present, changes={2030: {"incentives": {"amount_per_head": 8.0}}})
    assert provisions(dated, dated, "it") == []
    reform = changed(dated, "facilitation.level", 0.5)
    assert [one.keys for one in provisions(dated, reform, "it")] == [("facilitation.level",)]


def test_new_money_is_a_provision(present: Scenario) -> None:
    law = replace(present, financing=Financing.new_money)
    assert "con risorse nuove" in one_sentence(provisions(present, law, "it"))


def test_a_dated_change_that_fits_no_law(present: Scenario) -> None:
    with pytest.raises(SettingsError):
        provisions(present, replace(present, changes={2030: {"incentive": 1}}), "it")
