"""Cases made from their number alone: spoilt settings, tables, stores, results and command lines."""

import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import yaml

from areavasta.settings import Settings
from experiments._hydra import PROJECT_ROOT, Invocation, run_hydra
from experiments.store import RunStore, RunTask
from tests.faults.judge import Verdict, judge
from tests.faults.mutate import (
    FRAGMENTS,
    NONSENSE,
    dump,
    leaves,
    spoil_bytes,
    spoil_keys,
    spoil_table,
    spoil_text,
    spoil_value,
)

TOY = PROJECT_ROOT / "model" / "areavasta" / "territories" / "toy"
QUICK = ("territory=toy", "run.years=1", "run.draws=0", "run.replicates=1", "run.processes=1")
FULL_RUNS = 0.05
"""Part of the accepted scenarios that are run as well: each takes longer than all its checks."""


@dataclass(frozen=True)
class Ground:
    """What cases are made from: a project, a store with runs, and finished results, all their own."""

    root: Path
    store: Path
    results: Path
    scratch: Path


def make_ground(folder: Path) -> Ground:
    """Make a project, a filled store and a finished comparison of the toy territory."""
    from experiments import compose
    from experiments.compare import compare

    root, store = folder / "project", folder / "store"
    for name in ("conf", "scenarios"):
        shutil.copytree(PROJECT_ROOT / name, root / name)
    settings = compose(*QUICK)
    RunStore(store).fill([RunTask(settings, 1, 0, number) for number in (1, 2, 3)], processes=1)
    arguments = [*QUICK, "reforms=[fund_cut]", f"output={folder / 'results'}"]
    done = judge(lambda: run_hydra(arguments, "compare", compare, root))
    assert done.code == 0, done
    scratch = folder / "scratch"
    scratch.mkdir()
    return Ground(root, store, folder / "results", scratch)


def run_case(kind: str, number: int, ground: Ground) -> Verdict:
    """Make the case of a kind and a number, call the command, and judge what came of it."""
    for left in ground.scratch.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    chance = Random(f"{kind} {number}")
    return KINDS[kind](ground, chance)


def _scenario(ground: Ground, chance: Random) -> Verdict:
    """Spoil a shipped scenario, or one more file of settings, in its values, keys or text."""
    group, package = chance.choice(
        [("scenarios", "scenario"), ("scenarios", "scenario"), ("conf/sweep", "_"), ("conf/run", "_")]
    )
    source = chance.choice(sorted((PROJECT_ROOT / group).glob("*.yaml")))
    text, sure = source.read_text(encoding="utf-8"), False
    values = yaml.safe_load(text)
    way = chance.randrange(3)
    if way == 0:
        values, sure = spoil_value(values, chance)
        # Of what a run is, the command line of a case sets most, whatever the file says.
        sure = sure and group != "conf/run"
        text = dump(values, "scenario") if package == "scenario" else yaml.safe_dump(values)
    elif way == 1:
        values = spoil_keys(values, chance)
        text = dump(values, "scenario") if package == "scenario" else yaml.safe_dump(values)
    else:
        for _ in range(chance.choice([1, 1, 2, 5])):
            text = spoil_text(text, chance)
    path = ground.root / group / "spoilt.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        name = "scenarios" if package == "scenario" else group.removeprefix("conf/")
        arguments = [*QUICK, f"{name}=spoilt"]
        whole = chance.random() < FULL_RUNS
        run = (lambda: _simulate(arguments, ground)) if whole else (lambda: _check(arguments, ground.root))
        return judge(run, nonsense=sure, names=("spoilt", "command line", "configuration"))
    finally:
        path.unlink()


def _check(arguments: list[str], root: Path) -> int:
    return run_hydra(arguments, "run", lambda *_: 0, root)


def _simulate(arguments: list[str], ground: Ground) -> int:
    from experiments.run import run

    output = ground.scratch / "results"
    code = run_hydra([*arguments, *QUICK, f"output={output}"], "run", run, ground.root)
    assert output.exists() == (code == 0), "half a result, or none"
    return code


def _command_line(ground: Ground, chance: Random) -> Verdict:
    """Write arguments of any command with nonsense in them."""
    if chance.random() < 0.6:
        keys = [".".join(map(str, path)) for path, _ in leaves(_plain_settings())]
        words = [_argument(chance.choice(keys), chance) for _ in range(chance.choice([1, 1, 2, 4]))]
        return judge(lambda: _check(words, ground.root))
    from experiments.__main__ import main

    command, least = chance.choice(
        [
            ("explain", [str(ground.results), "001002"]),
            ("store", ["--store", str(ground.store), "list"]),
            ("territory", ["check", str(TOY)]),
            ("scenarios", ["fund_cut"]),
            ("new", ["../x"]),
            ("report", [str(ground.scratch)]),
        ]
    )
    words = [*least]
    for _ in range(chance.choice([1, 1, 2, 3])):
        words.insert(chance.randrange(len(words) + 1), _word(command, chance))
    if command == "new":
        words = ["../x", *words]
    if command == "territory":
        words = ["check", *words]
    return judge(lambda: main([command, *words]))


