"""Run many cases and record what came of them: `python -m tests.faults.campaign`."""

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

from tests.faults.cases import KINDS, make_ground, run_case

RECORD = Path(__file__).with_name("campaign.json")
"""What the last whole campaign found."""


WHOLE = {"scenarios": 600, "command lines": 3600, "territories": 3600, "stores": 2600, "results": 150}
"""Cases of a whole campaign; those of scenarios and results take a second or more each."""


def main() -> int:
    """Run cases, print those that go wrong, and record the counts of a whole campaign."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, help="cases of each kind; without it a whole campaign, recorded")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--kind", choices=sorted(KINDS), action="append", help="kinds (all)")
    chosen = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        ground = make_ground(Path(folder))
        for kind in chosen.kind or KINDS:
            start, counts[kind] = perf_counter(), Counter()
            for number in range(chosen.first, chosen.first + (chosen.cases or WHOLE[kind])):
                verdict = run_case(kind, number, ground)
                end = "wrong" if verdict.wrong else "accepted" if verdict.code == 0 else "refused"
                counts[kind][end] += 1
                if verdict.wrong:
                    print(f"{kind} {number}: {verdict.wrong}", flush=True)
            print(kind, dict(counts[kind]), f"{perf_counter() - start:.0f} s", flush=True)
    if chosen.cases is None and chosen.kind is None:
        told = {"first": chosen.first, "kinds": counts}
        RECORD.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return int(any(count["wrong"] for count in counts.values()))


if __name__ == "__main__":
    raise SystemExit(main())
