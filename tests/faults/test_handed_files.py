"""Files that somebody hands over can neither run code, nor write outside their folder, nor read others."""

import csv
import json
import re
import shutil
import warnings
from itertools import chain
from pathlib import Path

import pytest

from experiments._hydra import PROJECT_ROOT, run_hydra
from experiments.cells import harmless
from experiments.explain import main as explain
from experiments.refusal import clear
from experiments.report import main as report
from experiments.results import read_manifest, write_manifest
from experiments.run import run
from tests.faults.cases import QUICK, Ground
from tests.faults.judge import Verdict, judge

SECRET = "xyzzy-secret"
HEAD = "# @package scenario\ndefaults: [status_quo, _self_]\n"

TEXTS = "title: {{it: 'Prova', en: Trial}}\nreason: {{it: Prova, en: Trial}}\n"

HANDED = {
    "an object to make": "_target_: os.system\n_args_: ['touch {mark}']\n",
    "an object deep inside": "functions: {{ict: {{_target_: os.system, _args_: ['touch {mark}']}}}}\n",
    "a tag of Python": "title: !!python/object/apply:os.system ['touch {mark}']\n",
    "a module": "title: {{it: !!python/module:os x, en: x}}\n",
    "an environment variable": TEXTS.replace("Prova", "${{oc.env:AREA_VASTA_TEST}}"),
    "a resolver of Hydra": TEXTS.replace("Prova", "${{hydra:runtime.cwd}}"),
    "a file elsewhere": "defaults: [../../../etc/passwd]\n",
    "an absolute file": "defaults: [/etc/passwd]\n",
    "another group": "defaults: ['/run@: quick']\n",
    "a package of its own": "defaults: [status_quo@territory]\n",
    "a sign that moves a terminal": TEXTS.replace("'Prova'", '"\\e[2J"'),
    "aliases without end": "title: &a {{it: *a, en: *a}}\n",
    "a bomb of aliases": "a0: &a0 x\n" + "".join(
        f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(12)
    ),
    "depth without end": "title: " + "[" * 5000 + "]" * 5000 + "\n",
}  # fmt: skip


def _composed(root: Path) -> Verdict:
    return judge(lambda: run_hydra([*QUICK, "scenarios=handed"], "run", run, root), nonsense=True)


