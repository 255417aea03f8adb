"""Break the machine down under commands, often: `python -m tests.faults.breakdown_campaign`."""

import argparse
import json
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from tests.faults.breakdowns import KINDS, NotAllowedError, run_case

RECORD = Path(__file__).with_name("breakdowns.json")
"""What the last whole campaign found."""

WHOLE = {
    "full disk": 30, "read-only disk": 16, "clock": 12, "damaged store": 20, "kill -9": 16, "no memory": 8,
    "report": 8,
}  # fmt: skip
"""Cases of a whole campaign; each takes some seconds."""

NOT_ALLOWED = 3
"""Exit code where the machine does not let us mount a disk."""


def run_kind(kind: str, first: int, cases: int) -> Counter[str]:
    """Run cases of a kind and count how they ended; print those that went wrong."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + cases):
            case = run_case(kind, number, Path(folder))
            end = "went wrong" if case.wrong else "stopped" if case.verdict.code else "finished"
            counts.update(
                {"cases": 1, end: 1, "runs finished before": case.finished, "of them lost": case.lost}
            )
            if case.wrong:
                print(f"{kind} {number}, {case.command}: {case.wrong}", flush=True)
    return counts


def main() -> int:
    """Run cases, print those that go wrong and a table of all, and record the counts of a whole campaign."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, help="cases of each kind; without it a whole campaign, recorded")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--kind", choices=sorted(KINDS), action="append", help="kinds (all)")
    parser.add_argument("--processes", type=int, default=2, help="kinds that are tried at a time (2)")
    chosen = parser.parse_args()
    start = perf_counter()
    with ProcessPoolExecutor(chosen.processes, get_context("spawn")) as pool:
        at_work = {
            kind: pool.submit(run_kind, kind, chosen.first, chosen.cases or WHOLE[kind])
            for kind in chosen.kind or KINDS
        }
        try:
            counts = {kind: one.result() for kind, one in at_work.items()}
        except NotAllowedError:
            print("this machine does not let us mount a disk")
            return NOT_ALLOWED
    for kind, one in counts.items():
        print(f"{kind:16}", dict(one))
    print(f"{perf_counter() - start:.0f} s")
    if chosen.cases is None and chosen.kind is None:
        told = {"first": chosen.first, "kinds": counts}
        RECORD.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return int(any(count["went wrong"] for count in counts.values()))


if __name__ == "__main__":
    raise SystemExit(main())
