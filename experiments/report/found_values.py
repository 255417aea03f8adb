"""What a search wrote, as its report reads it: objectives, found reforms, other scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from experiments import language
from experiments.charts.reading import read_row
from experiments.report.cited import CitedReading, Source, given, number, source, spread
from experiments.report.folder import Results
from experiments.search.results import CHECK, EFFECTS, FRESH, FRONT, REFORMS


def found_reforms(results: Results) -> list[str]:
    """Return the names of the reforms that a search wrote."""
    return [one["name"] for one in results.manifest["search"]["reforms"]]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table by column."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


@dataclass(frozen=True)
class Objective:
    """An objective of a search; its values in tables are differences from present law, in shown units."""

    key: str
    name: Mapping[str, str]
    unit: Mapping[str, str]
    direction: int
    decimals: int
    toward: float | None

    @property
    def reading(self) -> bool:
        """Whether it is an indicator whose difference can be read like any other."""
        return self.key in INDICATORS and self.toward is None

    def named(self, lang: str) -> Markup:
        """Write its name, whose digits are its own."""
        return given(self.name[lang], "manifest.json#search.objectives")

    def written(self, value: float, row: Source, lang: str, *, unit: bool = False) -> Markup:
        """Write a value of its column, with its unit where asked for."""
        return number(
            value, row.of(self.key), lang, decimals=self.decimals, signed=True,
            unit=self.unit[lang] if unit else "",
        )  # fmt: skip

    def interval(self, values: Mapping[str, Any], row: Source, lang: str) -> Markup:
        """Write its interval over runs; nothing where its table has none."""
        ends = [f"{self.key}_{end}" for end in ("q05", "q95")]
        if any(end not in values or pd.isna(values[end]) for end in ends):
            return Markup()
        low, high = (
            number(float(values[end]), row.of(end), lang, decimals=self.decimals, signed=True) for end in ends
        )
        return spread(low, high, lang)


@dataclass(frozen=True)
class Found:
    """A finished search."""

    results: Results
    lang: str

    @property
    def told(self) -> dict[str, Any]:
        """What the manifest tells of it."""
        told: dict[str, Any] = self.results.manifest["search"]
        return told

    @cached_property
    def objectives(self) -> list[Objective]:
        """Objectives, in their order; none in a search for a goal."""
        return [
            Objective(
                one["key"], one["name"], one["unit"], 1 if one["direction"] == "up" else -1,
                max(one["decimals"], 1 if one["smallest_relevant_effect"] >= 1.0 else 2), one["toward"],
            )
            for one in self.told["objectives"]
        ]  # fmt: skip

    @property
    def goal(self) -> dict[str, Any]:
        """The goal of a search for the least change."""
        goal: dict[str, Any] = self.told["constraints"][0]
        return goal

    @property
    def names(self) -> list[str]:
        """Names of the reforms that were written."""
        return found_reforms(self.results)

    @property
    def recommended(self) -> str:
        """Name of the reform to look at first."""
        return str(next(one["name"] for one in self.told["reforms"] if one["recommended"]))

    def title(self, name: str) -> Markup:
        """Write the title of a reform."""
        title = self.results.manifest["scenarios"][name]["title"][self.lang]
        return given(title, f"manifest.json#scenarios.{name}.title")

    def table(self, file: str) -> pd.DataFrame | None:
        """Return one of its tables; None where the search made none."""
        path = self.results.folder / file
        return pd.read_parquet(path) if path.is_file() else None

    @cached_property
    def front(self) -> pd.DataFrame:
        """What is unbeaten, and what was written besides: a row a reform, by name where it was written."""
        return pd.read_parquet(self.results.folder / FRONT)

    @cached_property
    def laws(self) -> pd.DataFrame:
        """Present law and the scenarios that found reforms are compared with."""
        return pd.read_parquet(self.results.folder / REFORMS)

    @cached_property
    def fresh(self) -> pd.DataFrame | None:
        """What found reforms kept under another seed."""
        return self.table(FRESH)

    @cached_property
    def check(self) -> pd.DataFrame | None:
        """Hypervolumes of several searches and as many random ones."""
        return self.table(CHECK)

    def row(self, name: str) -> tuple[dict[str, Any], Source]:
        """Return what a found reform gave, and where it stands."""
        (values,) = records(self.front[self.front["name"] == name])
        return values, source(FRONT, name=name)

    def readings(self, name: str) -> dict[str, CitedReading]:
        """Return what a found reform does to the main indicators, and to those that are objectives."""
        effects = self._effects
        own = effects[effects["scenario"] == name]
        keys = [*MAIN_INDICATORS, *(one.key for one in self.objectives if one.reading)]
        return {
            key: CitedReading(
                read_row(
                    own[own["indicator"] == key].iloc[0], INDICATORS[key], self.told["cases"], self.lang
                ),
                source(EFFECTS, scenario=name, indicator=key),
            )
            for key in dict.fromkeys(keys)
        }

    @cached_property
    def _effects(self) -> pd.DataFrame:
        return pd.read_parquet(self.results.folder / EFFECTS)

    def kept(self, name: str) -> bool:
        """Say whether a reform kept all that it promised."""
        assert self.fresh is not None
        return bool(self.fresh.loc[self.fresh["name"] == name, "kept"].all())

    def counted(self, count: int, one: str, many: str) -> str:
        """Write a count with its noun."""
        return language.counted(count, one, many, self.lang)
