"""The table of validation: a row for each figure, direction and identity, whatever came out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from areavasta.indicators import INDICATORS
from experiments import language
from experiments.validation.contrasts import CONTRASTS, Contrast
from experiments.validation.figures import FIGURES, Figure, Status
from experiments.validation.identities import IDENTITIES, PATTERN, Identity
from experiments.validation.verdicts import (
    NINE_IN_TEN,
    Judgement,
    Verdict,
    judge_contrast,
    judge_figure,
    judge_identity,
)
from experiments.validation.words import unit, word

if TYPE_CHECKING:
    from experiments.validation.runs import PairFigures

EVIDENCE = (Status.emergent, Status.held_out)
"""Statuses whose rows are evidence."""


BOUNDS = {"": "exactly", "least": "at_least", "none": "zero"}
"""Words of published figures by their bound."""

NOTHING = dict.fromkeys(language.LANGUAGES, "")
"""Words of a row that has none."""


@dataclass(frozen=True)
class Row:
    """One row of the table; numbers in the unit shown, `half` half of the published nine-in-ten range.

    `published` is the figure in words, `why` the reason where the row is near or off, `negligible` whether
    a direction holds by less than the smallest relevant effect.
    """

    key: str
    pattern: int
    status: Status
    name: dict[str, str]
    published: dict[str, str]
    target: float
    half: float
    judgement: Judgement
    unit: str
    decimals: int
    source: dict[str, str]
    rests_on: dict[str, str]
    why: dict[str, str]
    negligible: bool = False

    @property
    def is_evidence(self) -> bool:
        """Whether the row says something that was not put in."""
        return self.status in EVIDENCE

    @property
    def disagrees(self) -> bool:
        """Whether the row needs a reason."""
        return self.judgement.verdict in (Verdict.near, Verdict.off)

    def shown(self, lang: str) -> tuple[str, str]:
        """Return median and interval in words; both a dash where nothing could be worked out."""
        one = self.judgement
        if one.verdict is Verdict.missing:
            return "–", "–"
        median = language.amount(one.median, unit(self.unit, lang), lang, self.decimals)
        if one.low == one.high:
            return median, "–"
        return median, language.interval(one.low, one.high, lang, self.decimals, signed=False)


def rows_of(runs: "Sequence[PairFigures]", distances: Mapping[str, float]) -> list[Row]:
    """Return every row, in the order of patterns; `distances` are those from identities."""
    judged = {
        key: judge_figure(figure, [run.figures[key] for run in runs if key in run.figures])
        for key, figure in FIGURES.items()
    }
    judged |= {
        key: judge_contrast(contrast, [run.contrasts[key] for run in runs])
        for key, contrast in CONTRASTS.items()
    }
    return rows_judged(judged | {key: judge_identity(distances[key]) for key in IDENTITIES})


def rows_judged(judged: Mapping[str, Judgement]) -> list[Row]:
    """Return every row from its judgement by key, in the order of patterns."""
    rows = [
        *(_figure_row(figure, judged[key]) for key, figure in FIGURES.items()),
        *(_contrast_row(contrast, judged[key]) for key, contrast in CONTRASTS.items()),
        *(_identity_row(identity, judged[key]) for key, identity in IDENTITIES.items()),
    ]
    return sorted(rows, key=lambda row: row.pattern)


def _figure_row(figure: Figure, judgement: Judgement) -> Row:
    published = {}
    for lang in language.LANGUAGES:
        value = language.amount(figure.target, unit(figure.unit, lang), lang, figure.decimals)
        published[lang] = word(BOUNDS[figure.bound], lang, value=value)
    return Row(
        figure.key, figure.pattern, figure.status, figure.name, published, figure.target,
        NINE_IN_TEN * figure.sd, judgement, figure.unit, figure.decimals, figure.source, figure.rests_on,
        figure.why,
    )  # fmt: skip


def _contrast_row(contrast: Contrast, judgement: Judgement) -> Row:
    key = {1: "above_zero", -1: "below_zero", 0: "zero"}[contrast.direction]
    least = INDICATORS[contrast.indicator].smallest_relevant_effect
    small = contrast.direction != 0 and abs(judgement.median) < least
    return Row(
        contrast.key, contrast.pattern, Status.emergent, contrast.name, _words(key), 0.0, float("nan"),
        judgement, contrast.unit, contrast.decimals, NOTHING, NOTHING, contrast.why, small,
    )  # fmt: skip


def _identity_row(identity: Identity, judgement: Judgement) -> Row:
    return Row(
        identity.key, PATTERN, Status.identity, identity.name, _words("zero"), 0.0, 0.0, judgement,
        identity.unit, 0, NOTHING, NOTHING, NOTHING,
    )  # fmt: skip


def _words(key: str) -> dict[str, str]:
    return {lang: word(key, lang) for lang in language.LANGUAGES}


def counts(rows: Sequence[Row], evidence: bool) -> dict[str, int]:
    """Return how many rows have each verdict, of those that are evidence or of the others."""
    chosen = [row.judgement.verdict for row in rows if row.is_evidence is evidence]
    return {verdict.value: chosen.count(verdict) for verdict in Verdict}


def table_of(rows: Sequence[Row]) -> pd.DataFrame:
    """Return the table as a frame, words in both languages."""
    return pd.DataFrame([_plain(row) for row in rows])


def _plain(row: Row) -> dict[str, Any]:
    plain: dict[str, Any] = {"pattern": row.pattern, "key": row.key, "status": row.status.value}
    for name in ("name", "published", "source", "rests_on", "why"):
        plain |= {f"{name}_{lang}": text for lang, text in getattr(row, name).items()}
    judgement = {**asdict(row.judgement), "verdict": row.judgement.verdict.value}
    numbers = {"target": row.target, "half_width": row.half if np.isfinite(row.half) else None}
    shown = {"unit": row.unit, "decimals": row.decimals}
    return {**plain, **numbers, **judgement, **shown, "below_relevance": row.negligible}
