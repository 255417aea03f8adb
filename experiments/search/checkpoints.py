"""Checkpoints: what every finished generation gave, as plain text beside the store of runs."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from experiments.engine import Closing
from experiments.results import results_errors
from experiments.search.evaluating import Batch
from experiments.search.levers import Point
from experiments.search.outcome import Status, Tried

FOLDER = "searches"
"""Folder of checkpoints in a store of runs."""


@dataclass(frozen=True)
class Checkpoints:
    """Finished generations of one search, known by all that its outcome depends on.

    A generation counts only when it was asked for the very same points: whoever changes the search, or the
    optimiser, gets a new one, whose runs may still be in the store. So does whoever finds a damaged one: its
    first line is the digest of the rest.
    """

    store: Path
    key: str

    def recall(self, track: str, generation: int, points: Sequence[Point]) -> Batch | None:
        """Return what a generation of a track gave to these points; None when that is not known."""
        try:
            digest, body = self._path(track, generation).read_text(encoding="utf-8").split("\n", 1)
            if digest != _digest(body):
                return None
            told = json.loads(body)
            tried = [_tried(one) for one in told["tried"]]
            closing = Closing(**told["closing"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Batch(tried, closing) if [one.point for one in tried] == list(points) else None

    def note(self, track: str, generation: int, batch: Batch) -> None:
        """Write what a generation gave, aside first; raise ResultsError when that cannot be."""
        told = {
            "tried": [{**asdict(one), "status": one.status.value} for one in batch.tried],
            "closing": asdict(batch.closing),
        }
        path = self._path(track, generation)
        with results_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_suffix(".partial")
            body = json.dumps(told) + "\n"
            try:
                aside.write_text(f"{_digest(body)}\n{body}", encoding="utf-8")
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)

    def _path(self, track: str, generation: int) -> Path:
        return self.store / FOLDER / f"{self.key}-{track}-{generation:04d}.json"


def _digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()


def _tried(told: dict[str, Any]) -> Tried:
    lists = ("point", "objectives", "costs", "bounded")
    tuples = {name: tuple(told[name]) for name in lists}
    return Tried(**{**told, **tuples, "status": Status(told["status"])})
