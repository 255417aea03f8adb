"""A mistake in a file is one line: the file, the key, what would be right."""

from pathlib import Path

import pytest

from tests.configuration.conftest import Run

HEAD = """# @package scenario
defaults: [status_quo, _self_]
title: {it: Prova, en: Trial}
reason: {it: Per prova., en: To try.}
"""

CASES = {
    "misspelt key": ("incentivs: {amount_per_head: 5.0}", "line 5", "incentivs is unknown", "incentives?"),
    "misspelt nested key": (
        "taxation:\n  effort_flor: 0.9",
        "line 6",
        "taxation.effort_flor",
        "effort_floor?",
    ),
    "wrong type": ("effective: soon", "line 5", "effective is 'soon'", "a whole number"),
    "decimal comma": (
        "services: {essential_level: '0,9'}",
        "line 5",
        "essential_level",
        "a point for decimals",
    ),
    "nothing after the colon": ("services:", "line 5", "services is empty", "essential_level"),
    "yes or no for a number": ("services: {essential_level: yes}", "line 5", "essential_level", "a number"),
    "out of range": ("facilitation: {level: 7.0}", "line 5", "facilitation.level is 7", "between 0 and 0.6"),
    "not a number at all": ("facilitation: {level: .nan}", "line 5", "facilitation.level is nan", "between"),
    "unknown rule": ("resources: {rule: historic}", "line 5", "resources.rule is 'historic'", "historical?"),
    "unknown fund rule": (
        "allocation: {region: {rules: {standard_need: 1.0}}}",
        "line 5",
        "allocation.region.rules.standard_need is unknown",
        "standard_needs?",
    ),
    "rules that do not sum to one": (
        "allocation: {region: {rules: {standard_needs: 1.0}}}",
        "line 5",
        "allocation.region.rules sum to 2",
        "must sum to 1",
    ),
    "unknown function": (
        "functions: {local_polic: {}}",
        "line 5",
        "functions.local_polic is unknown",
        "local_police?",
    ),
    "shares that do not sum to one": (
        "functions: {ict: {province: {area: 0.5}}}",
        "line 5",
        "functions.ict.province sums to 1.5",
        "must sum to 1",
    ),
    "inadmissible form": (
        "functions:\n  social_services:\n    province: {commune: 0.0, region: 1.0}",
        "line 7",
        "functions.social_services.province.region",
        "own, union, district",
    ),
    "unknown key in a dated change": (
        "changes:\n  2030: {equalization: {cut_per_head: 4.0}}",
        "line 6",
        "changes.2030.equalization is unknown",
        "equalisation?",
    ),
    "out of range in a dated change": (
        "changes:\n  2030: {equalisation: {cut_per_head: -4000.0}}",
        "line 6",
        "changes.2030.equalisation.cut_per_head is -4000",
        "between",
    ),
    "change that is not a year": ("changes: {later: {}}", "line 5", "changes.later is not a year", "2030"),
    "change before the law": (
        "changes: {2026: {}}",
        "line 5",
        "changes.2026",
        "after the effective year 2027",
    ),
    "the same key twice": ("effective: 2028\neffective: 2029", "line 6", "effective", "not valid YAML"),
    "bad YAML": ("services: [0.9", "scenarios/trial.yaml, line", "not valid YAML", "check indentation"),
    "not a list of defaults": ("", "scenarios/trial.yaml", "defaults must be a list", "[status_quo, _self_]"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_one_line_that_says_what_would_be_right(case: str, project: Path, run: Run) -> None:
    body, *told = CASES[case]
    head = HEAD if body else HEAD.replace("[status_quo, _self_]", "status_quo")
    (project / "scenarios" / "trial.yaml").write_text(head + body + "\n", encoding="utf-8")
    code, lines, seen = run("scenarios=trial")
    assert (code, seen) == (2, [])
    assert len(lines) == 1, lines
    assert lines[0].startswith("scenarios/trial.yaml")
    for words in told:
        assert words in lines[0]


WHOLE_FILES = {
    "no header": (HEAD.replace("# @package scenario\n", ""), "its header is missing", "# @package scenario"),
    "another header": (
        HEAD.replace("scenario\n", "law\n", 1),
        "its header is missing",
        "# @package scenario",
    ),
    "no defaults": (
        HEAD.replace("defaults: [status_quo, _self_]\n", ""),
        "defaults is missing",
        "status_quo",
    ),
    "unknown base": (HEAD.replace("status_quo", "status_qo"), "no scenarios/status_qo.yaml", "status_quo?"),
    "no title": (HEAD.replace("title:", "# title:"), "title is missing", "Italian (it) and English (en)"),
    "no English title": (HEAD.replace(", en: Trial", ""), "title.en is missing", "in English"),
    "blank Italian title": (HEAD.replace("Prova,", "'',"), "title.it is missing", "in Italian"),
    "no reason": (HEAD.replace("reason:", "# reason:"), "reason is missing", "Italian (it) and English (en)"),
    "empty file": ("", "is empty", "a group of keys"),
    "only remarks": ("# @package scenario\n", "is empty", "a group of keys"),
    "a list": ("- title\n- reason\n", "is not a group of keys", "key: value"),
    "a sentence": ("hello\n", "is not a group of keys", "key: value"),
}


@pytest.mark.parametrize("case", WHOLE_FILES)
def test_a_spoilt_file_is_one_line(case: str, project: Path, run: Run) -> None:
    text, *told = WHOLE_FILES[case]
    (project / "scenarios" / "trial.yaml").write_text(text, encoding="utf-8")
    code, lines, seen = run("scenarios=trial")
    assert (code, seen) == (2, [])
    assert len(lines) == 1, lines
    assert lines[0].startswith("scenarios/trial.yaml")
    for words in told:
        assert words in lines[0]


def test_a_file_in_another_encoding_is_one_line(project: Path, run: Run) -> None:
    (project / "scenarios" / "trial.yaml").write_bytes(HEAD.encode() + "# città\n".encode("latin-1"))
    assert run("scenarios=trial")[:2] == (
        2, ["scenarios/trial.yaml is not UTF-8 text; save it again with that encoding"],
    )  # fmt: skip


def test_all_wrong_keys_of_a_file_come_at_once(project: Path, run: Run) -> None:
    body = "incentivs: {}\neffective: soon\ntaxation: {effort_flor: 1.0}\nfunctions: {polic: {}}\n"
    (project / "scenarios" / "trial.yaml").write_text(HEAD + body, encoding="utf-8")
    code, lines, _ = run("scenarios=trial")
    assert code == 2
    assert [line.split(": ")[0].removeprefix("scenarios/trial.yaml, line ") for line in lines] == list("5678")


def test_a_mistake_in_present_law_is_told_once_and_in_its_own_file(project: Path, run: Run) -> None:
    file = project / "scenarios" / "status_quo.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("effort_floor: 0.90", "effort_floor: 9"))
    code, lines, _ = run("scenarios=fund_cut")
    assert code == 2
    assert len(lines) == 1
    assert lines[0].startswith("scenarios/status_quo.yaml, line")
    assert "taxation.effort_floor is 9" in lines[0]


def test_files_of_runs_and_territories_are_checked_too(project: Path, run: Run) -> None:
    (project / "conf" / "run" / "mine.yaml").write_text("defaults: [default, _self_]\nyeers: 3\n")
    (project / "conf" / "territory" / "mine.yaml").write_text("name: emilia_romana\n")
    assert run("run=mine")[1] == ["conf/run/mine.yaml, line 2: yeers is unknown; did you mean years?"]
    code, lines, _ = run("territory=mine")
    assert code == 2
    assert lines[0].startswith("conf/territory/mine.yaml, line 1: name is emilia_romana")
    assert lines[0].endswith("did you mean emilia_romagna?")