@pytest.mark.parametrize("name", HANDED)
def test_a_scenario_runs_no_code_and_reads_no_other_file(
    name: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AREA_VASTA_TEST", SECRET)
    mark = project / "mark"
    text = HANDED[name].format(mark=mark)
    head = "# @package scenario\n" if text.startswith("defaults") else HEAD
    (project / "scenarios" / "handed.yaml").write_text(head + text, encoding="utf-8")
    verdict = _composed(project)
    assert not verdict.wrong
    assert SECRET not in verdict.told
    assert "root:" not in verdict.told
    assert not mark.exists()
    assert not (project / "results").exists()


@pytest.mark.parametrize("package", ["_global_", "run", "hydra", "territory"])
def test_a_scenario_sets_nothing_but_the_law(package: str, project: Path) -> None:
    text = f"# @package {package}\nseed: 3\nyears: 2\n"
    (project / "scenarios" / "handed.yaml").write_text(text, encoding="utf-8")
    assert not _composed(project).wrong


def _copy(ground: Ground, folder: Path) -> Path:
    shutil.copytree(ground.results, folder / "results")
    return folder / "results"


def test_results_whose_settings_refer_elsewhere_are_refused(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A manifest that somebody sealed anew looks whole, and still cannot look up what is on this machine."""
    monkeypatch.setenv("AREA_VASTA_TEST", SECRET)
    folder = _copy(ground, tmp_path)
    manifest = read_manifest(folder)
    manifest["settings"]["scenarios"]["fund_cut"]["title"]["it"] = "${oc.env:AREA_VASTA_TEST}"
    write_manifest(folder, manifest)
    verdict = judge(lambda: explain([str(folder), "001002"]), nonsense=True)
    assert not verdict.wrong
    assert SECRET not in verdict.told


def test_a_name_in_results_is_no_way_out_of_the_folder(ground: Ground, tmp_path: Path) -> None:
    """Charts that lack are drawn anew, under names of scenarios, which a manifest may have made up."""
    folder = _copy(ground, tmp_path)
    shutil.rmtree(folder / "charts")
    manifest = read_manifest(folder)
    text = json.dumps(manifest).replace('"fund_cut"', '"../../../out"')
    write_manifest(folder, json.loads(text))
    before = set(tmp_path.rglob("*"))
    judged = judge(lambda: report([str(folder), "--no-pdf", "--output", str(tmp_path / "report")]))
    assert not judged.wrong
    new = set(tmp_path.rglob("*")) - before
    assert all(path.is_relative_to(tmp_path / "report") for path in new)
    assert not list(tmp_path.parent.glob("out*"))


@pytest.mark.parametrize("name", ["../out", "/tmp/out", "a/b", "..", ".", "con\u0000", "=x", "A", "x" * 300])
def test_a_new_reform_stays_in_its_folder(name: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from experiments import _hydra
    from experiments.new import main as new

    monkeypatch.setattr(_hydra, "PROJECT_ROOT", project)
    before = sorted(project.rglob("*"))
    assert not judge(lambda: new([name]), nonsense=True).wrong
    assert sorted(project.rglob("*")) == before


def test_charts_of_another_folder_are_not_read(ground: Ground, tmp_path: Path) -> None:
    folder = _copy(ground, tmp_path)
    path = folder / "charts" / "charts.json"
    path.write_text(re.sub(r'"svg": "[^"]*"', '"svg": "../../../../etc/passwd"', path.read_text()))
    verdict = judge(lambda: report([str(folder), "--no-pdf"]), nonsense=True)
    assert not verdict.wrong
    assert "charts.json" in verdict.told


def test_no_cell_of_a_table_is_a_formula(project: Path, tmp_path: Path) -> None:
    """What a spreadsheet would compute can only come from texts of scenarios, and gets an apostrophe."""
    from experiments.compare import compare

    titles = {"equals": "=1+1"}
    for name, title in titles.items():
        text = f"title: {{it: '{title}', en: '{title}'}}\nreason: {{it: x, en: x}}\n"
        (project / "scenarios" / f"{name}.yaml").write_text(HEAD + text, encoding="utf-8")
    arguments = [*QUICK, f"reforms=[{','.join(titles)}]", f"output={tmp_path / 'output'}"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert run_hydra(arguments, "compare", compare, project) == 0
    tables = list((tmp_path / "output").rglob("*.csv"))
    assert tables
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            for cell in chain.from_iterable(csv.reader(file)):
                assert harmless(cell) == cell, path.name
    assert [harmless(text) for text in ("=1+1", "-1.5", "+3", "-x", "a=b")] == [
        "'=1+1",
        "-1.5",
        "+3",
        "'-x",
        "a=b",
    ]


def test_what_is_refused_cannot_move_or_colour_a_terminal() -> None:
    told = clear("x\x1b[2J\u202e\r" + "y" * 5000)
    assert told.isprintable()
    assert len(told) < 400


def test_nothing_of_the_project_unpickles_or_evaluates() -> None:
    unsafe = re.compile(r"\b(?:pickle|marshal|shelve)\.|\b(?:eval|exec)\(|yaml\.(?:unsafe_|full_)?load\(")
    for folder in ("model", "experiments"):
        for path in (PROJECT_ROOT / folder).rglob("*.py"):
            found = unsafe.search(path.read_text(encoding="utf-8"))
            assert found is None, f"{path.relative_to(PROJECT_ROOT)}: {found}"


def test_a_store_in_another_folder_is_not_followed(ground: Ground, tmp_path: Path) -> None:
    """`clean` removes what lies in the store, never what a link in it points to."""
    from experiments.store import main as store

    outside = tmp_path / "outside"
    outside.mkdir()
    kept = outside / "kept.parquet"
    kept.write_bytes(b"x")
    folder = tmp_path / "store"
    shutil.copytree(ground.store, folder)
    (folder / "link").symlink_to(outside)
    for path in list(folder.rglob("*.parquet"))[:1]:
        path.unlink()
        path.symlink_to(kept)
    assert not judge(lambda: store(["--store", str(folder), "clean", "--old", "--failed"])).wrong
    assert kept.read_bytes() == b"x"
