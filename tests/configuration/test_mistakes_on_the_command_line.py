"""A mistake on the command line is one line: the argument, what is wrong, what would be right."""

import pytest

from tests.configuration.conftest import Run

CASES = {
    "unknown file": (
        "scenarios=needs_based_fnd",
        "no scenarios/needs_based_fnd.yaml",
        "needs_based_fund?",
    ),
    "file like no other": ("run=zzz", "no conf/run/zzz.yaml", "there are default, quick"),
    "territory that does not exist": ("territory=emilia", "no conf/territory/emilia.yaml", "emilia_romagna?"),
    "tables that do not exist": ("territory.name=emilia_romana", "territory.name", "emilia_romagna?"),
    "unknown folder": (
        "territory.folder=/no/such",
        "territory.folder is /no/such",
        "not a folder",
    ),
    "reform that does not exist": ("reforms=[fund_ct]", "no scenarios/fund_ct.yaml", "fund_cut?"),
    "unknown key": ("run.yeers=3", "run.yeers is unknown", "years?"),
    "key without its group": ("years=3", "years is unknown", "run.years?"),
    "unknown group": ("scenaros=fund_cut", "scenaros is unknown", "scenarios?"),
    "added key": ("+run.foo=1", "run.foo is unknown", "there are years"),
    "group for a key": ("scenario=fund_cut", "is a group of keys", "scenarios=fund_cut?"),
    "wrong type": ("run.years=ten", "run.years is 'ten'", "a whole number"),
    "neither true nor false": ("ablate=maybe", "ablate is 'maybe'", "true or false"),
    "unknown language": ("lang=fr", "lang is 'fr'", "it, en"),
    "out of range": ("run.years=500", "run.years is 500", "between 1 and 100"),
    "law out of range": ("scenario.effective=1900", "scenario.effective is 1900", "between 2026 and 2100"),
    "shares that do not sum to one": (
        "scenario.functions.ict.province.area=0.5",
        "scenario.functions.ict.province sums to 1.5",
        "must sum to 1",
    ),
    "list without brackets": ("reforms=fund_cut", "reforms is 'fund_cut'", "[fund_cut]"),
    "list without brackets, several": ("reforms=fund_cut,status_quo", "lists in brackets", "'reforms=["),
    "list cut by a space": ("reforms=[fund_cut,", "cannot be read", "'reforms=["),
    "name alone": ("fund_cut", "not key=value", "'reforms=[fund_cut]'"),
    "word alone": ("hello", "not key=value"),
    "decimal comma": ("scenario.facilitation.level=0,3", "several values", "with a point"),
    "names without -m": ("scenarios=fund_cut,status_quo", "several names", "-m"),
    "removed key": ("~run.years", "cannot be removed"),
    "dated change by its key": ("scenario.changes.2030.context.ageing=1", "write dated changes as"),
    "reform as present law": ("scenarios@present_law=fund_cut", "only a whole law", "present law"),
    "unknown option": ("-x", "-x is unknown", "--help"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_one_line_that_says_what_would_be_right(case: str, run: Run) -> None:
    argument, *told = CASES[case]
    code, lines, seen = run(argument)
    assert (code, seen) == (2, [])
    assert len(lines) == 1, lines
    for words in told:
        assert words in lines[0]


def test_every_wrong_argument_has_its_line(run: Run) -> None:
    code, lines, _ = run("run.yeers=3", "territory=emilia", "hello")
    assert code == 2
    assert len(lines) == 3
