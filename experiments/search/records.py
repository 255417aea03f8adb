"""What a search keeps of a run beside its indicators."""

import numpy as np

from areavasta.model import TerritorialModel
from experiments.store import Record
from experiments.store.records import Columns


def felt_services(model: TerritorialModel) -> Columns:
    """Return the felt service of every commune in the last year: one row a commune, in order of communes."""
    recorded = model.observation.tables().communes
    count = len(model.territory.codes)
    # As precise as tables of communes are, so that a comparison counts the same communes.
    return {"service": recorded["service"][-count:].astype(np.float32)}


FELT_SERVICES = Record("experiments.search.records.felt_services", tables=("communes",), last_year=True)
"""Felt service of the communes at the horizon."""
