"""Instruments of a reform: the sections of the law in which it differs from present law, one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, get_type_hints

from areavasta.functions import load_catalogue
from areavasta.settings import Law, Scenario, Settings, SettingsError, check_settings
from areavasta.settings.law import Text
from experiments._config_files import ConfigurationError

LABELS: dict[str, tuple[str, str]] = {
    "functions": ("Riparto delle funzioni", "Who holds functions"),
    "resources": ("Risorse delle funzioni trasferite", "Money of moved functions"),
    "equalisation": ("Fondo perequativo", "Equalisation fund"),
    "taxation": ("Tributi locali", "Local taxes"),
    "allocation.region": ("Fondi regionali ai Comuni", "Regional funds to communes"),
    "allocation.area": ("Fondi di area ai Comuni", "Area funds to communes"),
    "incentives": ("Incentivi alle Unioni", "Incentives to unions"),
    "facilitation": ("Facilitazione regionale", "Regional facilitation"),
    "services": ("Livelli essenziali", "Essential levels"),
    "context": ("Contesto", "Context"),
    "knowledge": ("Conoscenza e dati", "Knowledge and data"),
    "accountability": ("Responsabilità chiara", "Clear accountability"),
    "assistance": ("Assistenza tecnica", "Technical assistance"),
    "cooperation": ("Gestioni associate", "Joint management"),
    "codecision": ("Codecisione", "Co-decision"),
    "metropolitan": ("Ruolo metropolitano", "Metropolitan role"),
    "review": ("Riesame delle funzioni", "Review of functions"),
    "programming": ("Programmi di area e di Unione", "Programmes of areas and unions"),
    "integration": ("Integrazione delle politiche", "Policy integration"),
    "solidarity": ("Solidarietà fra Comuni", "Solidarity among communes"),
}
"""Name of the instrument that each section of the law is, in Italian and English."""

TITLES = {
    "without": ("{title}, senza: {label}", "{title}, without: {label}"),
    "only": ("{title}, solo: {label}", "{title}, only: {label}"),
}
"""Titles of the two variants."""


class Part(Enum):
    """Say what a variant is: the reform without one instrument, or present law with that one alone."""

    without = "without"
    only = "only"


@dataclass(frozen=True)
class Variant:
    """One variant of a reform: which instrument it leaves out, or has alone, and its settings."""

    reform: str
    instrument: str
    part: Part
    settings: Settings

    @property
    def name(self) -> str:
        """Name of its runs."""
        return variant_name(self.reform, self.instrument, self.part)


def variant_name(reform: str, instrument: str, part: Part) -> str:
    """Return the name of the runs of a variant."""
    return f"{reform}-{part.value}_{instrument}"


def instrument_label(instrument: str, lang: str) -> str:
    """Return the name of an instrument in a language."""
    return LABELS[instrument][0 if lang == "it" else 1]


def sections(kind: type = Law, place: str = "") -> Iterator[str]:
    """Yield the sections of the law; one that only holds further groups of keys is split into them."""
    for item in fields(kind):
        hint = get_type_hints(kind)[item.name]
        key = f"{place}{item.name}"
        groups = [is_dataclass(part) for part in get_type_hints(hint).values()] if is_dataclass(hint) else []
        if groups and all(groups):
            yield from sections(hint, f"{key}.")
        else:
            yield key


def instruments(present: Scenario, reform: Scenario) -> tuple[str, ...]:
    """Return the sections in which a reform differs from present law, from the start or at a later date."""
    return tuple(key for key in sections() if _told(present, key) != _told(reform, key))


def variants(scenarios: Mapping[str, Settings]) -> dict[str, Variant]:
    """Return, by name, both variants of every instrument of the reforms; scenarios start with present law.

    A variant keeps date and financing of its reform. Raises ConfigurationError when one is not a valid law.
    """
    present, *reforms = scenarios
    found = {}
    for name in reforms:
        settings = scenarios[name]
        keys = instruments(scenarios[present].scenario, settings.scenario)
        for key in keys:
            for part, kept in ((Part.without, set(keys) - {key}), (Part.only, {key})):
                law = _mixed(scenarios[present].scenario, settings.scenario, kept)
                law.title = _title(settings.scenario.title, key, part)
                variant = Variant(name, key, part, replace(settings, scenario=law))
                _check(variant)
                found[variant.name] = variant
    return found


def _check(variant: Variant) -> None:
    try:
        check_settings(variant.settings, load_catalogue())
    except SettingsError as error:
        raise ConfigurationError(*(f"{variant.name}: {problem}" for problem in error.problems)) from None


def describe_variants(variants: Mapping[str, Variant]) -> dict[str, dict[str, str]]:
    """Return what the manifest says of variants, by name of their runs."""
    return {
        name: {"reform": one.reform, "instrument": one.instrument, "part": one.part.value}
        for name, one in variants.items()
    }


def _title(title: Text, key: str, part: Part) -> Text:
    italian, english = TITLES[part.value]
    return Text(
        italian.format(title=title.it, label=instrument_label(key, "it")),
        english.format(title=title.en, label=instrument_label(key, "en")),
    )


def _mixed(present: Scenario, reform: Scenario, kept: set[str]) -> Scenario:
    """Return the reform with every section but the kept ones as in present law, dated changes too."""
    law = reform
    sources = {key: reform if key in kept else present for key in sections()}
    for key, source in sources.items():
        law = _with(law, key.split("."), _section(source, key))
    changes: dict[int, Any] = {}
    for year in sorted({*present.changes, *reform.changes}):
        parts = {key: _dated(source, year, key) for key, source in sources.items()}
        if tree := _tree({key: part for key, part in parts.items() if part is not None}):
            changes[year] = tree
    return replace(law, changes=changes)


def _told(scenario: Scenario, key: str) -> tuple[Any, dict[int, Any]]:
    """Return a section as it starts, and its dated changes."""
    dated = {year: _dated(scenario, year, key) for year in scenario.changes}
    return _section(scenario, key), {year: part for year, part in dated.items() if part is not None}


def _section(law: Any, key: str) -> Any:
    for name in key.split("."):
        law = getattr(law, name)
    return law


def _dated(scenario: Scenario, year: int, key: str) -> Any:
    tree = scenario.changes.get(year)
    for name in key.split("."):
        tree = tree.get(name) if isinstance(tree, Mapping) else None
    return tree


def _with(law: Any, names: list[str], section: Any) -> Any:
    first, *rest = names
    return replace(law, **{first: _with(getattr(law, first), rest, section) if rest else section})


def _tree(parts: Mapping[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for key, part in parts.items():
        *groups, last = key.split(".")
        inner = tree
        for name in groups:
            inner = inner.setdefault(name, {})
        inner[last] = part
    return tree
