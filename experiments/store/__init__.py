"""Elenca, verifica, esporta le simulazioni conservate / list, check, export stored runs."""

from experiments.store.identity import RunTask
from experiments.store.records import COMMUNES, INDICATORS, LAST_YEAR, Record
from experiments.store.runs import RunStore
from experiments.store.stored import Failure, StoredRuns

__all__ = [
    "COMMUNES",
    "INDICATORS",
    "LAST_YEAR",
    "Failure",
    "Record",
    "RunStore",
    "RunTask",
    "StoredRuns",
    "main",
]

EXAMPLES = (
    ("list", "quante simulazioni, di quale codice / how many runs, of which code"),
    ("check", "rilegge ogni file e nomina i guasti / reads every file, names what is damaged"),
    ("export runs.csv", "gli indicatori di ogni anno in una tabella / indicators of every year in one table"),
    ("export communes.parquet --record communes", "le tabelle dei Comuni / tables of communes"),
    ("clean", "toglie resti di lavori interrotti e guasti / removes leftovers and damaged files"),
    ("clean --old --failed", "anche di altre versioni, e fallite / of other versions too, and failed ones"),
)


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    from experiments.store.command import store

    return store(arguments)
