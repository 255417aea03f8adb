"""Records of the tests' own."""

from collections.abc import Mapping

from areavasta.model import TerritorialModel
from experiments.store import Record


def last_trust(model: TerritorialModel) -> Mapping[str, float]:
    return {"trust": float(model.state.trust.mean()), "years": float(model.year)}


def unlucky(model: TerritorialModel) -> Mapping[str, float]:
    return {"inverse": 1 / (model.streams.draw - 2)}


LAST_TRUST = Record("tests.store.records.last_trust")
UNLUCKY = Record("tests.store.records.unlucky")