def _argument(key: str, chance: Random) -> str:
    value = chance.choice(NONSENSE)
    form = chance.choice(
        ["{k}={v}", "{k}={v}", "+{k}={v}", "~{k}", "{k}", "={v}", "{k}=={v}", "{k}={{{v}", "{v}"]
    )
    told = form.format(k=key, v=value)
    return told if chance.random() < 0.7 else spoil_text(told, chance)


def _word(command: str, chance: Random) -> str:
    options = {
        "explain": ["--year", "--scenario", "--indicator", "--function", "--draw", "--lang", "--alone"],
        "store": ["check", "export", "clean", "--old", "--record", "--store"],
    }.get(command, ["--lang", "--help", "--output"])
    return chance.choice([*options, *map(str, NONSENSE), *FRAGMENTS, "2026", "fund_cut", "service"])


def _plain_settings() -> dict[str, object]:
    return asdict(Settings())


def _territory(ground: Ground, chance: Random) -> Verdict:
    """Spoil a table of the toy territory."""
    from experiments.territory import main

    folder = ground.scratch / "tables"
    shutil.copytree(TOY, folder)
    path = chance.choice(sorted(folder.glob("*.csv")))
    way, sure = chance.randrange(8), False
    if way == 0:
        path.unlink()
        sure = True
    elif way == 1:
        path.write_bytes(spoil_bytes(path.read_bytes(), chance))
    else:
        text, sure = spoil_table(path.read_text(encoding="utf-8"), chance)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    verdict = judge(lambda: main(["check", str(folder)]), names=(path.name, "tables"))
    if verdict.code == 0 and not verdict.wrong and chance.random() < FULL_RUNS:
        return judge(lambda: _simulate([f"territory.folder={folder}"], ground))
    return verdict if not (sure and verdict.code == 0) else _untouched(path, folder, verdict)


def _untouched(path: Path, folder: Path, verdict: Verdict) -> Verdict:
    """Judge nonsense that was accepted: only tables that nothing reads may hold it."""
    return Verdict(verdict.code, verdict.told, f"accepts nonsense in {path.relative_to(folder)}")


def _store(ground: Ground, chance: Random) -> Verdict:
    """Spoil a file of a store, then list, check, export or clean it, or run with it."""
    from experiments.store import main

    folder = ground.scratch / "store"
    shutil.copytree(ground.store, folder)
    path = chance.choice(sorted(path for path in folder.rglob("*") if path.is_file()))
    way = chance.randrange(4)
    if way == 0:
        path.rename(path.with_name(path.name + chance.choice([".x", "~", ".parquet"])))
    elif way == 1:
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(spoil_bytes(path.read_bytes(), chance))
    export = ["export", str(ground.scratch / "table.csv")]
    command = chance.choice([["list"], ["check"], ["clean"], export, ["clean", "--failed"]])
    return judge(lambda: main(["--store", str(folder), *command]))


def _results(ground: Ground, chance: Random) -> Verdict:
    """Spoil a file of finished results, then explain a commune or write the report."""
    from experiments.explain import main as explain
    from experiments.report import main as report

    folder = ground.scratch / "results"
    shutil.copytree(ground.results, folder)
    files = [path for path in folder.rglob("*") if path.suffix in (".json", ".parquet", ".csv")]
    path = chance.choice([folder / "manifest.json", *sorted(files)])
    if path.suffix == ".json" and chance.random() < 0.6:
        _spoil_json(path, chance)
    elif chance.random() < 0.1:
        path.unlink()
    else:
        path.write_bytes(spoil_bytes(path.read_bytes(), chance))
    if chance.random() < 0.8:
        return judge(lambda: explain([str(folder), "001002", "--alone"]))
    return judge(lambda: report([str(folder), "--no-pdf"]))


def _spoil_json(path: Path, chance: Random) -> None:
    import json

    told = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(told, dict):
        told = {"list": told}
    told = spoil_value(told, chance)[0] if chance.random() < 0.6 else spoil_keys(told, chance)
    told = told.get("list", told)
    path.write_text(json.dumps(told), encoding="utf-8")


KINDS: dict[str, Callable[[Ground, Random], Verdict]] = {
    "scenarios": _scenario,
    "command lines": _command_line,
    "territories": _territory,
    "stores": _store,
    "results": _results,
}
"""What is spoilt, by name."""

__all__ = ["KINDS", "Ground", "Invocation", "make_ground", "run_case"]
