"""Change the model in small ways and see whether its tests notice: `make mutants`.

mutmut makes the mutants, each in a copy of a function that takes its turn, and runs the tests that reach it.
A campaign that was stopped goes on where it was, as long as neither model nor tests have changed.
"""

import argparse
import csv
import hashlib
import json
import math
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

HERE = Path(__file__).parent
RECORD = HERE / "campaign.json"
"""What the last campaign found: counts by group, survivors with what was changed and why it may live."""

REASONS = HERE / "reasons.csv"
"""Why survivors live: function, changed line as it became, reason."""

SAMPLE = 150
"""Mutants of each group that a campaign tries, drawn by chance under a fixed seed; all with --all."""

SEED = 1

GROUPS = {
    "accounts": ("accounts", "rules.apportionment"),
    "services": ("services",),
    "rules": ("rules.",),
    "indicators": ("indicators", "inequality", "measures", "staff", "_measures"),
}
"""Modules of each group: names, beginnings (with a dot at the end) or ends (with an underscore before)."""

LEFT_OUT = ("accounts.xǁLedgerǁ_complaint", "indicators.x__read_indicators")
"""Functions that are not changed: one only words an error, one only reads a table when it is imported, before
a mutant can take its turn."""

KILLED, SURVIVED, UNTRIED = (1, 3), 0, None
"""Codes by which mutmut says what became of a mutant; those of time-outs and lack of tests are others."""

Z95 = 1.96


def main() -> int:
    """Run a campaign, print the share of mutants that died, and record it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help=f"all mutants, not {SAMPLE} of each group")
    parser.add_argument("--folder", type=Path, default=ROOT / ".mutants", help="where to work (.mutants)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    work = _copy(chosen.folder)
    _mutmut(work, "run", "none.*", quiet=True)
    found = outcomes(work)
    sample = {group: _sample(names, chosen.all) for group, names in by_group(found).items()}
    wanted = [name for names in sample.values() for name in names if found[name] is UNTRIED]
    if wanted:
        _mutmut(work, "run", "--max-children", str(chosen.processes), *wanted)
    found = outcomes(work)
    told = {group: _told(work, names, found) for group, names in sample.items()}
    RECORD.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for group, one in told.items():
        print(
            f"{group:11} {one['mutants']:5} of {len(by_group(found)[group]):5}: killed {one['killed']}, "
            f"survived {one['survived']}, other {one['other']}: {one['share']:.0%} ± {one['half_width']:.0%}"
        )
    return 0


def _copy(folder: Path) -> Path:
    """Return a copy of the project whose package stands where mutmut expects it."""
    names = subprocess.run(
        ["git", "ls-files", "model/areavasta", "experiments", "tests", "conf", "scenarios", "README.md",
         "LICENSE", "pyproject.toml"], cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    files = [
        name for name in names if name and not name.startswith("tests/mutants/") and (ROOT / name).exists()
    ]
    digest = hashlib.sha256((HERE / "mutmut.cfg").read_bytes())
    for name in files:
        if name.startswith(("model/", "tests/rules/", "tests/identities/", "tests/golden/", "scenarios/")):
            digest.update(name.encode() + (ROOT / name).read_bytes())
    work = folder / digest.hexdigest()[:12]
    if not (work / "setup.cfg").exists():
        shutil.rmtree(work, ignore_errors=True)
        for name in files:
            target = work / name.removeprefix("model/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
        shutil.copyfile(HERE / "mutmut.cfg", work / "setup.cfg")
    return work


def _mutmut(work: Path, *arguments: str, quiet: bool = False) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    # A name that no mutant has makes mutants, times the tests, and tries none: its failure is meant.
    subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments], cwd=work, env=environment, check=not quiet,
        stdout=subprocess.DEVNULL if quiet else None, stderr=subprocess.DEVNULL if quiet else None,
    )  # fmt: skip


def outcomes(work: Path) -> dict[str, int | None]:
    """Return the code of every mutant by its name."""
    found: dict[str, int | None] = {}
    for path in sorted((work / "mutants" / "areavasta").rglob("*.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    if not found:
        raise SystemExit(f"{work}: mutmut made no mutants; run `python -m mutmut run` there to see why")
    return found


def by_group(names: Sequence[str] | dict[str, Any]) -> dict[str, list[str]]:
    """Return the mutants of each group, by name, in order."""
    groups: dict[str, list[str]] = {group: [] for group in GROUPS}
    for name in sorted(names):
        plain = name.removeprefix("areavasta.")
        if not plain.startswith(LEFT_OUT):
            groups[_group(plain.partition(".x")[0])].append(name)
    return groups


def _group(module: str) -> str:
    for group, told in GROUPS.items():
        for one in told:
            if module == one or (one.endswith(".") and module.startswith(one)):
                return group
            if one.startswith("_") and module.endswith(one):
                return group
    raise SystemExit(f"{module} belongs to no group of mutants")


def _sample(names: list[str], whole: bool) -> list[str]:
    return names if whole or len(names) <= SAMPLE else sorted(random.Random(SEED).sample(names, SAMPLE))


def _told(work: Path, names: list[str], found: dict[str, int | None]) -> dict[str, Any]:
    counts = Counter(
        "killed" if found[name] in KILLED else "survived" if found[name] == SURVIVED else "other"
        for name in names
    )
    share = counts["killed"] / len(names)
    survivors = [_survivor(work, name) for name in names if found[name] not in KILLED]
    return {
        "mutants": len(names), "killed": counts["killed"], "survived": counts["survived"],
        "other": counts["other"], "share": round(share, 3),
        "half_width": round(Z95 * math.sqrt(share * (1.0 - share) / len(names)), 3),
        "survivors": sorted(survivors, key=lambda one: (one["function"], one["became"])),
    }  # fmt: skip


def _survivor(work: Path, name: str) -> dict[str, str]:
    """Return what a survivor changes, and why it may live."""
    function = name.removeprefix("areavasta.").rpartition("__mutmut_")[0]
    shown = subprocess.run(
        [sys.executable, "-m", "mutmut", "show", name], cwd=work, capture_output=True, text=True, check=False
    ).stdout
    was, became = ("; ".join(_changed(shown, sign)) for sign in "-+")
    return {
        "function": function,
        "was": was,
        "became": became,
        "reason": reasons().get((function, became), ""),
    }


def _changed(shown: str, sign: str) -> Iterator[str]:
    for line in shown.splitlines():
        if line.startswith(sign) and not line.startswith(sign * 3):
            yield line[1:].strip()


def reasons() -> dict[tuple[str, str], str]:
    """Return the reasons by function and changed line."""
    with REASONS.open(encoding="utf-8", newline="") as file:
        return {(row["function"], row["became"]): row["reason"] for row in csv.DictReader(file)}


if __name__ == "__main__":
    raise SystemExit(main())
