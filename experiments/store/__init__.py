"""Elenca, verifica, esporta le simulazioni conservate / list, check, export stored runs."""

from experiments.store.identity import RunTask
from experiments.store.records import COMMUNES, INDICATORS, Record
from experiments.store.runs import RunStore
from experiments.store.stored import Failure, StoredRuns

__all__ = ["COMMUNES", "INDICATORS", "Failure", "Record", "RunStore", "RunTask", "StoredRuns", "main"]


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    from experiments.store.command import store

    return store(arguments)
